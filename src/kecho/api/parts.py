"""Types that the schemas of every room share."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Schema
from ninja.pagination import PaginationBase
from pydantic import PlainSerializer, WithJsonSchema

# A figure goes out as text, so that no digit is lost on the way; it comes in within bounds that every database keeps.
DecimalText = Annotated[
    Decimal,
    PlainSerializer(lambda value: format(value, "f"), return_type=str),
    WithJsonSchema({"type": "string", "examples": ["1234.5"]}, mode="serialization"),
]
DecimalIn = Annotated[Decimal, Field(max_digits=30, decimal_places=10)]


class Pages(PaginationBase):
    """``limit`` and ``offset``; the answer tells how many there are in all."""

    class Input(Schema):
        limit: int = Field(100, ge=1, le=1000, description="How many at most")
        offset: int = Field(0, ge=0, le=10_000_000, description="How many to leave out from the start")

    class Output(Schema):
        items: list[Any]
        count: int = Field(description="How many there are in all")
        limit: int
        offset: int

    def paginate_queryset(self, queryset: Any, pagination: Input, request: HttpRequest, **_: Any) -> dict[str, Any]:
        """One page of a list or of a query."""
        total = queryset.count() if hasattr(queryset, "model") else len(queryset)
        start, end = pagination.offset, pagination.offset + pagination.limit
        return {
            "items": list(queryset[start:end]),
            "count": total,
            "limit": pagination.limit,
            "offset": pagination.offset,
        }
