"""What can be found of the pages that stand here: indicators and their parts, places, targets, files, reports, help."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from kecho.kernel import formats, localities
from kecho.observatory import catalogue, derived, queries
from kecho.observatory.queries import SeriesInfo
from kecho.pages.search import Entry, Searcher, register
from kecho.plan import queries as plans
from kecho.web import counts
from kecho.web.board_view import anchor
from kecho.web.views.pages import glossary_groups, term_anchor

WHOLE, PART, EMPTY = 1.3, 1.0, 0.8  # an indicator's total comes before its parts, those before what has no figures


def register_all() -> None:
    """Called when the site starts; the order is that of the kinds on the page."""
    register(Searcher("indicator", _("Chỉ tiêu"), indicators, counts.state_of_data))
    register(Searcher("locality", _("Địa phương"), places, counts.state_of_data))
    register(Searcher("target", _("Mục tiêu"), targets, counts.state_of_data))
    register(Searcher("report", _("Báo cáo"), reports, counts.state_of_data))
    register(Searcher("release", _("Tệp nguồn"), releases, counts.state_of_data))
    register(Searcher("term", _("Thuật ngữ"), terms, str))
    register(Searcher("help", _("Trợ giúp"), help_pages, str))


def indicators() -> Iterator[Entry]:
    """Every part of every indicator in every place that has figures; then the catalogue's entries that have none."""
    known = {info.code: info for info in derived.indicators()}
    seen: set[tuple[str, str, str]] = set()
    for series in derived.series_list():
        key = series.key
        named = (key.indicator, key.breakdown, key.locality)
        if named not in seen:
            seen.add(named)
            yield _series(known[key.indicator], series)
    with_figures = {code for code, _part, _place in seen}
    for info in known.values():
        if info.code not in with_figures:
            yield Entry(
                info.name("vi"), info.name("en"), "indicator", (info.code,),
                words=f"{info.code} {info.definition('vi')} {info.definition('en')}", weight=EMPTY,
            )  # fmt: skip


def _series(info: catalogue.IndicatorInfo, series: SeriesInfo) -> Entry:
    key = series.key
    texts = {}
    for lang in ("vi", "en"):
        part = f": {series.label(lang)}" if key.breakdown else ""
        texts[lang] = f"{info.name(lang)}{part}, {_place(key.locality, lang)}"
    query = {"locality": key.locality, "breakdown": key.breakdown}
    until = {lang: formats.period(series.last, lang, "plain") for lang in texts}
    made = {"vi": "Tính ra · ", "en": "Derived · "} if info.is_derived else {"vi": "", "en": ""}
    return Entry(
        texts["vi"], texts["en"], "indicator", (info.code,),
        query="?" + urlencode({name: text for name, text in query.items() if text}),
        words=f"{info.code} {key.breakdown} {'' if key.breakdown else info.definition('vi')}"
        + (f" chỉ tiêu tính ra dẫn xuất derived {info.definition('en')}" if info.is_derived else ""),
        note_vi=f"{made['vi']}{info.source('vi')} · số liệu đến {until['vi']}",
        note_en=f"{made['en']}{info.source('en')} · figures to {until['en']}",
        weight=PART if key.breakdown else WHOLE,
    )  # fmt: skip


def places() -> Iterator[Entry]:
    """Places with figures lead to their indicators."""
    for code in queries.localities_with_data():
        yield Entry(
            _place(code, "vi"), _place(code, "en"), "indicators", query=f"?locality={code}", words=code,
            note_vi="Mọi chỉ tiêu có số liệu", note_en="Every indicator with figures", weight=1.2,
        )  # fmt: skip


def targets() -> Iterator[Entry]:
    """Targets of every plan that counts."""
    for plan in plans.plans():
        if not plan.is_current:
            continue
        years = str(plan.first_year)
        for target in plans.targets(plan.id):
            yield Entry(
                f"{target.name('vi')}: kế hoạch {_place(plan.locality, 'vi')} {years}",
                f"{target.name('en')}: plan of {_place(plan.locality, 'en')} {years}",
                "board",
                query=f"?locality={plan.locality}&year={plan.first_year}#{anchor(target.spec.code)}",
                words=f"mục tiêu chỉ tiêu kế hoạch target {target.draft.lead_unit}",
                note_vi=plan.title("vi"), note_en=plan.title("en"),
            )  # fmt: skip


def reports() -> Iterator[Entry]:
    """A report for each month and place with figures."""
    for place in queries.localities_with_data():
        for month in counts.months_with_figures(place):
            yield Entry(
                f"Báo cáo {formats.period(month, 'vi', 'plain')}, {_place(place, 'vi')}",
                f"Report on {formats.period(month, 'en', 'plain')}, {_place(place, 'en')}",
                "report", (month.code,), query=f"?locality={place}", weight=0.9,
                words=f"{month.code} t{month.month} {month.month} {month.year}",
            )  # fmt: skip


def releases() -> Iterator[Entry]:
    """Imported files by name and title."""
    for one in queries.releases():
        day = one.published_on
        yield Entry(
            one.shown_name, one.shown_name, "release", (one.id,), words=f"{one.title} {one.file_name} {one.source}",
            note_vi=f"Công bố ngày {formats.date_text(day, 'vi')}",
            note_en=f"Published on {formats.date_text(day, 'en')}", weight=0.8,
        )  # fmt: skip


def terms() -> Iterator[Entry]:
    """Every word of the glossary."""
    for group in glossary_groups():
        for term in group["term"]:
            yield Entry(
                term["word"], term["word"], "glossary", query=f"#{term_anchor(term['word'])}",
                words=f"{term['vi']} {term['en']}", note_vi=term["vi"], note_en=term["en"],
            )  # fmt: skip


def help_pages() -> Iterator[Entry]:
    """The pages that explain."""
    named = (
        (
            "help",
            "Kẻ Chợ là gì, đọc trạng thái thế nào",
            "What Kẻ Chợ is, how to read a status",
            "trợ giúp hướng dẫn help",
        ),
        ("tour", "Mười phút đầu tiên", "Ten-minute tour", "hướng dẫn làm quen tutorial"),
        ("glossary", "Thuật ngữ và chữ viết tắt", "Words and abbreviations", "từ điển glossary"),
        ("findings", "Kiểm tra số liệu", "What the checks found", "sai lệch mâu thuẫn errors warnings"),
        ("releases", "Nguồn số liệu", "Sources of figures", "tệp đã nhập files"),
        ("calendar", "Lịch công bố", "Release calendar", "ngày công bố when"),
        ("revisions", "Mức điều chỉnh", "Sizes of revisions", "sửa số liệu revision"),
        ("changes", "So sánh phiên bản", "Compare two days of knowledge", "thay đổi số liệu"),
        ("board", "Bảng kế hoạch", "Plan board", "mục tiêu trạng thái status"),
        ("plans", "Các kế hoạch", "Plans and their versions", "phiên bản điều chỉnh"),
        ("outlooks", "Triển vọng", "Outlook", "dự báo xác suất đạt forecast chance"),
        ("api-docs", "Giao diện lập trình", "API", "api python r json token"),
    )
    for name, vi, en, further in named:
        yield Entry(vi, en, name, words=further)


def _place(code: str, lang: str) -> str:
    return localities.get(code).name(lang)
