"""The question an exporter asks, put together from its words: market, code, origin, day, consignment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kecho.kernel.errors import KechoError
from kecho.kernel.numerals import decimal_mark, parse_number
from kecho.market_access import queries, quota_use
from kecho.market_access.offers import Answer, Ask, Line, Ruling, rule, weigh
from kecho.market_access.offers.equivalents import METHODS, UNITS, Prices, with_equivalents
from kecho.market_access.offers.remarks import remark
from kecho.market_access.quotas import Balance

LARGEST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, checked."""

    code: str
    market: str
    origin: str
    on: date
    ask: Ask
    in_quota: bool = False
    prices: Prices | None = None
    words: Mapping[str, str] = field(default_factory=dict)


def asked(words: Mapping[str, str], today: date) -> Asked:
    """A question from the words of a form, an address or a row: code, to, origin, on, value, currency, kg, pairs, rate;
    equivalent (1 or 2) with price_line, price_market, price_reference, price_unit.

    Raises a coded error for what cannot be understood: ``bad_code``, ``unknown_market``, ``bad_day``, ``bad_amount``,
    ``kernel.ambiguous_number``.
    """
    code = queries.goods_code(words.get("code", ""))
    market = queries.territory(words.get("to", ""))
    origin = queries.territory(words.get("origin", "") or "VN")
    if market == origin:
        raise KechoError("market_access.same_country", market=market)
    quantities = {
        unit: amount
        for name, unit in (("kg", "kg"), ("pairs", "pair"), ("litres", "l"), ("pieces", "piece"))
        if (amount := _amount(words, name)) is not None
    }
    value = _amount(words, "value")
    ask = Ask(
        value if value is not None else Fraction(1000),
        (words.get("currency") or "USD").upper(),
        _amount(words, "rate"),
        quantities,
    )
    return Asked(
        code,
        market,
        origin,
        _day(words.get("on", ""), today),
        ask,
        words.get("quota") in {"1", "yes", "co"},
        _prices(words),
        words,
    )


def _prices(words: Mapping[str, str]) -> Prices | None:
    """The method of equivalents and the prices it may choose from; None where no method is chosen."""
    method, unit = words.get("equivalent", "").strip(), words.get("price_unit", "").strip() or "kg"
    if not method:
        return None
    if method not in METHODS or unit not in UNITS:
        raise KechoError(
            "market_access.unknown_method", value=f"{method} {unit}"[:30], known=", ".join((*METHODS, *UNITS))
        )
    line, market, reference = (_amount(words, f"price_{name}") for name in ("line", "market", "reference"))
    return Prices(int(method), unit, line, market, reference)


def answers(question: Asked) -> list[Answer]:
    """One answer for each national line under the code, the first the lowest code.

    Raises what the reads raise, and ``market_access.no_rate`` where not one line has a rate.
    """
    found = []
    refusal: KechoError | None = None
    lines = queries.lines(question.market, question.code, question.on)
    for line in lines:
        held = quota_use.standing(question.market, line.code, question.on)
        is_over = bool(held) and all(one.events and one.left <= 0 for one in held)
        in_quota = question.in_quota and not is_over
        ruling = _with_doubt(rule(line, question.origin, question.on, in_quota=in_quota), lines)
        if question.in_quota and is_over:
            said = remark("quota_exhausted", year=question.on.year)
            ruling = replace(ruling, offers=tuple(replace(o, remarks=(said, *o.remarks)) for o in ruling.offers))
        try:
            answer = with_equivalents(weigh(ruling, question.ask), question.prices)
            found.append(_with_quotas(answer, held, line, question))
        except KechoError as reason:
            refusal = reason
    if not found and refusal:
        raise refusal
    return found


def _with_quotas(answer: Answer, held: list[Balance], line: Line, question: Asked) -> Answer:
    """With the balance of every quota for the line and the rate beyond it: the best firm one without a licence."""
    if not held:
        return answer
    beyond = weigh(rule(line, question.origin, question.on), question.ask).best
    after = f"{beyond.offer.agreement} {beyond.offer.duty.text()}" if beyond else ""
    return replace(answer, quotas=tuple(replace(one, after=after) for one in held))


def _with_doubt(ruling: Ruling, lines: tuple[Line, ...]) -> Ruling:
    """Says with every offer where the code asked for is several codes in the schedule's HS edition."""
    ends = sorted({line.hs_path[-1] for line in lines if line.hs_path})
    if len(ends) < 2:
        return ruling
    doubt = remark("many_codes", codes=", ".join(ends))
    return replace(ruling, offers=tuple(replace(one, remarks=(doubt, *one.remarks)) for one in ruling.offers))


def _amount(words: Mapping[str, str], name: str) -> Fraction | None:
    """A positive number, 1234.5, 1234,5 or 1.234,5; None where it is not stated.

    Raises ``kernel.ambiguous_number`` for 10.000: ten thousand dollars or ten, a duty is not worked out on a guess.
    """
    text = words.get(name, "").strip().replace(" ", "")
    if not text:
        return None
    try:
        number = parse_number(text, "vi", mark=decimal_mark([text]))
    except KechoError as refused:
        if refused.code == "kernel.ambiguous_number":
            raise
        raise KechoError("market_access.bad_amount", name=name, value=text[:30]) from None
    if number <= 0 or number > LARGEST:
        raise KechoError("market_access.bad_amount", name=name, value=text[:30])
    return Fraction(number)


def _day(text: str, today: date) -> date:
    if not text.strip():
        return today
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise KechoError("market_access.bad_day", value=text[:20]) from None
