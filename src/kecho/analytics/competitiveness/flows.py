"""A table of flows, and which places and products are looked at: filters are said, and on unless switched off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Flows:
    """Values by place (rows) and product (columns), in one unit of money, none negative, none missing."""

    places: tuple[str, ...]
    products: tuple[str, ...]
    values: Matrix

    @classmethod
    def of(cls, triples: Iterable[tuple[str, str, Any]]) -> Flows:
        """From (place, product, value); what is not named is zero, what is named twice is added.

        KechoError ``analytics.no_flows``, ``analytics.bad_flow`` (negative or not a number; names the pair).
        """
        import numpy as np

        sums: dict[tuple[str, str], float] = {}
        for place, product, value in triples:
            number = float(value)
            if not 0 <= number < float("inf"):
                raise KechoError("analytics.bad_flow", place=place, product=product, value=str(value)[:40])
            sums[place, product] = sums.get((place, product), 0.0) + number
        if not sums:
            raise KechoError("analytics.no_flows")
        places = tuple(sorted({place for place, _ in sums}))
        products = tuple(sorted({product for _, product in sums}))
        row, column = ({name: at for at, name in enumerate(names)} for names in (places, products))
        values = np.zeros((len(places), len(products)))
        for (place, product), number in sums.items():
            values[row[place], column[product]] = number
        return cls(places, products, values)

    def at(self, place: str) -> int:
        """The row of a place. KechoError ``analytics.unknown_name``."""
        if place not in self.places:
            raise KechoError("analytics.unknown_name", name=place)
        return self.places.index(place)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which places and products are kept; 0 switches a filter off.

    Rankings of complexity are ruled by tiny territories where nothing is filtered (on the world's trade of 1998-2000
    two uninhabited islands stand among the first three), so ``usual`` is what a caller takes unless it says otherwise.
    """

    least_place_value: float = 0
    least_product_value: float = 0
    least_population: float = 0


def usual() -> Filters:
    """Exports of a billion and a million people, the order of what the published rankings keep (docs/reference)."""
    return Filters(least_place_value=1e9, least_product_value=1e7, least_population=1e6)


def keep(
    flows: Flows, filters: Filters, populations: Mapping[str, float] | None = None
) -> tuple[Flows, tuple[str, ...]]:
    """The flows that pass, and the places left out. A place whose population is unknown is left out where that counts.

    KechoError ``analytics.no_flows`` where nothing passes, ``analytics.no_populations`` where they are needed.
    """
    if filters.least_population and populations is None:
        raise KechoError("analytics.no_populations", least=filters.least_population)
    size = flows.values.sum(axis=1)
    people = populations or {}
    rows = [
        at
        for at, place in enumerate(flows.places)
        if size[at] >= filters.least_place_value and people.get(place, 0) >= filters.least_population
    ]
    kept = flows.values[rows]
    columns = [at for at, total in enumerate(kept.sum(axis=0)) if total > 0 and total >= filters.least_product_value]
    if not rows or not columns:
        raise KechoError("analytics.no_flows")
    names = tuple(flows.places[at] for at in rows)
    left_out = tuple(place for place in flows.places if place not in set(names))
    return Flows(names, tuple(flows.products[at] for at in columns), kept[:, columns]), left_out
