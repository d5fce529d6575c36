"""What a table has that the nearest remembered mapping has not, and the other way: a changed layout is told by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kecho.intake.own.mapping import ColumnRule, Mapping

#: Share of the headings of both that must be the same before a table counts as a changed edition of a mapping.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Difference:
    """``added`` and ``gone`` are headings as printed; both empty: the same headings in another order, title or unit."""

    mapping: Mapping
    added: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def text(self) -> str:
        """``+ Tồn cuối kỳ; − Tồn kho``."""
        return "; ".join([*(f"+ {one}" for one in self.added), *(f"− {one}" for one in self.gone)]) or "≠"


def nearest(columns: Sequence[ColumnRule], mappings: Iterable[Mapping]) -> Difference | None:
    """The mapping that shares most headings with a table's columns, if it shares enough of them."""
    keys = {rule.key: rule for rule in columns}
    best, most = None, ALIKE
    for mapping in mappings:
        known = {rule.key: rule for rule in mapping.columns}
        share = len(keys.keys() & known.keys()) / max(1, len(keys.keys() | known.keys()))
        if share >= most:
            added = tuple(rule.heading or key for key, rule in keys.items() if key not in known)
            gone = tuple(rule.heading or key for key, rule in known.items() if key not in keys)
            best, most = Difference(mapping, added, gone), share
    return best


def adapted(proposed: Mapping, old: Mapping) -> Mapping:
    """A proposal that takes over what was confirmed of the headings that are still there, and of the rows."""
    known = {rule.key: rule for rule in old.columns}
    columns = tuple(
        replace(known[rule.key], heading=rule.heading) if rule.key in known else rule for rule in proposed.columns
    )
    return replace(
        old, signature=proposed.signature, columns=columns, title=proposed.title, labels=proposed.labels, version=0
    )
