"""The rules for a code out of the database: sentences parsed, fragments joined to the sentence they go on from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from kecho.kernel.errors import KechoError
from kecho.market_access.models import OriginRuleText
from kecho.market_access.origin import cptpp, european
from kecho.market_access.origin.rule import Alternative, Kind, Sentence

#: how each rule set is worded
STYLES = {"vietnam": european.parse, "cptpp": cptpp.parse}


@lru_cache(maxsize=10_000)
def parse(rule_set: str, printed: str) -> tuple[Alternative, ...]:
    """The alternatives of a sentence, by the style of its rule set."""
    return STYLES[rule_set](printed)


def joined(sentences: Iterable[Sentence]) -> list[Sentence]:
    """A fragment ("- b) 45% under the build-down method") becomes an alternative with all else of the one before."""
    done: list[Sentence] = []
    for sentence in sentences:
        one, before = sentence, done[-1] if done else None
        if before and one.alternatives and cptpp.is_fragment(one.alternatives[0], one.printed) and before.alternatives:
            model = before.alternatives[-1]
            kept = tuple(atom for atom in model.atoms if atom.kind is not Kind.RVC)
            one = replace(one, alternatives=(Alternative((*kept, *one.alternatives[0].atoms), model.goods),))
        done.append(one)
    return done


def sentences(rule_set: str, code: str) -> list[Sentence]:
    """The sentences for a code of at least six digits, alternatives of one another, in printed order.

    Raises ``market_access.no_origin_rules`` where the set is not loaded, ``no_rule_for_code`` where none covers it.
    """
    rows = OriginRuleText.objects.filter(rule_set=rule_set)
    ten = code.ljust(10, "0")
    found = list(rows.filter(code_min__lte=ten, code_max__gte=ten))
    if not found:
        if not rows.exists():
            raise KechoError("market_access.no_origin_rules", name=rule_set)
        raise KechoError("market_access.no_rule_for_code", name=rule_set, value=code)
    narrowest = min(int(row.code_max) - int(row.code_min) for row in found)
    exact = [row for row in found if int(row.code_max) - int(row.code_min) == narrowest]
    return joined(_sentence(row) for row in exact)


def _sentence(row: OriginRuleText) -> Sentence:
    return Sentence(
        row.rule_set,
        row.heading,
        row.subdivision,
        row.code_min,
        row.code_max,
        row.number,
        row.sentence,
        row.given_class,
        row.source,
        parse(row.rule_set, row.sentence),
    )
