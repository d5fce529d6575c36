"""What a change of demand, or a break, sets going through an economy: Leontief and Ghosh, multipliers, linkages,
extraction, inoperability, and regional tables by location quotients. Needs numpy (extra ``outlook``).
"""

from kecho.analytics.input_output.linkages import Linkages, extraction_loss, linkages
from kecho.analytics.input_output.multipliers import ghosh, leontief, multipliers, output_for, type_one, type_two
from kecho.analytics.input_output.regional import Band, flq, regional_band
from kecho.analytics.input_output.shocks import inoperability, recovery
from kecho.analytics.input_output.table import Imbalance, Table, imbalances

__all__ = [
    "Band",
    "Imbalance",
    "Linkages",
    "Table",
    "extraction_loss",
    "flq",
    "ghosh",
    "imbalances",
    "inoperability",
    "leontief",
    "linkages",
    "multipliers",
    "output_for",
    "recovery",
    "regional_band",
    "type_one",
    "type_two",
]
