"""A heat pump whose readings come from entities of Home Assistant, with its meters."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
    get_system_health_info,
)

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.frontend.alarms import alarms
from custom_components.heatpump_monitor.performance.totals.periods import Period
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

POWER_W = 2000.0
HEAT_W = 1200 * 5 * 1.163
TEMPERATURE = {"device_class": "temperature", "unit_of_measurement": "°C"}
ENERGY = {"device_class": "energy", "unit_of_measurement": "kWh"}
POWER = {"device_class": "power", "unit_of_measurement": "W"}

PLANT = {
    "metered": ["compressor", "source_pump", "backup_heater", "circulation_pumps"],
    "heat_method": "automatic",
    "rated_heat_kw": None,
    "flow_lph": None,
    "glycol_pct": 0,
    "backup_heater_kw": None,
}
pytestmark = pytest.mark.usefixtures("enable_custom_integrations")

ENTITIES = {
    "supply_c": "sensor.supply",
    "return_c": "sensor.return",
    "flow_lph": "sensor.flow",
    "compressor_on": "binary_sensor.compressor",
    "outside_c": "sensor.outside",
}


def _meter(role: str, key: str | None, entities: dict[str, str]) -> dict[str, Any]:
    kept = {"meter_kind": "entities", "role": role, "entities": entities}
    if key is not None:
        kept["meter_key"] = key
    return {
        "data": kept,
        "subentry_type": "meter",
        "title": f"Meter {role}",
        "unique_id": next(iter(entities.values())),
    }


class Owner:
    """A home with entities of other integrations."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
        """Add an entry of a heat pump; nothing is set up yet."""
        self.hass, self.freezer = hass, freezer
        self.counters_kwh = {"whole": 100.0, "heater": 5.0}
        self.away: set[str] = set()
        self.supply_c = 35.0
        self.entry = MockConfigEntry(
            domain=DOMAIN,
            title="Heat pump",
            unique_id="heat_pump_entities_sensor.supply",
            data={
                "kind": "heat_pump",
                "source": "entities",
                "entities": ENTITIES,
                **PLANT,
            },
            subentries_data=[
                _meter(
                    "whole",
                    None,
                    {"energy_wh": "sensor.whole_energy", "power_w": "sensor.whole"},
                ),
                _meter("backup_heater", "heater", {"energy_wh": "sensor.heater"}),
            ],
        )
        self.entry.add_to_hass(hass)

    async def set_up(self) -> None:
        """Set up the entry."""
        self.show()
        await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()

    def show(self) -> None:
        """Write all states, as other integrations do."""
        # A real temperature moves, which shows that its source lives.
        self.supply_c = 35.0 if self.supply_c > 35.15 else self.supply_c + 0.1
        shown: dict[str, tuple[float | str, dict[str, str]]] = {
            "sensor.supply": (round(self.supply_c, 1), TEMPERATURE),
            "sensor.return": (round(self.supply_c - 5, 1), TEMPERATURE),
            "sensor.outside": (41, {**TEMPERATURE, "unit_of_measurement": "°F"}),
            "sensor.flow": (20, {"unit_of_measurement": "L/min"}),
            "binary_sensor.compressor": ("on", {"device_class": "running"}),
            "sensor.whole": (POWER_W / 1000, {**POWER, "unit_of_measurement": "kW"}),
            "sensor.whole_energy": (round(self.counters_kwh["whole"], 3), ENERGY),
            "sensor.heater": (round(self.counters_kwh["heater"], 3), ENERGY),
        }
        for entity_id, (state, attributes) in shown.items():
            if entity_id not in self.away:
                self.hass.states.async_set(entity_id, str(state), attributes)

    async def live(self, minutes: float) -> None:
        """Let time go by, in steps of half a minute."""
        for _ in range(round(minutes * 2)):
            self.freezer.tick(timedelta(seconds=30))
            self.counters_kwh["whole"] += POWER_W / 1000 / 120
            self.show()
            async_fire_time_changed(self.hass)
            await self.hass.async_block_till_done()

    def entity_id(self, key: str) -> str | None:
        """Return the entity of a key of the heat pump."""
        registry = er.async_get(self.hass)
        for domain in ("sensor", "binary_sensor"):
            unique_id = f"{self.entry.unique_id}_{key}"
            if found := registry.async_get_entity_id(domain, DOMAIN, unique_id):
                return found
        return None

    def value(self, key: str) -> str:
        """Return the state of an entity of the heat pump."""
        entity_id = self.entity_id(key)
        assert entity_id is not None
        state = self.hass.states.get(entity_id)
        assert state is not None
        return state.state

    def issue(self, key: str) -> ir.IssueEntry | None:
        """Return an issue of the entry."""
        issue_id = f"{key}_{self.entry.entry_id}"
        return ir.async_get(self.hass).async_get_issue(DOMAIN, issue_id)


@pytest.fixture
async def owner(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[Owner]:
    """Return a home with entities at noon."""
    freezer.move_to("2026-01-15 12:00:10+00:00")
    owner = Owner(hass, freezer)
    yield owner
    if owner.entry.state is ConfigEntryState.LOADED:
        await hass.config_entries.async_unload(owner.entry.entry_id)


async def test_cop_of_entities(owner: Owner) -> None:
    """Flow and temperatures by entities, in any unit, make heat; no account is asked."""
    await owner.set_up()
    assert owner.entry.state is ConfigEntryState.LOADED
    await owner.live(150)

    assert float(owner.value("outside_temperature")) == pytest.approx(5)
    assert float(owner.value("cop_today")) == pytest.approx(HEAT_W / POWER_W, rel=0.01)
    status = owner.entry.runtime_data.performance.data
    assert status.snapshot.heat_method == "flow"
    assert status.calls is None
    for key in ("api_calls_day", "alarm_call_budget", "alarm_sign_in_due"):
        assert owner.entity_id(key) is None


async def test_every_meter_has_its_device(owner: Owner) -> None:
    """A meter of a part is beside that of the whole, and its energy is not added."""
    await owner.set_up()
    await owner.live(60)
    devices = dr.async_entries_for_config_entry(
        dr.async_get(owner.hass), owner.entry.entry_id
    )
    assert [each.name for each in devices] == [
        "Heat pump",
        "Meter whole",
        "Meter backup_heater",
    ]
    snapshot = owner.entry.runtime_data.performance.data.snapshot
    assert snapshot.electricity_total_wh == pytest.approx(POWER_W, rel=0.02)
    meters = owner.entry.runtime_data.performance.monitor.plant.meters
    assert [each.key for each in meters] == ["main", "heater"]


async def test_entity_removed_and_other_unit(owner: Owner) -> None:
    """What cannot be used is named in a repair, and unknown; the rest goes on."""
    await owner.set_up()
    await owner.live(20)
    owner.away = {"sensor.flow", "sensor.outside"}
    owner.hass.states.async_remove("sensor.flow")
    owner.hass.states.async_set("sensor.outside", "4", {"unit_of_measurement": "kW"})
    await owner.live(15)

    issue = owner.issue("entities_unusable")
    assert issue is not None
    assert issue.translation_placeholders is not None
    problems = issue.translation_placeholders["problems"]
    assert "sensor.flow does not exist any more" in problems
    assert "unit of sensor.outside, kW" in problems
    assert owner.entry.runtime_data.heat_pump.data.flow_lph is None
    assert owner.entry.runtime_data.heat_pump.data.supply_c is not None

    owner.away = set()
    await owner.live(15)
    assert owner.issue("entities_unusable") is None


async def test_all_entities_away(owner: Owner) -> None:
    """Entities that are unavailable are no repair: the source is silent."""
    await owner.set_up()
    await owner.live(5)
    owner.away = set(ENTITIES.values())
    for entity_id in ENTITIES.values():
        owner.hass.states.async_set(entity_id, STATE_UNAVAILABLE)
    await owner.live(5)
    coordinator = owner.entry.runtime_data.heat_pump
    assert coordinator.failure == "entities_unavailable"
    assert owner.issue("entities_unusable") is None
    assert owner.value("supply_temperature") == STATE_UNAVAILABLE


async def test_a_lost_hour_of_the_meter(owner: Owner) -> None:
    """The counter goes on while its entity is away: no energy is lost."""
    await owner.set_up()
    await owner.live(20)
    owner.away = {"sensor.whole", "sensor.whole_energy"}
    for entity_id in owner.away:
        owner.hass.states.async_set(entity_id, STATE_UNAVAILABLE)
    await owner.live(60)
    owner.away = set()
    await owner.live(10)
    snapshot = owner.entry.runtime_data.performance.data.snapshot
    assert snapshot.electricity_total_wh == pytest.approx(1.5 * POWER_W, rel=0.03)
    # No memory can say more of the gap.
    assert not snapshot.unresolved


@pytest.mark.usefixtures("all_enabled")
async def test_own_electricity(owner: Owner) -> None:
    """Of 4 kW in the house 3 kW are own: so is that share of the heat pump's."""
    hass, entry = owner.hass, owner.entry
    for role, entities in (
        (
            "grid",
            {
                "energy_wh": "sensor.imported",
                "returned_wh": "sensor.exported",
                "power_w": "sensor.net",
            },
        ),
        (
            "photovoltaics",
            {"energy_wh": "sensor.generated", "power_w": "sensor.roof"},
        ),
    ):
        subentry = ConfigSubentry(**_meter(role, role, entities))
        hass.config_entries.async_add_subentry(entry, subentry)
    for minute in range(60):
        for name, power_w in (("imported", 1000), ("generated", 3000), ("exported", 0)):
            counter_kwh = 50 + power_w / 1000 * minute / 60
            hass.states.async_set(f"sensor.{name}", f"{counter_kwh:.3f}", ENERGY)
        # A power that is the same is written again, as it is measured again.
        for name, power_w in (("net", 1000), ("roof", 3000)):
            hass.states.async_set(f"sensor.{name}", str(power_w), POWER)
        if minute == 0:
            await owner.set_up()
        await owner.live(1)
    sums = entry.runtime_data.performance.data.summary(Period.TODAY).sums
    assert sums.own_wh / sums.split_wh == pytest.approx(0.75, abs=0.002)
    # The first minutes lack a start, the last ones are still awaited.
    assert sums.split_wh == pytest.approx(5 / 6 * sums.electricity_wh, rel=0.05)
    assert float(owner.value("own_electricity")) == pytest.approx(
        sums.own_wh / 1000, abs=0.01
    )


async def test_nothing_of_viessmann(owner: Owner) -> None:
    """System health asks no cloud, and removal leaves nothing behind."""
    await async_setup_component(owner.hass, "system_health", {})
    await owner.set_up()
    await owner.live(1)
    info = await get_system_health_info(owner.hass, DOMAIN)
    assert "can_reach_viessmann" not in info
    assert info["calls_used"] is None
    assert info["meter_last_reading"] <= dt_util.now()
    await owner.hass.config_entries.async_remove(owner.entry.entry_id)
    assert not [
        each for domain, each in ir.async_get(owner.hass).issues if domain == DOMAIN
    ]


async def test_alarms_of_an_account_are_not_missing(owner: Owner) -> None:
    """Calls and sign-in are no alarms that wait for data."""
    await owner.set_up()
    await owner.live(2)
    found = alarms(owner.hass, owner.entry, "en")
    assert not {"Calls nearly used up", "Sign-in due"} & {*found.not_watched}
    assert "Short cycling" in found.not_watched
