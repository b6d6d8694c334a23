"""The states of a cuota: those the core stores, and those derived on an as-of date."""

from django.db import models


class Status(models.TextChoices):
    """Stored state, as the core delivers it (collection axis)."""

    PENDING = "PENDIENTE", "Pendiente"
    IN_PROCESS = "EN_PROCESO", "En proceso"
    PAID = "PAGADA", "Pagada"
    PARTIAL = "PAGO_PARCIAL", "Pago parcial"
    REJECTED = "RECHAZADA", "Rechazada"
    VOID = "ANULADA", "Anulada"
    OFFSET = "COMPENSADA", "Compensada"
    RESCHEDULED = "REPROGRAMADA", "Reprogramada"
    TO_REFUND = "POR_DEVOLVER", "Por devolver"
    REFUNDED = "DEVUELTA", "Devuelta"
    WRITTEN_OFF = "CASTIGADA", "Castigada"


class Derived(models.TextChoices):
    """Derived on an as-of date, never stored: what is owed, before and after its due date."""

    OVERDUE = "VENCIDA", "Vencida"
    DUE = "POR_VENCER", "Por vencer"


# States in which something is still to be collected or given back.
OPEN = (
    Status.PENDING,
    Status.IN_PROCESS,
    Status.PARTIAL,
    Status.REJECTED,
    Status.TO_REFUND,
)

EXPLANATIONS: dict[str, str] = {
    Derived.OVERDUE: "Tiene saldo y su fecha de vencimiento ya pasó.",
    Derived.DUE: "Tiene saldo y todavía no vence.",
    Status.PENDING: "Tiene saldo por pagar.",
    Status.IN_PROCESS: "El cargo se envió al banco y se espera su respuesta.",
    Status.PAID: "Pagada por completo.",
    Status.PARTIAL: "Se pagó una parte; queda saldo.",
    Status.REJECTED: "El cargo automático fue rechazado; se sigue debiendo.",
    Status.VOID: "Sin efecto: ya no se debe.",
    Status.OFFSET: "Se canceló con una nota de crédito o un siniestro.",
    Status.RESCHEDULED: "Fue reemplazada por otra cuota.",
    Status.TO_REFUND: "Importe a favor del contratante, por devolver.",
    Status.REFUNDED: "El importe a favor ya se devolvió.",
    Status.WRITTEN_OFF: "La aseguradora la dio por incobrable.",
}

# Tones that a page shows with a colour and an icon of its own, and a file with the word.
TONES: dict[str, str] = {
    Derived.OVERDUE: "late",
    Derived.DUE: "due",
    Status.PENDING: "due",
    Status.IN_PROCESS: "busy",
    Status.PAID: "paid",
    Status.PARTIAL: "busy",
    Status.REJECTED: "late",
    Status.VOID: "void",
    Status.OFFSET: "paid",
    Status.RESCHEDULED: "neutral",
    Status.TO_REFUND: "busy",
    Status.REFUNDED: "neutral",
    Status.WRITTEN_OFF: "void",
}

LABELS: dict[str, str] = {**dict(Derived.choices), **dict(Status.choices)}
