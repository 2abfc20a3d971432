"""What may be tuned later: how often is read, what is believed, what a kWh costs."""

from typing import Any

import probatio

from homeassistant.config_entries import ConfigFlowResult, OptionsFlowWithReload

from .const import CONF_TEMPERATURE_MAX_C, CONF_TEMPERATURE_MIN_C
from .forms import POLLING_SCHEMA, money_errors, money_schema


class HeatpumpMonitorOptionsFlow(OptionsFlowWithReload):
    """Tunes how often is read, what is believed, and what a kWh costs."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what to tune."""
        return self.async_show_menu(step_id="init", menu_options=["polling", "money"])

    async def async_step_polling(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for intervals and ranges."""
        errors: dict[str, str] = {}
        if user_input is not None:
            if user_input[CONF_TEMPERATURE_MIN_C] < user_input[CONF_TEMPERATURE_MAX_C]:
                return self._save(POLLING_SCHEMA, user_input)
            errors[CONF_TEMPERATURE_MAX_C] = "not_above_minimum"
        return self._show("polling", POLLING_SCHEMA, user_input, errors)

    async def async_step_money(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what electricity costs, in money and in CO2, and about the climate."""
        errors: dict[str, str] = {}
        schema = money_schema(self.hass.config.currency)
        if user_input is not None:
            errors = money_errors(self.hass.states, user_input)
            if not errors:
                return self._save(schema, user_input)
        return self._show("money", schema, user_input, errors)

    def _show(
        self,
        step_id: str,
        schema: probatio.Schema,
        user_input: dict[str, Any] | None,
        errors: dict[str, str],
    ) -> ConfigFlowResult:
        """Show a form, filled with what was entered or else with what is kept."""
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                schema, user_input or self.config_entry.options
            ),
            errors=errors,
        )

    def _save(
        self, schema: probatio.Schema, user_input: dict[str, Any]
    ) -> ConfigFlowResult:
        """Keep what was entered, beside what the other form keeps."""
        others = {
            field: value
            for field, value in self.config_entry.options.items()
            if field not in schema.schema
        }
        return self.async_create_entry(data=others | user_input)
