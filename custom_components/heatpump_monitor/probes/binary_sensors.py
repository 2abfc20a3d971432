"""Binary sensors of a probe: whether it is heard, and the alarms it raised."""

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..value_entities import ValueBinarySensorDescription
from .coordinator import ProbesConfigEntry, ProbeView
from .entities import ProbeBinarySensor, async_add_offered_for_each
from .model import ProbeAlarm


def _alarm(
    alarm: ProbeAlarm, device_class: BinarySensorDeviceClass | None
) -> ValueBinarySensorDescription[ProbeView]:
    return ValueBinarySensorDescription(
        key=f"{alarm}_raised",
        device_class=device_class,
        exists_fn=lambda _: True,
        value_fn=lambda view: alarm in view.status.raised,
    )


PROBE: tuple[ValueBinarySensorDescription[ProbeView], ...] = (
    ValueBinarySensorDescription(
        key="connected",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        exists_fn=lambda _: True,
        value_fn=lambda view: view.status.is_fresh,
    ),
    # That a target is reached is good news.
    _alarm(ProbeAlarm.TARGET, None),
    *(
        _alarm(alarm, BinarySensorDeviceClass.PROBLEM)
        for alarm in (
            ProbeAlarm.HIGH,
            ProbeAlarm.LOW,
            ProbeAlarm.RISING,
            ProbeAlarm.FALLING,
        )
    ),
)


@callback
def async_add(
    _: HomeAssistant,
    entry: ProbesConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors of all probes."""
    async_add_offered_for_each(
        entry,
        lambda probe: [ProbeBinarySensor(probe, each) for each in PROBE],
        async_add_entities,
    )
