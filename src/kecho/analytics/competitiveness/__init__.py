"""Where places are strong: revealed advantage, complexity, the product space, concentration, similarity.

Everything starts from `Flows` (places × products, one unit of money). Needs numpy (extra ``outlook``).
"""

from kecho.analytics.competitiveness.advantage import balassa, normalised, presence, symmetric
from kecho.analytics.competitiveness.complexity import Complexity, Fitness, complexity, fitness
from kecho.analytics.competitiveness.concentration import Theil, herfindahl, similarity, theil
from kecho.analytics.competitiveness.flows import Filters, Flows, keep, usual
from kecho.analytics.competitiveness.space import density, opportunity_gain, opportunity_value, proximity

__all__ = [
    "Complexity",
    "Filters",
    "Fitness",
    "Flows",
    "Theil",
    "balassa",
    "complexity",
    "density",
    "fitness",
    "herfindahl",
    "keep",
    "normalised",
    "opportunity_gain",
    "opportunity_value",
    "presence",
    "proximity",
    "similarity",
    "symmetric",
    "theil",
    "usual",
]
