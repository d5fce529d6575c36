"""A study of the use of preferences: from files to what is stored and shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from kecho.analytics.preference import Use
from kecho.kernel.errors import KechoError
from kecho.market_access import files
from kecho.market_access.models import UtilisationStudy
from kecho.market_access.utilisation import (
    DIMENSIONS,
    Refused,
    calls,
    classify,
    count,
    customs_layout,
    eligible_by_agreement,
    read_certificates,
    read_exports,
    read_lines,
    summary,
    totals,
)
from kecho.people import audit
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission, require

#: rows kept of each dimension: those where most is foregone
MOST = 200
#: stands for a layout where certificates were counted
CERTIFICATES = "certificates"


def content(paths: Sequence[Path], code: str) -> dict[str, Any]:
    """Classes, the whole, every dimension and whom to call, with decimals as text."""
    layout = customs_layout(code)
    classified = classify(read_lines(paths, layout), layout)
    return {
        "lines": classified.height,
        "value": _text(Decimal(int(classified["value"].sum())) / 100),
        "classes": {
            name: {"lines": lines, "value": _text(value)} for name, (lines, value) in totals(classified).items()
        },
        "whole": _use(summary(classified)[0][1]) if classified.height else None,
        "by": {name: _rows(summary(classified, name)) for name in DIMENSIONS},
        "by_itself": {name: _text(value) for name, value in eligible_by_agreement(classified, layout).items()},
        "calls": [{**row, "foregone": _text(Decimal(str(row["foregone"])))} for row in calls(classified, MOST)],
    }


@transaction.atomic
def store(paths: Sequence[Path], code: str, actor: Actor) -> UtilisationStudy:
    """Compute and keep a study; an audit row is written."""
    require(actor, Permission.MANAGE_MARKET_ACCESS, Scope.everywhere())
    layout, found = customs_layout(code), content(paths, code)
    study = UtilisationStudy.objects.create(
        layout=code,
        title_vi=layout.vi,
        title_en=layout.en,
        market=layout.market,
        currency=layout.currency,
        source=layout.source,
        is_fictional=layout.is_fictional,
        line_count=found["lines"],
        content=found,
        computed_by=actor.name,
    )
    audit.record(actor, "market_access.store_utilisation", study, details={"lines": found["lines"]})
    return study


def certificates(path: Path, exports: Path | None) -> tuple[dict[str, Any], list[Refused]]:
    """Certificates of origin counted, with the certificate rate where exports are given; the rows left out of both."""
    found, refused = read_certificates(files.read_bytes(path), path.name)
    sent, unsent = read_exports(files.read_bytes(exports), exports.name) if exports else ([], [])
    if found and sent and found[0].currency != sent[0].currency:
        raise KechoError("market_access.two_currencies", one=found[0].currency, other=sent[0].currency)
    return {**count(found, sent, refused), "files": [one.name for one in (path, exports) if one]}, [*refused, *unsent]


@transaction.atomic
def store_certificates(path: Path, exports: Path | None, actor: Actor) -> tuple[dict[str, Any], list[Refused]]:
    """Count and keep; an audit row is written."""
    require(actor, Permission.MANAGE_MARKET_ACCESS, Scope.everywhere())
    found, refused = certificates(path, exports)
    study = UtilisationStudy.objects.create(
        layout=CERTIFICATES,
        title_vi="Chứng nhận xuất xứ đã cấp",
        title_en="Certificates of origin issued",
        market="",
        currency=found["currency"],
        source=", ".join(found["files"]),
        line_count=found["whole"]["count"],
        content=found,
        computed_by=actor.name,
    )
    details = {"rows": found["whole"]["count"], "left_out": len(refused)}
    audit.record(actor, "market_access.store_certificates", study, details=details)
    return found, refused


def _rows(found: list[tuple[str, Use]]) -> list[dict[str, str | None]]:
    return [{"key": key, **_use(use)} for key, use in found[:MOST] if use.dutiable]


def _use(use: Use) -> dict[str, str | None]:
    shares = {"coverage": use.coverage, "utilisation": use.utilisation, "utility": use.utility}
    return {
        **{name: _text(getattr(use, name)) for name in ("dutiable", "eligible", "used", "realised", "foregone")},
        **{name: None if share is None else _text(share) for name, share in shares.items()},
    }


def _text(number: Decimal) -> str:
    return f"{number:.2f}"
