"""How a cuota is or was paid."""

from django.db import models


class PaymentChannel(models.TextChoices):
    """Canal de pago, as the core delivers it."""

    BANK_WEB = "BANCO_WEB", "Banca por internet"
    BANK_AGENT = "AGENTE", "Agente"
    BANK_BRANCH = "VENTANILLA", "Ventanilla"
    DIRECT_DEBIT = "CARGO_CUENTA", "Cargo en cuenta"
    CARD_AUTO = "CARGO_TARJETA", "Cargo en tarjeta"
    CARD_ONLINE = "TARJETA_WEB", "Tarjeta por internet"
    CIP = "CIP", "Código CIP"
    TRANSFER = "TRANSFERENCIA", "Transferencia"
    CHEQUE = "CHEQUE", "Cheque"
    OFFSET_CREDIT_NOTE = "NOTA_CREDITO", "Nota de crédito"
    PAYROLL = "PLANILLA", "Descuento por planilla"
