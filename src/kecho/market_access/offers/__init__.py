"""What duty goods will pay: every rate in force for a line, an origin and a day, ranked. No database, no clock."""

from kecho.market_access.offers.facts import Line, MeasureFact, ScheduleFact, Source
from kecho.market_access.offers.ruling import Offer, Ruling, columns_that_matter, rule
from kecho.market_access.offers.weighing import Answer, Ask, Weighed, weigh

__all__ = [
    "Answer",
    "Ask",
    "Line",
    "MeasureFact",
    "Offer",
    "Ruling",
    "ScheduleFact",
    "Source",
    "Weighed",
    "columns_that_matter",
    "rule",
    "weigh",
]
