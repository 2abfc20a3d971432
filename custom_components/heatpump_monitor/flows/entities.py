"""The steps of a flow for a heat pump of entities that Home Assistant already has."""

from typing import Any

from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigFlowResult

from ..const import CONF_ENTITIES, CONF_SOURCE, HeatPumpSource, Kind
from ..sources.entities.fields import HEAT_PUMP_FIELDS
from . import entity_forms as forms
from .entity_forms import Entities
from .heat_pump import HeatPumpSteps


class EntitySteps(HeatPumpSteps):
    """Asks for the entities of a heat pump, and offers those that are known."""

    async def async_step_entities(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Offer the heat pumps that other integrations have."""
        return await self.async_step_entity_fields()

    async def async_step_entity_fields(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which entity gives which value."""
        if user_input is None:
            return self._show_entities(forms.entity_ids(self.hass, self._kept_entities))
        chosen = forms.out_of_sections(user_input)
        if not chosen:
            return self._show_entities(chosen, {"base": "entity_required"})
        wrong = forms.find_wrong(self.hass, chosen, HEAT_PUMP_FIELDS)
        if wrong is not None:
            return self._show_entities(
                chosen, {forms.section_of(wrong.field): wrong.error}, wrong.placeholders
            )
        return await self._async_entities_chosen(chosen)

    @property
    def _kept_entities(self) -> Entities:
        if self.source != SOURCE_RECONFIGURE:
            return {}
        kept: Entities = self._get_reconfigure_entry().data[CONF_ENTITIES]
        return kept

    async def _async_entities_chosen(self, chosen: Entities) -> ConfigFlowResult:
        kept = forms.registry_ids(self.hass, chosen)
        if self.source == SOURCE_RECONFIGURE:
            return self.async_update_and_abort(
                self._get_reconfigure_entry(), data_updates={CONF_ENTITIES: kept}
            )
        first = next(iter(kept.values()))
        await self.async_set_unique_id(
            f"{Kind.HEAT_PUMP}_{HeatPumpSource.ENTITIES}_{first}",
            raise_on_progress=False,
        )
        self._abort_if_unique_id_configured()
        self._source_data = {
            CONF_SOURCE: HeatPumpSource.ENTITIES.value,
            CONF_ENTITIES: kept,
        }
        self._title = forms.name_of(self.hass, chosen)
        self._reading = forms.reading_with(chosen)
        return await self._async_heat_pump_chosen()

    def _show_entities(
        self,
        entities: Entities,
        errors: dict[str, str] | None = None,
        placeholders: dict[str, str] | None = None,
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="entity_fields",
            data_schema=self.add_suggested_values_to_schema(
                forms.HEAT_PUMP_SCHEMA, forms.in_sections(entities)
            ),
            errors=errors,
            description_placeholders=placeholders,
        )
