"""What a kWh costs now, by the options of a heat pump."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import (
    CoreState,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers.entity_registry import EventEntityRegistryUpdatedData
from homeassistant.helpers.event import (
    async_track_entity_registry_updated_event,
    async_track_state_change_event,
    async_track_time_interval,
)

from .const import (
    CONF_CO2,
    CONF_CO2_ENTITY,
    CONF_OWN_PRICE,
    CONF_PRICE,
    CONF_PRICE_ENTITY,
)
from .issues import CO2_ENTITY_GONE, PRICE_ENTITY_GONE, async_report
from .performance.totals.tariff import Tariff, co2_g_per_kwh, price_per_kwh

_ISSUES: Final = {
    CONF_PRICE_ENTITY: PRICE_ENTITY_GONE,
    CONF_CO2_ENTITY: CO2_ENTITY_GONE,
}
# Entities that are loaded again are missing for some seconds.
_LOOKED_FOR_EVERY: Final = timedelta(minutes=10)


@callback
def async_track_tariff(
    hass: HomeAssistant, entry: ConfigEntry, set_tariff: Callable[[Tariff], None]
) -> None:
    """Set the tariff now, and whenever an entity changes it, until the entry unloads.

    An entity goes before the fixed value, even while it has no number: what a
    dynamic tariff costs meanwhile is not known. One that is renamed is followed:
    the entry is reloaded with its new name.
    """

    @callback
    def update(_: Event[EventStateChangedData] | None = None) -> None:
        value = partial(_value, hass, entry.options)
        price = value(CONF_PRICE, CONF_PRICE_ENTITY, price_per_kwh)
        co2_g = value(CONF_CO2, CONF_CO2_ENTITY, co2_g_per_kwh)
        set_tariff(Tariff(price, co2_g, entry.options.get(CONF_OWN_PRICE, 0.0)))
        _async_report_gone(hass, entry, raises=False)

    @callback
    def look(_: datetime) -> None:
        _async_report_gone(hass, entry, raises=hass.state is CoreState.running)

    @callback
    def follow(event: Event[EventEntityRegistryUpdatedData]) -> None:
        if (old := event.data.get("old_entity_id")) is None:
            return
        options = {
            field: event.data["entity_id"] if value == old else value
            for field, value in entry.options.items()
        }
        hass.config_entries.async_update_entry(entry, options=options)

    update()
    entities = [
        entity_id for field in _ISSUES if (entity_id := entry.options.get(field))
    ]
    if entities:
        entry.async_on_unload(async_track_state_change_event(hass, entities, update))
        entry.async_on_unload(
            async_track_entity_registry_updated_event(hass, entities, follow)
        )
        entry.async_on_unload(
            async_track_time_interval(
                hass, look, _LOOKED_FOR_EVERY, cancel_on_shutdown=True
            )
        )


@callback
def _async_report_gone(
    hass: HomeAssistant, entry: ConfigEntry, *, raises: bool
) -> None:
    """Delete the issues of entities that are there; raise those of the others."""
    for field, key in _ISSUES.items():
        entity_id: str | None = entry.options.get(field)
        if not entity_id or hass.states.get(entity_id) is not None:
            async_report(hass, entry, key, None)
        elif raises:
            async_report(hass, entry, key, {"entity": entity_id})


def _value(
    hass: HomeAssistant,
    options: Mapping[str, Any],
    fixed_field: str,
    entity_field: str,
    parse: Callable[[str, str | None], float | None],
) -> float | None:
    """Return what an entity says, or without one what is fixed."""
    if not (entity_id := options.get(entity_field)):
        return options.get(fixed_field)
    if (state := hass.states.get(entity_id)) is None:
        return None
    return parse(state.state, state.attributes.get(ATTR_UNIT_OF_MEASUREMENT))
