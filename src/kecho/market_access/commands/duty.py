"""``kecho duty``: what duty goods will pay, agreement by agreement; one question, a search, or a file of questions.

Exit status 0: answered; 1: refused with a coded error; 2: wrong use of the command.
"""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kecho.kernel.errors import KechoError
from kecho.market_access.commands import database


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    """The language of what is printed; JSON has both."""

    VI = "vi"
    EN = "en"


def duty(
    code: Annotated[
        str, typer.Argument(help="Mã HS, 6 đến 10 chữ số / HS code, 6 to 10 digits", metavar="[CODE]")
    ] = "",
    *,
    to: Annotated[str, typer.Option("--to", help="Thị trường: JP, EU, KR… / Market")] = "",
    origin: Annotated[str, typer.Option("--origin", help="Nước xuất xứ / Country of origin")] = "VN",
    on: Annotated[str, typer.Option("--on", help="Ngày YYYY-MM-DD; bỏ trống: hôm nay / Day; today when left out")] = "",
    value: Annotated[str, typer.Option("--value", help="Trị giá hải quan / Customs value")] = "",
    currency: Annotated[str, typer.Option("--currency", help="Đồng tiền của trị giá / Its currency")] = "USD",
    rate: Annotated[str, typer.Option("--rate", help="Tỷ giá ra tiền của thị trường / Market's money for one")] = "",
    kg: Annotated[str, typer.Option("--kg", help="Trọng lượng tịnh / Net weight")] = "",
    pairs: Annotated[str, typer.Option("--pairs", help="Số đôi / Pairs")] = "",
    quota: Annotated[bool, typer.Option("--quota", help="Có giấy phép trong hạn ngạch / Licence within quota")] = False,
    equivalent: Annotated[
        str, typer.Option("--equivalent", help="Quy đổi ra phần trăm: 1 hoặc 2 (UNCTAD) / Equivalent by UNCTAD method")
    ] = "",
    price: Annotated[
        list[str] | None,
        typer.Option("--price", help="Giá cho --equivalent: line:0.6, market:0.7, reference:0.9 / Prices of one unit"),
    ] = None,
    price_unit: Annotated[str, typer.Option("--price-unit", help="kg, pair, l, piece")] = "kg",
    find: Annotated[str, typer.Option("--find", help="Tìm mã bằng lời / Find a code by words")] = "",
    edition: Annotated[
        str, typer.Option("--edition", help="Mã --find thuộc HS2017, HS2012… / Edition of the code of --find")
    ] = "",
    batch: Annotated[Path | None, typer.Option("--batch", help="Tệp câu hỏi CSV / CSV of questions")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Tệp kết quả của --batch / Where answers go")] = None,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
    lang: Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / Language")] = Language.VI,
) -> None:
    """Thuế nhập khẩu phải nộp theo từng hiệp định / The duty goods will pay, agreement by agreement."""
    database.start()
    if find and edition:
        _later(find, edition)
    elif find:
        _find(find, lang)
    elif batch:
        from kecho.market_access import questions_file

        count, answered = questions_file.answer(batch, out or batch.with_suffix(".answers.csv"), date.today())  # noqa: DTZ011
        typer.echo(f"{answered}/{count} → {out or batch.with_suffix('.answers.csv')}")
    else:
        words = {"code": code, "to": to, "origin": origin, "on": on, "value": value, "currency": currency, "rate": rate}
        words |= {"equivalent": equivalent, "price_unit": price_unit, **_prices(price or [])}
        _answer({**words, "kg": kg, "pairs": pairs, "quota": "1" if quota else ""}, form, lang)


def _answer(words: dict[str, str], form: Format, lang: str) -> None:
    from django.utils import timezone

    from kecho.market_access import output
    from kecho.market_access.answering import answers, asked

    found = answers(asked(words, timezone.localdate()))
    if form is Format.JSON:
        typer.echo(json.dumps([output.as_dict(one) for one in found], ensure_ascii=False, indent=1))
        return
    for number, answer in enumerate(found):
        if number:
            typer.echo("")
        for line in output.text(answer, lang, with_why=len(found) == 1):
            typer.echo(line)


def _prices(texts: list[str]) -> dict[str, str]:
    """The words of prices written as name:amount."""
    found = {}
    for text in texts:
        name, _, amount = text.partition(":")
        if name not in {"line", "market", "reference"} or not amount:
            raise KechoError("market_access.unknown_method", value=text[:30], known="line:, market:, reference:")
        found[f"price_{name}"] = amount
    return found


def _later(code: str, edition: str) -> None:
    """Codes of today for a code of an older edition, all candidates."""
    from kecho.market_access import correlations, queries

    found = correlations.later(queries.goods_code(code)[:6], edition)
    if not found:
        raise KechoError("market_access.no_candidates", value=code, edition=queries.HS_NOW)
    for one in found:
        typer.echo(f"{edition} {code} → {queries.HS_NOW} {one}")


def _find(words: str, lang: str) -> None:
    from kecho.market_access.finding import deciding_question, find

    found = find(words, most=20)
    for one in found:
        typer.echo(f"{one.code}  {one.market}  {one.name(lang)}")
    question = deciding_question(found, lang)
    if question:
        for answer, codes in question.answers:
            typer.echo(f"  ? {answer}: {', '.join(codes)}")
