"""The CDR (constancia de recepción): what SUNAT, or an OSE for it, answered to a voucher."""

import re
from collections.abc import Sequence

from lxml import etree

from .told import Told, find, root_of, text_of

_ROOT = "{urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2}ApplicationResponse"
_RUC = re.compile(r"\d{11}")
# SUNAT's return codes: 0 accepted; 4000 on, accepted with remarks; 2000 to 3999, rejected.
_ACCEPTED, _REJECTED = "ACEPTADO", "RECHAZADO"


def read(root: etree._Element, name: Sequence[str]) -> str:
    """ACEPTADO or RECHAZADO, for the voucher that the file's name says: RUC, type, series, number.

    Raises RefusedError when it is no CDR, or that of another voucher.
    """
    root_of(root, {_ROOT: None}, "una constancia de recepción (CDR) de SUNAT")
    told = Told()
    _, _, series, number = name
    answer = find(root, "cac:DocumentResponse")
    named = find(answer, "cac:DocumentReference/cbc:ID", "cac:Response/cbc:ReferenceID")
    told.take("comprobante", named, _unpadded(text_of(named)))
    told.must_be("comprobante", f"{series}-{number}", "es la respuesta a otro comprobante que {}")
    _issuer(root, answer, told, name)
    code = find(answer, "cac:Response/cbc:ResponseCode")
    told.take("estado", code)
    verdict = _verdict(told.cells["estado"])
    if not verdict:
        told.wrong("estado", "valor", "no es un código de respuesta de SUNAT")
    told.refuse_wrong()
    return verdict


def _issuer(
    root: etree._Element, answer: etree._Element | None, told: Told, name: Sequence[str]
) -> None:
    """The issuer's RUC and the type, where the answer names them: an OSE's and SUNAT's differ."""
    party = find(
        answer, "cac:IssuerParty/cac:PartyIdentification/cbc:ID",
        "cac:IssuerParty/cac:PartyLegalEntity/cbc:CompanyID",
    )  # fmt: skip
    if party is None:
        party = find(root, "cac:ReceiverParty/cac:PartyIdentification/cbc:ID")
    if _RUC.fullmatch(ruc := text_of(party).rpartition("-")[2]):
        told.take("emisor_ruc", party, ruc)
        told.must_be("emisor_ruc", name[0], "es la respuesta a otro emisor que {}")
    kind = find(answer, "cac:DocumentReference/cbc:DocumentTypeCode")
    if kind is not None:
        told.take("tipo", kind)
        told.must_be("tipo", name[1], "es la respuesta a otro tipo de comprobante que {}")


def _unpadded(said: str) -> str:
    """`F001-00000123` as `F001-123`; SUNAT sometimes puts RUC and type in front."""
    series, _, number = said.upper().rpartition("-")
    return f"{series.rpartition('-')[2]}-{number.lstrip('0')}"


def _verdict(code: str) -> str:
    if not code.isdecimal() or len(code) > 4:
        return ""
    if int(code) == 0 or int(code) >= 4000:
        return _ACCEPTED
    return _REJECTED if 2000 <= int(code) < 4000 else ""
