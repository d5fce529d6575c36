"""II.2 Domestic trade: retail sales and consumer services by group, consumer prices."""

from __future__ import annotations

from kecho.publish import sentences
from kecho.publish.composing import Composer, to_date_or_month
from kecho.publish.model import Block, Table
from kecho.publish.sections.figures import level_chart
from kecho.publish.tables import department_table

RETAIL, PRICES = "retail_and_services", "cpi"
GROUPS = ("goods", "accommodation_catering", "travel", "other_services")
PRICE_INDICATORS = (PRICES, "gold_price_index", "usd_price_index", "core_inflation")


def blocks(composer: Composer, number: int) -> list[Block]:
    """Heading and text; one honest line where there are no figures."""
    found: list[Block] = [composer.heading(2, "domestic", number=number)]
    if not composer.desk.has(RETAIL) and not composer.desk.has(PRICES):
        return found + composer.no_figures("domestic")
    retail = composer.desk.line(RETAIL)
    basis = sentences.price_basis(composer.lang)
    found += composer.paragraph(composer.on_month(retail, basis=basis), composer.on_year_to_date(retail))
    groups = [line for line in composer.desk.lines(RETAIL) if line.breakdown in GROUPS]
    changes = [(line.label, change) for line in groups if (change := to_date_or_month(line)) and change.figure]
    if changes:
        found += composer.paragraph(
            sentences.movers(composer.intro("domestic.groups"), changes, composer.lang), is_bullet=True
        )
    found += level_chart(composer, RETAIL, "retail")
    return found + _prices(composer)


def _prices(composer: Composer) -> list[Block]:
    """Consumer prices on three bases, their average of the year to date, and the groups that moved in the month."""
    desk = composer.desk
    total = desk.line(PRICES)
    found = composer.paragraph(composer.on_month(total), composer.on_year_to_date(total, is_average=True))
    groups = [line for line in desk.lines(PRICES) if line.depth == 1]

    for sentence in composer.movers(
        groups, "domestic.price_groups_rising", "domestic.price_groups_falling", lambda line: line.on_month
    ):
        found += composer.paragraph(sentence, is_bullet=True)
    core = desk.line("core_inflation")
    return found + composer.paragraph(composer.on_month(core), composer.on_year_to_date(core, is_average=True))


def tables(composer: Composer) -> list[Table]:
    """Retail by group; prices by group."""
    desk = composer.desk
    found = []
    retail = desk.lines(RETAIL)
    prices = [line for indicator in PRICE_INDICATORS for line in desk.lines(indicator)]
    if retail:
        found.append(department_table(composer, "retail", composer.say("table.retail"), retail))
    if prices:
        found.append(department_table(composer, "cpi", composer.say("table.prices"), prices))
    return found
