"""Sentences of an outlook in both languages. Every answer names its method, its error and how much it had to go on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kecho.kernel import formats
from kecho.kernel.quantities import Quantity
from kecho.kernel.units import units
from kecho.outlook.answers import LEVELS, Outlook, has_two_ends, kept_chance
from kecho.outlook.gathering import Basis
from kecho.outlook.queries import TargetOutlook

if TYPE_CHECKING:
    from kecho.outlook.shown import Shown

ALMOST = 0.001  # a chance below this, or above the rest, is not printed as 0 or 100 %: no simulation knows that


def number(value: float | Decimal, lang: str, decimals: int = 1) -> str:
    """A number as the language writes it."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return formats.number(exact, lang, decimals).replace("-", "−")


def rate(value: float | Decimal, lang: str, decimals: int = 1) -> str:
    """``tăng 7,7%``, ``giảm 2,1%``; ``up 7.7%``, ``down 2.1%``."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    size = f"{number(abs(exact), lang, decimals)}%"
    if lang == "vi":
        return f"{'tăng' if value >= 0 else 'giảm'} {size}"
    return f"{'up' if value >= 0 else 'down'} {size}"


def level(value: float | Decimal, unit: str, decimals: int, lang: str) -> str:
    """A level with its unit; a chained index has none."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if unit == "index" or unit not in units():
        return number(exact, lang, decimals)
    return formats.quantity(Quantity(exact, unit), lang, decimals=decimals, no_break=True).replace("-", "−", 1)


def percent_chance(share: float, lang: str) -> str:
    """``68%``; never 0 or 100 %, which no simulation can know."""
    if share < ALMOST:
        return f"{'dưới' if lang == 'vi' else 'below'} {number(ALMOST * 100, lang)}%"
    if share > 1 - ALMOST:
        return f"{'trên' if lang == 'vi' else 'above'} {number((1 - ALMOST) * 100, lang)}%"
    return f"{number(share * 100, lang, 0 if ALMOST * 10 <= share <= 1 - ALMOST * 10 else 1)}%"


def method_name(name: str, lang: str) -> str:
    """``trung vị (theta, ces, ets); cân đối giữa tổng và các phần (MinT)``: the method's own name in words."""
    models, _, moved = name.partition(", reconciled")
    for code, words in (("median(", "trung vị ("), ("mean(", "trung bình (")):
        models = models.replace(code, words if lang == "vi" else f"{code[:-1]} (")
    models = models.replace("naive", "như năm trước" if lang == "vi" else "seasonal naive")
    if not moved:
        return models
    return (
        f"{models}; {'cân đối giữa tổng và các phần (MinT)' if lang == 'vi' else 'total and parts reconciled (MinT)'}"
    )


def method(outlook: Outlook, lang: str) -> list[str]:
    """What was known, what made the forecast, and how well the same did before."""
    return [*figures(outlook, lang), *forecast(outlook, lang)]


def figures(outlook: Outlook, lang: str) -> list[str]:
    """What was known: how many months, how they came about, where they break."""
    vi, known = lang == "vi", outlook.known
    first, last = (formats.period(span, lang, "short") for span in (known.first, known.last))
    lines = [
        f"Số liệu: {known.count} tháng, {first} đến {last}."
        if vi
        else f"Figures: {known.count} months, {first} to {last}."
    ]
    if known.basis is Basis.CHAINED:
        lines.append(
            "Mức nối từ tốc độ tăng đã công bố (bình quân năm đủ tháng đầu tiên = 100)."
            if vi
            else "Levels chained from published rates (mean of the first whole year = 100)."
        )
    if known.scaled:
        size = number(known.most_scaled_pct, lang, 2)
        lines.append(
            f"Các tháng được nhân để cộng lại bằng số lũy kế công bố mới nhất của năm (nhiều nhất {size}%)."
            if vi
            else f"Months are scaled to add up to the year's latest published year to date (by {size}% at most)."
        )
    for one in known.breaks:
        when = formats.period(one.first, lang, "short")
        lines.append(f"Từ {when}: {one.text(lang)}" if vi else f"From {when}: {one.text(lang)}")
    return lines


def forecast(outlook: Outlook, lang: str) -> list[str]:
    """What made the forecast and how far it was off before; or why there is none."""
    vi, made = lang == "vi", outlook.made
    told = made.forecast
    if told is None:
        error = made.no_forecast
        return [f"{error.what(lang)} {error.do(lang)}"] if error else []
    named = method_name(told.method, lang)
    lines = [f"Phương pháp: {named}." if vi else f"Method: {named}."]
    test = told.backtest
    smape, naive = number(test.smape_pct, lang), number(test.naive_smape_pct, lang)
    lines.append(
        f"Thử lại ở {test.origins} mốc trước, {test.horizon} tháng mỗi mốc: lệch bình quân {smape}% (sMAPE); "
        f"lấy nguyên số cùng tháng năm trước lệch {naive}%."
        if vi
        else f"Tried at {test.origins} earlier origins, {test.horizon} months each: off by {smape}% on average "
        f"(sMAPE); repeating last year's month is off by {naive}%."
    )
    if test.smape_pct >= test.naive_smape_pct:
        lines.append(
            "Dự báo này không hơn cách lấy số năm trước: đọc thận trọng."
            if vi
            else "This forecast does no better than repeating last year: read it with care."
        )
    if made.is_tet_aware:
        lines.append(
            "Tác động của Tết đã được tách ra trước khi dự báo và đưa lại sau, vì thử lại cho sai số nhỏ hơn."
            if vi
            else "Tet's effect was taken out before forecasting and put back after: the trial's error was smaller so."
        )
    if told.filled:
        count = told.filled
        lines.append(f"Số tháng thiếu được nối tạm để tính: {count}." if vi else f"Missing months bridged: {count}.")
    if made.no_reconciling is not None:
        why = made.no_reconciling.what(lang)
        lines.append(
            f"Các phần chưa được cân đối với tổng: {why}"
            if vi
            else f"Parts were not made to add up to the total: {why}"
        )
    return lines


def year(shown: Shown, lang: str) -> list[str]:
    """What the year comes to."""
    vi, end = lang == "vi", shown.year_end
    if end is None:
        error = shown.no_year
        return [] if error is None or error is shown.outlook.made.no_forecast else [error.what(lang)]
    text = shown.figure(end.median, lang)
    if end.is_known:
        grown = "" if end.growth_pct is None else f", {rate(end.growth_pct, lang)}"
        return [f"Năm {end.year} đã đủ số liệu: {text}{grown}." if vi else f"{end.year} is complete: {text}{grown}."]
    parts = []
    if end.growth_pct is not None:
        low, high = (f"{number(value, lang)}%" for value in end.growth_intervals[LEVELS[0]])
        grown = rate(end.growth_pct, lang)
        parts.append(
            f"Cả năm {end.year} dự báo {grown} so với năm trước (khoảng 80%: {low} đến {high})."
            if vi
            else f"{end.year} as a whole is expected {grown} on the year before (80% interval: {low} to {high})."
        )
    if shown.outlook.known.basis is Basis.PUBLISHED:
        low, high = (shown.figure(value, lang) for value in end.intervals[LEVELS[0]])
        parts.append(
            f"Mức cả năm: {text} (khoảng 80%: {low} đến {high})."
            if vi
            else f"The year's level: {text} (80% interval: {low} to {high})."
        )
    return parts


def target(one: TargetOutlook, lang: str) -> list[str]:
    """The chance, and what the open months must bring beside the best they ever did."""
    vi, held = lang == "vi", one.row.assessment
    if one.is_over:
        return [f"Kỳ kế hoạch đã qua: {held.status_text(lang)}." if vi else f"It is over: {held.status_text(lang)}."]
    lines = []
    if one.chance is not None:
        told = one.chance
        below, inside, above = (percent_chance(share, lang) for share in (told.below, told.inside, told.above))
        kept = percent_chance(kept_chance(one.row.target.spec, told), lang)
        lines.append(f"Xác suất đạt mục tiêu: {kept}." if vi else f"Chance of keeping the target: {kept}.")
        if has_two_ends(one.row.target.spec):
            lines.append(
                f"Dưới khoảng mục tiêu {below}, trong khoảng {inside}, trên khoảng {above}."
                if vi
                else f"Below its range {below}, inside {inside}, above {above}."
            )
    elif one.no_chance is not None:
        lines.append(one.no_chance.what(lang))
    rest = held.rest_text(lang)
    if rest:
        lines.append(f"{rest[:1].upper()}{rest[1:]}.")
    if one.required is not None and one.required.is_beyond_best:
        lines.append("Mức này cao hơn mọi năm đã có số liệu." if vi else "That is more than in any year on record.")
    return lines
