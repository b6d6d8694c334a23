"""Sentences of Django and allauth as this portal says them: to a «tú», and with what to do.

Their Spanish speaks to a «usted». A catalogue of translations would be compiled bytes in the
repository; these few are all that a person can meet.
"""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.core import validators

_CHOICE = "Elige una de las opciones de la lista."
_FIELDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "Completa este campo."},
    forms.IntegerField: {"invalid": "Escribe un número entero, sin letras."},
    forms.DecimalField: {"invalid": "Escribe un número, como 1234.50."},
    forms.DateField: {"invalid": "Escribe una fecha que exista, como 24/11/2026."},
    forms.ChoiceField: {"invalid_choice": _CHOICE},
    forms.MultipleChoiceField: {"invalid_choice": _CHOICE, "invalid_list": _CHOICE},
    forms.FileField: {
        "required": "Elige un archivo.",
        "missing": "Elige un archivo.",
        "empty": "El archivo está vacío: elige otro.",
    },
}
_VALIDATORS: dict[type, str] = {
    validators.MaxLengthValidator: "Escribe hasta %(limit_value)d caracteres: van %(show_value)d.",
    validators.MinLengthValidator: "Escribe al menos %(limit_value)d caracteres.",
    validators.MaxValueValidator: "Escribe un número que no pase de %(limit_value)s.",
    validators.MinValueValidator: "Escribe un número desde %(limit_value)s.",
    validators.EmailValidator: "Escribe un correo completo, como ana@corredora.pe.",
}
_DIGITS = {
    "invalid": "Escribe un número, como 1234.50.",
    "max_digits": "Escribe un número más corto: hasta %(max)s cifras.",
    "max_decimal_places": "Escribe hasta %(max)s decimales.",
    "max_whole_digits": "Escribe un número más corto: hasta %(max)s cifras antes del punto.",
}
_ACCOUNT = {
    "username_password_mismatch": "El usuario o la contraseña no son correctos.",
    "enter_current_password": "Escribe tu contraseña actual.",
    "incorrect_password": "La contraseña no es correcta.",
    "incorrect_code": "El código no es correcto.",
    "too_many_login_attempts": "Van demasiados intentos. Prueba de nuevo más tarde.",
    "rate_limited": "Van demasiados intentos. Prueba de nuevo en un momento.",
}
_SECOND_FACTOR = {
    "incorrect_code": _ACCOUNT["incorrect_code"],
    "cannot_delete_authenticator": "Tu cuenta necesita un segundo factor: agrega otro antes.",
    "cannot_generate_recovery_codes": "Agrega antes una llave o una aplicación de códigos.",
}


def speak() -> None:
    """Put our sentences in place of theirs; once, at start."""
    for field, said in _FIELDS.items():
        vars(field)["default_error_messages"].update(said)
    for validator, text in _VALIDATORS.items():
        validator.message = text  # type: ignore[attr-defined] # every validator has one
    validators.DecimalValidator.messages.update(_DIGITS)
    DefaultAccountAdapter.error_messages.update(_ACCOUNT)
    DefaultMFAAdapter.error_messages.update(_SECOND_FACTOR)
