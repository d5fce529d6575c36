"""What changes for goods on a market: rates that step, agreements that begin, schedules that end, barriers that move.

Derived from the schedules by date; nothing is stored, so a corrected schedule corrects its notices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from kecho.analytics.duties import plain
from kecho.market_access import queries
from kecho.market_access.agreements import between
from kecho.market_access.models import Barrier, Schedule
from kecho.market_access.offers import rule

#: lines of one code that a notice looks through
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Notice:
    """One change: when, for which line and agreement, from what to what; ``kind`` is a key of the texts."""

    on: date
    kind: str
    line: str
    agreement: str
    before: Fraction | None = None
    after: Fraction | None = None
    note: str = ""

    def text(self, lang: str) -> str:
        """One sentence."""
        rates = {"before": _percent(self.before), "after": _percent(self.after)}
        return _TEXTS[self.kind][lang].format(line=self.line, agreement=self.agreement, note=self.note, **rates)


_MEASURES = {
    "safeguard": ("Thuế tự vệ", "Safeguard duty"),
    "anti_dumping": ("Thuế chống bán phá giá", "Anti-dumping duty"),
    "temporary": ("Mức tạm thời thay MFN", "Temporary rate in place of MFN"),
}
_TEXTS = {
    **{
        f"{kind}_begins": {"vi": vi + " với {line} bắt đầu: {note}.", "en": en + " on {line} begins: {note}."}
        for kind, (vi, en) in _MEASURES.items()
    },
    **{
        f"{kind}_ends": {"vi": vi + " với {line} hết hiệu lực: {note}.", "en": en + " on {line} ends: {note}."}
        for kind, (vi, en) in _MEASURES.items()
    },
    "step": {
        "vi": "{agreement}: thuế của {line} giảm từ {before}% xuống {after}%.",
        "en": "{agreement}: the duty on {line} falls from {before} % to {after} %.",
    },
    "entry": {"vi": "{agreement} có hiệu lực.", "en": "{agreement} enters into force."},
    "schedule_ends": {
        "vi": "Biểu “{note}” hết hiệu lực; cần biểu mới.",
        "en": "The schedule “{note}” ends; a new one is needed.",
    },
    "barrier": {"vi": "Biện pháp: {note}", "en": "Measure: {note}"},
}


def notices(market: str, code: str, since: date, until: date, origin: str = "VN") -> list[Notice]:
    """All changes from ``since`` to before ``until``, in the order of their days.

    Raises what ``queries.lines`` raises: a market without data has no "no change".
    """
    found = [*_steps(market, code, since, until, origin), *_entries(market, since, until, origin)]
    for schedule in Schedule.objects.filter(market=market, superseded_at=None):
        if schedule.valid_to and since <= schedule.valid_to < until:
            found.append(Notice(schedule.valid_to, "schedule_ends", "", "", note=schedule.title_vi))
    found += _measures(market, code, since, until, origin)
    for barrier in barriers(market, code):
        last = barrier.events.last()
        if last and since <= last.on < until:
            found.append(Notice(last.on, "barrier", barrier.hs, "", note=f"{barrier.title} ({last.note})"))
    return sorted(found, key=lambda one: (one.on, one.kind, one.line))


def barriers(market: str, code: str) -> list[Barrier]:
    """The barriers of a market for goods of a code: those for all goods, and those whose codes begin it."""
    rows = Barrier.objects.filter(market=market).prefetch_related("events")
    return [one for one in rows if code.startswith(one.hs) or one.hs.startswith(code)]


def _steps(market: str, code: str, since: date, until: date, origin: str) -> Iterator[Notice]:
    seen = set()
    for line in queries.lines(market, code, since)[:MOST_LINES]:
        for offer in rule(line, origin, since).offers:
            rates = list(offer.path)
            for earlier, later in pairwise(rates):
                key = (line.code, offer.agreement, later.starts)
                if since <= later.starts < until and later.rate != earlier.rate and key not in seen:
                    seen.add(key)
                    yield Notice(later.starts, "step", line.code + line.part, offer.agreement, earlier.rate, later.rate)


def _measures(market: str, code: str, since: date, until: date, origin: str) -> Iterator[Notice]:
    """Measures beside the schedules that begin or end, for that origin."""
    for one in queries.measures(market, code):
        if one.origins and origin not in one.origins:
            continue
        note = f"{one.duty.text()}, {one.document}"
        if since <= one.valid_from < until:
            yield Notice(one.valid_from, f"{one.kind}_begins", one.hs, "", note=note)
        if one.valid_to and since <= one.valid_to < until:
            yield Notice(one.valid_to, f"{one.kind}_ends", one.hs, "", note=note)


def _entries(market: str, since: date, until: date, origin: str) -> Iterator[Notice]:
    for agreement in between(market, origin):
        entry = agreement.entry(market, origin)
        if entry and since <= entry < until:
            yield Notice(entry, "entry", "", agreement.code)


def _percent(rate: Fraction | None) -> str:
    return "" if rate is None else plain(rate)
