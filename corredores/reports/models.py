"""Database views: what no query over one table says. They are read, never written.

Each is `security_invoker`: the row security of the tables below holds for whoever reads, and
the `brokerage_id` of `visible_to` goes down into their indexes. Their SQL stands in the migrations.
"""

from django.db import models

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.scoping import Scoped
from corredores.installments.status import Status
from corredores.portfolio.currency import Currency
from corredores.portfolio.fields import code, day, money
from corredores.portfolio.models import Policyholder


class HealthPeriod(models.Model):
    """A cuota of EPS/Salud beside the one before it of the same contract, plan and certificate.

    earlier_end: the last day covered by the periods before; empty for the first.
    times: how often the same cuota of the same period was billed.
    """

    brokerage = models.ForeignKey(Brokerage, models.DO_NOTHING, related_name="+")
    line = models.CharField(max_length=16, choices=BusinessLine)
    external_id = code()
    policy_number = code()
    product_code = code(32)
    product = models.CharField(max_length=120)
    certificate = code()
    endorsement = code()
    branch = models.CharField(max_length=120)
    policyholder = models.ForeignKey(Policyholder, models.DO_NOTHING, related_name="+")
    policyholder_doc_type = models.CharField(max_length=1)
    policyholder_doc_number = code(20)
    number = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField()
    coverage_start = models.DateField()
    coverage_end = models.DateField()
    due_on = models.DateField()
    status = models.CharField(max_length=16, choices=Status)
    currency = models.CharField(max_length=3, choices=Currency)
    total = money()
    balance = money()
    voucher_number = code(30)
    voucher_issued_on = day()
    earlier_end = day()
    times = models.IntegerField()

    objects = Scoped["HealthPeriod"]()
    everything = models.Manager["HealthPeriod"]()

    class Meta:
        managed = False
        base_manager_name = "everything"


class ReversalKind(models.TextChoices):
    """What kind of negative movement it is."""

    CREDIT_NOTE = "NOTA_CREDITO", "Nota de crédito"
    VOID = "ANULACION", "Cuota anulada"
    REFUND = "DEVOLUCION", "Cuota de devolución"


class Reversal(models.Model):
    """A negative movement: a valid credit note, or a cuota undone that has none.

    amount: negative. commission: the commission that goes back with it, in proportion.
    """

    id = models.CharField(max_length=24, primary_key=True)
    brokerage = models.ForeignKey(Brokerage, models.DO_NOTHING, related_name="+")
    line = models.CharField(max_length=16, choices=BusinessLine)
    kind = models.CharField(max_length=16, choices=ReversalKind)
    issued_on = models.DateField()
    document = models.CharField(max_length=45)
    modifies = code(30)
    reason = code(2)
    external_id = code()
    policy_number = code()
    product_code = code(32)
    product = models.CharField(max_length=120)
    branch = models.CharField(max_length=120)
    doc_type = models.CharField(max_length=1)
    doc_number = code(20)
    name = models.CharField(max_length=1500)
    currency = models.CharField(max_length=3, choices=Currency)
    amount = money()
    commission = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    objects = Scoped["Reversal"]()
    everything = models.Manager["Reversal"]()

    class Meta:
        managed = False
        base_manager_name = "everything"
