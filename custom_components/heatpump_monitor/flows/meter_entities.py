"""The steps of a flow for a meter of entities that Home Assistant already has."""

from typing import Any, Final

import probatio

from homeassistant.data_entry_flow import FlowContext, FlowResult

from ..const import CONF_ENTITIES, CONF_METER_KIND, MeterKind
from ..readings import Role
from ..sources.entities.fields import METER_FIELDS, Field
from . import entity_forms as forms
from .entity_forms import Entities
from .meter_base import ChosenMeter, MeterFlow
from .roles import ENERGY, POWER

_RETURNED: Final = "returned_wh"


def _fields(role: Role) -> dict[str, Field]:
    """Return what a meter is asked for: heat has no power, only a grid feeds in."""
    without = {Role.HEAT: {POWER, _RETURNED}, Role.GRID: set[str]()}
    missing = without.get(role, {_RETURNED})
    return {key: field for key, field in METER_FIELDS.items() if key not in missing}


def meter_entity_schema(role: Role) -> probatio.Schema:
    """Return the form for the entities of a meter."""
    return forms.entity_schema(_fields(role).values())


class EntityMeterSteps[
    ContextT: FlowContext,
    ResultT: FlowResult[Any, Any],
    HandlerT,
](MeterFlow[ContextT, ResultT, HandlerT]):
    """Asks for the entities of a meter, and offers those that are known."""

    async def async_step_meter_entities(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Offer the meters that other integrations have."""
        return await self.async_step_meter_entity_fields()

    async def async_step_meter_entity_fields(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Ask for the entity that counts energy, the one with the power, or both."""
        if user_input is None:
            kept = self._known_data(MeterKind.ENTITIES)
            known = {} if kept is None else kept[CONF_ENTITIES]
            return self._show_meter_entities(forms.entity_ids(self.hass, known))
        required = ENERGY if self._role is Role.HEAT else None
        if not user_input or (required and required not in user_input):
            error = "energy_required" if required else "meter_entity_required"
            return self._show_meter_entities(user_input, {"base": error})
        wrong = forms.find_wrong(self.hass, user_input, _fields(self._role))
        if wrong is not None:
            return self._show_meter_entities(
                user_input, {wrong.field: wrong.error}, wrong.placeholders
            )
        return await self._async_meter_entities_chosen(user_input)

    async def _async_meter_entities_chosen(self, chosen: Entities) -> ResultT:
        kept = forms.registry_ids(self.hass, chosen)
        unique_id = kept.get(ENERGY) or kept[POWER]
        if users := self._other_users(unique_id):
            error, other = {"base": "meter_in_use"}, {"other": users[0][0].title}
            return self._show_meter_entities(chosen, error, other)
        return await self._async_meter_chosen(
            ChosenMeter(
                unique_id=unique_id,
                name=forms.name_of(self.hass, chosen),
                data={
                    CONF_METER_KIND: MeterKind.ENTITIES.value,
                    CONF_ENTITIES: kept,
                },
            )
        )

    def _show_meter_entities(
        self,
        entities: Entities,
        errors: dict[str, str] | None = None,
        placeholders: dict[str, str] | None = None,
    ) -> ResultT:
        return self.async_show_form(
            step_id="meter_entity_fields",
            data_schema=self.add_suggested_values_to_schema(
                meter_entity_schema(self._role), entities
            ),
            errors=errors,
            description_placeholders=placeholders,
        )
