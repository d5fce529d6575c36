"""Notes about corrections: planned ones are announced, unplanned ones told at once, both on the pages concerned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.observatory import catalogue, queries
from kecho.observatory.models import Indicator, Notice, Release
from kecho.people import audit, rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission

#: How long a note stays on a page after its day.
SHOWN_FOR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class NoticeInfo:
    """What a page says about a correction; ``release`` leads to the release that carried it out."""

    kind: str
    on: date
    text_vi: str
    text_en: str
    indicator: str
    locality: str
    release: int | None = None

    def text(self, lang: str = "vi") -> str:
        """The note in a language."""
        return self.text_vi if lang == "vi" else self.text_en


def announce(
    actor: Actor,
    kind: Notice.Kind,
    indicator: str,
    on: date,
    *,
    text_vi: str,
    text_en: str,
    locality: str = "VN",
    now: datetime | None = None,
) -> NoticeInfo:
    """Tell of a correction of an indicator in a place: a planned one ahead of its day, an unplanned one once made.

    Raises ``people.denied``, ``observatory.unknown_indicator``, ``observatory.missing_reason`` (a text is missing),
    ``observatory.bad_notice_day``.
    """
    moment = now or timezone.now()
    rights.require(actor, Permission.PUBLISH_FIGURES, Scope.locality(locality))
    catalogue.indicator(indicator)
    if not text_vi.strip() or not text_en.strip():
        raise KechoError("observatory.missing_reason")
    today = timezone.localdate(moment)
    if (on < today) is (kind == Notice.Kind.PLANNED) and on != today:
        raise KechoError("observatory.bad_notice_day", value=on.isoformat())
    with transaction.atomic():
        of, _ = Indicator.objects.get_or_create(code=indicator)
        made = Notice.objects.create(
            kind=kind,
            indicator=of,
            locality=locality,
            on=on,
            text_vi=text_vi.strip(),
            text_en=text_en.strip(),
            actor_name=actor.name,
            at=moment,
        )
        audit.record(actor, "observatory.announce", made, reason=made.text_vi, details={"on": on.isoformat()})
    return _info(made)


def shown(today: date, indicator: str | None = None, locality: str | None = None) -> list[NoticeInfo]:
    """The notes that stand on ``today``, newest first: those given, and one for every corrected file or figure."""
    since = today - SHOWN_FOR
    rows = Notice.objects.select_related("indicator").filter(on__gte=since, at__date__lte=today)
    if indicator is not None:
        rows = rows.filter(indicator__code=indicator)
    if locality is not None:
        rows = rows.filter(locality=locality)
    return sorted([*map(_info, rows), *_of_releases(today, indicator, locality)], key=lambda one: one.on, reverse=True)


def _of_releases(today: date, indicator: str | None, locality: str | None) -> list[NoticeInfo]:
    """What corrected files and declared corrections changed, by indicator and place, with their reason."""
    since = today - SHOWN_FOR
    corrections = [one for one in queries.releases() if one.corrects is not None and since <= one.published_on <= today]
    if not corrections:
        return []
    columns = "pk", "observations__series__indicator__code", "observations__series__locality"
    rows = Release.objects.filter(pk__in=[one.id for one in corrections]).values_list(*columns).distinct()
    by_id = {one.id: one for one in corrections}
    return [
        NoticeInfo("unplanned", by_id[pk].published_on, by_id[pk].reason, by_id[pk].reason, code, place, pk)
        for pk, code, place in rows
        if code and indicator in (None, code) and locality in (None, place)
    ]


def _info(row: Notice) -> NoticeInfo:
    return NoticeInfo(row.kind, row.on, row.text_vi, row.text_en, row.indicator.code, row.locality)
