"""A Home Assistant whose states are written by other integrations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from benchmarks.drawn_cloud import Window
from homeassistant import loader
from homeassistant.config_entries import ConfigEntries, ConfigEntry
from homeassistant.const import (
    ATTR_RESTORED,
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
)
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .senders import Sender, ValueAt

DOWN_S: Final = 180.0
"""How long Home Assistant is down at a restart."""
# Until other integrations are set up after it.
_SET_UP_S: Final = 25.0
LOCAL: Final = "local"
"""The domain of an integration on the local network."""
CLOUD: Final = "vicare"
"""The domain of one that asks a cloud."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Troubles:
    """What becomes of entities, by epoch seconds and by the names of fields."""

    away: tuple[Window, ...] = ()
    """While all of them are unavailable."""
    restarts: tuple[float, ...] = ()
    """When Home Assistant goes down, in order."""
    resets: Mapping[str, float] = field(default_factory=dict)
    """When a counter starts again at 0."""
    renamed: Mapping[str, float] = field(default_factory=dict)
    removed: Mapping[str, Window] = field(default_factory=dict)
    """While an entity does not exist."""


async def empty_home(folder: str) -> HomeAssistant:
    """Return a running Home Assistant with nothing but its registries."""
    hass = HomeAssistant(folder)
    hass.config_entries = ConfigEntries(hass, {})
    loader.async_setup(hass)
    dr.async_setup(hass)
    await dr.async_load(hass, load_empty=True)
    await er.async_load(hass, load_empty=True)
    hass.set_state(CoreState.running)
    # Set up, it is known as one that asks a cloud.
    await loader.async_get_integration(hass, CLOUD)
    return hass


def _config_entry(hass: HomeAssistant, domain: str) -> ConfigEntry:
    entry = ConfigEntry(
        data={},
        discovery_keys=MappingProxyType({}),
        domain=domain,
        minor_version=1,
        options={},
        source="user",
        subentries_data=(),
        title=domain,
        unique_id=None,
        version=1,
    )
    hass.config_entries._entries[entry.entry_id] = entry  # noqa: SLF001
    return entry


class WrittenEntity:
    """An entity that an integration writes at its own pace."""

    def __init__(
        self,
        hass: HomeAssistant,
        owner: ConfigEntry,
        sender: Sender,
        value_at: ValueAt,
        troubles: Troubles,
        start_s: float,
        phase_s: float,
    ) -> None:
        """Register it; nothing is written yet."""
        self._owner = owner
        self.sender: Final = sender
        self.next_s = start_s + phase_s
        """When it is looked at next."""
        self._phase_s = phase_s
        self._hass = hass
        self._value_at = value_at
        self._away = troubles.away
        self._reset_s = troubles.resets.get(sender.field)
        self._renamed_s = troubles.renamed.get(sender.field)
        self._removed = troubles.removed.get(sender.field)
        self._offset = 0.0
        self._text: str | None = None
        self._attributes = (
            {ATTR_UNIT_OF_MEASUREMENT: sender.unit} if sender.unit else {}
        )
        entry = self._registered()
        self.registry_id: Final = entry.id
        self._entity_id: str | None = entry.entity_id

    def write(self) -> None:
        """Write what it says at its next moment."""
        now_s = self.next_s
        self.next_s += self.sender.every_s
        if self._renamed_s is not None or self._removed is not None:
            self._change_registry(now_s)
        if self._entity_id is None:
            return
        for begin_s, end_s in self._away:
            if begin_s <= now_s < end_s:
                self._set(STATE_UNAVAILABLE, now_s, {})
                return
        text = self.sender.text(self._value(now_s))
        if text != self._text or not self.sender.only_changes:
            self._set(text, now_s, self._attributes)

    def restart(self, up_s: float) -> None:
        """Be restored after a restart, and written again a little later."""
        self.next_s = up_s + _SET_UP_S + self._phase_s
        if self._entity_id is not None:
            self._hass.states.async_remove(self._entity_id)
            self._set(STATE_UNAVAILABLE, up_s, {ATTR_RESTORED: True})

    def _value(self, now_s: float) -> bool | float | str:
        value = self._value_at(self.sender.field, now_s)
        if self._reset_s is not None and now_s >= self._reset_s:
            self._offset, self._reset_s = float(value), None
        return value - self._offset if self._offset else value  # type: ignore[operator]

    def _set(self, text: str, now_s: float, attributes: Mapping[str, object]) -> None:
        if self._entity_id is not None:
            self._text = text
            self._hass.states.async_set(
                self._entity_id, text, attributes, timestamp=now_s
            )

    def _change_registry(self, now_s: float) -> None:
        registry = er.async_get(self._hass)
        if self._renamed_s is not None and now_s >= self._renamed_s:
            self._renamed_s = None
            if (old := self._entity_id) is not None:
                self._entity_id = f"{old}_renamed"
                registry.async_update_entity(old, new_entity_id=self._entity_id)
                self._hass.states.async_remove(old)
                self._text = None
        if self._removed is None or now_s < self._removed[0]:
            return
        if now_s >= self._removed[1]:
            self._entity_id, self._removed = self._registered().entity_id, None
        elif self._entity_id is not None:
            registry.async_remove(self._entity_id)
            self._hass.states.async_remove(self._entity_id)
            self._entity_id = self._text = None

    def _registered(self) -> er.RegistryEntry:
        return er.async_get(self._hass).async_get_or_create(
            self.sender.domain,
            self._owner.domain,
            self.sender.field,
            config_entry=self._owner,
        )


class Home:
    """The entities of a heat pump and of its meter."""

    def __init__(self, entities: Iterable[WrittenEntity]) -> None:
        """Watch the entities."""
        self._entities = [*entities]

    def live(self, until_s: float) -> None:
        """Let the integrations write what is due."""
        for each in self._entities:
            while each.next_s <= until_s:
                each.write()

    def restart(self, up_s: float) -> None:
        """Start again after a restart."""
        for each in self._entities:
            each.restart(up_s)


def written(
    hass: HomeAssistant,
    domain: str,
    senders: Sequence[Sender],
    value_at: ValueAt,
    troubles: Troubles,
    start_s: float,
    apart_s: float,
) -> dict[str, WrittenEntity]:
    """Return the entities of an integration by their fields.

    Each is written so much after the one before.
    """
    owner = _config_entry(hass, domain)
    return {
        sender.field: WrittenEntity(
            hass, owner, sender, value_at, troubles, start_s, 0.7 + place * apart_s
        )
        for place, sender in enumerate(senders)
    }
