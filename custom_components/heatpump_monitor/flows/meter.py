"""The steps of a flow that choose a meter, of whichever kind it is."""

from dataclasses import replace
from typing import Any, Final, override

from homeassistant.data_entry_flow import FlowContext, FlowResult

from ..const import CONF_REVERSED_PHASES
from ..readings import HEAT_PUMP_ROLES, Role
from .meter_base import ChosenMeter
from .meter_entities import EntityMeterSteps
from .meter_homewizard import HomeWizardSteps
from .meter_shelly import ShellySteps
from .roles import reversed_schema

METER_STEPS: Final = ("meter_shelly", "meter_homewizard", "meter_entities")


class MeterSteps[
    ContextT: FlowContext,
    ResultT: FlowResult[Any, Any],
    HandlerT,
](
    ShellySteps[ContextT, ResultT, HandlerT],
    HomeWizardSteps[ContextT, ResultT, HandlerT],
    EntityMeterSteps[ContextT, ResultT, HandlerT],
):
    """Chooses a meter, and asks about CTs that seem to be the wrong way round."""

    _meter: ChosenMeter

    @override
    async def async_step_meter(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Ask which kind of meter it is; only entities measure heat."""
        if self._role is Role.HEAT:
            return await self.async_step_meter_entities()
        return self.async_show_menu(step_id="meter", menu_options=[*METER_STEPS])

    @override
    async def _async_meter_chosen(self, meter: ChosenMeter) -> ResultT:
        self._meter = meter
        if meter.negative_phases and self._role in HEAT_PUMP_ROLES:
            return await self.async_step_meter_reversed()
        return await self._async_meter_ready()

    async def async_step_meter_reversed(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Ask which of the phases with negative power have a reversed CT."""
        meter = self._meter
        if user_input is not None:
            reversed_phases = sorted(user_input[CONF_REVERSED_PHASES])
            data = {**meter.data, CONF_REVERSED_PHASES: reversed_phases}
            self._meter = replace(meter, data=data)
            return await self._async_meter_ready()
        return self.async_show_form(
            step_id="meter_reversed", data_schema=reversed_schema(meter.negative_phases)
        )

    async def _async_meter_ready(self) -> ResultT:
        raise NotImplementedError
