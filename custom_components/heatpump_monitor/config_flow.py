"""Set-up by the user: leads to the flow of each kind of entry."""

from collections.abc import Mapping
import logging
from typing import Any, Final, override

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlowResult,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.const import CONF_NAME
from homeassistant.core import callback

from .const import (
    CONF_KIND,
    CONF_SOURCE,
    DOMAIN,
    LOGGER,
    METER_SUBENTRY,
    HeatPumpSource,
    Kind,
)
from .flows.entities import EntitySteps
from .flows.export import ExportSteps
from .flows.export_options import ExportOptionsFlow
from .flows.house_meter import HouseMeterSteps
from .flows.house_meter_options import HouseMeterOptionsFlow
from .flows.meter_subentry import MeterSubentryFlow
from .flows.options import HeatpumpMonitorOptionsFlow
from .flows.probes import ProbeSteps
from .flows.schemas import async_selector_texts
from .flows.viessmann import ViessmannSteps

# The integration of core that reads the same account, for calls of its own.
_OF_CORE: Final = "vicare"


class HeatpumpMonitorFlow(
    HouseMeterSteps,
    ViessmannSteps,
    EntitySteps,
    ProbeSteps,
    ExportSteps,
    domain=DOMAIN,
):
    """Sets up an entry of any kind."""

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
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the flow that tunes an entry."""
        if config_entry.data.get(CONF_KIND) == Kind.HOUSE_METER:
            return HouseMeterOptionsFlow()
        if config_entry.data.get(CONF_KIND) == Kind.EXPORT:
            return ExportOptionsFlow()
        return HeatpumpMonitorOptionsFlow()

    @classmethod
    @callback
    @override
    def async_supports_options_flow(cls, config_entry: ConfigEntry) -> bool:
        """Return whether there is something to tune: each probe has its settings."""
        return config_entry.data.get(CONF_KIND) != Kind.PROBES

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return the flow that adds and changes meters of a heat pump."""
        if config_entry.data.get(CONF_KIND) != Kind.HEAT_PUMP:
            return {}
        return {METER_SUBENTRY: MeterSubentryFlow}

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what to set up; recommend the entities of ViCare where they are."""
        options = ["viessmann", "entities"]
        hint = ""
        if self.hass.config_entries.async_entries(
            _OF_CORE, include_ignore=False, include_disabled=False
        ):
            options.reverse()
            texts = await async_selector_texts(self.hass, "set_up")
            hint = texts["vicare_is_there"]
        return self.async_show_menu(
            step_id="user",
            menu_options=[*options, "house_meter", "probes", "export"],
            description_placeholders={"hint": hint},
        )

    @override
    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Ask for a new sign-in of an entry, by its kind."""
        if entry_data.get(CONF_KIND) == Kind.HOUSE_METER:
            return await self.async_step_house_reauth()
        if entry_data.get(CONF_KIND) == Kind.PROBES:
            return await self.async_step_probes_reauth()
        if entry_data.get(CONF_KIND) == Kind.EXPORT:
            return await self.async_step_export_reauth()
        return await super().async_step_reauth(entry_data)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what has changed; of an account, that can only be the plant."""
        entry = self._get_reconfigure_entry()
        if entry.data.get(CONF_KIND) == Kind.HOUSE_METER:
            return await self.async_step_house_reconfigure()
        if entry.data.get(CONF_KIND) == Kind.PROBES:
            return await self.async_step_probes_reconfigure()
        if entry.data.get(CONF_KIND) == Kind.EXPORT:
            return await self.async_step_export_reconfigure()
        if entry.data.get(CONF_SOURCE) != HeatPumpSource.ENTITIES:
            return await self.async_step_plant()
        return self.async_show_menu(
            step_id="reconfigure",
            menu_options=["entity_fields", "plant"],
            description_placeholders={CONF_NAME: entry.title},
        )
