"""``kecho series`` and ``kecho formulas``: the points of an indicator at a place, each with the cell it came from."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kecho.intake import output

if TYPE_CHECKING:
    from kecho.observatory.geography import Geography
    from kecho.observatory.values import Point

COLUMNS = (
    "indicator", "breakdown", "locality", "measure", "period", "value", "unit", "stage", "published_on", "file",
    "sheet", "cell", "derived", "note",
)  # fmt: skip


class Language(StrEnum):
    """The language of names and sentences."""

    VI = "vi"
    EN = "en"


class Format(StrEnum):
    """How the list is written."""

    TEXT = "text"
    CSV = "csv"


class Borders(StrEnum):
    """The provinces until June 2025, or those since."""

    OLD = "old"
    NEW = "new"


def series(
    indicator: Annotated[str, typer.Argument(help="Mã chỉ tiêu hoặc công thức / Indicator or formula")],
    *,
    locality: Annotated[str, typer.Option(help="Địa phương / Place")] = "VN",
    breakdown: Annotated[str, typer.Option(help="Mã phân tổ; mặc định: tổng số / Part; default: the total")] = "",
    measure: Annotated[str, typer.Option(help="Loại số; mặc định: mọi / Measure; default: all")] = "",
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Như đã biết đến ngày / As known on a day")
    ] = None,
    geography: Annotated[
        Borders | None, typer.Option(help="Dựng lại theo địa giới cũ hoặc mới / Rebuild on old or new borders")
    ] = None,
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ / Language")] = Language.VI,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
) -> None:
    """Liệt kê dãy số của chỉ tiêu, kèm ô gốc / List the points of an indicator, each with its cell."""
    from kecho.observatory.commands import store_readings

    store_readings.start()
    from kecho.observatory import formulas
    from kecho.observatory.geography import Geography

    day = as_of.date() if as_of else None
    if indicator in formulas.formulas():
        one = formulas.formula(indicator)
        records = list(_records((indicator, "", locality, "derived"), formulas.points(one, locality, day).values()))
        said = f"{one.name(lang)} = {one.sentence(lang)}"
    else:
        asked = (indicator, breakdown, locality, measure)
        records, said = _stored(asked, day, Geography(geography.value) if geography else None, lang)
    if form is Format.CSV:
        output.write_table(COLUMNS, records, sys.stdout)
    else:
        for record in records:
            typer.echo(
                f"{record[4]:<18} {record[3]:<11} {record[5]:>16} {record[6]:<16} {' '.join(record[9:12])}".rstrip()
            )
    for line in said.splitlines():
        typer.echo(line, err=True)
    if not records:
        typer.echo("Không có số liệu. / No figures.", err=True)


def formulas(
    *,
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ / Language")] = Language.VI,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
) -> None:
    """Liệt kê các chỉ tiêu dẫn xuất và công thức / List derived indicators and their formulas."""
    from kecho.observatory.commands import store_readings

    store_readings.start()
    from kecho.observatory import formulas as declared

    found = declared.formulas().values()
    if form is Format.CSV:
        rows = ([one.code, one.name(lang), one.kind.value, one.sentence(lang), one.unit] for one in found)
        output.write_table(("formula", "name", "kind", "sentence", "unit"), rows, sys.stdout)
        return
    for one in found:
        typer.echo(f"{one.code:<26} {one.name(lang)}\n{'':<26} {one.sentence(lang)}")


def _stored(
    asked: tuple[str, str, str, str], day: date | None, geography: Geography | None, lang: str
) -> tuple[list[list[str]], str]:
    """Published figures of every measure that the series has, on a geography where one is asked for."""
    from kecho.observatory import catalogue, queries
    from kecho.observatory.geography import rebuilt
    from kecho.observatory.values import SeriesKey

    indicator, breakdown, locality, measure = asked

    entry = catalogue.indicator(indicator)
    records: list[list[str]] = []
    said = dict.fromkeys(filter(None, [entry.series_break(lang)]))
    for one in [measure] if measure else [one.value for one in entry.measures]:
        key = SeriesKey(indicator, breakdown, locality, one)
        if geography is None:
            found = queries.points(key, day)
        elif one != "level" and not measure:
            continue
        else:
            made = rebuilt(key, geography, day)
            found, said[made.assumed(lang)] = made.points, None
        records += _records((indicator, breakdown, locality, one), found.values())
    return records, "\n".join(said)


def _records(key: tuple[str, str, str, str], points: Iterable[Point]) -> Iterator[list[str]]:
    for point in points:
        value = str(point.missing) if point.value is None else format(point.value, "f")
        if point.is_derived and point.value is not None and point.decimals is not None:
            value = format(round(point.value, max(point.decimals, 0)), "f")
        yield [
            *key,
            point.period.code,
            value,
            point.unit,
            point.stage.value,
            point.release.published_on.isoformat(),
            point.release.file_name,
            point.sheet,
            point.cell,
            "yes" if point.is_derived else "no",
            point.note,
        ]
