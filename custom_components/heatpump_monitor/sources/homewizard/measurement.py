"""What a HomeWizard meter measures, by the fields of its local API v1.

A field that is not known is left out of the answer. The counters are sums over
the phases, in steps of 1 Wh. Nothing says that they hold back energy, and nothing
that they do not, so the engine finds out: that costs no accuracy where they do not.
"""

from collections.abc import Mapping
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
    data: Mapping[str, object], time: datetime, power_range: Range, *, is_reversed: bool
) -> MeterReading | None:
    """Return what an answer says; None if the device measures no electricity."""
    has_three = any("_l2_" in key or "_l3_" in key for key in data)
    phases = [
        _phase(data, name, suffix, power_range, is_reversed=is_reversed)
        for name, suffix in (_NAMES_OF_THREE if has_three else _NAMES_OF_ONE)
    ]
    phases = [phase for phase in phases if phase != PhaseReading(name=phase.name)]
    energy_wh, returned_wh = _counter_wh(data, "import"), _counter_wh(data, "export")
    if not phases and energy_wh is None and returned_wh is None:
        return None
    power_w = number(data.get("active_power_w"))
    if is_reversed:
        power_w = _turned(power_w)
        energy_wh, returned_wh = returned_wh, energy_wh
    if phases and all(phase.voltage_v == 0.0 for phase in phases):
        # It has power, so it has not measured since its restart.
        phases, power_w = [PhaseReading(name=phase.name) for phase in phases], None
    if not (energy_wh or returned_wh):
        # After a restart the meter answers 0 until it has read its counters. A new
        # meter does so as well, and loses nothing: its first 1 Wh is the base.
        energy_wh = returned_wh = None
    return MeterReading(
        time=time,
        power_w=power_range.keep(power_w),
        energy_wh=energy_wh,
        returned_wh=returned_wh,
        phases=tuple(phases),
        reversed_phases=tuple(PHASES) if is_reversed else (),
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
    if is_reversed:
        power_w = _turned(power_w)
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


def _turned(power_w: float | None) -> float | None:
    return None if power_w is None else -power_w


def _counter_wh(data: Mapping[str, object], direction: str) -> float | None:
    total_kwh = number(data.get(f"total_power_{direction}_kwh"))
    if total_kwh is None:
        # The only name in older firmware, and the same value.
        total_kwh = number(data.get(f"total_power_{direction}_t1_kwh"))
    if total_kwh is None or total_kwh < 0:
        return None
    return round(total_kwh * 1000, 3)
