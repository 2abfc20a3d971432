"""Find the long-term statistics in the recorder that may be imported."""

from collections.abc import Mapping
from datetime import datetime
from itertools import chain
from typing import Final

from sqlalchemy import func, select

from homeassistant.components.recorder.db_schema import Statistics
from homeassistant.components.recorder.models import (
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import get_metadata
from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.recorder import session_scope
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import EnergyConverter, TemperatureConverter

from ... import const
from ...const import DOMAIN, MeterKind
from ...meter_subentries import device_of, kind_of, meters_of, role_of, summed_of
from ...readings import Role
from ...sources.base import plain_mac
from .candidates import Candidate, Devices, is_counter, meaning_of, shelly_counters
from .importing import async_in_recorder

type _Found = list[tuple[StatisticMetaData, datetime]]
"""Each statistic, and when it began."""

_ENERGY: Final = EnergyConverter.UNIT_CLASS
_TEMPERATURE: Final = TemperatureConverter.UNIT_CLASS


async def async_find(hass: HomeAssistant) -> list[Candidate]:
    """Return all energies and temperatures in the recorder that are not ours.

    Raises:
        ImportRefusedError: There is no recorder, or its database fails.
    """
    found = await async_in_recorder(hass, _read, hass)
    entities = _entities(er.async_get(hass))
    candidates: list[Candidate] = []
    for described, since in found:
        statistic_id = described["statistic_id"]
        platform, unique_id = entities.get(statistic_id, (None, ""))
        state = hass.states.get(statistic_id)
        if platform != DOMAIN and is_counter(platform, unique_id):
            name = described["name"] if state is None else state.name
            candidates.append(
                Candidate(
                    statistic_id=statistic_id,
                    is_energy=described["unit_class"] == _ENERGY,
                    name=name or statistic_id,
                    unit=described["unit_of_measurement"] or "",
                    since=since,
                    platform=platform,
                    unique_id=unique_id,
                    meaning=meaning_of(platform, unique_id),
                )
            )
    return candidates


def devices_of(hass: HomeAssistant, entry: ConfigEntry) -> Devices:
    """Return the devices of an entry, and what is read of them now.

    Raises:
        ConfigEntryError: The user removed the meter.
    """
    meters = meters_of(entry).values()
    entities = entry.data.get(const.CONF_ENTITIES, {})
    registry = er.async_get(hass)
    gateway = entry.data.get(const.CONF_GATEWAY_SERIAL) or _gateway(registry, entities)
    macs = [_mac(each) for each in meters if kind_of(each) is MeterKind.SHELLY]
    summed = [_counters(registry, each) for each in summed_of(meters)]
    heat_meters = (each for each in meters if role_of(each) is Role.HEAT)
    heat = (
        [ids[0] for each in heat_meters for ids in _counters(registry, each)]
        or _entity_ids(registry, entities, "heat_meter_wh")
        or _entity_ids(registry, entities, "heating_wh", "hot_water_wh")
    )
    return Devices(
        names=[*macs, *filter(None, [gateway])],
        gateway_serial=gateway,
        counters=[*chain(*summed)] if all(summed) else [],
        heat=heat,
        outside=_entity_ids(registry, entities, "outside_c"),
    )


def _mac(meter: ConfigSubentry) -> str:
    return plain_mac(str(device_of(meter)))


def _counters(
    registry: er.EntityRegistry, meter: ConfigSubentry
) -> list[tuple[str, ...]]:
    """Return by which ids each counter of a meter may be known; none if not known."""
    match kind_of(meter):
        case MeterKind.ENTITIES:
            entities = meter.data[const.CONF_ENTITIES]
            return [(each,) for each in _entity_ids(registry, entities, "energy_wh")]
        case MeterKind.SHELLY:
            return shelly_counters(
                _mac(meter),
                meter.data[const.CONF_CHANNELS],
                meter.data[const.CONF_REVERSED_PHASES],
            )
        case MeterKind.HOMEWIZARD:
            return []


def _entity_ids(
    registry: er.EntityRegistry, kept: Mapping[str, str], *fields: str
) -> list[str]:
    """Return the entities that were chosen for some fields, by their present names."""
    ids = (
        er.async_resolve_entity_id(registry, kept[field])
        for field in fields
        if field in kept
    )
    return [each for each in ids if each is not None]


def _gateway(registry: er.EntityRegistry, kept: Mapping[str, str]) -> str | None:
    """Return the gateway that the ViCare integration reads for the chosen entities."""
    for entry in filter(None, map(registry.async_get, kept.values())):
        if entry.platform == "vicare":
            return entry.unique_id.partition("_")[0]
    return None


def _entities(registry: er.EntityRegistry) -> dict[str, tuple[str, str]]:
    """Return integration and unique id of each entity by its id.

    Removed entities are known for some weeks; their statistics stay longer.
    """
    removed, entities = registry.deleted_entities, registry.entities
    return {
        **{
            each.entity_id: (each.platform, each.unique_id) for each in removed.values()
        },
        **{
            each.entity_id: (each.platform, each.unique_id)
            for each in entities.values()
        },
    }


def _read(hass: HomeAssistant) -> _Found:
    found: _Found = []
    known = get_metadata(hass).values()
    with session_scope(hass=hass, read_only=True) as session:
        for metadata_id, described in known:
            if described["source"] == DOMAIN or not _is_usable(described):
                continue
            first = select(func.min(Statistics.start_ts)).where(
                Statistics.metadata_id == metadata_id
            )
            # Only its index is read.
            if (start_s := session.execute(first).scalar()) is not None:
                found.append((described, dt_util.utc_from_timestamp(start_s)))
    return found


def _is_usable(described: StatisticMetaData) -> bool:
    if described["unit_class"] == _ENERGY:
        return described["has_sum"]
    has_mean = described["mean_type"] is StatisticMeanType.ARITHMETIC
    return has_mean and described["unit_class"] == _TEMPERATURE
