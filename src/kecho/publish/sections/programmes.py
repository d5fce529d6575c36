"""II.4 Clusters, key products, OCOP and other programmes: the latest counts, where there are any."""

from __future__ import annotations

from kecho.kernel import formats
from kecho.kernel.periods import Period
from kecho.observatory import queries
from kecho.publish.composing import Composer
from kecho.publish.model import Block
from kecho.publish.pieces import Figure, Piece, PieceKind, Sentence
from kecho.publish.sentences import number_pieces, plan_pieces
from kecho.publish.words import fill, lower_first, table

MONTHLY = (
    "iip", "industrial_product", "retail_and_services", "export_turnover", "export_quantity", "import_turnover",
    "import_quantity", "cpi", "gold_price_index", "usd_price_index", "core_inflation",
)  # fmt: skip
OLDEST_MONTHS = 12  # an older count says nothing about the month
DEEPEST = 1  # parts of parts stand in the register, not in a report


def blocks(composer: Composer, number: int) -> list[Block]:
    """A bullet for each count known in the last year; the whole section is left out where there is none."""
    found: list[Block] = []
    for info in queries.indicators():
        if info.code not in MONTHLY:
            found += _bullet(composer, info.code)
    return [composer.heading(2, "programmes", number=number), *found] if found else []


def _bullet(composer: Composer, indicator: str) -> list[Block]:
    desk = composer.desk
    facts = []
    for breakdown in desk.breakdowns(indicator):
        latest = desk.latest(indicator, breakdown) if breakdown.count("/") < DEEPEST else None
        if latest is not None and latest[0].end > desk.month.end - OLDEST_MONTHS:
            facts.append((breakdown, *latest))
    return composer.paragraph(_sentence(composer, indicator, facts), is_bullet=True) if facts else []


def _sentence(composer: Composer, indicator: str, items: list[tuple[str, Period, Figure]]) -> Sentence:
    """``Sản phẩm OCOP: 2.711 sản phẩm (tháng 6/2024); 5 sao: 6 sản phẩm (tháng 6/2024).``"""
    pieces: list[Piece] = []
    pattern = table("wording.toml", composer.lang)["programmes.item"]
    if items[0][0]:
        pieces.append(Piece(f"{composer.desk.label(indicator)} - ", PieceKind.NAME))
    for index, (breakdown, span, figure) in enumerate(items):
        if index:
            pieces.append(Piece("; "))
        name = composer.desk.label(indicator, breakdown)
        plan = composer.plans.get((indicator, breakdown))
        is_planned = plan is not None and plan.is_amount and plan.percent is not None and span.end <= composer.month.end
        pieces += fill(
            pattern,
            name=Piece(lower_first(name) if index else name, PieceKind.NAME),
            value=number_pieces(figure, composer.lang),
            plan=plan_pieces(plan.percent, composer.lang) if is_planned and plan and plan.percent else None,
            period=Piece(formats.period(span, composer.lang), PieceKind.PERIOD),
        )
        pieces.append(Piece("", PieceKind.NOTE, figure.refs))
    return Sentence((*pieces, Piece(".")))
