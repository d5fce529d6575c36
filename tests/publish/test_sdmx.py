"""Published figures go out as SDMX, are read back without a digit lost, and by a client of other hands."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from kecho.intake.sdmx import read_sdmx
from kecho.kernel.errors import KechoError
from kecho.observatory import actions
from kecho.people import actors
from kecho.publish import sdmx
from kecho.publish.sdmx_forms import MEDIA, Form
from tests.observatory.makers import reading, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures(db: None) -> None:
    rows = [
        row("1315.50", period="2025-02", stage="official", cell="D9"),
        row("2504.1", period="2025-01/2025-02", cell="E9"),
        row("117.17", period="2025-02", measure="index_py", unit="%", cell="F9"),
        row("-", period="2025-Q1", label="Gạo", cell="G9"),
        row("3", period="2025-H1@admin14", cell="H9"),
    ]
    actions.import_reading(reading("2025-02", *rows), actors.command_line())


@pytest.mark.parametrize("form", list(Form))
def test_what_is_written_reads_back(figures: None, tmp_path: Path, form: Form) -> None:
    path = tmp_path / f"figures.{MEDIA[form][1]}"
    path.write_text(sdmx.message("export_turnover", "VN", form), encoding="utf-8")
    back = read_sdmx(path)
    assert [error.text() for error in back.errors] == []
    found = {(one.label, one.period, one.measure, one.value, one.unit, one.stage) for one in back.rows}
    assert found == {
        ("", "2025-02", "level", "1315.50", "million_usd", "official"),
        ("", "2025-01/2025-02", "level", "2504.1", "million_usd", "estimate"),
        ("", "2025-02", "index_py", "117.17", "percent", "estimate"),
        ("rice", "2025-Q1", "level", "-", "million_usd", "estimate"),
        ("", "2025-H1@admin14", "level", "3", "million_usd", "estimate"),
    }


def test_sdmx1_reads_the_same_values(figures: None) -> None:
    client = pytest.importorskip("sdmx", reason="sdmx1 is a test dependency")
    text = sdmx.message("export_turnover", "VN", Form.ML)
    read = client.read_sdmx(BytesIO(text.encode()))
    values = {str(one.value) for dataset in read.data for one in dataset.obs}
    assert {"1315.50", "2504.1", "117.17", "3"} <= values


def test_what_is_a_draft_does_not_leave(db: None) -> None:
    actions.import_reading(reading("2025-02", row("1", period="2025-02")), actors.command_line(), as_draft=True)
    with pytest.raises(KechoError) as refused:
        sdmx.message("export_turnover", "VN", Form.CSV)
    assert refused.value.code == "publish.no_series"


def test_an_unknown_indicator_is_told(db: None) -> None:
    with pytest.raises(KechoError) as refused:
        sdmx.message("no_such", None, Form.CSV)
    assert refused.value.code == "observatory.unknown_indicator"
