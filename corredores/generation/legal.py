"""Legal files for some of the vouchers of a generated portfolio (formats.md §1, its end)."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from corredores.generation.files import SEPARATOR
from corredores.generation.ubl import Row, answer, document
from corredores.papers.letterhead import Letterhead
from corredores.vouchers.rendering import render
from corredores.vouchers.voucher_paper import VoucherLine, VoucherPaper

FOLDER, ARCHIVE = "legales", "legales.zip"
_ELECTRONIC = {"01", "03", "07", "08"}  # type 13 has no UBL document; BAJA is not told by one
_ANSWERED = {"ACEPTADO", "RECHAZADO"}
_PDF_EVERY = 5


def write_legal(directory: Path, vouchers: int) -> int:
    """Write the files of `vouchers` vouchers, spread over all that have some; return how many.

    By turns into the folder `legales` and into `legales.zip`, beside comprobantes.csv. Each has
    its XML, the answered ones their CDR, every fifth its PDF.
    """
    folder = directory / FOLDER
    folder.mkdir(exist_ok=True)
    count = 0
    with zipfile.ZipFile(directory / ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        for count, row in enumerate(_spread(directory, vouchers), 1):
            for name, content in _files(row, count):
                if count % 2:
                    (folder / name).write_bytes(content)
                else:
                    archive.writestr(zipfile.ZipInfo(name), content)
    return count


def _spread(directory: Path, vouchers: int) -> Iterator[Row]:
    """So many of them, evenly, in their order."""
    total = sum(1 for _ in _electronic(directory))
    for place, row in enumerate(_electronic(directory)):
        if place * vouchers // total < (place + 1) * vouchers // total or vouchers >= total:
            yield row


def _electronic(directory: Path) -> Iterator[Row]:
    with (directory / "comprobantes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=SEPARATOR):
            if row["tipo"] in _ELECTRONIC and row["estado"] != "BAJA":
                yield row


def _files(row: Row, number: int) -> Iterator[tuple[str, bytes]]:
    name = "-".join((row["emisor_ruc"], row["tipo"], row["serie"], row["numero"]))
    yield f"{name}.xml", document(row).encode()
    if row["estado"] in _ANSWERED:
        yield f"R-{name}.xml", answer(row).encode()
    if number % _PDF_EVERY == 0:
        yield f"{name}.pdf", _pdf(row)


def _pdf(row: Row) -> bytes:
    """The paper as the issuer itself would send it: it knows no broker and no cuota."""
    amounts = {name: Decimal(row[name] or 0) for name in ("op_gravada", "op_exonerada")}
    base = Decimal(row["importe"]) - Decimal(row["igv"])
    return render(
        VoucherPaper(
            issuer=Letterhead(
                name=row["emisor"], ruc=row["emisor_ruc"], address=row["emisor_direccion"]
            ),
            kind=row["tipo"],
            series=row["serie"],
            number=row["numero"],
            issued_on=date.fromisoformat(row["fecha_emision"]),
            status=row["estado"],
            customer_doc_type=row["cliente_tipo_doc"],
            customer_doc_number=row["cliente_num_doc"],
            customer_name=row["cliente"],
            customer_address=row["cliente_direccion"],
            currency=row["moneda"],
            lines=(VoucherLine(description=row["descripcion"], amount=base, unit_value=base),),
            taxed=amounts["op_gravada"],
            exempt=amounts["op_exonerada"],
            non_taxable=Decimal(row["op_inafecta"] or 0),
            vat=Decimal(row["igv"]),
            total=Decimal(row["importe"]),
            policy_number=row["poliza"],
            insurance_type=row["producto"],
            modifies_kind=row["modifica_tipo"],
            modifies_number=row["modifica"],
            reason_code=row["motivo"],
            hash=row["hash"],
        )
    )
