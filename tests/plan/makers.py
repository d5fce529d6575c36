"""Short makers of plan files and figures for tests with a database."""

from __future__ import annotations

from pathlib import Path

PLAN = """
[[plan]]
locality = "VN-HN"
period = "2025"
title_vi = "Kế hoạch 2025"
title_en = "Plan 2025"
document_number = "58/NQ-HĐND"
document_date = 2024-12-10
effective_from = 2025-01-01
"""

TARGETS = """
[[plan.target]]
code = "grdp"
indicator = "grdp"
measure = "growth"
low = 6.5

[[plan.target]]
code = "exports"
indicator = "export_turnover"
measure = "growth"
low = 4
high = 5
approximate = true
lead = "Sở Công Thương"
supporting = ["Cục Thống kê", "Hải quan"]
"""

REVISION = """
[[plan]]
locality = "VN-HN"
period = "2025"
version = 2
title_vi = "Kế hoạch 2025, điều chỉnh"
document_title = "Nghị quyết bổ sung"
document_date = 2025-02-25
reason = "Chính phủ giao từ 8% trở lên"

[[plan.target]]
code = "grdp"
indicator = "grdp"
measure = "growth"
low = 8

[[plan.target]]
code = "cpi"
indicator = "cpi"
measure = "growth"
basis = "period_average"
high = 5
strict = true
"""


def toml(folder: Path, text: str, name: str = "plan.toml") -> Path:
    """A plan file."""
    file = folder / name
    file.write_text(text, "utf-8")
    return file
