"""A full reload takes the place of everything at once, or changes nothing; readers go on."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction

from corredores.installments.models import Installment, InstallmentChange
from corredores.loading import replacing
from corredores.loading.actions import load_paths
from corredores.loading.models import Receipt
from corredores.loading.reports import FileReport
from corredores.settlements.models import Settlement
from corredores.vouchers.models import Voucher

from .files import INSTALLMENT, SETTLEMENT, VOUCHER, Row, csv_file

BUSINESS = ("installments_installment", "settlements_settlement", "vouchers_voucher")
OTHER: Row = {**INSTALLMENT, "id_cuota": "Q2", "comprobante": "", "comprobante_tipo": ""}
PAID: Row = {
    **INSTALLMENT, "estado": "PAGADA", "pagado": "121.54", "fecha_pago": "2026-02-04",
    "actualizado_en": "2026-02-04T20:00:00-05:00",
}  # fmt: skip


@pytest.fixture
def reload(brokerages: None, tmp_path: Path) -> Any:
    numbers = iter(range(100))

    def load(*files: list[Row], **options: Any) -> list[FileReport]:
        paths = [csv_file(tmp_path / f"all-{next(numbers)}.csv", *rows) for rows in files]
        return load_paths(paths, loaded_by="test", **{"replace_all": True, **options})

    return load


def test_what_is_not_in_the_files_is_gone_and_the_rest_keeps_its_id(reload: Any) -> None:
    reload([INSTALLMENT, OTHER], [VOUCHER], [SETTLEMENT], replace_all=False)
    before = Installment.everything.get(external_id="Q1")
    reports = reload([PAID, {**OTHER, "id_cuota": "Q3"}], [{**VOUCHER, "numero": "9"}])
    assert [report.errors for report in reports] == [[], []]
    after = {row.external_id: row for row in Installment.everything.all()}
    assert set(after) == {"Q1", "Q3"}
    assert (after["Q1"].pk, after["Q1"].status) == (before.pk, "PAGADA")
    assert after["Q3"].pk > before.pk + 1
    assert list(Voucher.everything.values_list("number", "line")) == [(9, "GENERALES")]
    assert Settlement.everything.count() == 1  # no file of that kind came


def test_the_history_goes_on(reload: Any) -> None:
    reload([INSTALLMENT], replace_all=False)
    reload([PAID])
    (change,) = InstallmentChange.everything.all()
    assert change.installment_id == Installment.everything.get().pk
    assert (change.status, change.total) == ("PENDIENTE", Installment.everything.get().total)


def test_vouchers_lead_to_cuotas_as_after_any_load(reload: Any) -> None:
    for order in permutations(([INSTALLMENT, OTHER], [VOUCHER])):
        reload(*order)
        cuota = Installment.everything.get(external_id="Q1")
        assert (cuota.voucher_id, cuota.voucher_count) == (Voucher.everything.get().pk, 1)


def test_several_files_of_a_kind_are_one_whole_in_which_the_newest_wins(reload: Any) -> None:
    reload([PAID, OTHER], [INSTALLMENT])
    states = dict(Installment.everything.values_list("external_id", "status"))
    assert states == {"Q1": "PAGADA", "Q2": "PENDIENTE"}


def test_one_bad_file_leaves_everything_as_it_was(reload: Any) -> None:
    reload([INSTALLMENT], replace_all=False)
    good, bad = reload([OTHER], [{**VOUCHER, "importe": "x"}])
    assert [error.code for error in bad.errors] == ["importe"]
    assert ([error.code for error in good.errors], good.inserted) == (["no_reemplazado"], 0)
    assert Installment.everything.get().external_id == "Q1"


def test_an_empty_file_replaces_nothing(reload: Any, tmp_path: Path) -> None:
    reload([INSTALLMENT], replace_all=False)
    empty = tmp_path / "vacio.csv"
    empty.write_text(";".join(INSTALLMENT) + "\n")
    (report,) = load_paths([empty], loaded_by="test", replace_all=True)
    assert [error.code for error in report.errors] == ["reemplazo_vacio"]
    assert Installment.everything.count() == 1


def test_a_file_that_was_in_before_a_full_reload_is_read_again(reload: Any) -> None:
    reload([INSTALLMENT], replace_all=False)
    reload([OTHER])
    (report,) = reload([INSTALLMENT], replace_all=False)
    assert (report.inserted, report.already_in) == (1, False)
    assert set(Receipt.objects.values_list("outcome", flat=True)) == {"CARGADO"}


def test_a_voucher_whose_documents_are_kept_stays(reload: Any) -> None:
    kept = {**VOUCHER, "numero": "77"}
    reload([VOUCHER, kept, {**VOUCHER, "numero": "78"}], replace_all=False)
    Voucher.everything.filter(number=77).update(xml="a" * 64)
    reload([VOUCHER])
    assert set(Voucher.everything.values_list("number", flat=True)) == {123, 77}


def test_the_new_tables_are_like_the_old_ones_to_the_last_grant(reload: Any) -> None:
    before = _catalogue()
    reload([INSTALLMENT], [VOUCHER], [SETTLEMENT])
    after = _catalogue()
    for name, facts in before.items():
        assert set(facts) ^ set(after[name]) == set()
    assert all(before.values())  # each query finds something


def _catalogue() -> dict[str, Any]:
    """Everything PostgreSQL knows of the tables, without their numbers."""
    queries = {
        "columns": """select attrelid::regclass::text, attname, atttypid::regtype::text, atttypmod,
            attnotnull, attgenerated::text, attidentity::text, attcollation, attacl::text,
            pg_get_expr(adbin, adrelid) from pg_attribute left join pg_attrdef
            on (adrelid, adnum) = (attrelid, attnum) where attrelid = any (%s::regclass[])
            and attnum > 0""",
        "constraints": """select conrelid::regclass::text, conname, pg_get_constraintdef(oid)
            from pg_constraint where conrelid = any (%s::regclass[])""",
        "indexes": """select indrelid::regclass::text, pg_get_indexdef(indexrelid)
            from pg_index where indrelid = any (%s::regclass[])""",
        "policies": "select * from pg_policies where (schemaname || '.' || tablename) = any "
        "(select 'public.' || t from unnest(%s::text[]) t)",
        "tables": """select relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text,
            (select array_agg(a::text order by a::text) from unnest(relacl) a), reloptions,
            relnamespace::regnamespace::text, relpersistence, reltablespace from pg_class
            where oid = any (%s::regclass[])""",
        "views": """select c.relname, c.reloptions, c.relacl::text, pg_get_viewdef(c.oid)
            from pg_class c where relkind = 'v' and relnamespace = 'public'::regnamespace
            and array_length(%s::text[], 1) > 0""",
        "sequences": "select pg_get_serial_sequence(t, 'id') from unnest(%s::text[]) t",
    }
    facts = {}
    with connection.cursor() as cursor:
        for name, query in queries.items():
            cursor.execute(query, [list(BUSINESS)])
            facts[name] = sorted(_CASTS.sub("", repr(row)) for row in cursor.fetchall())
    return facts


# PostgreSQL writes casts of constants in another way when it has read them once more.
_CASTS = re.compile(r"::(text|character varying)(\[\])?|[()]")


@pytest.mark.django_db(transaction=True)
def test_a_reader_in_the_middle_delays_the_swap_and_sees_the_old_rows(
    reload: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reload([INSTALLMENT], replace_all=False)
    monkeypatch.setattr(replacing, "PAUSE", 0.05)
    reading, done = threading.Event(), threading.Event()
    seen: list[Any] = []

    def read() -> None:
        with transaction.atomic():
            seen.append(list(Installment.everything.values_list("external_id", flat=True)))
            reading.set()
            done.wait(0.6)
            seen.append(list(Installment.everything.values_list("external_id", flat=True)))
        connections.close_all()

    reader = threading.Thread(target=read)
    reader.start()
    reading.wait(5)
    (report,) = reload([OTHER])
    reader.join()
    assert seen == [["Q1"], ["Q1"]]
    assert (report.errors, Installment.everything.get().external_id) == ([], "Q2")


@pytest.mark.django_db(transaction=True)
def test_a_full_reload_that_finds_no_moment_changes_nothing(
    reload: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reload([INSTALLMENT], replace_all=False)
    monkeypatch.setattr(replacing, "PAUSE", 0.05)
    monkeypatch.setattr(replacing, "PATIENCE", 0.1)
    with _somebody_reading():
        (report,) = reload([OTHER])
    assert [error.code for error in report.errors] == ["ocupado"]
    assert Installment.everything.get().external_id == "Q1"


@contextmanager
def _somebody_reading() -> Iterator[None]:
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("select count(*) from installments_installment")
        yield
    finally:
        other.close()
