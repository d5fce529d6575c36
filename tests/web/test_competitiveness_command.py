"""``kecho competitiveness``: exports in, rankings and opportunities out, bad files refused with their line."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from kecho.web.cli import application


def exports(folder: Path) -> Path:
    """Twelve made-up places with fifteen products."""
    rng = np.random.default_rng(5)
    lines = ["place,product,value"]
    for place in range(12):
        lines += [
            f"P{place:02},{chr(97 + product)},{rng.pareto(1) * 1e8:.0f}" for product in range(15) if rng.random() < 0.7
        ]
    file = folder / "exports.csv"
    file.write_text("\n".join(lines), "utf-8")
    return file


def rows(file: Path, *words: str) -> list[dict[str, str]]:
    asked = ["competitiveness", str(file), *words]
    result = CliRunner().invoke(application(["competitiveness", "demo"]), asked)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(StringIO(result.stdout)))


def test_places_are_ranked_both_ways(tmp_path: Path) -> None:
    found = rows(exports(tmp_path), "--least-place", "0", "--least-product", "0")
    assert [int(row["eci_rank"]) for row in found] == list(range(1, 13))
    assert sorted(int(row["fitness_rank"]) for row in found) == list(range(1, 13))


def test_opportunities_are_what_the_place_lacks(tmp_path: Path) -> None:
    file = exports(tmp_path)
    found = rows(file, "--of", "opportunities", "--place", "P03", "--least-place", "0", "--least-product", "0")
    assert found and all(float(row["rca"]) < 1 for row in found)
    nearness = [float(row["density"]) for row in found]
    assert nearness == sorted(nearness, reverse=True)
    assert len(rows(file, "--of", "products", "--least-place", "0", "--limit", "3")) == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"place,value\nA,1\n", "analytics.no_columns"),
        ("place,product,value\nA,x,bảy\n".encode(), "analytics.bad_flow"),
        (b"place,product,value\nA,x,\xff\n", "analytics.text_not_utf8"),
        (b"place,product,value\n", "analytics.no_flows"),
    ],
)
def test_a_bad_file_is_refused_with_a_code(text: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(text)
    result = CliRunner().invoke(application(["competitiveness", "demo"]), ["competitiveness", str(file)])
    assert code in str(result.exception)
