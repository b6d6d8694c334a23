"""Which vouchers a charge has by today, in which state, and under which numbers.

Codes of SUNAT's catalogues 01 (types) and 09 (reasons of credit notes).
"""

from collections import Counter
from datetime import date
from typing import NamedTuple

from corredores.generation.charges import Charge
from corredores.generation.dates import add_days
from corredores.generation.issuers import Issuer, issuer_of
from corredores.generation.policies import Policy
from corredores.generation.premiums import Premium, share
from corredores.generation.scene import Scene

FACTURA, BOLETA, CREDIT_NOTE, DEBIT_NOTE, SUPERVISED = "01", "03", "07", "08", "13"
_LETTERS = {FACTURA: "F", BOLETA: "B", SUPERVISED: "S"}
_REFUND_REASONS = ("06", "07", "09")
_FRESH_DAYS = 3  # SUNAT has not answered yet
_WAITING_DAYS = 6  # a payment may have no voucher yet
_BILLED_WHEN_DECLARED = 0.85
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PADDED_EVERY = 10  # so often a cuota names its voucher with zeros in front
_REFUSED, _REVERSED_BY_NOTE, _BY_DEBIT_NOTE = 0.006, 0.6, 0.6
_BILLED_BEFORE_PAYMENT = {"PENDIENTE": 0.3, "EN_PROCESO": 0.5, "RECHAZADA": 0.5, "ANULADA": 0.8,
                          "CASTIGADA": 1.0, "REPROGRAMADA": 0.0}  # fmt: skip


class Voucher(NamedTuple):
    """A comprobante; its premium is positive, also in a credit note, as in the XML."""

    issuer: Issuer
    kind: str
    series: str
    number: int
    issued: date
    premium: Premium
    state: str
    modifies: "Voucher | None" = None
    reason: str = ""

    @property
    def text(self) -> str:
        """`F001-123`; the padded `F001-00000120` is the same voucher."""
        if self.number % _PADDED_EVERY:
            return f"{self.series}-{self.number}"
        return f"{self.series}-{self.number:08d}"


class Invoicing:
    """Draws the vouchers of one brokerage, whose series and numbers are its own.

    Numbers are consecutive by issuer, type and series: the EPS may repeat one of the insurer's.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._suffix = _suffix(scene.brokerage.rank)
        self._last: Counter[tuple[str, str, str]] = Counter()

    def draw_vouchers(self, policy: Policy, charge: Charge, first: Voucher | None) -> list[Voucher]:
        """The vouchers of a charge, the one its cuota names first; none yet: "por emitir".

        `first` is the policy's earlier voucher, which credit and debit notes modify.
        """
        base = first if first and first.kind != SUPERVISED else None
        if charge.premium.total <= 0:
            return [self._credit_note(policy, charge, base)] if base and charge.premium.net else []
        issued = self._issue_date(policy, charge)
        if issued is None:
            return []
        added = base and charge.endorsement and not charge.kind
        if base and added and self._scene.rng.random() < _BY_DEBIT_NOTE:
            issued = max(issued, base.issued)
            note = self._new(policy, DEBIT_NOTE, base.series[0], issued, charge.premium)
            return [note._replace(modifies=base)]
        return self._ordinary(policy, charge, issued)

    def _issue_date(self, policy: Policy, charge: Charge) -> date | None:
        """With the cuota or when it is paid; the last days' payments may still wait for theirs."""
        rng, paid_on = self._scene.rng, charge.outcome.paid_on
        if paid_on is None:
            chance = _BILLED_BEFORE_PAYMENT[charge.outcome.status]
            if policy.product.declared:
                chance = max(chance, _BILLED_WHEN_DECLARED)
            return charge.issued if rng.random() < chance else None
        if policy.product.declared or rng.random() < 0.35:
            return charge.issued
        waiting = (self._scene.today - paid_on).days <= _WAITING_DAYS and rng.random() < 0.4
        return None if waiting else paid_on

    def _credit_note(self, policy: Policy, charge: Charge, base: Voucher) -> Voucher:
        issued, amount = max(charge.issued, base.issued), share(charge.premium, -10_000)
        note = self._new(policy, CREDIT_NOTE, base.series[0], issued, amount)
        return note._replace(modifies=base, reason=self._scene.rng.choice(_REFUND_REASONS))

    def _ordinary(self, policy: Policy, charge: Charge, issued: date) -> list[Voucher]:
        """Factura for a RUC, boleta for anyone else; refused ones are issued anew."""
        rng, kind = self._scene.rng, FACTURA if policy.holder.may_have_factura else BOLETA
        kind = SUPERVISED if policy.type_13 else kind
        main = self._new(policy, kind, _LETTERS[kind], issued, charge.premium)
        if rng.random() < _REFUSED:
            again = self._new(policy, kind, main.series[0], issued, charge.premium)
            return [again, main._replace(state="RECHAZADO")]
        if charge.outcome.status != "ANULADA":
            return [main]
        if kind == SUPERVISED or rng.random() > _REVERSED_BY_NOTE:
            return [main._replace(state="BAJA")]
        reversed_on = min(self._scene.today, add_days(issued, 12))
        note = self._new(policy, CREDIT_NOTE, main.series[0], reversed_on, charge.premium)
        return [main, note._replace(modifies=main, reason="01")]

    def _new(
        self, policy: Policy, kind: str, letter: str, issued: date, amount: Premium
    ) -> Voucher:
        issuer, series = issuer_of(policy.product), letter + self._suffix
        self._last[issuer.ruc, kind, series] += 1
        number = self._last[issuer.ruc, kind, series]
        fresh = (self._scene.today - issued).days <= _FRESH_DAYS
        state = "EMITIDO" if fresh else "ACEPTADO"
        return Voucher(issuer, kind, series, number, issued, amount, state)


def _suffix(rank: int) -> str:
    """Three characters: 001 to 999, then A00 to Z99, by letters and digits."""
    if rank < 1_000:
        return f"{rank:03d}"
    letter, rest = divmod(rank - 1_000, len(_DIGITS) ** 2)
    return _DIGITS[10 + letter] + _DIGITS[rest // len(_DIGITS)] + _DIGITS[rest % len(_DIGITS)]
