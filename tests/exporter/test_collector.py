"""What a heat pump reads and counts arrives as points, also when it is corrected."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from custom_components.heatpump_monitor.const import (
    CONF_EXPORTED,
    CONF_HOME,
    CONF_LEAST_PAUSE_S,
    CONF_SERIES,
    CONF_TAGS,
    DOMAIN,
    SeriesGroup,
)
from custom_components.heatpump_monitor.coordinator import PerformanceCoordinator
from custom_components.heatpump_monitor.exporter.history import AT_ONCE
from custom_components.heatpump_monitor.exporter.labels import Labels
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket
from custom_components.heatpump_monitor.readings import HeatPumpReading, MeterReading
from custom_components.heatpump_monitor.time_units import DAY, HOUR
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from tests.household import METER_POLL_S, POLL_S, Household
from tests.test_clock import AHEAD, WallClock, wall_clock  # noqa: F401

from .collected import Collected, assert_history

HOUR_S = 3600
TAGS = {"home": "mill", "device": "vitocal"}


@pytest.fixture
async def collected(hass: HomeAssistant) -> AsyncIterator[Collected]:
    """Return an export that was not started yet."""
    collected = Collected(hass=hass)
    yield collected
    if hasattr(collected, "entry"):
        await collected.stop()


def performance_of(household: Household) -> PerformanceCoordinator:
    """Return what publishes the household's figures."""
    performance = household.entry.runtime_data.performance
    assert isinstance(performance, PerformanceCoordinator)
    return performance


def assert_all_history(collected: Collected, household: Household) -> None:
    """Assert that the ledger is exported as far as it is counted."""
    performance = performance_of(household)
    until = performance.data.snapshot.counted_until
    assert_history(collected, performance.monitor, until)


async def remember(household: Household, days: int) -> None:
    """Let the ledger know past days, each hour with another sum."""
    ledger = performance_of(household).monitor.ledger
    first = ledger.calendar.midnight(ledger.calendar.local_day(dt_util.utcnow()))
    for hour in range(days * 24):
        ledger.book(first - (hour + 1) * HOUR, Bucket(electricity_wh=1.0 + hour))
    # With the next reading it is noticed, and saved.
    await household.live(POLL_S)


async def test_readings_arrive_value_by_value(
    household: Household, collected: Collected
) -> None:
    """Each reading is one point, from the first refresh on, with its own time."""
    collected.start()
    begun = dt_util.utcnow()
    await household.set_up()
    data = household.entry.runtime_data
    meters: list[MeterReading] = [data.meter.data]
    units: list[HeatPumpReading] = [data.heat_pump.data]
    data.meter.async_add_listener(lambda: meters.append(data.meter.data))
    data.heat_pump.async_add_listener(lambda: units.append(data.heat_pump.data))
    await household.live(HOUR_S / 2, step_s=METER_POLL_S)

    points = collected.of("hpm_meter")
    assert len(points) == len(meters) == 31
    assert points[0].time == meters[0].time == begun
    for found, reading in zip(points, meters, strict=True):
        assert found.time == reading.time
        assert found.tags == {**TAGS, "meter": "shelly_pro_3em"}
        assert found.fields["power_w"] == reading.power_w == 1000.0
        assert found.fields["energy_wh"] == reading.energy_wh
        assert found.fields["voltage_b_v"] == reading.phases[1].voltage_v
        assert not found.may_change

    units_points = collected.of("hpm_heat_pump")
    assert len(units_points) == len(units) == 7
    for found, unit in zip(units_points, units, strict=True):
        assert (found.time, found.tags) == (unit.time, TAGS)
        assert found.fields["supply_c"] == unit.supply_c
        assert found.fields["compressor_on"] == 1.0
        assert unit.measured_at is not None
        age = unit.time - unit.measured_at
        assert found.fields["age_s"] == age.total_seconds()
    circuits = collected.of("hpm_circuit")
    assert {each.tags["circuit"] for each in circuits} == {"1"}


async def test_intervals_and_history(
    household: Household, collected: Collected
) -> None:
    """Closed intervals join without a hole; hours arrive when they have ended."""
    collected.start()
    await household.set_up()
    await household.live(3 * HOUR_S)

    intervals = collected.of("hpm_interval")
    ends = [each.time for each in intervals]
    for found, (before, end) in zip(intervals[1:], pairwise(ends), strict=True):
        assert found.fields["seconds"] == (end - before).total_seconds()
        assert found.fields["heating_s"] == found.fields["seconds"]
        assert found.fields["cop"] == pytest.approx(
            found.fields["heat_wh"] / found.fields["electricity_wh"]
        )
    monitor = performance_of(household).monitor
    assert monitor.interval is not None
    assert ends[-1] == monitor.interval.end
    assert len(collected.last("hpm_hour")) == 2
    assert collected.of("hpm_day") == []
    assert_all_history(collected, household)


async def test_a_day_and_an_hour_end_while_nothing_is_read(
    household: Household, collected: Collected
) -> None:
    """At night without network, the last hour and the day still arrive."""
    collected.start()
    await household.set_up()
    await household.live(HOUR_S)
    household.meter.faults.unreachable = True
    household.cloud.faults.server_error = True
    await household.live(13 * HOUR_S, step_s=1200)

    assert household.binary("meter_connected") == "off"
    (day,) = collected.last("hpm_day")
    assert day == performance_of(household).monitor.ledger.calendar.midnight(
        dt_util.as_local(day).date()
    )
    assert_all_history(collected, household)


async def test_a_source_that_fails_and_recovers(
    household: Household, collected: Collected
) -> None:
    """No reading comes twice, none is made up, and the recovered hours are corrected."""
    collected.start()
    await household.set_up()
    await household.live(HOUR_S)
    household.meter.faults.unreachable = True
    gone = dt_util.utcnow()
    await household.live(3 * HOUR_S)
    household.meter.faults.unreachable = False
    back = dt_util.utcnow()
    await household.live(HOUR_S)

    times = [each.time for each in collected.of("hpm_meter")]
    assert len(times) == len(set(times))
    assert not [each for each in times if gone < each < back]
    assert not performance_of(household).monitor.gaps
    corrected = [each.time for each in collected.of("hpm_hour")]
    assert len(corrected) > len(set(corrected))
    assert_all_history(collected, household)


async def test_catching_up(household: Household, collected: Collected) -> None:
    """An export that starts later is given all that was counted before, in slices."""
    await household.set_up()
    await household.live(2 * HOUR_S)
    await remember(household, 20)
    collected.start()
    await household.settle()

    data = household.entry.runtime_data
    (newest,) = collected.of("hpm_meter")
    assert newest.time == data.meter.data.time
    (newest,) = collected.of("hpm_heat_pump")
    assert newest.time == data.heat_pump.data.time
    assert len(collected.last("hpm_day")) == 20
    assert len(collected.of("hpm_hour")) > 20 * 24
    assert max(map(len, collected.slices)) <= AT_ONCE
    await household.live(HOUR_S)
    assert_all_history(collected, household)


async def test_what_was_corrected_while_nothing_was_exported(
    household: Household, collected: Collected
) -> None:
    """After a reload, all of the history is compared again."""
    collected.start()
    await household.set_up()
    await household.live(2 * HOUR_S)
    await collected.stop()
    (hour, *_) = collected.last("hpm_hour")
    performance_of(household).monitor.ledger.hours[hour].electricity_wh += 5
    collected.start()
    await household.settle()
    before, after = collected.of("hpm_hour")[0], collected.last("hpm_hour")[hour]
    assert after.fields["electricity_wh"] == before.fields["electricity_wh"] + 5
    await household.reload()
    assert_all_history(collected, household)


@pytest.mark.parametrize("leaves", ["reloaded", "unloaded", "removed", "stopped"])
async def test_an_entry_that_leaves_while_its_history_is_read(
    household: Household,
    collected: Collected,
    caplog: pytest.LogCaptureFixture,
    leaves: str,
) -> None:
    """That raises nothing, and what is loaded again is exported as a whole."""
    await household.set_up()
    await remember(household, 10)
    goes_on = asyncio.Event()

    async def pause() -> None:
        await goes_on.wait()

    collected.pause = pause
    collected.start()
    await asyncio.sleep(0)
    seen = len(collected.slices)
    assert len(collected.of("hpm_hour")) == AT_ONCE
    config_entries, entry_id = household.hass.config_entries, household.entry.entry_id
    caplog.clear()
    if leaves == "reloaded":
        assert await config_entries.async_reload(entry_id)
    elif leaves == "unloaded":
        assert await config_entries.async_unload(entry_id)
    elif leaves == "removed":
        await config_entries.async_remove(entry_id)
    else:
        await collected.stop()
    goes_on.set()
    await household.settle()

    assert not [each for each in caplog.records if each.levelname == "ERROR"]
    if leaves == "reloaded":
        assert len(collected.last("hpm_day")) == 10
        assert_all_history(collected, household)
    elif leaves == "stopped":
        assert len(collected.slices) == seen


@pytest.mark.parametrize(
    ("group", "measurements"),
    [
        (SeriesGroup.METERS, {"hpm_meter"}),
        (SeriesGroup.HEAT_PUMP, {"hpm_heat_pump", "hpm_circuit"}),
        (SeriesGroup.INTERVALS, {"hpm_interval"}),
        (SeriesGroup.HISTORY, {"hpm_hour"}),
        (SeriesGroup.PROBES, set()),
    ],
)
async def test_chosen_series(
    household: Household,
    collected: Collected,
    group: SeriesGroup,
    measurements: set[str],
) -> None:
    """Only the chosen groups are exported."""
    collected.options = {CONF_SERIES: [group]}
    collected.start()
    await household.set_up()
    await household.live(2 * HOUR_S)
    assert collected.measurements == measurements


async def test_chosen_entries(household: Household, collected: Collected) -> None:
    """Of two heat pumps with the same name, the chosen one is exported."""
    collected.start()
    await household.set_up()
    second = await household.set_up_second()
    only = Collected(hass=household.hass, options={CONF_EXPORTED: [second.entry_id]})
    only.start()
    await household.live(HOUR_S / 2)

    devices = {each.tags["device"] for each in collected.of("hpm_meter")}
    assert devices == {"vitocal", "vitocal_2"}
    of_second = [
        each.fields
        for each in collected.of("hpm_meter")
        if each.tags["device"] == "vitocal_2"
        and each.time > only.of("hpm_meter")[0].time
    ]
    assert of_second == [each.fields for each in only.of("hpm_meter")[1:]]
    await only.stop()


async def test_a_new_name_changes_no_series(
    household: Household, collected: Collected
) -> None:
    """Heat pump and meter are renamed: their tags stay, also after a restart."""
    collected.start()
    await household.set_up()
    await collected.stop()
    config_entries = household.hass.config_entries
    config_entries.async_update_entry(household.entry, title="Cellar")
    config_entries.async_update_subentry(
        household.entry, household.meter_entry, title="Blue box"
    )
    await household.settle()
    collected.labels = Labels(collected.labels.take_new())
    collected.start()
    await household.live(2 * POLL_S)

    tags = [dict(each.tags) for each in collected.of("hpm_meter")]
    assert len(tags) > 2
    assert tags == len(tags) * [{**TAGS, "meter": "shelly_pro_3em"}]


async def test_tags_of_the_user(household: Household, collected: Collected) -> None:
    """Own tags are added; they replace none of ours, and empty ones are left out."""
    collected.options = {
        CONF_HOME: "mill",
        CONF_TAGS: {"city": "Ghent", "home": "x", "device": "y", "none": ""},
    }
    collected.start()
    await household.set_up()
    (unit,) = collected.of("hpm_heat_pump")
    assert unit.tags == {**TAGS, "city": "Ghent"}


async def test_least_pause(household: Household, collected: Collected) -> None:
    """A meter that is read more often is thinned out; the heat pump is not a meter."""
    collected.options = {CONF_LEAST_PAUSE_S: 3 * METER_POLL_S}
    collected.start()
    await household.set_up()
    await household.live(HOUR_S / 2, step_s=METER_POLL_S)
    times = [each.time for each in collected.of("hpm_meter")]
    assert len(times) == 11
    pauses = [after - before for before, after in pairwise(times)]
    assert min(pauses) >= timedelta(seconds=3 * METER_POLL_S - 1)
    assert len(collected.of("hpm_heat_pump")) == 7


async def test_clock_ahead_for_minutes(
    household: Household,
    collected: Collected,
    wall_clock: WallClock,  # noqa: F811
) -> None:
    """What is read while the engine does not believe the clock is not exported."""
    collected.start()
    await household.set_up()
    await household.live(HOUR_S)
    wall_clock.off = AHEAD
    await household.live(POLL_S, step_s=METER_POLL_S)
    wall_clock.off = timedelta()
    await household.live(HOUR_S)

    now = dt_util.utcnow()
    for points in collected.slices:
        assert all(each.time <= now for each in points)
    ended = performance_of(household).data.snapshot.counted_until - HOUR
    assert all(each.time <= ended for each in collected.of("hpm_hour"))
    assert_all_history(collected, household)


async def test_hours_that_a_wrong_clock_made_are_emptied(
    household: Household,
    collected: Collected,
    wall_clock: WallClock,  # noqa: F811
) -> None:
    """What was counted forty days ahead, and exported, is replaced by zeros."""
    collected.start()
    await household.set_up()
    await household.live(HOUR_S)
    household.cloud.faults.server_error = True
    wall_clock.off = AHEAD
    await household.live(2.5 * HOUR_S)
    right = dt_util.utcnow() - AHEAD
    ahead = {hour for hour in collected.last("hpm_hour") if hour > right}
    wall_clock.off = timedelta()
    household.cloud.faults.server_error = False
    await household.live(HOUR_S)

    now, hours = dt_util.utcnow(), collected.last("hpm_hour")
    future = {hour for hour in hours if hour > now}
    assert future
    assert future <= ahead
    assert all(hours[hour].fields["electricity_wh"] == 0 for hour in future)
    assert_all_history(collected, household)


async def test_an_import(
    household: Household, collected: Collected, tmp_path: Path
) -> None:
    """Imported days are exported, and their hours, which the ledger does not keep."""
    household.hass.config.config_dir = str(tmp_path)
    collected.start()
    await household.set_up()
    first = date(2026, 1, 10)
    rows = [
        f"{first + timedelta(days=hour // 24)}T{hour % 24:02}:00,{hour * 100}"
        for hour in range(3 * 24)
    ]
    (tmp_path / "days.csv").write_text("\n".join(["time,electricity_wh", *rows]))
    answer = await household.hass.services.async_call(
        DOMAIN,
        "import_history",
        {"file": "days.csv"},
        blocking=True,
        return_response=True,
    )
    assert isinstance(answer, dict)
    await household.settle()

    monitor = performance_of(household).monitor
    days = collected.last("hpm_day")
    assert len(days) == answer["days_imported"] == 3
    until = performance_of(household).data.snapshot.counted_until
    midnight = monitor.ledger.calendar.midnight
    assert set(days) == {
        midnight(day) for day in monitor.ledger.days if midnight(day + DAY) <= until
    }
    imported = collected.last("hpm_hour")
    known = [each.fields["electricity_wh"] for each in imported.values()]
    assert known.count(100.0) == 3 * 24 - 1
    assert not monitor.ledger.hours.keys() & imported.keys()
