"""Spoiled legal files, made by hand: each with the code it must be refused with.

Every document has a number of its own, so that all can be delivered in one call.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corredores.generation.ubl import answer, document

from .files import VOUCHER, Row

RUC = VOUCHER["emisor_ruc"]


def pdf(entries: bytes = b"") -> bytes:
    """A small whole PDF, with `entries` in its catalogue."""
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + entries + b" >>\nendobj\n"
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R >>\n"
    return body + table + b"startxref\n%d\n%%%%EOF\n" % len(body)


PDF = pdf()


@dataclass(frozen=True)
class Spoiled:
    """A file and the first problem that must be said of it."""

    why: str
    name: str
    content: bytes
    code: str
    column: str = ""
    value: str = ""


def row(number: int, **changes: str) -> Row:
    return {**VOUCHER, "numero": str(number), "id_cuota": "", "modifica": "", **changes}


def xml(number: int, **changes: str) -> bytes:
    return document(row(number, **changes)).encode()


def name(number: int, kind: str = "01", ending: str = "xml") -> str:
    return f"{RUC}-{kind}-F001-{number}.{ending}"


def swapped(old: str, new: str) -> Callable[[int], bytes]:
    def made(number: int) -> bytes:
        text = document(row(number))
        assert old in text, old
        return text.replace(old, new).encode()

    return made


def with_doctype(declaration: str, inside: str = "ASEGURADORA S.A.") -> Callable[[int], bytes]:
    def made(number: int) -> bytes:
        head, root = document(row(number)).split("\n", 1)
        return f"{head}\n{declaration}\n{root.replace('ASEGURADORA S.A.', inside)}".encode()

    return made


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
DOCUMENTS: tuple[tuple[str, Callable[[int], bytes], str, str, str], ...] = (
    ("cut", lambda n: xml(n)[:700], "xml", "", ""),
    ("empty", lambda n: b"", "vacio", "", ""),
    ("a NUL byte", lambda n: xml(n).replace(b"ASEGURADORA", b"ASEG\0"), "xml", "", ""),
    ("unclosed", lambda n: xml(n).replace(b"</cac:TaxTotal>", b"", 1), "xml", "", ""),
    (
        "an entity of a file",
        with_doctype('<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        "xml",
        "",
        "",
    ),
    (
        "an entity of the network",
        with_doctype('<!DOCTYPE Invoice [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>', "&x;"),
        "xml",
        "",
        "",
    ),
    (
        "a DTD elsewhere",
        with_doctype('<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:9/x.dtd">'),
        "xml",
        "",
        "",
    ),
    (
        "billion laughs",
        with_doctype(f'<!DOCTYPE Invoice [<!ENTITY l0 "lol">{LAUGHS}]>', "&l9;"),
        "xml",
        "",
        "",
    ),
    (
        "quadratic blowup",
        with_doctype(f'<!DOCTYPE Invoice [<!ENTITY x "{"y" * 50_000}">]>', "&x;" * 5_000),
        "xml",
        "",
        "",
    ),
    ("100,000 levels", lambda n: b"<a>" * 100_000 + b"</a>" * 100_000, "desmedido", "", ""),
    ("a million elements", lambda n: b"<a>" + b"<b/>" * 1_000_000 + b"</a>", "desmedido", "", ""),
    ("a huge attribute", lambda n: b'<a x="' + b"y" * 4_000_000 + b'"/>', "desmedido", "", ""),
    ("too big", lambda n: b"<a>" + b" " * (6 << 20) + b"</a>", "desmedido", "", ""),
    ("another root", lambda n: b"<html><body/></html>", "documento", "", "html"),
    (
        "another namespace",
        swapped("schema:xsd:Invoice-2", "schema:xsd:Invoice-3"),
        "documento",
        "",
        "",
    ),
    ("no namespace", lambda n: b"<Invoice/>", "documento", "", "Invoice"),
    ("a PDF", lambda n: PDF, "xml", "", ""),
    ("a CSV", lambda n: b"emisor_ruc;emisor\n1;2\n", "xml", "", ""),
    (
        "UTF-16",
        lambda n: document(row(n)).split("\n", 1)[1].encode("utf-16"),
        "codificacion",
        "",
        "",
    ),
    ("UTF-7", lambda n: xml(n).replace(b"UTF-8", b"utf-7"), "xml", "", ""),
    ("Latin-1 that says UTF-8", lambda n: document(row(n)).encode("latin-1"), "xml", "", ""),
    (
        "UBL 2.0",
        swapped("<cbc:UBLVersionID>2.1", "<cbc:UBLVersionID>2.0"),
        "version",
        "UBLVersionID",
        "2.0",
    ),
    (
        "another type than the name",
        swapped('listID="0101">01<', 'listID="0101">03<'),
        "nombre",
        "tipo",
        "03",
    ),
    (
        "a type that is no invoice",
        swapped('listID="0101">01<', 'listID="0101">09<'),
        "valor",
        "tipo",
        "09",
    ),
    (
        "another issuer than the name",
        swapped(f'"6">{RUC}', '"6">20131312955'),
        "nombre",
        "emisor_ruc",
        "20131312955",
    ),
    ("another number than the name", lambda n: xml(n + 5_000), "nombre", "numero", ""),
    ("another series than the name", lambda n: xml(n, serie="F002"), "nombre", "serie", "F002"),
    (
        "a note as an invoice",
        lambda n: xml(n, tipo="07", modifica="F001-1", modifica_tipo="01"),
        "nombre",
        "tipo",
        "07",
    ),
    ("no total", swapped("cbc:PayableAmount", "cbc:PrepaidAmount"), "requerido", "importe", ""),
    ("no taxes", swapped("<cac:TaxTotal>", "<cac:OtherTotal xmlns:x='x'>"), "xml", "", ""),
    (
        "thousands with a comma",
        swapped(">121.54</cbc:PayableAmount", ">1,234.56</cbc:PayableAmount"),
        "importe",
        "importe",
        "1,234.56",
    ),
    ("three decimals", lambda n: xml(n, importe="121.545"), "importe", "importe", "121.545"),
    (
        "not a number",
        lambda n: xml(n).replace(b">121.54</cbc:PayableAmount", b">NaN</cbc:PayableAmount"),
        "importe",
        "importe",
        "NaN",
    ),
    (
        "an endless number",
        lambda n: xml(n).replace(b">121.54</cbc:PayableAmount", b">1e400</cbc:PayableAmount"),
        "importe",
        "importe",
        "1e400",
    ),
    (
        "a line with 1e400",
        swapped('">103.00</cbc:PriceAmount', '">1e400</cbc:PriceAmount'),
        "importe",
        "linea",
        "1e400",
    ),
    (
        "no such day",
        swapped("<cbc:IssueDate>2026-01-05", "<cbc:IssueDate>2026-13-40"),
        "fecha_hora",
        "actualizado_en",
        "2026-13-40T11:00:00-05:00",
    ),
    (
        "the end of time",
        swapped("<cbc:IssueDate>2026-01-05", "<cbc:IssueDate>9999-12-31"),
        "fecha_hora",
        "actualizado_en",
        "9999-12-31T11:00:00-05:00",
    ),
    (
        "the year 1902",
        swapped("<cbc:IssueDate>2026-01-05", "<cbc:IssueDate>1902-08-19"),
        "fecha_hora",
        "actualizado_en",
        "1902-08-19T11:00:00-05:00",
    ),
    (
        "no such hour",
        swapped("<cbc:IssueTime>11:00:00", "<cbc:IssueTime>mediodía"),
        "fecha_hora",
        "actualizado_en",
        "mediodía",
    ),
    (
        "a quota due never",
        swapped("<cbc:PaymentDueDate>2026-02-04", "<cbc:PaymentDueDate>2026-02-30"),
        "fecha",
        "PaymentDueDate",
        "2026-02-30",
    ),
    ("two currencies", lambda n: xml(n).replace(b'"PEN"', b'"USD"', 1), "moneda", "moneda", "USD"),
    ("euros", lambda n: xml(n, moneda="EUR"), "valor", "moneda", "EUR"),
    ("not signed", swapped("ds:DigestValue", "ds:Nothing"), "firma", "hash", ""),
    ("without lines", swapped("cac:InvoiceLine", "cac:OtherLine"), "lineas", "descripcion", ""),
    (
        "an unknown document type",
        swapped('schemeID="6">20131312955', 'schemeID="Z">20131312955'),
        "valor",
        "cliente_tipo_doc",
        "Z",
    ),
    ("a nameless customer", lambda n: xml(n, cliente=""), "requerido", "cliente", ""),
    (
        "a name of 1,501 letters",
        lambda n: xml(n, cliente="A" * 1_501),
        "largo",
        "cliente",
        "A" * 200,
    ),
    (
        "a control character",
        lambda n: xml(n).replace("MUÑOZ".encode(), b"MU&#x85;OZ"),
        "control",
        "cliente",
        "",
    ),
    (
        "coverage backwards",
        lambda n: xml(n, vigencia_inicio="2026-02-01", vigencia_fin="2026-01-01"),
        "vigencia",
        "vigencia_fin",
        "2026-01-01",
    ),
    ("nobody's policy", lambda n: xml(n, poliza="999"), "corredor", "poliza", "999"),
)


def documents() -> Iterator[Spoiled]:
    """Vouchers as XML, from number 1001."""
    for number, (why, made, code, column, value) in enumerate(DOCUMENTS, 1001):
        yield Spoiled(why, name(number), made(number), code, column, value)


def cdr(number: int, **changes: str) -> bytes:
    return answer(row(number, **changes)).encode()


def others() -> Iterator[Spoiled]:
    """Contradictions, notes, names, answers and PDFs. F001-123 is in the portal."""
    known = "cliente_num_doc"
    note = row(9, tipo="07", modifica="F001-123", modifica_tipo="01", motivo="06")
    lonely = document(note).replace("BillingReference", "OtherReference").encode()
    yield Spoiled(
        "another amount", name(123), xml(123, importe="121.55"), "contradice", "importe", "121.55"
    )
    yield Spoiled("a note of nothing", name(9, "07"), lonely, "requerido", "modifica")
    yield Spoiled("no name of ours", "factura.xml", xml(1), "nombre", "", "factura.xml")
    yield Spoiled("a guía", f"{RUC}-09-T001-1.xml", xml(1), "tipo_comprobante", "", "09")
    yield Spoiled("a number of nine digits", f"{RUC}-01-F001-123456789.xml", xml(1), "nombre")
    yield Spoiled("a PDF as an answer", f"R-{name(123, ending='pdf')}", PDF, "nombre")
    yield Spoiled(
        "the answer to another", f"R-{name(123)}", cdr(124), "nombre", "comprobante", "F001-124"
    )
    yield Spoiled(
        "the answer to another issuer",
        f"R-{name(2)}",
        cdr(2, emisor_ruc="20131312955"),
        "nombre",
        "emisor_ruc",
        "20131312955",
    )
    yield Spoiled(
        "an answer without a code",
        f"R-{name(3)}",
        cdr(3).replace(b">0<", b">tal vez<"),
        "valor",
        "estado",
        "tal vez",
    )
    yield Spoiled("an invoice as an answer", f"R-{name(4)}", xml(4), "documento")
    yield Spoiled("the answer to nothing", f"R-{name(5)}", cdr(5), "sin_comprobante")
    yield Spoiled(
        "an answer with a DTD", f"R-{name(6)}", b"<!DOCTYPE a>" + cdr(6).split(b"\n", 1)[1], "xml"
    )
    for number, (why, content, code) in enumerate(PDFS, 20):
        yield Spoiled(why, name(number, ending="pdf"), content, code)
    assert known in VOUCHER


def packed(entry: bytes) -> bytes:
    stream = zlib.compress(b"1 0 << " + entry + b" >>")
    head = b"%%PDF-1.7\n2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length %d >>\nstream\n"
    body = head % len(stream) + stream + b"\nendstream\nendobj\n"
    return body + b"xref\n0 1\ntrailer\n<<>>\nstartxref\n%d\n%%%%EOF\n" % len(body)


PDFS = (
    ("a page of the web", b"<html></html>", "pdf"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "pdf"),
    ("a cut PDF", PDF[:-20], "pdf"),
    ("a PDF whose table is elsewhere", PDF.replace(b"startxref\n", b"startxref\n9"), "pdf"),
    ("a PDF with a script", pdf(b"/OpenAction << /JavaScript (x) >>"), "pdf_activo"),
    ("a PDF that hides a script", pdf(b"/J#61vaScript (x)"), "pdf_activo"),
    ("a PDF that packs a script", packed(b"/JS (x)"), "pdf_activo"),
    ("a PDF that starts programs", pdf(b"/Launch (x)"), "pdf_activo"),
    ("a PDF with a file inside", pdf(b"/EmbeddedFiles 3 0 R"), "pdf_activo"),
    ("a PDF with a password", pdf(b"/Encrypt 3 0 R"), "pdf_activo"),
    ("a PDF of 11 MB", PDF + b" " * (11 << 20), "desmedido"),
    ("a PDF of no voucher", PDF, "sin_comprobante"),
)


def archives() -> Iterator[Spoiled]:
    """ZIPs that are refused as a whole, before any of their members is used."""
    members = {name(123): xml(123), name(123, ending="pdf"): PDF}
    whole = zipped(members, zipfile.ZIP_STORED)
    yield Spoiled("a cut ZIP", "a.zip", whole[: len(whole) // 2], "zip")
    yield Spoiled("no ZIP", "b.zip", xml(1), "zip")
    yield Spoiled("an empty file", "c.zip", b"", "zip")
    yield Spoiled("a wrong sum", "d.zip", whole.replace(b"%PDF-1.7", b"%PDF-1.6", 1), "zip")
    for number, bad in enumerate(
        ("../../x.xml", "/etc/x.xml", "..\\x.xml", "C:\\x.xml", "a/../../x.xml",
         "factura\u202elmx.exe.xml", "a\nb.xml", "\u200bx.xml")
    ):  # fmt: skip
        yield Spoiled(f"the name {bad!r}", f"name-{number}.zip", zipped({bad: xml(1)}), "zip")
    yield Spoiled(
        "a NUL in a name", "nul.zip", zipped({"x?.xml": b"x"}).replace(b"x?.xml", b"x\0.xml"), "zip"
    )
    yield Spoiled("a link", "link.zip", linked(), "zip")
    yield Spoiled("a password", "secret.zip", flagged(whole), "zip")
    yield Spoiled(
        "one name twice",
        "twice.zip",
        zipped({"a.xml": b"1", "b.xml": b"2"}).replace(b"b.xml", b"a.xml"),
        "zip",
    )
    yield Spoiled(
        "one name in two cases", "case.zip", zipped({"a.xml": b"1", "A.xml": b"2"}), "zip"
    )
    yield Spoiled("a bomb", "bomb.zip", zipped({"x.csv": b"0" * (200 << 20)}), "desmedido")
    yield Spoiled("members on one another", "overlap.zip", overlapping(), "zip")
    yield Spoiled("a size that lies", "lie.zip", lying(), "zip")
    yield Spoiled("more members than can be", "many.zip", promising(60_000), "desmedido")
    yield Spoiled("a directory of ZIP64", "z64.zip", promising(0xFFFF), "desmedido")
    yield Spoiled(
        "another compression", "lzma.zip", zipped({"x.xml": b"x"}, zipfile.ZIP_LZMA), "zip"
    )


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for member, content in members.items():
            archive.writestr(zipfile.ZipInfo(member), content, method)
    return out.getvalue()


def linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo(name(123))
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def flagged(archive: bytes) -> bytes:
    """Each entry of the directory says that it is encrypted."""
    changed = bytearray(archive)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + 8] |= 1
        place = changed.find(b"PK\x01\x02", place + 1)
    return bytes(changed)


def overlapping() -> bytes:
    """Two entries of the directory that lead to the same bytes."""
    archive = bytearray(zipped({"a.xml": b"x" * 500, "b.xml": b"y" * 500}, zipfile.ZIP_STORED))
    second = archive.rfind(b"PK\x01\x02")
    struct.pack_into("<I", archive, second + 42, 10)
    return bytes(archive)


def lying() -> bytes:
    """The directory promises ten bytes; the member holds ten million."""
    archive = bytearray(zipped({"x.csv": b"0" * 10_000_000}))
    struct.pack_into("<I", archive, archive.rfind(b"PK\x01\x02") + 24, 10)
    return bytes(archive)


def promising(members: int) -> bytes:
    archive = bytearray(zipped({"x.xml": b"x"}))
    struct.pack_into("<HH", archive, archive.rfind(b"PK\x05\x06") + 8, members, members)
    return bytes(archive)
