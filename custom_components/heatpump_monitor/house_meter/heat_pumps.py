"""What the heat pumps of the household draw, as far as their meters say."""

from homeassistant.core import HomeAssistant, callback

from ..const import Kind
from ..coordinator import async_heat_pumps, async_loaded_of
from ..performance.monitor import PerformanceMonitor


@callback
def names(hass: HomeAssistant) -> dict[str, str]:
    """Return the heat pumps' titles by the ids of their entries."""
    return {each.entry_id: each.title for each in async_heat_pumps(hass)}


@callback
def powers_w(hass: HomeAssistant) -> dict[str, float]:
    """Return the power of each heat pump now; missing where it is not known."""
    powers = (
        (each.entry_id, each.runtime_data.electricity_w)
        for each in async_loaded_of(hass, Kind.HEAT_PUMP)
    )
    return {key: power_w for key, power_w in powers if power_w is not None}


@callback
def monitors(hass: HomeAssistant) -> dict[str, PerformanceMonitor]:
    """Return the engine of each heat pump that is loaded."""
    return {
        each.entry_id: each.runtime_data.performance.monitor
        for each in async_loaded_of(hass, Kind.HEAT_PUMP)
    }
