"""A small catalogue for tests of proposals, so that they do not hang on the observatory's."""

from __future__ import annotations

from kecho.intake.own.proposal import Known, Vocabulary
from kecho.kernel.text import fold

_PARTS = {
    "export_turnover": {
        "Hàng dệt, may": "garments",
        "Giày dép các loại": "footwear",
        "Gạo": "rice",
        "Cà phê": "coffee",
    },
    "export_quantity": {"Gạo": "rice", "Cà phê": "coffee"},
    "industrial_product": {"Bia": "beer", "Xi măng": "cement"},
    "retail_and_services": {},
    "iip": {},
}
_NAMES = {
    "export_turnover": "Kim ngạch xuất khẩu hàng hóa",
    "export_quantity": "Lượng hàng hóa xuất khẩu",
    "industrial_product": "Sản lượng sản phẩm công nghiệp chủ yếu",
    "retail_and_services": "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng",
    "iip": "IIP",
}


def _resolve(indicator: str, label: str, breakdown: str) -> str | None:
    folded = fold(label)
    if folded.startswith("tong"):
        return ""
    return {fold(name): key for name, key in _PARTS.get(indicator, {}).items()}.get(folded)


VOCABULARY = Vocabulary(
    {
        code: Known(code, (fold(name),), {fold(part): key for part, key in _PARTS[code].items()})
        for code, name in _NAMES.items()
    },
    _resolve,
    {"export_turnover": "export_quantity"},
)
