"""A telegram as the API of the P1 dongle writes it: version 2, version 1, and raw."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from math import floor
from typing import Final

from .p1_meter import External, Telegram

type Value = str | float | list[Mapping[str, str | float]] | None
type P1Fields = dict[str, Value]

_PEAK: Final = (
    "average_power_15m_w",
    "monthly_power_peak_w",
    "monthly_power_peak_timestamp",
)
_MINIMAL: Final = (
    *("protocol_version", "meter_model", "unique_id", "timestamp"),
    *("energy_import_t1_kwh", "energy_import_t2_kwh"),
    *("energy_export_t1_kwh", "energy_export_t2_kwh"),
    *("power_w", "power_l1_w"),
)
_CRC_POLYNOMIAL: Final = 0xA001
_V1_NAMES: Final = {
    "protocol_version": "smr_version",
    "tariff": "active_tariff",
    "average_power_15m_w": "active_power_average_w",
    "monthly_power_peak_w": "montly_power_peak_w",
    "monthly_power_peak_timestamp": "montly_power_peak_timestamp",
}


class Reply(StrEnum):
    """How much the smart meter says."""

    FULL = "full"
    """A Belgian meter with its peaks."""
    NO_PEAKS = "no_peaks"
    """A Dutch meter, or one whose yearly consent has expired."""
    MINIMAL = "minimal"
    """One phase, registers by tariff without their sum, and no other meter."""


def measurement(telegram: Telegram, reply: Reply) -> P1Fields:
    """Return the body of /api/measurement."""
    if reply is Reply.MINIMAL:
        one_phase = (sum(telegram.phases_w), 0.0, 0.0)
        fields = _full(replace(telegram, phases_w=one_phase))
        return {key: fields[key] for key in _MINIMAL}
    fields = _full(telegram)
    if reply is Reply.NO_PEAKS:
        return {key: each for key, each in fields.items() if key not in _PEAK}
    return fields


def without_month_peak(fields: P1Fields) -> P1Fields:
    """Return the fields with a month's peak that is null, as some firmware has it."""
    return fields | dict.fromkeys(_PEAK[1:])


def data_v1(telegram: Telegram, reply: Reply) -> P1Fields:
    """Return the body of /api/v1/data."""
    fields = measurement(telegram, reply)
    fields.pop("timestamp")
    board: P1Fields = {"wifi_ssid": "house", "wifi_strength": 84}
    return board | {_v1_name(key): _v1_value(key, each) for key, each in fields.items()}


def raw(telegram: Telegram) -> str:
    """Return a telegram of DSMR 5; phases and other meters are left out."""
    season = "S" if telegram.is_summer_time else "W"
    stamp = f"{telegram.time:%y%m%d%H%M%S}{season}"
    power_w = round(sum(telegram.phases_w))
    lines = [
        "/FLU5\\253769484_A",
        "",
        "0-0:96.1.4(50217)",
        f"0-0:96.1.1({_hex(telegram.identity.number)})",
        f"0-0:1.0.0({stamp})",
        *(
            f"1-0:{code}.8.{tariff}({floor(energy_wh) / 1000:010.3f}*kWh)"
            for code, registers in ((1, telegram.import_wh), (2, telegram.export_wh))
            for tariff, energy_wh in registers.items()
        ),
        f"0-0:96.14.0({telegram.tariff:04})",
        f"1-0:1.4.0({round(telegram.average_w) / 1000:06.3f}*kW)",
        f"1-0:1.7.0({max(power_w, 0) / 1000:06.3f}*kW)",
        f"1-0:2.7.0({max(-power_w, 0) / 1000:06.3f}*kW)",
        "!",
    ]
    text = "\r\n".join(lines)
    return f"{text}{crc16(text.encode()):04X}\r\n"


def crc16(data: bytes) -> int:
    """Return the checksum of DSMR, CRC-16/ARC."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (_CRC_POLYNOMIAL if crc & 1 else 0)
    return crc


def _full(telegram: Telegram) -> P1Fields:
    fields: P1Fields = {
        "protocol_version": 50,
        "meter_model": telegram.identity.model,
        "unique_id": _hex(telegram.identity.number),
        "timestamp": _stamp(telegram.time),
        "tariff": telegram.tariff,
        **_registers("import", telegram.import_wh),
        **_registers("export", telegram.export_wh),
        "power_w": round(sum(telegram.phases_w)),
        **_phases(telegram),
        "voltage_swell_l1_count": 0,
        "voltage_swell_l2_count": 0,
        "voltage_swell_l3_count": 0,
        "any_power_fail_count": 4,
        "long_power_fail_count": 5,
        "average_power_15m_w": float(round(telegram.average_w)),
    }
    if telegram.peak is not None:
        fields["monthly_power_peak_w"] = float(round(telegram.peak.average_w))
        fields["monthly_power_peak_timestamp"] = _stamp(telegram.peak.ended_at)
    if telegram.externals:
        fields["external"] = [_external(each) for each in telegram.externals]
    return fields


def _registers(direction: str, registers: Mapping[int, float]) -> P1Fields:
    """Return the registers in whole Wh, and their sum."""
    whole_wh = {tariff: floor(each) for tariff, each in registers.items()}
    return {
        f"energy_{direction}_kwh": sum(whole_wh.values()) / 1000,
        **{
            f"energy_{direction}_t{tariff}_kwh": energy_wh / 1000
            for tariff, energy_wh in whole_wh.items()
        },
    }


def _phases(telegram: Telegram) -> P1Fields:
    """Return the fields of each phase; the current is a sum of absolute values."""
    fields: P1Fields = {}
    total_a = 0.0
    phases = zip(telegram.phases_w, telegram.phases_v, telegram.sags, strict=True)
    for number, (power_w, voltage_v, sags) in enumerate(phases, start=1):
        current_a = round(power_w / voltage_v, 2)
        total_a += abs(current_a)
        fields |= {
            f"power_l{number}_w": round(power_w),
            f"voltage_l{number}_v": round(voltage_v, 1),
            f"current_l{number}_a": current_a,
            f"voltage_sag_l{number}_count": sags,
        }
    return fields | {"current_a": round(total_a, 2)}


def _external(external: External) -> Mapping[str, str | float]:
    return {
        "unique_id": _hex(external.number),
        "type": external.kind,
        "timestamp": _stamp(external.sent_at),
        "value": floor(external.value * 1000) / 1000,
        "unit": external.unit,
    }


def _v1_name(key: str) -> str:
    if key in _V1_NAMES:
        return _V1_NAMES[key]
    if key.startswith("energy_"):
        return key.replace("energy_", "total_power_")
    is_live = key.startswith(("power_", "voltage_l", "current_"))
    return f"active_{key}" if is_live else key


def _v1_value(key: str, value: Value) -> Value:
    """Return a time as a number, all else as it is."""
    if isinstance(value, list):
        return [
            {inner: _v1_scalar(inner, one) for inner, one in each.items()}
            for each in value
        ]
    return value if value is None else _v1_scalar(key, value)


def _v1_scalar(key: str, value: str | float) -> str | float:
    if not isinstance(value, str) or not key.endswith("timestamp"):
        return value
    return int(f"{datetime.fromisoformat(value):%y%m%d%H%M%S}")


def _hex(text: str) -> str:
    return text.encode().hex().upper()


def _stamp(time: datetime) -> str:
    return time.isoformat(timespec="seconds")
