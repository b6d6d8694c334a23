"""The payment voucher (comprobante de pago) as one wide row."""

from django.db import models
from django.db.models import Index, Q, Value
from django.db.models.functions import Cast, Concat

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.scoping import Scoped
from corredores.installments.constraints import always
from corredores.portfolio.currency import Currency
from corredores.portfolio.documents import DocumentType
from corredores.portfolio.fields import code, day, money, seal
from corredores.portfolio.models import Issuer


class VoucherType(models.TextChoices):
    """Tipo de comprobante, SUNAT catalogue 01."""

    INVOICE = "01", "Factura"
    RECEIPT = "03", "Boleta"
    CREDIT_NOTE = "07", "Nota de crédito"
    DEBIT_NOTE = "08", "Nota de débito"
    SUPERVISED = "13", "Documento SBS"


class VoucherStatus(models.TextChoices):
    """Estado del comprobante ante SUNAT."""

    ISSUED = "EMITIDO", "Emitido"
    ACCEPTED = "ACEPTADO", "Aceptado"
    REJECTED = "RECHAZADO", "Rechazado"
    WITHDRAWN = "BAJA", "De baja"


VALID = (VoucherStatus.ISSUED, VoucherStatus.ACCEPTED)


class Voucher(models.Model):
    """Unique by issuer, type, series and number (SUNAT): two issuers may share a number."""

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="+", db_index=False)
    type = models.CharField("tipo", max_length=2, choices=VoucherType)
    series = models.CharField("serie", max_length=20, db_collation="C")
    number = models.BigIntegerField("número")
    brokerage = models.ForeignKey(Brokerage, models.PROTECT, related_name="+", db_index=False)
    # The files do not say it: loading takes it from the cuota, the settlement or the policy.
    # While unknown, members limited to lines do not see the voucher.
    line = models.CharField(max_length=16, choices=BusinessLine, blank=True, default="")
    # The core's ids, not our keys: files arrive in any order.
    installment_external_id = code()
    settlement_number = code()
    policy_number = code()
    product = models.CharField("producto", max_length=120, blank=True, default="")
    customer_doc_type = models.CharField(max_length=1, choices=DocumentType)
    customer_doc_number = code(20)
    customer_name = models.CharField("cliente", max_length=1500)
    customer_address = models.CharField(max_length=500, blank=True, default="")
    issued_on = models.DateField("emisión")
    currency = models.CharField("moneda", max_length=3, choices=Currency)
    taxed = money()
    exempt = money()
    non_taxable = money()
    vat = money()
    total = money()
    description = models.CharField("descripción", max_length=500, blank=True, default="")
    coverage_start = day()
    coverage_end = day()
    modifies_type = code(2)
    modifies = code(30)
    reason = code(2)
    status = models.CharField("estado", max_length=16, choices=VoucherStatus)
    hash = models.CharField(max_length=100, blank=True, default="")
    updated_at = models.DateTimeField("actualizado en el core")
    seal = seal()
    # The legal files that were delivered, by the SHA-256 of their content; empty: none yet.
    # Rows of the core's own files never touch these.
    pdf = code(db_default="")
    xml = code(db_default="")
    cdr = code(db_default="")
    # What the CDR answered: ACEPTADO, RECHAZADO or nothing yet.
    answer = code(16, db_default="")
    # What only the XML says: lines, payment_means, terms, sum_insured, reason
    # (docs/legal-files.md).
    details = models.JSONField(default=dict, blank=True, db_default={})

    full_number = models.GeneratedField(
        expression=Concat("series", Value("-"), Cast("number", models.CharField())),
        output_field=models.CharField(max_length=45, db_collation="C"),
        db_persist=True,
    )

    objects = Scoped["Voucher"]()
    everything = models.Manager["Voucher"]()

    class Meta:
        base_manager_name = "everything"
        verbose_name = "comprobante"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "type", "series", "number"], name="one_voucher_per_number"
            ),
            always("voucher_type_known", Q(type__in=VoucherType.values)),
            always("voucher_status_known", Q(status__in=VoucherStatus.values)),
            always("voucher_currency_known", Q(currency__in=Currency.values)),
            always("voucher_number_positive", Q(number__gt=0)),
        ]
        indexes = [
            Index("brokerage", "issued_on", "id", name="voucher_search"),
            Index(  # with what a cuota keeps of its voucher
                "brokerage",
                "full_number",
                name="voucher_full_number",
                include=("type", "issued_on", "issuer", "id"),
            ),
            Index(
                "installment_external_id",
                name="voucher_installment",
                condition=~Q(installment_external_id=""),
            ),
            Index(
                "settlement_number",
                name="voucher_settlement",
                condition=~Q(settlement_number=""),
            ),
            Index(  # of the few that name a policy alone: looked at again when cuotas come
                "brokerage",
                "policy_number",
                name="voucher_of_policy",
                condition=Q(installment_external_id="", settlement_number="")
                & ~Q(policy_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}-{self.number}"
