"""Every measurement of `corredores bench`, in the order in which they run.

A measurement takes the stage and yields its figures; the name is that of `--only`.
"""

from collections.abc import Callable, Iterator, Mapping

from . import exports, papers, searches
from .figure import Figure
from .stage import Stage

Measurement = Callable[[Stage], Iterator[Figure]]

MEASUREMENTS: Mapping[str, Measurement] = {
    "search-page": searches.search_page,
    "xlsx": exports.xlsx,
    "xlsx-beside-xlsxwriter": exports.xlsx_beside_others,
    "xlsx-memory": exports.xlsx_memory,
    "csv": exports.csv,
    "pdf": exports.pdf,
    "papers": papers.papers,
}
