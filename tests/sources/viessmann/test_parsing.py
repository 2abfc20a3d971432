"""From JSON to features: what is not as described is left out."""

from datetime import UTC, datetime

import pytest

from custom_components.heatpump_monitor.sources.viessmann.parsing import (
    Feature,
    Property,
    parse_features,
)
from tests.sources.features import Json, feature, parsed, value


def test_a_feature() -> None:
    """All parts of a feature arrive, the unit in lower case."""
    raw = feature("heating.x", device="7", value=value(4.1, "Celsius"))
    assert parsed(raw) == [
        Feature(
            name="heating.x",
            device_id="7",
            enabled=True,
            timestamp=datetime(2026, 1, 15, 11, 58, 30, 500_000, UTC),
            properties={"value": Property(value=4.1, unit="celsius")},
        )
    ]


def test_a_feature_of_the_gateway_has_no_device() -> None:
    """The gateway's own features name no device in their address."""
    raw = feature("gateway.wifi") | {"uri": "/gateways/2/features/gateway.wifi"}
    assert parsed(raw)[0].device_id is None


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(None, id="nothing"),
        pytest.param([], id="an array"),
        pytest.param({"data": {}}, id="data is no array"),
        pytest.param(
            {"data": [None, 1, "x", [], {}, {"feature": 3}, {"feature": ""}]},
            id="entries are no features",
        ),
    ],
)
def test_garbage_is_no_feature(answer: object) -> None:
    """Whatever is not a feature is skipped."""
    assert parse_features(answer) == []


@pytest.mark.parametrize(
    "part",
    [
        {"uri": 5},
        {"timestamp": 1_700_000_000},
        {"timestamp": "yesterday"},
        {"timestamp": "2026-01-15T11:58:30"},
        {"properties": []},
        {"properties": {"value": 7}},
        {"properties": {"value": {"unit": "celsius"}}},
        {"properties": {"value": {"value": 7, "unit": 3}}},
        {"isEnabled": "yes"},
    ],
)
def test_garbage_in_a_part_spoils_that_part_only(part: Json) -> None:
    """The neighbour is read, and the feature itself as far as it is sound."""
    odd, sound = parsed(feature("odd") | part, feature("sound", value=value(1, "bar")))
    assert odd.name == "odd"
    assert odd.device_id in {"0", None}
    assert odd.timestamp in {sound.timestamp, None}
    assert not any(each.unit for each in odd.properties.values())
    assert sound.properties == {"value": Property(value=1, unit="bar")}


def test_an_enabled_feature_says_so() -> None:
    """Anything but true is not enabled."""
    raw = feature("x")
    features = parsed(raw, raw | {"isEnabled": False}, raw | {"isEnabled": 1})
    assert [each.enabled for each in features] == [True, False, False]


def test_a_unit_beside_the_value() -> None:
    """Answers in the style of 2021 name the unit in a property of its own."""
    raw = feature("x", unit=value("celsius"), value=value(35.6))
    assert parsed(raw)[0].properties["value"] == Property(value=35.6, unit="celsius")


@pytest.mark.parametrize(
    ("status", "connected"),
    [(None, True), ("connected", True), ("notConnected", False), ("error", False)],
)
def test_a_sensor_that_is_not_there(status: str | None, connected: bool) -> None:
    """Only `connected`, or no word about it, is a sensor."""
    raw = feature("x") if status is None else feature("x", status=value(status))
    assert parsed(raw)[0].connected is connected
