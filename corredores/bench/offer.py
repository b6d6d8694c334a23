"""Every measurement of `corredores bench`, in the order in which they run.

A measurement takes the stage and yields its figures; the name is that of `--only`.
"""

from collections.abc import Callable, Iterator, Mapping

from . import agreement, exports, growth, load, pages, papers, reports, searches
from .figure import Figure
from .stage import Stage

Measurement = Callable[[Stage], Iterator[Figure]]

MEASUREMENTS: Mapping[str, Measurement] = {
    "search-page": searches.search_page,
    "name-search": searches.name_search,
    "deep-page": searches.deep_page,
    "page": pages.page_throughput,
    "wire": pages.wire,
    "page-beside-exports": pages.beside_exports,
    "xlsx": exports.xlsx,
    "xlsx-beside-xlsxwriter": exports.xlsx_beside_others,
    "xlsx-memory": exports.xlsx_memory,
    "readers-disagree": agreement.readers_agree,
    "csv": exports.csv,
    "pdf": exports.pdf,
    "pdf-memory": exports.pdf_memory,
    "papers": papers.papers,
    "papers-cold": papers.cold_papers,
    "reports": reports.reports,
    "growth": growth.growth,
    "load": load.load,
}
