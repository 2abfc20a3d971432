"""The steps of a flow for a meter of entities that Home Assistant already has."""

from typing import Any, Final

import probatio

from homeassistant.data_entry_flow import FlowContext, FlowResult

from ..const import CONF_ENTITIES, CONF_METER_KIND, MeterKind
from ..readings import Role
from ..sources.entities.fields import METER_FIELDS, Field
from ..sources.entities.mapping import Offer, offers
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


def _unique_id(entities: Entities) -> str:
    """Return what tells a meter from others: what counts, else what has the power."""
    return entities.get(ENERGY) or entities[POWER]


class EntityMeterSteps[
    ContextT: FlowContext,
    ResultT: FlowResult[Any, Any],
    HandlerT,
](MeterFlow[ContextT, ResultT, HandlerT]):
    """Asks for the entities of a meter, and offers those that are known."""

    _near: frozenset[str] = frozenset()
    """The devices that the heat pump's entities are of."""
    _meter_offer: Offer | None = None

    async def async_step_meter_entities(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Offer the meters that other integrations have."""
        found = await self._async_meter_offers()
        if user_input is None and found:
            near = [each for each in found if each.device_id in self._near] or found
            return self.async_show_form(
                step_id="meter_entities",
                data_schema=forms.offer_schema(
                    self.hass, found, near[0].key if len(near) == 1 else None
                ),
            )
        chosen = (user_input or {}).get(forms.CONF_OFFER)
        self._meter_offer = next((each for each in found if each.key == chosen), None)
        return await self.async_step_meter_entity_fields()

    async def _async_meter_offers(self) -> list[Offer]:
        """Return the meters that fit the role, and that are none of a heat pump yet."""
        return [
            each
            for each in await offers(self.hass)
            if each.is_meter
            and self._fits(each)
            and not self._other_users(_unique_id(each.entities))
        ]

    def _fits(self, offer: Offer) -> bool:
        """Return whether a meter may measure what is asked for."""
        role = offer.mapping.role
        # The meter of a house may have two tariffs, which are for a house meter only.
        return role is not Role.GRID and (role is Role.HEAT) is (
            self._role is Role.HEAT
        )

    async def async_step_meter_entity_fields(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Ask for the entity that counts energy, the one with the power, or both."""
        if user_input is None:
            first = forms.entity_ids(self.hass, self._first_meter_entities)
            wanted = _fields(self._role)
            return self._show_meter_entities(
                {key: each for key, each in first.items() if key in wanted}
            )
        fields = _fields(self._role)
        if not user_input.keys() & fields.keys() & {ENERGY, POWER}:
            is_heat = self._role is Role.HEAT
            error = "energy_required" if is_heat else "meter_entity_required"
            return self._show_meter_entities(user_input, {"base": error})
        if problems := await forms.async_problems(self.hass, user_input, fields):
            return self._show_meter_entities(
                user_input,
                dict.fromkeys(problems, "entity_unusable"),
                {"problem": " ".join(problems.values())},
            )
        return await self._async_meter_entities_chosen(user_input)

    @property
    def _first_meter_entities(self) -> Entities:
        """Return what fills the form at first."""
        if self._meter_offer is not None:
            return self._meter_offer.entities
        known = self._known_data(MeterKind.ENTITIES)
        kept: Entities = {} if known is None else known[CONF_ENTITIES]
        return kept

    async def _async_meter_entities_chosen(self, chosen: Entities) -> ResultT:
        kept = forms.registry_ids(self.hass, chosen)
        unique_id = _unique_id(kept)
        if users := self._other_users(unique_id):
            error, other = {"base": "meter_in_use"}, {"other": users[0][0].title}
            return self._show_meter_entities(chosen, error, other)
        offer = self._meter_offer
        return await self._async_meter_chosen(
            ChosenMeter(
                unique_id=unique_id,
                name=offer.title if offer else forms.name_of(self.hass, chosen),
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
