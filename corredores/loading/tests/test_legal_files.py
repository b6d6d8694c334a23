"""What a legal file does to the voucher it is of, alone or beside the core's own rows."""

import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from corredores.generation.ubl import answer, document
from corredores.installments.models import Installment
from corredores.loading.actions import load_paths
from corredores.loading.legal import keeping
from corredores.loading.legal.verifying import missing
from corredores.loading.models import Outcome, Receipt
from corredores.loading.reports import FileReport
from corredores.vouchers import store
from corredores.vouchers.models import Voucher
from corredores.vouchers.papers import voucher_paper
from tests import people

from .conftest import Load
from .files import INSTALLMENT, VOUCHER, Row, csv_file
from .spoiled_legal import PDF, name, pdf, zipped

ALONE = {**VOUCHER, "id_cuota": "", "estado": "ACEPTADO", "hash": "abc="}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "entrega"
    made.mkdir()
    return made


def deliver(folder: Path, **files: bytes) -> dict[str, FileReport]:
    """Load files named by their sort: `xml`, `cdr`, `pdf` of F001-123."""
    names = {"xml": name(123), "cdr": f"R-{name(123)}", "pdf": name(123, ending="pdf")}
    paths = []
    for sort, content in files.items():
        paths.append(folder / names[sort])
        paths[-1].write_bytes(content)
    return {report.kind: report for report in load_paths(paths, loaded_by="test")}


def xml(row: Row = ALONE) -> bytes:
    return document(row).encode()


def one() -> Voucher:
    return Voucher.everything.get(series="F001", number=123)


def test_an_xml_alone_makes_the_row(load: Load, folder: Path) -> None:
    load(INSTALLMENT)
    report = deliver(folder, xml=xml())["xml"]
    assert (report.errors, report.inserted) == ([], 1)
    made = one()
    assert (made.brokerage.code, made.policy_number, made.product) == (
        "C1",
        "00012345",
        "Vehículos",
    )
    assert (made.taxed, made.vat, made.total) == (Decimal("103.00"), Decimal("18.54"),
                                                  Decimal("121.54"))  # fmt: skip
    assert (made.customer_name, made.status, made.hash) == (
        "MUÑOZ & PEÑA S.A.C.",
        "EMITIDO",
        "abc=",
    )
    assert (made.installment_external_id, made.line) == ("Q1", "GENERALES")
    assert Installment.everything.get().voucher_id == made.pk
    assert store.read("xml", made.xml) == xml()


def test_its_paper_prints_the_lines_and_the_terms_of_the_xml(load: Load, folder: Path) -> None:
    load(INSTALLMENT)
    deliver(folder, xml=xml({**ALONE, "op_exonerada": "10.00", "importe": "131.54"}))
    made = one()
    paper = voucher_paper(people.administrator(made.brokerage), made)
    assert [(line.amount, line.affectation) for line in paper.lines] == [
        (Decimal("103.00"), "10"), (Decimal("10.00"), "20"),
    ]  # fmt: skip
    assert paper.payment_means == "Crédito"
    assert [(term.label, term.amount) for term in paper.terms] == [("Cuota001", Decimal("131.54"))]
    assert paper.sum_insured == Decimal("5261.60")


@pytest.mark.parametrize("kind", ["07", "08"])
def test_a_note_says_what_it_modifies_and_why(load: Load, folder: Path, kind: str) -> None:
    load(INSTALLMENT)
    note = {
        **ALONE,
        "tipo": kind,
        "modifica_tipo": "01",
        "modifica": "F001-00000123",
        "motivo": "06",
    }
    (folder / name(5, kind)).write_bytes(document({**note, "numero": "5"}).encode())
    (report,) = load_paths([folder], loaded_by="test")
    made = Voucher.everything.get()
    assert (report.errors, made.type, made.modifies, made.reason) == ([], kind, "F001-123", "06")
    assert made.details["reason"] == "Ajuste de la prima"
    assert [warning.code for warning in report.warnings] == ["referencia"]


@pytest.mark.parametrize("cuota", [{"poliza": "otra"}, {"comprobante": "F001-9"}])
def test_the_brokerage_is_that_of_the_policy_or_of_a_cuota_that_names_it(
    load: Load, folder: Path, cuota: Row
) -> None:
    load({**INSTALLMENT, **cuota, "codigo_corredor": "C2"})
    assert deliver(folder, xml=xml())["xml"].errors == []
    assert one().brokerage.code == "C2"


def test_a_policy_of_two_brokerages_is_settled_by_the_cuota_that_names_it(
    load: Load, folder: Path
) -> None:
    other = {**INSTALLMENT, "id_cuota": "Q2", "codigo_corredor": "C2"}
    load({**INSTALLMENT, "comprobante": ""}, other)
    assert deliver(folder, xml=xml())["xml"].errors == []
    assert one().brokerage.code == "C2"


def test_a_policy_of_two_brokerages_alone_settles_nothing(load: Load, folder: Path) -> None:
    other = {**INSTALLMENT, "id_cuota": "Q2", "codigo_corredor": "C2"}
    load(INSTALLMENT, other)
    (error,) = deliver(folder, xml=xml())["xml"].errors
    assert (error.code, error.column, error.value) == ("corredor", "poliza", "00012345")


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("importe", "999.99", "121.54"),
        ("igv", "18.55", "18.54"),
        ("moneda", "USD", "PEN"),
        ("cliente_num_doc", "20100070970", "20131312955"),
        ("cliente_tipo_doc", "1", "6"),
        ("fecha_emision", "2026-01-06", "2026-01-05"),
    ],
)
def test_an_xml_that_contradicts_its_row_is_refused_with_the_place(
    load: Load, folder: Path, column: str, value: str, said: str
) -> None:
    load(INSTALLMENT), load(VOUCHER)
    before = Voucher.everything.values().get()
    reports = deliver(folder, xml=xml({**ALONE, column: value}))
    (error,) = reports["xml"].errors
    assert (error.code, error.column, error.value) == ("contradice", column, value)
    assert error.message.endswith(said)
    line = xml({**ALONE, column: value}).decode().splitlines()[(error.row or 0) - 1]
    assert value in line
    assert Voucher.everything.values().get() == before


def test_what_comes_beside_a_refused_xml_is_not_given_to_the_voucher_that_is_there(
    load: Load, folder: Path
) -> None:
    load(INSTALLMENT), load(VOUCHER)
    before = Voucher.everything.values().get()
    reports = deliver(
        folder, xml=xml({**ALONE, "importe": "999.99"}), pdf=PDF, cdr=answer(ALONE).encode()
    )
    codes = {sort: [error.code for error in it.errors] for sort, it in reports.items()}
    assert codes == {
        "xml": ["contradice"], "pdf": ["xml_rechazado"], "cdr": ["xml_rechazado"]
    }  # fmt: skip
    assert Voucher.everything.values().get() == before
    assert deliver(folder, pdf=PDF)["pdf"].inserted == 1


def test_the_order_of_csv_and_xml_does_not_matter(load: Load, folder: Path) -> None:
    def final() -> Any:
        return Voucher.everything.values_list("status", "installment_external_id", "updated_at",
                                              "xml", "cdr", "product", "answer").get()  # fmt: skip

    load(INSTALLMENT)
    row = {**VOUCHER, "estado": "EMITIDO", "actualizado_en": "2026-01-06T03:00:00-05:00"}
    load(row)
    deliver(folder, xml=xml(), cdr=answer(ALONE).encode())
    csv_first = final()
    Voucher.everything.all().delete()
    Receipt.objects.all().delete()
    deliver(folder, xml=xml(), cdr=answer(ALONE).encode())
    load(row)
    assert final() == csv_first
    assert csv_first[0] == "ACEPTADO"


@pytest.mark.parametrize(("code", "state"), [("0", "ACEPTADO"), ("4252", "ACEPTADO"),
                                             ("2335", "RECHAZADO")])  # fmt: skip
def test_an_answer_settles_what_was_waiting_for_it(
    load: Load, folder: Path, code: str, state: str
) -> None:
    load(INSTALLMENT), load({**VOUCHER, "estado": "EMITIDO"})
    cdr = answer(ALONE).replace(">0<", f">{code}<").encode()
    assert deliver(folder, cdr=cdr)["cdr"].errors == []
    assert (one().status, store.read("cdr", one().cdr)) == (state, cdr)
    assert load({**VOUCHER, "estado": "EMITIDO"}).unchanged == 1
    load({**VOUCHER, "estado": "BAJA", "actualizado_en": "2026-02-01T00:00:00-05:00"})
    assert one().status == "BAJA"


def test_a_second_time_nothing_is_read_and_nothing_changes(load: Load, folder: Path) -> None:
    load(INSTALLMENT)
    deliver(folder, xml=xml(), pdf=PDF)
    before = Voucher.everything.values().get()
    reports = deliver(folder, xml=xml(), pdf=PDF)
    assert {r.outcome for r in reports.values()} == {Outcome.UNCHANGED}
    assert Voucher.everything.values().get() == before


def test_another_original_takes_the_place_of_the_old_one(
    load: Load, folder: Path, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    load(INSTALLMENT), load(VOUCHER)
    deliver(folder, pdf=PDF)
    better = pdf(b"/Lang (es-PE)")
    with django_capture_on_commit_callbacks(execute=True):
        assert deliver(folder, pdf=better)["pdf"].updated == 1
    assert store.read("pdf", one().pdf) == better
    kept = list((tmp_path / "storage").rglob("*.pdf"))
    assert [path.read_bytes() for path in kept] == [better]


def test_the_same_file_twice_is_read_once_and_two_different_ones_not_at_all(
    load: Load, folder: Path
) -> None:
    load(INSTALLMENT)
    for room, content in (("a", xml()), ("b", xml())):
        (folder / room).mkdir()
        (folder / room / name(123)).write_bytes(content)
    first, second = load_paths([folder], loaded_by="test")
    assert (first.inserted, [w.code for w in second.warnings]) == (1, ["repetido"])
    (folder / "b" / name(123)).write_bytes(xml({**ALONE, "descripcion": "Otra"}))
    for report in load_paths([folder], loaded_by="test"):
        assert [error.code for error in report.errors] == ["duplicado"]


def test_padding_case_and_latin_1_make_no_difference(load: Load, folder: Path) -> None:
    load(INSTALLMENT)
    text = document(ALONE).replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    (folder / "20100035392-01-f001-00000123.XML").write_bytes(text.encode("latin-1"))
    (report,) = load_paths([folder], loaded_by="test")
    assert report.errors == []
    assert one().customer_name == "MUÑOZ & PEÑA S.A.C."


def test_a_zip_may_hold_the_files_of_the_core_too(load: Load, folder: Path) -> None:
    rows = csv_file(folder / "cuotas.csv", INSTALLMENT).read_bytes()
    (folder / "todo.zip").write_bytes(zipped({"b/" + name(123): xml(), "a/cuotas.csv": rows}))
    (folder / "cuotas.csv").unlink()
    reports = load_paths([folder], loaded_by="test")
    assert {Path(r.file).name: (r.inserted, r.errors) for r in reports} == {
        "cuotas.csv": (1, []), name(123): (1, []),
    }  # fmt: skip
    assert {r.file.partition(".zip/")[2] for r in reports} == {"a/cuotas.csv", "b/" + name(123)}


def test_each_file_has_a_receipt_with_the_hash_of_its_content(load: Load, folder: Path) -> None:
    load(INSTALLMENT)
    deliver(folder, xml=xml(), pdf=b"no")
    kept = Receipt.objects.get(file=name(123))
    assert hashlib.sha256(xml()).hexdigest()[:60] in kept.content_hash
    assert (kept.kind, kept.rows, kept.inserted, kept.loaded_by) == ("xml", 1, 1, "test")
    refused = Receipt.objects.get(file=name(123, ending="pdf"))
    assert (refused.outcome, refused.problems["errors"][0]["code"]) == (Outcome.REFUSED, "pdf")


class BrokenError(Exception):
    """Something nobody thought of."""


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), BrokenError()])
def test_a_failure_leaves_neither_rows_nor_files(
    load: Load, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """A disk that fills up with the second file: the first one goes, too."""
    load(INSTALLMENT)
    real, saved = store.WholeFiles._save, []

    def save(self: Any, file: str, content: Any) -> str:
        saved.append(file)
        if file.endswith(".pdf"):
            raise fault
        return real(self, file, content)

    monkeypatch.setattr(store.WholeFiles, "_save", save)
    if isinstance(fault, OSError):
        report = deliver(folder, xml=xml(), pdf=PDF)["xml"]
        assert [(e.code, e.message) for e in report.errors] == [
            ("archivo", "no se puede leer o escribir: No space left on device")
        ]
    else:
        with pytest.raises(BrokenError):
            deliver(folder, xml=xml(), pdf=PDF)
    assert any(file.endswith(".xml") for file in saved)
    assert not Voucher.everything.exists()
    assert [p for p in (tmp_path / "storage" / "comprobantes").rglob("*") if p.is_file()] == []


def test_what_a_killed_load_left_is_removed_by_the_next(
    load: Load, folder: Path, tmp_path: Path
) -> None:
    load(INSTALLMENT), load(VOUCHER)
    deliver(folder, pdf=PDF)
    orphan = store.name_of("xml", "0" * 64)
    kept = tmp_path / "storage" / "comprobantes"
    (kept / "00").mkdir()
    (kept / orphan).write_bytes(b"<x/>")
    half = store.name_of("xml", "00" + "1" * 62)
    (kept / "00" / f".{'00' + '1' * 62}.xml.part").write_bytes(b"<x")
    (kept / "pendientes").mkdir(exist_ok=True)
    listed = f"{orphan}\n{half}\n{store.name_of('pdf', one().pdf)}"
    (kept / "pendientes" / "x.txt").write_text(listed)
    deliver(folder, cdr=answer(ALONE).encode())
    assert list((kept / "00").iterdir()) == []
    assert not (kept / "pendientes" / "x.txt").exists()
    assert store.read("pdf", one().pdf) == PDF


def test_files_of_a_transaction_around_it_that_fails_are_no_orphans(
    load: Load, folder: Path, tmp_path: Path
) -> None:
    """As a full reload that is refused at its end; the next load cleans up."""
    load(INSTALLMENT), load(VOUCHER)
    with transaction.atomic():
        deliver(folder, pdf=PDF)
        transaction.set_rollback(True)
    kept = tmp_path / "storage" / "comprobantes"
    assert len(list(kept.rglob("*.pdf"))) == 1
    keeping._awaiting.clear()  # as the next process finds it
    deliver(folder, cdr=answer(ALONE).encode())
    assert list(kept.rglob("*.pdf")) == []


def test_what_the_store_lost_is_listed_until_it_comes_again(
    load: Load, folder: Path, tmp_path: Path
) -> None:
    load(INSTALLMENT)
    deliver(folder, xml=xml(), pdf=PDF)
    assert list(missing()) == []
    (tmp_path / "storage" / "comprobantes" / store.name_of("pdf", one().pdf)).unlink()
    (found,) = missing()
    assert (found.brokerage, found.voucher, found.sort) == ("C1", name(123)[:-4], "pdf")
    deliver(folder, xml=xml(), pdf=PDF)
    assert list(missing()) == []
