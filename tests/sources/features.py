"""Features as the Viessmann API writes them."""

from custom_components.heatpump_monitor.sources.viessmann.parsing import (
    Feature,
    parse_features,
)

type Json = dict[str, object]


def value(value: object, unit: str | None = None) -> Json:
    """Return a property."""
    return {"value": value} if unit is None else {"unit": unit, "value": value}


def feature(
    name: str,
    /,
    *,
    device: str = "0",
    stamp: str = "2026-01-15T11:58:30.500Z",
    **properties: object,
) -> Json:
    """Return an enabled feature."""
    return {
        "feature": name,
        "isEnabled": True,
        "properties": properties,
        "timestamp": stamp,
        "uri": f"https://cloud/iot/v2/features/installations/1/gateways/2/devices/{device}/features/{name}",
    }


def sensor(
    name: str, reading: object, unit: str, *, stamp: str = "2026-01-15T11:58:30.500Z"
) -> Json:
    """Return a feature of a sensor that is connected."""
    return feature(
        name, stamp=stamp, status=value("connected"), value=value(reading, unit)
    )


def parsed(*features: object) -> list[Feature]:
    """Return features as the rest of the integration sees them."""
    return parse_features({"data": list(features)})
