"""III. The year's targets: how each stands on the day of the report, assessed by the plan's one function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kecho.analytics.intervals import printed_decimals
from kecho.kernel import formats
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period
from kecho.kernel.quantities import Quantity
from kecho.plan import queries
from kecho.plan.assessment import Assessment, Basis, Status
from kecho.plan.assessment.wording import amount, short
from kecho.plan.queries import Board, BoardRow
from kecho.publish import charts, sentences
from kecho.publish.changes import Against, Change
from kecho.publish.composing import Composer, PlanFigure
from kecho.publish.model import Block, Cell, CellKind, Chart, Column, Paragraph, Row, Table
from kecho.publish.pieces import DERIVED_MARK, FICTIONAL_MARK, Figure, Piece, PieceKind, Sentence
from kecho.publish.printing import period_text, plain_number
from kecho.publish.tables import figure_cell, localised
from kecho.publish.words import fill, lower_first, table

LONG_PLAN_MONTHS = (6, 12)
ON_PACE = (Status.ACHIEVED, Status.ON_TRACK)
_UNKNOWN = Cell("…", CellKind.MISSING)
_NOT_APPLICABLE = Cell("x", CellKind.NOT_APPLICABLE)


def board(locality: str, month: Period, day: date) -> Board | None:
    """The board on the day of the report; None where no plan was in force.

    Plans over several years are for the half-year and the yearly report: months 6 and 12.
    """
    try:
        found = queries.board(locality, month.year, day)
    except KechoError as error:
        if error.code in ("plan.no_plan", "plan.unknown_locality"):
            return None
        raise
    if month.month in LONG_PLAN_MONTHS:
        return found
    yearly = tuple(plan for plan in found.plans if plan.plan.first_year == plan.plan.last_year)
    return replace(found, plans=yearly) if yearly else None


def plan_figures(found: Board | None, lang: str) -> dict[tuple[str, str], PlanFigure]:
    """The year's target of each indicator, for sentences and tables: amounts with percentage, else the wording."""
    figures: dict[tuple[str, str], PlanFigure] = {}
    for row in found.rows if found else []:
        spec, result = row.target.spec, row.assessment
        if spec.window.length != 12 or spec.measure is Measure.SHARE:
            continue
        is_amount = spec.measure is Measure.LEVEL and spec.basis is Basis.FLOW
        percent = _percent(result) if result.percent_of_plan is not None else None
        key = (spec.indicator, spec.breakdown)
        if key not in figures or is_amount:
            figures[key] = PlanFigure(result.target_text(lang), percent, is_amount)
    return figures


def blocks(composer: Composer, found: Board | None) -> list[Block]:
    """A sentence that counts the statuses, the board, and the percentages as a chart."""
    heading = composer.heading(1, "plan", year=composer.month.year)
    if found is None or not found.rows:
        return [heading, *composer.no_figures("plan")]
    assessed = [row for row in found.rows if row.assessment.status is not Status.NOT_ASSESSED]
    result: list[Block] = [heading, *composer.paragraph(_counts(composer, found))]
    if assessed:
        result += [_table(composer, found), *_chart(composer, assessed)]
    unknown = [row for row in found.rows if row.assessment.status is Status.NOT_ASSESSED]
    return result + ([_unknown(composer, unknown)] if unknown else [])


def _unknown(composer: Composer, rows: Sequence[BoardRow]) -> Block:
    """One line for the targets that cannot be assessed, each named with what the plan promises."""
    lang = composer.lang
    names = "; ".join(f"{lower_first(row.target.name(lang))} ({row.assessment.target_text(lang)})" for row in rows)
    pieces = fill(table("wording.toml", lang)["board.unknown"], names=Piece(names, PieceKind.NAME))
    return Paragraph((Sentence((*pieces, Piece("."))),))


def _counts(composer: Composer, found: Board) -> Sentence:
    """``Trong 6 chỉ tiêu kế hoạch năm: 2 chỉ tiêu đúng tiến độ; 1 chỉ tiêu chậm.``"""
    lang = composer.lang
    phrases = table("wording.toml", lang)
    refs = {status: _refs(row for row in found.rows if row.assessment.status is status) for status in found.counts}
    counts: list[Piece] = []
    for status, number in found.counts.items():
        if counts:
            counts.append(Piece("; "))
        counts += fill(
            phrases["board.count"],
            number=_count(number, refs[status]),
            status=status.word(lang).lower(),
        )
    total = _count(len(found.rows), _refs(found.rows))
    return Sentence(tuple(fill(phrases["board.intro"], all=total, counts=counts)))


def _count(number: int, refs: tuple[int, ...]) -> Piece:
    """How many targets: it rests on their figures; targets without any are counted all the same."""
    return Piece(str(number), PieceKind.NUMBER if refs else PieceKind.NAME, refs)


def _refs(rows: object) -> tuple[int, ...]:
    found = (ref for row in rows for ref in row.assessment.inputs)  # type: ignore[attr-defined]
    return tuple(dict.fromkeys(found))


def _table(composer: Composer, found: Board) -> Table:
    lang = composer.lang
    names = ("target", "done", "percent", "expected", "required", "best", "status")
    widths = (2.5, 1.8, 1.8, 1.6, 1.9, 1.9, 2.6)
    titles = [composer.say(f"board.{name}") for name in names]
    columns = (
        Column(composer.say("column.name"), 4.2, "left"),
        *(Column(t, w, "center" if n == "target" else "left" if n == "status" else "right")
          for n, t, w in zip(names, titles, widths, strict=True)),
        Column(composer.say("column.source"), 1.5, "center"),
    )  # fmt: skip
    shown = [item for plan in found.plans for item in plan.flat]
    rows = tuple(_row(composer, depth, row) for depth, row in shown if row.assessment.status is not Status.NOT_ASSESSED)
    marks = [row.assessment for row in found.rows]
    notes = []
    if any(item.is_fictional for item in marks):
        notes.append(composer.say("legend.fictional", mark=FICTIONAL_MARK))
    if any(item.is_derived and not item.is_fictional for item in marks):
        notes.append(composer.say("legend.derived", mark=DERIVED_MARK))
    documents = "; ".join(dict.fromkeys(plan.plan.document(lang) or plan.plan.title(lang) for plan in found.plans))
    caption = composer.numbered("table", composer.say("table.board", year=composer.month.year))
    return Table("board", caption, columns, rows, "", tuple(notes), composer.say("source_line", sources=documents))


def _row(composer: Composer, depth: int, row: BoardRow) -> Row:
    lang, result = composer.lang, row.assessment
    expected = None if result.expected_share is None else result.expected_share * 100
    cells = (
        Cell(row.target.name(lang)),
        Cell(result.target_text(lang)),
        _done(result, lang),
        localised(figure_cell(_percent(result)), lang) if result.percent_of_plan is not None else _NOT_APPLICABLE,
        _rate(result, expected, lang),
        _rate(result, result.required_growth_pct, lang),
        _rate(result, result.best_growth_pct, lang),
        Cell(result.status.word(lang), CellKind.STATUS, refs=result.inputs, tone=result.status.value),
        composer.notes.cell(result.inputs),
    )
    return Row(cells, level=depth)


def _done(result: Assessment, lang: str) -> Cell:
    """What was held against the target: a rate for a growth target or a share, else the level with its unit."""
    value = result.measured
    if value is None:
        return _UNKNOWN
    if result.target.is_growth:
        words = sentences.change_words(Change(Against.SAME_PERIOD, _percent(result, value)), lang)
        return Cell(words, CellKind.NUMBER, value, printed_decimals(short(value)), result.inputs)
    if result.target.is_rate:
        return _rate(result, value, lang, suffix="%")
    text = amount(value, result.unit)(lang)
    return Cell(text, CellKind.NUMBER, value, printed_decimals(value), result.inputs, _mark(result))


def _rate(result: Assessment, value: Decimal | None, lang: str, suffix: str = "") -> Cell:
    if value is None:
        return _NOT_APPLICABLE
    shown = short(value)
    decimals = printed_decimals(shown)
    text = plain_number(shown, lang, decimals) + suffix
    return Cell(text, CellKind.NUMBER, value, decimals, result.inputs, _mark(result))


def _mark(result: Assessment) -> str:
    return FICTIONAL_MARK if result.is_fictional else DERIVED_MARK if result.is_derived else ""


def _percent(result: Assessment, value: Decimal | None = None) -> Figure:
    """The percentage of the plan as the plan computed it, or another rate of the assessment."""
    value = value if value is not None else result.percent_of_plan or Decimal(0)
    decimals = printed_decimals(short(value))
    return Figure(
        value,
        "percent",
        decimals,
        result.inputs,
        result.stage or Stage.OFFICIAL,
        result.is_derived,
        result.is_fictional,
    )


def _chart(composer: Composer, rows: Sequence[BoardRow]) -> list[Block]:
    """Percent of plan against what was to be expected; nothing where fewer than two targets have a percentage."""
    lang = composer.lang
    shown = [row for row in rows if row.assessment.percent_of_plan is not None and row.assessment.expected_share]
    if len(shown) < 2:
        return []
    bars = [_bar(row, lang) for row in shown]
    done = sum(row.assessment.status in ON_PACE for row in shown)
    period = period_text(composer.desk.to_date, lang)
    name = "chart.board_title" if done else "chart.board_neutral"
    headline = composer.say(name, done=done, all=len(shown), period=period)
    subtitle = composer.say("chart.board_subtitle", period=period)
    title = composer.numbered("chart", headline)
    columns = (Column(composer.say("column.name"), 4, "left"), Column(composer.say("board.percent"), 1))
    data = tuple(
        Row((Cell(row.target.name(lang)), localised(figure_cell(_percent(row.assessment)), lang))) for row in shown
    )
    spec = charts.progress_bars(bars, lang, composer.say("chart.board_tick"))
    alt = f"{headline}. " + "; ".join(f"{bar.name}: {bar.text}" for bar in bars)
    return [Chart("chart-board", title, subtitle, alt, spec, Table("data", title, columns, data))]


def _bar(row: BoardRow, lang: str) -> charts.Bar:
    result = row.assessment
    percent = _percent(result)
    text = formats.quantity(Quantity(percent.value, "percent", percent.decimals), lang)
    expected = result.expected_share * 100 if result.expected_share is not None else None
    return charts.Bar(row.target.name(lang), percent.value, text, result.status.value, expected)
