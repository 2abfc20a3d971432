"""The configuration of an entry as values that can be compared and shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import probatio

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST

from .. import const
from ..flows.schemas import PLANT_SECTIONS, POLLING_SCHEMA, money_schema
from ..readings import SettingValue
from .model import Change, Source

type Values = dict[str, SettingValue]

# The dashboard explains nothing.
_FIELDS: Final[Mapping[Source, tuple[Mapping[Any, Any], ...]]] = {
    Source.OPTION: tuple(form.schema for form in (POLLING_SCHEMA, money_schema(""))),
    Source.PLANT: tuple(part.schema.schema for part in PLANT_SECTIONS.values()),
}

_NAME: Final = "name"
_DEVICE: Final = "meter_device"
_ADDRESS: Final = "meter_address"
_SET: Final = (const.CONF_ROLE, const.CONF_CHANNELS, const.CONF_REVERSED_PHASES)
_ENTITIES: Final = "heat_pump_entities"


@dataclass(frozen=True, kw_only=True, slots=True)
class Configuration:
    """What the owner configured."""

    fields: Values
    """Options and plant by the names of their fields; an empty one is missing."""
    meters: dict[str, Values]
    """By the ids of their subentries."""


def configuration_of(entry: ConfigEntry) -> Configuration:
    """Return what the owner configured, without what signs in."""
    kept = {Source.OPTION: entry.options, Source.PLANT: entry.data}
    return Configuration(
        fields=_known(
            {
                _ENTITIES: _entities(entry),
                **{
                    field: kept[source].get(field, default)
                    for source, field, default in _fields()
                },
            }
        ),
        meters={
            meter.subentry_id: _known(
                {
                    _NAME: meter.title,
                    _DEVICE: meter.unique_id,
                    _ADDRESS: meter.data.get(CONF_HOST),
                    **{item: meter.data.get(item) for item in _SET},
                }
            )
            for meter in entry.get_subentries_of_type(const.METER_SUBENTRY)
        },
    )


def differences(
    before: Configuration, after: Configuration, time: datetime
) -> list[Change]:
    """Return what differs between two configurations."""
    found = [*_of_fields(before.fields, after.fields, time)]
    if _is_changed(_ENTITIES, before.fields, after.fields):
        found.append(Change(time=time, source=Source.PLANT, item=_ENTITIES))
    for subentry_id, values in (before.meters | after.meters).items():
        was, now = before.meters.get(subentry_id), after.meters.get(subentry_id)
        if was and now:
            found += _of_meter(was, now, time)
        else:
            item = "meter_removed" if was else "meter_added"
            found.append(_meter_change(time, item, values))
    return found


def _of_fields(before: Values, after: Values, time: datetime) -> Iterator[Change]:
    for source, field, default in _fields():
        # A field that a newer version brings with a default was not changed.
        is_new = default is not None and field not in before
        old, new = before.get(field), after.get(field)
        if not is_new and old != new:
            yield Change(time=time, source=source, item=field, old=old, new=new)


def _of_meter(was: Values, now: Values, time: datetime) -> Iterator[Change]:
    if was.get(_DEVICE) != now.get(_DEVICE):
        yield _meter_change(time, _DEVICE, now)
    elif was.get(_ADDRESS) != now.get(_ADDRESS):
        yield _meter_change(time, _ADDRESS, now)
    for item in _SET:
        if _is_changed(item, was, now):
            yield _meter_change(time, item, now, was[item], now[item])


def _is_changed(item: str, was: Values, now: Values) -> bool:
    """Return whether a value changed: one that was not kept before did not."""
    return item in was and item in now and was[item] != now[item]


def _meter_change(
    time: datetime,
    item: str,
    meter: Values,
    old: SettingValue | None = None,
    new: SettingValue | None = None,
) -> Change:
    """Return a change of a meter, without its address and serial number."""
    name = str(meter[_NAME])
    return Change(
        time=time, source=Source.METER, item=item, place=name, old=old, new=new
    )


def _fields() -> Iterator[tuple[Source, str, object]]:
    """Yield source, name and default of each field; None without a default."""
    for source, forms in _FIELDS.items():
        for form in forms:
            for marker in form:
                yield source, str(marker), _default(marker)


def _default(marker: probatio.Marker) -> object:
    default = getattr(marker, "default", None)
    return default() if callable(default) else None


def _entities(entry: ConfigEntry) -> list[str]:
    """Return which entity each field of the heat pump is read from."""
    chosen: Mapping[str, str] = {
        **entry.data.get(const.CONF_ENTITIES, {}),
        **entry.options.get(const.CONF_STAND_INS, {}),
    }
    return [f"{field} {entity}" for field, entity in chosen.items()]


def _known(values: Mapping[str, object]) -> Values:
    found = {name: _canonical(value) for name, value in values.items()}
    return {name: value for name, value in found.items() if value is not None}


def _canonical(value: object) -> SettingValue | None:
    """Return a value of a form as text, number or flag, the same for the same."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, list | tuple):
        return ", ".join(sorted(map(_written, value)))
    return str(value)


def _written(value: object) -> str:
    """Return one value of a list; a point of a data sheet has the form A2/W35: 7 kW."""
    if not isinstance(value, Mapping):
        return str(value)
    source_c, supply_c, heat_kw = (
        value[name]
        for name in (
            const.CONF_POINT_SOURCE_C,
            const.CONF_POINT_SUPPLY_C,
            const.CONF_POINT_HEAT_KW,
        )
    )
    return f"{source_c:g}/{supply_c:g}: {heat_kw:g} kW"
