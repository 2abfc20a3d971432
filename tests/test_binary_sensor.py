"""What the binary sensors show."""

from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import snapshot_platform
from syrupy.assertion import SnapshotAssertion

from custom_components.heatpump_monitor.binary_sensor import HEAT_PUMP
from custom_components.heatpump_monitor.readings import HeatPumpReading
from homeassistant.const import Platform
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from simulator import Variant
from simulator.state import Activity

from .household import POLL_S, Household


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.usefixtures("all_enabled")
async def test_binary_sensors(
    household: Household,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    """Each heat pump has the binary sensors it can have."""
    with patch(
        "custom_components.heatpump_monitor.heat_pump.PLATFORMS",
        [Platform.BINARY_SENSOR],
    ):
        await household.set_up()
        await snapshot_platform(
            household.hass, entity_registry, snapshot, household.entry.entry_id
        )
        await household.shut_down()


@pytest.mark.usefixtures("all_enabled")
async def test_follows_the_heat_pump(household: Household) -> None:
    """Compressor and pump are shown as they are."""
    await household.set_up()
    assert household.binary("compressor") == "on"
    assert household.binary("circuit_0_pump") == "on"

    household.plant.changes = {
        "activity": Activity.STANDBY,
        "circuit_pump_on": False,
        "compressor_on": False,
    }
    await household.live(POLL_S)
    assert household.binary("compressor") == "off"
    assert household.binary("circuit_0_pump") == "off"


@pytest.mark.usefixtures("all_enabled")
async def test_hot_water_without_a_flag(household: Household) -> None:
    """A unit without a charging flag tells hot water by its valve."""
    await household.set_up()
    assert household.binary("hot_water_charging") == "off"

    household.plant.changes = {"activity": Activity.HOT_WATER}
    await household.live(POLL_S)
    assert household.binary("hot_water_charging") == "on"


@pytest.mark.parametrize("variant", [Variant.BRINE])
async def test_backup_heater_by_its_run_time(household: Household) -> None:
    """A backup heater that only counts its run time is on while that moves."""
    await household.set_up()
    assert household.state("binary_sensor", "backup_heater") is None

    household.plant.backup_heater_s = 600.0
    await household.live(POLL_S)
    assert household.binary("backup_heater") == "on"

    await household.live(POLL_S)
    assert household.binary("backup_heater") == "off"


@pytest.mark.parametrize(
    ("codes", "counts", "faulty", "attributes"),
    [
        (None, {}, None, {}),
        ((), {}, False, {"codes": []}),
        (("F.160", "A.12"), {}, True, {"codes": ["F.160", "A.12"]}),
        # How often there was a fault does not say whether there is one now.
        (None, {"D6": 2}, None, {"counts": {"D6": 2}}),
    ],
)
def test_fault(
    codes: tuple[str, ...] | None,
    counts: dict[str, int],
    *,
    faulty: bool | None,
    attributes: dict[str, object],
) -> None:
    """A fault is told with its codes; no message list is no statement."""
    fault = next(description for description in HEAT_PUMP if description.key == "fault")
    reading = HeatPumpReading(
        time=dt_util.utcnow(), fault_codes=codes, fault_counts=counts
    )

    assert fault.value_fn(reading) is faulty
    assert fault.exists(reading) is bool(attributes)
    assert fault.attributes_fn(reading) == attributes
