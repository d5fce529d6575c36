"""The release calendar as a reader meets it: what is planned, what came, what is late; and the same as an iCal file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kecho.kernel import formats
from kecho.kernel.periods import Period
from kecho.observatory import queries, release_calendar
from kecho.observatory.queries import ReleaseInfo
from kecho.observatory.release_calendar import ReleaseRule

_LONGEST_LINE = 75  # octets, RFC 5545 section 3.1


class Standing(StrEnum):
    """Where a planned release stands on a day."""

    CAME = "came"  # a release of the month is here
    LATE = "late"  # its day is over and there is none
    DUE = "due"  # its day is today or ahead


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned release: source, month, day, the rule that sets the day, and the first release of it that is here."""

    source: str
    period: Period
    day: date
    rule: ReleaseRule
    release: ReleaseInfo | None
    standing: Standing

    def days_late(self, today: date) -> int:
        """Days since the planned one; 0 for what came or is ahead."""
        return (today - self.day).days if self.standing is Standing.LATE else 0


def planned(first: date, last: date, today: date) -> list[Planned]:
    """Every release planned from ``first`` to ``last``, as it stands on ``today``, in order of day."""
    came: dict[tuple[str, Period], ReleaseInfo] = {}
    for info in reversed(queries.releases()):
        if info.period is not None:
            came.setdefault((info.source, info.period), info)
    found = []
    for source in dict.fromkeys(rule.source for rule in release_calendar.rules()):
        start = Period.of_month(first.year, first.month).shift(months=-2)
        for month in Period(start.start, last.year * 12 + last.month).months:
            rule = release_calendar.rule_for(source, month)
            if rule is None or not first <= rule.day_for(month) <= last:
                continue
            day, release = rule.day_for(month), came.get((source, month))
            standing = Standing.CAME if release else Standing.LATE if day < today else Standing.DUE
            found.append(Planned(source, month, day, rule, release, standing))
    return sorted(found, key=lambda one: (one.day, one.source))


@dataclass(frozen=True, slots=True)
class Event:
    """A day of the calendar file."""

    uid: str
    day: date
    title: str
    text: str = ""


def events(entries: Iterable[Planned], lang: str) -> list[Event]:
    """Planned releases as days of a calendar file."""
    return [
        Event(
            uid=f"{one.source}-{one.period.code}@kecho",
            day=one.day,
            title=_title(one, lang),
            text=one.rule.legal_vi if lang == "vi" else one.rule.legal_en,
        )
        for one in entries
    ]


def ical(found: Sequence[Event], name: str, now: datetime) -> bytes:
    """An iCalendar file (RFC 5545) of whole days; ``now`` is the moment it is written, in UTC."""
    stamp = f"{now:%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ke Cho//release calendar//VI",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for one in found:
        after = one.day + timedelta(days=1)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.uid}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{after:%Y%m%d}",
            f"SUMMARY:{_escaped(one.title)}",
            *([f"DESCRIPTION:{_escaped(one.text)}"] if one.text else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _title(one: Planned, lang: str) -> str:
    month = formats.period(one.period, lang)
    return f"Số liệu {month} ({one.source.upper()})" if lang == "vi" else f"Figures of {month} ({one.source.upper()})"


def _escaped(text: str) -> str:
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def _folded(line: str) -> bytes:
    """Lines of at most 75 octets, never parting a character."""
    parts: list[bytes] = [b""]
    for char in line:
        octets = char.encode()
        if len(parts[-1]) + len(octets) > _LONGEST_LINE:
            parts.append(b" ")
        parts[-1] += octets
    return b"\r\n".join(parts) + b"\r\n"
