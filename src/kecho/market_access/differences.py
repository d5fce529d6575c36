"""What changes from one edition of a schedule to the next: lines come, lines go, cells print another rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: code with its part -> column -> printed
Cells = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that prints something else: ``before`` or ``after`` is empty where the cell or the line is not there."""

    line: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Between two editions."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two print the same."""
        return not (self.added or self.removed or self.changed)


def difference(before: Cells, after: Cells) -> Difference:
    """What the later edition prints otherwise."""
    changed = [
        Change(line, column, old.get(column, ""), new.get(column, ""))
        for line, new in after.items()
        if (old := before.get(line)) is not None
        for column in sorted(set(old) | set(new))
        if old.get(column, "") != new.get(column, "")
    ]
    return Difference(
        tuple(line for line in after if line not in before),
        tuple(line for line in before if line not in after),
        tuple(changed),
    )
