"""A heat pump of entities that is set up, and then runs."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from homeassistant.components.recorder.core import Recorder
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util
from simulator import Shelly, Simulator, Variant

from .entities import KWH, add_shelly, add_vicare
from .user import Owner, User, schema_of

pytestmark = pytest.mark.usefixtures(
    "recorder_mock", "api_client", "current_request_with_host"
)


@pytest.fixture(autouse=True)
def set_up() -> None:
    """Let set-up entries read their sources."""


async def record(hass: HomeAssistant, statistic_id: str, unit_class: str) -> None:
    """Record an hour of an entity."""
    is_energy = unit_class == "energy"
    start = dt_util.utcnow().replace(minute=0, second=0, microsecond=0)
    metadata = StatisticMetaData(
        has_sum=is_energy,
        mean_type=StatisticMeanType.NONE if is_energy else StatisticMeanType.ARITHMETIC,
        name=None,
        source="recorder",
        statistic_id=statistic_id,
        unit_class=unit_class,
        unit_of_measurement="kWh" if is_energy else "°C",
    )
    row = StatisticData(start=start - timedelta(hours=1), sum=1.0, mean=5.0)
    async_import_statistics(hass, metadata, [row])
    await async_wait_recording_done(hass)


async def test_from_the_first_answer_to_the_history(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    user: User,
    owner: Owner,
    house: Simulator,
) -> None:
    """What was chosen is read, its history is offered, and a part is added."""
    add_vicare(hass)
    add_shelly(hass)
    hass.states.async_set("sensor.unrelated", "5", KWH)
    for statistic_id in ("sensor.energy", "sensor.unrelated"):
        await record(hass, statistic_id, "energy")
    await record(hass, "sensor.outside", "temperature")
    await user.start()
    for answer in ("entities", None, None, "meter_entities", None, None):
        await (user.submit() if answer is None else user.choose(answer))
    await user.enter_plant()
    await hass.async_block_till_done()
    entry = user.sees["result"]
    assert entry.state is ConfigEntryState.LOADED
    assert entry.runtime_data.heat_pump.data.supply_c == 35.1
    assert entry.runtime_data.meter.data.power_w == 950

    (flow,) = hass.config_entries.options.async_progress()
    assert user.sees["next_flow"][1] == flow["flow_id"]
    form = await hass.config_entries.options.async_configure(flow["flow_id"])
    suggested = {
        str(field): field.description["suggested_value"]
        for field in schema_of(form).schema
    }
    assert suggested == {
        "electricity": ["sensor.energy"],
        "heat": [],
        "outside": "sensor.outside",
    }

    rod: Shelly = house.shellies[Variant.BRINE]
    await owner.add_meter(entry, "backup_heater")
    await owner.choose("meter_shelly")
    await owner.enter(host=rod.host)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert list(entry.runtime_data.meters) == ["main", "backup_heater"]
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert [each.name for each in devices] == [
        "Vitocal 252-A",
        "Heat pump meter",
        "Shelly Pro 3EM (backup heater)",
    ]
    assert house.viessmann.api_requests == 0
    await hass.config_entries.async_unload(entry.entry_id)
