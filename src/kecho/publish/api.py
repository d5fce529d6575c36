"""The API of reports: the monthly report as text with the figures behind each sentence."""

# No ``from __future__ import annotations``: ninja's paging wraps the functions and reads their annotations elsewhere.
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from kecho.kernel.periods import Period
from kecho.observatory.api import Day, Place
from kecho.publish.report import compose

router = Router(tags=["reports"])
Month = Annotated[str, Field(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$", examples=["2025-02"])]


class ReportOut(Schema):
    """The report in one language: its title and its paragraphs in order."""

    locality: str
    period: str
    lang: str
    as_of: date | None
    title: str
    paragraphs: list[str]


@router.get("/reports/{month}", response=ReportOut, summary="The report of a month, as text")
def report(
    request: HttpRequest,
    month: Month,
    locality: Place = "VN",
    lang: Literal["vi", "en"] = "vi",
    as_of: Day | None = None,
) -> dict[str, Any]:
    """From what was known on ``as_of``; by default on the day when the month's own figures came out."""
    made = compose(locality, Period.parse(month), lang, as_of)
    return {
        "locality": made.locality,
        "period": made.period.code,
        "lang": made.lang,
        "as_of": made.as_of,
        "title": made.title,
        "paragraphs": [paragraph.text for paragraph in made.paragraphs],
    }
