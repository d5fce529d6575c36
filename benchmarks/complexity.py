"""Economic complexity, proximity and density of 238 places × 5,000 products, beside the package `ecomplexity`."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from benchmarks.measure import Figure, alone

PLACES, PRODUCTS, SEED = 238, 5_000, 20261128


def table() -> Any:
    """Random exports, skewed, a place stronger the higher its number (fictional)."""
    import numpy as np

    rng = np.random.default_rng(SEED)
    reach = np.linspace(0.05, 0.9, PLACES)[:, None]
    return rng.pareto(1.1, (PLACES, PRODUCTS)) * (rng.random((PLACES, PRODUCTS)) < reach) * 1e6


def ours() -> Any:
    """ECI, PCI, proximity and density."""
    from kecho.analytics import competitiveness as methods

    present = methods.presence(methods.balassa(table()))
    found = methods.complexity(present)
    near = methods.density(present, methods.proximity(present))
    return found.places, float(near.sum())


def theirs() -> Any:
    """The same by `ecomplexity` (which also reckons the outlook indices)."""
    import contextlib
    import io
    import warnings

    import pandas as pd
    from ecomplexity import ecomplexity

    values = table()
    places = [f"c{at:03}" for at in range(PLACES)]
    frame = pd.DataFrame(
        {
            "time": 2000,
            "loc": [place for place in places for _ in range(PRODUCTS)],
            "prod": [f"p{at:04}" for at in range(PRODUCTS)] * PLACES,
            "val": values.ravel(),
        }
    )
    names = {"time": "time", "loc": "loc", "prod": "prod", "val": "val"}
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        found = ecomplexity(frame, names)
    return found.drop_duplicates("loc").set_index("loc")["eci"].reindex(places).to_numpy()


def run() -> list[Figure]:
    """Time, memory and the greatest difference of an index of a place."""
    import numpy as np

    mine = alone(ours)
    peer = alone(theirs)
    eci, reference = mine.result[0], peer.result
    known = ~np.isnan(reference)
    apart = float(np.abs(eci[known] - (reference[known] - reference[known].mean()) / reference[known].std()).max())
    beside = f"ecomplexity {version('ecomplexity')}: {peer.wall:.1f} s, {peer.peak_mb:.0f} MB"
    size = f"{PLACES} × {PRODUCTS:,}"
    return [
        Figure(
            f"ECI, proximity, density, {size}", f"{mine.wall:.2f}", "s", "< 3 s", beside, f"{mine.wall / peer.wall:.3f}"
        ),
        Figure("its memory", f"{mine.peak_mb:.0f}", "MB", "< 1000", "", f"{mine.peak_mb / peer.peak_mb:.2f}"),
        Figure("greatest difference of an ECI from the peer's", f"{apart:.1e}", "sd", "1e-10"),
    ]
