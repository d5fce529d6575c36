"""What a table seems to mean, for a person to confirm: indicators and parts by likeness of words.

The catalogue is handed in as a ``Vocabulary``, so that this stays free of the observatory. A label that the catalogue
names exactly needs no rule; one that is only alike gets a rule with its score; the rest is listed as unmapped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from kecho.intake.comparisons import compare
from kecho.intake.own import forms
from kecho.intake.own.mapping import ColumnRule, Mapping, Role, RowRule
from kecho.intake.own.survey import RowView, TableView
from kecho.intake.wording import fold_heading
from kecho.kernel.text import fold

#: Likeness (0-100) from which a part is proposed, and from which a title or heading names an indicator. 88 takes typing
#: slips ("Hàng dệt mayy") and leaves neighbours apart ("Sắt thép các loại", "Sản phẩm từ sắt thép": 74).
PART_ALIKE = 88
NAME_ALIKE = 80
#: Share of a name's words that must be in a text which leaves some out.
MOST_WORDS = 0.6
_BRACKET = re.compile(r"\([^()]*\)")
#: Share of a table's labels that must be names of indicators before each row gets its own.
ROWS_ARE_INDICATORS = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """One indicator of the catalogue: folded names, and its parts by folded spelling."""

    code: str
    names: tuple[str, ...]
    parts: Dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The catalogue. ``resolve`` gives the key of a printed label (indicator, label, breakdown), or None.

    ``quantity_of`` names the indicator of quantities that goes with one of values.
    """

    indicators: Dict[str, Known]
    resolve: Callable[[str, str, str], str | None]
    quantity_of: Dict[str, str] = field(default_factory=dict)


def propose(view: TableView, vocabulary: Vocabulary, locality: str) -> Mapping:
    """The whole mapping of a table as far as it can be guessed; a known form proposes its own."""
    form = forms.recognise(view)
    if form is not None:
        mapping = form.mapping(view, locality)
        return replace(
            mapping, rows=mapping.rows or tuple(_parts(view, mapping.indicator, mapping.columns, vocabulary))
        )
    named = _rows_as_indicators(view, vocabulary)
    indicator = "" if named else _indicator(view, vocabulary)
    columns = tuple(_column(rule, indicator, vocabulary) for rule in view.rules)
    rows = named or tuple(_parts(view, indicator, columns, vocabulary))
    return Mapping(
        name="",
        signature=view.signature,
        columns=columns,
        rows=rows,
        title=view.title,
        indicator=indicator,
        locality=locality,
        labels=tuple(row.path for row in view.rows),
    )


def unmapped(view: TableView, mapping: Mapping, vocabulary: Vocabulary) -> list[RowView]:
    """The rows that nobody has named: no rule of their own, and no part of the catalogue answers to the label."""
    codes = {mapping.indicator} | {rule.indicator for rule in mapping.columns if rule.role is Role.VALUE}
    codes.discard("")
    ruled = {rule.path for rule in mapping.rows}
    return [
        row
        for row in view.rows
        if row.path not in ruled
        and not any(vocabulary.resolve(code, row.label, row.breakdown) is not None for code in codes)
    ]


def _indicator(view: TableView, vocabulary: Vocabulary) -> str:
    """The indicator that the title names and most labels are parts of."""
    title = fold_heading(view.title)
    best, most = "", 0.0
    labels = view.rows[:200]
    for known in vocabulary.indicators.values():
        named = max((_named(title, name) for name in known.names), default=0) if title else 0
        parts = sum(vocabulary.resolve(known.code, row.label, row.breakdown) is not None for row in labels)
        score = named + (parts / len(labels) if labels and known.parts else 0)
        if score > most:
            best, most = known.code, score
    return best if most >= NAME_ALIKE / 100 else ""


def _rows_as_indicators(view: TableView, vocabulary: Vocabulary) -> tuple[RowRule, ...]:
    """Where the rows are themselves indicators ("IIP", "Tổng mức bán lẻ", …): one rule each."""
    names = {name: known.code for known in vocabulary.indicators.values() for name in known.names}
    spelled = list(names)
    found = []
    for row in view.rows[:400]:
        label = fold(row.label)
        best = max(spelled, key=lambda name: _likeness(label, name), default="")
        if (score := _likeness(label, best)) >= PART_ALIKE:
            found.append(RowRule(row.path, indicator=names[best], label=row.label, score=round(score)))
    return tuple(found) if view.rows and len(found) >= max(2, ROWS_ARE_INDICATORS * len(view.rows)) else ()


def _column(rule: ColumnRule, indicator: str, vocabulary: Vocabulary) -> ColumnRule:
    """A column whose heading names an indicator, or the quantity beside the table's value."""
    if rule.role is not Role.VALUE:
        return rule
    heading = fold_heading(_BRACKET.sub(" ", rule.heading))
    compared = compare(heading)
    heading = compared.subject if compared else heading
    if "luong" in heading.split() and "so" not in heading.split() and indicator in vocabulary.quantity_of:
        return replace(rule, indicator=vocabulary.quantity_of[indicator])
    best, most = "", float(NAME_ALIKE)
    for known in vocabulary.indicators.values():
        score = max((_likeness(heading, name) for name in known.names), default=0)
        if score > most:
            best, most = known.code, score
    return replace(rule, indicator=best) if best and best != indicator else rule


def _likeness(heading: str, name: str) -> float:
    """0 to 100. Words may be left out or added ("Kim ngạch xuất khẩu"), as long as most words of the name are there."""
    whole = fuzz.token_sort_ratio(heading, name)
    words = set(name.split())
    if len(words & set(heading.split())) < MOST_WORDS * len(words):
        return whole
    return max(whole, 0.95 * fuzz.token_set_ratio(heading, name))


def _named(title: str, name: str) -> float:
    """How much a title speaks of a name, 0 to 1: likeness of common words, by the share of the name that is there.

    Of two names that are wholly there the longer one counts for more.
    """
    words = name.split()
    there = sum(word in title.split() for word in words) / len(words)
    return fuzz.token_set_ratio(title, name) / 100 * there * (1 - 0.1 / len(words))


def _parts(view: TableView, indicator: str, columns: tuple[ColumnRule, ...], vocabulary: Vocabulary) -> list[RowRule]:
    """Rules for labels that are only alike a part of the catalogue."""
    known = vocabulary.indicators.get(indicator or next((rule.indicator for rule in columns if rule.indicator), ""))
    if known is None or not known.parts:
        return []
    found = []
    for row in view.rows:
        if vocabulary.resolve(known.code, row.label, row.breakdown) is not None:
            continue
        match = process.extractOne(fold(row.label), list(known.parts), scorer=fuzz.ratio, score_cutoff=PART_ALIKE)
        if match:
            found.append(RowRule(row.path, key=known.parts[match[0]], label=row.label, score=round(match[1])))
    return found
