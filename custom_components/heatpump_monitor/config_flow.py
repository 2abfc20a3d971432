"""Set-up by the user: leads to the flow of each kind of entry."""

import logging
from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigFlowResult
from homeassistant.core import callback

from .const import DOMAIN, LOGGER
from .flows.heat_pump import HeatPumpSteps
from .flows.options import HeatpumpMonitorOptionsFlow


class HeatpumpMonitorFlow(HeatPumpSteps, domain=DOMAIN):
    """Sets up an entry; so far every entry is a heat pump."""

    DOMAIN = DOMAIN
    VERSION = 1
    MINOR_VERSION = 1

    @property
    @override
    def logger(self) -> logging.Logger:
        """Return the logger."""
        return LOGGER

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> HeatpumpMonitorOptionsFlow:
        """Return the flow that tunes an entry."""
        return HeatpumpMonitorOptionsFlow()

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Start with the sign-in of a heat pump."""
        return await self.async_step_pick_implementation()
