"""Days and months in words; the zero rule of Decree 30/2020/NĐ-CP, Appendix I."""

from __future__ import annotations

from datetime import date

MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def month_number_vi(month: int) -> str:
    """Months 1 and 2 take a zero, so that nobody turns them into 11 and 12; the others do not.

    >>> [month_number_vi(month) for month in (1, 2, 3, 10)]
    ['01', '02', '3', '10']
    """
    return f"{month:02d}" if month < 3 else str(month)


def day_vi(day: date) -> str:
    """``ngày 05 tháng 02 năm 2026``: days below 10 take a zero.

    >>> day_vi(date(2026, 3, 5))
    'ngày 05 tháng 3 năm 2026'
    """
    return f"ngày {day.day:02d} tháng {month_number_vi(day.month)} năm {day.year}"


def day_en(day: date, *, short: bool = False) -> str:
    """``5 February 2026``, short ``5 Feb 2026``: never 5/2, which half the readers take for May."""
    name = MONTHS_EN[day.month - 1]
    return f"{day.day} {name[:3] if short else name} {day.year}"
