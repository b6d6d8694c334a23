"""What a password may not be: one of those everybody tries first, here or anywhere."""

import re

from django.core.exceptions import ValidationError

# What somebody who guesses would try at an insurance portal of Peru, plain or with digits.
WORDS = (
    "corredor", "corredores", "somoscorredores", "cuota", "cuotas", "poliza", "polizas", "seguro",
    "seguros", "segurosperu", "aseguradora", "broker", "brokers", "portal", "cobranza", "peru",
    "lima", "contrasena", "clave", "bienvenido", "administrador", "liquidacion", "comprobante",
)  # fmt: skip
_FOLDED = str.maketrans("áéíóúüñ@0134$57", "aeiouunaoieasst")


class NoWordOfOurs:
    """Refuses passwords made of such a word with digits and signs around it (ASVS 6.2.11)."""

    def validate(self, password: str, user: object = None) -> None:
        bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.lower())
        if bare in WORDS or re.sub(r"[\W_]", "", bare.translate(_FOLDED)) in WORDS:
            raise ValidationError(self.get_help_text(), code="password_of_ours")

    def get_help_text(self) -> str:
        return "No puede ser una palabra que cualquiera probaría aquí, como «cuotas2026»."
