"""From one HS edition to another: all candidates, with the way that led to them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kecho.kernel.errors import KechoError
from kecho.market_access.models import HsLink

EDITIONS = ("HS2022", "HS2017", "HS2012", "HS2007", "HS2002")


def codes_in(code: str, asked_in: str, edition: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The codes of ``edition`` that cover goods of ``code``, each with its path.

    Where the six digits stay the same all the way, the national digits are kept. Raises ``no_correlation`` where the
    tables of a step are not loaded.
    """
    if asked_in == edition:
        yield code, ()
        return
    steps = EDITIONS[EDITIONS.index(asked_in) : EDITIONS.index(edition) + 1]
    paths: dict[str, tuple[str, ...]] = {code[:6]: (f"{asked_in} {code[:6]}",)}
    for newer, older in pairwise(steps):
        links = HsLink.objects.filter(newer=newer, older=older)
        rows = list(links.filter(newer_code__in=paths).values_list("newer_code", "older_code"))
        if not rows:
            if links.exists():
                return
            yield code, (f"{asked_in} {code[:6]}", f"{edition} {code[:6]} ?")
            return
        paths = {old: (*paths[new], f"{older} {old}") for new, old in rows}
    for old, path in sorted(paths.items()):
        yield (code if len(paths) == 1 and old == code[:6] else old), path


def later(code: str, edition: str = "") -> tuple[str, ...]:
    """Codes of the newest edition that cover goods of an older six-digit code, by the tables loaded.

    ``edition`` is that of the code; left out, the newest edition that knows it is taken. Empty where none does.
    """
    names = [edition] if edition else EDITIONS[1:]
    for name in names:
        if name not in EDITIONS:
            raise KechoError("market_access.no_candidates", value=code, edition=name)
        found = {code}
        for older, newer in pairwise(EDITIONS[EDITIONS.index(name) :: -1]):
            links = HsLink.objects.filter(newer=newer, older=older, older_code__in=found)
            found = set(links.values_list("newer_code", flat=True))
        if found - {code}:
            return tuple(sorted(found))
    return ()
