"""Hours without a source, nights across midnight, crashes: nothing lost or twice.

The truth is what the simulated plant drew. Its load changes with every hour, so
that electricity spread evenly over an outage is seen to be on the wrong day.
"""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime, timedelta
import logging
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from custom_components.heatpump_monitor.const import (
    CLOSING_DELAY_S,
    CONF_HEAT_METHOD,
    CONF_METER_INTERVAL_S,
    DOMAIN,
    HEAT_METHOD_AUTOMATIC,
)
from custom_components.heatpump_monitor.history.store import LedgerStore
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import HeatMethod
from custom_components.heatpump_monitor.performance.totals import periods
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.periods import (
    Period,
    PeriodSummary,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from simulator import Variant
from simulator.shelly import MeterKind, history
from simulator.world import PlantMaker

from .household import POLL_S, Household
from .simulator.conftest import hourly_plant, sign_in

EXACT = 1e-3
"""How far the electricity may be off: 0.1 %."""
BERLIN = ZoneInfo("Europe/Berlin")
HOUR_S = 3600
OUTAGE_S = 3 * HOUR_S
METER_PACE_S = 10
SLOWEST_S = 1200
"""The longest step that leaves no gap between two readings."""
EVENING = datetime(2026, 1, 15, 22, 20, tzinfo=BERLIN)

type Disk = dict[str, Any]
"""What is stored, by file name."""


@pytest.fixture
def make_plant() -> PlantMaker:
    """Return what makes a plant whose load changes with every hour."""
    return hourly_plant


async def begin(household: Household, at: datetime | None = None) -> None:
    """Set up the household at a moment, some seconds after the full minute."""
    if at is not None:
        await household.tick(at.timestamp() - household.simulator.clock.now())
        await sign_in_again(household)
    await household.tick(7)
    household.hass.config_entries.async_update_entry(
        household.entry, options={CONF_METER_INTERVAL_S: METER_PACE_S}
    )
    await household.set_up()
    await household.live(2 * 60, step_s=METER_PACE_S)
    await household.live(8 * 60)


async def sign_in_again(household: Household) -> None:
    """Give the household a sign-in that is new, however much time has passed."""
    async with aiohttp.ClientSession() as http:
        token = await sign_in(household.simulator, http)
    expires_at = household.simulator.clock.now() + token["expires_in"]
    household.change_data({"token": {**token, "expires_at": expires_at}})


async def come_back(household: Household) -> None:
    """Let the household live on until what both sources told can be closed."""
    await household.live(CLOSING_DELAY_S)
    await answer_again(household)


async def answer_again(household: Household) -> None:
    """Let the household live on until both sources have been read some times."""
    await household.live(2 * POLL_S)
    await household.live(60, step_s=METER_PACE_S)
    await refresh(household)


async def refresh(household: Household) -> None:
    """Show what is known now."""
    await household.entry.runtime_data.performance.async_refresh()


async def live_until(household: Household, moment: datetime, step_s: float) -> None:
    """Let time pass until a moment."""
    seconds = moment.timestamp() - household.simulator.clock.now()
    await household.live(seconds, step_s)


def monitor_of(household: Household) -> PerformanceMonitor:
    """Return the household's account."""
    monitor = household.entry.runtime_data.performance.monitor
    assert isinstance(monitor, PerformanceMonitor)
    return monitor


def drawn_wh(household: Household, start: datetime, end: datetime) -> float:
    """Return what the plant drew between two moments."""
    before, after = (
        household.plant.energies_at(moment.timestamp()).electricity_wh
        for moment in (start, end)
    )
    return after - before


def heated_wh(household: Household, start: datetime, end: datetime) -> float:
    """Return what the plant gave to the water between two moments."""
    before, after = (
        household.plant.energies_at(moment.timestamp()).heat_wh
        for moment in (start, end)
    )
    return after - before


def opened_at(household: Household) -> datetime:
    """Return from when on the electricity is counted."""
    since = monitor_of(household).state.meters.since
    assert since is not None
    return since


def day_of(household: Household, day: date) -> PeriodSummary:
    """Return the account of a local day, as far as it is closed."""
    monitor = monitor_of(household)
    until = monitor.snapshot(dt_util.utcnow()).counted_until
    return periods.period_summary(monitor.ledger, day, day, until)


def whole(household: Household) -> PeriodSummary:
    """Return the account since the beginning."""
    return monitor_of(household).snapshot(dt_util.utcnow()).summaries[Period.ALL]


def approx_wh(truth_wh: object) -> object:
    """Return what equals the truth within 0.1 %, or within some seconds at full load.

    The meter's counter moves once a minute only.
    """
    approximately: object = pytest.approx(truth_wh, rel=EXACT, abs=3)
    return approximately


def assert_no_electricity_lost(household: Household) -> None:
    """Assert that the account, and what is shown of it, hold all that was drawn."""
    monitor = monitor_of(household)
    shown = household.attributes("jaz_rolling")
    shown_kwh = shown["electricity_kwh"] + shown["unpaired_electricity_kwh"]
    truth_wh = drawn_wh(household, opened_at(household), dt_util.utcnow())
    counted_wh = {
        "total": monitor.state.meters.total_wh,
        "days": sum(day.electricity_wh for day in monitor.ledger.days.values()),
        "hours": sum(hour.electricity_wh for hour in monitor.ledger.hours.values()),
        "shown": shown_kwh * 1000,
    }
    assert counted_wh == approx_wh(dict.fromkeys(counted_wh, truth_wh))


def assert_days_are_true(household: Household) -> None:
    """Assert that every day holds what was drawn on it."""
    ledger, now = monitor_of(household).ledger, dt_util.utcnow()
    counted_wh = {day: bucket.electricity_wh for day, bucket in ledger.days.items()}
    truth_wh = {
        day: drawn_wh(
            household,
            max(ledger.calendar.midnight(day), opened_at(household)),
            min(ledger.calendar.midnight(day + timedelta(days=1)), now),
        )
        for day in ledger.days
    }
    assert counted_wh == approx_wh(truth_wh)


def open_wh(household: Household) -> float:
    """Return what the plant drew since the last moment that could be closed.

    That is as long ago as late values have time to arrive, and a poll.
    """
    now = dt_util.utcnow()
    end = whole(household).end
    assert now - end <= timedelta(seconds=CLOSING_DELAY_S + POLL_S)
    return drawn_wh(household, end, now)


def assert_all_paired(household: Household) -> None:
    """Assert that electricity and heat are known of all time that could be closed."""
    summary = whole(household)
    assert summary.coverage == pytest.approx(1, abs=0.01)
    assert (
        len(monitor_of(household).state.open_intervals.pending)
        <= CLOSING_DELAY_S / POLL_S
    )
    running_wh = drawn_wh(
        household, dt_util.utcnow() - timedelta(seconds=POLL_S), dt_util.utcnow()
    )
    assert summary.unpaired_electricity_wh == pytest.approx(
        open_wh(household), abs=running_wh / 2
    )


async def kill(household: Household, storage: Disk) -> None:
    """Stop Home Assistant without a word: the disk is left as it is."""
    disk = deepcopy(storage)
    await household.shut_down()
    restore(storage, disk)


def restore(storage: Disk, disk: Disk) -> None:
    """Put the disk back as it was."""
    storage.clear()
    storage.update(deepcopy(disk))


@pytest.mark.parametrize("at", [None, EVENING])
async def test_meter_gone_for_hours(household: Household, at: datetime | None) -> None:
    """Three hours without the meter cost no electricity, by day and across midnight."""
    await begin(household, at)
    household.meter.faults.unreachable = True
    await household.live(OUTAGE_S, step_s=POLL_S)
    pending = len(monitor_of(household).state.open_intervals.pending)
    household.meter.faults.unreachable = False
    await come_back(household)

    assert pending >= OUTAGE_S // POLL_S - 1
    assert_no_electricity_lost(household)
    assert_days_are_true(household)
    assert_all_paired(household)
    summary = whole(household)
    truth_wh = heated_wh(household, opened_at(household), summary.end)
    assert summary.sums.heat_wh == pytest.approx(truth_wh, rel=0.04)


@pytest.mark.parametrize("kind", [MeterKind.PM, MeterKind.TWO_PM])
async def test_meter_without_a_memory(
    household: Household, kind: MeterKind, caplog: pytest.LogCaptureFixture
) -> None:
    """No electricity is lost; its course stays even, and that is no failure."""
    household.meter.set_kind(kind)
    await begin(household)
    household.meter.faults.unreachable = True
    await household.live(OUTAGE_S, step_s=POLL_S)
    household.meter.faults.unreachable = False
    caplog.clear()
    await come_back(household)
    await household.live(HOUR_S, step_s=POLL_S)

    assert_no_electricity_lost(household)
    assert not monitor_of(household).gaps
    assert not monitor_of(household).flags
    problems = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert not problems


async def test_meter_gone_for_longer_than_readings_wait(household: Household) -> None:
    """Heat that waited for a day is let go unpaired; the electricity is still exact."""
    await begin(household)
    household.meter.faults.unreachable = True
    await household.live(26 * HOUR_S, step_s=SLOWEST_S)
    household.meter.faults.unreachable = False
    await come_back(household)

    assert_no_electricity_lost(household)
    assert_gap(household, 2 * HOUR_S)
    summary = whole(household)
    truth_wh = heated_wh(household, opened_at(household), summary.end)
    both_wh = summary.sums.heat_wh + summary.sums.unpaired_heat_wh
    assert both_wh == pytest.approx(truth_wh, rel=0.02)


async def test_house_without_network(household: Household) -> None:
    """With both sources gone the electricity is exact, and the heat is not made up."""
    await begin(household, EVENING)
    household.meter.faults.unreachable = True
    household.cloud.faults.server_error = True
    await household.live(OUTAGE_S, step_s=HOUR_S)
    household.meter.faults.unreachable = False
    household.cloud.faults.server_error = False
    await come_back(household)

    assert_no_electricity_lost(household)
    assert_days_are_true(household)
    assert_gap(household, OUTAGE_S)


def assert_gap(household: Household, gap_s: float) -> None:
    """Assert that of some time the electricity is known, and shown to be unpaired."""
    summary = whole(household)
    assert summary.elapsed_s - summary.sums.paired_s == pytest.approx(
        gap_s, abs=SLOWEST_S
    )
    assert summary.coverage == pytest.approx(summary.sums.paired_s / summary.elapsed_s)
    unpaired_wh = summary.sums.electricity_wh - summary.sums.paired_electricity_wh
    assert summary.unpaired_electricity_wh == pytest.approx(unpaired_wh)
    assert summary.cop == pytest.approx(2.6, rel=0.06)


@pytest.mark.parametrize(
    ("method", "at"), [(HeatMethod.COUNTER, None), (HEAT_METHOD_AUTOMATIC, EVENING)]
)
async def test_cloud_gone_with_heat_counters(
    household: Household, method: str, at: datetime | None
) -> None:
    """Three hours without the cloud are closed by the difference of the counters."""
    household.change_data({CONF_HEAT_METHOD: method})
    await begin(household, at)
    household.cloud.faults.server_error = True
    await household.live(OUTAGE_S, step_s=POLL_S)
    household.cloud.faults.server_error = False
    await come_back(household)

    # Two counters in steps of 0.1 kWh, and half an interval at either end.
    summary = whole(household)
    truth_wh = heated_wh(household, opened_at(household), summary.end)
    assert summary.sums.heat_wh == pytest.approx(truth_wh, abs=300)
    assert_no_electricity_lost(household)
    assert_all_paired(household)


@pytest.mark.parametrize(
    ("variant", "at"), [(Variant.AIR, None), (Variant.BRINE, EVENING)]
)
async def test_cloud_gone_without_heat_counters(
    household: Household, at: datetime | None
) -> None:
    """What nothing counts stays a gap, and the figures say so."""
    await begin(household, at)
    household.cloud.faults.server_error = True
    await household.live(OUTAGE_S, step_s=POLL_S)
    left, back = dt_util.utcnow() - timedelta(seconds=OUTAGE_S), dt_util.utcnow()
    household.cloud.faults.server_error = False
    await come_back(household)

    assert_no_electricity_lost(household)
    assert_gap(household, OUTAGE_S)
    unpaired_wh = drawn_wh(household, left, back) + open_wh(household)
    assert household.attributes("jaz_rolling")[
        "unpaired_electricity_kwh"
    ] == pytest.approx(unpaired_wh / 1000, abs=0.1)


async def test_cloud_gone_over_new_year(household: Household) -> None:
    """What the unit tells of the old year and of the new closes the gap together."""
    household.change_data({CONF_HEAT_METHOD: HEAT_METHOD_AUTOMATIC})
    await begin(household, datetime(2026, 12, 31, 22, 20, tzinfo=BERLIN))
    household.cloud.faults.server_error = True
    await household.live(OUTAGE_S, step_s=POLL_S)
    household.cloud.faults.server_error = False
    await come_back(household)

    assert_no_electricity_lost(household)
    assert_all_paired(household)
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        assert day_of(household, day).cop == pytest.approx(2.6, rel=0.04)


@pytest.mark.parametrize("killed", [False, True])
async def test_restart_across_midnight(
    household: Household, hass_storage: Disk, killed: bool
) -> None:
    """D2: stopped at 23:50 and started at 00:20, today is not yesterday."""
    await begin(household, datetime(2026, 1, 15, 19, tzinfo=BERLIN))
    await live_until(
        household, datetime(2026, 1, 15, 23, 50, tzinfo=BERLIN), step_s=SLOWEST_S
    )
    if killed:
        await kill(household, hass_storage)
    else:
        await household.shut_down()
    await household.tick(30 * 60)
    await household.set_up()
    await come_back(household)

    assert_no_electricity_lost(household)
    assert_days_are_true(household)
    midnight = datetime(2026, 1, 16, tzinfo=BERLIN)
    today = day_of(household, midnight.date())
    assert today.start == midnight
    shown = household.attributes("cop_today")
    shown_kwh = shown["electricity_kwh"] + shown["unpaired_electricity_kwh"]
    truth_wh = drawn_wh(household, midnight, dt_util.utcnow())
    assert shown_kwh * 1000 == approx_wh(truth_wh)


async def test_stopped_for_more_than_a_day(household: Household) -> None:
    """D4: thirty hours in one step are booked, neither refused nor clamped."""
    await begin(household)
    await household.shut_down()
    await household.tick(30 * HOUR_S)
    await household.set_up()
    await come_back(household)

    assert_no_electricity_lost(household)
    assert_gap(household, 30 * HOUR_S)
    assert_days_are_true(household)
    assert [flag.kind for flag in monitor_of(household).flags] == ["gap"]


async def test_stopped_for_more_than_a_day_with_heat_counters(
    household: Household,
) -> None:
    """The unit's counters tell the heat of thirty hours as well."""
    household.change_data({CONF_HEAT_METHOD: HEAT_METHOD_AUTOMATIC})
    await begin(household)
    await household.shut_down()
    await household.tick(30 * HOUR_S)
    await household.set_up()
    await come_back(household)

    assert_no_electricity_lost(household)
    assert_all_paired(household)
    assert whole(household).cop == pytest.approx(2.6, rel=0.02)


@pytest.mark.parametrize("killed", [False, True])
@pytest.mark.usefixtures("all_enabled")
async def test_restart_makes_nothing_up(
    household: Household, hass_storage: Disk, killed: bool
) -> None:
    """D12: the first readings after a start are no energy, and no start of its own."""
    await begin(household)
    shown, starts = household.value("compressor_starts"), whole(household).sums.starts
    for _ in range(5):
        if killed:
            await kill(household, hass_storage)
            await household.set_up()
        else:
            await household.reload()
        await household.live(60, step_s=METER_PACE_S)
    await come_back(household)

    assert household.value("compressor_starts") == shown
    assert whole(household).sums.starts == starts
    assert_no_electricity_lost(household)
    assert_all_paired(household)
    summary = whole(household)
    truth_wh = heated_wh(household, opened_at(household), summary.end)
    assert truth_wh * 0.75 < summary.sums.heat_wh < truth_wh * 1.02


async def test_meter_reset_while_read(household: Household) -> None:
    """D14: a counter that starts again loses a minute at most, and adds nothing."""
    await begin(household)
    await household.live(4 * HOUR_S, step_s=SLOWEST_S)
    await household.live(50, step_s=METER_PACE_S)
    household.meter.reset_counters()
    await household.live(POLL_S, step_s=METER_PACE_S)
    await household.live(4 * HOUR_S, step_s=SLOWEST_S)
    await come_back(household)

    assert_no_electricity_lost(household)
    assert [flag.kind for flag in monitor_of(household).flags] == ["electricity_reset"]


def _reset(household: Household) -> None:
    household.meter.reset_counters()


def _reboot(household: Household) -> None:
    household.meter.reboot()


async def _away(household: Household, act: Callable[[Household], None]) -> None:
    """Let something happen to the meter amid three hours in which it is away."""
    household.meter.faults.unreachable = True
    await household.live(OUTAGE_S / 2, step_s=POLL_S)
    act(household)
    await household.live(OUTAGE_S / 2, step_s=POLL_S)
    household.meter.faults.unreachable = False
    await answer_again(household)


async def _five_reboots(household: Household) -> None:
    """Let the meter restart time and again, shortly before its counter moves."""
    await begin(household)
    await household.live(50, step_s=METER_PACE_S)
    for _ in range(5):
        household.meter.reboot()
        await household.live(POLL_S, step_s=METER_PACE_S)
    await come_back(household)


async def test_meter_reboots_while_read(household: Household) -> None:
    """D14: a device that restarts forgets a minute at most, and adds nothing."""
    await _five_reboots(household)

    now = dt_util.utcnow()
    truth_wh = drawn_wh(household, opened_at(household), now)
    minute_wh = drawn_wh(household, now - timedelta(minutes=1), now)
    assert 0 <= truth_wh - monitor_of(household).state.meters.total_wh < 5 * minute_wh
    assert_all_paired(household)


async def test_meter_reboots_while_away(household: Household) -> None:
    """D14: what a device forgets unseen is lost, and no more than that."""
    await begin(household)
    await _away(household, _reboot)

    truth_wh = drawn_wh(household, opened_at(household), dt_util.utcnow())
    # Each phase forgets up to 0.6 Wh, and the counter is some seconds old.
    assert monitor_of(household).state.meters.total_wh == pytest.approx(truth_wh, abs=4)


async def test_meter_reset_while_away(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D14: what a reset counter held, and the memory forgot too, is not made up."""
    await begin(household)
    before_wh = monitor_of(household).state.meters.total_wh
    monkeypatch.setattr(history, "KEPT_S", 60)
    await _away(household, _reset)
    await household.live(HOUR_S / 2, step_s=POLL_S)

    total_wh = monitor_of(household).state.meters.total_wh
    truth_wh = drawn_wh(household, opened_at(household), dt_util.utcnow())
    assert before_wh < total_wh <= truth_wh
    assert [flag.kind for flag in monitor_of(household).flags] == ["electricity_reset"]
    assert not monitor_of(household).gaps
    summary = whole(household)
    assert summary.cop == pytest.approx(2.6, rel=0.05)
    assert summary.sums.metered_s < summary.elapsed_s - OUTAGE_S / 2


async def test_the_memory_tells_what_a_reset_counter_held(
    household: Household,
) -> None:
    """D14: reset while it is away, the meter remembers what it drew, once."""
    await begin(household)
    await _away(household, _reset)
    assert monitor_of(household).gaps
    await household.reload()
    await household.live(HOUR_S / 2, step_s=SLOWEST_S)

    assert not monitor_of(household).gaps
    now = dt_util.utcnow()
    truth_wh = drawn_wh(household, opened_at(household), now)
    minute_wh = drawn_wh(household, now - timedelta(minutes=1), now)
    counted_wh = monitor_of(household).state.meters.total_wh
    assert counted_wh == pytest.approx(truth_wh, abs=minute_wh)
    summary = whole(household)
    assert summary.sums.electricity_wh == pytest.approx(counted_wh)
    assert summary.unpaired_electricity_wh == pytest.approx(
        drawn_wh(household, now - timedelta(seconds=OUTAGE_S), now), rel=0.15
    )
    assert summary.cop == pytest.approx(2.6, rel=0.05)


SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "hours", "stopped"), [(SPRING, 23, False), (AUTUMN, 25, True)]
)
async def test_night_of_the_clock_change(
    household: Household, day: date, hours: int, stopped: bool
) -> None:
    """D1, D13: a day has 23 or 25 hours, with the change in the dark as well."""
    at = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
    midnight, end = at, at + timedelta(days=1)
    await begin(household, midnight - timedelta(minutes=30))
    await live_until(household, midnight, step_s=SLOWEST_S)
    await live_until(household, midnight + timedelta(minutes=50), step_s=SLOWEST_S)
    if stopped:
        await household.shut_down()
        await household.tick(4 * HOUR_S)
        await household.set_up()
    else:
        household.meter.faults.unreachable = True
        await household.live(4 * HOUR_S, step_s=SLOWEST_S)
        household.meter.faults.unreachable = False
    await live_until(household, end, step_s=SLOWEST_S)
    await come_back(household)

    assert_no_electricity_lost(household)
    summary = day_of(household, day)
    assert summary.elapsed_s == summary.sums.metered_s == hours * HOUR_S
    assert summary.sums.electricity_wh == approx_wh(drawn_wh(household, midnight, end))
    gap_s = 4 * HOUR_S if stopped else 0
    assert summary.coverage == pytest.approx(1 - gap_s / (hours * HOUR_S), abs=0.03)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
async def test_night_without_the_meter_over_the_clock_change(
    household: Household, day: date
) -> None:
    """Each side of midnight gets its own of a night that is shorter or longer."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
    await begin(household, midnight - timedelta(hours=2))
    household.meter.faults.unreachable = True
    await household.live(7 * HOUR_S, step_s=SLOWEST_S)
    household.meter.faults.unreachable = False
    await come_back(household)

    assert_days_are_true(household)


@pytest.fixture
def disks(hass_storage: Disk, monkeypatch: pytest.MonkeyPatch) -> list[Disk]:
    """Return what the disk held after each time that anything was saved."""
    held: list[Disk] = []
    save = Store.async_save

    async def save_and_look(store: Store[Any], data: Any) -> None:
        await save(store, data)
        if store.key.startswith(DOMAIN):
            # A file is replaced as a whole; it does not change.
            held.append(dict(hass_storage))

    monkeypatch.setattr(Store, "async_save", save_and_look)
    return held


async def loaded(household: Household) -> PerformanceMonitor:
    """Return the account that is on the disk."""
    entry = household.entry
    plant = monitor_of(household).plant
    store = LedgerStore(household.hass, entry.entry_id)
    return await store.async_load(plant, Calendar(BERLIN))


async def assert_disks_are_true(
    household: Household, storage: Disk, disks: list[Disk]
) -> None:
    """Assert that each of the accounts on disk agrees with itself and the truth."""
    for disk in disks:
        ours = {key: disk[key] for key in disk if key.startswith(DOMAIN)}
        restore(storage, ours)
        monitor = await loaded(household)
        since, times = (
            monitor.state.meters.since,
            monitor.state.meters.electricity["main"].total.timeline.times,
        )
        if since is None:
            # The counter had not moved yet: there is no account to be wrong.
            continue
        truth_wh = drawn_wh(household, since, times[-1])
        days_wh = sum(day.electricity_wh for day in monitor.ledger.days.values())
        hours_wh = sum(hour.electricity_wh for hour in monitor.ledger.hours.values())
        assert [days_wh, hours_wh] == pytest.approx([monitor.state.meters.total_wh] * 2)
        assert days_wh == approx_wh(truth_wh)


async def test_killed_at_any_moment(
    household: Household, hass_storage: Disk, disks: list[Disk]
) -> None:
    """Whatever was saved last, the account on the disk agrees with itself."""
    await begin(household, EVENING)
    midnights = [datetime(2026, 1, day, tzinfo=BERLIN) for day in (16, 17)]
    for midnight in midnights:
        await live_until(household, midnight - timedelta(minutes=20), step_s=HOUR_S)
        await live_until(household, midnight + timedelta(hours=1), step_s=POLL_S)

    assert len(disks) > 60
    await assert_disks_are_true(household, hass_storage, disks)


def _between_the_files(disks: list[Disk], entry_id: str) -> Disk:
    """Return the disk at the last moment when the archive was behind."""
    archive = f"{DOMAIN}.{entry_id}.days.2026"
    return next(
        before
        for before, after in zip(disks[-2::-1], disks[:0:-1], strict=True)
        if before.get(archive) != after.get(archive)
    )


def _after_the_archive(disks: list[Disk], entry_id: str) -> Disk:
    """Return the disk at the moment when the archive was written last."""
    archive = f"{DOMAIN}.{entry_id}.days.2026"
    return next(
        after
        for before, after in zip(disks[-2::-1], disks[:0:-1], strict=True)
        if before.get(archive) != after.get(archive)
    )


def _hours_ago(disks: list[Disk], entry_id: str) -> Disk:
    """Return the disk before most of the night."""
    return disks[len(disks) // 3]


@pytest.mark.parametrize("found", [_after_the_archive, _between_the_files, _hours_ago])
async def test_killed_and_started_later(
    household: Household,
    hass_storage: Disk,
    disks: list[Disk],
    found: Callable[[list[Disk], str], Disk],
) -> None:
    """Started from whatever the disk held, nothing is lost and nothing twice."""
    household.change_data({CONF_HEAT_METHOD: HEAT_METHOD_AUTOMATIC})
    await begin(household, EVENING)
    await live_until(household, EVENING + timedelta(hours=4), step_s=POLL_S)
    disk = found(disks, household.entry.entry_id)
    await household.shut_down()
    restore(hass_storage, disk)
    await household.tick(2 * HOUR_S)
    await household.set_up()
    await come_back(household)

    assert_no_electricity_lost(household)
    summary = whole(household)
    truth_wh = heated_wh(household, opened_at(household), summary.end)
    assert summary.sums.heat_wh == pytest.approx(truth_wh, rel=0.05)
    total_wh = monitor_of(household).state.books.heat_total_wh
    assert total_wh == pytest.approx(summary.sums.heat_wh)


async def test_killed_before_the_first_interval(
    household: Household, hass_storage: Disk
) -> None:
    """An account that was never saved begins anew."""
    await household.set_up()
    await kill(household, hass_storage)
    await household.tick(HOUR_S)
    await begin(household)
    await household.live(OUTAGE_S, step_s=SLOWEST_S)
    await come_back(household)

    assert household.entry.state is ConfigEntryState.LOADED
    assert_no_electricity_lost(household)


async def test_killed_while_the_meter_is_away(
    household: Household, hass_storage: Disk
) -> None:
    """Heat that waits for its electricity is on the disk, too."""
    await begin(household)
    household.meter.faults.unreachable = True
    await household.live(OUTAGE_S, step_s=POLL_S)
    await kill(household, hass_storage)
    await household.set_up()
    await household.live(POLL_S)
    household.meter.faults.unreachable = False
    await come_back(household)

    assert_no_electricity_lost(household)
    assert_all_paired(household)


async def test_killed_while_the_cloud_is_away(
    household: Household, hass_storage: Disk
) -> None:
    """With no interval to close, the electricity is on the disk all the same."""
    await begin(household, EVENING)
    household.cloud.faults.server_error = True
    await household.live(OUTAGE_S, step_s=POLL_S)
    await kill(household, hass_storage)
    household.cloud.faults.server_error = False
    await household.set_up()
    await come_back(household)

    assert_no_electricity_lost(household)
    assert_days_are_true(household)


@pytest.mark.parametrize("saved", [0, 1, -1])
async def test_killed_around_the_recovery(
    household: Household, hass_storage: Disk, disks: list[Disk], saved: int
) -> None:
    """The course of an outage is recovered after a crash too, and never twice."""
    await begin(household, EVENING)
    household.meter.faults.unreachable = True
    await household.live(OUTAGE_S, step_s=POLL_S)
    disks.clear()
    household.meter.faults.unreachable = False
    await come_back(household)
    disk = disks[saved]
    await household.shut_down()
    restore(hass_storage, disk)
    await household.tick(600)
    await household.set_up()
    await come_back(household)

    assert_no_electricity_lost(household)
    assert_days_are_true(household)


async def test_killed_twice_between_the_files(
    household: Household, hass_storage: Disk, disks: list[Disk]
) -> None:
    """A day that the archive missed stays in the running file until it is there."""
    await begin(household, EVENING)
    await live_until(household, EVENING + timedelta(hours=2), step_s=POLL_S)
    disk = _between_the_files(disks, household.entry.entry_id)
    await household.shut_down()
    restore(hass_storage, disk)
    disks.clear()
    await household.tick(HOUR_S)
    await household.set_up()
    await come_back(household)

    assert len(disks) > 3
    await assert_disks_are_true(household, hass_storage, list(disks))
