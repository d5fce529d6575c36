"""A plan goes out as texts or a workbook and comes back as it was; problems of a workbook are told with their place."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kecho.kernel.errors import KechoError, KechoErrors
from kecho.plan import workbooks
from kecho.plan.drafts import PlanDraft
from kecho.plan.fields import PLAN_FIELDS, TARGET_FIELDS, Row
from kecho.plan.files import from_rows, read_plans
from kecho.plan.labels import CHOICE_NAMES, FIELD_NAMES
from kecho.plan.written import plan_texts, target_texts

ROOT = Path(__file__).resolve().parents[2]
FILES = [*sorted((ROOT / "src/kecho/sample").glob("targets_*.toml")), ROOT / "tests/web/plan.toml"]
PLANS = [written.draft for file in FILES for written in read_plans(file)]
ALL = pytest.mark.parametrize("draft", PLANS, ids=lambda draft: draft.label)


def test_every_field_has_its_name() -> None:
    assert list(FIELD_NAMES) == [*PLAN_FIELDS, *TARGET_FIELDS]
    assert all(set(names) == {"vi", "en"} for names in FIELD_NAMES.values())


def test_every_choice_has_its_words() -> None:
    assert {name: list(words) for name, words in CHOICE_NAMES.items()} == workbooks.CHOICES


@ALL
def test_texts_come_back_as_the_plan(draft: PlanDraft) -> None:
    rows = [Row(target_texts(target, draft)) for target in draft.targets]
    assert from_rows(Row(plan_texts(draft)), rows).draft == draft


@ALL
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_workbook_comes_back_as_the_plan(draft: PlanDraft, lang: str, tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.xlsx"
    file.write_bytes(workbooks.write(draft, lang))
    assert [written.draft for written in read_plans(file)] == [draft]


def edited(tmp_path: Path, draft: PlanDraft, changes: dict[str, object]) -> Path:
    file = tmp_path / "sua.xlsx"
    file.write_bytes(workbooks.write(draft, "vi"))
    book = openpyxl.load_workbook(file)
    for cell, value in changes.items():
        book["Mục tiêu"][cell] = value
    book["Mục tiêu"].title, book["Kế hoạch"].title = "Sheet 9", "KH"
    book.move_sheet("Sheet 9", -1)
    book.save(file)
    return file


def test_renamed_sheets_and_typed_numbers_are_read(tmp_path: Path) -> None:
    draft = PLANS[-1]
    column = workbooks.column_letters(TARGET_FIELDS.index("low"))
    read = read_plans(edited(tmp_path, draft, {f"{column}3": 6.5}))[0].draft
    assert str(read.targets[0].low) == "6.5"


def test_problems_name_sheet_and_row(tmp_path: Path) -> None:
    column = workbooks.column_letters(TARGET_FIELDS.index("measure"))
    with pytest.raises(KechoErrors) as caught:
        read_plans(edited(tmp_path, PLANS[-1], {f"{column}4": "muc"}))
    found = {(one.code, one.where.sheet, one.where.cell) for one in caught.value.errors}
    assert found == {("plan.bad_value", "Sheet 9", "A4")}


def test_a_workbook_without_the_sheets_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "khac.xlsx"
    openpyxl.Workbook().save(file)
    with pytest.raises(KechoError, match=r"plan\.no_sheets|intake\."):
        read_plans(file)


def test_a_disguised_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "gia.xlsx"
    file.write_bytes(b"<html><script>alert(1)</script>")
    with pytest.raises(KechoError, match=r"intake\."):
        read_plans(file)
