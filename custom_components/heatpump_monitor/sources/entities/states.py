"""Turn the state of an entity into a value, or say why it has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
import math

from homeassistant.const import (
    ATTR_RESTORED,
    ATTR_TEMPERATURE,
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import CoreState, HomeAssistant, State
from homeassistant.helpers import entity_registry as er

from ...readings import Mode
from .fields import FLAG_WORDS, MODE_WORDS, Field, Kind

type FieldValue = float | bool | Mode | str
type Words = Mapping[str, str | bool]
"""What words of an integration mean, beyond those that are usual."""

# What a thermostat or a water heater gives in Home Assistant's own unit.
_IN_SYSTEM_UNIT = frozenset({"current_temperature", ATTR_TEMPERATURE})


class Reason(StrEnum):
    """Why an entity gives no value."""

    GONE = "gone"
    """It was removed, or its name is wrong."""
    DISABLED = "disabled"
    RESTORED = "restored"
    """Its integration does not provide it since the last restart."""
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_WORD = "unknown_word"
    NO_UNIT = "no_unit"
    WRONG_UNIT = "wrong_unit"
    WRONG_DOMAIN = "wrong_domain"
    OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Why a field has no value."""

    reason: Reason
    entity: str
    """The entity id as it is now, else what was chosen."""
    detail: str = ""
    """The state or the unit that cannot be used."""
    is_new: bool = False
    """Whether it is an odd state that may be over at the next reading."""

    @property
    def passes(self) -> bool:
        """Return whether it may end by itself."""
        passing = {Reason.UNAVAILABLE, Reason.UNKNOWN, Reason.RESTORED}
        return self.is_new or self.reason in passing


@dataclass(frozen=True, kw_only=True, slots=True)
class Value[T: FieldValue]:
    """The value of a field."""

    value: T
    entity_id: str
    changed_at: datetime
    """When the state changed, in UTC; an attribute changed no later."""
    reported_at: datetime
    """When the state was last written, be it the same."""


def look_up(
    hass: HomeAssistant, chosen: str, field: Field, words: Words | None = None
) -> Value[FieldValue] | Problem:
    """Return what an entity says now.

    Args:
        hass: Home Assistant.
        chosen: The id of the entity in the registry, which a new name does not change,
            or its entity id.
        field: What the entity is to give.
        words: What its words mean, if they are not the usual ones.
    """
    registry = er.async_get(hass)
    entry = registry.async_get(chosen)
    entity_id = er.async_resolve_entity_id(registry, chosen)
    if entity_id is None:
        return Problem(reason=Reason.GONE, entity=chosen)
    if entry is not None and entry.disabled:
        return Problem(reason=Reason.DISABLED, entity=entity_id)
    if (state := hass.states.get(entity_id)) is None:
        # While Home Assistant starts, what is in no registry comes late.
        may_come = entry is not None or hass.state is not CoreState.running
        reason = Reason.UNAVAILABLE if may_come else Reason.GONE
        return Problem(reason=reason, entity=entity_id)
    return value_of(state, field, hass.config.units.temperature_unit, words or {})


def value_of(
    state: State, field: Field, temperature_unit: str, words: Words
) -> Value[FieldValue] | Problem:
    """Return what a state says, in the unit of the field."""
    attribute = field.attributes.get(state.domain)
    if attribute is None and state.domain not in field.domains:
        return _problem(state, Reason.WRONG_DOMAIN, state.domain)
    if state.state == STATE_UNAVAILABLE:
        is_restored = state.attributes.get(ATTR_RESTORED)
        reason = Reason.RESTORED if is_restored else Reason.UNAVAILABLE
        return _problem(state, reason)
    if attribute is None and state.state == STATE_UNKNOWN:
        return _problem(state, Reason.UNKNOWN)
    raw: object = state.state if attribute is None else state.attributes.get(attribute)
    if raw is None:
        return _problem(state, Reason.UNKNOWN)
    unit: object = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    if attribute in _IN_SYSTEM_UNIT:
        unit = temperature_unit
    found = _read(str(raw), unit, field, words)
    if isinstance(found, Reason):
        detail = unit if found is Reason.WRONG_UNIT else raw
        return _problem(state, found, "" if found is Reason.NO_UNIT else str(detail))
    return Value(
        value=found,
        entity_id=state.entity_id,
        changed_at=state.last_changed if attribute is None else state.last_updated,
        reported_at=state.last_reported,
    )


def _read(text: str, unit: object, field: Field, words: Words) -> FieldValue | Reason:
    match field.quantity.kind:
        case Kind.FLAG:
            return _flag(text, words)
        case Kind.MODE:
            return _mode(text, words)
        case Kind.WORD:
            return text.strip().lower() or Reason.UNKNOWN
        case Kind.NUMBER:
            return _number(text, unit, field)


def _number(text: str, unit: object, field: Field) -> float | Reason:
    if (number := _finite(text)) is None:
        return Reason.NOT_A_NUMBER
    converter, target = field.quantity.converter, field.quantity.unit
    if converter is None:
        return number
    if not isinstance(unit, str) or not unit:
        return Reason.NO_UNIT
    if (known := field.quantity.known_unit(unit)) is None:
        return Reason.WRONG_UNIT
    value = converter.convert(number, known, target)
    # A unit that is far too small makes any number infinite.
    return round(value, 6) if math.isfinite(value) else Reason.OUT_OF_RANGE


def _flag(text: str, words: Words) -> bool | Reason:
    word = plain_word(text)
    found = words.get(word, FLAG_WORDS.get(word))
    if isinstance(found, bool):
        return found
    if (number := _finite(text)) is not None:
        # Such as the speed of a compressor.
        return number > 0
    return Reason.UNKNOWN_WORD


def _mode(text: str, words: Words) -> Mode | Reason:
    word = plain_word(text)
    found = words.get(word, MODE_WORDS.get(word))
    return Mode(found) if isinstance(found, str) else Reason.UNKNOWN_WORD


def plain_word(text: str) -> str:
    """Return a word in lower case, without what separates its parts."""
    return "".join(each for each in text.casefold() if each.isalnum())


def _finite(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _problem(state: State, reason: Reason, detail: str = "") -> Problem:
    return Problem(reason=reason, entity=state.entity_id, detail=detail)
