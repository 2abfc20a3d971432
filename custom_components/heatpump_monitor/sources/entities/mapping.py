"""Ready mappings: which entities of other integrations give which fields.

Each is a file in `mappings/`; docs/entities.md says how to write one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass
from functools import cache
import json
from pathlib import Path
import re
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ...readings import Mode, Role
from ..json_values import mapping, sequence, text
from .fields import GRID_FIELDS, HEAT_PUMP_FIELDS, Field, Kind
from .states import Words, plain_word

_FOLDER: Final = Path(__file__).parent / "mappings"
_KEYS: Final = frozenset(
    {"name", "platform", "each", "saves_calls", "source", "heat_pump", "meter", "role"}
)
_RULE_KEYS: Final = frozenset({"unique_id", "domain", "example", "words"})
# One of these makes a heat pump worth offering.
_ESSENTIAL: Final = frozenset(
    {"supply_c", "reported_heat_w", "heat_meter_wh", "heating_wh"}
)


class MappingError(ValueError):
    """A file of a mapping is wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Which entity gives a field."""

    domain: str
    unique_ids: tuple[re.Pattern[str], ...]
    """The first that is there. Their group `unit` tells several units apart."""
    examples: tuple[str, ...]
    """A unique id for each of them."""
    words: Words

    def place(self, entry: er.RegistryEntry) -> tuple[int, str | None] | None:
        """Return which pattern an entity matches, and of which unit it is."""
        if entry.domain != self.domain:
            return None
        for place, pattern in enumerate(self.unique_ids):
            if found := pattern.search(entry.unique_id):
                return place, found.groupdict().get("unit")
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadyMapping:
    """The entities of one integration."""

    key: str
    """The name of its file."""
    name: str
    platform: str
    by_device: bool
    """Whether each device is a heat pump or meter; else each config entry."""
    saves_calls: bool
    """Whether it spares calls to the Viessmann cloud."""
    sources: tuple[str, ...]
    """Where the unique ids are from."""
    heat_pump: Mapping[str, Rule]
    meter: Mapping[str, Rule]
    role: Role
    """What the meter measures."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """Entities that are there, by the fields that they give."""

    mapping: ReadyMapping
    is_meter: bool
    title: str
    """The device's name."""
    device_id: str | None
    entities: Mapping[str, str]
    """Registry ids."""
    disabled: Mapping[str, str]
    """Entity ids of what would give a field if it were enabled."""

    @property
    def key(self) -> str:
        """Return what tells this offer from the others."""
        first = next(iter(self.entities.values()))
        return f"{self.mapping.key}_{'meter' if self.is_meter else 'heat_pump'}_{first}"


@cache
def load_mappings() -> tuple[ReadyMapping, ...]:
    """Return all mappings, by name; reads files."""
    found = [
        parse_mapping(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(_FOLDER.glob("*.json"))
    ]
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def parse_mapping(key: str, content: str) -> ReadyMapping:
    """Return the mapping of a file, or raise a `MappingError` that says what is wrong."""
    try:
        data = mapping(json.loads(content))
        _check(data.keys() <= _KEYS, f"unknown keys {set(data) - _KEYS}")
        name, platform = text(data.get("name")), text(data.get("platform"))
        sources = tuple(filter(None, map(text, sequence(data.get("source")))))
        each = data.get("each", "config entry")
        _check(bool(name and platform and sources), "name, platform or source missing")
        _check(each in {"config entry", "device"}, f"each {each!r}")
        return ReadyMapping(
            key=key,
            name=name or "",
            platform=platform or "",
            by_device=each == "device",
            saves_calls=data.get("saves_calls") is True,
            sources=sources,
            heat_pump=_rules(data.get("heat_pump"), HEAT_PUMP_FIELDS),
            meter=_rules(data.get("meter"), GRID_FIELDS),
            role=Role(text(data.get("role")) or Role.WHOLE),
        )
    except (ValueError, re.error) as err:
        raise MappingError(f"mappings/{key}.json: {err}") from err


def _rules(data: object, fields: Mapping[str, Field]) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for key, raw in mapping(data).items():
        _check(key in fields, f"unknown field {key!r}")
        rules[key] = _rule(fields[key], mapping(raw))
    return rules


def _rule(field: Field, data: Mapping[str, object]) -> Rule:
    _check(data.keys() <= _RULE_KEYS, f"{field.key}: {set(data) - _RULE_KEYS}")
    domain = text(data.get("domain")) or "sensor"
    _check(domain in field.domains, f"{field.key}: no {domain} gives it")
    patterns, examples = _texts(data.get("unique_id")), _texts(data.get("example"))
    _check(bool(patterns), f"{field.key}: unique_id missing")
    _check(len(patterns) == len(examples), f"{field.key}: an example for each")
    compiled = tuple(map(re.compile, patterns))
    for pattern, example in zip(compiled, examples, strict=True):
        _check(bool(pattern.search(example)), f"{field.key}: {example} does not match")
    return Rule(
        domain=domain,
        unique_ids=compiled,
        examples=examples,
        words=_words(field, mapping(data.get("words"))),
    )


def _words(field: Field, data: Mapping[str, object]) -> Words:
    words: dict[str, str | bool] = {}
    for word, meaning in data.items():
        if isinstance(meaning, bool) and field.quantity.kind is Kind.FLAG:
            words[plain_word(word)] = meaning
        elif isinstance(meaning, str) and field.quantity.kind is Kind.MODE:
            words[plain_word(word)] = Mode(meaning)
        else:
            raise MappingError(f"{field.key}: {word!r} means {meaning!r}")
    return words


def _texts(data: object) -> tuple[str, ...]:
    values = (data,) if isinstance(data, str) else sequence(data)
    return tuple(filter(None, map(text, values)))


def _check(is_right: bool, problem: str) -> None:
    if not is_right:
        raise MappingError(problem)


async def offers(hass: HomeAssistant) -> list[Offer]:
    """Return what the mappings find here: heat pumps first, each by its title."""
    mappings = await hass.async_add_executor_job(load_mappings)
    found = [offer for each in mappings for offer in _offers(hass, each)]
    return sorted(found, key=lambda each: (each.is_meter, each.title.casefold()))


async def words_of(
    hass: HomeAssistant, entities: Mapping[str, str]
) -> dict[str, Words]:
    """Return what words of chosen entities mean, by field."""
    mappings = await hass.async_add_executor_job(load_mappings)
    registry = er.async_get(hass)
    words: dict[str, Words] = {}
    for key, chosen in entities.items():
        if (entry := registry.async_get(chosen)) is None:
            continue
        for each in mappings:
            rule = each.heat_pump.get(key)
            if rule is None or each.platform != entry.platform or not rule.words:
                continue
            if rule.place(entry) is not None:
                words[key] = rule.words
    return words


@callback
def _offers(hass: HomeAssistant, ready: ReadyMapping) -> Iterator[Offer]:
    groups: dict[str, list[er.RegistryEntry]] = defaultdict(list)
    for entry in er.async_get(hass).entities.values():
        group = entry.device_id if ready.by_device else entry.config_entry_id
        if entry.platform == ready.platform and group is not None:
            groups[group].append(entry)
    for entries in groups.values():
        yield from _offers_of_group(hass, ready, entries)


def _offers_of_group(
    hass: HomeAssistant, ready: ReadyMapping, entries: list[er.RegistryEntry]
) -> Iterator[Offer]:
    for is_meter, rules in ((False, ready.heat_pump), (True, ready.meter)):
        for unit in _units(rules, entries):
            chosen, disabled = _chosen(rules, entries, unit)
            known = chosen.keys() | disabled.keys()
            if not _is_worth(chosen.keys(), known, is_meter=is_meter):
                continue
            yield Offer(
                mapping=ready,
                is_meter=is_meter,
                title=_title(hass, ready, chosen.values()),
                device_id=_device_id(chosen.values()),
                entities={key: entry.id for key, entry in chosen.items()},
                disabled={key: entry.entity_id for key, entry in disabled.items()},
            )


def _is_worth(
    chosen: AbstractSet[str], known: AbstractSet[str], *, is_meter: bool
) -> bool:
    if is_meter:
        return bool(chosen & {"energy_wh", "power_w"})
    # One unique id may match by chance.
    return bool(chosen & _ESSENTIAL) and len(known) > 1


def _units(
    rules: Mapping[str, Rule], entries: Iterable[er.RegistryEntry]
) -> list[str | None]:
    """Return the units that the unique ids name; None alone if they name none."""
    places = (rule.place(entry) for rule in rules.values() for entry in entries)
    units = {place[1] for place in places if place is not None and place[1]}
    return [*sorted(units)] or [None]


def _chosen(
    rules: Mapping[str, Rule], entries: list[er.RegistryEntry], unit: str | None
) -> tuple[dict[str, er.RegistryEntry], dict[str, er.RegistryEntry]]:
    """Return the entities of one unit by field, and those that are disabled."""
    fields = HEAT_PUMP_FIELDS | GRID_FIELDS
    enabled: dict[str, er.RegistryEntry] = {}
    disabled: dict[str, er.RegistryEntry] = {}
    for key, rule in rules.items():
        places: dict[int, list[er.RegistryEntry]] = defaultdict(list)
        for entry in entries:
            place = rule.place(entry)
            if place is None or place[1] not in (unit, None):
                continue
            if _has_unit_of(entry, fields[key]):
                places[place[0]].append(entry)
        for _, found in sorted(places.items()):
            usable = [entry for entry in found if not entry.disabled]
            # Several of a kind: only the owner knows which is meant.
            if len(usable) == 1:
                enabled[key] = usable[0]
                break
            if not usable and len(found) == 1:
                disabled.setdefault(key, found[0])
    return enabled, {key: each for key, each in disabled.items() if key not in enabled}


def _has_unit_of(entry: er.RegistryEntry, field: Field) -> bool:
    """Return whether an entity has a unit of the field, or says none."""
    unit, quantity = entry.unit_of_measurement, field.quantity
    return (
        unit is None
        or quantity.converter is None
        or quantity.known_unit(unit) is not None
    )


def _device_id(entries: Iterable[er.RegistryEntry]) -> str | None:
    return next((each.device_id for each in entries if each.device_id), None)


def _title(
    hass: HomeAssistant, ready: ReadyMapping, entries: Iterable[er.RegistryEntry]
) -> str:
    device_id = _device_id(entries)
    device = None if device_id is None else dr.async_get(hass).async_get(device_id)
    if device is None:
        return ready.name
    return device.name_by_user or device.name or ready.name
