"""The legal files of a call: named, copied so that nobody changes them, and grouped."""

import hashlib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corredores.loading.problems import Problem, RefusedError
from corredores.loading.reports import FileReport
from corredores.loading.sandbox.limits import MOST

from .naming import Sort, VoucherName, named

_BATCH = 1_000  # vouchers in one transaction
_copies = itertools.count()


@dataclass
class LegalFile:
    """One file: where our own copy of it is, and what became of it."""

    sort: Sort
    voucher: VoucherName
    original: Path
    copy: Path
    digest: str  # SHA-256, hexadecimal
    report: FileReport


Batch = dict[VoucherName, dict[Sort, LegalFile]]


def batches(reports: Mapping[Path, FileReport], workroom: Path) -> Iterator[tuple[Path, Batch]]:
    """(folder of the copies, batch): all files of a voucher together, a thousand vouchers at
    a time. What is no legal file, or is there twice, is refused in its report."""
    found: dict[VoucherName, list[tuple[Sort, Path]]] = {}
    for path, report in reports.items():
        try:
            sort, voucher = named(path.name)
        except RefusedError as refusal:
            report.refuse(*refusal.problems)
        else:
            report.kind, report.rows = sort, 1
            found.setdefault(voucher, []).append((sort, path))
    names = sorted(found)
    for start in range(0, len(names), _BATCH):
        room = workroom / f"legal-{start}"
        room.mkdir()
        batch = names[start : start + _BATCH]
        yield room, {name: dict(_taken(name, found[name], reports, room)) for name in batch}


def _taken(
    voucher: VoucherName, files: list[tuple[Sort, Path]], reports: Mapping[Path, FileReport],
    room: Path,
) -> Iterator[tuple[Sort, LegalFile]]:  # fmt: skip
    """One file of each sort. The same content twice is read once; other content is an error."""
    first: dict[Sort, LegalFile] = {}
    for sort, path in files:
        try:
            file = _copied(sort, voucher, path, reports[path], room)
        except RefusedError as refusal:
            reports[path].refuse(*refusal.problems)
            continue
        same = first.setdefault(sort, file)
        if same is not file and same.digest == file.digest:
            message = "el mismo archivo está dos veces; se lee una vez"
            file.report.warn(Problem("repetido", message, value=same.report.file))
            file.report.unchanged = 1
        elif same is not file:
            message = "dos archivos del mismo comprobante tienen otro contenido"
            for one, other in ((same, file), (file, same)):
                one.report.refuse(Problem("duplicado", message, value=other.report.file[:200]))
    yield from ((sort, file) for sort, file in first.items() if not file.report.refused)


def _copied(
    sort: Sort, voucher: VoucherName, path: Path, report: FileReport, room: Path
) -> LegalFile:
    """Our own copy, never longer than what is read at all."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST[sort] + 1)
    except OSError as fault:
        message = f"no se puede leer: {fault.strerror or fault}"
        raise RefusedError(Problem("archivo", message)) from None
    if len(content) > MOST[sort]:
        message = f"es demasiado grande: hasta {MOST[sort] >> 20} MB"
        raise RefusedError(Problem("desmedido", message))
    copy = room / f"{next(_copies)}"
    copy.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    return LegalFile(sort, voucher, path, copy, digest, report)
