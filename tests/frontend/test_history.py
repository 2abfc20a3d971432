"""What the cards show of the past."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
import time
from zoneinfo import ZoneInfo

import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from custom_components.heatpump_monitor.frontend.history import (
    Defrost,
    async_last_day,
    days,
    findings,
    runs,
)
from custom_components.heatpump_monitor.performance.flags import Flag, FlagKind
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.output import Snapshot
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.performance.segments import Quantity
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    ModeSums,
)
from custom_components.heatpump_monitor.performance.totals.run_log import Run
from custom_components.heatpump_monitor.performance.totals.series import months_of
from custom_components.heatpump_monitor.readings import Mode
from homeassistant.components.recorder.core import Recorder
from homeassistant.helpers.json import json_bytes
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from tests.household import METER_POLL_S, POLL_S, Household

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def monitor_of(
    days_known: int = 1, past_runs: Sequence[Run] = ()
) -> PerformanceMonitor:
    """Return a monitor that counted so many days, the last of them today."""
    monitor = PerformanceMonitor.start(Plant(), BERLIN)
    ledger = monitor.ledger
    means = dict.fromkeys(Quantity, (35000.0, 1000.0))
    for ago in reversed(range(days_known)):
        ledger.book(
            ledger.calendar.midnight(TODAY - ago * DAY),
            Bucket(
                electricity_wh=10_000,
                metered_s=86_400,
                paired_electricity_wh=9_000,
                heat_wh=36_000,
                paired_s=43_200,
                run_s=7200,
                starts=2,
                outside_c_s=86_400 * 4,
                outside_s=86_400,
                cost=3,
                priced_wh=10_000,
                modes={
                    mode: ModeSums(3000, 12_000, 3600, dict(means)) for mode in Mode
                },
                methods_wh={HeatMethod.FLOW: 36_000},
            ),
        )
    monitor.runs.add(past_runs)
    return monitor


def snapshot_of(monitor: PerformanceMonitor) -> Snapshot:
    """Return what is known now."""
    return monitor.snapshot(
        NOW, answers=True, cop_hold=timedelta(minutes=15), recovered=timedelta(0)
    )


def run_at(start: datetime, hours: float = 1.0) -> Run:
    """Return a run of heating."""
    return Run(
        start=start,
        end=start + hours * HOUR,
        mode=Mode.HEATING,
        electricity_wh=1000.0,
        heat_wh=None,
        means={Quantity.SUPPLY_C: 35.2},
        starts=1,
        defrosts=((start, start + HOUR / 10),),
    )


def test_a_day() -> None:
    """Its sums in kWh and hours; None is what was not counted."""
    monitor = monitor_of()
    monitor.ledger.days[TODAY - 2 * DAY] = Bucket()
    empty, _, today = days(snapshot_of(monitor), date.min, TODAY)
    assert today.start == TODAY
    assert today.electricity_kwh == 10
    assert today.unpaired_electricity_kwh == 0
    assert today.heat_kwh == 36
    assert today.coverage == 1
    assert today.outside_c == 4
    assert (today.starts, today.run_hours) == (2, 2)
    assert (today.cost, today.co2_kg) == (3, None)
    assert today.modes[Mode.HEATING].supply_c == 35
    assert empty.electricity_kwh is None
    assert empty.heat_kwh is None
    assert empty.starts is None
    assert empty.run_hours is None
    assert empty.coverage == 0


def test_no_day_before_the_first_was_counted() -> None:
    """Today has a place, with nothing in it."""
    (today,) = days(snapshot_of(monitor_of(0)), date(2025, 1, 1), date(2027, 1, 1))
    assert today.start == TODAY
    assert today.electricity_kwh is None


def test_runs_of_a_span() -> None:
    """Also those that reach into it, over either midnight."""
    midnight = datetime(2026, 1, 12, 23, tzinfo=UTC)
    starts = [midnight + hours * HOUR for hours in (-5, -0.5, 10, 23.5, 30)]
    snapshot = snapshot_of(monitor_of(1, list(map(run_at, starts))))
    day = date(2026, 1, 13)
    found = runs(snapshot, day, day)
    assert [run.start for run in found] == starts[1:4]
    assert found[0].electricity_kwh == 1
    assert found[0].heat_kwh is None
    assert found[0].supply_c == 35.2
    assert found[0].outside_c is None
    assert found[0].defrosts == [Defrost(starts[1], starts[1] + HOUR / 10)]


def test_flags_end() -> None:
    """The newest first; one that lasts has no end, one that is over is a moment."""
    monitor = monitor_of()
    kinds = FlagKind.STALE, FlagKind.GAP, FlagKind.STALE
    for hours, kind in enumerate(kinds):
        monitor.state.flags.add(NOW + hours * HOUR, kind, f"number {hours}")
    over = findings(snapshot_of(monitor))
    assert [each.values["detail"] for each in over] == [
        "number 2",
        "number 1",
        "number 0",
    ]
    assert all(each.end == each.start for each in over)
    stale = replace(snapshot_of(monitor), stale_since=NOW + HOUR)
    assert [each.end for each in findings(stale)] == [None, NOW + HOUR, NOW]
    # It has not been flagged since it began.
    newer = replace(stale, stale_since=NOW + 3 * HOUR)
    assert None not in [each.end for each in findings(newer)]


def test_a_value_that_stands_still_lasts() -> None:
    """Whether it is that of the supply or of the compressor."""
    flag = Flag(NOW, FlagKind.STALE_VALUE, "state of the compressor")
    snapshot = replace(snapshot_of(monitor_of()), flags=[flag])
    since = NOW - HOUR
    for frozen in (
        replace(snapshot, supply_frozen_since=since),
        replace(snapshot, compressor_frozen_since=since),
    ):
        (found,) = findings(frozen)
        assert found.end is None


def test_months() -> None:
    """Whole ones, and the parts at both ends."""
    assert list(months_of(date(2025, 12, 30), date(2026, 2, 3))) == [
        (date(2025, 12, 30), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 3)),
    ]
    assert list(months_of(TODAY, TODAY - DAY)) == []


def test_answers_are_fast() -> None:
    """A year of days, and 400 days of runs: far from what a user would notice.

    Measured are 7 and 14 ms of CPU, as JSON; the limit leaves room for slow machines.
    """
    start = NOW - 400 * DAY
    many = [run_at(start + 2.8 * number * HOUR) for number in range(3400)]
    snapshot = snapshot_of(monitor_of(400, many))
    year_ago, long_ago = TODAY - 364 * DAY, TODAY - 400 * DAY

    def seconds_of_days() -> float:
        begun = time.process_time()
        json_bytes(list(days(snapshot, year_ago, TODAY)))
        return time.process_time() - begun

    def seconds_of_runs() -> float:
        begun = time.process_time()
        json_bytes(runs(snapshot, long_ago, TODAY))
        return time.process_time() - begun

    assert len(list(days(snapshot, year_ago, TODAY))) == 365
    assert len(runs(snapshot, long_ago, TODAY)) > 3000
    assert min(seconds_of_days() for _ in range(5)) < 0.04
    assert min(seconds_of_runs() for _ in range(5)) < 0.06


async def test_moments(recorder_mock: Recorder, household: Household) -> None:
    """Each five minutes of the last day, as far as the recorder knows them."""
    hass = household.hass
    assert await async_setup_component(hass, "sensor", {})
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(4 * POLL_S)
    await async_wait_recording_done(hass)
    start = dt_util.utcnow().replace(second=0, microsecond=0) - 3 * timedelta(minutes=5)
    do_adhoc_statistics(hass, start=start)
    await async_wait_recording_done(hass)

    moments = await async_last_day(hass, household.entry)
    assert len(moments) == 288
    assert moments[-1].start == dt_util.utcnow() - timedelta(minutes=5)
    known = [each for each in moments if each.electricity_w is not None]
    assert [each.start for each in known] == [start]
    assert known[0].electricity_w == pytest.approx(1000, rel=0.2)
    assert [each.mode for each in moments if each.mode] == [Mode.HEATING] * 4
    assert moments[0].mode is None


@pytest.mark.parametrize(
    ("metered_s", "electricity_w", "mode"),
    [(3600, 600.0, Mode.HOT_WATER), (1800, None, None)],
)
async def test_moments_of_hours(
    recorder_mock: Recorder,
    household: Household,
    metered_s: float,
    electricity_w: float | None,
    mode: Mode | None,
) -> None:
    """An hour that no entity showed has its means, if all of it was counted."""
    await household.set_up()
    await household.live(POLL_S)
    ledger = household.entry.runtime_data.performance.monitor.ledger
    hour = dt_util.utcnow().replace(minute=0) - 5 * HOUR
    ledger.book(
        hour,
        Bucket(
            electricity_wh=600,
            metered_s=metered_s,
            paired_electricity_wh=600,
            paired_s=metered_s,
            heat_wh=2000,
            modes={
                Mode.HEATING: ModeSums(100, 300, 900),
                Mode.HOT_WATER: ModeSums(500, 1700, 2700),
            },
        ),
    )
    await household.live(POLL_S)
    moments = await async_last_day(household.hass, household.entry)
    of_hour = [each for each in moments if hour <= each.start < hour + HOUR]
    assert len(of_hour) == 12
    assert {each.electricity_w for each in of_hour} == {electricity_w}
    assert {each.heat_w for each in of_hour} == {electricity_w and 2000.0}
    assert {each.mode for each in of_hour} == {mode}
    others = [each for each in moments if each.start < hour]
    assert {each.electricity_w for each in others} == {None}
