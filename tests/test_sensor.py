"""What the sensors show."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import snapshot_platform
from syrupy.assertion import SnapshotAssertion

from custom_components.heatpump_monitor.const import (
    CONF_HEAT_METHOD,
    CONF_METERED,
    HEAT_METHOD_AUTOMATIC,
)
from custom_components.heatpump_monitor.performance.ledger import Bucket
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Part
from homeassistant.components.sensor import ATTR_STATE_CLASS, SensorStateClass
from homeassistant.const import MATCH_ALL, STATE_UNKNOWN, Platform
from homeassistant.helpers import entity_registry as er
from simulator import Variant
from simulator.state import Activity

from .household import POLL_S, Household


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.usefixtures("all_enabled")
async def test_sensors(
    household: Household,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    """Each heat pump has the sensors it can have, and they show what the house does."""
    with patch("custom_components.heatpump_monitor.PLATFORMS", [Platform.SENSOR]):
        await household.set_up()
        await household.live(3 * POLL_S)
        await snapshot_platform(
            household.hass, entity_registry, snapshot, household.entry.entry_id
        )
        await household.shut_down()


async def test_what_is_shown_unasked(household: Household) -> None:
    """What is noisy, or of use to few, is there but disabled."""
    await household.set_up()
    registry = er.async_get(household.hass)
    disabled = {
        registered.unique_id.removeprefix(f"{household.entry.unique_id}_")
        for registered in er.async_entries_for_config_entry(
            registry, household.entry.entry_id
        )
        if registered.disabled_by is er.RegistryEntryDisabler.INTEGRATION
    }

    assert disabled == {
        "api_calls_ten_minutes",
        "current_a",
        "current_b",
        "current_c",
        "electricity_returned",
        "heat_pump_last_reading",
        "heating_rod_hours",
        "inverter_power",
        "manufacturer_spf",
        "meter_last_reading",
        "power_a",
        "power_b",
        "power_c",
        "thermal_power_flow",
        "voltage_a",
        "voltage_b",
        "voltage_c",
    }


async def test_appears_when_offered(household: Household) -> None:
    """A value that the unit offers only later gets its sensor without a reload."""
    household.cloud.faults.missing_value = ("heating.sensors.temperature.outside",)
    await household.set_up()
    assert household.state("sensor", "outside_temperature") is None

    household.cloud.faults.missing_value = ()
    await household.live(POLL_S)
    assert household.value("outside_temperature") == "3.3"


async def test_stays_when_not_offered(household: Household) -> None:
    """A sensor that was there stays, even where the unit offers it no more."""
    await household.set_up()
    household.cloud.faults.missing_value = ("heating.sensors.temperature.outside",)
    await household.reload()
    assert household.value("outside_temperature") == STATE_UNKNOWN


async def test_ratio_says_what_it_rests_on(household: Household) -> None:
    """A figure of some minutes is one of 0 days, with all that makes it."""
    household.change_data({CONF_METERED: [Part.COMPRESSOR, Part.SOURCE_PUMP]})
    await household.set_up()
    await household.live(3 * POLL_S)

    attributes = household.attributes("jaz_rolling")
    assert attributes["basis"] == "0 days"
    assert attributes["boundary"] == "H2"
    assert attributes["heat_method"] == "flow"
    assert attributes["heat_kwh"] / attributes["electricity_kwh"] == pytest.approx(
        float(household.value("jaz_rolling")), rel=0.02
    )
    assert attributes["uncertainty"] == pytest.approx(
        0.061 * float(household.value("jaz_rolling")), rel=0.2
    )
    # The house draws 1 kW, so that hours are kilowatt-hours.
    assert attributes["paired_days"] * 24 == pytest.approx(
        attributes["electricity_kwh"], rel=0.1
    )


async def test_counters_put_the_flow_right(household: Household) -> None:
    """Unasked, the unit's own counters decide the sum, and say so."""
    household.change_data({CONF_HEAT_METHOD: HEAT_METHOD_AUTOMATIC})
    await household.set_up()
    await household.live(12 * POLL_S)

    attributes = household.attributes("jaz_rolling")
    assert attributes["heat_method"] == "counter"
    # The unit counts 2.6 kW; the first kilowatt-hour may be the flow's.
    assert attributes["heat_kwh"] == pytest.approx(2.6, abs=1.2)


async def test_a_year_is_called_one(household: Household) -> None:
    """From 330 paired days on a JAZ is a year's; the year's own may be shorter."""
    await household.set_up()
    today = date(2026, 1, 15)
    days = household.entry.runtime_data.account.monitor.ledger.days
    for ago in range(1, 341):
        days[today - timedelta(days=ago)] = Bucket(
            electricity_wh=10_000,
            paired_electricity_wh=10_000,
            heat_wh=42_000,
            paired_s=86_400,
            methods_wh={HeatMethod.FLOW: 42_000},
        )
    await household.live(POLL_S)

    assert household.attributes("jaz_rolling")["basis"] == "year"
    assert float(household.value("jaz_rolling")) == pytest.approx(4.2, abs=0.01)
    assert household.attributes("jaz_year")["basis"] == "14 days"


async def test_attributes_are_not_recorded(household: Household) -> None:
    """What stands beside a figure stays out of the recorder."""
    await household.set_up()
    state = household.state("sensor", "jaz_rolling")
    assert state is not None
    assert state.state_info is not None
    assert MATCH_ALL in state.state_info["unrecorded_attributes"]


async def test_defrost_takes_heat_back(household: Household) -> None:
    """The heat total goes down while heat flows back, and its class allows that."""
    await household.set_up()
    await household.live(3 * POLL_S)
    before_kwh = float(household.value("heat_total"))
    household.plant.changes = {"activity": Activity.DEFROST, "supply_c": 24.0}
    await household.live(3 * POLL_S)

    assert household.value("mode") == "defrost"
    assert household.binary("defrost") == "on"
    assert float(household.value("heat_total")) < before_kwh
    assert (
        household.attributes("heat_total")[ATTR_STATE_CLASS] == SensorStateClass.TOTAL
    )
