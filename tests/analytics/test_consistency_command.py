"""``kecho consistency`` from the outside: words in both languages, JSON, exit status, refusals."""

from __future__ import annotations

import doctest
import importlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kecho.kernel.errors import KechoError
from kecho.web.cli import application

FOLDER = Path(__file__).with_name("consistency_cases")
EXPORTS, CERTIFICATES = FOLDER / "hanoi-exports-2024.toml", FOLDER / "origin-certificates-2022.toml"


def run(*words: object) -> Result:
    return CliRunner().invoke(application(["consistency", "assess"]), ["consistency", *map(str, words)])


def test_what_follows_in_vietnamese() -> None:
    result = run(EXPORTS)
    assert result.exit_code == 0
    assert "Các nhận định cùng đúng được (7 nhận định)." in result.stdout
    assert "  xuất khẩu 5T/2024: từ 7,076 đến 7,150 tỷ USD" in result.stdout
    assert "  tốc độ tăng của FDI 5T/2024 so với FDI 5T/2023: từ 3,54 đến 3,90%" in result.stdout


def test_a_clash_in_english_with_its_sentences() -> None:
    result = run(CERTIFICATES, "--lang", "en")
    assert result.exit_code == 3
    lines = result.stdout.splitlines()
    assert "The statements cannot all be true (3 statements)." in lines
    at = next(number for number, line in enumerate(lines) if line.startswith("  (3) growth of C/O 2022 on C/O 2021"))
    assert "“tăng 13,18%”" in lines[at]
    assert lines[at + 1].strip() == "would fit as 13.27 to 13.43%"
    assert lines[-1] == "At least 1 must be dropped, for example (3)."


def test_json_holds_exact_ends_and_both_languages() -> None:
    told = json.loads(run(EXPORTS, "--format", "json").stdout)
    assert told["possible"] is True
    total = told["ranges"][0]
    assert total["text_vi"] == "xuất khẩu 5T/2024"
    assert (total["low_exact"], total["high_exact"]) == ("8300/1173", "143/20")
    assert total["range_en"] == "7.076 to 7.150 billion USD"
    clash = json.loads(run(CERTIFICATES, "--format", "json").stdout)
    assert clash["clash"] == [1, 2, 3]
    assert clash["ranges"] == []
    assert clash["statements"][2]["would_fit"]["range_vi"] == "từ 13,27 đến 13,43%"


def test_a_fictional_text_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text('fictional = true\n[[statement]]\nlevel = "a"\nvalue = "hơn 5"\n', "utf-8")
    assert "Số liệu giả định, chỉ để minh họa." in run(file).stdout
    assert "Fictional figures, for illustration." in run(file, "--lang", "en").stdout
    assert "  a: more than 5" in run(file, "--lang", "en").stdout


def test_a_question_without_an_answer_says_why_and_the_others_are_answered(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    level = '[[statement]]\nlevel = "{}"\nvalue = "{}"\n'
    asked = '[[question]]\ngrowth = "now"\nfrom = "{}"\n'
    file.write_text(
        level.format("now", "5") + level.format("then", "exactly 0") + asked.format("then") + asked.format("never"),
        "utf-8",
    )
    result = run(file, "--lang", "en")
    assert result.exit_code == 0
    assert "growth of now on then: The statements force “then” to be zero or negative" in result.stdout
    assert "growth of now on never: No statement mentions “never”." in result.stdout
    assert "  now: 4.5 to 5.5" in result.stdout
    told = json.loads(run(file, "--format", "json").stdout)
    assert told["ranges"][2]["error"]["code"] == "analytics.base_not_positive"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "analytics.text_no_file"),
        (b"\xff\xfe\x00", "analytics.text_not_utf8"),
        (b"#" * 1_000_001, "analytics.text_too_large"),
        (b"a = [", "analytics.text_bad_toml"),
        (b"\x00", "analytics.text_bad_toml"),
        (b"a = " + b"[" * 20_000, "analytics.text_bad_toml"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None, code: str) -> None:
    file = tmp_path / "a.toml"
    if content is not None:
        file.write_bytes(content)
    error = run(file).exception
    assert isinstance(error, KechoError)
    assert error.code == code
    assert error.where.file == "a.toml"


@pytest.mark.parametrize("module", ["figures", "statements", "verdict", "telling"])
def test_examples_in_docstrings(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"kecho.analytics.consistency.{module}"))
    assert result.attempted > 0
    assert result.failed == 0
