"""What SUNAT's codes say on paper: titles (catalogue 01), notes' reasons (09, 10), IGV (07).

Source: SUNAT's catalogues of codes for UBL documents (Anexo 8 of RS 097-2012 and its changes).
Identity documents (06) are in `portfolio.documents`.
"""

TITLES = {
    "01": "FACTURA ELECTRÓNICA",
    "03": "BOLETA DE VENTA ELECTRÓNICA",
    "07": "NOTA DE CRÉDITO ELECTRÓNICA",
    "08": "NOTA DE DÉBITO ELECTRÓNICA",
    "13": "DOCUMENTO AUTORIZADO",
}

REPRESENTATIONS = {
    "01": "Representación impresa de la factura electrónica",
    "03": "Representación impresa de la boleta de venta electrónica",
    "07": "Representación impresa de la nota de crédito electrónica",
    "08": "Representación impresa de la nota de débito electrónica",
    "13": "Representación impresa del documento autorizado (empresa supervisada por la SBS)",
}

SHORT_TITLES = {
    "01": "Factura",
    "03": "Boleta de venta",
    "07": "Nota de crédito",
    "08": "Nota de débito",
    "13": "Documento autorizado",
}

CREDIT_REASONS = {
    "01": "Anulación de la operación",
    "02": "Anulación por error en el RUC",
    "03": "Corrección por error en la descripción",
    "04": "Descuento global",
    "05": "Descuento por ítem",
    "06": "Devolución total",
    "07": "Devolución por ítem",
    "08": "Bonificación",
    "09": "Disminución en el valor",
    "10": "Otros conceptos",
    "11": "Ajustes de operaciones de exportación",
    "12": "Ajustes afectos al IVAP",
    "13": "Corrección del monto pendiente de pago o de las fechas de las cuotas",
}

DEBIT_REASONS = {
    "01": "Intereses por mora",
    "02": "Aumento en el valor",
    "03": "Penalidades u otros conceptos",
    "11": "Ajustes de operaciones de exportación",
    "12": "Ajustes afectos al IVAP",
}

# The first digit tells the treatment, the second why nothing was charged.
AFFECTATIONS = {"1": "Gravado", "2": "Exonerado", "3": "Inafecto", "4": "Exportación"}

STATES = {
    "EMITIDO": "Emitido",
    "ACEPTADO": "Aceptado por SUNAT",
    "RECHAZADO": "Rechazado por SUNAT",
    "BAJA": "Dado de baja",
}


def reason_text(kind: str, code: str) -> str:
    """Return `06 · Devolución total` for a note of type `kind`; an unknown code stands alone."""
    reasons = DEBIT_REASONS if kind == "08" else CREDIT_REASONS
    return f"{code} · {reasons[code]}" if code in reasons else code


def affectation_text(code: str) -> str:
    """Return `Gravado` for 10 to 17, and so on (catalogue 07); an unknown code itself."""
    return AFFECTATIONS.get(code[:1], code)
