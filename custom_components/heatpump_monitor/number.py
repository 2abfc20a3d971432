"""Numbers that a person sets: limits of a probe, and how they are watched."""

from dataclasses import dataclass
from functools import partial
from typing import override

from homeassistant.components.number import (
    NumberDeviceClass,
    NumberEntity,
    NumberEntityDescription,
    NumberMode,
)
from homeassistant.const import EntityCategory, UnitOfTemperature, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .probes.coordinator import ProbesConfigEntry
from .probes.entities import ChoiceEntity, async_add_for_each

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class ProbeNumberDescription(NumberEntityDescription):
    """Describe a number of a probe."""

    field: str
    """In the settings of the probe."""
    mode: NumberMode = NumberMode.BOX


_TEMPERATURE = partial(
    ProbeNumberDescription,
    device_class=NumberDeviceClass.TEMPERATURE,
    native_max_value=600.0,
    native_min_value=-60.0,
    native_step=0.5,
    native_unit_of_measurement=UnitOfTemperature.CELSIUS,
)
_RATE = partial(
    ProbeNumberDescription,
    native_max_value=100.0,
    native_min_value=0.1,
    native_step=0.1,
    native_unit_of_measurement="K/min",
)

NUMBERS: tuple[ProbeNumberDescription, ...] = (
    _TEMPERATURE(key="target", field="target_c"),
    _TEMPERATURE(key="high", field="high_c"),
    _TEMPERATURE(key="low", field="low_c"),
    _RATE(key="rising", field="rising_k_per_min"),
    _RATE(key="falling", field="falling_k_per_min"),
    ProbeNumberDescription(
        key="hysteresis",
        device_class=NumberDeviceClass.TEMPERATURE_DELTA,
        entity_category=EntityCategory.CONFIG,
        field="hysteresis_k",
        native_max_value=50.0,
        native_min_value=0.1,
        native_step=0.1,
        native_unit_of_measurement=UnitOfTemperature.KELVIN,
    ),
    ProbeNumberDescription(
        key="hold_time",
        device_class=NumberDeviceClass.DURATION,
        entity_category=EntityCategory.CONFIG,
        field="hold_s",
        native_max_value=3600.0,
        native_min_value=0.0,
        native_step=1.0,
        native_unit_of_measurement=UnitOfTime.SECONDS,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ProbesConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the numbers of all probes."""
    async_add_for_each(
        entry,
        lambda probe: [ProbeNumber(probe, each) for each in NUMBERS],
        async_add_entities,
    )


class ProbeNumber(ChoiceEntity, NumberEntity):
    """A number that a person sets for a probe."""

    entity_description: ProbeNumberDescription

    @property
    @override
    def shown(self) -> float | None:
        """Return the number."""
        return self.native_value

    @property
    @override
    def native_value(self) -> float | None:
        """Return the number, None while it was never set."""
        return self.coordinator.choices.value(self.entity_description.field)

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Set the number; that of a limit switches its alarm on."""
        probe = self.coordinator
        probe.async_choose(
            probe.choices.with_value(self.entity_description.field, value)
        )
