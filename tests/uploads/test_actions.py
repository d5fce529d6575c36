"""Files handed in: kept, read, mapped, tried, confirmed; and what two people do at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from kecho.kernel.errors import KechoError
from kecho.observatory import queries as figures
from kecho.observatory.models import Observation, Release
from kecho.observatory.queries import SeriesKey
from kecho.people.actors import Actor, Role, Scope
from kecho.people.models import AuditEvent
from kecho.people.viewing import seen_by
from kecho.uploads import actions, files, forms, queries, stored
from kecho.uploads.actions import Incoming
from kecho.uploads.models import MappingVersion, Upload
from tests.intake import hostile
from tests.intake.own import books
from tests.uploads.conftest import OFFICER

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Actor("Quản trị", Role.ADMINISTRATOR, (Scope.everywhere(),))
ELSEWHERE = Actor("Nơi khác", Role.OFFICER, (Scope.locality("VN-SG"),))


def _incoming(path: Path, name: str = "") -> Incoming:
    data = path.read_bytes()
    return Incoming(name or path.name, [data], len(data))


def _handed_in(path: Path, name: str = "") -> Upload:
    (made,) = actions.receive(OFFICER, "VN-HN", [_incoming(path, name)])
    if made.state == "waiting":
        actions.read(made.pk)
    made.refresh_from_db()
    return made


def _mapped(one: Upload, period: str = "") -> Upload:
    mappings = [forms.mapping_of(one, view) for view in stored.views_of(one.survey)]
    actions.try_mappings(OFFICER, one, mappings, period)
    one.refresh_from_db()
    return one


def test_a_file_becomes_a_draft_whose_figures_lead_to_their_cells(tmp_path: Path) -> None:
    one = _handed_in(books.save(tmp_path / "sp.xlsx", books.PRODUCTS), "Sản phẩm tháng 5.xlsx")
    assert (one.state, one.kind, one.period) == ("asked", "own", "2026-05")
    one = _mapped(one, "2026-05")
    assert (one.state, one.trial["rows"], one.trial["unmapped"]) == ("ready", 12, ["Sản phẩm lạ chưa có"] * 2)
    result = actions.confirm(OFFICER, one, names={one.mappings[0]["signature"]: "Sản phẩm Sở"})
    one.refresh_from_db()
    assert (one.state, one.release_id, result.release.state) == ("stored", result.release.id, "draft")
    row = Observation._base_manager.get(series__indicator__code="industrial_product_stock", series__breakdown="beer")
    assert (row.sheet, row.cell, str(row.value)) == ("Sheet1", "H5", "0.035"), (
        "35 thousand litres in the catalogue's million litres"
    )
    with seen_by(OFFICER):
        assert figures.points(SeriesKey("industrial_product", "beer", "VN-HN")), "the drafter sees the draft"
    assert not figures.points(SeriesKey("industrial_product", "beer", "VN-HN")), "the public does not"
    assert set(AuditEvent.objects.values_list("action", flat=True)) >= {
        "uploads.receive",
        "uploads.confirm",
        "uploads.remember",
    }


def test_next_month_is_read_without_asking_and_a_changed_layout_is_asked(tmp_path: Path) -> None:
    one = _mapped(_handed_in(books.save(tmp_path / "a.xlsx", books.PRODUCTS)))
    actions.confirm(OFFICER, one, names={one.mappings[0]["signature"]: "Sản phẩm Sở"})
    june = [
        [cell.replace("tháng 5", "tháng 6") if isinstance(cell, str) else cell for cell in row]
        for row in books.PRODUCTS
    ]
    two = _handed_in(books.save(tmp_path / "b.xlsx", june, down=4, names=("T6",)))
    assert (two.state, two.period, two.trial["rows"]) == ("ready", "2026-06", 12)
    june[3] = [*june[3][:7], "Tồn cuối kỳ", june[3][8]]
    changed = _handed_in(books.save(tmp_path / "c.xlsx", june))
    (view,) = stored.views_of(changed.survey)
    difference = forms.changed_from(view)
    assert difference is not None and difference.text == "+ Tồn cuối kỳ; − Tồn kho"
    assert forms.mapping_of(changed, view).indicator == "industrial_product"
    assert (changed.state, changed.mappings) == ("asked", [])


def test_a_version_is_added_with_a_reason_and_none_without_a_change(tmp_path: Path) -> None:
    one = _mapped(_handed_in(books.save(tmp_path / "a.xlsx", books.PRODUCTS)))
    (mapping,) = (forms.mapping_of(one, view) for view in stored.views_of(one.survey))
    mapping = replace(mapping, name="Sản phẩm")
    assert actions.remember(OFFICER, mapping, "VN-HN").version == 1
    assert actions.remember(OFFICER, mapping, "VN-HN").version == 1
    with pytest.raises(KechoError) as refused:
        actions.remember(OFFICER, replace(mapping, stage="official"), "VN-HN")
    assert refused.value.code == "uploads.mapping_reason"
    assert actions.remember(OFFICER, replace(mapping, stage="official"), "VN-HN", "đã chốt").version == 2
    assert [(one.stage, one.version) for one in queries.remembered("Sản phẩm")] == [("official", 2)]
    with pytest.raises(KechoError) as denied:
        actions.remember(ELSEWHERE, replace(mapping, stage="estimate"), "VN-SG", "của nơi khác")
    assert denied.value.code == "people.denied"
    with pytest.raises(KechoError):
        MappingVersion.objects.first().delete()


def test_findings_need_a_reason(tmp_path: Path) -> None:
    one = _mapped(_handed_in(books.save(tmp_path / "ccn.xlsx", books.cluster_report(r18=401))))
    assert [error.code for error in stored.errors_of(one.trial["findings"])] == ["intake.form_exceeds"]
    with pytest.raises(KechoError) as refused:
        actions.confirm(OFFICER, one)
    assert refused.value.code == "uploads.needs_reason"
    assert not Release._base_manager.exists()
    assert actions.confirm(OFFICER, one, "Huyện đã xác nhận").release.reason == "Huyện đã xác nhận"
    stored_period = Observation._base_manager.values_list("calendar", flat=True).distinct()
    assert list(stored_period) == ["admin14"]


def test_a_cumulative_row_that_falls_is_told(tmp_path: Path) -> None:
    first = _mapped(_handed_in(books.save(tmp_path / "a.xlsx", books.cluster_report(r3=45, r14=3100))))
    with seen_by(OFFICER):
        actions.confirm(OFFICER, first)
        year = [[str(cell).replace("6 tháng đầu năm 2026", "năm 2026") if row == 0 else cell for cell in line]
                for row, line in enumerate(books.cluster_report(r3=44, r14=3100))]  # fmt: skip
        second = _mapped(_handed_in(books.save(tmp_path / "b.xlsx", year)))
    findings = stored.errors_of(second.trial["findings"])
    assert [(one.code, one.params["row"], one.params["last"]) for one in findings] == [("intake.form_fell", "3", "45")]


def test_two_hand_in_the_same_bytes_at_once(tmp_path: Path, home: Path) -> None:
    data = books.save(tmp_path / "a.xlsx", books.PRODUCTS).read_bytes()
    kept: list[tuple[str, int]] = []
    threads = [threading.Thread(target=lambda: kept.append(files.keep([data], ".xlsx"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(kept)) == 1 and len(kept) == 4
    (path,) = (path for path in home.rglob("*") if path.is_file())
    assert path.read_bytes() == data


def test_the_same_file_twice_makes_one_release(tmp_path: Path) -> None:
    path = books.save(tmp_path / "a.xlsx", books.PRODUCTS)
    first, second = _mapped(_handed_in(path)), _mapped(_handed_in(path, "copy.xlsx"))
    assert first.sha256 == second.sha256
    made, again = actions.confirm(OFFICER, first), actions.confirm(OFFICER, second)
    assert (made.is_new, again.is_new, made.release.id) == (True, False, again.release.id)
    assert Release._base_manager.count() == 1


def test_who_may_not_import_there_is_refused(tmp_path: Path) -> None:
    path = books.save(tmp_path / "a.xlsx", books.PRODUCTS)
    with pytest.raises(KechoError) as refused:
        actions.receive(ELSEWHERE, "VN-HN", [_incoming(path)])
    assert refused.value.code == "people.denied"
    one = _handed_in(path)
    with pytest.raises(KechoError) as unknown:
        queries.upload(ELSEWHERE, one.pk)
    assert unknown.value.code == "uploads.unknown_upload"
    assert queries.visible(ELSEWHERE) == []


REFUSED = {
    "a web page": ("a.xls", b"<html><table></table>", "intake.not_a_workbook"),
    "a program": ("a.exe", b"MZ", "intake.unknown_extension"),
    "empty": ("a.xlsx", b"", "intake.empty_file"),
    "macros": ("a.xlsm", b"PK", "intake.unknown_extension"),
    "cut short": ("a.xlsx", b"PK\x03\x04 half a file", "intake.truncated"),
    "entities": (
        "a.xlsx",
        hostile.changed(hostile.workbook(), {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "intake.xml_entities",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_what_the_guard_refuses_leaves_no_bytes(case: tuple[str, bytes, str], home: Path) -> None:
    name, data, code = case
    (one,) = actions.receive(OFFICER, "VN-HN", [Incoming(name, [data], len(data))])
    assert (one.state, [error.code for error in stored.errors_of(one.errors)]) == ("refused", [code])
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_a_zip_bomb_is_refused_before_it_is_unpacked(home: Path) -> None:
    bomb = hostile.changed(hostile.workbook(), {"xl/worksheets/sheet1.xml": b"0" * (40 << 20)})
    (one,) = actions.receive(OFFICER, "VN-HN", [Incoming("a.xlsx", [bomb], len(bomb))])
    assert one.errors[0]["code"] == "intake.zip_bomb"
    assert [path for path in home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\a\\b.csv", "b.csv"),
        ("a\x00b\n.csv", "a�b�.csv"),
        ("=cmd|'/c calc'!A1.csv", "c calc'!A1.csv"),
        ("x" * 400 + ".csv", "x" * 200 + ".csv"),
        ("..", "?"),
    ],
)
def test_names_lose_their_folders_and_signs(name: str, kept: str) -> None:
    assert actions.own_name(name) == kept


def test_bytes_lie_under_their_hash_and_are_private(tmp_path: Path, home: Path) -> None:
    one = _handed_in(books.save(tmp_path / "a.xlsx", books.PRODUCTS), "../Tên dài.xlsx")
    (path,) = (path for path in home.rglob("*") if path.is_file())
    assert path == files.path_of(one.sha256, ".xlsx")
    assert path.stat().st_mode & 0o077 == 0


def test_formulas_in_labels_stay_text(tmp_path: Path) -> None:
    rows = [*books.PRODUCTS, [4, '=HYPERLINK("http://x.example","Bia")', "Tấn", 1, 2, 3, 4, 5, 6]]
    one = _mapped(_handed_in(books.save(tmp_path / "a.xlsx", rows)))
    assert '=HYPERLINK("http://x.example","Bia")' in one.trial["unmapped"]


def test_retention_deletes_bytes_and_keeps_the_row(tmp_path: Path, home: Path) -> None:
    path = books.save(tmp_path / "a.xlsx", books.PRODUCTS)
    one, two = _handed_in(path), _handed_in(path)
    Upload.objects.filter(pk=one.pk).update(changed_at="2020-01-01T00:00:00Z")
    assert actions.purge(ADMINISTRATOR, 365) == 0, "the second upload still needs the bytes"
    Upload.objects.filter(pk=two.pk).update(changed_at="2020-01-01T00:00:00Z")
    assert actions.purge(ADMINISTRATOR, 365) == 1
    assert [path for path in home.rglob("*") if path.is_file()] == []
    assert set(Upload.objects.values_list("state", flat=True)) == {"cancelled"}
    with pytest.raises(KechoError):
        actions.purge(OFFICER, 365)


def test_a_cancelled_file_goes_nowhere(tmp_path: Path) -> None:
    one = _mapped(_handed_in(books.save(tmp_path / "a.xlsx", books.PRODUCTS)))
    actions.cancel(OFFICER, one)
    for late in (lambda: actions.confirm(OFFICER, one), lambda: actions.cancel(OFFICER, one)):
        with pytest.raises(KechoError) as refused:
            late()
        assert refused.value.code == "uploads.just_changed"
    assert not Release._base_manager.exists()


def test_who_comes_second_is_told(tmp_path: Path) -> None:
    one = _mapped(_handed_in(books.save(tmp_path / "a.xlsx", books.PRODUCTS)))
    late = Upload.objects.get(pk=one.pk)
    actions.confirm(OFFICER, one)
    with pytest.raises(KechoError) as refused:
        actions.confirm(OFFICER, late)
    assert refused.value.code == "uploads.just_changed"
    assert Release._base_manager.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_succeeds(tmp_path: Path) -> None:
    one = _mapped(_handed_in(books.save(tmp_path / "a.xlsx", books.PRODUCTS)))
    said: list[str] = []
    if connection.vendor == "sqlite":
        pytest.skip(
            "the tests' SQLite lies in memory and is shared by threads: tests/uploads/test_postgres.py runs this"
        )
    start = threading.Barrier(2)

    def confirm() -> None:
        start.wait()
        try:
            actions.confirm(OFFICER, Upload.objects.get(pk=one.pk))
            said.append("stored")
        except KechoError as refused:
            said.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["stored", "uploads.just_changed"]
    assert Release._base_manager.count() == 1
