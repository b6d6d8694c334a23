"""Parquet: rows as CSV, a batch at a time. Needs the optional extra `parquet`."""

from pathlib import Path
from typing import IO

from corredores.loading.problems import Problem, RefusedError

_BATCH = 5_000


def write_csv(path: Path, out: IO[str]) -> None:
    """Write all rows. Raises RefusedError, also when the extra is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - optional, and only in this process
        import pyarrow.csv as pc  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        message = "para leer Parquet hay que instalar el extra «parquet»"
        raise RefusedError(Problem("parquet", message)) from None
    options = pc.WriteOptions(include_header=False, delimiter=";")
    try:
        with pq.ParquetFile(path, memory_map=False) as file:
            out.write(";".join(file.schema_arrow.names) + "\n")
            out.flush()
            for batch in file.iter_batches(batch_size=_BATCH):
                pc.write_csv(batch, out.buffer, options)  # type: ignore[attr-defined]
                out.buffer.flush()  # type: ignore[attr-defined]
    except (pa.ArrowException, OSError, ValueError):
        raise RefusedError(Problem("parquet", "no es un archivo Parquet legible")) from None
