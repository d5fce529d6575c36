"""SDMX data messages in: SDMX-ML 2.1 (generic and structure-specific) and 3.0 through pysdmx, SDMX-CSV 1.0 and 2.0.

SDMX-CSV is read here: pysdmx turns its values into doubles, and "1315.50" would lose the zero that was printed.

Which component says what is declared (``data/sdmx.toml``, or the ``[sdmx]`` table of a mapping file). The bytes are
looked at first: no document types, no entities, UTF-8 alone; the parser gets bytes, never a path or an address.
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
import tomllib
from collections.abc import Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

from kecho.intake import limits, sdmx_codes
from kecho.intake.guard import display_name
from kecho.intake.reading import Reading, Skipped
from kecho.intake.rows import Row
from kecho.kernel import localities
from kecho.kernel.errors import KechoError, Location
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period

#: The ``table`` of rows that come from an SDMX message.
TABLE = "sdmx"
#: Observations of one message, and problems that are listed.
MOST_OBSERVATIONS = 1_000_000
LISTED_ERRORS = 200
FIELDS = (
    "indicator", "breakdown", "measure", "locality", "period", "value", "unit", "multiplier", "status", "stage",
    "no_value", "calendar",
)  # fmt: skip
_FORBIDDEN = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
_MESSAGE = re.compile(rb"<(?:\w+:)?(?:Generic|StructureSpecific)(?:TimeSeries)?Data\b")
_NOT_A_NUMBER = ("", "nan", "#n/a")


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Where a field of a figure comes from: a component's code, translated by ``codes``; ``fixed`` where absent."""

    component: str = ""
    fixed: str = ""
    codes: tuple[tuple[str, str], ...] = ()

    def read(self, record: Dict[str, Any]) -> str:
        """The field of one observation."""
        found = record.get(self.component) if self.component else None
        is_absent = found is None or (isinstance(found, float) and math.isnan(found))
        text = "" if is_absent or str(found).lower() in _NOT_A_NUMBER else str(found).strip()
        return dict(self.codes).get(text, text) if text else self.fixed


Rules = dict[str, FieldRule]


@cache
def usual_rules() -> Rules:
    """The declared mapping that is shipped."""
    return rules_of(tomllib.loads(resources.files("kecho.intake").joinpath("data/sdmx.toml").read_text("utf-8")))


def rules_of(data: Dict[str, Any]) -> Rules:
    """The ``[sdmx]`` table of a mapping file; what it leaves out is as usual. Raises ``intake.mapping_broken``."""
    try:
        found = {
            name: FieldRule(rule.get("component", ""), rule.get("fixed", ""), tuple(rule.get("codes", {}).items()))
            for name, rule in data["sdmx"].items()
        }
    except (KeyError, AttributeError, TypeError) as problem:
        raise KechoError("intake.mapping_broken", detail=f"[sdmx] {problem}"[:160]) from None
    if unknown := set(found) - set(FIELDS):
        raise KechoError("intake.mapping_broken", detail=f"[sdmx] {', '.join(sorted(unknown))}")
    return found if set(found) == set(FIELDS) else usual_rules() | found


def has_rules(text: str) -> bool:
    """Whether a mapping file is one for SDMX."""
    try:
        return "sdmx" in tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False


# ---- the door


def is_sdmx_csv(path: Path) -> bool:
    """Whether the first line is a header of SDMX-CSV."""
    try:
        with path.open("rb") as stream:
            line = stream.readline(10_000).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    names = next(csv.reader([line]), [])
    return names[:1] == ["DATAFLOW"] or names[:2] == ["STRUCTURE", "STRUCTURE_ID"]


def checked_bytes(path: Path) -> bytes:
    """The file's bytes, fit for the parser. Raises ``intake.missing_file``, ``file_too_large``, ``xml_entities``, …"""
    where = Location(file=display_name(path))
    try:
        size = path.stat().st_size
        data = path.read_bytes() if 0 < size <= limits.WORKBOOK_BYTES and path.is_file() else b""
    except FileNotFoundError:
        raise KechoError("intake.missing_file", where=where) from None
    except OSError:
        raise KechoError("intake.bad_path", where=where) from None
    if size > limits.WORKBOOK_BYTES:
        mebibyte = limits.MEBIBYTE
        raise KechoError(
            "intake.file_too_large", where=where, size=size // mebibyte, limit=limits.WORKBOOK_BYTES // mebibyte
        )
    if not data:
        raise KechoError("intake.empty_file", where=where)
    if path.suffix.lower() == ".xml":
        _check_xml(data, where)
    return data


def _check_xml(data: bytes, where: Location) -> None:
    declared = _ENCODING.search(data[:200])
    if b"\0" in data[:4096] or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
        raise KechoError("intake.xml_entities", where=where, part="xml")
    if _FORBIDDEN.search(data):
        raise KechoError("intake.xml_entities", where=where, part="xml")
    if not _MESSAGE.search(data[:20_000]):
        raise KechoError("intake.sdmx_no_data", where=where)


# ---- reading


def read_sdmx(path: Path, rules: Rules | None = None) -> Reading:
    """The rows of a data message, or all of its problems. Raises KechoError where it is no readable message."""
    data = checked_bytes(path)
    where = Location(file=display_name(path))
    reading = Reading(where.file, hashlib.sha256(data).hexdigest(), is_own=True)
    message = _Message(reading, rules or usual_rules(), is_csv=path.suffix.lower() == ".csv")
    for structure, records in _csv(data, where) if message.is_csv else _datasets(data, where):
        for record in records:
            message.take(structure, record)
    if not reading.rows and not reading.errors:
        reading.errors.append(KechoError("intake.sdmx_no_data", where=where))
    if reading.errors:
        reading.rows = []
    last = max((Period.parse(code.partition("@")[0]).end for code in {row.period for row in reading.rows}), default=0)
    reading.period = Period(last - 1, last).code if last else ""
    return reading


def _csv(data: bytes, where: Location) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each line as a data set of one observation, under the structure it names. A deletion is none we can carry out."""
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise KechoError("intake.csv_not_utf8", where=where) from None
    if len(lines) > MOST_OBSERVATIONS:
        raise KechoError("intake.csv_too_many_rows", where=where, limit=MOST_OBSERVATIONS)
    try:
        for number, record in enumerate(csv.DictReader(lines, strict=True), 2):
            if None in record or record.get("ACTION") in ("D", "M"):
                raise KechoError(
                    "intake.sdmx_broken", where=Location(where.file, row=number), detail=f"ACTION, {number}"
                )
            yield str(record.get("STRUCTURE_ID") or record.get("DATAFLOW") or "")[:100], [record]
    except csv.Error as problem:
        raise KechoError("intake.csv_broken", where=where, detail=str(problem)[:80]) from None


def _datasets(data: bytes, where: Location) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each data set's structure and its observations, attributes of the set with each."""
    from pysdmx.errors import PysdmxError
    from pysdmx.io import read_sdmx as parse

    try:
        message = parse(BytesIO(data), validate=True)
    except (PysdmxError, ValueError, KeyError, TypeError, AttributeError, SyntaxError) as problem:
        raise KechoError("intake.sdmx_broken", where=where, detail=" ".join(str(problem).split())[:160]) from None
    count = 0
    for found in message.data or ():
        frame = found.data.astype(object)  # type: ignore[attr-defined]
        count += len(frame)
        if count > MOST_OBSERVATIONS:
            raise KechoError("intake.csv_too_many_rows", where=where, limit=MOST_OBSERVATIONS)
        shared = {name: value for name, value in found.attributes.items() if value is not None}
        yield str(found.structure)[:100], [shared | record for record in frame.to_dict("records")]


class _Message:
    """What has been read of one message so far."""

    def __init__(self, reading: Reading, rules: Rules, *, is_csv: bool) -> None:
        self.reading, self.rules, self.is_csv = reading, rules, is_csv
        self.count = 0
        self.seen: dict[tuple[str, ...], str] = {}

    def take(self, structure: str, record: dict[str, Any]) -> None:
        """One observation: a row, a reason why it is none, or a problem."""
        self.count += 1
        row_number = self.count + 1 if self.is_csv else None
        field = {name: rule.read(record) for name, rule in self.rules.items()}
        try:
            if field["status"] == sdmx_codes.FORECAST:
                self.reading.skipped.append(
                    Skipped(structure, f"#{self.count}", "intake.sdmx_forecast", field["value"])
                )
                return
            row = self._row(structure, field)
        except (KechoError, ValueError, InvalidOperation) as problem:
            if len(self.reading.errors) < LISTED_ERRORS:
                where = Location(self.reading.file, structure, row_number)
                self.reading.errors.append(_coded(problem, where, field))
            return
        key = (row.indicator, row.label, row.locality, row.period, row.measure)
        first = self.seen.setdefault(key, row.cell)
        if first != row.cell:
            where = Location(self.reading.file, structure, row_number)
            error = KechoError("intake.own_twice", where=where, first=first, label=f"{row.indicator} {row.label}")
            self.reading.errors.append(error)
            return
        self.reading.rows.append(row)

    def _row(self, structure: str, field: dict[str, str]) -> Row:
        period = sdmx_codes.period_of(field["period"])
        measure = Measure(field["measure"].lower())
        unit, left = ("percent", 0) if measure is not Measure.LEVEL else _unit(field["unit"], field["multiplier"])
        place = localities.get(field["locality"]).code
        stage = Stage(field["stage"]) if field["stage"] else sdmx_codes.STAGE_OF_STATUS.get(field["status"])
        note = "" if stage or not field["status"] else f"OBS_STATUS {field['status']}"
        if not field["value"]:
            value = sdmx_codes.SIGN_OF_MISSING[sdmx_codes.missing_of(field["status"], field["no_value"])]
        else:
            value = format(Decimal(field["value"]).scaleb(left), "f")
        if not field["indicator"]:
            raise KechoError("intake.own_no_indicator")
        return Row(
            file=self.reading.file,
            sheet=structure,
            cell=f"#{self.count}",
            table=TABLE,
            indicator=field["indicator"].lower(),
            label=field["breakdown"].replace(".", "/"),
            breakdown="",
            locality=place,
            period=f"{period.code}@{field['calendar']}" if field["calendar"] else period.code,
            measure=measure.value,
            value=value,
            unit=unit,
            stage=(stage or Stage.PRELIMINARY).value,
            note=note,
        )


def _unit(code: str, multiplier: str) -> tuple[str, int]:
    if not code:
        raise KechoError("intake.own_no_unit")
    return sdmx_codes.unit_of(code.lower(), int(multiplier))


def _coded(problem: Exception, where: Location, field: dict[str, str]) -> KechoError:
    if isinstance(problem, KechoError):
        return KechoError(problem.code, where=where, **problem.params)
    detail = f"{problem}"[:80] or field["value"][:80]
    return KechoError("intake.sdmx_bad_code", where=where, value=detail)
