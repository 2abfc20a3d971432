"""Find the long-term statistics in the recorder that may be imported."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from homeassistant.components.recorder.db_schema import Statistics
from homeassistant.components.recorder.models import (
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import get_metadata
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.recorder import session_scope
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import EnergyConverter, TemperatureConverter

from ... import const
from ...const import DOMAIN
from ...meter_subentries import meter_of
from .candidates import Candidate, Devices, is_counter, meaning_of
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


def devices_of(entry: ConfigEntry) -> Devices:
    """Return the devices of an entry as other integrations name them.

    Raises:
        ConfigEntryError: The user removed the meter.
    """
    meter = meter_of(entry)
    return Devices(
        meter_mac=str(meter.unique_id).replace(":", "").upper(),
        channels=meter.data[const.CONF_CHANNELS],
        reversed_phases=meter.data[const.CONF_REVERSED_PHASES],
        gateway_serial=entry.data[const.CONF_GATEWAY_SERIAL],
    )


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
