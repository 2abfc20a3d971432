"""What the cards show of several meters, and of a heat pump by entities."""

from collections.abc import AsyncGenerator, Mapping
from datetime import timedelta
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.frontend.entities import (
    enabled_entities,
    power_entities,
)
from custom_components.heatpump_monitor.frontend.history import async_last_day
from custom_components.heatpump_monitor.frontend.live import Live, live
from custom_components.heatpump_monitor.frontend.meters import (
    Meter,
    electricity_w,
    own_share,
)
from custom_components.heatpump_monitor.readings import Role
from homeassistant.components.recorder.core import Recorder
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .conftest import Opener

_TEMPERATURE: Final = {"device_class": "temperature", "unit_of_measurement": "°C"}
_POWER: Final = {"device_class": "power", "unit_of_measurement": "W"}
_ENERGY: Final = {"device_class": "energy", "unit_of_measurement": "kWh"}
_ENTITIES: Final = {
    "supply_c": "sensor.supply",
    "return_c": "sensor.return",
    "compressor_on": "binary_sensor.compressor",
}
_PLANT: Final[dict[str, Any]] = {
    "metered": [],
    "heat_method": "automatic",
    "rated_heat_kw": None,
    "flow_lph": None,
    "glycol_pct": 0,
    "backup_heater_kw": 6,
}


class Home:
    """A home whose heat pump and meters are entities of other integrations."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
        """Begin without any meter."""
        self.hass, self.freezer = hass, freezer
        self.powers_w: dict[Role, float | None] = {}
        self.counters_kwh: dict[Role, float] = {}
        self.supply_c = 35.0
        self.entry = MockConfigEntry(domain=DOMAIN)

    async def set_up(self, powers_w: Mapping[Role, float]) -> None:
        """Set up a heat pump with a meter for each role."""
        self.powers_w = {**powers_w}
        self.counters_kwh = dict.fromkeys(powers_w, 100.0)
        self.entry = MockConfigEntry(
            domain=DOMAIN,
            title="Heat pump",
            data={
                "kind": "heat_pump",
                "source": "entities",
                "entities": _ENTITIES,
                **_PLANT,
            },
            subentries_data=[_meter(role) for role in powers_w],
        )
        self.entry.add_to_hass(self.hass)
        self.show()
        await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()
        assert self.entry.state is ConfigEntryState.LOADED

    def show(self) -> None:
        """Write all states, as other integrations do."""
        # A temperature that does not move would be stale.
        self.supply_c = 35.0 if self.supply_c > 35.15 else self.supply_c + 0.1
        states = self.hass.states
        states.async_set("sensor.supply", str(round(self.supply_c, 1)), _TEMPERATURE)
        states.async_set("sensor.return", str(round(self.supply_c - 5)), _TEMPERATURE)
        states.async_set("binary_sensor.compressor", "on")
        for role, power_w in self.powers_w.items():
            is_away = power_w is None
            energy_kwh = round(self.counters_kwh[role], 4)
            for kind, value, attributes in (
                ("power", power_w, _POWER),
                ("energy", energy_kwh, _ENERGY),
            ):
                state = STATE_UNAVAILABLE if is_away else str(value)
                states.async_set(f"sensor.{role}_{kind}", state, attributes)

    async def live(self, minutes: float) -> Live:
        """Let time go by, and return what the cards show then."""
        for _ in range(round(minutes * 2)):
            self.freezer.tick(timedelta(seconds=30))
            for role, power_w in self.powers_w.items():
                self.counters_kwh[role] += (power_w or 0) / 1000 / 120
            self.show()
            async_fire_time_changed(self.hass)
            await self.hass.async_block_till_done()
        return live(self.hass, self.entry)

    def value(self, entity_id: str) -> float:
        """Return the state of an entity."""
        state = self.hass.states.get(entity_id)
        assert state is not None
        return float(state.state)


def _meter(role: Role) -> dict[str, Any]:
    entities = {
        "energy_wh": f"sensor.{role}_energy",
        "power_w": f"sensor.{role}_power",
    }
    return {
        "data": {
            "meter_kind": "entities",
            "meter_key": str(role),
            "role": role,
            "entities": entities,
        },
        "subentry_type": "meter",
        "title": f"Meter {role}",
        "unique_id": f"sensor.{role}_energy",
    }


@pytest.fixture
async def home(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    enable_custom_integrations: None,
) -> AsyncGenerator[Home]:
    """Return a home with entities at noon."""
    freezer.move_to("2026-01-15 12:00:10+00:00")
    home = Home(hass, freezer)
    yield home
    if home.entry.state is ConfigEntryState.LOADED:
        await hass.config_entries.async_unload(home.entry.entry_id)


def meter(role: Role, power_w: float | None) -> Meter:
    """Return what is shown of a meter."""
    return Meter(
        key=role,
        name=role,
        role=role,
        failure=None,
        measured_at=None,
        power_w=power_w,
    )


def test_electricity_is_that_of_the_whole_or_the_sum_of_the_parts() -> None:
    """What one of the meters of the sum does not know is not known at all."""
    compressor, heater = meter(Role.COMPRESSOR, 1200), meter(Role.BACKUP_HEATER, 300)
    grid = meter(Role.GRID, 5000)
    assert electricity_w([meter(Role.WHOLE, 2000), compressor, grid]) == 2000
    assert electricity_w([compressor, heater, grid]) == 1500
    assert electricity_w([compressor, meter(Role.BACKUP_HEATER, None)]) is None
    assert electricity_w([meter(Role.WHOLE, None), compressor]) is None


@pytest.mark.parametrize(
    ("drawn_w", "grid_w", "generated_w", "share"),
    [
        (2000, 1000, 3000, 0.75),
        # All that is used is own while some is exported.
        (2000, -1500, 4000, 1.0),
        # At night the inverter draws a little.
        (2000, 2500, -6, 0.0),
        # Read at another moment: the house cannot draw less than the heat pump.
        (2000, 300, 0, None),
        (2000, None, 3000, None),
        (2000, 1000, None, None),
        (None, 1000, 3000, None),
        (0, 1000, 3000, None),
    ],
)
def test_own_share(
    drawn_w: float | None,
    grid_w: float | None,
    generated_w: float | None,
    share: float | None,
) -> None:
    """The heat pump has the same share as the house."""
    meters = [
        meter(Role.WHOLE, drawn_w),
        meter(Role.GRID, grid_w),
        meter(Role.PHOTOVOLTAICS, generated_w),
    ]
    assert own_share(meters) == share


async def test_parts_with_a_meter_each(home: Home) -> None:
    """Without a meter of the whole, the electricity is the sum of the parts."""
    await home.set_up(
        {Role.BACKUP_HEATER: 480, Role.COMPRESSOR: 1300, Role.CIRCULATION_PUMPS: 36}
    )
    shown = await home.live(6)
    assert not shown.is_account
    assert shown.calls is None
    assert [(each.name, each.role, each.power_w) for each in shown.meters] == [
        ("Meter compressor", "compressor", 1300),
        ("Meter backup_heater", "backup_heater", 480),
        ("Meter circulation_pumps", "circulation_pumps", 36),
    ]
    assert shown.electricity_w == 1816
    # The unit says nothing of a heater: its meter does.
    assert shown.has["backup_heater"]
    assert (shown.backup_heater_on, shown.backup_heater_w) == (True, 480)

    home.powers_w[Role.BACKUP_HEATER] = 2
    shown = await home.live(1)
    assert (shown.backup_heater_on, shown.backup_heater_w) == (False, None)
    home.powers_w[Role.BACKUP_HEATER] = None
    shown = await home.live(1)
    assert (shown.backup_heater_on, shown.electricity_w) == (None, None)
    assert shown.meters[1].failure is not None


async def test_heat_meter_knows_the_heat(home: Home) -> None:
    """Its power is the heat, though the unit tells neither flow nor modulation."""
    await home.set_up({Role.WHOLE: 2000, Role.HEAT: 7000})
    shown = await home.live(20)
    assert (shown.heat_method, shown.heat_w) == ("heat_meter", 7000)
    assert shown.heat_error is not None
    assert shown.cop == pytest.approx(3.5, rel=0.02)
    home.powers_w[Role.HEAT] = None
    shown = await home.live(1)
    # The last interval's heat was known: nothing has to be entered.
    assert (shown.heat_method, shown.heat_w) == ("heat_meter", None)


async def test_entities_of_the_main_meter(home: Home, open_page: Opener) -> None:
    """Of several meters, the dashboard shows what the main one measures."""
    await home.set_up({Role.GRID: 900, Role.BACKUP_HEATER: 480, Role.COMPRESSOR: 1300})
    await home.live(1)
    registry = er.async_get(home.hass)
    page = await open_page()
    (entry,) = await page.ask("entries")
    assert entry["has"]["account"] is False
    shown = entry["entities"]["power"]
    assert home.value(shown) == 1300
    powers = power_entities(home.hass, home.entry)
    assert sorted(home.value(each) for each in powers) == [480, 1300]

    # What one of them draws is not recorded: then nor is the sum.
    registry.async_update_entity(shown, disabled_by=er.RegistryEntryDisabler.USER)
    assert power_entities(home.hass, home.entry) == []
    for subentry_id in list(home.entry.subentries):
        home.hass.config_entries.async_remove_subentry(home.entry, subentry_id)
    assert "power" not in enabled_entities(home.hass, home.entry)


async def test_last_day_of_parts(recorder_mock: Recorder, home: Home) -> None:
    """The electricity of the last 24 hours is the sum of the parts, too."""
    assert await async_setup_component(home.hass, "sensor", {})
    await home.set_up({Role.GRID: 900, Role.BACKUP_HEATER: 480, Role.COMPRESSOR: 1300})
    await home.live(20)
    await async_wait_recording_done(home.hass)
    start = dt_util.utcnow().replace(second=0, microsecond=0) - timedelta(minutes=10)
    do_adhoc_statistics(home.hass, start=start)
    await async_wait_recording_done(home.hass)
    moments = await async_last_day(home.hass, home.entry)
    known = [each for each in moments if each.electricity_w is not None]
    assert [(each.start, each.electricity_w) for each in known] == [(start, 1780)]
