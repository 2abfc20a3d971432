"""Users, devices and channels as documents of Firestore."""

from datetime import UTC, datetime
from typing import Final

from .accounts import Account, Device, Probe
from .faults import ThermoWorksFaults

type Json = dict[str, object]

PROJECT: Final = "thermoworks-cloud-simulator"
DOCUMENTS: Final = f"projects/{PROJECT}/databases/(default)/documents"
_MADE: Final = "2023-09-23T16:36:09.435Z"
_ODD_C: Final = 3276.7


def text(value: str) -> Json:
    """Return a text."""
    return {"stringValue": value}


def number(value: float) -> Json:
    """Return a number: a whole one as a text, as Firestore does."""
    if value == int(value):
        return {"integerValue": str(int(value))}
    return {"doubleValue": value}


def stamp(epoch_s: float) -> str:
    """Return a time with milliseconds."""
    moment = datetime.fromtimestamp(epoch_s, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def time(epoch_s: float) -> Json:
    """Return a time."""
    return {"timestampValue": stamp(epoch_s)}


def document(path: str, fields: Json, updated_s: float) -> Json:
    """Return a document."""
    return {
        "name": f"{DOCUMENTS}/{path}",
        "fields": fields,
        "createTime": _MADE,
        "updateTime": stamp(updated_s),
    }


def of_user(account: Account, now_s: float, faults: ThermoWorksFaults) -> Json:
    """Return the document of a user."""
    fields: Json = {
        "accountId": text(account.account_id),
        "displayName": text(account.name),
        "email": text(account.email),
        "lastLogin": time(now_s),
        "lastSeenInApp": {"nullValue": None},
        "preferredUnits": text("F"),
        "provider": text("firebase"),
        "timeZone": text("Europe/Berlin"),
        "uid": text(account.user_id),
        "use24Time": {"booleanValue": True},
    }
    if faults.no_account:
        fields = {"nickname": text("none")}
    return document(f"users/{account.user_id}", fields, now_s)


def of_device(account: Account, device: Device, sent_s: float, transmit_s: int) -> Json:
    """Return the document of a device that last sent at a moment."""
    fields: Json = {
        "accountId": text(account.account_id),
        "battery": number(device.battery_pct),
        "batteryState": text("discharging"),
        "device": text(device.model),
        "deviceDisplayUnits": text(device.probes[0].units),
        "deviceId": text(device.serial),
        "exportVersion": {"doubleValue": 0.5},
        "firmware": text("1.0.26-26"),
        "label": text(device.label),
        "lastSeen": time(sent_s),
        "lastTelemetrySaved": time(sent_s),
        "lastWifiConnection": time(sent_s),
        "pendingLoad": {"booleanValue": False},
        "serial": text(device.serial),
        "status": text("NORMAL"),
        "transmitIntervalInSeconds": number(transmit_s),
        "type": text("datalogger"),
        "wifi_stength": number(device.signal_dbm),
    }
    return document(f"devices/{device.serial}", fields, sent_s)


def of_channel(
    device: Device,
    index: int,
    sent_s: float,
    value: float | None,
    faults: ThermoWorksFaults,
) -> Json:
    """Return the document of a channel whose value was last sent at a moment."""
    probe = device.probes[index]
    key = f"{device.serial}_{index + 1}"
    units = faults.units if faults.units and probe.units != "H" else probe.units
    if key in faults.odd_values:
        value = _ODD_C
    if key in faults.no_value:
        value = None
    fields: Json = {
        "enabled": {"booleanValue": True},
        "label": text(probe.label),
        "number": text(str(index + 1)),
        "status": text("NORMAL"),
        "type": text(probe.kind),
        "units": text(units),
        "value": {"nullValue": None} if value is None else _shown(value, units),
        "alarmHigh": _alarm(160, units),
        "alarmLow": _alarm(-10, units),
        "lastSeen": time(sent_s),
        "lastTelemetrySaved": time(sent_s),
    }
    path = f"devices/{device.serial}/channels/{index + 1}"
    return document(path, fields, sent_s)


def _shown(value: float, units: str) -> Json:
    """Return a value in its unit, to a tenth."""
    return number(round(value * 1.8 + 32 if units == "F" else value, 1))


def _alarm(limit: int, units: str) -> Json:
    fields = {
        "enabled": {"booleanValue": False},
        "alarming": {"booleanValue": False},
        "value": number(limit),
        "units": text(units),
    }
    return {"mapValue": {"fields": fields}}


def value_of(probe: Probe, epoch_s: float) -> float | None:
    """Return what a probe measures, in °C or %; None where none is plugged in."""
    return None if probe.thing is None else probe.thing.value(epoch_s)
