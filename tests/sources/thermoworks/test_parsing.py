"""Devices and channels as readings: every field may be missing, or odd."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from thermoworks_cloud.models.device import Device
from thermoworks_cloud.models.device_channel import DeviceChannel

from custom_components.heatpump_monitor.readings import ProbeReading
from custom_components.heatpump_monitor.sources.thermoworks.parsing import (
    ChannelOfDevice,
    probe_readings,
    serial_of,
    transmit_s,
)

NOW = datetime(2026, 1, 15, 11, tzinfo=UTC)
EARLIER = NOW - timedelta(hours=2)


def _read(device: Device | None = None, **channel: object) -> ProbeReading:
    """Return the reading of one channel."""
    each = ChannelOfDevice(
        device=device or Device(),
        serial="AB12",
        number=1,
        channel=DeviceChannel(**channel),
    )
    (reading,) = probe_readings([each], NOW)
    return reading


@pytest.mark.parametrize(
    ("value", "units", "expected"),
    [
        (20.5, "C", 20.5),
        ("160", "F", 71.111),
        (-40, "F", -40.0),
        (0, "C", 0.0),
        (20.5, None, None),
        (20.5, "K", None),
        (None, "C", None),
        ("NaN", "C", None),
        ("Infinity", "F", None),
        ("n/a", "C", None),
        ([], "C", None),
        (-150, "C", None),
        (2000, "F", None),
    ],
)
def test_temperatures(value: object, units: str | None, expected: float | None) -> None:
    """A temperature has a number, a unit, and a sense."""
    assert _read(value=value, units=units).temperature_c == expected


@pytest.mark.parametrize(
    ("status", "is_known"),
    [
        ("NORMAL", True),
        ("HIGH_ALARM", True),
        (None, True),
        ("PROBE_DISCONNECTED", False),
        ("No probe", False),
    ],
)
def test_status(status: str | None, is_known: bool) -> None:
    """A status that says that the probe is gone does, one of an alarm does not."""
    reading = _read(value=20.0, units="C", status=status)
    assert (reading.temperature_c is not None) is is_known


def test_nothing_is_known() -> None:
    """A channel without any field is a probe of which nothing is known."""
    assert _read() == ProbeReading(key="AB12_1", name="AB12", device="AB12")


def test_odd_fields_of_a_device() -> None:
    """What a device cannot have is not known."""
    device = Device(battery=255, wifi_strength=0x7FFF, transmit_interval_in_seconds=0)
    reading = _read(device)
    assert (reading.battery_pct, reading.signal_dbm) == (None, None)
    assert transmit_s(device) is None
    assert serial_of(Device(serial="", device_id="F1")) == "F1"
    assert serial_of(Device()) is None


def test_older_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a library of another integration does not know is unknown."""
    monkeypatch.delattr(Device, "signal_strength")
    reading = _read(Device(wifi_strength=-60), value=20.0, units="C")
    assert (reading.temperature_c, reading.signal_dbm) == (20.0, None)


@pytest.mark.parametrize(
    ("own", "of_device", "expected"),
    [
        ({"last_telemetry_saved": EARLIER}, NOW, EARLIER),
        ({"last_seen": EARLIER}, NOW, EARLIER),
        ({}, EARLIER, EARLIER),
        ({}, None, None),
        ({"last_telemetry_saved": NOW + timedelta(hours=1)}, None, NOW),
        ({"last_seen": EARLIER.replace(tzinfo=None)}, None, EARLIER),
        (
            {"last_seen": EARLIER.astimezone(timezone(timedelta(hours=-8)))},
            None,
            EARLIER,
        ),
    ],
)
def test_when_it_was_measured(
    own: dict[str, object], of_device: datetime | None, expected: datetime | None
) -> None:
    """The channel's own time counts first, and none is after now."""
    device = Device(last_telemetry_saved=of_device)
    reading = _read(device, value=20.0, units="C", **own)
    assert reading.measured_at == expected
    assert reading.measured_at is None or reading.measured_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("values", "minutes_ago", "expected"),
    [
        ((60.0, 55.0, 70.0), (0, 0, 0), 55.0),
        ((60.0, 10.0, 70.0), (0, 30, 0), 60.0),
        ((None, None, 70.0), (0, 0, 0), 70.0),
        ((None, None, None), (0, 0, 0), None),
        ((60.0, 55.0, 70.0), (90, 90, 90), 55.0),
    ],
)
def test_sensors_of_a_wireless_probe(
    values: tuple[float | None, ...],
    minutes_ago: tuple[int, ...],
    expected: float | None,
) -> None:
    """They are one probe with the lowest temperature that is as new as the others."""
    channels = [
        ChannelOfDevice(
            device=Device(label="Roast"),
            serial="M1",
            number=number,
            channel=DeviceChannel(
                value=value,
                units="C",
                type="rfx meat sensor",
                last_telemetry_saved=NOW - timedelta(minutes=minutes),
            ),
        )
        for number, (value, minutes) in enumerate(
            zip(values, minutes_ago, strict=True), 1
        )
    ]
    (reading,) = probe_readings(channels, NOW)
    assert (reading.key, reading.name, reading.temperature_c) == (
        "M1_1",
        "Roast",
        expected,
    )


@pytest.mark.parametrize(
    ("name", "model"),
    [("node", "Node"), ("rfx_gateway", "RFX Gateway"), ("", None), (None, None)],
)
def test_model(name: str | None, model: str | None) -> None:
    """Models are written as on the device."""
    assert _read(Device(device_name=name)).model == model


def test_names() -> None:
    """A name is the label, and longer only where another probe has the same."""
    channels = [
        ChannelOfDevice(
            device=Device(label=device, serial=device),
            serial=device,
            number=number,
            channel=DeviceChannel(label=label, units="C"),
        )
        for device, number, label in (
            ("Smoke", 1, "Meat"),
            ("Smoke", 2, " "),
            ("Node", 1, None),
            ("Signals", 1, "Meat"),
            ("Signals", 2, "Air"),
            ("Signals", 3, "Air"),
        )
    ]
    names = [each.name for each in probe_readings(channels, NOW)]
    assert names == [
        *("Smoke Meat", "Smoke 2", "Node"),
        *("Signals Meat", "Signals 2 Air", "Signals 3 Air"),
    ]
