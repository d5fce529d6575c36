"""How far preferences are used, from customs lines: every line counted once, needless apart from foregone."""

from kecho.market_access.utilisation.certificates import (
    CERTIFICATE_DIMENSIONS,
    Refused,
    count,
    read_certificates,
    read_exports,
)
from kecho.market_access.utilisation.counting import (
    DIMENSIONS,
    Status,
    calls,
    classify,
    eligible_by_agreement,
    summary,
    totals,
)
from kecho.market_access.utilisation.reading import CustomsLayout, customs_layout, customs_layouts, read_lines

__all__ = [
    "CERTIFICATE_DIMENSIONS",
    "DIMENSIONS",
    "CustomsLayout",
    "Refused",
    "Status",
    "calls",
    "classify",
    "count",
    "customs_layout",
    "customs_layouts",
    "eligible_by_agreement",
    "read_certificates",
    "read_exports",
    "read_lines",
    "summary",
    "totals",
]
