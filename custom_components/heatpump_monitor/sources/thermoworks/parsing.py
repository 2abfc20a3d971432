"""Turn the devices and channels of a ThermoWorks account into readings."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
import math
import re
from typing import Final

from ...readings import ProbeReading
from ..ranges import Range
from .library import Channel, Device

# From dry ice to a pizza oven; outside of it the device means that it has no probe.
_PLAUSIBLE_C: Final = Range(-100.0, 800.0)
_BATTERY_PCT: Final = Range(0.0, 100.0)
_SIGNAL_DBM: Final = Range(-130.0, 0.0)
# Relative humidity, which some devices have on a channel of its own.
_HUMIDITY: Final = "H"
# "NORMAL" is all that was ever seen. An alarm does not make a temperature wrong.
_NO_PROBE: Final = frozenset(
    {"disconnected", "error", "fault", "missing", "no", "offline", "open", "unplugged"}
)
# The four sensors of a wireless probe are one probe: they are not plugged in apart.
_SENSOR_OF_PROBE: Final = "rfx meat sensor"
# What is sent when the temperature has changed by so many degrees says "60 s" itself.
# In a stall, that takes an hour.
_ON_CHANGE_S: Final = 1200.0
# They are sent together: a sensor that is older than the others is dead.
_TOGETHER: Final = timedelta(minutes=2)
_WORDS: Final = re.compile(r"[a-z]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelOfDevice:
    """A channel as it was read."""

    device: Device
    serial: str
    number: int
    channel: Channel


def serial_of(device: Device) -> str | None:
    """Return what a device is asked for by; None if it says nothing of it."""
    return device.serial or device.device_id or None


def transmit_s(device: Device) -> float | None:
    """Return how often a device sends, in seconds."""
    interval_s = device.transmit_interval_in_seconds
    return float(interval_s) if interval_s and interval_s > 0 else None


def probe_readings(
    channels: Iterable[ChannelOfDevice], now: datetime
) -> tuple[ProbeReading, ...]:
    """Return the probes; channels of humidity are none."""
    by_device: dict[str, list[ChannelOfDevice]] = {}
    for each in channels:
        if each.channel.units != _HUMIDITY:
            by_device.setdefault(each.serial, []).append(each)
    probes = [one for each in by_device.values() for one in _one_of_sensors(each, now)]
    return tuple(
        _reading(each, name, now)
        for each, name in zip(probes, _names(probes), strict=True)
    )


def _one_of_sensors(
    channels: list[ChannelOfDevice], now: datetime
) -> list[ChannelOfDevice]:
    """Return one channel in place of a wireless probe's sensors: the coldest.

    That is the core: the others are nearer to the surface, or outside.
    """
    sensors = [each for each in channels if _is_sensor(each)]
    if not sensors:
        return channels
    times = [_measured_at(each.device, each.channel, now) for each in sensors]
    newest = max(filter(None, times), default=now)
    temperatures = {
        at: celsius
        for at, (each, time) in enumerate(zip(sensors, times, strict=True))
        if (celsius := _temperature_c(each.channel)) is not None
        and (time is None or newest - time <= _TOGETHER)
    }
    coldest = min(temperatures, key=temperatures.__getitem__, default=0)
    others = [each for each in channels if not _is_sensor(each)]
    return [replace(sensors[coldest], number=sensors[0].number), *others]


def _is_sensor(each: ChannelOfDevice) -> bool:
    return (each.channel.type or "").casefold() == _SENSOR_OF_PROBE


def _reading(each: ChannelOfDevice, name: str, now: datetime) -> ProbeReading:
    device, channel = each.device, each.channel
    return ProbeReading(
        key=f"{each.serial}_{each.number}",
        name=name,
        temperature_c=_temperature_c(channel),
        measured_at=_measured_at(device, channel, now),
        device=each.serial,
        model=_model(device),
        battery_pct=_BATTERY_PCT.keep(device.battery),
        signal_dbm=_SIGNAL_DBM.keep(_signal_dbm(device)),
        last_seen_at=_utc(device.last_seen, now),
        transmit_s=_ON_CHANGE_S if _is_sensor(each) else transmit_s(device),
    )


def _signal_dbm(device: Device) -> float | None:
    """Return the signal; another integration may have loaded an older library."""
    return getattr(device, "signal_strength", None)


def _temperature_c(channel: Channel) -> float | None:
    """Return a temperature; None where no probe is, or its unit is not known."""
    words = _WORDS.findall((channel.status or "").casefold())
    if channel.value is None or not _NO_PROBE.isdisjoint(words):
        return None
    try:
        value = float(channel.value)
    except TypeError, ValueError:
        return None
    if not math.isfinite(value):
        return None
    match channel.units:
        case "C":
            celsius = value
        case "F":
            celsius = (value - 32) / 1.8
        case _:
            return None
    return _PLAUSIBLE_C.keep(round(celsius, 3))


def _measured_at(device: Device, channel: Channel, now: datetime) -> datetime | None:
    """Return when a value was measured.

    A value stays when its probe is gone, while the device goes on sending: the time
    of the device counts only where the channel has none.
    """
    own = channel.last_telemetry_saved or channel.last_seen
    return _utc(own or device.last_telemetry_saved, now)


def _utc(time: datetime | None, now: datetime) -> datetime | None:
    """Return a time that is not after now, as clocks differ."""
    if time is None:
        return None
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    return min(aware.astimezone(UTC), now)


def _model(device: Device) -> str | None:
    """Return the model: `rfx_gateway` is RFX Gateway."""
    words = (device.device_name or "").replace("_", " ").replace("-", " ").split()
    return " ".join(_model_word(word) for word in words) or None


def _model_word(word: str) -> str:
    return word.upper() if word.casefold() == "rfx" else word.capitalize()


def _device_name(each: ChannelOfDevice) -> str:
    return (each.device.label or "").strip() or _model(each.device) or each.serial


def _names(probes: Sequence[ChannelOfDevice]) -> list[str]:
    """Return the shortest name of each probe that no other one has."""
    per_device = Counter(each.serial for each in probes)
    names = [_possible_names(each, per_device[each.serial] == 1) for each in probes]
    counts = Counter(name for possible in names for name in set(possible))
    return [
        next((name for name in possible if counts[name] == 1), possible[-1])
        for possible in names
    ]


def _possible_names(each: ChannelOfDevice, is_only_one: bool) -> list[str]:
    """Return names from short to long: channel, device and channel, with number."""
    own, device = (each.channel.label or "").strip(), _device_name(each)
    numbered = f"{device} {each.number}"
    if not own:
        return [device, numbered] if is_only_one else [numbered]
    return [own, f"{device} {own}", f"{numbered} {own}"]
