"""The steps of a flow for a heat pump, wherever its readings come from."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigFlowResult,
    ConfigSubentry,
)

from .. import const
from ..const import Kind
from ..performance.heat.available_methods import available_methods
from ..performance.plant import Plant
from ..readings import HeatPumpReading
from . import schemas
from .discovery import DiscoverySteps
from .history import async_next_flow
from .meter_shelly import dismiss_discovery
from .roles import titled


class HeatPumpSteps(DiscoverySteps):
    """Asks for meter and plant of a heat pump, and makes its entry."""

    def __init__(self) -> None:
        """Start with nothing known."""
        super().__init__()
        self._reading: HeatPumpReading | None = None
        self._title = ""
        self._source_data: dict[str, Any] = {}
        """What the entry keeps of where the heat pump is read."""

    async def _async_heat_pump_chosen(self) -> ConfigFlowResult:
        """Go on with the meter: the one that was discovered, or any."""
        if not self._host:
            return await self.async_step_meter()
        return await self._async_try_shelly(self._host, None)

    @override
    async def _async_meter_ready(self) -> ConfigFlowResult:
        if self._meter_offer is not None:
            self._role = self._meter_offer.mapping.role
        return await self.async_step_plant()

    async def async_step_plant(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what no device reports; warn if heat is unknown without it."""
        errors: dict[str, str] = {}
        if user_input is not None:
            if not (errors := schemas.plant_errors(user_input)):
                return await self._async_finish(schemas.plant_data(user_input))
        elif error := _heat_warning(self._reading):
            errors["base"] = error
        return self.async_show_form(
            step_id="plant",
            data_schema=self.add_suggested_values_to_schema(
                schemas.PLANT_SCHEMA,
                user_input or schemas.plant_form(self._known_plant()),
            ),
            errors=errors,
        )

    def _known_plant(self) -> Mapping[str, Any]:
        if self.source == SOURCE_RECONFIGURE:
            return self._get_reconfigure_entry().data
        rated_heat_w = self._reading.rated_heat_w if self._reading else None
        rated_heat_kw = None if rated_heat_w is None else rated_heat_w / 1000
        return {const.CONF_RATED_HEAT_KW: rated_heat_kw}

    async def _async_finish(self, plant: dict[str, Any]) -> ConfigFlowResult:
        if self.source == SOURCE_RECONFIGURE:
            return self.async_update_and_abort(
                self._get_reconfigure_entry(), data_updates=plant
            )
        meter, texts = (
            self._meter,
            await schemas.async_selector_texts(self.hass, "role"),
        )
        if meter.unique_id is not None:
            dismiss_discovery(self.hass, meter.unique_id, self.flow_id)
        subentry = ConfigSubentry(
            data=MappingProxyType({**meter.data, const.CONF_ROLE: self._role.value}),
            subentry_type=const.METER_SUBENTRY,
            title=titled(meter.name, self._role, texts),
            unique_id=meter.unique_id,
        )
        return self.async_create_entry(
            title=self._title,
            data={const.CONF_KIND: Kind.HEAT_PUMP.value, **self._source_data, **plant},
            subentries=[subentry.as_dict()],
        )

    @override
    async def async_on_create_entry(self, result: ConfigFlowResult) -> ConfigFlowResult:
        """Go on to the history that Home Assistant already has, if there is any."""
        if result["data"].get(const.CONF_KIND) != Kind.HEAT_PUMP:
            return result
        if next_flow := await async_next_flow(self.hass, result["result"]):
            result["next_flow"] = next_flow
        return result


def _heat_warning(reading: HeatPumpReading | None) -> str | None:
    """Return what is missing to know the heat; None if nothing is, or not known."""
    if reading is None or available_methods(reading, Plant()):
        return None
    if reading.modulation_pct is not None:
        return "rated_heat_missing"
    if available_methods(reading, Plant(assumed_flow_lph=1.0)):
        return "heat_unknown"
    return "heat_not_measurable"
