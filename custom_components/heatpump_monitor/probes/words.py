"""The alarms of a probe in words, in the language of Home Assistant."""

from homeassistant.const import UnitOfTemperature
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from ..const import DOMAIN
from .model import RATES, ProbeEvent

_COMMA_LANGUAGES = ("de",)


@callback
def event_message(hass: HomeAssistant, name: str, event: ProbeEvent) -> str:
    """Return what is wrong with a probe, or that it is over."""
    texts = async_get_cached_translations(
        hass, hass.config.language, "selector", DOMAIN
    )
    key = str(event.alarm) if event.is_raised else f"{event.alarm}_over"
    text = texts.get(f"component.{DOMAIN}.selector.probe_alarm.options.{key}", key)
    is_rate = event.alarm in RATES
    return text.format(
        name=name,
        temperature=_temperature(hass, event.temperature_c),
        limit=_rate(hass, event.limit) if is_rate else _temperature(hass, event.limit),
    )


def _temperature(hass: HomeAssistant, value_c: float | None) -> str:
    """Return a temperature in the unit of the household."""
    if value_c is None:
        return "–"
    unit = hass.config.units.temperature_unit
    value = hass.config.units.temperature(value_c, UnitOfTemperature.CELSIUS)
    return f"{_number(hass, value)} {unit}"


def _rate(hass: HomeAssistant, value: float | None) -> str:
    return "–" if value is None else f"{_number(hass, value)} K/min"


def _number(hass: HomeAssistant, value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0").replace("-", "−")
    is_comma = hass.config.language.startswith(_COMMA_LANGUAGES)
    return text.replace(".", ",") if is_comma else text
