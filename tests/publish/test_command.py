"""``kecho report``: what it writes, what it says, and that the manual names all of it."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.publish import rendering
from kecho.publish import report as report_module
from kecho.publish.commands.report import Format, Language, report
from kecho.publish.words import table

from .factory import report as made_report

DOCS = Path(__file__).parents[2] / "docs"
SIGNATURES = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "html": b"<!do"}


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The command with a report that needs no database."""
    monkeypatch.setattr(report_module, "compose", lambda place, month, lang, as_of: made_report(lang))
    app = typer.Typer()
    app.command()(report)
    return app


@pytest.mark.parametrize("form", list(SIGNATURES))
def test_each_format_is_written_where_asked(command: typer.Typer, form: str, tmp_path: Path) -> None:
    path = tmp_path / "new" / f"r.{form}"
    result = CliRunner().invoke(command, ["2025-02", "--format", form, "--out", str(path)])
    assert result.exit_code == 0, result.output
    assert result.output.strip() == str(path)
    assert path.read_bytes().startswith(SIGNATURES[form])


def test_a_folder_gets_the_reports_own_name(command: typer.Typer, tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["2025-02", "--locality", "VN-HN", "--format", "xlsx", "--out", str(tmp_path)])
    assert result.output.strip() == str(tmp_path / "bao-cao-VN-HN-2025-02.xlsx")
    assert rendering.file_name("VN", Period.parse("2025-02"), "en", "pdf") == "report-VN-2025-02.pdf"


def test_a_place_that_cannot_be_written_is_a_coded_error(command: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = CliRunner().invoke(command, ["2025-02", "--format", "html", "--out", str(tmp_path / "file" / "r.html")])
    assert isinstance(result.exception, KechoError)
    assert result.exception.code == "publish.cannot_write"


@pytest.mark.parametrize("words", [["2025-13"], ["tháng 2"], [""]])
def test_a_period_that_is_none_is_a_coded_error(command: typer.Typer, words: list[str]) -> None:
    result = CliRunner().invoke(command, words)
    assert isinstance(result.exception, KechoError)
    assert result.exception.code == "kernel.bad_period"


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KechoError) as caught:
        rendering.render(made_report(), tmp_path / "r.odt", "odt")
    assert caught.value.code == "publish.unknown_format"


# ---- the manual


def test_the_manual_names_every_option_format_and_section() -> None:
    page = (DOCS / "reference" / "report.md").read_text("utf-8")
    for word in ("--locality", "--lang", "--format", "--out", "--as-of", *Format, *Language):
        assert f"`{word}`" in page, word
    for name in ("industry", "domestic", "external", "programmes", "plan", "overview"):
        assert f"`{name}`" in page, name
    entries = tomllib.loads(resources.files("kecho.publish").joinpath("agencies.toml").read_text("utf-8"))["agency"]
    for entry in entries:
        assert entry["locality"] in page


def test_the_manual_prints_every_pattern_of_the_grammar() -> None:
    page = (DOCS / "reference" / "report-wording.md").read_text("utf-8")
    for lang in ("vi", "en"):
        for name, pattern in table("grammar.toml", lang).items():
            assert f"| `{name}` |" in page, name
            assert pattern.replace("|", " / ").strip() in page, (lang, name)


def test_both_languages_have_the_same_phrases_with_the_same_places() -> None:
    from string import Formatter

    for file in ("grammar.toml", "wording.toml"):
        vi, en = table(file, "vi"), table(file, "en")
        assert set(vi) == set(en)
        for name in vi:
            places = [{field for _, field, _, _ in Formatter().parse(text[name]) if field} for text in (vi, en)]
            assert places[0] == places[1], name
