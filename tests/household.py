"""A simulated house, and a Home Assistant that lives in it at the same pace."""

from calendar import timegm
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from unittest.mock import patch

import aiohttp
from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_monitor.const import (
    CONF_CHANNELS,
    CONF_DEVICE_ID,
    CONF_FLOW_LPH,
    CONF_GATEWAY_SERIAL,
    CONF_HEAT_METHOD,
    CONF_INSTALLATION_ID,
    CONF_KIND,
    CONF_METER_INTERVAL_S,
    CONF_METER_KIND,
    CONF_METERED,
    CONF_MODEL,
    CONF_RATED_HEAT_KW,
    CONF_REVERSED_PHASES,
    CONF_ROLE,
    DOMAIN,
    HEAT_METHOD_AUTOMATIC,
    METER_SUBENTRY,
    Kind,
    MeterKind,
)
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Part
from custom_components.heatpump_monitor.readings import Role
from custom_components.heatpump_monitor.sources.endpoints import VIESSMANN_URL_VARIABLE
from custom_components.heatpump_monitor.sources.homewizard.client import HomeWizardMeter
from custom_components.heatpump_monitor.sources.shelly.client import ShellyClient
from homeassistant.components.sensor import DATA_COMPONENT as SENSORS
from homeassistant.config_entries import (
    SOURCE_REAUTH,
    ConfigEntryState,
    ConfigSubentry,
    ConfigSubentryDataWithId,
)
from homeassistant.const import CONF_HOST, CONF_PASSWORD
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import device_registry as dr, entity_registry as er, event
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import format_mac
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.typing import UNDEFINED, UndefinedType
from homeassistant.util.async_ import get_scheduled_timer_handles
from simulator import Cloud, HomeWizard, Shelly, Simulator, SteppedClock, Variant
from simulator.viessmann.cloud import Gateway
from simulator.world import PlantMaker

from .simulator.conftest import NOON_S, SteadyPlant, sign_in, steady_plant

MODELS = {Variant.BRINE: "CU401B_G", Variant.AIR: "E3_Vitocal_16"}
POLL_S = 300
"""How often the heat pump is read."""
METER_ID = "shelly"
"""The id of the meter's subentry."""
METER_POLL_S = 60
"""How often the meter is read: as often as its counter moves."""
KEEP_ALIVE_S = 3600
"""How long the connections of Home Assistant are kept."""


@dataclass(kw_only=True)
class Household:
    """One heat pump behind the simulator's servers, and its config entry."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    simulator: Simulator
    variant: Variant
    entry: MockConfigEntry
    monkeypatch: pytest.MonkeyPatch
    second: MockConfigEntry | None = None
    step_s: float = POLL_S
    """How far time goes in one step; all that is due within it is read once."""

    @property
    def cloud(self) -> Cloud:
        """Return the Viessmann cloud."""
        return self.simulator.viessmann

    @property
    def plant(self) -> SteadyPlant:
        """Return the heat pump itself."""
        plant = self.simulator.plants[self.variant]
        assert isinstance(plant, SteadyPlant)
        return plant

    @property
    def serial(self) -> str:
        """Return the serial number of the heat pump's gateway."""
        return gateway_of(self.simulator, self.variant).serial

    @property
    def meter(self) -> Shelly:
        """Return the Shelly."""
        return self.simulator.shellies[self.variant]

    async def set_up(self) -> None:
        """Set up the config entry."""
        await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.settle()

    async def set_up_second(self, title: str = "Vitocal") -> MockConfigEntry:
        """Set up the other heat pump of the same Viessmann account."""
        (other,) = set(MODELS) - {self.variant}
        second = config_entry(self.simulator, other)
        second.add_to_hass(self.hass)
        token = self.entry.data["token"]
        self.hass.config_entries.async_update_entry(
            second, data={**second.data, "token": token}, title=title
        )
        await self.hass.config_entries.async_setup(second.entry_id)
        await self.settle()
        self.second = second
        return second

    async def shut_down(self) -> None:
        """Unload the config entries, if they are loaded or try to be."""
        for entry in filter(None, (self.entry, self.second)):
            if entry.state in {ConfigEntryState.LOADED, ConfigEntryState.SETUP_RETRY}:
                await self.hass.config_entries.async_unload(entry.entry_id)
                await self.settle()

    async def reload(self) -> None:
        """Reload the config entry."""
        await self.hass.config_entries.async_reload(self.entry.entry_id)
        await self.settle()

    def change_data(self, data: Mapping[str, object]) -> None:
        """Change the data of the config entry."""
        self.hass.config_entries.async_update_entry(
            self.entry, data={**self.entry.data, **data}
        )

    @property
    def meter_entry(self) -> ConfigSubentry:
        """Return the config subentry of the meter."""
        return self.entry.subentries[METER_ID]

    def change_meter(
        self, data: Mapping[str, object], *, mac: str | UndefinedType = UNDEFINED
    ) -> None:
        """Change the data of the meter's subentry, or its device."""
        meter = self.meter_entry
        self.hass.config_entries.async_update_subentry(
            self.entry, meter, data={**meter.data, **data}, unique_id=mac
        )

    def use_homewizard(self) -> HomeWizard:
        """Read the HomeWizard instead of the Shelly, and return it."""
        meter = self.simulator.homewizards[self.variant]
        self.change_meter(
            {CONF_METER_KIND: MeterKind.HOMEWIZARD, CONF_HOST: meter.host},
            mac=format_mac(meter.serial),
        )
        return meter

    def cloud_gone(self) -> None:
        """Look for the cloud where nothing listens."""
        self.monkeypatch.setenv(VIESSMANN_URL_VARIABLE, "http://127.0.0.1:9")

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def live(self, seconds: float, step_s: float | None = None) -> None:
        """Let time pass, in the house and in Home Assistant."""
        step_s = step_s or self.step_s
        while seconds > 0:
            await self.tick(min(seconds, step_s))
            await self.settle()
            seconds -= step_s

    async def tick(self, seconds: float) -> None:
        """Let time pass in one step, and leave alone what it sets going."""
        self.freezer.tick(seconds)
        await self.simulator.step(seconds)
        self._fire_timers()
        await self.hass.async_block_till_done()

    def _fire_timers(self) -> None:
        """Run the timers that are due, as async_fire_time_changed of the test kit.

        That one makes two mocks for each timer, and asks freezegun for its time.
        """
        # Coordinators are due up to half a second after the full second.
        ahead = timedelta(microseconds=event.RANDOM_MICROSECOND_MAX)
        now, loop = datetime.now(UTC) + ahead, self.hass.loop
        due_s = loop.time() + ahead.total_seconds()
        with self.monkeypatch.context() as patched:
            patched.setattr(event, "time_tracker_utcnow", lambda: now)
            patched.setattr(event, "time_tracker_timestamp", now.timestamp)
            for timer in list(get_scheduled_timer_handles(loop)):
                if not timer.cancelled() and timer.when() <= due_s:
                    timer._run()  # noqa: SLF001
                    timer.cancel()

    def devices(self) -> tuple[dr.DeviceEntry, dr.DeviceEntry]:
        """Return the devices of the heat pump and of its meter."""
        registry, entry = dr.async_get(self.hass), self.entry
        heat_pump, meter = (
            registry.async_get_device_by_identifier((DOMAIN, key), entry.entry_id)
            for key in (entry.unique_id, f"{entry.unique_id}_{METER_ID}")
        )
        assert isinstance(heat_pump, dr.DeviceEntry)
        assert isinstance(meter, dr.DeviceEntry)
        return heat_pump, meter

    def reauth_steps(self) -> list[str]:
        """Return which sign-ins the user is asked for."""
        return [
            flow["step_id"]
            for flow in self.entry.async_get_active_flows(self.hass, {SOURCE_REAUTH})
        ]

    def unique_ids(self, key: str) -> tuple[str, str]:
        """Return the unique id of an entity of the heat pump, or of its meter."""
        prefix = self.entry.unique_id
        return f"{prefix}_{key}", f"{prefix}_{METER_ID}_{key}"

    def entity_id(self, platform: str, key: str) -> str | None:
        """Return the entity id of an entity; None if it is not there."""
        registry = er.async_get(self.hass)
        found = (
            registry.async_get_entity_id(platform, DOMAIN, unique_id)
            for unique_id in self.unique_ids(key)
        )
        return next(filter(None, found), None)

    def state(self, platform: str, key: str) -> State | None:
        """Return the state of an entity; None if it is not there."""
        entity_id = self.entity_id(platform, key)
        return None if entity_id is None else self.hass.states.get(entity_id)

    def value(self, key: str) -> str:
        """Return what a sensor shows."""
        return self._shown("sensor", key)

    def attributes(self, key: str) -> Mapping[str, Any]:
        """Return the attributes of a sensor, as they would be written now."""
        if (state := self.state("sensor", key)) is not None:
            entity = self.hass.data[SENSORS].get_entity(state.entity_id)
            assert entity is not None
            entity.async_write_ha_state()
        state = self.state("sensor", key)
        assert state is not None
        return state.attributes

    def ratio(self, key: str) -> float:
        """Return the raw ratio of a figure, earned or not."""
        ratio = self.attributes(key)["ratio"]
        assert isinstance(ratio, float), f"There is no ratio of {key}"
        return ratio

    def binary(self, key: str) -> str:
        """Return what a binary sensor shows."""
        return self._shown("binary_sensor", key)

    def reason(self, key: str) -> str | None:
        """Return why a source does not answer, as its binary sensor shows it."""
        state = self.state("binary_sensor", key)
        assert state is not None
        reason: str | None = state.attributes["reason"]
        return reason

    def _shown(self, platform: str, key: str) -> str:
        state = self.state(platform, key)
        assert state is not None, f"There is no {platform} {key}"
        return state.state


def gateway_of(simulator: Simulator, variant: Variant) -> Gateway:
    """Return the gateway that a heat pump is behind."""
    return simulator.viessmann.gateways[list(simulator.plants).index(variant)]


# The steady air unit's counters tell less than half of the heat that its flow
# carries, so that a test sees which of the two is shown.
_METHODS = {Variant.AIR: HeatMethod.FLOW, Variant.BRINE: HEAT_METHOD_AUTOMATIC}


def config_entry(simulator: Simulator, variant: Variant) -> MockConfigEntry:
    """Return the config entry that a user makes of a simulated house."""
    gateway = gateway_of(simulator, variant)
    shelly = simulator.shellies[variant]
    return MockConfigEntry(
        domain=DOMAIN,
        title="Vitocal",
        unique_id=f"heat_pump_{gateway.serial}_0",
        data={
            CONF_KIND: Kind.HEAT_PUMP,
            "auth_implementation": DOMAIN,
            CONF_INSTALLATION_ID: gateway.installation_id,
            CONF_GATEWAY_SERIAL: gateway.serial,
            CONF_DEVICE_ID: "0",
            CONF_MODEL: MODELS[variant],
            CONF_RATED_HEAT_KW: None,
            CONF_FLOW_LPH: None,
            CONF_METERED: [str(part) for part in Part],
            CONF_HEAT_METHOD: _METHODS[variant],
        },
        options={CONF_METER_INTERVAL_S: METER_POLL_S},
        subentries_data=[
            ConfigSubentryDataWithId(
                data={
                    CONF_CHANNELS: [],
                    CONF_HOST: shelly.host,
                    CONF_PASSWORD: None,
                    CONF_REVERSED_PHASES: [],
                    CONF_ROLE: Role.WHOLE,
                },
                subentry_id=METER_ID,
                subentry_type=METER_SUBENTRY,
                title="Shelly Pro 3EM",
                unique_id=format_mac(shelly.mac),
            )
        ],
    )


@pytest.fixture
def variant() -> Variant:
    """Return which heat pump the household has."""
    return Variant.AIR


@pytest.fixture
def variants() -> tuple[Variant, ...]:
    """Return the heat pumps in the account."""
    return tuple(Variant)


@pytest.fixture
def make_plant() -> PlantMaker:
    """Return what makes the heat pumps of the household."""
    return steady_plant


@pytest.fixture
def all_enabled() -> Iterator[None]:
    """Enable every entity that a platform adds."""
    with patch.object(Entity, "entity_registry_enabled_default", True):
        yield


@lru_cache(maxsize=1)
def _monotonic_s(now: datetime) -> float:
    """Return what time.monotonic says while the time is frozen."""
    return timegm(now.timetuple()) + now.microsecond / 1e6


@pytest.fixture
def frozen_loop(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """Run the event loop on the frozen clock."""
    with monkeypatch.context() as patched:
        # The default resolution of 1 ns is lost in a float of such a size: a timer
        # due now is never run, and the loop spins until the clock moves, which
        # starves all other threads.
        patched.setattr(hass.loop, "_clock_resolution", 1e-6)
        # It asks several times for each callback. freezegun looks at the stack, and
        # calculates, each time.
        patched.setattr(hass.loop, "time", lambda: _monotonic_s(freezer.time_to_freeze))
        yield


@pytest.fixture
async def household(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    frozen_loop: None,
    api_client: None,
    variant: Variant,
    variants: tuple[Variant, ...],
    make_plant: PlantMaker,
    socket_enabled: None,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Household]:
    """Return a household at noon, not yet set up; time passes only when told to."""
    freezer.move_to(datetime.fromtimestamp(NOON_S, UTC))
    await hass.config.async_set_time_zone("Europe/Berlin")
    # Every minute of a house would have a connection of its own.
    connector = async_get_clientsession(hass).connector
    monkeypatch.setattr(connector, "_keepalive_timeout", KEEP_ALIVE_S)
    # Time stands still while a test waits, so that a pause would have no end.
    for client in (ShellyClient, HomeWizardMeter):
        defaults = client.__init__.__kwdefaults__
        assert defaults is not None
        monkeypatch.setitem(defaults, "retry_delay_s", 0)
    async with Simulator(
        variants, clock=SteppedClock(NOON_S), make_plant=make_plant
    ) as simulator:
        monkeypatch.setenv(VIESSMANN_URL_VARIABLE, simulator.viessmann_url)
        household = Household(
            hass=hass,
            freezer=freezer,
            simulator=simulator,
            variant=variant,
            entry=config_entry(simulator, variant),
            monkeypatch=monkeypatch,
        )
        household.entry.add_to_hass(hass)
        async with aiohttp.ClientSession() as http:
            token = await sign_in(simulator, http)
        expires_at = NOON_S + token["expires_in"]
        household.change_data({"token": {**token, "expires_at": expires_at}})
        yield household
        await household.shut_down()
