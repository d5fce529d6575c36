"""II.4 Clusters, key products, OCOP and other programmes: the latest counts, where there are any."""

from __future__ import annotations

from kecho.kernel import formats
from kecho.kernel.periods import Period
from kecho.observatory import queries
from kecho.publish.composing import Composer
from kecho.publish.model import Block
from kecho.publish.pieces import Figure, Piece, PieceKind, Sentence
from kecho.publish.printing import figure_text
from kecho.publish.words import fill, table

MONTHLY = (
    "iip", "industrial_product", "retail_and_services", "export_turnover", "export_quantity", "import_turnover",
    "import_quantity", "cpi", "gold_price_index", "usd_price_index", "core_inflation",
)  # fmt: skip
OLDEST_MONTHS = 24  # an older count says nothing about the month


def blocks(composer: Composer, number: int) -> list[Block]:
    """A bullet for each count known in the last two years; the whole section is left out where there is none."""
    found: list[Block] = []
    for info in queries.indicators():
        if info.code not in MONTHLY:
            found += _bullet(composer, info.code)
    return [composer.heading(2, "programmes", number=number), *found] if found else []


def _bullet(composer: Composer, indicator: str) -> list[Block]:
    desk = composer.desk
    facts = []
    for breakdown in desk.breakdowns(indicator):
        latest = desk.latest(indicator, breakdown)
        if latest is not None and latest[0].end > desk.month.end - OLDEST_MONTHS:
            facts.append((breakdown, *latest))
    if not facts:
        return []
    newest = max(span.end for _, span, _ in facts)
    items = [(breakdown, span, figure) for breakdown, span, figure in facts if span.end == newest]
    return composer.paragraph(_sentence(composer, indicator, items), is_bullet=True)


def _sentence(composer: Composer, indicator: str, items: list[tuple[str, Period, Figure]]) -> Sentence:
    """``Sản phẩm OCOP: 2.711 sản phẩm (tháng 6/2024); 5 sao: 6 sản phẩm (tháng 6/2024).``"""
    pieces: list[Piece] = []
    pattern = table("wording.toml", composer.lang)["programmes.item"]
    name = composer.desk.label(indicator)
    if items[0][0]:
        pieces.append(Piece(f"{name} - ", PieceKind.NAME))
    for index, (breakdown, span, figure) in enumerate(items):
        if index:
            pieces.append(Piece("; "))
        number = [Piece(figure_text(figure, composer.lang), PieceKind.NUMBER, figure.refs)]
        pieces += fill(
            pattern,
            name=Piece(composer.desk.label(indicator, breakdown), PieceKind.NAME),
            value=[*number, *([Piece(figure.mark, PieceKind.MARK)] if figure.mark else [])],
            period=Piece(formats.period(span, composer.lang), PieceKind.PERIOD),
        )
    return Sentence((*pieces, Piece(".")))
