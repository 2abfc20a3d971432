"""Alarms in words: what is wrong, and what to do about it."""

from collections.abc import Mapping
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from .const import DOMAIN
from .performance.alarms.board import AlarmChange, AlarmEvent, AlarmKey, Cause

_PRECISE_BELOW: Final = 10.0
_COMMA_LANGUAGES: Final = ("de",)


@callback
def alarm_message(
    hass: HomeAssistant, key: AlarmKey, part: str, causes: Mapping[str, Cause]
) -> str:
    """Return what is wrong, in the language of the server."""
    values = {name: _written(hass, value) for name, value in causes.items()}
    if code := values.get("code"):
        name = _text(hass, "fault_code", code.lower().replace(".", "_"))
        values["fault"] = f"{code} ({name})" if name else code
    text = _text(hass, "alarm", f"{key}_{part}") or _text(hass, "alarm", key)
    return text.format_map(values)


@callback
def event_message(hass: HomeAssistant, event: AlarmEvent) -> str:
    """Return what is wrong, or that it is over, in the language of the server."""
    message = alarm_message(hass, event.key, event.part, event.causes)
    if event.change is AlarmChange.RAISED:
        return message
    return _text(hass, "alarm", "over").format(message=message)


@callback
def alarm_advice(hass: HomeAssistant, key: AlarmKey, part: str) -> str:
    """Return what the user can do, in the language of the server."""
    group = "alarm_advice"
    return _text(hass, group, f"{key}_{part}") or _text(hass, group, key)


@callback
def alarm_words(
    hass: HomeAssistant, key: AlarmKey, causes: Mapping[str, Mapping[str, Cause]]
) -> dict[str, object]:
    """Return what is wrong with each part of an alarm, and what the user can do."""
    messages = (alarm_message(hass, key, part, each) for part, each in causes.items())
    advice = dict.fromkeys(alarm_advice(hass, key, part) for part in causes)
    return {"message": "\n".join(messages), "advice": "\n".join(advice)}


def _text(hass: HomeAssistant, group: str, key: str) -> str:
    """Return a text of the translations; an empty one if there is none."""
    texts = async_get_cached_translations(
        hass, hass.config.language, "selector", DOMAIN
    )
    return texts.get(f"component.{DOMAIN}.selector.{group}.options.{key}", "")


def _written(hass: HomeAssistant, value: Cause) -> str:
    if isinstance(value, str):
        return value
    written = f"{value:.1f}" if abs(value) < _PRECISE_BELOW else f"{value:.0f}"
    if hass.config.language.startswith(_COMMA_LANGUAGES):
        return written.removesuffix(".0").replace(".", ",")
    return written.removesuffix(".0")
