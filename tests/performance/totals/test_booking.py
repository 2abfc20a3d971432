"""What an interval leaves in the ledger, for questions that come later."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from custom_components.heatpump_monitor.performance.intervals import Interval
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import (
    Boundary,
    MeteredBoundary,
    Part,
    Plant,
)
from custom_components.heatpump_monitor.performance.segments import (
    Quantity,
    Segment,
    with_means,
)
from custom_components.heatpump_monitor.performance.totals.booking import book
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.performance.totals.periods import (
    Period,
    PeriodSummary,
)
from custom_components.heatpump_monitor.performance.totals.report import report
from custom_components.heatpump_monitor.readings import HeatPumpReading, Mode, Role
from tests.performance.builders import START, at, heating, meter, resting

BERLIN = ZoneInfo("Europe/Berlin")
UNIT = frozenset({Part.COMPRESSOR})


def lived(*readings: HeatPumpReading, plant: Plant | None = None) -> PerformanceMonitor:
    """Return a monitor that was given these readings beside a steady 1800 W."""
    monitor = PerformanceMonitor.start(plant or Plant(), BERLIN)
    # The counter is seen to move before the first reading.
    for seconds in (-20, -10):
        monitor.add_meter(meter(seconds, 70_000 + seconds / 2, 1800.0))
    live(monitor, *readings)
    return monitor


def live(monitor: PerformanceMonitor, *readings: HeatPumpReading) -> None:
    """Go on with these readings, the meter first."""
    for reading in readings:
        seconds = (reading.time - START).total_seconds()
        monitor.add_meter(meter(seconds, 70_000 + seconds / 2, 1800.0))
        monitor.add_heat_pump(reading)


def summary(monitor: PerformanceMonitor) -> PeriodSummary:
    """Return all that was counted."""
    assert monitor.reading is not None
    return monitor.snapshot(monitor.reading.time).summaries[Period.ALL]


def test_means_are_weighted_by_heat() -> None:
    """Twice the heat at a supply of 40 °C counts twice as much."""
    readings = [heating(seconds, 5.0) for seconds in range(0, 901, 300)]
    readings += [heating(seconds, 10.0) for seconds in range(901, 1802, 300)]
    sums = summary(lived(*readings)).sums.modes[Mode.HEATING]
    # Of 1801 s, the 1 s between them has the mean of both.
    assert sums.mean(Quantity.SUPPLY_C) == pytest.approx((35 + 2 * 40) / 3, abs=0.01)
    assert sums.mean(Quantity.RETURN_C) == pytest.approx(30)
    assert sums.mean(Quantity.MODULATION_PCT) == pytest.approx(50)
    assert sums.mean(Quantity.OUTSIDE_C) is None


def test_means_of_cold_are_no_less_than_what_was_read() -> None:
    """Heat that is taken back weighs by its size."""
    one = ModeSums(weighted={Quantity.SUPPLY_C: (40.0, 2.0)})
    one.add(ModeSums(weighted={Quantity.SUPPLY_C: (40.0, 1.0)}))
    assert one.mean(Quantity.SUPPLY_C) == pytest.approx(80 / 3)
    cooling = replace(heating(0), operation_state="cooling", supply_c=15.0)
    later = [replace(cooling, time=at(seconds)) for seconds in (0, 300, 600)]
    sums = summary(lived(*later)).sums.modes[Mode.COOLING]
    assert sums.heat_wh < 0
    assert sums.mean(Quantity.SUPPLY_C) == pytest.approx(15.0)


@pytest.mark.parametrize(
    ("mode", "is_running", "seconds", "supply_c"),
    [
        (Mode.HEATING, True, 300, 35.0),
        (Mode.HEATING, None, 300, 32.5),
        (Mode.STANDBY, False, 300, None),
        (None, None, 300, None),
        (Mode.HEATING, True, 3600, None),
    ],
)
def test_a_run_has_the_means_of_running(
    mode: Mode | None, is_running: bool | None, seconds: int, supply_c: float | None
) -> None:
    """A reading at rest says nothing of a run, nor do readings far apart."""
    start, end = resting(0), heating(seconds)
    segment = Segment(start=at(0), end=at(seconds), mode=mode, is_running=is_running)
    (found,) = with_means([segment], start, end)
    assert found.means.get(Quantity.SUPPLY_C) == supply_c
    assert found.means.get(Quantity.SOURCE_IN_C) is None


def test_electricity_by_mode_where_the_heat_is_not_known() -> None:
    """It is known what it was for, though not what it gave."""
    readings = [
        replace(heating(seconds), flow_lph=None, modulation_pct=None)
        for seconds in (0, 300, 600)
    ]
    found = summary(lived(*readings)).sums
    assert found.unpaired_modes_wh == {Mode.HEATING: pytest.approx(300.0)}
    assert found.modes == {}


@pytest.mark.parametrize(
    ("in_doubt", "mode", "expected"),
    [
        (False, Mode.HOT_WATER, {Mode.HOT_WATER: 300.0}),
        (True, Mode.HOT_WATER, {}),
        (False, None, {}),
    ],
)
def test_no_mode_of_a_heat_pump_that_is_not_believed(
    in_doubt: bool, mode: Mode | None, expected: dict[Mode, float]
) -> None:
    """A unit that is stale does not say what the electricity was for."""
    interval = Interval(
        start=at(0),
        end=at(600),
        segments=(Segment(start=at(0), end=at(600), mode=mode),),
        electricity_wh=300.0,
        run_s=None,
        heats={},
        method=None,
        in_doubt=in_doubt,
    )
    ledger = Ledger(Calendar(BERLIN))
    book(ledger, interval, lambda start, end: (end - start).total_seconds() / 2)
    sums = ledger.sums(START.date(), START.date())
    assert sums == Bucket(unpaired_modes_wh=expected)


def test_two_boundaries_are_not_mixed_unseen() -> None:
    """A meter that is added later leaves what was counted before as it was."""
    monitor = lived(*map(heating, (0, 300, 600, 900)), plant=Plant(metered=UNIT))
    assert summary(monitor).boundary == MeteredBoundary.of_key("H1")
    monitor.plant = Plant()
    live(monitor, *map(heating, (1200,)))
    both = summary(monitor)
    assert both.boundary is None
    of_unit, of_all = both.boundaries["H1"], both.boundaries["H4"]
    assert (of_unit.days, of_all.days) == (900 / 86_400, 300 / 86_400)
    assert of_unit.cop == of_all.cop == pytest.approx(both.cop)
    told = report(both, monitor.plant)
    assert (told.boundary, told.boundary_extra, told.boundary_missing) == (None, (), ())
    assert told.boundary_without_backup_heater is None
    assert {key: part.share for key, part in told.boundaries.items()} == {
        "H1": 0.75,
        "H4": 0.25,
    }


def test_the_boundary_is_that_of_its_time() -> None:
    """A period before a meter was added is shown as what it was."""
    monitor = lived(*map(heating, (0, 300, 600)), plant=Plant(metered=UNIT))
    told = report(summary(monitor), Plant())
    assert told.boundary is Boundary.H1
    assert told.boundary_missing == tuple(Part)[1:]
    assert told.boundary_without_backup_heater is Boundary.H1
    assert told.boundaries == {}


def test_energy_of_further_meters_by_role() -> None:
    """It is split at the hour; what a meter does not know is not 0."""
    interval = Interval(
        start=at(1800),
        end=at(5400),
        segments=(Segment(start=at(1800), end=at(5400), mode=None),),
        electricity_wh=None,
        run_s=None,
        heats={},
        method=None,
        parts_wh={Role.BACKUP_HEATER: 900.0, Role.SOURCE_PUMP: None},
    )
    ledger = Ledger(Calendar(BERLIN))
    book(ledger, interval, lambda start, end: None)
    assert [bucket.parts_wh for bucket in ledger.hours.values()] == [
        {Role.BACKUP_HEATER: 450},
        {Role.BACKUP_HEATER: 450},
    ]
