"""How values look in the features API."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
import json

type Property = dict[str, object]
type Properties = Mapping[str, Property]


def plain(value: float) -> float:
    """Return a number as the API's JSON has it: 27 for 27.0, else 27.8."""
    return int(value) if value == int(value) else value


def number(value: float, unit: str) -> Property:
    """Return a number with its unit, "" where there is none."""
    return {"type": "number", "unit": unit, "value": plain(value)}


def numbers(values: Iterable[float], unit: str) -> Property:
    """Return a list of numbers with their unit."""
    return {"type": "array", "unit": unit, "value": [plain(value) for value in values]}


def text(value: str) -> Property:
    """Return a text."""
    return {"type": "string", "value": value}


def flag(value: bool) -> Property:
    """Return a truth value."""
    return {"type": "boolean", "value": value}


def array(values: Iterable[object]) -> Property:
    """Return a list without a unit."""
    return {"type": "array", "value": list(values)}


def reading(value: float, unit: str) -> Properties:
    """Return the properties of a value that has no sensor behind it."""
    return {"value": number(value, unit)}


def sensor(value: float, unit: str) -> Properties:
    """Return the properties of a sensor that is there."""
    return {"status": text("connected"), "value": number(value, unit)}


def celsius(value_c: float) -> Properties:
    """Return the properties of a temperature sensor, 0.1 °C fine."""
    return sensor(round(value_c, 1), "celsius")


def not_connected() -> Properties:
    """Return the properties of a sensor that is not there: no value at all."""
    return {"status": text("notConnected")}


def active(value: bool) -> Properties:
    """Return the properties of a thing that is active or not."""
    return {"active": flag(value)}


def on_off(value: bool) -> Properties:
    """Return the properties of a pump."""
    return {"status": text("on" if value else "off")}


def timestamp(epoch_s: float) -> str:
    """Return a moment as the API writes it: UTC with milliseconds."""
    moment = datetime.fromtimestamp(epoch_s, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def dump(value: object) -> str:
    """Return compact JSON."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
