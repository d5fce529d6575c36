"""II.3 Exports and imports of goods: totals, sectors, commodity groups, the balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kecho.analytics.growth import contribution_pp
from kecho.analytics.intervals import Interval
from kecho.kernel.periods import Period
from kecho.publish import sentences
from kecho.publish.changes import Against, bounds, change, combined, growth, rate_decimals
from kecho.publish.composing import Composer, largest, to_date_or_month
from kecho.publish.lines import Line
from kecho.publish.model import Block, Table
from kecho.publish.pieces import Figure, Sentence
from kecho.publish.sections.figures import level_chart
from kecho.publish.tables import department_table
from kecho.publish.words import lower_first

EXPORTS, IMPORTS = "export_turnover", "import_turnover"
MOST_APART_PP = Decimal("0.5")  # between growth as published and from the levels at hand, which may be revised since
SECTORS = ("domestic", "fdi")
QUANTITIES = {EXPORTS: "export_quantity", IMPORTS: "import_quantity"}
_SIDES = ((EXPORTS, "exports"), (IMPORTS, "imports"))


def blocks(composer: Composer, number: int) -> list[Block]:
    """Heading and text; one honest line where there are no figures."""
    found: list[Block] = [composer.heading(2, "external", number=number)]
    if not composer.desk.has(EXPORTS) and not composer.desk.has(IMPORTS):
        return found + composer.no_figures("external")
    for indicator, name in _SIDES:
        found += _side(composer, indicator, name)
        if indicator == EXPORTS:
            found += level_chart(composer, EXPORTS, "exports")
    found += composer.paragraph(*(_balance(composer, span) for span in _spans(composer)))
    return found


def _side(composer: Composer, indicator: str, name: str) -> list[Block]:
    """One direction: the total, the two sectors with what they gave to the growth, the groups."""
    desk = composer.desk
    total = desk.line(indicator)
    found = composer.paragraph(composer.on_month(total), composer.on_year_to_date(total))
    lines = desk.lines(indicator)
    for line in lines:
        if line.breakdown in SECTORS:
            subject = composer.say(f"external.{name}_of", sector=lower_first(line.label))
            month, to_date = composer.on_month(line, subject), composer.on_year_to_date(line, subject)
            share, given = _share(composer, line, name), _contribution(composer, total, line)
            found += composer.paragraph(month, to_date, share, given, is_bullet=True)
    groups = commodity_groups(lines)
    if groups:
        found += composer.paragraph(_largest(composer, groups, name), is_bullet=True)
        rising, falling = f"external.{name}_rising", f"external.{name}_falling"
        for sentence in composer.movers(groups, rising, falling, to_date_or_month):
            found += composer.paragraph(sentence, is_bullet=True)
    return found


def commodity_groups(lines: Sequence[Line]) -> list[Line]:
    """The commodity groups: not the total, the sectors, nor parts of a group."""
    return [line for line in lines if line.depth == 1 and line.breakdown not in SECTORS]


def _largest(composer: Composer, groups: Sequence[Line], name: str) -> Sentence | None:
    """The groups of greatest value in the year to date, with their growth."""
    items = [(line, line.to_date or line.month, to_date_or_month(line)) for line in largest(groups)]
    known = [(line.label, value, change) for line, value, change in items if value is not None]
    return sentences.listing(composer.intro(f"external.largest_{name}"), known, composer.lang) if known else None


def _share(composer: Composer, line: Line, name: str) -> Sentence | None:
    """The sector's published share of the year to date, and its change in points."""
    desk, span = composer.desk, composer.desk.to_date
    now, base = (desk.share(line.indicator, line.breakdown, p) for p in (span, span.year_before))
    if now is None:
        return None
    subject = composer.say(f"external.{name}_share", sector=lower_first(line.label))
    against = change(Against.SAME_PERIOD, now, base)
    return sentences.statement(subject, span, composer.lang, value=now, changes=[against] if against else [])


def _contribution(composer: Composer, total: Line, part: Line) -> Sentence | None:
    """What a sector gave to the growth of the year to date, in percentage points; None where a level is missing."""
    desk, span = composer.desk, composer.desk.to_date
    now, base = (desk.level(part.indicator, part.breakdown, p) for p in (span, span.year_before))
    whole_now, whole = (desk.level(total.indicator, "", p) for p in (span, span.year_before))
    if now is None or base is None or whole is None or whole_now is None:
        return None
    if not _agrees(growth(whole_now, whole), desk.growth_on_year(total.indicator, "", span)):
        return None
    size = contribution_pp(now.value, base.value, whole.value)
    if size is None:
        return None
    spread = bounds(now) - bounds(base)
    points = Interval(spread.low / whole.value * 100, spread.high / whole.value * 100)
    if rate_decimals(points) == 0:  # figures as coarse as "4,2 tỷ USD" do not carry a contribution
        return None
    figure = combined(size, "percentage_point", 1, now, base, whole)
    rose = whole_now.value >= whole.value
    return sentences.contribution(part.label, figure, composer.lang, total_rose=rose)


def _agrees(computed: Figure | None, published: Figure | None) -> bool:
    """Whether the levels at hand are those behind the published growth of the total: else its parts do not make it."""
    if computed is None or published is None:
        return False
    return abs(computed.value - published.value) <= MOST_APART_PP


def _spans(composer: Composer) -> list[Period]:
    desk = composer.desk
    return [desk.month] if desk.month == desk.to_date else [desk.month, desk.to_date]


def _balance(composer: Composer, span: Period) -> Sentence | None:
    now = _net(composer, span)
    if now is None:
        return None
    subject = composer.say("external.balance")
    return sentences.balance(subject, span, now, composer.lang, before=_net(composer, span.year_before))


def _net(composer: Composer, span: Period) -> Figure | None:
    """Exports less imports; None where one is missing. Computed here, so not marked as derived from other periods."""
    exports, imports = (composer.desk.level(indicator, "", span) for indicator in (EXPORTS, IMPORTS))
    if exports is None or imports is None or exports.unit != imports.unit:
        return None
    known = [figure.decimals for figure in (exports, imports) if figure.decimals is not None]
    decimals = min(known) if known else None
    return combined(exports.value - imports.value, exports.unit, decimals, exports, imports)


def tables(composer: Composer) -> list[Table]:
    """Exports and imports by sector and group, the quantity under the value."""
    found = []
    for indicator, name in _SIDES:
        lines = with_quantities(composer, indicator)
        if lines:
            found.append(department_table(composer, name, composer.say(f"table.{name}"), lines))
    return found


def with_quantities(composer: Composer, indicator: str) -> list[Line]:
    """The lines of value, each followed by its quantity where there is one."""
    quantities = {line.breakdown: line for line in composer.desk.lines(QUANTITIES[indicator]) if line.breakdown}
    found: list[Line] = []
    for line in composer.desk.lines(indicator):
        found.append(line)
        amount = quantities.get(line.breakdown)
        if amount is not None:
            label = composer.say("external.quantity", name=line.label)
            found.append(replace(amount, label=label, depth=line.depth + 1))
    return found
