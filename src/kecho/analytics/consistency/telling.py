"""The answer in words, Vietnamese or English, and as plain data with both."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, log10
from typing import Any

from kecho.analytics.consistency.model import Claim, Kind, Statement
from kecho.analytics.consistency.statements import Statements
from kecho.analytics.consistency.verdict import Range, Verdict
from kecho.analytics.consistency.written import Written
from kecho.kernel import formats, units
from kecho.kernel.errors import LANGUAGES, KechoError

Answer = Range | KechoError

MOST_DECIMALS = 6
OWN_DECIMALS = 3  # an end with so few is shown whole

_CLAIMS = {
    Kind.LEVEL: ("{0}", "{0}"),
    Kind.SHARE: ("tỷ trọng của {0} trong {1}", "share of {0} in {1}"),
    Kind.GROWTH: ("tốc độ tăng của {0} so với {1}", "growth of {0} on {1}"),
    Kind.TIMES: ("{0} so với {1}", "{0} against {1}"),
    Kind.DIFFERENCE: ("{0} trừ {1}", "{0} less {1}"),
    Kind.CONTRIBUTION: (
        "đóng góp của {0} (từ {1}) vào mức tăng trên {2}",
        "contribution of {0} (from {1}) to the growth on {2}",
    ),
}
_WORDS = {
    "possible": (
        "Các nhận định cùng đúng được ({count} nhận định).",
        "The statements can all be true ({count} statements).",
    ),
    "impossible": (
        "Các nhận định không thể cùng đúng ({count} nhận định).",
        "The statements cannot all be true ({count} statements).",
    ),
    "clash": ("Mâu thuẫn, không bớt được nhận định nào:", "They clash, and none of them can be spared:"),
    "other": ("Một mâu thuẫn khác:", "Another clash:"),
    "fits": ("khớp nếu là {range}", "would fit as {range}"),
    "drop": (
        "Phải bỏ ít nhất {count} nhận định, ví dụ {numbers}.",
        "At least {count} must be dropped, for example {numbers}.",
    ),
    "drop_unproven": (
        "Bỏ {count} nhận định là đủ: {numbers} (chưa chứng minh là ít nhất).",
        "Dropping {count} is enough: {numbers} (not proven to be the fewest).",
    ),
    "ranges": ("Suy ra được:", "What follows:"),
    "questions": ("Câu hỏi:", "Asked:"),
    "fictional": ("Số liệu giả định, chỉ để minh họa.", "Fictional figures, for illustration."),
    "between": ("từ {low} đến {high}", "{low} to {high}"),
    "exact": ("đúng {low}", "exactly {low}"),
    "any": ("bất kỳ", "anything"),
    "from": ("từ {low} trở lên", "{low} or more"),
    "above": ("trên {low}", "more than {low}"),
    "to": ("không quá {high}", "at most {high}"),
    "below": ("dưới {high}", "less than {high}"),
}


def tell(written: Written, lang: str) -> Iterator[str]:
    """The whole answer, line by line."""
    verdict = written.statements.check()
    if written.title:
        yield written.title
    if written.source:
        yield written.source
    if written.is_fictional:
        yield _word("fictional", lang)
    count = len(written.statements.all)
    yield _word("possible" if verdict.is_possible else "impossible", lang, count=count)
    yield from _tell_ranges(written, lang) if verdict.is_possible else _tell_clash(verdict, lang)


def as_dict(written: Written) -> dict[str, Any]:
    """The same for JSON: ends of ranges as exact fractions ("141/20") and as decimals, sentences in both languages."""
    verdict = written.statements.check()
    answers = _answers(written) if verdict.is_possible else []
    return {
        "title": written.title,
        "source": written.source,
        "fictional": written.is_fictional,
        "possible": verdict.is_possible,
        "statements": [_statement(one, verdict) for one in written.statements.all],
        "clash": [one.number for one in verdict.clash],
        "clashes": [[one.number for one in clash] for clash in verdict.clashes],
        "to_drop": [one.number for one in verdict.to_drop],
        "is_cheapest": verdict.is_cheapest,
        "ranges": [{**_claim_dict(claim), "asked": asked, **_answer_dict(answer)} for claim, answer, asked in answers],
    }


def claim_text(claim: Claim, lang: str) -> str:
    """``growth of exports 2024 on exports 2023``."""
    if claim.kind is Kind.TOTAL:
        return f"{claim.names[0]} = {' + '.join(claim.names[1:])}"
    return _CLAIMS[claim.kind][lang != "vi"].format(*claim.names)


def statement_text(statement: Statement, lang: str) -> str:
    """``(3) growth of a on b: 7.7 %  “tăng 7,7 %”``: the number, the claim with its figure, the sentence."""
    unit = statement.unit or statement.claim.unit
    figure = f": {statement.figure.text}" if statement.figure.text else ""
    shown = f" {units.symbol(unit, lang)}" if figure and unit else ""
    says = f"  “{statement.says}”" if statement.says else ""
    return f"({statement.number}) {claim_text(statement.claim, lang)}{figure}{shown}{says}"


def range_text(found: Range, lang: str) -> str:
    """``từ 7,076 đến 7,150 tỷ USD``: digits enough to tell the ends apart, rounded to the nearest.

    >>> from kecho.analytics.consistency.figures import read_figure
    >>> range_text(Range(read_figure("7.1").span, "billion_usd"), "vi")
    'từ 7,05 đến 7,15 tỷ USD'
    >>> range_text(Range(read_figure("over 4").span, "percent"), "en")
    'more than 4%'
    """
    decimals = _decimals(found)
    low, high = (
        None if end is None else formats.number(end, lang, decimals) + _symbol(found.unit, lang)
        for end in found.ends(decimals)
    )
    span = found.span
    if low is not None and high is not None:
        bare = formats.number(found.ends(decimals)[0] or 0, lang, decimals)
        return _word("exact" if found.is_exact else "between", lang, low=low if found.is_exact else bare, high=high)
    if low is not None:
        return _word("above" if span.is_low_open else "from", lang, low=low)
    return _word("any", lang) if high is None else _word("below" if span.is_high_open else "to", lang, high=high)


def range_dict(found: Range) -> dict[str, Any]:
    """Exact ends, decimals to six places, and words."""
    low, high = found.ends(MOST_DECIMALS)
    return {
        "unit": found.unit,
        "low": None if low is None else f"{low:f}",
        "high": None if high is None else f"{high:f}",
        "low_exact": None if found.low is None else str(found.low),
        "high_exact": None if found.high is None else str(found.high),
        "low_open": found.span.is_low_open,
        "high_open": found.span.is_high_open,
        **{f"range_{lang}": range_text(found, lang) for lang in LANGUAGES},
    }


# ---- parts


def _tell_ranges(written: Written, lang: str) -> Iterator[str]:
    answers = _answers(written)
    for is_asked, title in ((False, "ranges"), (True, "questions")):
        lines = [
            f"  {claim_text(claim, lang)}: {_answer_text(answer, lang)}"
            for claim, answer, asked in answers
            if asked == is_asked
        ]
        if lines:
            yield ""
            yield _word(title, lang)
            yield from lines


def _tell_clash(verdict: Verdict, lang: str) -> Iterator[str]:
    for clash in (verdict.clash, *(each for each in verdict.clashes if each != verdict.clash)):
        yield ""
        yield _word("clash" if clash == verdict.clash else "other", lang)
        for statement in clash:
            yield f"  {statement_text(statement, lang)}"
            fit = verdict.would_fit.get(statement.number)
            if fit is not None and clash == verdict.clash and statement.claim.kind is not Kind.TOTAL:
                yield f"      {_word('fits', lang, range=range_text(fit, lang))}"
    yield ""
    numbers = ", ".join(f"({one.number})" for one in verdict.to_drop)
    yield _word("drop" if verdict.is_cheapest else "drop_unproven", lang, count=len(verdict.to_drop), numbers=numbers)


def _answers(written: Written) -> list[tuple[Claim, Answer, bool]]:
    """Every amount, then every question; a question without an answer keeps the reason."""
    levels = [(Claim(Kind.LEVEL, (amount.name,)), False) for amount in written.statements.amounts]
    asked = [(claim, True) for claim in written.questions]
    return [(claim, _answer(written.statements, claim), is_asked) for claim, is_asked in (*levels, *asked)]


def _answer(statements: Statements, claim: Claim) -> Answer:
    try:
        return statements.range_of(claim)
    except KechoError as error:
        return error


def _answer_text(answer: Answer, lang: str) -> str:
    return answer.what(lang) if isinstance(answer, KechoError) else range_text(answer, lang)


def _answer_dict(answer: Answer) -> dict[str, Any]:
    return {"error": answer.as_dict()} if isinstance(answer, KechoError) else range_dict(answer)


def _statement(statement: Statement, verdict: Verdict) -> dict[str, Any]:
    fit = verdict.would_fit.get(statement.number)
    return {
        "number": statement.number,
        **_claim_dict(statement.claim),
        "figure": statement.figure.text,
        "unit": statement.unit or statement.claim.unit,
        "says": statement.says,
        "would_fit": None if fit is None else range_dict(fit),
    }


def _claim_dict(claim: Claim) -> dict[str, Any]:
    texts = {f"text_{lang}": claim_text(claim, lang) for lang in LANGUAGES}
    return {"kind": str(claim.kind), "amounts": list(claim.names), **texts}


def _decimals(found: Range) -> int:
    """Enough to show two digits of the width, and an end that has few digits whole; at most six."""
    ends = [end for end in (found.low, found.high) if end is not None]
    own = max((_own_decimals(end) for end in ends), default=0)
    if len(ends) < 2 or ends[0] == ends[1]:
        return own or OWN_DECIMALS * any(end.denominator > 1 for end in ends)
    width = max(ends[1] - ends[0], Fraction(1, 10**MOST_DECIMALS))
    return min(MOST_DECIMALS, max(own, 1 + ceil(-log10(width)), 0))


def _own_decimals(end: Fraction) -> int:
    """How many decimals write it exactly, up to three; none for other ends."""
    fitting = (places for places in range(OWN_DECIMALS + 1) if (end * 10**places).denominator == 1)
    return next(fitting, 0)


def _symbol(unit: str, lang: str) -> str:
    if not unit:
        return ""
    return units.symbol(unit, lang) if unit == "percent" else f" {units.symbol(unit, lang)}"


def _word(name: str, lang: str, **values: Any) -> str:
    return _WORDS[name][lang != "vi"].format(**values)
