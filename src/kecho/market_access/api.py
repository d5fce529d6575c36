"""The API of the room: the duty question, goods codes, agreements, changes to come. Public data, no sign-in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from kecho.market_access import finding, notices, output, queries
from kecho.market_access.agreements import agreements
from kecho.market_access.answering import answers, asked

router = Router(tags=["market access"])
Short = Annotated[str, Field(max_length=60)]


class DutyIn(Schema):
    """The question. ``value`` is in ``currency``; ``rate``: the market's money for one unit of it; numbers are text.

    ``equivalent``: UNCTAD method 1 or 2, with import prices of one ``price_unit`` in the market's money.
    """

    code: Short
    to: Short
    origin: Short = "VN"
    on: Short = ""
    value: Short = ""
    currency: Annotated[str, Field(max_length=3)] = "USD"
    rate: Short = ""
    kg: Short = ""
    pairs: Short = ""
    quota: Annotated[str, Field(max_length=1)] = ""
    equivalent: Annotated[str, Field(max_length=1)] = ""
    price_unit: Short = ""
    price_line: Short = ""
    price_market: Short = ""
    price_reference: Short = ""


class FoundOut(Schema):
    """A tariff line that answers a search."""

    code: str
    market: str
    name_vi: str
    name_en: str


class NoticeOut(Schema):
    """A change to come."""

    on: date
    kind: str
    line: str
    agreement: str
    vi: str
    en: str


@router.get("/duty", response=list[dict[str, Any]], url_name="duty", summary="What duty goods pay, every agreement")
def duty(request: HttpRequest, question: Query[DutyIn]) -> list[dict[str, Any]]:
    """One answer for each national line under the code, offers ranked, each with source, stage and remarks."""
    return [output.as_dict(one) for one in answers(asked(question.dict(), timezone.localdate()))]


@router.get("/goods", response=list[FoundOut], url_name="goods", summary="Find goods codes by digits or words")
def goods(request: HttpRequest, q: Short, market: Short = "") -> list[finding.Found]:
    """At most 60 lines, best first."""
    return finding.find(q, [queries.territory(market)] if market else [])


@router.get("/agreements", response=list[dict[str, Any]], url_name="agreements", summary="Agreements with their days")
def agreement_list(request: HttpRequest) -> list[dict[str, Any]]:
    """Members with their own days of entry, proofs, and whether the original was read."""
    return [
        {
            "code": one.code,
            "vi": one.vi,
            "en": one.en,
            "is_verified": one.is_verified,
            "source": one.source,
            "members": [{"code": member.code, "in_force": member.in_force} for member in one.members],
            "proofs": [{"code": proof.code, "vi": proof.vi, "en": proof.en} for proof in one.proofs],
        }
        for one in agreements().values()
    ]


@router.get(
    "/duty-notices", response=list[NoticeOut], url_name="duty-notices", summary="Changes of the next three years"
)
def changes(request: HttpRequest, code: Short, to: Short) -> list[NoticeOut]:
    """Steps of staged duties, agreements entering into force, schedules that end, barriers that move."""
    today = timezone.localdate()
    found = notices.notices(queries.territory(to), queries.goods_code(code), today, today + timedelta(days=1098))
    return [
        NoticeOut(
            on=one.on, kind=one.kind, line=one.line, agreement=one.agreement, vi=one.text("vi"), en=one.text("en")
        )
        for one in found
    ]
