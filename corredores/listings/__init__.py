"""ONE declaration of a list → its form, query, sentences, page, XLSX, CSV, PDF and JSON.

No business word, no model and no address of the portal lives here; 900 lines at most.
Business rooms declare lists with it; doors and the catalogue read them.
"""

from .declaration import Column, Listing, Total
from .filters import ListingFilters
from .kinds import Choice, Date, Days, Decimals, Integer, Link, Money, Percent, Text
from .search import Caption, Problem, Search

__all__ = [
    "Caption",
    "Choice",
    "Column",
    "Date",
    "Days",
    "Decimals",
    "Integer",
    "Link",
    "Listing",
    "ListingFilters",
    "Money",
    "Percent",
    "Problem",
    "Search",
    "Text",
    "Total",
]
