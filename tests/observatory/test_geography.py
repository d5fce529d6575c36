"""Series on the provinces of before and after 1 July 2025: summed where that is true, refused where it is not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kecho.kernel import localities
from kecho.kernel.errors import KechoError
from kecho.observatory.geography import MERGED_ON, Geography, rebuilt
from kecho.observatory.queries import SeriesKey
from tests.observatory.makers import observe, release, series

pytestmark = pytest.mark.django_db
BAC_NINH, BAC_GIANG, HA_NOI = "VN-56", "VN-54", "VN-HN"


def capital(locality: str, measure: str = "level") -> SeriesKey:
    return SeriesKey("fdi_registered", "", locality, measure)


def numbers(key: SeriesKey, geography: Geography) -> dict[str, Decimal]:
    return {period.code: point.number for period, point in rebuilt(key, geography).points.items()}


@pytest.fixture
def before_and_after() -> None:
    """Two old provinces in May, one of them alone in June, the new one in August; Hà Nội throughout."""
    of = release("2025-09-06", period="2025-08")
    for place in (BAC_NINH, BAC_GIANG, HA_NOI):
        series(capital(place))
    observe(capital(BAC_NINH), "2025-05", "100", of)
    observe(capital(BAC_GIANG), "2025-05", "60", of)
    observe(capital(BAC_NINH), "2025-06", "110", of)
    observe(capital(BAC_NINH), "2025-01/2025-08", "900", of)
    observe(capital(BAC_NINH), "2025-08", "190", of)
    observe(capital(HA_NOI), "2025-05", "40", of)
    observe(capital(HA_NOI), "2025-08", "50", of)


@pytest.mark.usefixtures("before_and_after")
def test_the_new_province_is_the_sum_of_the_old_ones_where_all_have_a_figure() -> None:
    assert numbers(capital(BAC_NINH), Geography.NEW) == {"2025-05": 160, "2025-08": 190}
    made = rebuilt(capital(BAC_NINH), Geography.NEW)
    may = next(point for point in made.points.values() if point.is_derived)
    assert len(may.inputs) == 2
    assert "Bắc Giang, Bắc Ninh" in may.note
    assert "Bắc Giang, Bắc Ninh" in made.assumed("vi")


@pytest.mark.usefixtures("before_and_after")
def test_the_old_province_ends_with_the_merger() -> None:
    assert numbers(capital(BAC_NINH), Geography.OLD) == {"2025-05": 100, "2025-06": 110}
    assert numbers(capital(BAC_GIANG), Geography.OLD) == {"2025-05": 60}


@pytest.mark.usefixtures("before_and_after")
@pytest.mark.parametrize("geography", list(Geography))
def test_ha_noi_is_the_same_on_both(geography: Geography) -> None:
    assert numbers(capital(HA_NOI), geography) == {"2025-05": 40, "2025-08": 50}
    assert "không thay đổi địa giới" in rebuilt(capital(HA_NOI), geography).assumed("vi")


@pytest.mark.parametrize(
    ("key", "geography", "code"),
    [
        (SeriesKey("iip", "", BAC_NINH, "index_py"), Geography.NEW, "observatory.not_additive"),
        (SeriesKey("crop_yield", "", BAC_NINH), Geography.NEW, "observatory.not_additive"),
        (capital(BAC_GIANG), Geography.NEW, "observatory.other_geography"),
        (capital("VN-99"), Geography.OLD, "observatory.other_geography"),
    ],
)
def test_what_does_not_add_up_or_is_not_there_is_refused(key: SeriesKey, geography: Geography, code: str) -> None:
    with pytest.raises(KechoError) as caught:
        rebuilt(key, geography)
    assert caught.value.code == code
    assert all(caught.value.text(lang) for lang in ("vi", "en"))


def test_every_new_province_is_made_of_old_ones_once() -> None:
    new = localities.children("VN", MERGED_ON)
    old = [part.code for one in new for part in (localities.predecessors(one.code, MERGED_ON) or (one,))]
    assert (len(new), len(old), len(set(old))) == (34, 63, 63)
