"""The two currencies of the portfolio. They are never added to one another."""

from django.db import models


class Currency(models.TextChoices):
    """ISO 4217 codes; the label is what a person reads."""

    PEN = "PEN", "Soles"
    USD = "USD", "Dólares"
