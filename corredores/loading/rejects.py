"""The reject file: the rows that were refused, as they came, with the reasons beside them."""

import codecs
import tempfile
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection
from psycopg import sql

from .shape import REASON, Kind
from .source import Source

FOLDER = "cargas/rechazos"


def keep_rejects(kind: Kind, source: Source) -> str:
    """Write the refused rows as CSV into the storage; return the name there.

    Mended, the file can be loaded as it is: the column of reasons is not read.
    """
    headers = [header for header in source.headers if kind.has(header)]
    cells = sql.SQL(", ").join(sql.Identifier("s", header) for header in headers)
    statement = sql.SQL(
        """copy (select {cells}, p.reasons as {reason} from staged s join (
               select row, string_agg(concat_ws(': ', nullif(header, ''), code), ' · '
                                      order by header, code) as reasons
               from problems where not warning group by row) p on p.row = s.row
             order by s.row) to stdout (format csv, header, delimiter {separator})"""
    ).format(cells=cells, reason=sql.Identifier(REASON), separator=source.separator)
    with tempfile.TemporaryFile() as rejected:
        rejected.write(codecs.BOM_UTF8)  # or Excel would read «Ã±» and write Latin-1
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for block in copy:
                rejected.write(block)
        rejected.seek(0)
        name = f"{FOLDER}/{Path(source.path).stem[:100]}-rechazos.csv"
        return default_storage.save(name, File(rejected))
