"""A simulated heat pump and meters as entities: what others have before they start.

It knows nothing of the integration that the demo shows, as any maker's does.
"""

from dataclasses import dataclass

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant

from .coordinator import HEAT_PUMP_PACE, METER_PACE, SimulatorCoordinator

_PLATFORMS = [Platform.BINARY_SENSOR, Platform.SENSOR]


@dataclass(frozen=True, kw_only=True, slots=True)
class Coordinators:
    """What reads the simulator: the heat pump, and faster all meters."""

    heat_pump: SimulatorCoordinator
    meters: SimulatorCoordinator


type SimulatedEntry = ConfigEntry[Coordinators]


async def async_setup_entry(hass: HomeAssistant, entry: SimulatedEntry) -> bool:
    """Read the simulator, and make its entities."""
    entry.runtime_data = Coordinators(
        heat_pump=SimulatorCoordinator(hass, entry, HEAT_PUMP_PACE),
        meters=SimulatorCoordinator(hass, entry, METER_PACE),
    )
    await entry.runtime_data.heat_pump.async_config_entry_first_refresh()
    await entry.runtime_data.meters.async_config_entry_first_refresh()
    await hass.config_entries.async_forward_entry_setups(entry, _PLATFORMS)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: SimulatedEntry) -> bool:
    """Stop reading the simulator."""
    return await hass.config_entries.async_unload_platforms(entry, _PLATFORMS)
