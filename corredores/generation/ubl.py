"""One voucher as its issuer writes it: a UBL 2.1 document, and SUNAT's answer to it (CDR).

`row` is a record of comprobantes.csv by header. The signature has its form and the row's hash,
and signs nothing: these documents are invented. RS 097-2012/SUNAT and its guides say the rest.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from html import escape

from corredores.generation.dates import add_days

_UBL = "urn:oasis:names:specification:ubl:schema:xsd"
_SPACES = " ".join(
    f'xmlns:{prefix}="{_UBL}:{name}-2"'
    for prefix, name in (
        ("cac", "CommonAggregateComponents"),
        ("cbc", "CommonBasicComponents"),
        ("ext", "CommonExtensionComponents"),
    )
)
# Root, what a line and its quantity are called, and the totals.
_FORMS = {
    "07": ("CreditNote", "CreditNoteLine", "CreditedQuantity", "LegalMonetaryTotal"),
    "08": ("DebitNote", "DebitNoteLine", "DebitedQuantity", "RequestedMonetaryTotal"),
}
_INVOICE = ("Invoice", "InvoiceLine", "InvoicedQuantity", "LegalMonetaryTotal")
# Column, tax of catalogue 05, its name, affectation of catalogue 07.
_OPERATIONS = (
    ("op_gravada", "1000", "IGV", "10"),
    ("op_exonerada", "9997", "EXO", "20"),
    ("op_inafecta", "9998", "INA", "30"),
)
_SUNAT = "20131312955"
_CREDIT_DAYS = 30
_INSURED_TIMES = 40

Row = Mapping[str, str]


def document(row: Row) -> str:
    """The XML of a factura, boleta or note."""
    root, *_ = _FORMS.get(row["tipo"], _INVOICE)
    parts = (
        _signature(row["hash"]),
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>2.0</cbc:CustomizationID>",
        _tag("ID", f"{row['serie']}-{int(row['numero']):08d}"),
        _tag("IssueDate", row["fecha_emision"]),
        _tag("IssueTime", row["actualizado_en"][11:19]),
        *_kind(row),
        *_notes(row),
        *_core_ids(row),
        _party("AccountingSupplierParty", "6", row["emisor_ruc"], row["emisor"],
               row["emisor_direccion"]),
        _party("AccountingCustomerParty", row["cliente_tipo_doc"], row["cliente_num_doc"],
               row["cliente"], row["cliente_direccion"]),
        *_payment(row),
        _taxes(row),
        *_totals(row),
        *_lines(row),
    )  # fmt: skip
    body = "\n".join(part for part in parts if part)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}\n<{root} xmlns="{_UBL}:{root}-2" {_SPACES}>\n{body}\n</{root}>\n'


def answer(row: Row) -> str:
    """The CDR that SUNAT sent back; 2335 stands for any reason to reject."""
    code = "2335" if row["estado"] == "RECHAZADO" else "0"
    number = f"{row['serie']}-{int(row['numero'])}"
    said = "ha sido aceptado" if code == "0" else "ha sido rechazado"
    space = f"{_UBL}:ApplicationResponse-2"
    moment = (row["fecha_emision"], row["actualizado_en"][11:19])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<ar:ApplicationResponse xmlns:ar="{space}" '
        f"{_SPACES}>\n<cbc:UBLVersionID>2.0</cbc:UBLVersionID>"
        + _tag("ResponseDate", moment[0]) + _tag("ResponseTime", moment[1])
        + "\n<cac:SenderParty><cac:PartyIdentification>" + _tag("ID", _SUNAT)
        + "</cac:PartyIdentification></cac:SenderParty>\n"
        "<cac:ReceiverParty><cac:PartyIdentification>" + _tag("ID", row["emisor_ruc"])
        + "</cac:PartyIdentification></cac:ReceiverParty>\n<cac:DocumentResponse><cac:Response>"
        + _tag("ReferenceID", number) + _tag("ResponseCode", code)
        + _tag("Description", f"El comprobante {number} {said}")
        + "</cac:Response><cac:DocumentReference>" + _tag("ID", number)
        + "</cac:DocumentReference></cac:DocumentResponse>\n</ar:ApplicationResponse>\n"
    )  # fmt: skip


def _tag(name: str, text: str, attributes: str = "") -> str:
    return f"<cbc:{name}{attributes}>{escape(text)}</cbc:{name}>" if text else ""


def _money(name: str, row: Row, amount: str | Decimal) -> str:
    return f'<cbc:{name} currencyID="{row["moneda"]}">{amount or "0.00"}</cbc:{name}>'


def _signature(digest: str) -> str:
    return (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>"
        '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="Firma"><ds:SignedInfo>'
        f'<ds:Reference URI=""><ds:DigestValue>{escape(digest)}</ds:DigestValue></ds:Reference>'
        "</ds:SignedInfo></ds:Signature>"
        "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    )


def _kind(row: Row) -> Iterator[str]:
    """A note's root says what it is; an invoice says it in a code."""
    if row["tipo"] not in _FORMS:
        yield _tag("InvoiceTypeCode", row["tipo"], ' listID="0101"')
    yield _tag("DocumentCurrencyCode", row["moneda"])


def _notes(row: Row) -> Iterator[str]:
    if not row["modifica"]:
        return
    named = _tag("ReferenceID", row["modifica"]) + _tag("ResponseCode", row["motivo"])
    said = _tag("Description", "Ajuste de la prima")
    yield f"<cac:DiscrepancyResponse>{named}{said}</cac:DiscrepancyResponse>"
    modified = _tag("ID", row["modifica"]) + _tag("DocumentTypeCode", row["modifica_tipo"])
    yield (
        f"<cac:BillingReference><cac:InvoiceDocumentReference>{modified}"
        "</cac:InvoiceDocumentReference></cac:BillingReference>"
    )


def _core_ids(row: Row) -> Iterator[str]:
    """Catalogue 12 has 99 for other documents; the type says which."""
    for name, column in (("CUOTA", "id_cuota"), ("LIQUIDACION", "liquidacion")):
        if row[column]:
            said = _tag("ID", row[column]) + _tag("DocumentTypeCode", "99")
            reference = f"{said}{_tag('DocumentType', name)}"
            yield f"<cac:AdditionalDocumentReference>{reference}</cac:AdditionalDocumentReference>"


def _party(role: str, kind: str, number: str, name: str, address: str) -> str:
    where = (
        f"<cac:RegistrationAddress><cac:AddressLine>{_tag('Line', address)}</cac:AddressLine>"
        "</cac:RegistrationAddress>"
        if address
        else ""
    )
    identity = _tag("ID", number, f' schemeID="{kind}"')
    return (
        f"<cac:{role}><cac:Party><cac:PartyIdentification>{identity}</cac:PartyIdentification>"
        f"<cac:PartyLegalEntity>{_tag('RegistrationName', name)}{where}</cac:PartyLegalEntity>"
        f"</cac:Party></cac:{role}>"
    )


def _payment(row: Row) -> Iterator[str]:
    """A factura on credit is paid in one quota; the rest is cash."""
    if row["tipo"] != "01":
        return
    due = add_days(date.fromisoformat(row["fecha_emision"]), _CREDIT_DAYS).isoformat()
    amount = _money("Amount", row, row["importe"])
    for means, more in (("Credito", ""), ("Cuota001", _tag("PaymentDueDate", due))):
        yield (
            f"<cac:PaymentTerms><cbc:ID>FormaPago</cbc:ID>{_tag('PaymentMeansID', means)}"
            f"{amount}{more}</cac:PaymentTerms>"
        )


def _operations(row: Row) -> list[tuple[str, str, str, str, str]]:
    """(amount, tax, its name, affectation, IGV) of each operation there is, at least one."""
    there = [(row[column], *rest) for column, *rest in _OPERATIONS if row[column]]
    chosen = there or [("0.00", *_OPERATIONS[0][1:])]
    return [
        (amount, tax, name, code, row["igv"] if tax == "1000" else "0.00")
        for amount, tax, name, code in chosen
    ]


def _subtotal(row: Row, operation: tuple[str, str, str, str, str], reason: str = "") -> str:
    amount, tax, name, _, igv = operation
    scheme = f"<cac:TaxScheme>{_tag('ID', tax)}{_tag('Name', name)}</cac:TaxScheme>"
    return (
        f"<cac:TaxSubtotal>{_money('TaxableAmount', row, amount)}{_money('TaxAmount', row, igv)}"
        f"<cac:TaxCategory>{_tag('TaxExemptionReasonCode', reason)}{scheme}</cac:TaxCategory>"
        "</cac:TaxSubtotal>"
    )


def _taxes(row: Row) -> str:
    subtotals = "".join(_subtotal(row, operation) for operation in _operations(row))
    return f"<cac:TaxTotal>{_money('TaxAmount', row, row['igv'])}{subtotals}</cac:TaxTotal>"


def _totals(row: Row) -> Iterator[str]:
    *_, totals = _FORMS.get(row["tipo"], _INVOICE)
    yield f"<cac:{totals}>{_money('PayableAmount', row, row['importe'])}</cac:{totals}>"


def _lines(row: Row) -> Iterator[str]:
    _, line, quantity, _ = _FORMS.get(row["tipo"], _INVOICE)
    for number, operation in enumerate(_operations(row), 1):
        amount, *_, code, igv = operation
        taxes = _money("TaxAmount", row, igv) + _subtotal(row, operation, code)
        yield (
            f'<cac:{line}><cbc:ID>{number}</cbc:ID><cbc:{quantity} unitCode="ZZ">1</cbc:{quantity}>'
            f"{_money('LineExtensionAmount', row, amount)}<cac:TaxTotal>{taxes}</cac:TaxTotal>"
            f"<cac:Item>{_tag('Description', row['descripcion'])}{_insurance(row)}</cac:Item>"
            f"<cac:Price>{_money('PriceAmount', row, amount)}</cac:Price></cac:{line}>"
        )


def _insurance(row: Row) -> str:
    """Catalogue 55: policy, coverage, kind of insurance, sum insured (invented)."""
    coverage = _tag("StartDate", row["vigencia_inicio"]) + _tag("EndDate", row["vigencia_fin"])
    period = f"<cac:UsabilityPeriod>{coverage}</cac:UsabilityPeriod>" if coverage else ""
    insured = f"{abs(Decimal(row['importe'])) * _INSURED_TIMES:.2f}"
    said = (
        ("7013", "Número de póliza", _tag("Value", row["poliza"])),
        ("7014", "Vigencia", period),
        ("7015", "Tipo de seguro", _tag("Value", row["producto"])),
        ("7016", "Suma asegurada", _tag("Value", insured)),
    )
    return "".join(
        f"<cac:AdditionalItemProperty>{_tag('Name', name)}{_tag('NameCode', code)}{value}"
        "</cac:AdditionalItemProperty>"
        for code, name, value in said
        if value
    )
