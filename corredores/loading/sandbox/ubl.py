"""A UBL 2.1 document of SUNAT as a row of comprobantes, and what the row has no column for.

Invoice (01, 03, 13), CreditNote (07) and DebitNote (08), as the guides of RS 097-2012/SUNAT
lay them out. Codes: catalogues 01 (types), 05 (taxes), 07 (affectation), 55 (item properties).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from lxml import etree

from .told import Told, all_of, find, root_of, text_of

_UBL = "urn:oasis:names:specification:ubl:schema:xsd"


class _Form(NamedTuple):
    """How one of the three documents names its parts."""

    types: tuple[str, ...]
    line: str
    quantity: str
    totals: str


_FORMS = {
    f"{{{_UBL}:Invoice-2}}Invoice": _Form(
        ("01", "03", "13"), "cac:InvoiceLine", "cbc:InvoicedQuantity", "cac:LegalMonetaryTotal"
    ),
    f"{{{_UBL}:CreditNote-2}}CreditNote": _Form(
        ("07",), "cac:CreditNoteLine", "cbc:CreditedQuantity", "cac:LegalMonetaryTotal"
    ),
    f"{{{_UBL}:DebitNote-2}}DebitNote": _Form(
        ("08",), "cac:DebitNoteLine", "cbc:DebitedQuantity", "cac:RequestedMonetaryTotal"
    ),
}
# Catalogue 05: what each tax says of what it was charged on.
_OPERATIONS = {"1000": "op_gravada", "9997": "op_exonerada", "9998": "op_inafecta"}
_IGV = "1000"
_MEANS = {"Contado": "Contado", "Credito": "Crédito"}
_REFERENCES = {"CUOTA": "id_cuota", "LIQUIDACION": "liquidacion"}
_AMOUNT = re.compile(r"-?\d{1,12}(\.\d{1,10})?")
_TIME = re.compile(r"(\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?")
_LIMA = "-05:00"


def read(root: etree._Element, name: Sequence[str]) -> tuple[Told, dict[str, Any]]:
    """(cells, details) of a document whose file says it is `name`: RUC, type, series, number.

    `details`: lines, payment_means, terms, insurance_type, sum_insured, reason.
    Raises RefusedError when it is another kind of document, or another one.
    """
    form = _FORMS[root_of(root, _FORMS, "una factura, boleta o nota electrónica (UBL 2.1)")]
    told = Told()
    _check_version(root, told)
    _identify(root, form, told, name)
    told.refuse_wrong()
    _parties(root, told)
    _dates(root, told)
    _amounts(root, form, told)
    _modified(root, told)
    _references(root, told)
    told.take("hash", find(root, "ext:UBLExtensions//ds:SignedInfo/ds:Reference/ds:DigestValue"))
    if not told.cells["hash"]:
        told.wrong("hash", "firma", "el XML no está firmado: falta DigestValue")
    details = _details(root, form, told)
    told.refuse_wrong()
    return told, details


def _check_version(root: etree._Element, told: Told) -> None:
    told.take("UBLVersionID", find(root, "cbc:UBLVersionID"))
    if told.cells["UBLVersionID"] != "2.1":
        told.wrong("UBLVersionID", "version", "no es UBL 2.1, la única versión que se lee")


def _identify(root: etree._Element, form: _Form, told: Told, name: Sequence[str]) -> None:
    """What names the voucher; the file's name and the document must say the same."""
    ruc, kind, series, number = name
    code = find(root, "cbc:InvoiceTypeCode")
    told.take("tipo", code if code is not None else root, None if code is not None else
              form.types[0] if len(form.types) == 1 else "")  # fmt: skip
    if told.cells["tipo"] not in form.types:
        told.wrong("tipo", "valor", f"no es un tipo de este documento: {', '.join(form.types)}")
    told.must_be("tipo", kind, "el nombre del archivo dice {}")
    told.take("emisor_ruc", _identity(find(root, "cac:AccountingSupplierParty")))
    told.must_be("emisor_ruc", ruc, "el nombre del archivo dice {}")
    identity = find(root, "cbc:ID")
    own_series, _, own_number = text_of(identity).rpartition("-")
    told.take("serie", identity, own_series.upper())
    told.take("numero", identity, own_number.lstrip("0"))
    told.must_be("serie", series, "el nombre del archivo dice {}")
    told.must_be("numero", number, "el nombre del archivo dice {}")


def _identity(party: etree._Element | None) -> etree._Element | None:
    return find(
        party,
        "cac:Party/cac:PartyIdentification/cbc:ID",
        "cac:Party/cac:PartyTaxScheme/cbc:CompanyID",
        "cbc:CustomerAssignedAccountID",
    )


def _parties(root: etree._Element, told: Told) -> None:
    supplier = find(root, "cac:AccountingSupplierParty")
    customer = find(root, "cac:AccountingCustomerParty")
    for party, who in ((supplier, "emisor"), (customer, "cliente")):
        told.take(who, find(party, "cac:Party/cac:PartyLegalEntity/cbc:RegistrationName"))
        told.take(f"{who}_direccion", _address(party))
    identity = _identity(customer)
    said = "" if identity is None else str(identity.get("schemeID") or "")
    told.take("cliente_tipo_doc", identity, said)
    told.take("cliente_num_doc", identity)


def _address(party: etree._Element | None) -> etree._Element | None:
    line = "cac:AddressLine/cbc:Line"
    return find(
        party,
        f"cac:Party/cac:PartyLegalEntity/cac:RegistrationAddress/{line}",
        f"cac:Party/cac:PostalAddress/{line}",
        "cac:Party/cac:PostalAddress/cbc:StreetName",
    )


def _dates(root: etree._Element, told: Told) -> None:
    """Issue date, and the moment from which the row is true: Lima's, unless it says otherwise."""
    told.take("fecha_emision", find(root, "cbc:IssueDate"))
    time = find(root, "cbc:IssueTime")
    moment = _TIME.fullmatch(text_of(time) or "00:00:00")
    if moment is None:
        told.take("actualizado_en", time)
        told.wrong("actualizado_en", "fecha_hora", "IssueTime no es una hora como 17:38:03")
        return
    told.take("actualizado_en", time, f"{told.cells['fecha_emision']}T{moment[1]}"
              f"{moment[2] or _LIMA}")  # fmt: skip


def _amounts(root: etree._Element, form: _Form, told: Told) -> None:
    told.take("moneda", find(root, "cbc:DocumentCurrencyCode"))
    told.take("importe", find(root, f"{form.totals}/cbc:PayableAmount"))
    total = find(root, "cac:TaxTotal")
    if total is None:
        told.take("igv", None)
        return
    told.take("igv", total, "0.00")
    for subtotal in all_of(total, "cac:TaxSubtotal"):
        tax = text_of(find(subtotal, "cac:TaxCategory/cac:TaxScheme/cbc:ID"))
        if tax in _OPERATIONS:
            told.take(_OPERATIONS[tax], find(subtotal, "cbc:TaxableAmount"))
        if tax == _IGV:
            told.take("igv", find(subtotal, "cbc:TaxAmount"))
    _one_currency(root, told)


def _one_currency(root: etree._Element, told: Told) -> None:
    """Every amount is in the document's currency: soles and dollars are never added."""
    currency = told.cells["moneda"]
    for element in root.iter(etree.Element):
        said = element.get("currencyID")
        if said not in (None, currency):
            told.take("moneda", element, str(said))
            told.wrong("moneda", "moneda", f"un importe está en otra moneda que {currency}")
            return


def _modified(root: etree._Element, told: Told) -> None:
    document = find(root, "cac:BillingReference/cac:InvoiceDocumentReference")
    told.take("modifica", find(document, "cbc:ID"))
    told.take("modifica_tipo", find(document, "cbc:DocumentTypeCode"))
    told.take("motivo", find(root, "cac:DiscrepancyResponse/cbc:ResponseCode"))
    if told.cells["tipo"] in ("07", "08") and not told.cells["modifica"]:
        told.wrong("modifica", "requerido", "una nota dice qué comprobante modifica")


def _references(root: etree._Element, told: Told) -> None:
    """The core's own ids, where it put them; SUNAT's catalogue 12 has 99 for such."""
    for reference in all_of(root, "cac:AdditionalDocumentReference"):
        header = _REFERENCES.get(text_of(find(reference, "cbc:DocumentType")).upper())
        if header:
            told.take(header, find(reference, "cbc:ID"))


def _details(root: etree._Element, form: _Form, told: Told) -> dict[str, Any]:
    lines = [_line(form, line, told) for line in all_of(root, form.line)]
    if not lines:
        told.wrong("descripcion", "lineas", f"falta {form.line}: no tiene ninguna línea")
    properties = dict(_properties(root, form))
    told.take("descripcion", find(root, f"{form.line}/cac:Item/cbc:Description"))
    told.take("poliza", properties.get("7013"))
    told.take("producto", properties.get("7015"))
    told.take("vigencia_inicio", properties.get("7014 StartDate"))
    told.take("vigencia_fin", properties.get("7014 EndDate"))
    insured = text_of(properties.get("7016"))
    reason = find(root, "cac:DiscrepancyResponse/cbc:Description")
    means, terms = _payment(root, told)
    return {
        "lines": lines,
        "payment_means": means,
        "terms": terms,
        "insurance_type": told.cells["producto"],
        "sum_insured": insured if _AMOUNT.fullmatch(insured) else "",
        "reason": text_of(reason)[:500],
    }


def _properties(root: etree._Element, form: _Form) -> Iterator[tuple[str, etree._Element]]:
    """(code, element) of the insurer's item properties; the first line's come last and rule."""
    path = f"{form.line}/cac:Item/cac:AdditionalItemProperty"
    for said in reversed(list(all_of(root, path))):
        code = text_of(find(said, "cbc:NameCode"))
        for part in ("StartDate", "EndDate"):
            if (day := find(said, f"cac:UsabilityPeriod/cbc:{part}")) is not None:
                yield f"{code} {part}", day
        if (value := find(said, "cbc:Value")) is not None:
            yield code, value


def _line(form: _Form, line: etree._Element, told: Told) -> dict[str, str]:
    """One line as it is printed. `price` and `amount` are without IGV."""
    affectation = "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:TaxExemptionReasonCode"
    amount = _number(find(line, "cbc:LineExtensionAmount"), told)
    return {
        "description": text_of(find(line, "cac:Item/cbc:Description"))[:500],
        "quantity": _number(find(line, form.quantity), told) or "1",
        "unit_value": _number(find(line, "cac:Price/cbc:PriceAmount"), told) or amount,
        "amount": amount,
        "affectation": text_of(find(line, affectation))[:2] or "10",
    }


def _number(element: etree._Element | None, told: Told) -> str:
    said = text_of(element)
    if said and not _AMOUNT.fullmatch(said):
        told.take("linea", element)
        told.wrong("linea", "importe", "no es un número como 1234.56")
    return said or "0"


def _payment(root: etree._Element, told: Told) -> tuple[str, list[dict[str, str]]]:
    """Cash or credit, and the quotas of a credit: PaymentTerms with the ID FormaPago."""
    means, terms = "", []
    for term in all_of(root, "cac:PaymentTerms"):
        said = text_of(find(term, "cbc:PaymentMeansID"))
        if said in _MEANS:
            means = _MEANS[said]
        elif text_of(find(term, "cbc:ID")) == "FormaPago" and said:
            due = find(term, "cbc:PaymentDueDate")
            if due is not None and not _is_day(text_of(due)):
                told.take("PaymentDueDate", due)
                told.wrong("PaymentDueDate", "fecha", "no es una fecha AAAA-MM-DD")
            amount = _number(find(term, "cbc:Amount"), told)
            terms.append({"label": said[:20], "amount": amount, "due_on": text_of(due)})
    return means, terms


def _is_day(said: str) -> bool:
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False
