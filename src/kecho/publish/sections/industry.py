"""II.1 Industrial production: the index, its sections and industries, the main products."""

from __future__ import annotations

from kecho.publish import sentences
from kecho.publish.composing import Composer, to_date_or_month
from kecho.publish.model import Block, Table
from kecho.publish.sections.figures import growth_chart
from kecho.publish.tables import department_table

INDEX, PRODUCTS = "iip", "industrial_product"
SECTION_DEPTH, INDUSTRY_DEPTH = 1, 2


def blocks(composer: Composer, number: int) -> list[Block]:
    """Heading and text; one honest line where there are no figures."""
    found: list[Block] = [composer.heading(2, "industry", number=number)]
    if not composer.desk.has(INDEX) and not composer.desk.has(PRODUCTS):
        return found + composer.no_figures("industry")
    total = composer.desk.line(INDEX)
    found += composer.paragraph(composer.on_month(total), composer.on_year_to_date(total))
    parts = composer.desk.lines(INDEX)
    sections = [
        (line.label, change) for line in parts if line.depth == SECTION_DEPTH and (change := to_date_or_month(line))
    ]
    if sections:
        found += composer.paragraph(sentences.movers(composer.intro("industry.sectors"), sections, composer.lang))
    industries = [line for line in parts if line.depth == INDUSTRY_DEPTH]
    for sentence in composer.movers(industries, "industry.rising", "industry.falling", to_date_or_month):
        found += composer.paragraph(sentence, is_bullet=True)
    found += growth_chart(composer, INDEX, "iip")
    products = composer.desk.lines(PRODUCTS)
    for sentence in composer.movers(
        products, "industry.products_rising", "industry.products_falling", to_date_or_month
    ):
        found += composer.paragraph(sentence, is_bullet=True)
    return found


def tables(composer: Composer) -> list[Table]:
    """The index by section and industry, and the products."""
    found = []
    index, products = composer.desk.lines(INDEX), composer.desk.lines(PRODUCTS)
    if index:
        found.append(department_table(composer, "iip", composer.say("table.iip"), index))
    if products:
        found.append(department_table(composer, "products", composer.say("table.products"), products))
    return found
