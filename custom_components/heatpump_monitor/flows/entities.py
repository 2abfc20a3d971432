"""The steps of a flow for a heat pump of entities that Home Assistant already has."""

from typing import Any

from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigFlowResult

from ..const import CONF_ENTITIES, CONF_SOURCE, HeatPumpSource, Kind
from ..sources.entities.fields import HEAT_PUMP_FIELDS
from ..sources.entities.mapping import Offer, offers
from . import entity_forms as forms
from .entity_forms import Entities
from .heat_pump import HeatPumpSteps


class EntitySteps(HeatPumpSteps):
    """Asks for the entities of a heat pump, and offers those that are known."""

    _offer: Offer | None = None

    async def async_step_entities(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Offer the heat pumps that other integrations have."""
        found = [each for each in await offers(self.hass) if not each.is_meter]
        if user_input is None and found:
            return self.async_show_form(
                step_id="entities",
                data_schema=forms.offer_schema(self.hass, found, found[0].key),
            )
        chosen = (user_input or {}).get(forms.CONF_OFFER)
        self._offer = next((each for each in found if each.key == chosen), None)
        return await self.async_step_entity_fields()

    async def async_step_entity_fields(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which entity gives which value."""
        if user_input is None:
            first = forms.entity_ids(self.hass, self._first_entities)
            return await self._async_show_entities(first)
        chosen = forms.out_of_sections(user_input)
        if not chosen:
            return await self._async_show_entities(chosen, {"base": "entity_required"})
        problems = await forms.async_problems(self.hass, chosen, HEAT_PUMP_FIELDS)
        if problems:
            errors = dict.fromkeys(map(forms.section_of, problems), "entity_unusable")
            return await self._async_show_entities(
                chosen, errors, " ".join(problems.values())
            )
        return await self._async_entities_chosen(chosen)

    @property
    def _first_entities(self) -> Entities:
        """Return what fills the form at first."""
        if self.source != SOURCE_RECONFIGURE:
            return self._offer.entities if self._offer else {}
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
        self._title = (
            self._offer.title if self._offer else forms.name_of(self.hass, chosen)
        )
        self._reading = forms.reading_with(self.hass, chosen)
        self._near = forms.devices_of(self.hass, chosen)
        return await self._async_heat_pump_chosen()

    async def _async_show_entities(
        self,
        entities: Entities,
        errors: dict[str, str] | None = None,
        problem: str = "",
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="entity_fields",
            data_schema=self.add_suggested_values_to_schema(
                forms.HEAT_PUMP_SCHEMA, forms.in_sections(entities)
            ),
            errors=errors,
            description_placeholders={
                "hint": await forms.async_hint(self.hass, self._offer),
                "problem": problem,
            },
        )
