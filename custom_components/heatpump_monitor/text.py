"""Texts that a person enters: how the session of a probe is called."""

from typing import override

from homeassistant.components.text import TextEntity, TextEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .probes.coordinator import ProbesConfigEntry
from .probes.entities import ChoiceEntity, async_add_for_each
from .probes.model import LONGEST_NAME

PARALLEL_UPDATES = 0

TEXTS: tuple[TextEntityDescription, ...] = (
    TextEntityDescription(key="session_name", native_max=LONGEST_NAME),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ProbesConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the texts of all probes."""
    async_add_for_each(
        entry,
        lambda probe: [SessionName(probe, each) for each in TEXTS],
        async_add_entities,
    )


class SessionName(ChoiceEntity, TextEntity):
    """How the session that goes on is called, else the next one."""

    @property
    @override
    def shown(self) -> str:
        """Return the name."""
        return self.native_value

    @property
    @override
    def native_value(self) -> str:
        """Return the name; an empty one stands for that of the probe."""
        probe = self.coordinator
        return probe.session.name if probe.session else probe.choices.session_name

    @override
    async def async_set_value(self, value: str) -> None:
        """Name the session that goes on, else the next one."""
        self.coordinator.async_name_session(value.strip())
