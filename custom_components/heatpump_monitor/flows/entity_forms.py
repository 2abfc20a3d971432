"""Forms whose fields are entities, and what is wrong with those that were chosen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import probatio

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers import device_registry as dr, entity_registry as er, selector
from homeassistant.util import dt as dt_util

from ..const import CONF_KIND, DOMAIN, Kind as EntryKind
from ..readings import HeatPumpReading, UnitEnergy
from ..sources.entities.fields import HEAT_PUMP_FIELDS, SPELLINGS, Field, Kind, Quantity
from ..sources.entities.mapping import Offer, words_of
from ..sources.entities.states import Problem, look_up
from .schemas import async_selector_texts

type Entities = Mapping[str, str]
"""Entity ids, or their registry ids, by field."""

CONF_OFFER: Final = "offer"
OWN_CHOICE: Final = "own_choice"

SECTION_HEAT: Final = "heat"
SECTION_OPERATION: Final = "operation"
SECTION_TEMPERATURES: Final = "temperatures"
SECTION_MORE: Final = "more"

_RATED: Final = "rated_heat_w"
_OF_HEAT: Final = (
    *("supply_c", "return_c", "flow_lph"),
    *("reported_heat_w", "heat_meter_wh", "modulation_pct"),
)


def offer_schema(
    hass: HomeAssistant, offers: Sequence[Offer], default: str | None
) -> probatio.Schema:
    """Return the form that offers what other integrations have, by the offers' keys."""
    options = [
        selector.SelectOptionDict(value=each.key, label=label)
        for each, label in zip(offers, _labels(hass, offers), strict=True)
    ]
    # Its text comes from the translations.
    options.append(selector.SelectOptionDict(value=OWN_CHOICE, label=OWN_CHOICE))
    config = selector.SelectSelectorConfig(
        options=options,
        mode=selector.SelectSelectorMode.LIST,
        translation_key="offer",
    )
    field = probatio.Required(CONF_OFFER, default=default or probatio.UNDEFINED)
    return probatio.Schema({field: selector.SelectSelector(config)})


def _labels(hass: HomeAssistant, offers: Sequence[Offer]) -> list[str]:
    """Return device and integration; also an entity, where a device has several."""
    labels = [f"{each.title} ({each.mapping.name})" for each in offers]
    ids = [entity_ids(hass, each.entities) for each in offers]
    return [
        label if labels.count(label) == 1 else f"{label}: {next(iter(each.values()))}"
        for label, each in zip(labels, ids, strict=True)
    ]


async def async_hint(hass: HomeAssistant, offer: Offer | None) -> str:
    """Return what is worth knowing of an offer that was chosen, as a paragraph."""
    texts = await async_selector_texts(hass, "offer")
    hints: list[str] = []
    if offer is not None and offer.mapping.saves_calls:
        hints.append(texts["saves_calls"])
    if offer is not None and offer.disabled:
        names = ", ".join(offer.disabled.values())
        hints.append(texts["disabled"].format(entities=names))
    return " ".join(hints)


def _section_of(field: Field) -> str:
    if field.is_advanced:
        return SECTION_MORE
    if field.key in _OF_HEAT:
        return SECTION_HEAT
    if field.quantity.kind is Kind.NUMBER:
        return SECTION_TEMPERATURES
    return SECTION_OPERATION


def _sections() -> dict[str, section]:
    names = (SECTION_HEAT, SECTION_OPERATION, SECTION_TEMPERATURES, SECTION_MORE)
    fields = {
        name: [each for each in HEAT_PUMP_FIELDS.values() if _section_of(each) == name]
        for name in names
    }
    return {
        name: section(entity_schema(each), {"collapsed": name == SECTION_MORE})
        for name, each in fields.items()
    }


def entity_schema(fields: Iterable[Field]) -> probatio.Schema:
    """Return a form that asks for the entity of each field."""
    return probatio.Schema(
        {probatio.Optional(each.key): _selector(each) for each in fields}
    )


def _selector(field: Field) -> selector.EntitySelector:
    """Return a field that offers the entities that can give a value.

    Of sensors, those with the right device class or a unit that can be converted.
    """
    quantity = field.quantity
    others = [each for each in field.domains if each != Platform.SENSOR]
    filters: list[selector.EntityWithDeviceFilterSelectorConfig] = []
    if quantity.converter is None:
        filters.append({"domain": list(field.domains)})
    else:
        units = _units(quantity)
        filters.append({"domain": Platform.SENSOR, "unit_of_measurement": units})
        if quantity.device_classes:
            classes = list(quantity.device_classes)
            filters.append({"domain": Platform.SENSOR, "device_class": classes})
        if others:
            filters.append({"domain": others})
    return selector.EntitySelector(selector.EntitySelectorConfig(filter=filters))


def _units(quantity: Quantity) -> list[str]:
    """Return the units of a quantity in every spelling that can be converted."""
    known = quantity.converter.VALID_UNITS if quantity.converter else set[str | None]()
    spelled = {*SPELLINGS, *(unit for unit in known if unit)}
    spelled |= {unit.lower() for unit in spelled} | {unit.upper() for unit in spelled}
    return sorted(unit for unit in spelled if quantity.known_unit(unit))


SECTIONS: Final[Mapping[str, section]] = _sections()
HEAT_PUMP_SCHEMA: Final = probatio.Schema(
    {probatio.Required(name): each for name, each in SECTIONS.items()}
)


def in_sections(entities: Entities) -> dict[str, dict[str, str]]:
    """Return the entities of a heat pump by section of its form."""
    return {
        name: {
            str(field): entities[field]
            for field in each.schema.schema
            if field in entities
        }
        for name, each in SECTIONS.items()
    }


def out_of_sections(entered: Mapping[str, Entities]) -> dict[str, str]:
    """Return the entities of a heat pump, in the order of the fields."""
    entities = {
        field: each for fields in entered.values() for field, each in fields.items()
    }
    return {key: entities[key] for key in HEAT_PUMP_FIELDS if key in entities}


def section_of(field: str) -> str:
    """Return the section of the heat pump's form that has a field."""
    return _section_of(HEAT_PUMP_FIELDS[field])


async def async_problems(
    hass: HomeAssistant, entities: Entities, fields: Mapping[str, Field]
) -> dict[str, str]:
    """Return in words why entities cannot be used, by field.

    One without a value now, such as of a device that is off, can be used.
    """
    texts = await async_selector_texts(hass, "entity_problem")
    words = await words_of(hass, registry_ids(hass, entities))
    problems: dict[str, str] = {}
    used: set[str] = set()
    for key, chosen in entities.items():
        found = look_up(hass, chosen, fields[key], words.get(key))
        entity_id = found.entity if isinstance(found, Problem) else found.entity_id
        is_measured = _is_measured(entity_id, fields[key])
        reason, detail = None, ""
        if isinstance(found, Problem) and not found.passes:
            reason, detail = str(found.reason), found.detail
        elif _is_own(hass, chosen, key):
            reason = "is_own"
        elif is_measured and entity_id in used:
            reason = "twice"
        if reason is not None:
            problems[key] = texts[reason].format(entity=entity_id, detail=detail)
        if is_measured:
            used.add(entity_id)
    return problems


def _is_own(hass: HomeAssistant, chosen: str, field: str) -> bool:
    """Return whether an entity is calculated, or would read itself.

    The heat meter behind a house meter, and a probe for a heat pump, are sources like
    any other.
    """
    entity = er.async_get(hass).async_get(chosen)
    if entity is None or entity.platform != DOMAIN:
        return False
    entry = hass.config_entries.async_get_entry(entity.config_entry_id or "")
    kind = entry and entry.data.get(CONF_KIND)
    if kind == EntryKind.HOUSE_METER:
        return False
    return kind != EntryKind.PROBES or field not in HEAT_PUMP_FIELDS


def _is_measured(entity_id: str, field: Field) -> bool:
    """Return whether a field is the number that an entity measures.

    A word may say several things, and a thermostat has several numbers.
    """
    has_attribute = entity_id.partition(".")[0] in field.attributes
    return field.quantity.kind is Kind.NUMBER and not has_attribute


def reading_with(hass: HomeAssistant, entities: Entities) -> HeatPumpReading:
    """Return a reading that has a value where there is an entity, whichever value.

    Only the rated power is what the entity says, and None if it says nothing now.
    """
    known: dict[str, Any] = dict.fromkeys(entities, 1.0)
    _, heating, hot_water = (
        known.pop(key, None) for key in ("mode", "heating_wh", "hot_water_wh")
    )
    heat = None if heating is hot_water is None else UnitEnergy()
    if (rated := entities.get(_RATED)) is not None:
        found = look_up(hass, rated, HEAT_PUMP_FIELDS[_RATED])
        known[_RATED] = None if isinstance(found, Problem) else found.value
    return HeatPumpReading(time=dt_util.utcnow(), heat=heat, **known)


def registry_ids(hass: HomeAssistant, entities: Entities) -> dict[str, str]:
    """Return what is kept of entities: ids that stay when they are renamed."""
    registry = er.async_get(hass)
    entries = {key: registry.async_get(chosen) for key, chosen in entities.items()}
    return {
        key: entities[key] if entry is None else entry.id
        for key, entry in entries.items()
    }


def entity_ids(hass: HomeAssistant, kept: Entities) -> dict[str, str]:
    """Return what fills a form: the entity ids as they are now."""
    registry = er.async_get(hass)
    ids = {
        key: er.async_resolve_entity_id(registry, chosen)
        for key, chosen in kept.items()
    }
    return {key: entity_id for key, entity_id in ids.items() if entity_id is not None}


def devices_of(hass: HomeAssistant, entities: Entities) -> frozenset[str]:
    """Return the ids of the devices that entities are of."""
    registry = er.async_get(hass)
    entries = map(registry.async_get, entities.values())
    return frozenset(each.device_id for each in entries if each and each.device_id)


def name_of(hass: HomeAssistant, entities: Entities) -> str:
    """Return the name of the device of the first entity, or of that entity."""
    first = next(iter(entities.values()))
    entry = er.async_get(hass).async_get(first)
    device_id = entry.device_id if entry else None
    device = dr.async_get(hass).async_get(device_id) if device_id else None
    if device is not None and (name := device.name_by_user or device.name):
        return name
    state = hass.states.get(first)
    return first if state is None else state.name
