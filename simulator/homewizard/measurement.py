"""The fields of a measurement, as the documentation of API v1 has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt
from typing import Final

from ..state import PlantState
from .counters import Counted

type Fields = dict[str, str | float]

WATER: Final[Fields] = {
    "total_liter_m3": 123.456,
    "active_liter_lpm": 7.2,
    "total_liter_offset_m3": 0,
}

_POWER_FACTOR: Final = 0.95
_REACTIVE_FACTOR: Final = sqrt(1 - _POWER_FACTOR**2)
_FREQUENCY_HZ: Final = 49.926
_NOT_OF_SOCKET: Final = ("active_apparent_current_a", "active_reactive_current_a")


@dataclass(frozen=True, slots=True)
class Load:
    """What one phase carries."""

    power_w: float
    voltage_v: float

    @property
    def apparent_va(self) -> float:
        """Return the apparent power."""
        return abs(self.power_w) / _POWER_FACTOR

    def fields(self, phase: str) -> Fields:
        """Return the fields of a phase, `_l1` to `_l3`, or of a sum, empty."""
        apparent_a = self.apparent_va / self.voltage_v
        return {
            f"active_current{phase}_a": round(self.power_w / self.voltage_v, 3),
            f"active_apparent_current{phase}_a": round(apparent_a, 3),
            f"active_reactive_current{phase}_a": round(
                apparent_a * _REACTIVE_FACTOR, 3
            ),
            f"active_apparent_power{phase}_va": round(self.apparent_va, 3),
            f"active_reactive_power{phase}_var": round(
                self.apparent_va * _REACTIVE_FACTOR, 3
            ),
        }


def loads(state: PlantState, sign: int) -> list[Load]:
    """Return the load of each phase; negative where the meter is reversed."""
    return [
        Load(sign * power_w, voltage_v)
        for power_w, voltage_v in zip(state.phases_w, state.phases_v, strict=True)
    ]


def counters(counted: Counted) -> Fields:
    """Return the counters of both directions: whole Wh over all phases."""
    imported_kwh, exported_kwh = (floor(each) / 1000 for each in counted)
    return {
        "total_power_import_kwh": imported_kwh,
        "total_power_import_t1_kwh": imported_kwh,
        "total_power_export_kwh": exported_kwh,
        "total_power_export_t1_kwh": exported_kwh,
    }


def one_phase(loads: Sequence[Load]) -> Fields:
    """Return the fields of a meter that all loads go through."""
    load = Load(sum(each.power_w for each in loads), loads[0].voltage_v)
    return {
        "active_power_w": round(load.power_w, 3),
        "active_power_l1_w": round(load.power_w, 3),
        "active_voltage_v": round(load.voltage_v, 3),
        **load.fields(""),
        "active_power_factor": _POWER_FACTOR,
        "active_frequency_hz": _FREQUENCY_HZ,
    }


def three_phases(loads: Sequence[Load]) -> Fields:
    """Return the fields of a meter for three phases: each phase, and sums."""
    phases: list[Fields] = []
    for index, load in enumerate(loads, start=1):
        phase = f"_l{index}"
        own: Fields = {
            f"active_power{phase}_w": round(load.power_w, 3),
            f"active_voltage{phase}_v": round(load.voltage_v, 3),
            f"active_power_factor{phase}": _POWER_FACTOR,
        }
        phases.append(own | load.fields(phase))
    sums = [load.fields("") for load in loads]
    return {
        "active_power_w": round(sum(load.power_w for load in loads), 3),
        **{key: round(sum(float(each[key]) for each in sums), 3) for key in sums[0]},
        **{key: value for fields in phases for key, value in fields.items()},
        "active_frequency_hz": _FREQUENCY_HZ,
    }


def of_socket(fields: Fields) -> Fields:
    """Return the fields that the Energy Socket has of those of a meter."""
    return {key: each for key, each in fields.items() if key not in _NOT_OF_SOCKET}
