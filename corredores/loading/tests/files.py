"""Small files of the core, made by hand: one good row of each kind, changed as a test needs."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

Row = dict[str, str]

BROKERAGE: Row = {
    "codigo": "C1", "codigo_sbs": "J0001", "ruc": "20131312955", "nombre": "ANDES CORREDORES",
    "correo": "", "lineas": "GENERALES|VIDA|SALUD", "estado": "ACTIVO",
    "actualizado_en": "2026-01-01T00:00:00-05:00",
}  # fmt: skip
INSTALLMENT: Row = {
    "id_cuota": "Q1", "codigo_corredor": "C1", "linea": "GENERALES", "producto_codigo": "VEH",
    "producto": "Vehículos", "poliza": "00012345", "endoso": "", "certificado": "",
    "placa": "ABC-123", "aviso_cobranza": "30000001", "contratante_tipo_doc": "6",
    "contratante_num_doc": "20131312955", "contratante": "MUÑOZ & PEÑA S.A.C.",
    "contratante_correo": "pagos@example.com", "contratante_telefono": "999 000 111",
    "cuota_numero": "1", "cuota_total": "4", "moneda": "PEN", "prima_neta": "100.00",
    "derecho_emision": "3.00", "interes": "", "igv": "18.54", "importe": "121.54", "pagado": "",
    "fecha_emision": "2026-01-05", "fecha_vencimiento": "2026-02-05", "fecha_pago": "",
    "fecha_abono": "", "vigencia_inicio": "2026-01-05", "vigencia_fin": "2027-01-05",
    "estado": "PENDIENTE", "reemplazada_por": "", "canal_pago": "", "rechazo_fecha": "",
    "rechazo_motivo": "", "rechazo_intentos": "", "liquidacion": "", "comprobante_tipo": "01",
    "comprobante": "F001-00000123", "ejecutivo": "", "sucursal": "LIMA",
    "comision_porcentaje": "12.5", "comision_importe": "12.50", "preliquidacion": "",
    "actualizado_en": "2026-01-05T10:00:00-05:00",
}  # fmt: skip
SETTLEMENT: Row = {
    "numero": "L1", "codigo_corredor": "C1", "tipo": "REGULAR", "poliza": "777",
    "producto_codigo": "VLE", "producto": "Vida ley", "contratante_tipo_doc": "6",
    "contratante_num_doc": "20131312955", "contratante": "MUÑOZ & PEÑA S.A.C.",
    "vigencia_inicio": "2026-01-01", "vigencia_fin": "2026-01-31", "asegurados": "12",
    "planilla": "24000.00", "tasa": "1.2 %", "moneda": "PEN", "prima_neta": "100.00",
    "derecho_emision": "3.00", "igv": "18.54", "importe": "121.54",
    "fecha_emision": "2026-01-05", "fecha_vencimiento": "2026-02-05", "fecha_pago": "",
    "estado": "PENDIENTE", "comprobante_tipo": "", "comprobante": "",
    "actualizado_en": "2026-01-05T10:00:00-05:00",
}  # fmt: skip
VOUCHER: Row = {
    "emisor_ruc": "20100035392", "emisor": "ASEGURADORA S.A.", "emisor_direccion": "Av. Uno 1",
    "tipo": "01", "serie": "F001", "numero": "00000123", "codigo_corredor": "C1",
    "id_cuota": "Q1", "liquidacion": "", "poliza": "00012345", "producto": "Vehículos",
    "cliente_tipo_doc": "6", "cliente_num_doc": "20131312955", "cliente": "MUÑOZ & PEÑA S.A.C.",
    "cliente_direccion": "", "fecha_emision": "2026-01-05", "moneda": "PEN",
    "op_gravada": "103.00", "op_exonerada": "", "op_inafecta": "", "igv": "18.54",
    "importe": "121.54", "descripcion": "Prima", "vigencia_inicio": "", "vigencia_fin": "",
    "modifica_tipo": "", "modifica": "", "motivo": "", "estado": "ACEPTADO", "hash": "abc=",
    "actualizado_en": "2026-01-05T11:00:00-05:00",
}  # fmt: skip


def csv_text(*rows: Row, separator: str = ";", headers: Sequence[str] = ()) -> str:
    """Rows as the core would write them, with the first row's columns."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out, headers or list(rows[0]), delimiter=separator, extrasaction="ignore"
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def csv_file(path: Path, *rows: Row, separator: str = ";", headers: Sequence[str] = ()) -> Path:
    """The same as a file."""
    text = csv_text(*rows, separator=separator, headers=headers)
    path.write_text(text, encoding="utf-8", newline="")
    return path
