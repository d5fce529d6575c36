"""Which statements of an impossible text clash, and the fewest (by weight) to drop.

A clash is irreducible: without any one of its statements the others can hold. The dearest text to keep is found by
implicit hitting sets (R. Reiter, "A theory of diagnosis from first principles", 1987; E. Moreno-Centeno and R. Karp,
"The implicit hitting set approach", 2013): drop the cheapest set that touches every clash seen so far, look for another
clash in what is left, repeat. The outcome equals that of Fellegi and Holt's integer program (1976), without its big-M.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kecho.analytics.consistency.model import Key, Statement

MOST_CLASHES = 60  # a text with more is no text with a slip; the answer then says that it may not be the smallest

FindClash = Callable[[Sequence[Statement]], list[Statement]]


def irreducible(statements: Sequence[Statement], find: FindClash) -> list[Statement]:
    """A clash among the statements of which none can be spared; empty where all can hold."""
    clash = find(statements)
    kept: list[Statement] = []
    while clash:
        spared, *rest = clash
        smaller = find([*kept, *rest])
        if smaller:
            clash = [one for one in rest if _among(one, smaller)]
            kept = [one for one in kept if _among(one, smaller)]
        else:
            kept.append(spared)
            clash = rest
    return kept


def relaxation(statements: Sequence[Statement], find: FindClash) -> tuple[list[list[Statement]], list[Statement], bool]:
    """Irreducible clashes, the statements to drop, and whether no cheaper set would do."""
    clashes: list[list[Statement]] = []
    dropped: list[Statement] = []
    while len(clashes) < MOST_CLASHES:
        left = [one for one in statements if not _among(one, dropped)]
        clash = irreducible(left, find)
        if not clash:
            return clashes, dropped, True
        clashes.append(clash)
        dropped = cheapest_hitting_set(clashes)
    while clash := irreducible([one for one in statements if not _among(one, dropped)], find):
        clashes.append(clash)
        dropped.append(min(clash, key=lambda one: (one.weight, one.key)))
    return clashes, dropped, False


def cheapest_hitting_set(sets: Sequence[Sequence[Statement]]) -> list[Statement]:
    """Statements that touch every set, of the least weight together; of equals the first by their keys."""
    best: list[Statement] = [statement for each in sets for statement in each]
    best_cost = _cost(best)

    def extend(chosen: list[Statement]) -> None:
        nonlocal best, best_cost
        cost = _cost(chosen)
        if cost > best_cost:
            return
        open_sets = [each for each in sets if not any(_among(one, chosen) for one in each)]
        if not open_sets:
            if (cost, _keys(chosen)) < (best_cost, _keys(best)):
                best, best_cost = chosen, cost
            return
        shortest: Sequence[Statement] = min(open_sets, key=len)
        for one in sorted(shortest, key=lambda each: each.key):
            extend([*chosen, one])

    extend([])
    return sorted(best, key=lambda one: one.key)


def _cost(chosen: Sequence[Statement]) -> int:
    return sum(one.weight for one in chosen)


def _keys(chosen: Sequence[Statement]) -> list[Key]:
    return sorted(one.key for one in chosen)


def _among(one: Statement, others: Sequence[Statement]) -> bool:
    """By identity: a text may say the same thing twice."""
    return any(one is other for other in others)
