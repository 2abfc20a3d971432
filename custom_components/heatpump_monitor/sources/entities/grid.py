"""Entities that Home Assistant already has, as the meter of a grid connection."""

from collections.abc import Callable, Mapping
from datetime import datetime

from homeassistant.core import HomeAssistant

from ...readings import GridReading
from ..base import MeterInfo
from .source import EntityMeter


class EntityGrid:
    """Reads the meter of a house from entities."""

    def __init__(
        self, hass: HomeAssistant, entities: Mapping[str, str], identity: str | None
    ) -> None:
        """Prepare; the identity is what the owner chose the meter by."""
        self._meter = EntityMeter(hass, entities, identity)
        self.chosen = self._meter.chosen

    async def identify(self) -> MeterInfo:
        """Return the device that the entities are of."""
        return await self._meter.identify()

    async def read(self, now: Callable[[], datetime]) -> GridReading:
        """Return what the entities say, or raise a `SourceError`.

        Its time is when they said it: that of the reading before, if they said
        nothing new. They do not say by which clock.
        """
        reading = await self._meter.read(now)
        return GridReading(
            time=reading.time,
            power_w=reading.power_w,
            import_wh=reading.energy_wh,
            export_wh=reading.returned_wh,
        )
