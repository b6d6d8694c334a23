"""Who the clients are: documents that pass the check, names that break careless programs."""

import unicodedata
from random import Random

from stdnum.pe import cui, ruc

from corredores.generation import brokerages, documents
from corredores.generation.tests.conftest import TODAY, Portfolio


def clients(portfolio: Portfolio, kind: str) -> set[str]:
    return {
        row["contratante_num_doc"]
        for row in portfolio.installments
        if row["contratante_tipo_doc"] == kind
    }


def names(portfolio: Portfolio) -> set[str]:
    return {row["contratante"] for row in portfolio.installments}


def test_every_ruc_and_dni_passes_the_check(portfolio: Portfolio) -> None:
    numbers = clients(portfolio, documents.RUC)
    numbers |= {row["ruc"] for row in portfolio.brokerages}
    numbers |= {row["emisor_ruc"] for row in portfolio.vouchers}
    assert all(ruc.is_valid(number) for number in numbers)
    assert all(cui.is_valid(number) for number in clients(portfolio, documents.DNI))


def test_firms_have_numbers_that_sunat_has_not_given(portfolio: Portfolio) -> None:
    firms = {n for n in clients(portfolio, documents.RUC) if n.startswith("20")}
    assert firms
    assert all(number.startswith("209") for number in firms)


def test_some_dni_begin_with_zeros_and_professionals_have_a_ruc(portfolio: Portfolio) -> None:
    assert any(number.startswith("0") for number in clients(portfolio, documents.DNI))
    assert any(number.startswith("10") for number in clients(portfolio, documents.RUC))
    assert clients(portfolio, documents.FOREIGNER)
    assert clients(portfolio, documents.PASSPORT)


def test_a_document_has_one_name_within_a_brokerage(portfolio: Portfolio) -> None:
    found: dict[tuple[str, str], str] = {}
    for row in portfolio.installments:
        key = (row["codigo_corredor"], row["contratante_num_doc"])
        assert found.setdefault(key, row["contratante"]) == row["contratante"]


def test_brokerages_have_numbers_of_their_own() -> None:
    rows = [_brokerage_ruc(rank) for rank in range(1, brokerages.MOST + 1)]
    assert len(set(rows)) == brokerages.MOST


def _brokerage_ruc(rank: int) -> str:
    office = brokerages.Brokerage(rank, f"C{rank:04d}", (), active=True)
    return brokerages.row(office, Random(1), TODAY)[2]  # noqa: S311


def test_names_have_all_the_letters_of_the_country(portfolio: Portfolio) -> None:
    together = "\n".join(names(portfolio))
    for part in ("MUÑOZ", "Ñ", "&", "D'ÁNGELO", "O´HIGGINS", "GÜERE"):
        assert part in together


def test_a_handful_of_names_are_traps(portfolio: Portfolio) -> None:
    found = names(portfolio)
    assert '=HYPERLINK("http://x")&MUÑOZ <b>' in found
    assert {"=", "+", "-", "@", "<"} <= {name[0] for name in found}
    assert 120 in {len(name) for name in found}
    assert any(";" in name for name in found)
    assert any("  " in name for name in found)
    assert any(name != unicodedata.normalize("NFC", name) for name in found)
    assert any(name == name.lower() for name in found)


def test_nobody_can_be_written_to_or_called(portfolio: Portfolio) -> None:
    rows = portfolio.installments
    mails = {row["contratante_correo"] for row in rows} - {""}
    assert all(mail.endswith(".example") and mail.isascii() for mail in mails)
    telephones = {row["contratante_telefono"] for row in rows} - {""}
    assert all(telephone.startswith("+51 1 000") for telephone in telephones)


def test_clients_have_about_fifteen_cuotas_each(portfolio: Portfolio) -> None:
    keys = {(r["codigo_corredor"], r["contratante_num_doc"]) for r in portfolio.installments}
    assert 12 < len(portfolio.installments) / len(keys) < 18
