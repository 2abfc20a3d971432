"""Sensors of a probe."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import (
    PERCENTAGE,
    SIGNAL_STRENGTH_DECIBELS_MILLIWATT,
    EntityCategory,
    UnitOfTemperature,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..entity import Attributes
from ..performance.rounding import rounded
from ..readings import ProbeReading
from ..sensors.description import ValueSensorDescription
from .coordinator import ProbesConfigEntry, ProbeView
from .entities import ProbeSensor, ProbeTemperature, async_add_offered_for_each
from .model import Session

_OF_PROBE = ValueSensorDescription[ProbeView]
_DIAGNOSTIC = partial(
    _OF_PROBE,
    entity_category=EntityCategory.DIAGNOSTIC,
    suggested_display_precision=0,
)
# The minimum, maximum and mean of a session change with every reading.
_STEPS_PER_K = 2


def _of_reading[T](
    value_fn: Callable[[ProbeReading], T],
) -> Callable[[ProbeView], T | None]:
    return lambda view: None if view.reading is None else value_fn(view.reading)


def _minutes(seconds: float | None, digits: int = 0) -> float | None:
    return None if seconds is None else round(seconds / 60, digits)


def _time_to_target(view: ProbeView) -> Attributes:
    """Return what the time to the target rests on; times in minutes."""
    found = view.status.time_to_target
    return {
        "approach": found.approach,
        "low": _minutes(found.low_s),
        "high": _minutes(found.high_s),
        "slope": rounded(found.slope_k_per_min, 3),
        "window": _minutes(found.window_s),
    }


def session_figures(session: Session) -> Mapping[str, float | None]:
    """Return the lowest, highest, mean and target temperature of a session in °C."""
    return {
        "min": rounded(session.min_c, 1),
        "max": rounded(session.max_c, 1),
        "mean": rounded(session.mean_c, 1),
        "target": rounded(session.target_c, 1),
    }


def _session_name(view: ProbeView) -> str | None:
    return None if view.status.session is None else view.status.session.name


def _session(view: ProbeView) -> Attributes:
    session = view.status.session
    if session is None:
        return {}
    return {
        "start": session.start.isoformat(),
        "started_by": session.started_by,
        **session_figures(session),
    }


def _session_as_written(view: ProbeView) -> object:
    session = view.status.session
    if session is None:
        return None
    steps = (
        None if value is None else round(value * _STEPS_PER_K)
        for value in (session.min_c, session.max_c, session.mean_c)
    )
    return session.key, session.target_c, *steps


TEMPERATURE = _OF_PROBE(
    key="temperature",
    device_class=SensorDeviceClass.TEMPERATURE,
    exists_fn=lambda _: True,
    least_change=0.5,
    native_unit_of_measurement=UnitOfTemperature.CELSIUS,
    suggested_display_precision=1,
    value_fn=lambda view: rounded(view.status.temperature_c, 1),
    written_every=timedelta(seconds=30),
)

PROBE: tuple[ValueSensorDescription[ProbeView], ...] = (
    TEMPERATURE,
    _OF_PROBE(
        key="time_to_target",
        also_written_fn=lambda view: view.status.time_to_target.approach,
        attributes_fn=_time_to_target,
        device_class=SensorDeviceClass.DURATION,
        exists_fn=lambda _: True,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        least_change_share=0.2,
        value_fn=lambda view: _minutes(view.status.time_to_target.remaining_s, 1),
        written_every=timedelta(minutes=1),
    ),
    _OF_PROBE(
        key="ready_at",
        device_class=SensorDeviceClass.TIMESTAMP,
        exists_fn=lambda _: True,
        state_class=None,
        value_fn=lambda view: view.ready_at,
    ),
    _OF_PROBE(
        key="session",
        also_written_fn=_session_as_written,
        attributes_fn=_session,
        exists_fn=lambda _: True,
        state_class=None,
        value_fn=_session_name,
    ),
    _DIAGNOSTIC(
        key="battery",
        device_class=SensorDeviceClass.BATTERY,
        native_unit_of_measurement=PERCENTAGE,
        value_fn=_of_reading(lambda reading: reading.battery_pct),
    ),
    _DIAGNOSTIC(
        key="signal",
        device_class=SensorDeviceClass.SIGNAL_STRENGTH,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=SIGNAL_STRENGTH_DECIBELS_MILLIWATT,
        value_fn=_of_reading(lambda reading: reading.signal_dbm),
        written_every=timedelta(minutes=15),
        least_change=10.0,
    ),
    _DIAGNOSTIC(
        key="last_seen",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_registry_enabled_default=False,
        state_class=None,
        suggested_display_precision=None,
        value_fn=_of_reading(lambda reading: reading.last_seen_at),
    ),
)


@callback
def async_add(
    _: HomeAssistant,
    entry: ProbesConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of all probes."""
    async_add_offered_for_each(
        entry,
        lambda probe: [
            (ProbeTemperature if each is TEMPERATURE else ProbeSensor)(probe, each)
            for each in PROBE
        ],
        async_add_entities,
    )
