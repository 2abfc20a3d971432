"""Asks where the simulator is."""

from typing import Any, Final

from aiohttp import ClientError
import probatio

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult
from homeassistant.const import CONF_URL
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.selector import SelectSelector, SelectSelectorConfig

from .coordinator import CONF_PLANT, DOMAIN, fetch

_PLANTS: Final = SelectSelectorConfig(
    options=["brine", "air"], translation_key=CONF_PLANT
)
_SCHEMA: Final = probatio.Schema(
    {
        probatio.Required(CONF_URL): str,
        probatio.Required(CONF_PLANT, default="brine"): SelectSelector(_PLANTS),
    }
)


class SimulatedHeatPumpFlow(ConfigFlow, domain=DOMAIN):
    """Sets up one simulated heat pump with its meters."""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the simulator's address, and which plant it is."""
        errors: dict[str, str] = {}
        if user_input is not None:
            plant = user_input[CONF_PLANT]
            await self.async_set_unique_id(f"simulated-{plant}")
            self._abort_if_unique_id_configured()
            if await self._async_has_plant(user_input[CONF_URL], plant):
                return self.async_create_entry(
                    title="Simulated heat pump", data=user_input
                )
            errors["base"] = "cannot_connect"
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(_SCHEMA, user_input or {}),
            errors=errors,
        )

    async def _async_has_plant(self, url: str, plant: str) -> bool:
        try:
            answer = await fetch(async_get_clientsession(self.hass), url)
        except ClientError, TimeoutError:
            return False
        return plant in answer["plants"]
