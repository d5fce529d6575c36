"""Outlooks: what they say, that they never look ahead, and that bad series are answered or refused, never a crash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.outlook import output, queries, storing
from kecho.outlook.answers import Outlook
from kecho.outlook.models import KeptOutlook
from kecho.outlook.shown import show
from kecho.outlook.written import read, write
from kecho.people.actors import command_line
from kecho.plan import actions as plan_actions
from kecho.web.cli import application

from .makers import BAD, EXPORTS, PLAN, as_levels, levels, release, seasonal, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, "utf-8")
    plan_actions.import_plan(file, command_line())


def ask(as_of: date | None = None, breakdown: str = "") -> Outlook:
    found = queries.outlook("export_turnover", "VN-HN", breakdown, as_of)
    assert found is not None
    return found


def run(*arguments: str) -> str:
    result = CliRunner(env={"COLUMNS": "160"}).invoke(
        application(["outlook"]), ["outlook", "--locality", "VN-HN", *arguments]
    )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def numbers(value: Any) -> Iterator[float]:
    """Every float in a JSON-like value."""
    if isinstance(value, dict):
        for one in value.values():
            yield from numbers(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, float):
        yield value


def test_a_steady_series_goes_on(plan: None) -> None:
    store(EXPORTS, levels("2019-01", 65), release("2024-06-06"))
    found = ask()
    assert (found.year, found.ahead[0].period.code, len(found.ahead)) == (2024, "2024-06", 12)
    for one in found.ahead:
        assert abs(one.median / seasonal(one.period.start) - 1) < 0.05
        assert (
            one.intervals[95][0] <= one.intervals[80][0] <= one.median <= one.intervals[80][1] <= one.intervals[95][1]
        )
    end = found.year_end(2024)
    assert end.months_known == 5
    assert abs(end.growth_pct - 7.4) < 2  # 0.6 % a month
    range_, level, *rest = queries.targets(found, 2024)
    assert not rest
    assert (range_.row.target.spec.code, level.row.target.spec.code) == ("exports", "exports_level")
    assert range_.chance is not None and level.chance is not None
    assert range_.chance.below + range_.chance.inside + range_.chance.above == 1
    assert range_.chance.above > 0.5  # 7.4 % against 4 to 5 %
    assert level.chance.below > 0.99  # 20 billion against 17 thousand million
    assert range_.required is not None and range_.required.growth_pct < 5
    assert [one.period.code for one in range_.required.months][::6] == ["2024-06", "2024-12"]


def test_from_july_on_the_year_to_come_is_told_too() -> None:
    store(EXPORTS, levels("2019-01", 67), release("2024-08-06"))
    found = ask()
    assert found.ahead[-1].period.code == "2025-12"
    assert show(found, 2025).year_end is not None


def test_parts_and_total_add_up_in_every_month_ahead() -> None:
    of = release("2024-06-06")
    parts = {"domestic": lambda m: 0.4 * seasonal(m, 0.003), "fdi": lambda m: 0.6 * seasonal(m, 0.009)}
    for part, level in parts.items():
        store(replace(EXPORTS, breakdown=part), levels("2019-01", 65, level), of)
    total = levels("2019-01", 65, lambda m: sum(level(m) for level in parts.values()))
    store(EXPORTS, total, of)
    whole, domestic, fdi = (ask(breakdown=part) for part in ("", "domestic", "fdi"))
    assert whole.made.moved_pct is not None
    for three in zip(whole.ahead, domestic.ahead, fdi.ahead, strict=True):
        assert abs(three[0].median - three[1].median - three[2].median) < 1e-6 * three[0].median
    assert KeptOutlook.objects.count() == 3  # one computation keeps the whole family


def test_it_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    store(EXPORTS, levels("2019-01", 65), release("2024-06-06"))
    first = ask()
    monkeypatch.setattr(storing, "make_family", lambda *_: pytest.fail("computed again"))
    assert ask().made == first.made
    store(replace(EXPORTS, locality="VN"), levels("2019-01", 65), release("2024-07-06"))
    assert ask().made == first.made  # figures of another place change nothing


def test_whoever_does_not_wait_finds_it_later() -> None:
    store(EXPORTS, levels("2019-01", 65), release("2024-06-06"))
    assert queries.outlook("export_turnover", "VN-HN", wait=0) is None
    assert ask().made.forecast is not None


def test_answers_come_back_from_the_table_as_they_were() -> None:
    store(EXPORTS, levels("2019-01", 65), release("2024-06-06"))
    made = ask().made
    assert read(json.loads(json.dumps(write(made)))) == made


def test_later_figures_never_change_an_earlier_outlook(plan: None) -> None:
    """No look-ahead: as of a day, the answer is what it was on that day, whatever was published or revised since."""
    store(EXPORTS, levels("2019-01", 60), release("2024-01-06"))
    for month in levels("2024-01", 5):
        store(EXPORTS, levels(month.code, 1), published(month))
    day = date(2024, 3, 10)
    before = output.as_dict(show(ask(day), 2024))
    later = release("2024-09-01")
    store(EXPORTS, {month: value * 3 for month, value in levels("2019-01", 65).items()}, later)
    store(replace(EXPORTS, measure="index_py"), {Period.ytd(2024, 2): 300}, later, unit="percent")
    for part in ("domestic", "fdi"):
        store(replace(EXPORTS, breakdown=part), levels("2019-01", 65), later)
    assert output.as_dict(show(ask(day), 2024)) == before
    assert output.as_dict(show(ask(), 2024)) != before
    assert before["last_month"] == "2024-02"


def published(month: Period) -> Any:
    after = month.shift(months=1)
    return release(f"{after.year}-{after.month:02d}-06")


def test_a_year_that_is_over_has_a_result_and_no_chance(plan: None) -> None:
    store(EXPORTS, levels("2019-01", 72), release("2025-01-06"))
    shown = show(ask(), 2024)
    assert shown.year_end is not None and shown.year_end.is_known
    assert not shown.scenarios
    assert all(one.is_over and one.chance is None for one in shown.targets)


def test_a_year_out_of_reach_is_refused() -> None:
    store(EXPORTS, levels("2019-01", 65), release("2024-06-06"))
    found = ask()
    for year in (1990, 2018, 2026, 9999):
        with pytest.raises(KechoError) as raised:
            show(found, year)
        assert raised.value.code == "outlook.bad_year"


@pytest.mark.parametrize("name", BAD)
def test_bad_series_are_answered_or_refused_with_a_code(name: str, plan: None) -> None:
    values = as_levels("2020-01", BAD[name])
    store(EXPORTS, values, release("2024-06-06"))
    for form in ("json", "csv", "table"):
        for lang in ("vi", "en"):
            text = run("export_turnover", "--format", form, "--lang", lang)
            assert text
            assert "nan" not in text.lower().replace("finance", "")
            assert "infinity" not in text.lower()
    told = json.loads(run("export_turnover", "--format", "json"))
    assert all(map(isfinite, numbers(told)))
    forecast = told["forecast"]
    assert ("refused" in forecast) != ("months" in forecast)
    if "refused" in forecast:
        assert forecast["refused"]["code"].startswith("analytics.")
        assert all(one["chance"] is None for one in told["targets"] if not one["is_over"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["export_turnover"], "outlook.no_months"),
        (["no_such_thing"], "observatory.unknown_indicator"),
        (["export_turnover", "--as-of", "2024-02-31"], "outlook.bad_date"),
        (["--year", "2024"], "plan.no_plan"),
    ],
)
def test_the_command_refuses_with_a_code(arguments: list[str], code: str) -> None:
    with pytest.raises(KechoError) as raised:
        run(*arguments)
    assert raised.value.code == code


def test_the_command_computes_the_targets_of_a_year(plan: None) -> None:
    store(EXPORTS, levels("2019-01", 65), release("2024-06-06"))
    text = run("--year", "2024", "--lang", "en")
    assert text.count("Chance of keeping the target") == 2
    rows = run("export_turnover", "--format", "csv").splitlines()
    assert rows[0].startswith("month,kind,value,naive")
    assert sum(",known," in row for row in rows) == 65
    assert sum(",forecast," in row for row in rows) == 12
    chances = queries.chances(queries.plan.board("VN-HN", 2024).rows, None)
    assert len(chances) == 2
