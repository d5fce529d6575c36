"""Use of tariff-rate quotas: an officer records events, a balance is volume less what is recorded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.db.models import Count, Sum

from kecho.kernel.errors import KechoError
from kecho.market_access.models import QuotaUse, QuotaYear
from kecho.market_access.quotas import Balance, Quota, of, quota, quotas
from kecho.people import audit
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission, require

LARGEST = Decimal(10) ** 9
_GRAM = Decimal("0.001")


@transaction.atomic
def record(code: str, on: date, tonnes: Decimal, document: str, actor: Actor, *, year: int = 0) -> QuotaUse:
    """Tonnes taken from a quota year (the year of ``on`` unless stated), or given back where negative.

    Raises ``bad_quota_use`` for a quantity or document not in order, ``quota_document_twice``, and ``quota_exceeded``
    where more than what is left would be taken or more than what is used given back. The row of the year is locked
    meanwhile: of two officers at once the second sees what the first recorded.
    """
    require(actor, Permission.MANAGE_MARKET_ACCESS, Scope.everywhere())
    own, year, document = quota(code), year or on.year, document.strip()
    if not document or len(document) > 200 or not tonnes or abs(tonnes) > LARGEST or abs(year - on.year) > 1:
        raise KechoError("market_access.bad_quota_use")
    if tonnes != tonnes.quantize(_GRAM):
        raise KechoError("market_access.bad_quota_use")
    QuotaYear.objects.get_or_create(quota=code, year=year, defaults={"volume": own.tonnes})
    locked = QuotaYear.objects.select_for_update().get(quota=code, year=year)
    if locked.uses.filter(document=document).exists():
        raise KechoError("market_access.quota_document_twice", document=document)
    used = locked.uses.aggregate(used=Sum("tonnes"))["used"] or Decimal(0)
    if not 0 <= used + tonnes <= locked.volume:
        left = locked.volume - used
        raise KechoError("market_access.quota_exceeded", tonnes=tonnes, left=left, used=used)
    made = QuotaUse.objects.create(quota_year=locked, on=on, tonnes=tonnes, document=document, by=actor.name)
    audit.record(actor, "market_access.record_quota_use", made, details={"quota": code, "tonnes": str(tonnes)})
    return made


def tonnes_of(text: str) -> Decimal:
    """Tonnes as an officer types them, "12,5" or "12.5"; ``bad_quota_use`` for anything else."""
    try:
        found = Decimal(text.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        raise KechoError("market_access.bad_quota_use") from None
    if not found.is_finite():
        raise KechoError("market_access.bad_quota_use")
    return found


def balances(year: int) -> list[Balance]:
    """Every quota in a year."""
    return _balances(quotas(), year)


def standing(market: str, code: str, on: date) -> list[Balance]:
    """The quotas of a market for goods of a code in the year of a day."""
    found = of(market, code)
    return _balances(found, on.year) if found else []


def _balances(wanted: tuple[Quota, ...], year: int) -> list[Balance]:
    rows = QuotaYear.objects.filter(year=year, quota__in=[one.code for one in wanted])
    counted = {row.quota: row for row in rows.annotate(used=Sum("uses__tonnes"), events=Count("uses"))}
    found = []
    for one in wanted:
        row = counted.get(one.code)
        if row is None:
            found.append(Balance(one, year, Decimal(one.tonnes), Decimal(0), 0))
        else:
            found.append(Balance(one, year, row.volume, row.used or Decimal(0), row.events))
    return found
