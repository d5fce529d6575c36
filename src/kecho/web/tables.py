"""Figures as files: one tidy table of points, written four ways. Pure but for the libraries that write."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from kecho.observatory.queries import IndicatorInfo, Point, SeriesInfo, SeriesKey
from kecho.web import words

Value = str | Decimal | bool | None

COLUMNS = (
    "indicator", "breakdown", "breakdown_label", "locality", "measure", "period", "value", "unit", "stage", "missing",
    "published_on", "file", "sheet", "cell", "derived", "fictional", "note",
)  # fmt: skip
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Extract:
    """What is downloaded: one series, its points in order, and the sentences that must go with them."""

    info: IndicatorInfo
    series: SeriesInfo
    points: tuple[Point, ...]
    address: str
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> SeriesKey:
        """Which series."""
        return self.series.key


def records(extract: Extract) -> Iterator[dict[str, Value]]:
    """One record a point, under ``COLUMNS``; codes stay codes, so that both languages give the same file."""
    key = extract.key
    for point in extract.points:
        yield {
            "indicator": key.indicator,
            "breakdown": key.breakdown,
            "breakdown_label": extract.series.label(words.language()) if key.breakdown else "",
            "locality": key.locality,
            "measure": key.measure,
            "period": point.period.code,
            "value": point.value,
            "unit": point.unit,
            "stage": str(point.stage),
            "missing": str(point.missing or ""),
            "published_on": point.release.published_on.isoformat(),
            "file": point.release.file_name,
            "sheet": point.sheet,
            "cell": point.cell,
            "derived": point.is_derived,
            "fictional": point.is_fictional,
            "note": point.note,
        }


def machine_csv(extract: Extract) -> bytes:
    """RFC 4180: commas, CRLF, decimal points, UTF-8 without a mark."""
    return _csv(extract, ",", lambda value: format(value, "f")).encode("utf-8")


def vietnamese_csv(extract: Extract) -> bytes:
    """For Excel under Vietnamese settings: semicolons, decimal commas, UTF-8 with a byte order mark."""
    return _csv(extract, ";", lambda value: format(value, "f").replace(".", ",")).encode("utf-8-sig")


def as_json(extract: Extract) -> bytes:
    """The same records with what they are about; values are strings, so that no digit is lost."""
    lang = words.language()
    document = {
        "indicator": {
            "code": extract.info.code,
            "name": extract.info.name(lang),
            "definition": extract.info.definition(lang),
            "source": extract.info.source(lang),
        },
        "series": {
            "breakdown": extract.key.breakdown,
            "label": extract.series.label(lang),
            "locality": extract.key.locality,
            "locality_name": words.place(extract.key.locality),
            "measure": extract.key.measure,
            "unit": extract.series.unit,
        },
        "address": extract.address,
        "notes": list(extract.notes),
        "observations": [{name: _plain(value) for name, value in record.items()} for record in records(extract)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")


def _plain(value: Value) -> str | bool | None:
    return format(value, "f") if isinstance(value, Decimal) else value


def workbook(extract: Extract, cover: Iterable[tuple[str, str]]) -> bytes:
    """A cover, the data with true numbers, no merged cells; nothing in it is ever taken for a formula."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    first = book.add_worksheet(gettext("Bìa"))
    first.set_column(0, 0, 28)
    first.set_column(1, 1, 90)
    first.write_string(0, 0, extract.info.name(words.language()), bold)
    for row, (name, text) in enumerate(cover, start=2):
        first.write_string(row, 0, name)
        first.write_string(row, 1, text)
    _data_sheet(book, extract, bold)
    book.close()
    return target.getvalue()


def _data_sheet(book: Any, extract: Extract, bold: Any) -> None:
    sheet = book.add_worksheet(gettext("Số liệu"))
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name, bold)
    for row, record in enumerate(records(extract), start=1):
        for column, name in enumerate(COLUMNS):
            value = record[name]
            if isinstance(value, Decimal):
                sheet.write_number(row, column, float(value))  # a spreadsheet's numbers are doubles
            elif isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif value:
                sheet.write_string(row, column, value)
    sheet.set_column(0, len(COLUMNS) - 1, 16)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(extract.points), len(COLUMNS) - 1)


def _csv(extract: Extract, separator: str, number: Callable[[Decimal], str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records(extract):
        writer.writerow([_field(record[name], number) for name in COLUMNS])
    return out.getvalue()


def _field(value: Value, number: Callable[[Decimal], str]) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe; numbers keep their sign."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number(value)
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
