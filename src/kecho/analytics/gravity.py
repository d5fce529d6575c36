"""Gravity of trade by PPML with fixed effects, through pyfixest (extra ``trade``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kecho.kernel.errors import KechoError

Columns = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """An estimate with its standard error (clustered)."""

    name: str
    estimate: float
    error: float


@dataclass(frozen=True, slots=True)
class Gravity:
    """What was estimated on how many observations; ``separated`` rows predict zero exactly and were left out."""

    coefficients: tuple[Coefficient, ...]
    observations: int
    separated: int
    fixed_effects: tuple[str, ...]
    clusters: str

    def of(self, name: str) -> Coefficient:
        """One of them. KechoError ``analytics.unknown_name``."""
        found = next((one for one in self.coefficients if one.name == name), None)
        if found is None:
            raise KechoError("analytics.unknown_name", name=name)
        return found


def ppml(
    columns: Columns, *, trade: str, explained_by: Sequence[str], fixed_effects: Sequence[str], cluster: str
) -> Gravity:
    """``trade = exp(β'x + fixed effects)`` by Poisson pseudo maximum likelihood (Santos Silva & Tenreyro 2006).

    ``columns`` by name, all of one length; zeros of trade stay in. ``fixed_effects`` and ``cluster`` name columns of
    labels, for a panel exporter and importer by year (Yotov, Piermartini, Monteiro & Larch 2016, chapter 1).

    KechoError ``analytics.no_library``, ``analytics.no_columns``, ``analytics.bad_flow`` (negative trade),
    ``analytics.gravity_failed``.
    """
    wanted = [trade, *explained_by, *fixed_effects, cluster]
    missing = [name for name in wanted if name not in columns]
    if missing:
        raise KechoError("analytics.no_columns", missing=", ".join(missing))
    negative = next((value for value in columns[trade] if not value >= 0), None)
    if negative is not None:
        raise KechoError("analytics.bad_flow", place=trade, product="", value=str(negative))
    try:
        import pandas as pd
        import pyfixest
    except ImportError:
        raise KechoError("analytics.no_library", name="pyfixest", extra="trade") from None
    frame = pd.DataFrame({name: list(columns[name]) for name in dict.fromkeys(wanted)})
    formula = f"{trade} ~ {' + '.join(explained_by)} | {' + '.join(fixed_effects)}"
    try:
        fit = pyfixest.fepois(formula, data=frame, vcov={"CRV1": cluster})
    except (ValueError, RuntimeError, KeyError) as problem:
        raise KechoError("analytics.gravity_failed", problem=str(problem)[:200]) from None
    estimates, errors = fit.coef(), fit.se()
    coefficients = tuple(Coefficient(name, float(estimates[name]), float(errors[name])) for name in explained_by)
    used = int(fit._N)
    return Gravity(coefficients, used, len(frame) - used, tuple(fixed_effects), cluster)
