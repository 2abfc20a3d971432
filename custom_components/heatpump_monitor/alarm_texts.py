"""Alarms in words: what is wrong, and what to do about it.

The words are in a language whose texts are loaded, by default that of Home Assistant.
"""

from collections.abc import Mapping
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import (
    async_get_cached_translations,
    async_get_translations,
)

from .const import DOMAIN
from .performance.alarms.board import AlarmChange, AlarmEvent, AlarmKey, Cause

_PRECISE_BELOW: Final = 10.0
_COMMA_LANGUAGES: Final = ("de",)
_NAMES: Final = "event.alarm.state_attributes.event_type.state"


async def async_load_alarm_texts(hass: HomeAssistant, language: str) -> None:
    """Load the texts of another language than that of Home Assistant."""
    for category in ("entity", "selector"):
        await async_get_translations(hass, language, category, [DOMAIN])


@callback
def alarm_name(hass: HomeAssistant, key: AlarmKey, language: str | None = None) -> str:
    """Return what kind of alarm it is, in a few words."""
    texts = _texts(hass, "entity", language)
    raised = f"{_NAMES}.{key}_{AlarmChange.RAISED}"
    return texts.get(f"component.{DOMAIN}.entity.{raised}", key)


@callback
def alarm_message(
    hass: HomeAssistant,
    key: AlarmKey,
    part: str,
    causes: Mapping[str, Cause],
    language: str | None = None,
) -> str:
    """Return what is wrong."""
    with_comma = (language or hass.config.language).startswith(_COMMA_LANGUAGES)
    values = {name: _written(value, with_comma) for name, value in causes.items()}
    if code := values.get("code"):
        name = _text(hass, "fault_code", code.lower().replace(".", "_"), language)
        values["fault"] = f"{code} ({name})" if name else code
    return _of_part(hass, "alarm", key, part, language).format_map(values)


@callback
def event_message(hass: HomeAssistant, event: AlarmEvent) -> str:
    """Return what is wrong, or that it is over."""
    message = alarm_message(hass, event.key, event.part, event.causes)
    if event.change is AlarmChange.RAISED:
        return message
    return _text(hass, "alarm", "over").format(message=message)


@callback
def alarm_advice(
    hass: HomeAssistant, key: AlarmKey, part: str, language: str | None = None
) -> str:
    """Return what the user can do."""
    return _of_part(hass, "alarm_advice", key, part, language)


@callback
def alarm_words(
    hass: HomeAssistant, key: AlarmKey, causes: Mapping[str, Mapping[str, Cause]]
) -> dict[str, object]:
    """Return what is wrong with each part of an alarm, and what the user can do."""
    messages = (alarm_message(hass, key, part, each) for part, each in causes.items())
    advice = dict.fromkeys(alarm_advice(hass, key, part) for part in causes)
    return {"message": "\n".join(messages), "advice": "\n".join(advice)}


def _of_part(
    hass: HomeAssistant, group: str, key: AlarmKey, part: str, language: str | None
) -> str:
    own = _text(hass, group, f"{key}_{part}", language)
    return own or _text(hass, group, key, language)


def _text(
    hass: HomeAssistant, group: str, key: str, language: str | None = None
) -> str:
    """Return a text of the translations; an empty one if there is none."""
    texts = _texts(hass, "selector", language)
    return texts.get(f"component.{DOMAIN}.selector.{group}.options.{key}", "")


def _texts(
    hass: HomeAssistant, category: str, language: str | None
) -> Mapping[str, str]:
    return async_get_cached_translations(
        hass, language or hass.config.language, category, DOMAIN
    )


def _written(value: Cause, with_comma: bool) -> str:
    if isinstance(value, str):
        return value
    written = f"{value:.1f}" if abs(value) < _PRECISE_BELOW else f"{value:.0f}"
    written = written.removesuffix(".0")
    return written.replace(".", ",") if with_comma else written
