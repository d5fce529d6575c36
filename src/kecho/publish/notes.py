"""The notes of a report: every indicator, or part of one, that is quoted has a number that leads to its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kecho.analytics.intervals import printed_decimals
from kecho.kernel import formats, units
from kecho.kernel.periods import Period
from kecho.publish.desk import Desk
from kecho.publish.model import Annex, Cell, CellKind, Column, Row, Source, Table
from kecho.publish.pieces import DERIVED_MARK, FICTIONAL_MARK, Piece, PieceKind, Sentence
from kecho.publish.printing import plain_number
from kecho.publish.words import say

Family = tuple[str, str]  # indicator, breakdown


class Notes:
    """Numbers families of observations in the order in which the text quotes them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._numbers: dict[Family, int] = {}
        self._observations: dict[int, list[int]] = defaultdict(list)

    def numbers(self, refs: Iterable[int]) -> list[int]:
        """The note numbers of some observations, new ones given where needed."""
        found: list[int] = []
        for ref in refs:
            key = self._desk.source(ref)[0].key
            number = self._numbers.setdefault((key.indicator, key.breakdown), len(self._numbers) + 1)
            if ref not in self._observations[number]:
                self._observations[number].append(ref)
            if number not in found:
                found.append(number)
        return found

    def cite(self, sentence: Sentence) -> Sentence:
        """The sentence with its notes: one after each item of a list, else all of them before the full stop."""
        if any(piece.kind is PieceKind.NOTE for piece in sentence.pieces):
            return Sentence(tuple(self._filled(piece) for piece in sentence.pieces))
        numbers = self.numbers(sentence.refs)
        notes = [Piece(f"[{number}]", PieceKind.NOTE) for number in numbers]
        *body, last = sentence.pieces
        if not last.text.endswith("."):
            return Sentence((*body, last, *notes))
        shorter = replace(last, text=last.text[:-1])
        return Sentence((*body, *([shorter] if shorter.text else []), *notes, Piece(".")))

    def _filled(self, piece: Piece) -> Piece:
        if piece.kind is not PieceKind.NOTE:
            return piece
        return Piece(f"[{self.numbers(piece.refs)[0]}]", PieceKind.NOTE)

    def cell(self, refs: Iterable[int]) -> Cell:
        """The note of a table row; a row that rests on several families names the first."""
        numbers = self.numbers(refs)
        return Cell(f"[{numbers[0]}]", CellKind.NOTE) if numbers else Cell()

    def sources(self) -> tuple[Source, ...]:
        """Every observation behind the report, by note."""
        return tuple(
            self._source(number, observation)
            for number in sorted(self._observations)
            for observation in sorted(self._observations[number])
        )

    def _source(self, number: int, observation: int) -> Source:
        lang = self._desk.lang
        series, point = self._desk.source(observation)
        key = series.key
        name = self._desk.info(key.indicator).name(lang)
        return Source(
            note=number,
            observation=observation,
            indicator=key.indicator,
            label=f"{name} - {series.label(lang)}" if key.breakdown else name,
            measure=key.measure,
            period=point.period.code,
            text=plain_number(point.value, lang, None) if point.value is not None else "",
            value=point.value,
            unit=point.unit,
            file=point.release.file_name or point.release.title,
            sheet=point.sheet,
            cell=point.cell,
            published_on=point.release.published_on,
            stage=point.stage,
            release=point.release.title,
            is_derived=point.is_derived,
            is_fictional=point.is_fictional,
            remark=point.note,
        )


def source_table(sources: Sequence[Source], lang: str) -> Table:
    """The annex of sources: one row for each note and delivery, with the cells and what stood in them."""
    groups: dict[tuple[object, ...], list[Source]] = defaultdict(list)
    for source in sources:
        key = (source.note, source.file, source.sheet, source.published_on, _mark(source))
        groups[key].append(source)
    rows = []
    seen: set[int] = set()
    for members in groups.values():
        rows.append(_source_row(members, lang, is_first=members[0].note not in seen))
        seen.add(members[0].note)
    titles = [say(lang, f"sources.{name}") for name in ("note", "indicator", "file", "cells", "day", "stage", "mark")]
    widths = (1.0, 5.0, 3.7, 12.0, 1.8, 1.7, 0.9)
    aligns = ("center", "left", "left", "left", "center", "center", "center")
    columns = tuple(Column(t, w, a) for t, w, a in zip(titles, widths, aligns, strict=True))  # type: ignore[arg-type]
    return Table("sources", say(lang, "sources.caption"), columns, tuple(rows), is_dense=True)


def _source_row(members: Sequence[Source], lang: str, *, is_first: bool) -> Row:
    first = members[0]
    number = Cell(f"[{first.note}]", CellKind.ANCHOR if is_first else CellKind.TEXT)
    file = f"{first.file}, {first.sheet}" if first.sheet else first.file
    stages = list(dict.fromkeys(source.stage for source in members))
    cells = "; ".join(_in_cell(source, lang) for source in members)
    ripeness = ", ".join(say(lang, f"stage.{stage}") for stage in stages)
    day = formats.date_text(first.published_on, lang) if first.published_on else ""
    texts = (first.label if is_first else "", file, cells, day, ripeness, _mark(first))
    return Row((number, *(Cell(text) for text in texts)))


def _in_cell(source: Source, lang: str) -> str:
    """``D9: tháng 02/2025 31.107,3 triệu USD``; an index says what it is an index of."""
    place = f"{source.cell}: " if source.cell else ""
    period = formats.period(Period.parse(source.period), lang, "short")
    measure = say(lang, f"measure.{source.measure}")
    unit = units.symbol(source.unit, lang) if source.measure == "level" else ""
    number = (
        plain_number(source.value, lang, min(2, printed_decimals(source.value))) if source.value is not None else ""
    )
    return " ".join(part for part in (f"{place}{period}", measure, number, unit) if part)


def _mark(source: Source) -> str:
    return FICTIONAL_MARK if source.is_fictional else DERIVED_MARK if source.is_derived else ""


def source_annex(number: str, sources: Sequence[Source], lang: str, as_of: date) -> Annex:
    """The last annex; it says on which day's knowledge the report rests."""
    known = say(lang, "as_of", day=formats.date_text(as_of, lang))
    return Annex(number, say(lang, "sources.title"), "", (replace(source_table(sources, lang), footnotes=(known,)),))
