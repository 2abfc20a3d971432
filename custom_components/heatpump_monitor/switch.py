"""Switches of a probe: which alarms are watched, and its session."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .probes.coordinator import Probe, ProbesConfigEntry
from .probes.entities import ChoiceEntity, async_add_for_each
from .probes.model import ProbeAlarm
from .service_errors import refused

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class ProbeSwitchDescription(SwitchEntityDescription):
    """Describe a switch of a probe."""

    is_on_fn: Callable[[Probe], bool]
    switch_fn: Callable[[Probe, bool], None]


def _switch_alarm(alarm: ProbeAlarm, probe: Probe, is_on: bool) -> None:
    choices = probe.choices.switched(alarm, is_on)
    if is_on and not choices.is_on(alarm):
        raise refused("limit_missing", name=probe.kept.name)
    probe.async_choose(choices)


def _switch_start(probe: Probe, is_on: bool) -> None:
    choices = probe.choices
    kept = replace(choices.kept, starts_by_rise=is_on)
    probe.async_choose(replace(choices, kept=kept))


def _switch_session(probe: Probe, is_on: bool) -> None:
    if not is_on:
        probe.async_stop_session()
    elif probe.session is None:
        probe.async_start_session("", "button")


def _alarm(alarm: ProbeAlarm) -> ProbeSwitchDescription:
    return ProbeSwitchDescription(
        key=f"{alarm}_alarm",
        is_on_fn=lambda probe: probe.choices.is_on(alarm),
        switch_fn=partial(_switch_alarm, alarm),
    )


SWITCHES: tuple[ProbeSwitchDescription, ...] = (
    *(_alarm(alarm) for alarm in ProbeAlarm),
    ProbeSwitchDescription(
        key="session_running",
        is_on_fn=lambda probe: probe.session is not None,
        switch_fn=_switch_session,
    ),
    ProbeSwitchDescription(
        key="starts_by_rise",
        entity_category=EntityCategory.CONFIG,
        is_on_fn=lambda probe: probe.choices.kept.starts_by_rise,
        switch_fn=_switch_start,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ProbesConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the switches of all probes."""
    async_add_for_each(
        entry,
        lambda probe: [ProbeSwitch(probe, each) for each in SWITCHES],
        async_add_entities,
    )


class ProbeSwitch(ChoiceEntity, SwitchEntity):
    """A switch of a probe."""

    entity_description: ProbeSwitchDescription

    @property
    @override
    def shown(self) -> bool:
        """Return whether it is on."""
        return self.is_on

    @property
    @override
    def is_on(self) -> bool:
        """Return whether it is on."""
        return self.entity_description.is_on_fn(self.coordinator)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch it on."""
        self.entity_description.switch_fn(self.coordinator, True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch it off."""
        self.entity_description.switch_fn(self.coordinator, False)
