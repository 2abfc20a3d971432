"""What may be tuned later: how often is read, what is believed, what a kWh costs."""

from collections.abc import Mapping
from typing import Any

import probatio

from homeassistant.config_entries import ConfigFlowResult

from ..const import (
    CONF_HEAT_PUMP_INTERVAL_S,
    CONF_SOURCE,
    CONF_STAND_INS,
    CONF_TEMPERATURE_MAX_C,
    CONF_TEMPERATURE_MIN_C,
    DEFAULT_HEAT_PUMP_INTERVAL_S,
    HeatPumpSource,
)
from ..performance.heat.available_methods import gains_by_readings
from ..sources.entities.stand_ins import STAND_INS
from ..time_units import DAY_S
from . import entity_forms as forms
from .history import AFTER_SET_UP, HistorySteps
from .schemas import (
    DASHBOARD_SCHEMA,
    POLLING_SCHEMA,
    ReadingsBenefit,
    async_selector_texts,
    money_errors,
    money_schema,
)


class HeatpumpMonitorOptionsFlow(HistorySteps):
    """Tunes how often is read, what is believed, and what a kWh costs."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what to tune; after the set-up, go on to the history."""
        if user_input == AFTER_SET_UP:
            return await self.async_step_history()
        options = ["polling", "money", "dashboard", "history"]
        if self.config_entry.data.get(CONF_SOURCE) != HeatPumpSource.ENTITIES:
            # Where all are entities, each is chosen among them.
            options.insert(1, "stand_ins")
        return self.async_show_menu(step_id="init", menu_options=options)

    async def async_step_polling(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for intervals and ranges."""
        errors: dict[str, str] = {}
        entered = user_input or self.config_entry.options
        if (
            user_input
            and entered[CONF_TEMPERATURE_MIN_C] >= entered[CONF_TEMPERATURE_MAX_C]
        ):
            errors[CONF_TEMPERATURE_MAX_C] = "not_above_minimum"
        placeholders = await self._async_calls(entered)
        return self._save_or_ask(
            "polling", POLLING_SCHEMA, user_input, errors, placeholders
        )

    async def async_step_money(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what electricity costs, in money and in CO2, and about the climate."""
        errors = money_errors(self.hass.states, user_input or {})
        schema = money_schema(self.hass.config.currency)
        return self._save_or_ask("money", schema, user_input, errors)

    async def async_step_stand_ins(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which entities measure temperatures in place of the account."""
        options = self.config_entry.options
        entered = user_input
        problems: dict[str, str] = {}
        if entered is not None:
            problems = await forms.async_problems(self.hass, entered, STAND_INS)
            if not problems:
                kept = forms.registry_ids(self.hass, entered)
                return self.async_create_entry(data={**options, CONF_STAND_INS: kept})
        else:
            entered = forms.entity_ids(self.hass, options.get(CONF_STAND_INS, {}))
        return self.async_show_form(
            step_id="stand_ins",
            data_schema=self.add_suggested_values_to_schema(
                forms.entity_schema(STAND_INS.values()), entered
            ),
            errors=dict.fromkeys(problems, "entity_unusable"),
            description_placeholders={"problem": " ".join(problems.values())},
        )

    async def async_step_dashboard(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether the dashboard is in the sidebar."""
        return self._save_or_ask("dashboard", DASHBOARD_SCHEMA, user_input, {})

    async def _async_calls(self, options: Mapping[str, Any]) -> dict[str, str]:
        interval_s = options.get(
            CONF_HEAT_PUMP_INTERVAL_S, DEFAULT_HEAT_PUMP_INTERVAL_S
        )
        texts = await async_selector_texts(self.hass, "readings_benefit")
        return {
            "benefit": texts[self._benefit],
            "calls_day": f"{DAY_S / interval_s:.0f}",
            "interval_s": f"{interval_s:.0f}",
        }

    @property
    def _benefit(self) -> ReadingsBenefit:
        performance = self._performance
        method = None if performance is None else performance.heat_method
        if method is None:
            return ReadingsBenefit.UNKNOWN
        gains = gains_by_readings(method)
        return ReadingsBenefit.SHORT_RUNS if gains else ReadingsBenefit.NONE

    def _save_or_ask(
        self,
        step_id: str,
        schema: probatio.Schema,
        user_input: dict[str, Any] | None,
        errors: dict[str, str],
        placeholders: dict[str, str] | None = None,
    ) -> ConfigFlowResult:
        """Save what was entered beside the options of other forms, or show the form."""
        options = self.config_entry.options
        if user_input is not None and not errors:
            others = {
                field: value
                for field, value in options.items()
                if field not in schema.schema
            }
            return self.async_create_entry(data=others | user_input)
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                schema, user_input or options
            ),
            errors=errors,
            description_placeholders=placeholders,
        )
