"""The cuota as one wide row: everything a list shows is in it, so that no search joins."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.scoping import Scoped
from corredores.portfolio.currency import Currency
from corredores.portfolio.documents import DocumentType
from corredores.portfolio.fields import NOTHING, code, day, money, seal
from corredores.portfolio.models import Policyholder

from .channels import PaymentChannel
from .constraints import CONSTRAINTS, INDEXES
from .status import OPEN, Status


class Installment(models.Model):
    """Cuota: one premium payment due of a policy or endorsement. The core says whose it is."""

    external_id = code(verbose_name="id de cuota")
    # Loading checks it over the whole file; a constraint asks again for each row (decision 0008).
    brokerage = models.ForeignKey(
        Brokerage, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    line = models.CharField("línea", max_length=16, choices=BusinessLine)
    product_code = code(32)
    product = models.CharField("producto", max_length=120)
    policy_number = code()
    endorsement = code()
    certificate = code()
    plate = code(20)
    collection_notice = code()

    policyholder = models.ForeignKey(
        Policyholder, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    policyholder_doc_type = models.CharField(max_length=1, choices=DocumentType)
    policyholder_doc_number = code(20)
    policyholder_name = models.CharField("contratante", max_length=1500)
    policyholder_folded = code(1500)

    number = models.PositiveSmallIntegerField("cuota")
    count = models.PositiveSmallIntegerField("de")
    currency = models.CharField("moneda", max_length=3, choices=Currency)
    net_premium = money()
    issue_fee = money()
    interest = money()
    vat = money()
    total = money()
    paid = money()

    issued_on = models.DateField("emisión")
    due_on = models.DateField("vencimiento")
    paid_on = day()
    posted_on = day()
    coverage_start = day()
    coverage_end = day()

    status = models.CharField("estado", max_length=16, choices=Status)
    replaced_by = code()
    payment_channel = models.CharField(
        max_length=16, choices=PaymentChannel, blank=True, default=""
    )
    rejected_on = day()
    rejection_reason = models.CharField(max_length=250, blank=True, default="")
    rejection_attempts = models.PositiveSmallIntegerField(default=0)

    settlement_number = code()
    voucher_type = code(2)
    voucher_number = code(30)
    # Kept by loading from the vouchers themselves: which one the number leads to.
    voucher_id = models.BigIntegerField(null=True)
    voucher_issued_on = day()
    voucher_issuer_id = models.BigIntegerField(null=True)
    voucher_count = models.PositiveSmallIntegerField(default=0)

    executive = models.CharField("ejecutivo", max_length=120, blank=True, default="")
    branch = models.CharField("sucursal", max_length=120, blank=True, default="")
    commission_percent = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    commission_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    presettlement = code()
    updated_at = models.DateTimeField("actualizada en el core")
    seal = seal()

    payment_date = models.GeneratedField(
        expression=Coalesce("paid_on", "due_on"),
        output_field=models.DateField(),
        db_persist=True,
    )
    balance = models.GeneratedField(
        expression=Case(
            When(status__in=[*OPEN], then=F("total") - F("paid")), default=Value(NOTHING)
        ),
        output_field=models.DecimalField(max_digits=14, decimal_places=2),
        db_persist=True,
    )

    objects = Scoped["Installment"]()
    everything = models.Manager["Installment"]()

    class Meta:
        base_manager_name = "everything"
        verbose_name = "cuota"
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return f"{self.policy_number} {self.number}/{self.count}"


class InstallmentChange(models.Model):
    """What a cuota was before a load changed its state or amounts. Append-only.

    Only the past is kept: the present stands in the cuota's own row.
    """

    installment = models.ForeignKey(
        Installment, models.CASCADE, related_name="+", db_constraint=False
    )
    brokerage = models.ForeignKey(Brokerage, models.PROTECT, related_name="+", db_index=False)
    line = models.CharField(max_length=16, choices=BusinessLine)
    status = models.CharField(max_length=16, choices=Status)
    currency = models.CharField(max_length=3, choices=Currency)
    total = money()
    paid = money()
    due_on = models.DateField()
    paid_on = day()
    updated_at = models.DateTimeField()

    objects = Scoped["InstallmentChange"]()
    everything = models.Manager["InstallmentChange"]()

    class Meta:
        base_manager_name = "everything"
        constraints = [
            models.CheckConstraint(condition=~Q(status=""), name="installment_change_has_status")
        ]
