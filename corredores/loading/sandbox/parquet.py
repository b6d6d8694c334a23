"""Parquet: rows as CSV, a batch at a time. Needs the optional extra `parquet`."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from corredores.loading.problems import Problem, RefusedError

_BATCH = 250  # rows; a cell may be long
# A dictionary says once what the rows repeat: bytes of rows to one byte of the file, at most.
_TIMES, _ALWAYS = 100, 32 << 20
_TOO_BIG = Problem("desmedido", "sus filas ocupan demasiado para un archivo de ese tamaño")


def _groups(metadata: Any) -> Iterator[Any]:
    return (metadata.row_group(number) for number in range(metadata.num_row_groups))


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
    left = max(_ALWAYS, path.stat().st_size * _TIMES)
    try:
        with pq.ParquetFile(path, memory_map=False) as file:
            if any(group.total_byte_size > left for group in _groups(file.metadata)):
                raise RefusedError(_TOO_BIG)
            out.write(";".join(file.schema_arrow.names) + "\n")
            out.flush()
            for batch in file.iter_batches(batch_size=_BATCH):
                left -= batch.nbytes
                if left < 0:
                    raise RefusedError(_TOO_BIG)
                pc.write_csv(batch, out.buffer, options)  # type: ignore[attr-defined]
                out.buffer.flush()  # type: ignore[attr-defined]
    except (pa.ArrowException, OSError, ValueError):
        raise RefusedError(Problem("parquet", "no es un archivo Parquet legible")) from None
