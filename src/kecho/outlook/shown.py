"""Everything that is shown of one outlook, gathered once for pages, downloads and the command, with its sentences."""

from __future__ import annotations

from dataclasses import dataclass

from kecho.analytics.monthly import SEASON
from kecho.analytics.target_chance import Scenario
from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.outlook import current, drivers, queries, revisions, sentences
from kecho.outlook.answers import Outlook, YearEnd
from kecho.outlook.current import Current
from kecho.outlook.drivers import Drivers
from kecho.outlook.queries import TargetOutlook
from kecho.outlook.revisions import Revisions


@dataclass(frozen=True)
class Shown:
    """One year of an outlook. ``no_year`` is why the year's end cannot be told."""

    outlook: Outlook
    year: int
    year_end: YearEnd | None
    no_year: KechoError | None
    targets: tuple[TargetOutlook, ...]
    scenarios: tuple[Scenario, ...]
    drivers: tuple[Drivers, ...]
    revisions: Revisions
    current: Current | None

    @property
    def decimals(self) -> int:
        """How many decimals figures of this size are printed with."""
        sizes = [abs(value) for value in self.outlook.known.months.values[-SEASON:] if value is not None]
        largest = max(sizes, default=0.0)
        return 0 if largest >= 1000 else 1 if largest >= 10 else 2

    def lines(self, lang: str) -> list[str]:
        """How it was made and what the year comes to."""
        return [*sentences.method(self.outlook, lang), *sentences.year(self, lang)]

    def target_lines(self, one: TargetOutlook, lang: str) -> list[str]:
        """The chance of a target and what the rest must bring."""
        return sentences.target(one, lang)

    def figure(self, value: float, lang: str) -> str:
        """A level with its unit."""
        return sentences.level(value, self.outlook.known.unit, self.decimals, lang)


def show(outlook: Outlook, year: int | None = None, period: Period | None = None) -> Shown:
    """What there is to show of a year (default: that of the first month to come).

    Raises KechoError ``outlook.bad_year`` for a year out of reach.
    """
    years = outlook.years
    chosen = outlook.year if year is None else year
    if chosen not in years:
        raise KechoError("outlook.bad_year", value=chosen, first=years.start, last=years.stop - 1)
    end, problem = None, None
    try:
        end = outlook.year_end(chosen)
    except KechoError as error:
        problem = outlook.made.no_forecast or error
    name = outlook.known.name
    return Shown(
        outlook,
        chosen,
        end,
        problem,
        tuple(queries.targets(outlook, chosen)),
        _scenarios(outlook, chosen),
        tuple(drivers.drivers(*name, period or _driven(outlook, chosen), outlook.known.as_of)),
        revisions.revisions(outlook.known.key, outlook.known.as_of),
        current.current(outlook.known),
    )


def _driven(outlook: Outlook, year: int) -> Period | None:
    """A year that is over is explained as a whole; of this one the latest year to date (None)."""
    return Period.of_year(year) if (year + 1) * SEASON <= outlook.known.months.end else None


def _scenarios(outlook: Outlook, year: int) -> tuple[Scenario, ...]:
    """None where the year is over, or there is nothing to simulate it from."""
    try:
        return outlook.scenarios(year)
    except KechoError:
        return ()
