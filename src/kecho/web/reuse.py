"""What lets others use a series: a citation in both languages, its BibTeX entry, lines of Python and R."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kecho.kernel.text import slug
from kecho.observatory.queries import IndicatorInfo, Point, SeriesInfo
from kecho.pages import words
from kecho.web import headline

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Cited:
    """The view that is cited: the series, its latest figure, who published it, and its address in either language."""

    info: IndicatorInfo
    series: SeriesInfo
    latest: Point
    sources: dict[str, str]
    addresses: dict[str, str]
    read_on: date


def citations(cited: Cited) -> list[tuple[str, str]]:
    """Language and sentence."""
    found = []
    for lang in LANGUAGES:
        with translation.override(lang):
            found.append((lang, _sentence(cited, lang)))
    return found


def bibtex(cited: Cited) -> str:
    """One ``@misc`` entry in English; braces keep what BibTeX would change."""
    key, day = cited.series.key, cited.latest.release.published_on
    name = "-".join(slug(part) for part in (key.indicator, key.breakdown, key.locality, key.measure) if part)
    with translation.override("en"):
        fields = {
            "author": _whole(settings.AGENCY.get("en") or cited.sources["en"]),
            "title": _whole(_title(cited)),
            "year": f"{{{day.year}}}",
            "note": f"{{{_escaped(f'{words.stage(cited.latest.stage)}, published on {day.isoformat()}; Kẻ Chợ')}}}",
            "url": f"{{{cited.addresses['en']}}}",
            "urldate": f"{{{cited.read_on.isoformat()}}}",
        }
    body = ",\n".join(f"  {field} = {text}" for field, text in fields.items())
    return f"@misc{{kecho-{name}-{day:%Y%m%d},\n{body}\n}}"


def snippets(address: str) -> list[tuple[str, str]]:
    """Language and program that reads the machine-readable file at ``address``."""
    return [
        ("Python", f'import pandas as pd\n\nfigures = pd.read_csv("{address}")\nprint(figures.tail())'),
        ("R", f'figures <- read.csv("{address}", encoding = "UTF-8")\ntail(figures)'),
    ]


def _sentence(cited: Cited, lang: str) -> str:
    latest = cited.latest
    until = f"{_('đến')} {words.period(latest.period)}, {str(words.stage(latest.stage)).lower()}"
    read = _("Kẻ Chợ, xem ngày")
    return (
        f"{cited.sources[lang]}. {_title(cited)}, {until}. {read} {words.day(cited.read_on)}. {cited.addresses[lang]}"
    )


def _title(cited: Cited) -> str:
    measure = words.measure(cited.series.key.measure)
    unit = "" if cited.series.unit == "percent" else f", {words.unit(cited.series.unit)}"
    return f"{headline.subject_of(cited.info, cited.series)} ({measure}{unit})"


def _whole(text: str) -> str:
    """A name that BibTeX neither takes apart nor writes in lower case."""
    return f'"{{{_escaped(text)}}}"'


def _escaped(text: str) -> str:
    for sign in "&%#_":
        text = text.replace(sign, f"\\{sign}")
    return text
