"""What the cards of probes are sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ..entity import identifier
from ..probes import model
from ..probes.coordinator import AccountCoordinator, Probe as AnyProbe
from ..readings import ProbeReading

# Curves are long; the action serves all.
_SESSIONS: Final = 30

type Point = tuple[int, float]
"""Epoch time in ms, and °C."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """A session of a probe."""

    key: str
    probe: str
    name: str
    start: datetime
    end: datetime | None
    """None while it goes on."""
    started_by: str
    min_c: float | None
    max_c: float | None
    mean_c: float | None
    target_c: float | None
    points: list[Point]
    gaps: list[tuple[int, int]]
    """Times without values, in epoch ms."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Probe:
    """A temperature probe."""

    key: str
    name: str
    device_id: str | None
    temperature_c: float | None
    """None while it is not fresh."""
    is_fresh: bool
    measured_at: datetime | None
    settings: model.ProbeSettings
    """Without the limits that are switched off."""
    raised: list[model.ProbeAlarm]
    time_to_target: model.TimeToTarget
    session: Session | None
    entities: dict[str, str]
    """The enabled entities by the key of what they show or set."""
    curve: list[Point]
    """Of the session, or of the last three hours."""
    model: str | None
    battery_pct: float | None


@callback
def probes(hass: HomeAssistant, account: AccountCoordinator) -> list[Probe]:
    """Return all probes of an account, by their names."""
    now = dt_util.utcnow()
    found = [_probe(hass, each, now) for each in account.probes.values()]
    return sorted(found, key=lambda each: (each.name, each.key))


@callback
def sessions(account: AccountCoordinator, probe: str | None) -> list[Session]:
    """Return the last ended sessions of a probe, or of all, newest first."""
    kept = account.store.sessions
    found = [each for each in kept if probe in (None, each.probe)]
    return [_session(each) for each in found[:_SESSIONS]]


def _probe(hass: HomeAssistant, probe: AnyProbe, now: datetime) -> Probe:
    view = probe.data
    status, reading = view.status, view.reading
    curve = probe.engine.curve(now)
    return Probe(
        key=probe.key,
        name=probe.kept.name,
        device_id=probe.device_id,
        temperature_c=status.temperature_c,
        is_fresh=status.is_fresh,
        measured_at=_measured_at(reading, curve),
        settings=status.settings,
        raised=sorted(status.raised),
        time_to_target=status.time_to_target,
        session=_session(status.session) if status.session else None,
        entities=_entities(hass, probe),
        curve=[_point(*each) for each in curve],
        model=probe.kept.model,
        battery_pct=reading.battery_pct if reading else None,
    )


def _measured_at(
    reading: ProbeReading | None, curve: Sequence[tuple[datetime, float]]
) -> datetime | None:
    """Return when the last temperature was measured, None if that is not known.

    A device goes on sending when its probe is gone.
    """
    if reading is not None and reading.temperature_c is not None:
        return reading.measured_at
    return curve[-1][0] if curve else None


def _entities(hass: HomeAssistant, probe: AnyProbe) -> dict[str, str]:
    if probe.device_id is None:
        return {}
    prefix = f"{identifier(probe.config_entry, probe.key)[1]}_"
    registered = er.async_entries_for_device(er.async_get(hass), probe.device_id)
    return {
        each.unique_id.removeprefix(prefix): each.entity_id
        for each in registered
        if each.platform == probe.config_entry.domain
    }


def _session(session: model.Session) -> Session:
    return Session(
        key=session.key,
        probe=session.probe,
        name=session.name,
        start=session.start,
        end=session.end,
        started_by=session.started_by,
        min_c=session.min_c,
        max_c=session.max_c,
        mean_c=session.mean_c,
        target_c=session.target_c,
        points=[_point(*each) for each in session.points],
        gaps=[(_ms(start), _ms(end)) for start, end in session.gaps],
    )


def _point(time: datetime, value_c: float) -> Point:
    return _ms(time), round(value_c, 2)


def _ms(time: datetime) -> int:
    return round(time.timestamp() * 1000)
