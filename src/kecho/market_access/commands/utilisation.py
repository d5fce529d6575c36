"""``kecho utilisation``: how far preferences were used, from customs lines or certificates of origin.

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
from kecho.kernel.errors import KechoError
from kecho.market_access.commands import database


class Format(StrEnum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    """The language of the text."""

    VI = "vi"
    EN = "en"


_SHOWN = 20
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
        "issued": "{count} chứng nhận, trị giá {value} {currency}; {left} dòng bỏ lại, trị giá {left_value}",
        "rate": "tỷ lệ cấp C/O {rate} % xuất khẩu (không tách bỏ lỡ khỏi không cần)",
        "agreement": "theo hiệp định",
        "market": "theo thị trường",
        "chapter": "theo chương",
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
        "issued": "{count} certificates, value {value} {currency}; {left} rows left out, value {left_value}",
        "rate": "certificate rate {rate} % of exports (foregone and needless are not told apart)",
        "agreement": "by agreement",
        "market": "by market",
        "chapter": "by chapter",
    },
}


def utilisation(
    files: Annotated[list[Path] | None, typer.Argument(help="Tệp tờ khai CSV / Files of customs lines")] = None,
    *,
    certificates: Annotated[
        Path | None, typer.Option("--certificates", help="Tệp chứng nhận xuất xứ CSV / Certificates of origin")
    ] = None,
    exports: Annotated[
        Path | None, typer.Option("--exports", help="Tệp xuất khẩu CSV làm mẫu số của --certificates / Exports")
    ] = None,
    layout: Annotated[str, typer.Option("--layout", help="Cách bố trí: korea-imports / Layout")] = "korea-imports",
    store: Annotated[bool, typer.Option("--store", help="Lưu cho trang của cán bộ / Keep it for the page")] = False,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
    lang: Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / Language")] = Language.VI,
) -> None:
    """Tỷ lệ tận dụng ưu đãi từ tờ khai hải quan / The use of preferences from customs lines."""
    database.start()
    if certificates is not None:
        _certificates(certificates, exports, form, lang, store=store)
        return
    if not files:
        raise KechoError("market_access.nothing_to_study")
    from kecho.market_access.utilisation import study
    from kecho.people import actors

    found = study.store(files, layout, actors.command_line()).content if store else study.content(files, layout)
    if form is Format.JSON:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    _print(found, lang)


def _certificates(path: Path, exports: Path | None, form: Format, lang: str, *, store: bool) -> None:
    """Certificates counted; rows left out go to the error stream with their reason."""
    from kecho.market_access.utilisation import study
    from kecho.people import actors

    do = study.store_certificates(path, exports, actors.command_line()) if store else study.certificates(path, exports)
    found, refused = do
    for one in refused[:_SHOWN]:
        typer.echo(one.reason.text(lang), err=True)
    if form is Format.JSON:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    words = _WORDS[lang]
    totals = {"count": found["whole"]["count"], "value": _number(found["whole"]["value"], lang)}
    left = {"left": found["refused"]["count"], "left_value": _number(found["refused"]["value"], lang)}
    typer.echo(words["issued"].format(**totals, **left, currency=found["currency"]))
    typer.echo(words["rate"].format(rate=_number(found["whole"]["rate"], lang, 2)))
    for name in ("agreement", "market", "chapter"):
        typer.echo(words[name])
        for row in found["by"][name]:
            rate = _number(row["rate"], lang, 2)
            typer.echo(f"  {row['key']}: {row['count']}, {_number(row['value'], lang)}, {rate} %")


def _number(text: str | None, lang: str, decimals: int = 0) -> str:
    return "-" if text is None else formats.number(Decimal(text), "vi" if lang == "vi" else "en", decimals)


def _print(found: dict[str, Any], lang: str) -> None:
    words = _WORDS[lang]

    def number(text: str | None, decimals: int = 0) -> str:
        return _number(text, lang, decimals)

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
