"""The features and devices of the Viessmann API, out of its JSON.

This is the border: what is not as the API describes it is left out here, and
nothing behind has to doubt a type.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
import re
from typing import Final

from ..json_values import mapping, number, sequence, text

_DEVICE_IN_URI: Final = re.compile(r"/devices/([^/]+)/")
_DIGITS: Final = re.compile(r"[0-9]{1,15}")
# What PyViCare takes for a date, whether it is one or not.
_LIKE_A_DATE: Final = re.compile(r".{10}T.{12}Z", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Property:
    """One property of a feature."""

    value: object
    """A JSON value; numbers change between integer and float from poll to poll."""
    unit: str = ""
    """In lower case; empty where the answer names none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Feature:
    """One feature of one device."""

    name: str
    device_id: str | None
    """None for a feature of the gateway itself."""
    enabled: bool
    timestamp: datetime | None
    """When the feature last changed, in UTC."""
    properties: Mapping[str, Property]

    @property
    def connected(self) -> bool:
        """Return whether its sensor is there; of a pump, `status` is the value."""
        status = self.properties.get("status")
        return status is None or status.value == "connected"

    @property
    def weight(self) -> int:
        """Return how much the feature says; 0 if it has no value."""
        return (1 + self.connected) if self.enabled and self.properties else 0


def parse_features(answer: object) -> list[Feature]:
    """Return the features in an answer of the API; what is no feature is skipped."""
    entries = sequence(mapping(answer).get("data"))
    features = (_parse_feature(mapping(entry)) for entry in entries)
    return [feature for feature in features if feature is not None]


def parse_timestamp(value: object) -> datetime | None:
    """Return a moment in UTC out of an ISO 8601 string with an offset, or None."""
    if (written := text(value)) is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError, ValueError:
        return None


def _parse_feature(entry: Mapping[str, object]) -> Feature | None:
    if (name := text(entry.get("feature"))) is None:
        return None
    device = _DEVICE_IN_URI.search(text(entry.get("uri")) or "")
    return Feature(
        name=name,
        device_id=device.group(1) if device else None,
        enabled=entry.get("isEnabled") is True,
        timestamp=parse_timestamp(entry.get("timestamp")),
        properties=_parse_properties(mapping(entry.get("properties"))),
    )


def _parse_properties(raw: Mapping[str, object]) -> dict[str, Property]:
    # Answers in the style of 2021 carry the unit as a property of its own.
    shared_unit = text(mapping(raw.get("unit")).get("value")) or ""
    return {
        key: Property(
            value=mapping(entry)["value"],
            unit=(text(mapping(entry).get("unit")) or shared_unit).lower(),
        )
        for key, entry in raw.items()
        if "value" in mapping(entry)
    }


def complete_installations(installations: object) -> list[dict[str, object]]:
    """Return the installations that can be asked for, as PyViCare needs them.

    It fails on an installation, gateway or device without one of the keys it
    expects, and on texts that merely look like a date.
    """
    return [
        {"id": identifier, "gateways": _gateways(entry)}
        for entry in map(mapping, sequence(installations))
        if (identifier := _whole_number(entry.get("id"))) is not None
    ]


def _gateways(installation: Mapping[str, object]) -> list[dict[str, object]]:
    return [
        {"serial": serial, "devices": _devices(entry)}
        for entry in map(mapping, sequence(installation.get("gateways")))
        if (serial := _name(entry.get("serial"))) is not None
    ]


def _devices(gateway: Mapping[str, object]) -> list[dict[str, object]]:
    return [
        {
            "id": identifier,
            "modelId": _name(entry.get("modelId")) or "Viessmann",
            "status": _name(entry.get("status")) or "",
            "deviceType": _name(entry.get("deviceType")) or "heating",
            "roles": list(filter(None, map(_name, sequence(entry.get("roles"))))),
        }
        for entry in map(mapping, sequence(gateway.get("devices")))
        if (identifier := _name(entry.get("id"))) is not None
    ]


def _name(value: object) -> str | None:
    name = text(value)
    return None if name is None or _LIKE_A_DATE.fullmatch(name) else name


def _whole_number(value: object) -> int | None:
    written = text(value) or ""
    known = number(int(written) if _DIGITS.fullmatch(written) else value)
    return None if known is None else int(known)
