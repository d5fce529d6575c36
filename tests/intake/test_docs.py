"""The manual's pages on files in are true: their samples are read, their names are the program's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kecho.intake import tidy_fields
from kecho.intake.families import tables
from kecho.intake.rows import Row
from kecho.intake.tidy import read_csv
from kecho.kernel.errors import catalogue
from kecho.kernel.measures import Measure, Stage

DOCS = Path(__file__).resolve().parents[2] / "docs"
TIDY = (DOCS / "reference" / "tidy-csv.md").read_text("utf-8")
IMPORT = (DOCS / "reference" / "import.md").read_text("utf-8")
HOW_TO = (DOCS / "how-to" / "import-a-month.md").read_text("utf-8")


@pytest.mark.parametrize("sample", re.findall(r"```csv\n(.*?)```", TIDY, re.DOTALL))
def test_samples_are_read(tmp_path: Path, sample: str) -> None:
    path = tmp_path / "sample.csv"
    path.write_text(sample, "utf-8")
    reading = read_csv(path)
    assert reading.errors == []
    assert len(reading.rows) == len(sample.splitlines()) - 1


def test_every_column_and_word_is_in_the_manual() -> None:
    names = {name for column in tidy_fields.columns().values() for name in column.names}
    words = names | {*Measure, *Stage}
    assert [word for word in sorted(words) if word not in TIDY] == []


def test_the_dry_run_s_columns_are_in_the_manual() -> None:
    assert f"`{','.join(Row.header())}`" in IMPORT
    assert [word for word in (*tables(), *Measure, *Stage) if f"`{word}`" not in IMPORT] == []


def test_codes_that_the_manual_names_exist() -> None:
    table = IMPORT.split("code `intake.`")[1].split("\n\n")[0]
    named = {f"intake.{code}" for code in re.findall(r"`([a-z]+_[a-z_]+|encrypted|truncated|timeout)`", table)}
    named |= set(re.findall(r"`(intake\.[a-z_]+)`", HOW_TO))
    assert len(named) > 25
    assert named - set(catalogue()) == set()
