"""Issuers, product terms and policyholders."""

from datetime import date

from django.db import models

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.scoping import Scoped

from .documents import DocumentType

VOUCHERS_FROM = date(2017, 8, 1)


class Issuer(models.Model):
    """A legal entity that issues vouchers: the insurer, the EPS. Shared by all brokerages."""

    ruc = models.CharField("RUC", max_length=11, unique=True)
    name = models.CharField("nombre", max_length=1500)
    address = models.CharField("dirección", max_length=500, blank=True, default="")
    phone = models.CharField("teléfono", max_length=60, blank=True, default="")
    website = models.CharField("página web", max_length=200, blank=True, default="")
    logo = models.TextField("logotipo (SVG)", blank=True, default="")
    vouchers_from = models.DateField(
        "comprobantes descargables desde", default=VOUCHERS_FROM,
        help_text="Los emitidos antes se muestran, pero no se descargan.",
    )  # fmt: skip
    issues_settlements = models.BooleanField("emite las liquidaciones de prima", default=False)
    # Of the newest voucher that named it: files arrive in any order.
    updated_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "emisor"
        verbose_name_plural = "emisores"
        ordering = ["ruc"]

    def __str__(self) -> str:
        return self.name


class ProductTerms(models.Model):
    """The legal clock of one product where it differs from the default 30/90 days.

    Ley 29946 favours clauses better for the insured, and compulsory covers have their own
    law, so the days are data (Res. SBS 3198-2013).
    """

    line = models.CharField("línea", max_length=16, choices=BusinessLine)
    product_code = models.CharField("código de producto", max_length=32)
    suspension_days = models.PositiveSmallIntegerField("días hasta la suspensión", default=30)
    extra_days = models.PositiveSmallIntegerField("días de plazo adicional", default=0)
    extinction_days = models.PositiveSmallIntegerField("días hasta la extinción", default=90)

    class Meta:
        verbose_name = "plazo legal de producto"
        verbose_name_plural = "plazos legales de productos"
        constraints = [
            models.UniqueConstraint(fields=["line", "product_code"], name="one_terms_per_product")
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.product_code}"


class Policyholder(models.Model):
    """Contratante, as one brokerage knows it: who owes the premium."""

    brokerage = models.ForeignKey(Brokerage, models.PROTECT, related_name="+", db_index=False)
    doc_type = models.CharField(max_length=1, choices=DocumentType)
    doc_number = models.CharField(max_length=20, db_collation="C")
    name = models.CharField(max_length=1500)
    folded_name = models.CharField(max_length=1500, db_collation="C")
    email = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=60, blank=True, default="")
    # When the name, the e-mail and the telephone were newest stated: files arrive in any order.
    updated_at = models.DateTimeField(null=True)
    email_at = models.DateTimeField(null=True)
    phone_at = models.DateTimeField(null=True)

    objects = Scoped["Policyholder"]()
    everything = models.Manager["Policyholder"]()

    class Meta:
        base_manager_name = "everything"
        verbose_name = "contratante"
        constraints = [
            models.UniqueConstraint(
                fields=["brokerage", "doc_type", "doc_number"], name="one_policyholder_per_document"
            )
        ]

    def __str__(self) -> str:
        return self.name
