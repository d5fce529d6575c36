"""Which statements of an impossible text clash, and the fewest (by weight) to drop.

A clash is irreducible: without any one of its statements the others can hold. The dearest text to keep is found by
implicit hitting sets (R. Reiter, "A theory of diagnosis from first principles", 1987; E. Moreno-Centeno and R. Karp,
"The implicit hitting set approach", 2013): drop the cheapest set that touches every clash seen so far, look for another
clash in what is left, repeat. The outcome equals that of Fellegi and Holt's integer program (1976), without its big-M.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kecho.analytics.consistency.model import Statement

# A text with more clashes is no text with a slip. Beyond either limit the answer says that it is not proven cheapest.
MOST_CLASHES = 60
MOST_BRANCHES = 20_000

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
    is_proven = True
    while clash := irreducible([one for one in statements if not _among(one, dropped)], find):
        clashes.append(clash)
        if len(clashes) <= MOST_CLASHES:
            dropped, is_proven = cheapest_hitting_set(clashes)
        else:
            dropped, is_proven = [*dropped, min(clash, key=lambda one: (one.weight, one.key))], False
    return clashes, dropped, is_proven


def cheapest_hitting_set(sets: Sequence[Sequence[Statement]]) -> tuple[list[Statement], bool]:
    """Statements that touch every set, of the least weight together; and whether that is proven.

    Branch and bound: sets left that share no statement each cost at least their cheapest one.
    """
    best = [min(each, key=lambda one: (one.weight, one.key)) for each in sets]
    best = list({id(one): one for one in best}.values())
    patience = MOST_BRANCHES

    def extend(chosen: list[Statement], left: Sequence[Sequence[Statement]]) -> None:
        nonlocal best, patience
        patience -= 1
        if patience < 0 or _cost(chosen) + _least(left) >= _cost(best):
            return
        if not left:
            best = chosen
            return
        shortest: Sequence[Statement] = min(left, key=len)
        for one in sorted(shortest, key=lambda each: (each.weight, each.key)):
            extend([*chosen, one], [each for each in left if not _among(one, each)])

    extend([], sets)
    return sorted(best, key=lambda one: one.key), patience >= 0


def _least(sets: Sequence[Sequence[Statement]]) -> int:
    """What touching all sets costs at least."""
    seen: set[int] = set()
    cost = 0
    for each in sorted(sets, key=len):
        if seen.isdisjoint(id(one) for one in each):
            seen.update(id(one) for one in each)
            cost += min(one.weight for one in each)
    return cost


def _cost(chosen: Sequence[Statement]) -> int:
    return sum(one.weight for one in chosen)


def _among(one: Statement, others: Sequence[Statement]) -> bool:
    """By identity: a text may say the same thing twice."""
    return any(one is other for other in others)
