"""The step of a flow for a kWh meter by HomeWizard."""

from typing import Any

from homeassistant.const import CONF_HOST
from homeassistant.data_entry_flow import FlowContext, FlowResult
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import format_mac
from homeassistant.util import dt as dt_util

from ..const import CONF_METER_KIND, CONF_REVERSED_PHASES, MeterKind
from ..readings import PHASES
from ..sources.base import SourceError
from ..sources.homewizard.client import HomeWizardMeter
from ..trade_names import meter_name
from .meter_base import ChosenMeter, MeterFlow, entered_host
from .schemas import meter_schema


class HomeWizardSteps[
    ContextT: FlowContext,
    ResultT: FlowResult[Any, Any],
    HandlerT,
](MeterFlow[ContextT, ResultT, HandlerT]):
    """Reads a HomeWizard meter at an address."""

    async def async_step_meter_homewizard(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Ask where the meter is."""
        errors: dict[str, str] = {}
        other = ""
        if user_input is not None:
            try:
                meter = await self._async_read_homewizard(entered_host(user_input))
            except SourceError as err:
                errors[CONF_HOST] = err.key
            else:
                if not (users := self._other_users(str(meter.unique_id))):
                    return await self._async_meter_chosen(meter)
                errors[CONF_HOST], other = "meter_in_use", users[0][0].title
        return self.async_show_form(
            step_id="meter_homewizard",
            data_schema=self.add_suggested_values_to_schema(
                meter_schema([]), user_input or self._known_data(MeterKind.HOMEWIZARD)
            ),
            errors=errors,
            description_placeholders={"other": other},
        )

    async def _async_read_homewizard(self, host: str) -> ChosenMeter:
        client = HomeWizardMeter(async_get_clientsession(self.hass), host)
        info = await client.identify()
        reading = await client.read(dt_util.utcnow)
        # The serial number of a HomeWizard is its MAC address.
        mac = format_mac(str(info.identity))
        is_new = not self._is_known(mac)
        return ChosenMeter(
            unique_id=mac,
            name=meter_name(str(info.model)),
            data={
                CONF_METER_KIND: MeterKind.HOMEWIZARD.value,
                CONF_HOST: host,
                CONF_REVERSED_PHASES: self._known_reversed(mac),
            },
            # It is reversed as a whole or not at all.
            negative_phases=PHASES if reading.negative_phases and is_new else (),
        )
