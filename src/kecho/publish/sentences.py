"""The sentences of official reports, in both languages (grammar.toml; patterns and sources in report-wording.md).

``{chỉ tiêu} {kỳ} {ước đạt|đạt} {giá trị}, {tăng|giảm} {|g|}% so với {tháng trước|cùng kỳ năm trước}
(cùng kỳ {tăng|giảm} {|g₋₁|}%), {bằng|đạt} {p}% kế hoạch năm``

Pure: figures in, sentences out; each number keeps the observations behind it. A sign is a word, never a minus.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period, PeriodKind
from kecho.plan.assessment.wording import percent_of_plan_text
from kecho.publish.changes import Change
from kecho.publish.pieces import Figure, Piece, PieceKind, Sentence
from kecho.publish.printing import figure_text, period_text, rounded, times_text
from kecho.publish.words import fill, grammar, lower_first, upper_first, with_article

FOLD_FROM = Decimal(100)  # from +100 % on, "gấp n lần": "tăng n lần" would mean two things


def statement(
    subject: str,
    period: Period,
    lang: str,
    *,
    value: Figure | None,
    changes: Sequence[Change] = (),
    plan: Figure | None = None,
    basis: str = "",
    is_average: bool = False,
) -> Sentence:
    """One sentence on a month (or another single period), or on a year to date when ``period`` has several months.

    With a ``value`` the verb is "đạt"; without one (an index) the change is the verb. ``plan`` is the percentage of the
    year's plan done; ``basis`` says current or constant prices. Raises ValueError where there is nothing to state.
    """
    changes = [change for change in changes if value is not None or change.figure is not None]
    if value is None and not changes:
        raise ValueError(f"nothing to say on {subject}, {period}")
    stage = value.stage if value else changes[0].figure.stage  # type: ignore[union-attr]
    pattern = grammar(lang, _pattern_name(period, is_average))
    is_head = pattern.startswith("{subject}")
    named = with_article(subject, lang)
    name = (upper_first if is_head else lower_first)(named) + (f" ({basis})" if basis else "")
    return Sentence(
        tuple(
            _capitalised(
                fill(
                    pattern,
                    subject=Piece(name, PieceKind.NAME),
                    period=Piece(period_text(period, lang), PieceKind.PERIOD),
                    verb=_verb(value, stage, lang),
                    value=number_pieces(value, lang) if value else None,
                    changes=_changes(changes, lang, is_verb=value is None),
                    plan=plan_pieces(plan, lang) if plan else None,
                )
            )
        )
    )


def movers(intro: Iterable[Piece], items: Iterable[tuple[str, Change]], lang: str) -> Sentence:
    """``{intro}: A tăng 41,2%; B tăng 14,6%.`` The intro says once what the changes are against."""
    pieces = [*intro, Piece(": ")]
    for index, (name, change) in enumerate(items):
        if index:
            pieces.append(Piece(grammar(lang, "list")))
        pieces += [
            Piece(_in_list(name), PieceKind.NAME),
            Piece(" "),
            *_bare_change(change, lang),
            _note_of(change.figure.refs if change.figure else change.refs),
        ]
    return Sentence((*pieces, Piece(".")))


def listing(intro: Iterable[Piece], items: Iterable[tuple[str, Figure, Change | None]], lang: str) -> Sentence:
    """``{intro}: A đạt 8,9 tỷ USD, tăng 2,3%; B đạt 6,1 tỷ USD.``: parts with their level and their change."""
    pieces = [*intro, Piece(": ")]
    for index, (name, value, change) in enumerate(items):
        if index:
            pieces.append(Piece(grammar(lang, "list")))
        bare = _bare_change(change, lang) if change else []
        verb = grammar(lang, f"verb.{value.stage}")
        pieces += [Piece(_in_list(name), PieceKind.NAME), Piece(f" {verb}"), *number_pieces(value, lang)]
        pieces += [Piece(grammar(lang, "also")), *bare] if bare else []
        pieces.append(_note_of(value.refs))
    return Sentence((*pieces, Piece(".")))


def balance(subject: str, period: Period, value: Figure, lang: str, *, before: Figure | None = None) -> Sentence:
    """Surplus or deficit in words: ``Cán cân thương mại hàng hóa tháng 02/2025 nhập siêu 1,55 tỷ USD (cùng kỳ …).``"""
    pieces = fill(
        grammar(lang, f"balance.{_balance_name(value)}"),
        subject=Piece(upper_first(subject), PieceKind.NAME),
        period=Piece(period_text(period, lang), PieceKind.PERIOD),
        stage=grammar(lang, f"balance.{value.stage}"),
        value=number_pieces(value, lang),
    )
    if before is not None:
        pieces += fill(grammar(lang, f"balance.before_{_balance_name(before)}"), value=number_pieces(before, lang))
    return Sentence((*pieces, Piece(".")))


def contribution(subject: str, size: Figure, lang: str, *, total_rose: bool = True) -> Sentence:
    """``Khu vực FDI đóng góp 4,1 điểm phần trăm vào mức tăng chung.``: points, never "4,1%"; a part may also hold the
    total back, or make up for some of its fall."""
    gave = size.value >= 0
    name = ("rise" if gave else "fall") + ("" if total_rose else "_in_fall")
    pieces = fill(
        grammar(lang, f"contribution.{name}"),
        subject=Piece(upper_first(with_article(subject, lang)), PieceKind.NAME),
        size=number_pieces(replace(size, unit="percentage_point"), lang),
    )
    return Sentence((*pieces, Piece(".")))


def price_basis(lang: str, constant_year: int | None = None) -> str:
    """``theo giá hiện hành``, ``theo giá so sánh năm 2010``: growth in money says at which prices it is."""
    if constant_year is None:
        return grammar(lang, "basis.current")
    return grammar(lang, "basis.constant").format(year=constant_year)


def change_words(change: Change, lang: str) -> str:
    """``tăng 17,2%``, ``tương đương``, on its own."""
    return "".join(piece.text for piece in _bare_change(change, lang))


# ---- parts


def _note_of(refs: tuple[int, ...]) -> Piece:
    """Where the note of an item goes; ``Notes.cite`` writes its number."""
    return Piece("", PieceKind.NOTE, refs)


def _in_list(name: str) -> str:
    """A name among others parted by semicolons holds none itself."""
    return lower_first(name).replace("; ", ", ")


def _pattern_name(period: Period, is_average: bool) -> str:
    if is_average:
        return "average"
    if period.length == 1:
        return "month"
    return "whole_year" if period.kind is PeriodKind.YEAR else "cumulative"


def _verb(value: Figure | None, stage: Stage, lang: str) -> str:
    return grammar(lang, f"{'verb' if value else 'index'}.{stage}")


def number_pieces(figure: Figure, lang: str) -> list[Piece]:
    """A figure with its mark."""
    pieces = [Piece(figure_text(figure, lang), PieceKind.NUMBER, figure.refs)]
    return [*pieces, Piece(figure.mark, PieceKind.MARK)] if figure.mark else pieces


def _changes(changes: Sequence[Change], lang: str, *, is_verb: bool) -> list[Piece]:
    """``, giảm 4,8% so với tháng trước và tăng 17,2% so với cùng kỳ năm trước (cùng kỳ giảm 6,8%)``."""
    pieces: list[Piece] = []
    for index, change in enumerate(changes):
        if index or not is_verb:
            is_last_of_two = index == 1 and len(changes) == 2
            pieces.append(Piece(grammar(lang, "and" if is_last_of_two else "also")))
        pieces += _change(change, lang)
    return pieces


def _change(change: Change, lang: str) -> list[Piece]:
    reference = Piece(grammar(lang, f"reference.{change.against}"), PieceKind.PERIOD)
    if change.figure is None:
        return fill(grammar(lang, "change.base"), reference=reference, base=number_pieces(change.base, lang))  # type: ignore[arg-type]
    name, parts = _size(change.figure, lang)
    pieces = fill(grammar(lang, f"change.{name}"), reference=reference, **parts)
    if change.before is not None:
        name, parts = _size(change.before, lang)
        pieces += fill(grammar(lang, f"bracket.{name}"), **parts)
    return pieces


def _bare_change(change: Change, lang: str) -> list[Piece]:
    """The change without what it is against, for lists whose intro says it."""
    if change.figure is None:
        return []
    name, parts = _size(change.figure, lang)
    pattern = grammar(lang, f"change.{name}")
    head = pattern.split("{size}")[0] + "{size}" if "{size}" in pattern else pattern.split("{reference}")[0].rstrip()
    return fill(head, **parts)


def _size(figure: Figure, lang: str) -> tuple[str, dict[str, list[Piece]]]:
    """Which pattern a change takes (rise, fall, equal, fold), and its number; a change that rounds to 0 has none."""
    value = rounded(figure)
    if value == 0:
        return "equal", {}
    if figure.unit == "percent" and value >= FOLD_FROM:
        times = Piece(times_text(figure, lang), PieceKind.NUMBER, figure.refs)
        return "fold", {"times": [times, *([Piece(figure.mark, PieceKind.MARK)] if figure.mark else [])]}
    return ("rise" if value > 0 else "fall"), {"size": number_pieces(figure, lang)}


def plan_pieces(percent: Figure, lang: str) -> list[Piece]:
    """``, đạt 72,85% kế hoạch năm`` or ``, đạt 136% kế hoạch (vượt 36%)``: worded by the plan's one function."""
    text = percent_of_plan_text(percent.value, lang, "combined")
    tail = "" if text.endswith(")") else grammar(lang, "plan.year")
    pieces = [Piece(", "), Piece(text, PieceKind.NUMBER, percent.refs)]
    return [*pieces, *([Piece(percent.mark, PieceKind.MARK)] if percent.mark else []), Piece(tail)]


def _balance_name(value: Figure) -> str:
    size = rounded(value)
    return "surplus" if size > 0 else "deficit" if size < 0 else "balanced"


def _capitalised(pieces: list[Piece]) -> list[Piece]:
    first, *rest = pieces
    return [replace(first, text=upper_first(first.text)), *rest]
