"""What a password may not be: short, like its owner's name, or what everybody tries first, here
or anywhere. Said to a «tú»: Django's own Spanish speaks to a «usted»."""

import re

from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError

# What somebody who guesses would try at an insurance portal of Peru, plain or with digits.
WORDS = (
    "corredor", "corredores", "somoscorredores", "cuota", "cuotas", "poliza", "polizas", "seguro",
    "seguros", "segurosperu", "aseguradora", "broker", "brokers", "portal", "cobranza", "peru",
    "lima", "contrasena", "clave", "bienvenido", "administrador", "liquidacion", "comprobante",
)  # fmt: skip
_FOLDED = str.maketrans("áéíóúüñ@0134$57", "aeiouunaoieasst")


class LongEnough(django.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Escribe una contraseña de al menos {self.min_length} caracteres."


class NotTheirName(django.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "Se parece demasiado a tu nombre, tu usuario o tu correo: elige otra."


class NotACommonOne(django.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Mucha gente usa esa contraseña: elige otra."


class NoWordOfOurs:
    """Refuses passwords made of such a word with digits and signs around it (ASVS 6.2.11)."""

    def validate(self, password: str, user: object = None) -> None:
        bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.lower())
        if bare in WORDS or re.sub(r"[\W_]", "", bare.translate(_FOLDED)) in WORDS:
            raise ValidationError(self.get_help_text(), code="password_of_ours")

    def get_help_text(self) -> str:
        return "No puede ser una palabra que cualquiera probaría aquí, como «cuotas2026»."
