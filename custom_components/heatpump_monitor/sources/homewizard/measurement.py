"""What a HomeWizard meter measures, by the fields of its local API v1.

A field that is not known is left out of the answer. The counters are sums over the
phases, and move by 1 Wh as soon as it has flowed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from ...readings import PHASES, MeterReading, PhaseReading
from ..json_values import number
from ..ranges import Range

# A meter for one phase leaves the phase out of most names.
_NAMES_OF_ONE: Final = (("a", ""),)
_NAMES_OF_THREE: Final = tuple(
    (name, f"_l{index}") for index, name in enumerate(PHASES, start=1)
)


def meter_reading(
    data: Mapping[str, object],
    time: datetime,
    reversed_phases: Collection[str],
    power_range: Range,
) -> MeterReading | None:
    """Return what an answer says; None if the device measures no electricity."""
    has_three = any("_l2_" in key or "_l3_" in key for key in data)
    phases = [
        _phase(data, name, suffix, power_range, is_reversed=name in reversed_phases)
        for name, suffix in (_NAMES_OF_THREE if has_three else _NAMES_OF_ONE)
    ]
    known = [phase for phase in phases if phase != PhaseReading(name=phase.name)]
    import_wh, export_wh = _counter_wh(data, "import"), _counter_wh(data, "export")
    if not known and import_wh is None and export_wh is None:
        return None
    power_w = _power_w(data, phases, reversed_phases)
    if known and all(phase.voltage_v == 0.0 for phase in known):
        # It has power, so it has not measured since its restart.
        known, power_w = [PhaseReading(name=phase.name) for phase in known], None
    energy_wh, returned_wh = import_wh, export_wh
    if not (import_wh or export_wh) or _is_mixed(phases, reversed_phases):
        # After a restart the meter answers 0 until it has read its counters. A new
        # meter does so as well, and loses nothing: its first 1 Wh is the base. And
        # where only some phases are reversed, what they draw is in both counters.
        energy_wh = returned_wh = None
    elif phases[0].name in reversed_phases:
        energy_wh, returned_wh = export_wh, import_wh
    return MeterReading(
        time=time,
        power_w=power_range.keep(power_w),
        energy_wh=energy_wh,
        holds_back=False,
        returned_wh=returned_wh,
        phases=tuple(known),
        reversed_phases=tuple(sorted(reversed_phases)),
    )


def _phase(
    data: Mapping[str, object],
    name: str,
    suffix: str,
    power_range: Range,
    *,
    is_reversed: bool,
) -> PhaseReading:
    power_w = number(data.get(f"active_power{suffix}_w"))
    current_a = number(data.get(f"active_current{suffix}_a"))
    if power_w is not None and is_reversed:
        power_w = -power_w
    # A negative power stays: it shows a reversed phase.
    if abs(power_w or 0.0) > power_range.high:
        power_w = None
    return PhaseReading(
        name=name,
        power_w=power_w,
        voltage_v=number(data.get(f"active_voltage{suffix}_v")),
        # Some meters put the direction into the current as well.
        current_a=None if current_a is None else abs(current_a),
    )


def _is_mixed(phases: Sequence[PhaseReading], reversed_phases: Collection[str]) -> bool:
    """Return whether some phases are reversed and others are not."""
    return len({phase.name in reversed_phases for phase in phases}) > 1


def _power_w(
    data: Mapping[str, object],
    phases: Sequence[PhaseReading],
    reversed_phases: Collection[str],
) -> float | None:
    if _is_mixed(phases, reversed_phases):
        powers_w = [each.power_w for each in phases if each.power_w is not None]
        return sum(powers_w) if len(powers_w) == len(phases) else None
    power_w = number(data.get("active_power_w"))
    if power_w is not None and phases[0].name in reversed_phases:
        return -power_w
    return power_w


def _counter_wh(data: Mapping[str, object], direction: str) -> float | None:
    total_kwh = number(data.get(f"total_power_{direction}_kwh"))
    if total_kwh is None:
        # The only name in older firmware, and the same value.
        total_kwh = number(data.get(f"total_power_{direction}_t1_kwh"))
    if total_kwh is None or total_kwh < 0:
        return None
    return round(total_kwh * 1000, 3)
