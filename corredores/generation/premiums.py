"""Premium arithmetic of domain.md §2.4, in whole cents: no float, no rounding left over."""

from typing import NamedTuple

ISSUE_FEE_PERCENT = 3
IGV_PERCENT = 18
_CENTS = tuple(f".{cents:02d}" for cents in range(100))  # amounts are most of the writing


class Premium(NamedTuple):
    """The parts of an amount, in cents of its currency. All negative in a refund."""

    net: int
    fee: int
    interest: int
    igv: int

    @property
    def total(self) -> int:
        return self.net + self.fee + self.interest + self.igv

    @property
    def base(self) -> int:
        """What is billed before tax."""
        return self.net + self.fee + self.interest


def percent(cents: int, hundredths: int) -> int:
    """`hundredths` of one percent of `cents`, rounded half up, as SUNAT does: 1800 is 18 %."""
    return (cents * hundredths + 5_000) // 10_000


def premium(net: int, *, fee: bool, interest: int = 0, taxed: int = 100) -> Premium:
    """Net premium + issue fee + interest (hundredths of a percent) + IGV on the `taxed` share.

    `taxed` is a percentage of the base: 0 for exempt life cover, 60 where a rider is exempt.
    """
    issue_fee = percent(net, ISSUE_FEE_PERCENT * 100) if fee else 0
    financed = percent(net + issue_fee, interest)
    igv = percent(net + issue_fee + financed, IGV_PERCENT * taxed)
    return Premium(net, issue_fee, financed, igv)


def split(whole: Premium, parts: int) -> list[Premium]:
    """Equal cuotas; the cents that remain go into the last. Each column adds up exactly.

    The total decides (1,215.40 in 12 is 101.28 x 11 + 101.32); the net premium absorbs
    the cent that separate divisions of the parts would lose.
    """
    if parts == 1:
        return [whole]
    fee, interest, igv = whole.fee // parts, whole.interest // parts, whole.igv // parts
    one = Premium(whole.total // parts - fee - interest - igv, fee, interest, igv)
    last = Premium(*(all_of - of * (parts - 1) for all_of, of in zip(whole, one, strict=True)))
    return [one] * (parts - 1) + [last]


def share(whole: Premium, hundredths: int) -> Premium:
    """A part of a premium (hundredths of a percent; negative for a refund)."""
    return Premium(*(percent(cents, hundredths) for cents in whole))


def text(cents: int) -> str:
    """`-1234` as `-12.34`."""
    if cents < 0:
        return "-" + text(-cents)
    return f"{cents // 100}{_CENTS[cents % 100]}"


def text_or_empty(cents: int) -> str:
    return text(cents) if cents else ""
