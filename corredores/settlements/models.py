"""The premium settlement (liquidación de prima) as one wide row. Life only."""

from django.db import models
from django.db.models import Case, F, Index, Q, Value, When
from django.db.models.functions import Coalesce

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.scoping import Scoped
from corredores.installments.constraints import always, never
from corredores.installments.status import OPEN, Status
from corredores.portfolio.currency import Currency
from corredores.portfolio.documents import DocumentType
from corredores.portfolio.fields import NOTHING, code, day, money, seal
from corredores.portfolio.models import Policyholder


class SettlementType(models.TextChoices):
    """Tipo de liquidación."""

    REGULAR = "REGULAR", "Regular"
    INCLUSION = "INCLUSION", "Inclusión"
    ADJUSTMENT = "AJUSTE", "Ajuste"
    EXCLUSION = "EXCLUSION", "Exclusión"


class Settlement(models.Model):
    """The payable document of a Life policy for one period."""

    number = code(verbose_name="número")
    brokerage = models.ForeignKey(Brokerage, models.PROTECT, related_name="+", db_index=False)
    line = models.CharField(max_length=16, choices=BusinessLine, default=BusinessLine.VIDA)
    type = models.CharField("tipo", max_length=16, choices=SettlementType)
    policy_number = code()
    product_code = code(32)
    product = models.CharField("producto", max_length=120)
    policyholder = models.ForeignKey(
        Policyholder, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    policyholder_doc_type = models.CharField(max_length=1, choices=DocumentType)
    policyholder_doc_number = code(20)
    policyholder_name = models.CharField("contratante", max_length=1500)
    policyholder_folded = code(1500)
    coverage_start = models.DateField()
    coverage_end = models.DateField()
    insured_count = models.PositiveIntegerField("asegurados", null=True)
    payroll = models.DecimalField("planilla", max_digits=14, decimal_places=2, null=True)
    rate = models.CharField("tasa", max_length=60, blank=True, default="")
    currency = models.CharField("moneda", max_length=3, choices=Currency)
    net_premium = money()
    issue_fee = money()
    vat = money()
    total = money()
    issued_on = models.DateField("emisión")
    due_on = models.DateField("vencimiento")
    paid_on = day()
    status = models.CharField("estado", max_length=16, choices=Status)
    voucher_type = code(2)
    voucher_number = code(30)
    voucher_id = models.BigIntegerField(null=True)
    voucher_issued_on = day()
    voucher_issuer_id = models.BigIntegerField(null=True)
    updated_at = models.DateTimeField("actualizada en el core")
    seal = seal()

    payment_date = models.GeneratedField(
        expression=Coalesce("paid_on", "due_on"),
        output_field=models.DateField(),
        db_persist=True,
    )
    balance = models.GeneratedField(
        expression=Case(When(status__in=[*OPEN], then=F("total")), default=Value(NOTHING)),
        output_field=models.DecimalField(max_digits=14, decimal_places=2),
        db_persist=True,
    )

    objects = Scoped["Settlement"]()
    everything = models.Manager["Settlement"]()

    class Meta:
        base_manager_name = "everything"
        verbose_name = "liquidación de prima"
        verbose_name_plural = "liquidaciones de prima"
        indexes = [
            Index(
                "brokerage", "payment_date", "id",
                name="settlement_search",
                include=["status", "currency", "total", "balance", "due_on"],
            ),
            Index("brokerage", "policyholder", name="settlement_policyholder"),
            Index("brokerage", "policy_number", name="settlement_policy"),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["number"], name="one_settlement_per_number"),
            always("settlement_is_life", Q(line=BusinessLine.VIDA)),
            always("settlement_status_known", Q(status__in=Status.values)),
            always("settlement_type_known", Q(type__in=SettlementType.values)),
            always("settlement_currency_known", Q(currency__in=Currency.values)),
            always("settlement_coverage_forwards", Q(coverage_start__lte=F("coverage_end"))),
            never("settlement_paid_without_date", Q(status=Status.PAID, paid_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.number
