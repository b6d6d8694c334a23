"""The insurer's three business lines: the unit of a brokerage's licence and a member's rights."""

from django.db import models


class BusinessLine(models.TextChoices):
    """Línea de negocio, as the core system writes it. The guide's names are the labels."""

    GENERALES = "GENERALES", "Seguros Generales"
    VIDA = "VIDA", "Vida"
    SALUD = "SALUD", "EPS/Salud"


ALL_LINES = frozenset(BusinessLine.values)
