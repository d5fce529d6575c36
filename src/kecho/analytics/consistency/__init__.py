"""Can the printed figures of a text be true together, and what do they say that is not printed?"""

from kecho.analytics.consistency.figures import Figure, Span, read_figure
from kecho.analytics.consistency.model import Amount, Claim, Kind, Statement
from kecho.analytics.consistency.statements import Statements
from kecho.analytics.consistency.verdict import Range, Verdict

__all__ = ["Amount", "Claim", "Figure", "Kind", "Range", "Span", "Statement", "Statements", "Verdict", "read_figure"]
