"""The catalogue of errors is complete, formats, and holds exactly the codes that the source uses."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from kecho.kernel import errors
from kecho.kernel.errors import KechoError, KechoErrors, Location, catalogue

SOURCE = Path(errors.__file__).resolve().parents[1]
_CODE = re.compile(r"^[a-z_]+\.[a-z0-9_]+$")


@cache
def _keywords_by_code() -> dict[str, list[set[str] | None]]:
    """Codes raised as ``KechoError("room.name", …)`` and the names passed; None where ``**`` hides them."""
    found: dict[str, list[set[str] | None]] = defaultdict(list)
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            code = node.args[0].value
            if name != "KechoError" or not isinstance(code, str):
                continue
            names = [keyword.arg for keyword in node.keywords]
            found[code].append(None if None in names else {name for name in names if name} - {"where"})
    return found


@cache
def _strings() -> set[str]:
    """Every string of the source that looks like ``room.name``: codes also travel through tables and helpers."""
    found = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.match(node.value):
                found.add(node.value)
    for file in SOURCE.rglob("*.toml"):  # forms and rules name the reason for what they leave out
        if file.parent.name != "messages":
            found |= set(re.findall(r'"([a-z_]+\.[a-z0-9_]+)"', file.read_text("utf-8")))
    return found


def test_every_code_used_is_in_the_catalogue() -> None:
    assert set(_keywords_by_code()) - set(catalogue()) == set()


def test_every_entry_is_used() -> None:
    assert set(catalogue()) - _strings() == set()


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_entry_is_whole(code: str) -> None:
    message = catalogue()[code]
    for sentence in (message.vi, message.en, message.do_vi, message.do_en):
        assert sentence == sentence.strip()
        is_closed = sentence[-1] in ".?!…" or re.search(r": \{\w+\}$", sentence)  # or quotes what a tool said
        assert is_closed, f"{code}: a sentence ends with a full stop: {sentence}"
    assert message.vi != message.en
    assert message.do_vi != message.do_en
    assert not re.search(r"\b[Tt]ỉ\b", message.vi + message.do_vi), "tỷ, never tỉ"


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_entry_formats_with_its_fields(code: str) -> None:
    message = catalogue()[code]
    error = KechoError(code, **dict.fromkeys(message.fields(), "X"))
    for lang in errors.LANGUAGES:
        assert "{" not in error.text(lang)
        assert error.text(lang).startswith(f"[{code}]")


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_whoever_raises_it_names_its_values(code: str) -> None:
    needed = catalogue()[code].fields()
    for given in _keywords_by_code().get(code, []):
        assert given is None or needed <= given, f"{code} needs {sorted(needed)}, got {sorted(given)}"


def test_place_as_a_spreadsheet_shows_it() -> None:
    where = Location("a.xlsx", "14.XK", 9, "D")
    assert where.cell == "D9"
    assert where.text("vi") == "tệp a.xlsx, trang tính “14.XK”, ô D9"
    assert where.text("en") == "file a.xlsx, sheet “14.XK”, cell D9"
    assert Location("a.csv", row=7).text("vi") == "tệp a.csv, dòng 7"
    assert Location(column="period").text("en") == "column period"
    assert Location().text() == ""


def test_error_as_text_and_as_json() -> None:
    error = KechoError("kernel.bad_period", where=Location("a.csv", row=3), value="2025-13")
    assert error.text("en").startswith("[kernel.bad_period] file a.csv, row 3: “2025-13” is not a period. Write ")
    told = error.as_dict()
    assert told["code"] == "kernel.bad_period"
    assert told["row"] == 3
    assert "2025-13" in told["what_vi"]
    assert str(error) == error.text("en")


def test_several_errors_are_listed_together() -> None:
    both = KechoErrors([KechoError("kernel.bad_period", value=value) for value in ("a", "b")])
    assert both.code == "kernel.several"
    assert "“a”" in both.text("vi")
    assert "“b”" in both.text("vi")
    assert both.what("en") == "2 problems."
