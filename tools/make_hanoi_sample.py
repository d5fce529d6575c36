"""Write src/kecho/sample/hanoi/path.csv: the invented monthly path of Hà Nội's exports between published points.

    .venv/bin/python tools/make_hanoi_sample.py

Every number of the path is fictional and marked so. What is real is where the path must pass: the points below were
printed in articles (A0, A3: src/kecho/sample/hanoi/published.csv; T8: thoibaotaichinhvietnam.vn, article 138356). The
months of a block share its total by fixed seasonal weights, so the points are hit exactly at their printed precision.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/kecho/sample/hanoi/path.csv"
CENT = Decimal("0.001")  # thousand US dollars: finer than any printed point

# Invented: the Tết dip in February and a stronger second half, as national exports show it.
WEIGHTS = dict(enumerate(map(Decimal, (83, 66, 85, 82, 81, 84, 86, 89, 84, 85, 86, 89)), 1))

# (sector, first month, last month) -> million US dollars that the block must sum to. Sources in the second column of
# each comment; "free" blocks carry no published point and are invented whole.
BLOCKS: list[tuple[str, str, str, Decimal]] = [
    ("domestic", "2020-01", "2020-12", Decimal("8721.500")),  # with fdi: 16,000 / 1.009 (A0: +0.9 %)
    ("fdi", "2020-01", "2020-12", Decimal("7135.784")),
    ("domestic", "2021-01", "2021-12", Decimal("8848.000")),  # with fdi: 16,000 (A0)
    ("fdi", "2021-01", "2021-12", Decimal("7152.000")),
    ("domestic", "2022-01", "2022-06", Decimal("4443.900")),  # with Q3: 7,100 / 1.038 (T8)
    ("fdi", "2022-01", "2022-06", Decimal("3847.600")),  # with Q3: 5,400 / 0.929 (T8)
    ("domestic", "2022-07", "2022-08", Decimal("1686.200")),  # with September: 4,505 / 1.033 (T8) in both sectors
    ("fdi", "2022-07", "2022-08", Decimal("1368.000")),
    ("domestic", "2022-09", "2022-09", Decimal("710.000")),  # with fdi: 1,563 / 1.196 (T8)
    ("fdi", "2022-09", "2022-09", Decimal("596.856")),
    ("domestic", "2022-10", "2022-12", Decimal("2496.000")),  # free
    ("fdi", "2022-10", "2022-12", Decimal("1985.000")),  # free
    ("domestic", "2023-01", "2023-05", Decimal("3758.446")),  # 4,160.6 / 1.107 (A3)
    ("fdi", "2023-01", "2023-05", Decimal("2833.940")),  # with domestic: 7,100 / 1.077 (A3)
    ("domestic", "2023-06", "2023-06", Decimal("790.600")),  # first half + third quarter = 12,500 (T8)
    ("fdi", "2023-06", "2023-06", Decimal("612.014")),
    ("domestic", "2023-07", "2023-07", Decimal("787.900")),  # July + August + September = 4,505 (T8)
    ("fdi", "2023-07", "2023-07", Decimal("603.505")),
    ("domestic", "2023-08", "2023-08", Decimal("878.000")),  # 1,563 / 1.008 (T8)
    ("fdi", "2023-08", "2023-08", Decimal("672.595")),
    ("domestic", "2023-09", "2023-09", Decimal("885.054")),  # nine months of the sector: 7,100 (T8)
    ("fdi", "2023-09", "2023-09", Decimal("677.946")),  # nine months of the sector: 5,400; September 1,563 (T8)
    ("domestic", "2023-10", "2023-12", Decimal("2424.000")),  # free
    ("fdi", "2023-10", "2023-12", Decimal("1776.000")),  # free
    ("domestic", "2024-01", "2024-05", Decimal("4160.600")),  # prints 4.2 billion and 58.6 % (A3)
    ("fdi", "2024-01", "2024-05", Decimal("2939.400")),  # with domestic: 7,100 (A3)
]
PARENTS = {"domestic": "Khu vực kinh tế trong nước", "fdi": "Khu vực có vốn đầu tư nước ngoài"}


def months_between(first: str, last: str) -> list[str]:
    """``2022-11``, ``2022-12``, ``2023-01`` … both ends in."""
    year, month = map(int, first.split("-"))
    found = [first]
    while found[-1] != last:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        found.append(f"{year}-{month:02d}")
    return found


def share_out(total: Decimal, months: list[str]) -> dict[str, Decimal]:
    """``total`` by the months' weights, to the thousand dollars; the last month takes the rounding."""
    weights = {month: WEIGHTS[int(month[5:])] for month in months}
    parts = {month: (total * weights[month] / sum(weights.values())).quantize(CENT) for month in months}
    parts[months[-1]] += total - sum(parts.values())
    return parts


def path() -> dict[tuple[str, str], Decimal]:
    """(sector, month) -> million US dollars, with the total as sector ``total``."""
    values: dict[tuple[str, str], Decimal] = {}
    for sector, first, last, total in BLOCKS:
        for month, value in share_out(total, months_between(first, last)).items():
            values[sector, month] = value
    for month in sorted({month for _, month in values}):
        values["total", month] = values["domestic", month] + values["fdi", month]
    return values


def main() -> None:
    """Write the file, months in order, the total before its parts."""
    values = path()
    order = {"total": 0, "domestic": 1, "fdi": 2}
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["indicator", "label", "locality", "period", "measure", "value", "unit", "stage"])
        for sector, month in sorted(values, key=lambda key: (key[1], order[key[0]])):
            stage = "estimate" if month == "2024-05" else "preliminary"
            label = PARENTS.get(sector, "Tổng trị giá")
            row = ["export_turnover", label, "VN-HN", month, "level", values[sector, month], "Triệu USD", stage]
            writer.writerow(row)


if __name__ == "__main__":
    main()
