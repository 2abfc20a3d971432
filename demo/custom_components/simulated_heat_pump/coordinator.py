"""Reads the simulator, at the pace of a usual integration or of a fast demo."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
import logging
from typing import Final, TypedDict, override

from aiohttp import ClientError, ClientSession

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed

DOMAIN: Final = "simulated_heat_pump"
CONF_PLANT: Final = "plant"

type Readings = Mapping[str, float | bool | str]
"""What is measured at a plant, by name."""


class Answer(TypedDict):
    """What the simulator answers."""

    fast: bool
    plants: Mapping[str, Readings]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How often something is read."""

    usual: timedelta
    fast: timedelta


HEAT_PUMP_PACE: Final = Pace(usual=timedelta(minutes=1), fast=timedelta(seconds=5))
METER_PACE: Final = Pace(usual=timedelta(seconds=30), fast=timedelta(seconds=1))


async def fetch(session: ClientSession, url: str) -> Answer:
    """Return what the simulator at an address measures now."""
    async with session.get(f"{url}/readings") as response:
        response.raise_for_status()
        answer: Answer = await response.json()
        return answer


class SimulatorCoordinator(DataUpdateCoordinator[Readings]):
    """Reads one plant."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, pace: Pace) -> None:
        """Prepare; nothing is read yet."""
        super().__init__(
            hass,
            logging.getLogger(__name__),
            config_entry=entry,
            name=DOMAIN,
            update_interval=pace.usual,
        )
        self.is_fast = False
        self._pace = pace
        self._entry = entry

    @override
    async def _async_update_data(self) -> Readings:
        session = async_get_clientsession(self.hass)
        try:
            answer = await fetch(session, self._entry.data[CONF_URL])
            readings = answer["plants"][self._entry.data[CONF_PLANT]]
        except (ClientError, TimeoutError, KeyError) as err:
            raise UpdateFailed(f"the simulator does not answer: {err}") from err
        self.is_fast = answer["fast"]
        self.update_interval = self._pace.fast if self.is_fast else self._pace.usual
        return readings
