"""What may be tuned of a house meter: the capacity tariff."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow

from .schemas import capacity_tariff_schema


class HouseMeterOptionsFlow(OptionsFlow):
    """Tunes the capacity tariff."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Go on to the only form."""
        return await self.async_step_capacity_tariff()

    async def async_step_capacity_tariff(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what a kW costs, and what the household does not want to exceed."""
        schema = capacity_tariff_schema(self.hass.config.currency)
        options = self.config_entry.options
        if user_input is not None:
            others = {
                field: value
                for field, value in options.items()
                if field not in schema.schema
            }
            return self.async_create_entry(data=others | user_input)
        return self.async_show_form(
            step_id="capacity_tariff",
            data_schema=self.add_suggested_values_to_schema(schema, options),
        )
