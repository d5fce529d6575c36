"""An indicator's figures as an SDMX data message: CSV 1.0 and 2.0, ML 2.1 (generic, which every client reads) and 3.0.

Written through pysdmx with the components that ``intake.sdmx`` reads by default, so that one Kẻ Chợ reads another.
What SDMX has no code for (our stages, why a value is missing, the administrative calendar, what is fictional) has an
attribute.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kecho.intake import sdmx_codes
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Calendar
from kecho.observatory import derived
from kecho.observatory.values import Point, SeriesInfo
from kecho.publish.sdmx_forms import Form

DIMENSIONS = ("FREQ", "REF_AREA", "INDICATOR", "BREAKDOWN", "MEASURE", "TIME_PERIOD")
ATTRIBUTES = (
    "OBS_STATUS", "UNIT_MEASURE", "UNIT_MULT", "DECIMALS", "STAGE", "NO_VALUE", "CALENDAR", "SOURCE", "COMMENT_OBS",
)  # fmt: skip
COLUMNS = (*DIMENSIONS, "OBS_VALUE", *ATTRIBUTES)
AGENCY, DATAFLOW, VERSION = "KECHO", "FIGURES", "1.0"
FICTIONAL = "Minh họa, không có thật / Fictional"


def message(indicator: str, locality: str | None, form: Form, as_of: date | None = None) -> str:
    """Every series of an indicator, stored or derived, as the viewer knew it on a day.

    Raises ``observatory.unknown_indicator``, ``publish.no_series`` where there is nothing to write.
    """
    derived.indicator(indicator)
    records = list(_records(indicator, locality, as_of))
    if not records:
        raise KechoError("publish.no_series", value=indicator, locality=locality or "*")
    return _written(records, form)


def _records(indicator: str, locality: str | None, as_of: date | None) -> Iterator[tuple[str, ...]]:
    found = derived.series_list(indicator, locality)
    known = derived.many_points([one.key for one in found], as_of)
    for info in found:
        for point in known[info.key].values():
            yield _record(info, point)


def _record(info: SeriesInfo, point: Point) -> tuple[str, ...]:
    """One observation under ``COLUMNS``; what it has no word for is empty."""
    frequency, time = sdmx_codes.time_of(point.period)
    unit, multiplier = sdmx_codes.measure_of_unit(info.unit if info.key.measure == Measure.LEVEL else "percent")
    status = sdmx_codes.STATUS_OF_STAGE[point.stage]
    if point.missing is not None:
        status = sdmx_codes.STATUS_OF_MISSING[point.missing]
    return (
        frequency,
        info.key.locality,
        info.key.indicator,
        info.key.breakdown.replace("/", ".") or "_T",
        info.key.measure,
        time,
        "" if point.value is None else format(point.value, "f"),
        status,
        unit,
        str(multiplier),
        "" if point.decimals is None or point.decimals < 0 else str(point.decimals),
        point.stage.value,
        "" if point.missing is None else point.missing.value,
        "" if point.period.calendar is Calendar.STATISTICAL else point.period.calendar.value,
        " ".join(filter(None, (point.release.file_name or point.release.title, point.sheet, point.cell))),
        FICTIONAL if point.is_fictional else "",
    )


def _written(records: list[tuple[str, ...]], form: Form) -> str:
    import pandas
    from pysdmx.io import write_sdmx
    from pysdmx.io.format import Format
    from pysdmx.io.pd import PandasDataset
    from pysdmx.model import Concept
    from pysdmx.model.dataflow import Component, Components, Role, Schema

    def component(name: str) -> Component:
        role = Role.DIMENSION if name in DIMENSIONS else Role.MEASURE if name == "OBS_VALUE" else Role.ATTRIBUTE
        level = "O" if role is Role.ATTRIBUTE else None
        return Component(name, role is Role.DIMENSION, role, Concept(name), attachment_level=level)

    written = {
        Form.CSV: Format.DATA_SDMX_CSV_2_0_0,
        Form.CSV_1: Format.DATA_SDMX_CSV_1_0_0,
        Form.ML: Format.DATA_SDMX_ML_2_1_GEN,
        Form.ML_3: Format.DATA_SDMX_ML_3_0,
    }
    schema = Schema("dataflow", AGENCY, DATAFLOW, Components([component(name) for name in COLUMNS]), VERSION)
    frame = pandas.DataFrame(records, columns=list(COLUMNS), dtype=object)
    text = write_sdmx([PandasDataset(structure=schema, data=frame)], written[form])
    if text is None:
        raise KechoError("publish.no_series", value=DATAFLOW, locality="*")
    return text
