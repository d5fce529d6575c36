"""What has changed between two states of a report: which source numbers, and which sentences because of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kecho.publish.drafting.slots import slots
from kecho.publish.model import Paragraph, Report, Source


@dataclass(frozen=True, slots=True)
class ChangedNumber:
    """A source number that differs; ``before`` or ``after`` is empty where it stood in one state alone."""

    label: str
    measure: str
    period: str
    unit: str
    before: str
    after: str
    release: str
    observation: int


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """A computed paragraph that reads differently."""

    slot: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs."""

    numbers: tuple[ChangedNumber, ...]
    sentences: tuple[ChangedSentence, ...]

    def __bool__(self) -> bool:
        return bool(self.numbers or self.sentences)


Key = tuple[str, str, str, str]


def changes(before: Report, after: Report) -> Changes:
    """From one state to the next, in the order of the later one."""
    old, new = _sources(before), _sources(after)
    keys = dict.fromkeys([*new, *old])
    numbers = tuple(_number(old.get(key), new.get(key)) for key in keys if _value(old.get(key)) != _value(new.get(key)))
    then, now = _paragraphs(before), _paragraphs(after)
    sentences = tuple(
        ChangedSentence(slot, then.get(slot, ""), now.get(slot, ""))
        for slot in dict.fromkeys([*now, *then])
        if then.get(slot, "") != now.get(slot, "")
    )
    return Changes(numbers, sentences)


def _sources(report: Report) -> Mapping[Key, Source]:
    return {(one.indicator, one.label, one.measure, one.period): one for one in report.sources}


def _paragraphs(report: Report) -> Mapping[str, str]:
    return {slot.name: slot.block.text for slot in slots(report) if isinstance(slot.block, Paragraph)}


def _value(source: Source | None) -> object:
    return None if source is None else (source.value, source.unit)


def _number(before: Source | None, after: Source | None) -> ChangedNumber:
    known = after or before
    if known is None:
        raise ValueError("a number of neither state")
    return ChangedNumber(
        label=known.label,
        measure=known.measure,
        period=known.period,
        unit=known.unit,
        before=before.text if before else "",
        after=after.text if after else "",
        release=known.release,
        observation=known.observation,
    )
