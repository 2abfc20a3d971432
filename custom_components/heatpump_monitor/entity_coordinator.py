"""Read a heat pump from entities that Home Assistant already has."""

from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .readings import HeatPumpReading
from .source_coordinators import HeatPumpCoordinator, HeatPumpInfo
from .sources.entities.source import EntityHeatPump
from .sources.pace import shortened

# To look at states costs nothing; the slowest sensible source moves every minute.
_INTERVAL_S = 60
_FASTEST_S = 5


class EntityHeatPumpCoordinator(HeatPumpCoordinator[EntityHeatPump]):
    """Reads a heat pump from entities; no call is made for it."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, source: EntityHeatPump
    ) -> None:
        """Initialize the coordinator."""
        pace_s = shortened(_INTERVAL_S, minimum=_FASTEST_S)
        super().__init__(hass, entry, source, "heat pump", pace_s)
        self._info = HeatPumpInfo()

    @property
    @override
    def info(self) -> HeatPumpInfo:
        """Return what the device registry shows of the heat pump."""
        return self._info

    @override
    async def _async_setup(self) -> None:
        device = await self.source.identify()
        self._info = HeatPumpInfo(
            manufacturer=device.manufacturer, model=device.model or device.name
        )

    @override
    async def _async_update_data(self) -> HeatPumpReading:
        with self._asking():
            return await self.source.read(dt_util.utcnow)
