"""The metering components in a Shelly's status: `em`, `em1` and their counters.

Errors as in Shelly's documentation of EM, EM1, EMData and EM1Data.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from ...readings import PHASES, MeterReading, PhaseReading
from ..json_values import mapping, number, sequence, text
from ..ranges import Range

# A heat pump at rest is no load, and is no error.
_NO_ERRORS: Final = frozenset({"no_load"})
# The values are good, if the CTs sit where they should.
_HARMLESS: Final = frozenset({"phase_sequence"})
_OF_COUNTERS: Final = frozenset({"count_disabled", "database_error"})
# Which value is out of range, in both spellings of the documentation.
_POWERS: Final = frozenset({"act_power", "active_power"})


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the meter's phases are connected to."""

    reversed_phases: frozenset[str]
    channels: frozenset[str]
    """The single-phase meters that are counted; empty for all that exist."""
    power_w: Range
    """What a power may be; outside of it, it is not known."""

    def counted(
        self, status: Mapping[str, object], component: str
    ) -> list[tuple[int, str]]:
        """Return number and name of each single-phase meter that is counted."""
        return [
            (index, name)
            for index, name in enumerate(PHASES)
            if (
                name in self.channels
                if self.channels
                else f"{component}:{index}" in status
            )
        ]


class _Channel(NamedTuple):
    """One phase, or one single-phase meter, without values of no use."""

    phase: PhaseReading
    energy_wh: float | None
    returned_wh: float | None
    errors: tuple[str, ...]
    is_silent: bool
    """Whether it reports nothing at all: nothing is connected."""
    power_failed: bool
    counter_failed: bool
    """Whether an error makes the counters miss energy."""


def meter_reading(
    status: Mapping[str, object], time: datetime, wiring: Wiring
) -> MeterReading | None:
    """Return what a Shelly's whole status says; None if it measures no energy."""
    is_triphase = "em:0" in status
    if is_triphase:
        channels = [each for each in _triphase(status, wiring) if not each.is_silent]
    elif any(f"em1:{index}" in status for index in range(len(PHASES))):
        channels = list(_monophase(status, wiring))
    else:
        return None
    # The device's own sums, which are there even where a phase is not.
    has_sums = is_triphase and not wiring.reversed_phases
    counter_failed = any(channel.counter_failed for channel in channels)
    if has_sums and not any(channel.power_failed for channel in channels):
        power_w = number(mapping(status["em:0"]).get("total_act_power"))
    else:
        power_w = _total(channel.phase.power_w for channel in channels)
    if has_sums and not counter_failed:
        counters = mapping(status.get("emdata:0"))
        energy_wh = _counter(counters, "total_act")
        returned_wh = _counter(counters, "total_act_ret")
    else:
        energy_wh = _total(channel.energy_wh for channel in channels)
        returned_wh = _total(channel.returned_wh for channel in channels)
    errors = dict.fromkeys(error for each in channels for error in each.errors)
    return MeterReading(
        time=time,
        power_w=wiring.power_w.keep(power_w),
        energy_wh=energy_wh,
        returned_wh=returned_wh,
        phases=tuple(channel.phase for channel in channels),
        reversed_phases=tuple(sorted(wiring.reversed_phases)),
        channels=() if is_triphase else tuple(each.phase.name for each in channels),
        errors=tuple(errors),
        counter_failed=counter_failed,
    )


def _triphase(status: Mapping[str, object], wiring: Wiring) -> Iterator[_Channel]:
    live, counters = mapping(status["em:0"]), mapping(status.get("emdata:0"))
    common = (*_errors(live, "errors", "flags"), *_errors(counters, "errors"))
    for name in PHASES:
        errors = (*common, *_errors(live, f"{name}_errors"))
        yield _channel(name, live, counters, errors, wiring, prefix=f"{name}_")


def _monophase(status: Mapping[str, object], wiring: Wiring) -> Iterator[_Channel]:
    for index, name in wiring.counted(status, "em1"):
        live = mapping(status.get(f"em1:{index}"))
        counters = mapping(status.get(f"em1data:{index}"))
        errors = (*_errors(live, "errors", "flags"), *_errors(counters, "errors"))
        yield _channel(name, live, counters, errors, wiring)


def _channel(
    name: str,
    live: Mapping[str, object],
    counters: Mapping[str, object],
    errors: tuple[str, ...],
    wiring: Wiring,
    prefix: str = "",
) -> _Channel:
    power_w = number(live.get(f"{prefix}act_power"))
    voltage_v = number(live.get(f"{prefix}voltage"))
    current_a = number(live.get(f"{prefix}current"))
    energy_wh = _counter(counters, f"{prefix}total_act_energy")
    returned_wh = _counter(counters, f"{prefix}total_act_ret_energy")
    values = (power_w, voltage_v, current_a, energy_wh, returned_wh)
    if name in wiring.reversed_phases:
        power_w = None if power_w is None else -power_w
        energy_wh, returned_wh = returned_wh, energy_wh
    failures, out_of_range = _failures(errors)
    power_failed = bool(failures - _OF_COUNTERS or out_of_range & _POWERS)
    # A negative power stays: it shows a reversed CT.
    if power_failed or abs(power_w or 0.0) > wiring.power_w.high:
        power_w = None
    return _Channel(
        phase=PhaseReading(
            name=name,
            power_w=power_w,
            voltage_v=None if "voltage" in out_of_range else voltage_v,
            current_a=None if "current" in out_of_range else current_a,
        ),
        energy_wh=None if failures else energy_wh,
        returned_wh=None if failures else returned_wh,
        errors=errors,
        is_silent=not errors and all(value is None for value in values),
        power_failed=power_failed,
        counter_failed=bool(failures),
    )


def _failures(errors: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the errors that make values unknown, and which are out of range."""
    failures: set[str] = set()
    out_of_range: set[str] = set()
    for error in errors:
        kind, _, value = error.partition(":")
        if kind == "out_of_range":
            out_of_range.add(value)
        elif error not in _HARMLESS:
            failures.add(error)
    return failures, out_of_range


def _counter(counters: Mapping[str, object], key: str) -> float | None:
    value = number(counters.get(key))
    return value if value is not None and value >= 0 else None


def _total(values: Iterable[float | None]) -> float | None:
    """Return the sum; None if one of the values is not known, or there is none."""
    given = list(values)
    known = [value for value in given if value is not None]
    return sum(known) if known and len(known) == len(given) else None


def _errors(component: Mapping[str, object], *keys: str) -> list[str]:
    return [
        error
        for key in keys
        for error in map(text, sequence(component.get(key)))
        if error is not None and error not in _NO_ERRORS
    ]
