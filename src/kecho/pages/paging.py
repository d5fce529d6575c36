"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kecho.kernel.errors import KechoError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; ``number`` counts from 1, ``pages`` is at least 1."""

    items: Sequence[T]
    number: int
    pages: int
    total: int

    @property
    def before(self) -> int | None:
        """The page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The page after, if there is one."""
        return self.number + 1 if self.number < self.pages else None


def page_of(items: Sequence[T], number: int, size: int) -> Page[T]:
    """The page asked for. Raises ``pages.no_list_page`` where the list is shorter.

    >>> page_of(range(25), 3, 10).items, page_of([], 1, 10).pages
    (range(20, 25), 1)
    """
    pages = max(1, -(-len(items) // size))
    if number > pages:
        raise KechoError("pages.no_list_page", number=number, pages=pages)
    return Page(items[(number - 1) * size : number * size], number, pages, len(items))
