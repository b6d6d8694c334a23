"""The one brake on guessing: failed tries counted in the database, so over all processes.

Three counts of the last quarter of an hour, whatever is guessed (password, code, link):
of one account from one source; of one source over all accounts (stuffing); of one account over
all sources (a distributed guess). The last would let anybody lock a person out, so it spares a
device from which the person has signed in before (OWASP's device cookies).
"""

import datetime as dt
import hashlib
import ipaddress

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

WINDOW = dt.timedelta(minutes=15)
PER_ACCOUNT_AND_SOURCE = 10
PER_SOURCE = 100
PER_ACCOUNT = 50
_KEPT = dt.timedelta(days=1)


class Failure(models.Model):
    """One failed try. The account is a hash: what is typed as a name may be a password."""

    at = models.DateTimeField(default=timezone.now)
    account = models.CharField(max_length=64)
    source = models.CharField(max_length=45)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["account", "at"], name="failure_account"),
            models.Index(fields=["source", "at"], name="failure_source"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S} {self.source}"


def braked(account: str, address: str, *, known_device: bool = False) -> bool:
    """Whether `account` may not be tried from `address` now, be the secret right or wrong."""
    name, source = _hashed(account), network(address)
    recent = Failure.objects.filter(Q(account=name) | Q(source=source), at__gt=_since())
    found = recent.aggregate(
        both=Count("pk", filter=Q(account=name, source=source)),
        source=Count("pk", filter=Q(source=source)),
        account=Count("pk", filter=Q(account=name)),
    )
    return (
        found["both"] >= PER_ACCOUNT_AND_SOURCE
        or found["source"] >= PER_SOURCE
        or (found["account"] >= PER_ACCOUNT and not known_device)
    )


def failed(account: str, address: str) -> None:
    """Count one failed try, and forget those of the day before."""
    Failure.objects.filter(at__lt=timezone.now() - _KEPT).delete()
    Failure.objects.create(account=_hashed(account), source=network(address))


def succeeded(account: str, address: str) -> None:
    """The person is in: failed tries of the same account from the same source are forgiven."""
    Failure.objects.filter(account=_hashed(account), source=network(address)).delete()


def network(address: str) -> str:
    """What counts as one source: an IPv4 address, or the /64 that one IPv6 customer has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((parsed, 64), strict=False).network_address)
    return str(parsed)


def _hashed(account: str) -> str:
    return hashlib.sha256(account.strip().casefold().encode()).hexdigest()


def _since() -> dt.datetime:
    return timezone.now() - WINDOW
