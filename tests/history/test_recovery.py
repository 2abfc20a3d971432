"""What the meter remembers of an outage puts its electricity where it was drawn.

The load changes with every hour, so that a straight line is seen to be wrong.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
import logging
from typing import Any

import pytest

from custom_components.heatpump_monitor.const import (
    CONF_HEAT_METHOD,
    HEAT_METHOD_AUTOMATIC,
)
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket
from homeassistant.config_entries import ConfigEntryState
from homeassistant.util import dt as dt_util
from simulator.shelly import Shelly, history
from simulator.shelly.rpc import RpcError
from simulator.world import PlantMaker
from tests.household import METER_POLL_S, Household
from tests.simulator.conftest import hourly_plant
from tests.test_coordinator import lines
from tests.test_outages import (
    BERLIN,
    EVENING,
    HOUR_S,
    approx_wh,
    assert_days_are_true,
    assert_no_electricity_lost,
    begin,
    come_back,
    day_of,
    drawn_wh,
    heated_wh,
    monitor_of,
    open_wh,
    opened_at,
    refresh,
    whole,
)

HOUR = timedelta(hours=1)
NIGHT_S = 8 * HOUR_S
NET_ENERGIES = "EMData.GetNetEnergies"


@pytest.fixture
def make_plant() -> PlantMaker:
    """Return what makes a plant whose load changes with every hour."""
    return hourly_plant


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Return what makes the meter answer everything but what it remembers."""
    remember = vars(Shelly)["_net_energies"]

    def fail(shelly: Shelly, params: Any) -> dict[str, Any]:
        shelly.requests["refused"] += 1
        raise RpcError(-108, "Busy")

    def switch(on: bool) -> None:
        monkeypatch.setattr(Shelly, "_net_energies", fail if on else remember)

    return switch


async def sleep(household: Household, seconds: float = NIGHT_S) -> None:
    """Let a night pass for which Home Assistant is not there."""
    await household.shut_down()
    await household.tick(seconds)
    await household.set_up()
    await household.live(METER_POLL_S)
    await refresh(household)


def to_recover_h(household: Household) -> float:
    """Return how many hours wait for the meter's memory."""
    pending = household.entry.runtime_data.performance.data.snapshot.unresolved
    assert isinstance(pending, timedelta)
    return pending / HOUR


def even_by_day(household: Household) -> dict[str, float]:
    """Return the electricity of each day."""
    days = monitor_of(household).ledger.days
    return {day.isoformat(): bucket.electricity_wh for day, bucket in days.items()}


def assert_hours_are_true(household: Household) -> None:
    """Assert that every hour holds what was drawn in it."""
    now = dt_util.utcnow()
    hours = monitor_of(household).ledger.hours
    truth_wh = {
        hour: drawn_wh(
            household, max(hour, opened_at(household)), min(hour + HOUR, now)
        )
        for hour in hours
    }
    counted_wh = {hour: bucket.electricity_wh for hour, bucket in hours.items()}
    # A minute at the highest load: within it, the counter does not say when.
    assert counted_wh == pytest.approx(truth_wh, abs=20)


def sums(household: Household) -> Bucket:
    """Return all that was counted."""
    ledger = monitor_of(household).ledger
    return ledger.sums(min(ledger.days), max(ledger.days))


async def test_a_night_without_home_assistant(household: Household) -> None:
    """Each hour and each side of midnight gets its own, with nobody's doing."""
    await begin(household, EVENING)
    await sleep(household)
    assert to_recover_h(household) == pytest.approx(8, abs=0.1)
    before = even_by_day(household)
    await come_back(household)

    assert to_recover_h(household) == 0
    assert not monitor_of(household).gaps
    assert_no_electricity_lost(household)
    assert_days_are_true(household)
    assert_hours_are_true(household)
    # It was not true before.
    after = even_by_day(household)
    assert after["2026-01-15"] != pytest.approx(before["2026-01-15"], rel=0.05)
    # A day of quarter-hours comes in one answer.
    assert household.meter.requests[NET_ENERGIES] == 1


async def test_what_waits_is_shown(household: Household, all_enabled: None) -> None:
    """A sensor tells how much of the history is still to be recovered."""
    await begin(household, EVENING)
    await sleep(household)
    assert float(household.value("history_to_recover")) > 0
    await come_back(household)

    assert float(household.value("history_to_recover")) == 0


async def test_pairs_stay_paired(household: Household) -> None:
    """With the cloud up, each day's pairs are its own before and after."""
    await begin(household, EVENING)
    household.meter.faults.unreachable = True
    await household.live(3 * HOUR_S, step_s=300)
    household.meter.faults.unreachable = False
    await household.live(METER_POLL_S)
    paired, end = sums(household), whole(household).end
    assert to_recover_h(household) > 2
    await come_back(household)

    assert to_recover_h(household) == 0
    after = sums(household)
    running_wh = drawn_wh(
        household, dt_util.utcnow() - timedelta(seconds=900), dt_util.utcnow()
    )
    later_wh = drawn_wh(household, end, whole(household).end)
    assert after.paired_electricity_wh - later_wh == pytest.approx(
        paired.paired_electricity_wh, abs=running_wh
    )
    assert_days_are_true(household)
    for day, bucket in monitor_of(household).ledger.days.items():
        # Heat by flow was seen all the while: its days were true from the first.
        assert day_of(household, day).cop == pytest.approx(2.6, rel=0.04)
        modes_wh = sum(mode.electricity_wh for mode in bucket.modes.values())
        assert modes_wh == pytest.approx(bucket.paired_electricity_wh)


async def test_counted_heat_goes_with_the_electricity(household: Household) -> None:
    """The heat of a night, which only counters tell, is where it was made."""
    household.change_data({CONF_HEAT_METHOD: HEAT_METHOD_AUTOMATIC})
    await begin(household, EVENING)
    await sleep(household)
    await household.live(2 * METER_POLL_S)
    await come_back(household)

    assert to_recover_h(household) == 0
    assert_days_are_true(household)
    midnight = datetime(2026, 1, 16, tzinfo=BERLIN)
    today = day_of(household, midnight.date())
    truth_wh = heated_wh(household, midnight, today.end)
    assert today.sums.heat_wh == pytest.approx(truth_wh, rel=0.03)
    assert today.cop == pytest.approx(2.6, rel=0.02)


async def test_the_cloud_comes_back_later(household: Household) -> None:
    """A gap in the heat that ends after the recovery takes the course as it is."""
    household.change_data({CONF_HEAT_METHOD: HEAT_METHOD_AUTOMATIC})
    await begin(household, EVENING)
    household.cloud.faults.server_error = True
    await sleep(household)
    await come_back(household)
    assert to_recover_h(household) == 0
    household.cloud.faults.server_error = False
    await come_back(household)

    assert_days_are_true(household)
    today = max(monitor_of(household).ledger.days)
    for day in monitor_of(household).ledger.days:
        summary = day_of(household, day)
        unpaired_wh = open_wh(household) if day == today else 0
        assert summary.unpaired_electricity_wh == pytest.approx(unpaired_wh, abs=150)
        paired_wh = summary.sums.paired_electricity_wh
        assert paired_wh <= summary.sums.electricity_wh + 1
        assert summary.cop == pytest.approx(2.6, rel=0.02)


async def test_a_meter_that_does_not_tell_is_asked_again(
    household: Household,
    forgetful: Callable[[bool], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is left in peace for an hour, and nothing is lost meanwhile."""
    caplog.set_level(logging.INFO)
    await begin(household, EVENING)
    forgetful(True)
    await sleep(household)
    await come_back(household)
    assert household.meter.requests["refused"] == 1
    assert to_recover_h(household) == pytest.approx(8, abs=0.1)
    assert_no_electricity_lost(household)
    await household.live(HOUR_S / 2, step_s=300)
    assert household.meter.requests["refused"] == 1

    forgetful(False)
    await household.live(HOUR_S / 2 + 600, step_s=300)
    await refresh(household)
    assert to_recover_h(household) == 0
    assert_no_electricity_lost(household)
    assert_days_are_true(household)
    unread = lines(caplog, "history cannot be read yet")
    assert len(unread) == 1
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_restart_does_not_forget_the_gap(
    household: Household, forgetful: Callable[[bool], None]
) -> None:
    """What was not told before a restart is asked for after it, at once."""
    await begin(household, EVENING)
    forgetful(True)
    await sleep(household)
    await come_back(household)
    assert household.meter.requests["refused"] == 1
    forgetful(False)
    await household.reload()
    await come_back(household)

    assert to_recover_h(household) == 0
    assert_no_electricity_lost(household)
    assert_days_are_true(household)
    assert_hours_are_true(household)


async def test_a_memory_shorter_than_the_gap(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hours that the meter has forgotten share what the others leave."""
    await begin(household, EVENING)
    start = dt_util.utcnow()
    monkeypatch.setattr(history, "KEPT_S", 4 * HOUR_S)
    await sleep(household)
    end = dt_util.utcnow()
    await come_back(household)

    assert to_recover_h(household) == 0
    assert_no_electricity_lost(household)
    hours = monitor_of(household).ledger.hours
    remembered = [hour for hour in hours if hour > end - 3.5 * HOUR]
    assert len(remembered) >= 3
    for hour in remembered:
        until = min(hour + HOUR, dt_util.utcnow())
        truth_wh = drawn_wh(household, hour, until)
        assert hours[hour].electricity_wh == pytest.approx(truth_wh, abs=20)
    forgotten = [hour for hour in hours if start < hour < end - 5 * HOUR]
    assert len(forgotten) >= 2
    even_wh = {round(hours[hour].electricity_wh, 3) for hour in forgotten}
    assert len(even_wh) == 1


async def test_a_memory_that_holds_nothing(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gap that the meter has forgotten stays straight, and is not asked for again."""
    await begin(household, EVENING)
    await household.shut_down()
    await household.tick(NIGHT_S)
    monkeypatch.setattr(history, "KEPT_S", 60)
    await household.set_up()
    await household.live(METER_POLL_S)
    before = even_by_day(household)["2026-01-15"]
    await come_back(household)
    await household.live(2 * HOUR_S, step_s=300)
    await refresh(household)

    assert to_recover_h(household) == 0
    assert even_by_day(household)["2026-01-15"] == before
    assert household.meter.requests[NET_ENERGIES] == 1
    assert_no_electricity_lost(household)


async def test_unloading_ends_a_recovery(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that goes while the meter tells its history leaves the gap for later."""
    remember = vars(Shelly)["_net_energies"]

    def tell_once(shelly: Shelly, params: Any) -> dict[str, Any]:
        shelly.faults.timeout = True
        return remember(shelly, params)

    await begin(household, EVENING)
    monkeypatch.setattr(Shelly, "_net_energies", tell_once)
    await household.shut_down()
    # Two days, and so two answers: the second does not come.
    await household.tick(40 * HOUR_S)
    await household.set_up()
    while not household.meter.faults.timeout:
        await household.tick(20)
        # Nothing here may wait for the recovery itself, which hangs.
        for _ in range(300):
            await asyncio.sleep(0)
    assert household.meter.requests[NET_ENERGIES] == 1
    assert 0 < to_recover_h(household) <= 40
    assert await household.hass.config_entries.async_unload(household.entry.entry_id)
    assert household.entry.state is ConfigEntryState.NOT_LOADED

    household.meter.faults.timeout = False
    monkeypatch.setattr(Shelly, "_net_energies", remember)
    await household.set_up()
    await come_back(household)
    assert to_recover_h(household) == 0
    assert_no_electricity_lost(household)
    assert_days_are_true(household)
    assert day_of(household, EVENING.date()).sums.electricity_wh == approx_wh(
        drawn_wh(household, opened_at(household), datetime(2026, 1, 16, tzinfo=BERLIN))
    )
