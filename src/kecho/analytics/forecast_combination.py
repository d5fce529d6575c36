"""One path from several: half their median, half their mean weighted by how each did before.

The median shrugs off a wild path; the mean lets seasonal naive in, and more of whatever erred less at the series' own
earlier origins. What was compared, and on which series, stands in docs/explanation/forecasts.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kecho.analytics.forecast_models import Array

NAIVE = "naive"
LEAST_ERROR = 1e-3  # of the largest: a model that was perfect by chance does not take all the weight


def combined(paths: Mapping[str, Array], weights: Mapping[str, float]) -> Array:
    """The path. The median is of the models, the mean also of seasonal naive.

    Paths without a weight are left out of the mean; where none has one, all count alike.
    """
    import numpy as np

    middle = np.median([path for name, path in paths.items() if name != NAIVE], axis=0)
    given = {name: weights[name] for name in paths if name in weights} or dict.fromkeys(paths, 1.0)
    total = sum(given.values())
    mean = sum((weight / total * paths[name] for name, weight in given.items()), np.zeros(len(middle)))
    path: Array = (middle + mean) / 2
    return path


def weights(errors: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """One over each path's mean error at earlier origins, for the paths that were there at all of them.

    >>> weights([{"theta": 1.0, "naive": 2.0}, {"theta": 1.0, "naive": 6.0, "ces": 1.0}])
    {'theta': 1.0, 'naive': 0.25}
    """
    if not errors:
        return {}
    means = {
        name: sum(one[name] for one in errors) / len(errors) for name in errors[0] if all(name in one for one in errors)
    }
    least = LEAST_ERROR * max(means.values(), default=0.0)
    return {name: 1 / max(mean, least) for name, mean in means.items()} if least > 0 else {}
