"""Month peaks, what is billed for them, and how a user corrects them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from custom_components.heatpump_monitor.house_meter.engine import HouseMeterEngine
from custom_components.heatpump_monitor.house_meter.model import (
    QUARTER,
    Basis,
    CapacityTariff,
    MonthPeak,
    PeakBasis,
    Quarter,
)

from .builders import BRUSSELS, NOON, Meter, engine, feed, steady

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
DECEMBER_STARTS = datetime(2026, 12, 1, tzinfo=BRUSSELS).astimezone(UTC)


def quarter(start: datetime, average_w: float) -> Quarter:
    """Return a complete quarter-hour."""
    return Quarter(start=start, import_wh=average_w / 4, basis=Basis.METER)


def shown(house: HouseMeterEngine, month: date = NOVEMBER) -> tuple[float, PeakBasis]:
    """Return a month's peak, and where it is known from."""
    return house.peaks[month].peak_w, house.peaks[month].basis


def meter_says(peak_w: float | None, end: datetime | None, now: datetime) -> Meter:
    """Return a meter that shows a month peak."""
    fields = {"month_peak_w": peak_w, "month_peak_at": end}
    return Meter(steady(400.0), start=now, fields=fields)


def test_highest_quarter() -> None:
    """The peak is the highest complete quarter-hour; the running one is none."""
    load = {1: 3000.0, 2: 5000.0, 4: 9000.0}
    house = engine()
    feed(house, Meter(lambda second: load.get(second // 900, 400.0)).every(0, 4200))
    peak = house.snapshot.month_peak
    assert peak is not None
    assert peak.peak_w == pytest.approx(5000, abs=1)
    assert peak.at == NOON + 2 * QUARTER
    assert peak.basis is PeakBasis.COUNTED


def test_incomplete_quarter_is_no_peak() -> None:
    """What is known of a part of a quarter-hour says nothing of its average."""
    house = engine()
    house.restore([Quarter(start=NOON, import_wh=5000.0, basis=Basis.INCOMPLETE)])
    assert house.peaks == {}


def test_months_are_local() -> None:
    """The last quarter-hour of a local month belongs to it, though UTC says so too."""
    house = engine()
    last = DECEMBER_STARTS - QUARTER
    house.restore([quarter(last, 3000.0), quarter(DECEMBER_STARTS, 4000.0)])
    assert house.peaks[NOVEMBER].at == last
    assert house.peaks[DECEMBER].at == DECEMBER_STARTS


def test_meter_knows_a_higher_peak() -> None:
    """A quarter-hour that was not seen here is known by the meter."""
    house = engine()
    house.restore([quarter(NOON - 8 * QUARTER, 3000.0)])
    feed(house, [meter_says(4035.0, NOON - 3 * QUARTER, NOON).at(0)])
    assert house.peaks[NOVEMBER] == MonthPeak(
        month=NOVEMBER, peak_w=4035.0, at=NOON - 4 * QUARTER, basis=PeakBasis.METER
    )
    feed(house, [meter_says(None, None, NOON).at(60)])
    assert shown(house) == (4035.0, PeakBasis.METER)


def test_meter_knows_a_lower_peak() -> None:
    """The meter may be late: what was counted here stays."""
    house = engine()
    house.restore([quarter(NOON - QUARTER, 6000.0)])
    feed(house, [meter_says(4035.0, NOON - 3 * QUARTER, NOON).at(0)])
    assert shown(house) == (6000.0, PeakBasis.COUNTED)


def test_meter_knows_the_same_quarter() -> None:
    """Of the same quarter-hour the meter's figure is billed; the parts stay."""
    house = engine()
    house.restore([replace(quarter(NOON - QUARTER, 6000.4), parts_wh={"hp": 700.0})])
    feed(house, [meter_says(6000.0, NOON, NOON).at(0)])
    assert shown(house) == (6000.0, PeakBasis.METER)
    house.book_part(NOON - QUARTER, "hp", 650.0)
    assert house.peaks[NOVEMBER].parts_wh == {"hp": 650.0}


def test_new_month() -> None:
    """A meter that still shows last month's peak does not begin the new one with it."""
    house = engine()
    end = DECEMBER_STARTS - timedelta(days=3)
    meter = meter_says(9000.0, end, DECEMBER_STARTS - QUARTER)
    feed(house, meter.every(0, 1900))
    assert house.snapshot.month_peak is not None
    assert house.snapshot.month_peak.month == DECEMBER
    assert house.snapshot.month_peak.peak_w == pytest.approx(400, abs=1)
    assert shown(house) == (9000.0, PeakBasis.METER)


def test_peak_that_ended_at_midnight() -> None:
    """The meter's time is the end: midnight belongs to the month before."""
    house = engine()
    feed(house, [meter_says(7000.0, DECEMBER_STARTS, DECEMBER_STARTS).at(5)])
    assert house.peaks.keys() == {NOVEMBER}


@pytest.mark.parametrize(
    ("peak_w", "end"),
    [
        (4035.0, None),
        (4_035_000.0, NOON - QUARTER),
        (4035.0, NOON + timedelta(days=2)),
        (4035.0, NOON - timedelta(days=70)),
        (float("nan"), NOON - QUARTER),
    ],
    ids=["no time", "W taken for kW", "future", "long ago", "no number"],
)
def test_odd_peak_of_the_meter(peak_w: float, end: datetime | None) -> None:
    """A peak that cannot be true, or whose month is not known, is not used."""
    house = engine()
    feed(house, [meter_says(peak_w, end, NOON).at(0)])
    assert house.peaks == {}


def test_correct_and_reset() -> None:
    """A corrected peak stays until a later quarter-hour is higher, or it is reset."""
    house = engine()
    house.restore([quarter(NOON - 4 * QUARTER, 44_000.0)])
    wrong = meter_says(44_000.0, NOON - 3 * QUARTER, NOON)
    feed(house, wrong.every(0, 100))
    house.correct_peak(date(2026, 11, 30), 3000.0, NOON - 9 * QUARTER)
    assert shown(house) == (3000.0, PeakBasis.CORRECTED)
    assert house.peaks[NOVEMBER].at == NOON - 9 * QUARTER
    # The meter, and an import, say again what was corrected.
    feed(house, wrong.every(100, 200))
    house.restore([quarter(NOON - 4 * QUARTER, 44_000.0)])
    assert shown(house) == (3000.0, PeakBasis.CORRECTED)
    # The quarter-hour that went on at the time of the correction counts.
    higher = Meter(steady(3600.0), start=NOON)
    feed(house, higher.every(200, 1901))
    assert shown(house) == (pytest.approx(3600, abs=1), PeakBasis.COUNTED)
    house.reset_peak(NOVEMBER)
    assert shown(house) == (44_000.0, PeakBasis.METER)
    house.reset_peak(date(2020, 1, 1))
    assert house.peaks.keys() == {NOVEMBER}


def test_correct_an_unknown_month() -> None:
    """A month before the meter was added can be entered."""
    house = engine()
    house.correct_peak(date(2026, 2, 14), 4400.0)
    assert house.peaks[date(2026, 2, 1)].at is None
    house.reset_peak(date(2026, 2, 1))
    assert house.peaks == {}


def test_reset_a_month_whose_quarters_are_not_kept() -> None:
    """Peaks are kept for ever: also what was counted before a correction."""
    house = engine()
    house.restore([quarter(NOON, 5000.0)])
    del house.state.quarters.months[NOVEMBER]
    house.correct_peak(NOVEMBER, 3000.0)
    house.correct_peak(NOVEMBER, 2000.0)
    assert shown(house) == (2000.0, PeakBasis.CORRECTED)
    house.reset_peak(NOVEMBER)
    assert shown(house) == (5000.0, PeakBasis.COUNTED)


def test_billing() -> None:
    """Billed is the mean of 12 months, each at least the least one."""
    tariff = CapacityTariff(price_per_kw_year=40.0)
    house = HouseMeterEngine(tariff, BRUSSELS)
    for number in range(14):
        month = date(2025 + number // 12, number % 12 + 1, 1)
        house.correct_peak(month, 99_000.0 if number < 2 else 1000.0)
    house.correct_peak(date(2026, 2, 1), 8500.0)
    feed(house, [Meter(steady(0.0), start=datetime(2026, 2, 3, tzinfo=UTC)).at(0)])
    billing = house.snapshot.billing
    assert [peak.month for peak in billing.months][:: len(billing.months) - 1] == [
        date(2025, 3, 1),
        date(2026, 2, 1),
    ]
    assert billing.months[0].peak_w == 1000.0
    assert billing.peak_w == (11 * 2500.0 + 8500.0) / 12
    assert billing.cost_per_year == pytest.approx(120.0)


def test_billing_of_few_months() -> None:
    """With fewer months, the mean is of those; without a price there is no cost."""
    house = engine()
    assert house.snapshot.billing.peak_w is None
    house.correct_peak(NOVEMBER, 5000.0)
    house.correct_peak(date(2026, 9, 1), 3000.0)
    billing = house.snapshot.billing
    assert billing.peak_w == 4000.0
    assert billing.cost_per_year is None
