"""What every section of a report works with: figures, notes, running numbers, and the two standard sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kecho.kernel import formats
from kecho.kernel.periods import Period
from kecho.publish import sentences
from kecho.publish.changes import Change
from kecho.publish.desk import Desk
from kecho.publish.lines import Line
from kecho.publish.model import Block, Heading, Paragraph
from kecho.publish.notes import Notes
from kecho.publish.pieces import Figure, Piece, PieceKind, Sentence
from kecho.publish.printing import period_text, rounded
from kecho.publish.words import fill, say, table

MOST_LISTED = 5  # how many parts a sentence names on the way up, and as many on the way down


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """The year's target of an indicator as tables and sentences quote it."""

    text: str
    percent: Figure | None
    is_amount: bool = False  # a level to be reached by adding up; else the percentage is against an implied level


@dataclass(slots=True)
class Composer:
    """One report in the making."""

    desk: Desk
    notes: Notes
    plans: Mapping[tuple[str, str], PlanFigure] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        return self.desk.lang

    @property
    def month(self) -> Period:
        return self.desk.month

    def say(self, phrase: str, /, **values: Any) -> str:
        """A fixed phrase in the report's language."""
        return say(self.lang, phrase, **values)

    def numbered(self, kind: str, title: str) -> str:
        """``Biểu 3. Xuất khẩu``: tables and charts are numbered through the report."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self.say(f"numbered.{kind}", number=self._counts[kind], title=title)

    def paragraph(self, *found: Sentence | None, is_bullet: bool = False) -> list[Block]:
        """A paragraph with its notes, or nothing when there is nothing to say."""
        cited = tuple(self.notes.cite(sentence) for sentence in found if sentence is not None)
        return [Paragraph(cited, is_bullet=is_bullet)] if cited else []

    def heading(self, level: int, name: str, **values: Any) -> Heading:
        """A heading of the wording file."""
        return Heading(level, self.say(f"heading.{name}", **values))

    def no_figures(self, name: str) -> list[Block]:
        """The honest line of a section that has none."""
        pieces = fill(
            table("wording.toml", self.lang)["no_figures"],
            what=Piece(self.say(f"no_figures_of.{name}"), PieceKind.NAME),
            period=Piece(period_text(self.month, self.lang), PieceKind.PERIOD),
        )
        return [Paragraph((Sentence(tuple(pieces)),))]

    # ---- the two standard sentences

    def on_month(self, line: Line, subject: str = "", basis: str = "") -> Sentence | None:
        """The sentence on the month; None where the month is not known."""
        changes = [c for c in (line.on_month, line.on_december, line.on_year) if c is not None]
        return self._statement(line, self.month, line.month, changes, subject=subject, basis=basis)

    def on_year_to_date(self, line: Line, subject: str = "", *, is_average: bool = False) -> Sentence | None:
        """The sentence on the year to date, with the plan; None in January and where nothing is known."""
        if self.desk.to_date == self.month:
            return None
        changes = [line.to_date_on_year] if line.to_date_on_year else []
        plan = self.plans.get((line.indicator, line.breakdown))
        percent = plan.percent if plan and plan.is_amount and line.to_date else None
        return self._statement(
            line, self.desk.to_date, line.to_date, changes, subject=subject, plan=percent, is_average=is_average
        )

    def _statement(
        self,
        line: Line,
        period: Period,
        value: Figure | None,
        changes: list[Change],
        *,
        subject: str,
        basis: str = "",
        **more: Any,
    ) -> Sentence | None:
        if value is None and not any(change.figure for change in changes):
            return None
        return sentences.statement(
            subject or line.label, period, self.lang, value=value, changes=changes, basis=basis, **more
        )

    # ---- lists of parts

    def intro(self, name: str) -> list[Piece]:
        """The words before a list; ``{window}`` in them is the year to date (in January: the month)."""
        window = Piece(period_text(self.desk.to_date, self.lang), PieceKind.PERIOD)
        return fill(table("wording.toml", self.lang)[name], window=window)

    def movers(
        self, lines: Iterable[Line], rising: str, falling: str, by: Callable[[Line], Change | None]
    ) -> list[Sentence]:
        """The parts that rose most and those that fell most, in two sentences; only those that there are."""
        known = [(line, change) for line in lines if (change := by(line)) is not None and change.figure is not None]
        ranked = sorted(known, key=lambda item: item[1].figure.value, reverse=True)  # type: ignore[union-attr]
        up = [item for item in ranked if rounded(item[1].figure) > 0][:MOST_LISTED]  # type: ignore[arg-type]
        down = [item for item in reversed(ranked) if rounded(item[1].figure) < 0][:MOST_LISTED]  # type: ignore[arg-type]
        return [
            sentences.movers(self.intro(intro), [(line.label, change) for line, change in chosen], self.lang)
            for intro, chosen in ((rising, up), (falling, down))
            if chosen
        ]

    def period_title(self, span: Period) -> str:
        """``Tháng 03 năm 2025``."""
        return formats.period(span, self.lang, "title")

    def span_words(self) -> str:
        """What the report covers: ``tháng 02 và 2 tháng đầu năm 2025``; January alone; the whole year in December."""
        month = formats.period(self.month, self.lang)
        if self.desk.to_date == self.month:
            return month
        to_date = formats.period(self.desk.to_date, self.lang)
        if self.lang == "vi":
            month = month.split("/")[0]
        return self.say("span", month=month, to_date=to_date)


def to_date_or_month(line: Line) -> Change | None:
    """The change that ranks a part: of the year to date, in January of the month."""
    return line.to_date_on_year or line.on_year


def largest(lines: Sequence[Line], count: int = MOST_LISTED) -> list[Line]:
    """The parts of greatest value in the year to date (in January: in the month)."""

    def size(line: Line) -> Decimal:
        figure = line.to_date or line.month
        return figure.value if figure else Decimal(-1)

    return sorted((line for line in lines if size(line) > 0), key=size, reverse=True)[:count]
