"""The self-check: one bill, every agreement at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from kecho.kernel.errors import KechoError
from kecho.market_access.agreements import Agreement, Proof, agreements
from kecho.market_access.origin import reading
from kecho.market_access.origin.bill import Bill, check
from kecho.market_access.origin.checking import Judged, Verdict, judge, zone
from kecho.market_access.origin.mending import Mend, cheapest
from kecho.market_access.origin.rule import Sentence


@dataclass(frozen=True, slots=True)
class Outcome:
    """One agreement. ``unknown`` says why there is no verdict (no rules held, no rule for the code, not understood)."""

    agreement: Agreement
    verdict: Verdict | None
    judged: tuple[Judged, ...] = ()
    unread: tuple[Sentence, ...] = ()
    mend: Mend | None = None
    unknown: KechoError | None = None
    proofs: tuple[Proof, ...] = field(default=())

    @property
    def best(self) -> Judged | None:
        """The alternative nearest to passing."""
        order = [Verdict.PASS, Verdict.OPEN, Verdict.FAIL]
        return min(self.judged, key=lambda one: (order.index(one.verdict), _shortfall(one)), default=None)


def selfcheck(bill: Bill) -> tuple[Bill, list[Outcome]]:
    """The bill as checked and an outcome for every agreement in force, those with a verdict first.

    Raises what ``bill.check`` raises. A sentence that was not understood never counts as passed: without another
    alternative that passes, the verdict is open.
    """
    whole = check(bill)
    outcomes = [_outcome(whole, one) for one in agreements().values()]
    order = {Verdict.PASS: 0, Verdict.OPEN: 1, Verdict.FAIL: 2, None: 3}
    return whole, sorted(outcomes, key=lambda one: order[one.verdict])


def _outcome(bill: Bill, agreement: Agreement) -> Outcome:
    if not agreement.origin_rules:
        unknown = KechoError("market_access.no_origin_rules", name=agreement.code)
        return Outcome(agreement, None, unknown=unknown, proofs=agreement.proofs)
    try:
        sentences = reading.sentences(agreement.origin_rules, bill.code)
    except KechoError as reason:
        return Outcome(agreement, None, unknown=reason, proofs=agreement.proofs)
    where = zone(agreement)
    judged = tuple(judge(bill, one, sentence, where) for sentence in sentences for one in sentence.alternatives)
    unread = tuple(sentence for sentence in sentences if not sentence.is_parsed)
    verdict = _verdict(judged, unread)
    mend = None
    if verdict is not Verdict.PASS:
        mend = cheapest(bill, [one for sentence in sentences for one in sentence.alternatives], where)
    return Outcome(agreement, verdict, judged, unread, mend, None, agreement.proofs)


def _verdict(judged: tuple[Judged, ...], unread: tuple[Sentence, ...]) -> Verdict:
    """Passes when an alternative passes that is for all goods of the code; one for named goods leaves it open."""
    if any(one.verdict is Verdict.PASS and not one.alternative.goods for one in judged):
        return Verdict.PASS
    is_open = unread or any(one.verdict in {Verdict.PASS, Verdict.OPEN} for one in judged)
    return Verdict.OPEN if is_open else Verdict.FAIL


def _shortfall(one: Judged) -> float:
    return sum(-float(found.slack) for found in one.findings if found.slack is not None and found.slack < 0)
