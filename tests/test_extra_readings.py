"""Readings of the heat pump after the meter sees a start of the compressor."""

from collections.abc import Mapping

import pytest

from custom_components.heatpump_monitor.const import (
    CONF_EXTRA_READINGS,
    CONF_HEAT_METHOD,
    CONF_HEAT_PUMP_INTERVAL_S,
    CONF_METER_INTERVAL_S,
    CONF_RATED_HEAT_KW,
)
from custom_components.heatpump_monitor.performance.plant import HeatMethod
from simulator.state import Activity

from .household import METER_POLL_S, POLL_S, Household

METER_S = 10
HALF_HOUR_S = 1800
RESTING = {
    "activity": Activity.STANDBY,
    "compressor_on": False,
    "modulation": 0.0,
    "speed_rps": 0.0,
    "phases_w": (15.0, 0.0, 0.0),
    "flow_lph": 0.0,
}


def choose(household: Household, **options: object) -> None:
    """Change the options of the entry before it is set up."""
    household.hass.config_entries.async_update_entry(
        household.entry, options={CONF_METER_INTERVAL_S: METER_S, **options}
    )


async def live_until_rested(household: Household) -> None:
    """Let the meter learn how running and resting differ, and end in a rest."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(HALF_HOUR_S)
    household.plant.changes = dict(RESTING)
    await household.live(HALF_HOUR_S + POLL_S)


async def asked_each_minute(household: Household, minutes: int) -> list[int]:
    """Return how often the cloud was asked in each of the next minutes."""
    calls = []
    for _ in range(minutes):
        before = household.cloud.api_requests
        await household.live(60, step_s=METER_S)
        calls.append(household.cloud.api_requests - before)
    return calls


async def test_a_start_is_followed_closely(household: Household) -> None:
    """The cloud is asked a minute after the start, then each minute for ten."""
    choose(household, **{CONF_EXTRA_READINGS: True})
    await live_until_rested(household)
    household.plant.changes = {}

    # A start is known when it has lasted for a minute.
    calls = await asked_each_minute(household, 21)
    assert sum(calls[1:11]) == pytest.approx(10, abs=1)
    assert sum(calls) == pytest.approx(13, abs=1)
    assert household.attributes("api_calls_day")["extra_reading"] == 8


async def test_a_backup_heater_is_followed_once(household: Household) -> None:
    """What the heat pump denied is no start the next time; the compressor's is one."""

    resting = RESTING | {"supply_c": 28.0}
    heater = RESTING | {"supply_c": 45.0, "phases_w": (1500.0, 1500.0, 1500.0)}

    async def extra_readings(changes: Mapping[str, object]) -> int:
        before = household.attributes("api_calls_day")["extra_reading"]
        household.plant.changes = dict(changes)
        # The steady plant counts a start with each full hour: none falls into a run.
        await household.live(600, step_s=METER_S)
        household.plant.changes = dict(resting)
        await household.live(1200, step_s=METER_S)
        after: int = household.attributes("api_calls_day")["extra_reading"]
        return after - before

    choose(household, **{CONF_EXTRA_READINGS: True})
    await live_until_rested(household)
    assert await extra_readings(heater) == 8
    assert await extra_readings(heater) == 0
    assert await extra_readings({}) == 8
    assert await extra_readings(heater) == 0


@pytest.mark.parametrize(
    ("options", "method"),
    [
        pytest.param({}, HeatMethod.FLOW, id="off by default"),
        pytest.param({CONF_EXTRA_READINGS: True}, HeatMethod.MODULATION, id="no gain"),
    ],
)
async def test_a_start_changes_nothing(
    household: Household, options: dict[str, object], method: HeatMethod
) -> None:
    """Only who chose it, and gains by it, reads more often."""
    choose(household, **options)
    household.change_data({CONF_HEAT_METHOD: method, CONF_RATED_HEAT_KW: 12.0})
    await live_until_rested(household)
    household.plant.changes = {}

    assert sum(await asked_each_minute(household, 10)) == 2
    assert household.attributes("api_calls_day")["extra_reading"] == 0


async def test_a_failure_ends_the_extra_readings(household: Household) -> None:
    """While the cloud does not answer, it is asked at the regular interval."""
    choose(household, **{CONF_EXTRA_READINGS: True})
    await live_until_rested(household)
    household.plant.changes = {}
    await household.live(150, step_s=METER_S)
    household.cloud.faults.server_error = True
    await household.live(60, step_s=METER_S)

    assert sum(await asked_each_minute(household, 10)) == 2


async def test_an_unload_ends_the_extra_readings(household: Household) -> None:
    """Nothing is asked after the entry is unloaded."""
    choose(household, **{CONF_EXTRA_READINGS: True})
    await live_until_rested(household)
    household.plant.changes = {}
    await household.live(150, step_s=METER_S)
    await household.shut_down()

    assert sum(await asked_each_minute(household, 6)) == 0


async def test_other_entries_keep_their_calls(household: Household) -> None:
    """Two heat pumps at 130 s leave no call for extra readings."""
    options = {CONF_EXTRA_READINGS: True, CONF_HEAT_PUMP_INTERVAL_S: 130}
    choose(household, **options)
    await live_until_rested(household)
    second = await household.set_up_second()
    household.hass.config_entries.async_update_entry(second, options=options)
    household.plant.changes = {}
    await household.live(600, step_s=METER_S)

    assert household.attributes("api_calls_day")["extra_reading"] == 0


async def shown_by_form(household: Household) -> Mapping[str, str]:
    """Return what the form of the readings shows of this heat pump."""
    options = household.hass.config_entries.options
    menu = await options.async_init(household.entry.entry_id)
    form = await options.async_configure(menu["flow_id"], {"next_step_id": "polling"})
    options.async_abort(menu["flow_id"])
    shown = form["description_placeholders"]
    assert shown is not None
    return shown


@pytest.mark.parametrize(
    ("method", "said"),
    [
        (HeatMethod.FLOW, "make short runs of about 10 minutes more exact"),
        (HeatMethod.COUNTER, "improve nothing"),
        (HeatMethod.MODULATION, "improve nothing"),
    ],
)
async def test_form_says_what_readings_improve(
    household: Household, method: HeatMethod, said: str
) -> None:
    """It depends on how the heat of this heat pump is known."""
    household.change_data({CONF_HEAT_METHOD: method, CONF_RATED_HEAT_KW: 12.0})
    choose(household, **{CONF_HEAT_PUMP_INTERVAL_S: 120})
    await household.set_up()

    shown = await shown_by_form(household)
    assert said in shown["benefit"]
    assert (shown["interval_s"], shown["calls_day"]) == ("120", "720")


async def test_form_of_an_entry_that_is_not_loaded(household: Household) -> None:
    """Without readings it is not known what more of them improve."""
    household.hass.config.language = "de"
    shown = await shown_by_form(household)
    assert "Noch ist nicht bekannt" in shown["benefit"]
    assert shown["calls_day"] == "288"
