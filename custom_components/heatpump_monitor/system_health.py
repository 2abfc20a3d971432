"""System health: what is left of the call budget, and when the sources last answered."""

from collections.abc import Callable, Sequence
from datetime import datetime

from homeassistant.components.system_health import (
    SystemHealthRegistration,
    async_check_can_reach_url,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .const import Kind
from .coordinator import HeatpumpConfigEntry, HeatpumpData, async_loaded_of
from .exporter.coordinator import ExportEntry
from .house_meter.coordinator import HouseMeterEntry
from .sources.endpoints import viessmann_endpoints
from .sources.viessmann.budget import CallBudget


@callback
def async_register(hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Register what is shown."""
    register.async_register_info(_async_info)


async def _async_info(hass: HomeAssistant) -> dict[str, object]:
    heat_pumps: list[HeatpumpConfigEntry] = async_loaded_of(hass, Kind.HEAT_PUMP)
    house_meters: list[HouseMeterEntry] = async_loaded_of(hass, Kind.HOUSE_METER)
    exports: list[ExportEntry] = async_loaded_of(hass, Kind.EXPORT)
    info: dict[str, object] = {}
    if any(entry.runtime_data.budget for entry in heat_pumps) or not (
        heat_pumps or house_meters or exports
    ):
        # The sign-in's address: a question to the API would cost a call.
        info["can_reach_viessmann"] = async_check_can_reach_url(
            hass, viessmann_endpoints().authorize_url
        )
    if heat_pumps or not (house_meters or exports):
        info |= _of_heat_pumps(heat_pumps)
    if house_meters:
        info["house_meter_last_reading"] = _each(
            house_meters, lambda data: _local_second(data.last_reading_at)
        )
    if exports:
        info["export_unsent"] = _each(exports, lambda each: each.data.unsent)
        info["export_last_success"] = _each(
            exports, lambda each: _local_second(each.data.sender.last_success)
        )
    return info


def _of_heat_pumps(entries: Sequence[HeatpumpConfigEntry]) -> dict[str, object]:
    return {
        "calls_used": _each(entries, _calls(lambda budget: budget.used_day)),
        "calls_left": _each(entries, _calls(lambda budget: budget.left_day)),
        "heat_pump_last_reading": _each(
            entries,
            lambda data: _local_second(data.performance.data.heat_pump.last_reading_at),
        ),
        "meter_last_reading": _each(
            entries, lambda data: _local_second(data.meter.last_reading_at)
        ),
    }


def _calls(
    count: Callable[[CallBudget], int],
) -> Callable[[HeatpumpData], int | None]:
    """Return what counts calls; None of a heat pump that makes none."""
    return lambda data: None if data.budget is None else count(data.budget)


def _local_second(moment: datetime | None) -> datetime | None:
    return None if moment is None else dt_util.as_local(moment).replace(microsecond=0)


def _each[DataT](
    entries: Sequence[ConfigEntry[DataT]],
    value_fn: Callable[[DataT], int | datetime | None],
) -> object:
    """Return the value of the only entry, or those of all entries in one line."""
    values = [value_fn(entry.runtime_data) for entry in entries]
    if len(values) == 1:
        return values[0]
    return ", ".join(
        f"{entry.title}: {value}" for entry, value in zip(entries, values, strict=True)
    )
