"""The electricity meters of a heat pump."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

_REAUTH_SIDE: Final = "side"
_METER_SIDE: Final = "meter"


@callback
def start_meter_reauth(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Ask the user for the meter's password, unless a question is already open."""
    entry.async_start_reauth(hass, data={_REAUTH_SIDE: _METER_SIDE})


def is_meter_reauth(data: Mapping[str, Any]) -> bool:
    """Return whether a reauth flow was started for the meter."""
    return data.get(_REAUTH_SIDE) == _METER_SIDE
