"""The manual of plans and assessments names everything that exists, and its files can be imported."""

from __future__ import annotations

import re
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest

from kecho.kernel.errors import KechoErrors
from kecho.plan import output
from kecho.plan.assessment import Assessment, Basis, Direction, Form, Status, looks, wording
from kecho.plan.assessment.bands import packaged_bands
from kecho.plan.assessment.target import BASES
from kecho.plan.fields import PLAN_FIELDS, TARGET_FIELDS
from kecho.plan.files import SHORT, read_plans
from kecho.plan.validation import errors
from kecho.plan.versions import PlanStatus

DOCS = Path(__file__).resolve().parents[2] / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def missing(names: object, text: str) -> list[str]:
    return [name for name in map(str, names) if f"`{name}`" not in text]


def test_targets_page_names_every_field_and_kind() -> None:
    text = page("reference/targets.md")
    written = {long: short for short, long in SHORT.items()}
    assert missing((*PLAN_FIELDS, *TARGET_FIELDS), text) == []
    assert missing((written.get(name, name) for name in TARGET_FIELDS), text) == []
    assert missing((*Form, *Basis, *Direction, *PlanStatus), text) == []
    pairs = {(str(measure), str(basis)) for measure, bases in BASES.items() for basis in bases}
    assert pairs == set(re.findall(r"^\| `(level|share|growth)` \| `(\w+)`", text, re.MULTILINE))


def test_assessment_page_names_every_status_as_it_looks() -> None:
    text = page("reference/assessment.md")
    for status, look in looks().items():
        (row,) = [line for line in text.splitlines() if line.startswith(f"| `{status}` |") and look.colour in line]
        for value in (look.vi, look.en, look.final_vi, look.final_en, look.icon, look.mark):
            assert value in row


def test_assessment_page_prints_the_bands_as_they_are() -> None:
    row = re.compile(r"^\| `(\w+)` \| `(\w+)` \| (\S+) \| (\S+) \| (\S+) \|$", re.MULTILINE)
    found = row.findall(page("reference/assessment.md"))
    assert {(code, scale, *map(Decimal, steps)) for code, scale, *steps in found} == {
        (one.code, scale, *(least for _, least in steps))
        for one in packaged_bands()
        for scale, steps in one.scales.items()
    }


def test_assessment_page_names_every_field_and_reason() -> None:
    text = page("reference/assessment.md")
    names = {field.name for field in fields(Assessment)} - {"target", "as_of", "band_set"}
    assert [name for name in names if not re.search(rf"`{name}[`(]", text)] == []
    reasons = wording.sentences()
    assert missing(re.findall(r"`(\w+)`", text.split("## Why a target is not assessed")[1].split("##")[0]), text) == []
    listed = set(re.findall(r"^\| `(\w+)` \|", text.split("## Why a target is not assessed")[1].split("##")[0], re.M))
    assert listed <= set(reasons)
    code = "".join(file.read_text("utf-8") for file in (DOCS.parent / "src/kecho/plan/assessment").glob("*.py"))
    assert set(re.findall(r'refuse\(\s*"(\w+)"', code)) == listed


def test_command_page_names_every_column_and_key() -> None:
    text = page("reference/assess-command.md")
    assert missing(output.CSV_COLUMNS, text) == []
    source = Path(output.__file__).read_text("utf-8").split("# ---- JSON")[1].split("# ---- CSV")[0]
    keys = set(re.findall(r'"(\w+)":', source)) | set(re.findall(r'_both\("(\w+)"', source)) | set(output.NUMBERS)
    assert missing(keys, text) == []


def blocks(name: str, language: str) -> list[str]:
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```", page(name), re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


@pytest.mark.parametrize("guide", ["how-to/write-a-plan.md", "how-to/revise-a-plan.md"])
def test_plan_files_in_the_guides_can_be_imported(tmp_path: Path, guide: str) -> None:
    file = tmp_path / "plan.toml"
    file.write_text("\n".join(blocks(guide, "toml")), "utf-8")
    (written,) = read_plans(file)
    assert errors(written, packaged_bands()) == []


def test_the_csv_in_the_guide_says_what_the_toml_says(tmp_path: Path) -> None:
    (text,) = blocks("how-to/write-a-plan.md", "csv")
    file = tmp_path / "plan.csv"
    file.write_text(text, "utf-8")
    (written,) = read_plans(file)
    assert [target.code for target in written.draft.targets] == ["exports", "prices", "ocop"]
    assert errors(written, packaged_bands()) == []


def test_every_status_is_explained_by_a_sentence() -> None:
    assert all(status.look.meaning(lang).endswith(".") for status in Status for lang in ("vi", "en"))


def test_examples_of_kinds_in_the_targets_page_can_be_read(tmp_path: Path) -> None:
    """Every row of "in a plan | write" makes a target."""
    table = page("reference/targets.md").split("| in a plan | write |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| .*? \| (.*) \|$", table, re.MULTILINE)[1:]
    assert len(rows) == 12
    head = '[[plan]]\nlocality = "VN"\nperiod = "2025"\ntitle_vi = "x"\n[[plan.target]]\ncode = "x"\nindicator = "cpi"'
    for number, row in enumerate(rows):
        given = re.findall(r"`(\w+ = .*?)`", row)
        if not any(line.startswith("measure") for line in given):
            given.append('measure = "growth"')
        file = tmp_path / f"{number}.toml"
        file.write_text("\n".join([head, *given]), "utf-8")
        try:
            read_plans(file)
        except KechoErrors as problem:
            pytest.fail(f"{row}: {problem.text('en')}")
