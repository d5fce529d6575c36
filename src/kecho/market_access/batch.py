"""Many questions at once: the ruling of each line, origin and span of days is made once, money is reckoned in columns.

Between two days on which anything changes (a schedule begins, an agreement enters into force, a party cuts) every
answer for a line and an origin is the same. Questions are therefore settled by (line, origin, span) and the duty of all
of them is one multiplication of whole numbers: value in hundredths of its currency times percent in ten-thousandths.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from kecho.kernel.errors import KechoError
from kecho.market_access.agreements import agreements
from kecho.market_access.offers import Ask, Line, Ruling, columns_that_matter, rule, weigh

if TYPE_CHECKING:
    import polars as pl

CENTS = 100
SCALE = 10_000  # of one percent: every printed rate has at most three decimals
LARGEST_VALUE = 9 * 10**10  # in whole units: above it the product would not fit 64 bits


@dataclass(frozen=True, slots=True)
class Settled:
    """What is the same for all questions of one line, origin and span of days.

    ``percent`` and ``mfn`` in ten-thousandths of a percent; ``percent`` is None where the duty needs quantities, or
    where ``problem`` says why there is no answer.
    """

    agreement: str
    percent: int | None
    mfn: int | None
    remarks: int
    problem: str = ""
    ruling: Ruling | None = None


class Desk:
    """Answers questions about one market from its lines in memory."""

    def __init__(self, market: str, lines: Iterable[Line]) -> None:
        self.market = market
        self._lines: dict[str, Line | None] = {}
        schedules = {}
        turns: set[date] = set()
        for line in lines:
            # two lines of one code ("ex A", "ex B"): the code alone does not tell which
            self._lines[line.code] = None if line.code in self._lines else line
            schedules.update({id(source.schedule): source.schedule for source in line.sources})
            turns.update(day for one in line.measures for day in (one.valid_from, one.valid_to) if day)
        self._days = self._change_days([one.layout.cut_days for one in schedules.values()], turns)
        self._valid = (
            min((one.valid_from for one in schedules.values()), default=date.max),
            max((one.valid_to or date.max for one in schedules.values()), default=date.min),
        )
        self._settled: dict[tuple[str, str, int], Settled] = {}
        self._alike: dict[tuple[object, ...], Settled] = {}

    def _change_days(self, cut_days: Sequence[Sequence[tuple[int, int]]], turns: set[date]) -> list[date]:
        days = turns | {member.in_force for one in agreements().values() for member in one.members if member.in_force}
        days |= {date(year, month, day) for year in range(2000, 2060) for cuts in cut_days for month, day in cuts}
        days |= {date(year, 1, 1) for year in range(2000, 2060)}
        return sorted(day for day in days if day is not None)

    def span(self, on: date) -> int:
        """The number of the span of days in which nothing changes."""
        return bisect_right(self._days, on)

    def settle(self, code: str, origin: str, on: date) -> Settled:
        """The answer for a line, an origin and the span of a day, made once."""
        key = (code, origin, self.span(on))
        found = self._settled.get(key)
        if found is None:
            found = self._settled[key] = self._make(code, origin, on)
        return found

    def _make(self, code: str, origin: str, on: date) -> Settled:
        line = self._lines.get(code)
        if line is None or not self._valid[0] <= on < self._valid[1]:
            return _no_answer(self._why_not(code, on))
        cells: list[object] = [origin, self.span(on), line.measures]
        if line.measures:  # whether a measure is for the whole line depends on its code
            cells.append(code)
        for source in line.sources:
            headers = columns_that_matter(source.schedule, origin, on)
            cells.append((id(source.schedule), tuple(map(source.printed.get, headers))))
        alike = tuple(cells)
        found = self._alike.get(alike)
        if found is None:
            found = self._alike[alike] = _settled(rule(line, origin, on))
        return found

    def _why_not(self, code: str, on: date) -> str:
        if not self._valid[0] <= on < self._valid[1]:
            return "market_access.no_schedule_on"
        return "market_access.several_lines" if code in self._lines else "market_access.unknown_code"

    def answer(self, questions: pl.DataFrame) -> pl.DataFrame:
        """One row an answer, in the questions' order.

        Questions: ``code`` and ``origin`` text, ``on`` date, ``value`` in cents, optionally ``kg``, ``pairs`` and
        ``exchange``. Answers add ``agreement``, ``percent``, ``mfn_percent`` (ten-thousandths), ``duty_cents``,
        ``mfn_duty_cents``, ``saved_cents``, ``risk`` and ``problem`` (an error code, empty where there is an answer).
        Money is rounded half up to a cent.
        """
        import polars as pl

        days = questions.select(pl.col("on").unique().sort())
        spans = days.with_columns(pl.Series("span", [self.span(day) for day in days["on"]], dtype=pl.Int32))
        asked = questions.with_row_index("row").join(spans, on="on", how="left", maintain_order="left")
        keys = asked.group_by("code", "origin", "span", maintain_order=True).agg(pl.col("on").first())
        settled = [self.settle(code, origin, day) for code, origin, _, day in keys.iter_rows()]
        answers = keys.drop("on").with_columns(
            pl.Series("agreement", [one.agreement for one in settled], dtype=pl.String),
            pl.Series("percent", [one.percent for one in settled], dtype=pl.Int64),
            pl.Series("mfn_percent", [one.mfn for one in settled], dtype=pl.Int64),
            pl.Series("risk", [one.remarks for one in settled], dtype=pl.Int32),
            pl.Series("problem", [one.problem for one in settled], dtype=pl.String),
            pl.Series("ruled", [one.ruling is not None for one in settled], dtype=pl.Boolean),
        )
        joined = asked.join(answers, on=["code", "origin", "span"], how="left", maintain_order="left")
        whole = pl.col("value")
        priced = joined.with_columns(
            duty_cents=_percent_of(whole, pl.col("percent")),
            mfn_duty_cents=_percent_of(whole, pl.col("mfn_percent")),
        ).with_columns(saved_cents=pl.col("mfn_duty_cents") - pl.col("duty_cents"))
        return self._with_quantities(priced).drop("row", "span", "ruled")

    def _with_quantities(self, priced: pl.DataFrame) -> pl.DataFrame:
        """The questions whose duty is not a plain percent, one by one and exactly."""
        import polars as pl

        special = priced.filter(pl.col("ruled"))
        if special.is_empty():
            return priced
        fixed = []
        for row in special.iter_rows(named=True):
            found = self.settle(row["code"], row["origin"], row["on"])
            fixed.append({"row": row["row"], **self._weigh(found, row)})
        schema = {name: priced.schema[name] for name in fixed[0]}
        return priced.update(pl.DataFrame(fixed, schema=schema), on="row", how="left")

    def _weigh(self, found: Settled, row: dict[str, object]) -> dict[str, object]:
        assert found.ruling is not None
        quantities = {
            unit: Fraction(str(row[name]))
            for name, unit in (("kg", "kg"), ("pairs", "pair"))
            if row.get(name) is not None
        }
        exchange = row.get("exchange")
        ask = Ask(
            Fraction(int(str(row["value"])), CENTS),
            exchange=Fraction(str(exchange)) if exchange is not None else None,
            quantities=quantities,
        )
        answer = weigh(found.ruling, ask)
        if answer.best is None or answer.best.duty is None:
            return {
                "problem": "market_access.no_firm_rate",
                "agreement": "",
                "duty_cents": None,
                "mfn_duty_cents": None,
            }
        mfn = next((one.duty for one in answer.ranked if one.offer.kind == "mfn"), None)
        return {
            "problem": "",
            "agreement": answer.best.offer.agreement,
            "duty_cents": _cents(answer.best.duty),
            "mfn_duty_cents": _cents(mfn) if mfn is not None else None,
        }


def _no_answer(problem: str) -> Settled:
    return Settled("", None, None, 0, problem)


def _settled(ruling: Ruling) -> Settled:
    if not ruling.offers:
        return _no_answer("market_access.no_rate")
    if any(one.percent is None for one in ruling.offers):
        return Settled("", None, None, 0, "", ruling)
    best = weigh(ruling, Ask(Fraction(1))).best
    if best is None or best.offer.percent is None:
        return _no_answer("market_access.no_firm_rate")
    mfn = ruling.mfn.percent if ruling.mfn else None
    scaled_mfn = _scaled(mfn) if mfn is not None else None
    return Settled(best.offer.agreement, _scaled(best.offer.percent), scaled_mfn, best.offer.risk)


def _percent_of(value: pl.Expr, percent: pl.Expr) -> pl.Expr:
    """``value × percent / 100`` in whole numbers, halves up."""
    divisor = SCALE * 100
    return (value * percent * 2 + divisor) // (2 * divisor)


def _scaled(percent: Fraction) -> int:
    scaled = percent * SCALE
    if scaled.denominator != 1:
        raise KechoError("market_access.too_many_decimals", value=str(percent))
    return scaled.numerator


def _cents(money: Fraction) -> int:
    doubled = money * CENTS * 2 + 1
    return doubled.numerator // doubled.denominator // 2
