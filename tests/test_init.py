"""Setting up, unloading and removing a heat pump."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from custom_components.heatpump_monitor.const import (
    CONF_BRINE_FLOW_LPH,
    CONF_BRINE_GLYCOL_PCT,
    CONF_CAPACITY_POINTS,
    CONF_METER_INTERVAL_S,
    CONF_PRICE,
    CONF_SOURCE_KIND,
    DOMAIN,
)
from custom_components.heatpump_monitor.performance.plant import (
    CapacityPoint,
    SourceKind,
)
from custom_components.heatpump_monitor.sources.endpoints import VIESSMANN_URL_VARIABLE
from homeassistant.components.sensor import ATTR_LAST_RESET
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT, STATE_UNAVAILABLE
from homeassistant.exceptions import ImplementationUnavailableError
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.helpers.config_entry_oauth2_flow import (
    async_add_implementation_provider,
)
from homeassistant.util import dt as dt_util

from .household import METER_POLL_S, POLL_S, Household


async def test_set_up(household: Household) -> None:
    """Setting up costs two calls, and both sources show."""
    await household.set_up()

    assert household.entry.state is ConfigEntryState.LOADED
    assert household.cloud.api_requests == 2
    assert household.value("power") == "1000.0"
    assert household.value("supply_temperature") == "35.0"
    assert household.value("api_calls_day") == "2"


async def test_devices(
    household: Household, device_registry: dr.DeviceRegistry
) -> None:
    """The meter is a device of its own, behind the heat pump's."""
    await household.set_up()

    heat_pump, meter = household.devices()
    assert (heat_pump.manufacturer, heat_pump.model) == ("Viessmann", "Vitocal 252-A")
    assert heat_pump.model_id == "E3_Vitocal_16"
    assert heat_pump.name == household.entry.title
    assert heat_pump.serial_number == household.serial
    assert (meter.manufacturer, meter.model) == ("Shelly", "Shelly Pro 3EM")
    assert meter.model_id == "SPEM-003CEBEU"
    assert meter.name == "Shelly Pro 3EM"
    assert meter.sw_version == "1.6.2"
    assert meter.via_device_id == heat_pump.id
    assert meter.connections == {
        (dr.CONNECTION_NETWORK_MAC, household.meter_entry.unique_id)
    }


async def test_names_stay_while_a_source_is_away(household: Household) -> None:
    """A start without the cloud or the meter does not rename their devices."""
    await household.set_up()
    household.cloud_gone()
    await household.reload()
    assert household.devices()[0].model == "Vitocal 252-A"
    household.monkeypatch.setenv(
        VIESSMANN_URL_VARIABLE, household.simulator.viessmann_url
    )
    household.meter.faults.unreachable = True
    await household.reload()
    assert household.entry.state is ConfigEntryState.LOADED
    assert household.devices()[1].name == "Shelly Pro 3EM"


async def test_plant_of_the_owner(household: Household) -> None:
    """What the owner enters reaches the arithmetic in its units."""
    household.change_data(
        {
            CONF_SOURCE_KIND: "brine",
            CONF_CAPACITY_POINTS: [{"source_c": 0, "supply_c": 35, "heat_kw": 12.5}],
            CONF_BRINE_FLOW_LPH: 1800.0,
            CONF_BRINE_GLYCOL_PCT: 25.0,
        }
    )
    await household.set_up()
    plant = household.entry.runtime_data.performance.monitor.plant
    assert plant.source is SourceKind.BRINE
    assert plant.capacity_points == (CapacityPoint(0, 35, 12_500),)
    assert (plant.brine_flow_lph, plant.brine_glycol_pct) == (1800, 25)


async def test_meter_replaced(household: Household) -> None:
    """Another Shelly takes the place of the one before in the same device."""
    await household.set_up()
    _, before = household.devices()
    household.meter.mac = "FCE8C0AA00FF"
    household.change_meter({}, mac="fc:e8:c0:aa:00:ff")
    await household.settle()

    _, meter = household.devices()
    assert meter.id == before.id
    assert household.value("power") == "1000.0"
    assert meter.connections == {(dr.CONNECTION_NETWORK_MAC, "fc:e8:c0:aa:00:ff")}


async def test_unload(household: Household) -> None:
    """Unloading makes the entities unavailable and ends all polling."""
    await household.set_up()
    assert await household.hass.config_entries.async_unload(household.entry.entry_id)
    asked = household.cloud.api_requests, household.meter.requests.total()
    await household.live(2 * POLL_S)

    assert household.entry.state is ConfigEntryState.NOT_LOADED
    assert household.value("power") == STATE_UNAVAILABLE
    assert (household.cloud.api_requests, household.meter.requests.total()) == asked


async def test_meter_removed(household: Household) -> None:
    """Without its meter a heat pump says so; with one added again it goes on."""
    await household.set_up()
    manager, meter = household.hass.config_entries, household.meter_entry
    manager.async_remove_subentry(household.entry, meter.subentry_id)
    await household.settle()
    assert household.entry.state is ConfigEntryState.SETUP_ERROR
    assert household.entry.error_reason_translation_key == "meter_removed"
    assert household.state("sensor", "power") is None

    manager.async_add_subentry(household.entry, meter)
    await household.settle()
    assert household.entry.state is ConfigEntryState.LOADED
    assert household.value("power") == "1000.0"


async def test_renewed_token_reloads_nothing(household: Household) -> None:
    """The token is renewed every hour; that costs no call."""
    await household.set_up()
    data, asked = household.entry.runtime_data, household.cloud.api_requests
    household.change_data({"token": {**household.entry.data["token"], "more": 1}})
    await household.settle()
    assert household.entry.runtime_data is data
    assert household.cloud.api_requests == asked


async def test_changed_options_reload_once(household: Household) -> None:
    """A changed option is in use at once, for the two calls of a set-up."""
    await household.set_up()
    asked = household.cloud.api_requests
    household.hass.config_entries.async_update_entry(
        household.entry, options={CONF_METER_INTERVAL_S: 30}
    )
    await household.settle()
    assert household.entry.runtime_data.meter.interval == timedelta(seconds=30)
    assert household.cloud.api_requests == asked + 2


@pytest.mark.usefixtures("all_enabled")
async def test_household_moves(household: Household) -> None:
    """Another time zone and currency hold from the moment on that they are set."""
    household.hass.config_entries.async_update_entry(
        household.entry, options={**household.entry.options, CONF_PRICE: 0.3}
    )
    await household.set_up()
    await household.live(3 * POLL_S)
    drawn, cost = household.value("electricity_total"), household.value("cost_today")
    await household.hass.config.async_update(
        time_zone="America/New_York", currency="USD"
    )
    await household.settle()

    attributes = household.attributes("cost_today")
    assert attributes[ATTR_UNIT_OF_MEASUREMENT] == "USD"
    assert attributes[ATTR_LAST_RESET] == "2026-01-15T00:00:00-05:00"
    assert household.value("electricity_total") == drawn
    assert household.value("cost_today") == cost

    await household.hass.config.async_update(location_name="Seaside")
    await household.settle()
    assert household.cloud.api_requests == 2 + 3 + 2


async def test_ledger_goes_on_after_reload(household: Household) -> None:
    """What was counted before a reload is still there, and the time between too."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(3 * POLL_S)
    await household.hass.config_entries.async_unload(household.entry.entry_id)
    await household.live(3600, step_s=POLL_S)
    await household.set_up()
    await household.live(2 * POLL_S)

    # 1 kW from noon on; the last minute may not be counted yet.
    electricity_kwh = household.attributes("cop_today")["electricity_kwh"]
    unpaired_kwh = household.attributes("cop_today")["unpaired_electricity_kwh"]
    elapsed_h = (3600 + 5 * POLL_S) / 3600
    assert electricity_kwh + unpaired_kwh == pytest.approx(elapsed_h, abs=0.04)


async def test_ledger_survives_a_crash(
    household: Household, hass_storage: dict[str, Any]
) -> None:
    """Every closed interval is on disk at once."""
    await household.set_up()
    await household.live(4 * POLL_S)
    running = hass_storage[f"{DOMAIN}.{household.entry.entry_id}.running"]

    shown_wh = float(household.value("heat_total")) * 1000
    assert running["data"]["state"]["books"]["heat_total_wh"] == pytest.approx(shown_wh)


async def test_remove(
    household: Household,
    hass_storage: dict[str, Any],
    issue_registry: ir.IssueRegistry,
) -> None:
    """Removing leaves nothing but the calls made, which still count at Viessmann."""
    await household.set_up()
    household.cloud.faults.rate_limit = True
    await household.live(POLL_S)
    assert len(issue_registry.issues) == 1
    await household.hass.config_entries.async_remove(household.entry.entry_id)
    await household.settle()

    kept = [key for key in hass_storage if key.startswith(DOMAIN)]
    assert kept == [f"{DOMAIN}.budget.{DOMAIN}"]
    assert not issue_registry.issues
    assert not household.hass.states.async_all("sensor")


async def test_remove_one_of_two(
    household: Household, issue_registry: ir.IssueRegistry
) -> None:
    """What concerns the whole account stays as long as an entry uses it."""
    await household.set_up()
    second = await household.set_up_second(title="Vitocal cellar")
    household.cloud.faults.rate_limit = True
    await household.live(POLL_S)
    await household.hass.config_entries.async_remove(second.entry_id)
    await household.settle()
    assert len(issue_registry.issues) == 1

    await household.hass.config_entries.async_remove(household.entry.entry_id)
    await household.settle()
    assert not issue_registry.issues


async def test_later_version_is_refused(household: Household) -> None:
    """An entry of a later major version is not touched; a later minor one is used."""
    household.hass.config_entries.async_update_entry(household.entry, minor_version=2)
    await household.set_up()
    assert household.entry.state is ConfigEntryState.LOADED

    household.hass.config_entries.async_update_entry(household.entry, version=2)
    await household.reload()
    assert household.entry.state is ConfigEntryState.MIGRATION_ERROR


def _break_cloud(household: Household) -> None:
    household.cloud.faults.server_error = True


def _break_meter(household: Household) -> None:
    household.meter.faults.unreachable = True


def _mend(household: Household) -> None:
    household.cloud.faults.server_error = False
    household.meter.faults.unreachable = False


type Act = Callable[[Household], None]


@pytest.mark.parametrize("break_one", [_break_cloud, _break_meter])
async def test_first_set_up_takes_both_sources(
    household: Household, break_one: Act
) -> None:
    """Before both sources were seen, the set-up waits for the missing one."""
    break_one(household)
    await household.set_up()
    assert household.entry.state is ConfigEntryState.SETUP_RETRY

    _mend(household)
    await household.live(POLL_S + 60)
    assert household.entry.state is ConfigEntryState.LOADED


async def test_retries_of_the_set_up_cost_no_calls(household: Household) -> None:
    """However often Home Assistant tries, the cloud is asked once per interval."""
    _break_cloud(household)
    _break_meter(household)
    await household.set_up()
    asked = household.cloud.api_requests
    await household.live(POLL_S - 20, step_s=10)

    assert household.entry.state is ConfigEntryState.SETUP_RETRY
    assert household.entry.error_reason_translation_key == "next_poll_not_due"
    assert household.cloud.api_requests == asked == 1


@pytest.mark.parametrize(
    ("break_one", "lost", "left"),
    [
        (_break_cloud, "supply_temperature", "power"),
        (_break_meter, "power", "supply_temperature"),
    ],
)
async def test_one_source_is_enough_later(
    household: Household,
    caplog: pytest.LogCaptureFixture,
    break_one: Act,
    lost: str,
    left: str,
) -> None:
    """A household that was set up before starts with one source, and gets the other."""
    await household.set_up()
    break_one(household)
    caplog.clear()
    await household.reload()

    assert household.entry.state is ConfigEntryState.LOADED
    assert household.value(lost) == STATE_UNAVAILABLE
    assert float(household.value(left)) > 0
    warnings = [record for record in caplog.records if record.levelname == "WARNING"]
    assert sum("starts without one of" in each.message for each in warnings) == 1

    _mend(household)
    await household.live(POLL_S)
    assert float(household.value(lost)) > 0


async def test_both_sources_down(household: Household) -> None:
    """With neither source there is nothing to show, and the set-up is tried again."""
    await household.set_up()
    _break_cloud(household)
    _break_meter(household)
    await household.reload()
    assert household.entry.state is ConfigEntryState.SETUP_RETRY
    assert household.value("power") == STATE_UNAVAILABLE

    _mend(household)
    await household.live(POLL_S + 60)
    assert household.entry.state is ConfigEntryState.LOADED
    assert household.value("power") == "1000.0"


async def test_another_device_at_the_address(household: Household) -> None:
    """Another meter's energy is not counted, even if it answers alike."""
    household.meter.faults.another_mac = True
    await household.set_up()

    assert household.entry.state is ConfigEntryState.SETUP_RETRY
    assert household.entry.error_reason_translation_key == "meter_is_another"


async def test_api_client_deleted(household: Household) -> None:
    """Without its API client an entry asks for a new sign-in."""
    household.change_data({"auth_implementation": "gone"})
    await household.set_up()

    assert household.entry.state is ConfigEntryState.SETUP_ERROR
    assert household.entry.error_reason_translation_key == "credentials_missing"
    flows = household.hass.config_entries.flow.async_progress()
    assert [flow["context"]["source"] for flow in flows] == [SOURCE_REAUTH]


async def test_api_clients_not_readable(household: Household) -> None:
    """Where the API clients cannot be read for now, the set-up is tried again."""

    async def unavailable(*_: object) -> list[Any]:
        raise ImplementationUnavailableError

    household.change_data({"auth_implementation": "cloud"})
    async_add_implementation_provider(household.hass, "cloud", unavailable)
    await household.set_up()

    assert household.entry.state is ConfigEntryState.SETUP_RETRY
    assert household.entry.error_reason_translation_key == "credentials_unavailable"


async def test_budget_survives_a_restart(
    household: Household, hass_storage: dict[str, Any]
) -> None:
    """The calls of the last day are kept, and with none left none is made."""
    made = (dt_util.utcnow() - timedelta(hours=1)).timestamp()
    hass_storage[f"{DOMAIN}.budget.{DOMAIN}"] = {
        "version": 1,
        "data": {"calls": {"": {str(made): 1400}}, "blocked_until": None},
    }
    await household.set_up()

    assert household.entry.state is ConfigEntryState.SETUP_RETRY
    assert household.entry.error_reason_translation_key == "call_budget_exhausted"
    assert household.cloud.api_requests == 0
