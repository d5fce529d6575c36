"""The monthly report: from a place, a month and a day of knowledge to the content that every renderer shows."""

from __future__ import annotations

from datetime import date

from kecho.kernel import formats
from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period, PeriodKind
from kecho.publish.agencies import Agency, agency, place
from kecho.publish.composing import Composer
from kecho.publish.desk import Desk
from kecho.publish.model import Annex, Blank, Block, Header, Paragraph, Report, Signature, Table
from kecho.publish.notes import Notes, source_annex
from kecho.publish.pieces import DERIVED_MARK, FICTIONAL_MARK, Piece, PieceKind, Sentence
from kecho.publish.sections import domestic, external, industry, overview, plan, programmes

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
NO_BREAK = "\u00a0"
_ANNEXES = (("industry", industry), ("domestic", domestic), ("external", external))


def compose(locality: str, period: Period, lang: str, as_of: date | None = None) -> Report:
    """The report of a month for a place, in a language.

    It is made from what was known on ``as_of``; by default on the day when the month's own figures came out (or were
    last corrected), so that files imported later do not change a report that was signed.

    Raises KechoError ``publish.not_a_month``, ``publish.unknown_locality`` or ``publish.no_figures``.
    """
    if period.kind is not PeriodKind.MONTH:
        raise KechoError("publish.not_a_month", value=period.code)
    where = place(locality, period)
    desk = Desk(where, period, lang, as_of)
    if not desk.has_any:
        month, day = formats.period(period, lang), formats.date_text(desk.as_of, lang)
        raise KechoError("publish.no_figures", locality=where.name(lang), period=month, as_of=day)
    found = plan.board(locality, period, desk.as_of)
    composer = Composer(desk, Notes(desk), plan.plan_figures(found, lang))
    body = _body(composer, found)
    who = agency(where, period, lang)
    annexes = _annexes(composer, who)
    sources = composer.notes.sources()
    is_fictional = any(source.is_fictional for source in sources) or _has_fictional_plan(found)
    is_unpublished = not all(desk.is_public(source.observation) for source in sources)
    notices = _notices(composer, is_fictional=is_fictional, is_unpublished=is_unpublished)
    number = composer.say("numbered.annex", number=ROMAN[len(annexes)])
    words = {"span": composer.span_words(), "place": _of_place(composer)}
    return Report(
        locality=locality,
        locality_name=desk.place_name,
        period=period,
        lang=lang,
        as_of=desk.as_of,
        title=composer.say("title", **words),
        header=_header(composer, who, words),
        blocks=(*notices, *body, *_ending(composer, who)),
        signature=Signature(who.signature),
        recipients=_list_lines(who.recipients),
        recipients_heading=composer.say("recipients"),
        annexes=annexes,
        sources=sources,
        source_annex=source_annex(number, sources, lang, desk.as_of),
        legend=_legend(composer, is_fictional=is_fictional, is_derived=any(s.is_derived for s in sources)),
    )


# ---- the text


def _body(composer: Composer, found: plan.Board | None) -> list[Block]:
    blocks: list[Block] = [composer.heading(0, "part_1", span=composer.span_words().upper())]
    blocks += overview.blocks(composer)
    blocks.append(composer.heading(1, "fields"))
    for number, section in enumerate((industry, domestic, external, programmes), start=1):
        blocks += section.blocks(composer, number)
    return blocks + plan.blocks(composer, found)


def _ending(composer: Composer, who: Agency) -> list[Block]:
    """What the officer writes, and the closing formula with its "./."."""
    following = composer.month.shift(months=1)
    closing = composer.say("closing", span="{span}", agency=who.closing)
    before, after = closing.split("{span}")
    pieces = (Piece(before), Piece(composer.span_words(), PieceKind.PERIOD), Piece(after))
    return [
        composer.heading(1, "causes"),
        Blank(composer.say("blank.causes")),
        composer.heading(0, "part_2", next=composer.period_title(following).upper()),
        Blank(composer.say("blank.tasks")),
        composer.heading(0, "part_3"),
        Blank(composer.say("blank.requests")),
        Paragraph((Sentence(pieces),)),
    ]


def _notices(composer: Composer, *, is_fictional: bool, is_unpublished: bool) -> list[Block]:
    """Frames at the top: figures that others may not see yet, made-up figures, a translation."""
    texts = [composer.say("notice.unpublished")] if is_unpublished else []
    texts += [composer.say("notice.fictional", mark=FICTIONAL_MARK)] if is_fictional else []
    texts += [composer.say("notice.draft")] if composer.say("notice.draft") else []
    return [Paragraph((Sentence((Piece(text),)),), is_notice=True) for text in texts]


def _legend(composer: Composer, *, is_fictional: bool, is_derived: bool) -> tuple[str, ...]:
    lines = [composer.say("legend.signs")]
    if is_fictional:
        lines.append(composer.say("legend.fictional", mark=FICTIONAL_MARK))
    if is_derived:
        lines.append(composer.say("legend.derived", mark=DERIVED_MARK))
    return tuple(lines)


def _has_fictional_plan(found: plan.Board | None) -> bool:
    return found is not None and any(row.assessment.is_fictional for row in found.rows)


# ---- the grid of the decree


def _header(composer: Composer, who: Agency, words: dict[str, str]) -> Header:
    lines = _list_lines(who.addressees)
    return Header(
        superior=who.superior,
        agency=who.name,
        nation=composer.say("nation"),
        motto=composer.say("motto"),
        number_line=_no_break(composer.say("number_line", symbol=who.symbol)),
        place_date=_no_break(composer.say("place_date", seat=who.seat, year=composer.month.shift(months=1).year)),
        type_name=composer.say("type_name"),
        abstract=composer.say("abstract", **words),
        addressees=(composer.say("to"), *lines),
    )


def _no_break(text: str) -> str:
    """Runs of blanks as no-break spaces: they hold the room for number and day."""
    return text.replace("  ", NO_BREAK * 2)


def _list_lines(items: tuple[str, ...]) -> tuple[str, ...]:
    """``- A;`` … ``- Z.``"""
    return tuple(f"- {item}{'.' if item is items[-1] else ';'}" for item in items)


def _of_place(composer: Composer) -> str:
    if composer.desk.locality == "VN":
        return ""
    return composer.say("of_place", place=composer.desk.place_words)


# ---- annexes


def _annexes(composer: Composer, who: Agency) -> tuple[Annex, ...]:
    """One annex for each field that has tables."""
    found: list[Annex] = []
    for name, section in _ANNEXES:
        tables: list[Table] = section.tables(composer)
        if tables:
            number = composer.say("numbered.annex", number=ROMAN[len(found)])
            title = composer.say(f"annex.{name}", span=composer.span_words().upper())
            reference = composer.say("annex.reference", symbol=who.symbol, year=composer.month.shift(months=1).year)
            found.append(Annex(number, title, _no_break(reference), tuple(tables)))
    return tuple(found)
