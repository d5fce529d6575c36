"""``kecho utilisation``: how far preferences were used, from customs lines.

Exit status 0: computed; 1: refused with a coded error; 2: wrong use of the command.
"""

from __future__ import annotations

import json
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from kecho.kernel import formats
from kecho.market_access.commands import database


class Format(StrEnum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    """The language of the text."""

    VI = "vi"
    EN = "en"


_WORDS = {
    "vi": {
        "used": "đã dùng ưu đãi",
        "unused": "bỏ lỡ ưu đãi",
        "needless": "không cần ưu đãi (MFN 0%)",
        "not_covered": "có thuế, không hiệp định nào giảm",
        "claimed_needlessly": "xin ưu đãi dù MFN không cao hơn",
        "other_regime": "chế độ khác",
        "unknown": "chưa biết thuế MFN",
        "head": "{lines} dòng, trị giá {value}",
        "whole": "độ phủ {coverage}%, tỷ lệ tận dụng {utilisation}%, độ hữu dụng {utility}%",
        "money": "tiết kiệm được {realised}, bỏ lỡ {foregone}",
        "calls": "Nên gọi trước:",
    },
    "en": {
        "used": "preference used",
        "unused": "preference foregone",
        "needless": "no preference needed (MFN 0 %)",
        "not_covered": "dutiable, no agreement lower",
        "claimed_needlessly": "claimed although MFN is no higher",
        "other_regime": "other regime",
        "unknown": "MFN not known",
        "head": "{lines} lines, value {value}",
        "whole": "coverage {coverage} %, utilisation {utilisation} %, utility {utility} %",
        "money": "realised {realised}, foregone {foregone}",
        "calls": "Call first:",
    },
}


def utilisation(
    files: Annotated[list[Path], typer.Argument(help="Tệp tờ khai CSV / Files of customs lines")],
    *,
    layout: Annotated[str, typer.Option("--layout", help="Cách bố trí: korea-imports / Layout")] = "korea-imports",
    store: Annotated[bool, typer.Option("--store", help="Lưu cho trang của cán bộ / Keep it for the page")] = False,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
    lang: Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / Language")] = Language.VI,
) -> None:
    """Tỷ lệ tận dụng ưu đãi từ tờ khai hải quan / The use of preferences from customs lines."""
    database.start()
    from kecho.market_access.utilisation import study
    from kecho.people import actors

    found = study.store(files, layout, actors.command_line()).content if store else study.content(files, layout)
    if form is Format.JSON:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    _print(found, lang)


def _print(found: dict[str, Any], lang: str) -> None:
    words = _WORDS[lang]

    def number(text: str | None, decimals: int = 0) -> str:
        return "-" if text is None else formats.number(Decimal(text), "vi" if lang == "vi" else "en", decimals)

    typer.echo(words["head"].format(lines=number(str(found["lines"])), value=number(found["value"])))
    for name, one in found["classes"].items():
        typer.echo(f"  {words[name]}: {number(str(one['lines']))}, {number(one['value'])}")
    whole = found["whole"]
    typer.echo(words["whole"].format(**{key: number(whole[key], 1) for key in ("coverage", "utilisation", "utility")}))
    typer.echo(words["money"].format(**{key: number(whole[key]) for key in ("realised", "foregone")}))
    for row in found["by"]["agreement"]:
        typer.echo(f"  {row['key'] or '-'}: {number(row['utilisation'], 1)} %, {number(row['foregone'])}")
    typer.echo(words["calls"])
    for row in found["calls"][:10]:
        typer.echo(f"  {row['enterprise']}: {number(row['foregone'])} ({row['could_use']}, {row['product']})")
