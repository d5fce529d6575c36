"""Files that need no mapping: SDMX, tidy CSV, the statistics office's workbook. They are tried and confirmed alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from kecho.kernel.errors import KechoError, KechoErrors
from kecho.observatory.models import Release
from kecho.people.actors import Actor, Role, Scope
from kecho.uploads import actions
from kecho.uploads.actions import Incoming
from kecho.uploads.models import Upload
from tests.uploads.conftest import OFFICER

pytestmark = pytest.mark.django_db
SDMX = (
    "DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,UNIT_MULT\n"
    "K:F(1.0),{},export_turnover,2025-02,7.50,E,USD,6\n"
)
TIDY = "indicator,locality,period,measure,value,unit,stage\nexport_turnover,{},2025-02,level,7.50,Triệu USD,estimate\n"


def _handed_in(name: str, data: bytes, by: Actor = OFFICER, place: str = "VN-HN") -> Upload:
    (one,) = actions.receive(by, place, [Incoming(name, [data], len(data))])
    actions.read(one.pk)
    one.refresh_from_db()
    return one


@pytest.mark.parametrize(("name", "text", "kind"), [("a.csv", SDMX, "sdmx"), ("b.csv", TIDY, "tidy")])
def test_a_file_that_says_itself_what_it_means(name: str, text: str, kind: str) -> None:
    one = _handed_in(name, text.format("VN-HN").encode())
    assert (one.state, one.kind, one.period, one.trial["rows"]) == ("ready", kind, "2025-02", 1)
    result = actions.confirm(OFFICER, one)
    release = Release._base_manager.get(pk=result.release.id)
    assert (release.source, release.file_name, result.written) == ("department", name, 1)


@pytest.mark.parametrize("text", [SDMX, TIDY])
def test_another_places_figures_are_refused(text: str) -> None:
    one = _handed_in("a.csv", text.format("VN-SG").encode())
    with pytest.raises(KechoError) as refused:
        actions.confirm(OFFICER, one)
    codes = [error.code for error in refused.value.errors] if isinstance(refused.value, KechoErrors) else []
    assert codes == ["people.denied"]
    one.refresh_from_db()
    assert (one.state, Release._base_manager.count()) == ("ready", 0)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><mes:GenericData/>", "intake.xml_entities"),
        (b"<?xml version='1.0'?><report/>", "intake.sdmx_no_data"),
    ],
)
def test_hostile_xml_is_refused_at_the_door(data: bytes, code: str, home: Path) -> None:
    (one,) = actions.receive(OFFICER, "VN-HN", [Incoming("a.xml", [data], len(data))])
    assert (one.state, one.errors[0]["code"]) == ("refused", code)
    assert [path for path in home.rglob("*") if path.is_file()] == []


@pytest.mark.shared
@pytest.mark.slow
def test_the_statistics_offices_workbook_is_known(shared: Path) -> None:
    path = next((shared / "gso-monthly").rglob("2024-11.xls*"))
    statistician = Actor("Thống kê viên", Role.STATISTICIAN, (Scope.locality("VN"),))
    one = _handed_in(path.name, path.read_bytes(), statistician, "VN")
    assert (one.state, one.kind, one.period) == ("ready", "workbook", "2024-11")
    result = actions.confirm(statistician, one)
    assert (Release._base_manager.get().source, result.release.state) == ("gso", "draft")
    assert result.written > 500
