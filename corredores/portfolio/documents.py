"""Identity documents: SUNAT catalogue 06."""

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Right


class DocumentType(models.TextChoices):
    """Código de tipo de documento de identidad, SUNAT catalogue 06."""

    NON_DOMICILED = "0", "Doc. no domiciliado"
    DNI = "1", "DNI"
    CE = "4", "CE"
    RUC = "6", "RUC"
    PASSPORT = "7", "Pasaporte"
    DIPLOMATIC = "A", "Céd. diplomática"
    FOREIGN = "B", "Doc. país de residencia"
    TAX_ID = "C", "TIN"
    IDENTIFICATION = "D", "IN"
    TAM = "E", "TAM"


def masked(field: str) -> Concat:
    """••••5678: an expression for those who may not see whole document numbers."""
    return Concat(Value("••••"), Right(F(field), 4))
