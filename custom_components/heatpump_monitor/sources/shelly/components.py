"""The metering components in a Shelly's status, and their counters.

`em` has three phases, `em1`, `pm1` and `switch` one circuit each. Errors as in
Shelly's documentation of these components.

The counters of `em` and `em1` move once a minute. Those of `pm1` and `switch` move
more often with some firmware, and never less often.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from ...readings import CHANNELS, PHASES, MeterReading, PhaseReading, sum_if_known
from ..json_values import mapping, number, sequence, text
from ..ranges import Range

# A heat pump at rest is no load, and is no error.
_NO_ERRORS: Final = frozenset({"no_load"})
# A relay that has switched itself off goes on measuring.
_OF_RELAY: Final = frozenset(
    {"overcurrent", "overpower", "overtemp", "overvoltage", "undervoltage"}
)
# The values are good, if the CTs sit where they should.
_HARMLESS: Final = _OF_RELAY | {"phase_sequence"}
_OF_COUNTERS: Final = frozenset({"count_disabled", "database_error"})
# Which value is out of range, in all spellings of the documentation.
_POWERS: Final = frozenset({"act_power", "active_power", "apower"})
# What measures one circuit, in the order of preference: the switch of a meter with
# CTs measures nothing.
_SINGLE_PHASE: Final = ("em1", "pm1", "switch")
# Two counters that are rounded apart may differ by as much.
_ROUNDING_WH: Final = 0.01


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
            for index, name in enumerate(CHANNELS)
            if (
                name in self.channels
                if self.channels
                else _measures(status, component, index)
            )
        ]


class _Values(NamedTuple):
    """What one phase, or one single-phase meter, says."""

    power_w: float | None
    voltage_v: float | None
    current_a: float | None
    energy_wh: float | None
    returned_wh: float | None
    errors: tuple[str, ...]
    counts_both_ways: bool = False
    """Whether the energy is the same for a reversed CT."""

    @property
    def is_silent(self) -> bool:
        """Return whether nothing is reported at all: nothing is connected."""
        return not self.errors and all(value is None for value in self[:5])

    def turned(self) -> _Values:
        """Return what the same meter says with its CT the other way round."""
        power_w = None if self.power_w is None else -self.power_w
        if self.counts_both_ways:
            return self._replace(power_w=power_w)
        return self._replace(
            power_w=power_w, energy_wh=self.returned_wh, returned_wh=self.energy_wh
        )


class _Channel(NamedTuple):
    """One phase, or one single-phase meter, without values of no use."""

    phase: PhaseReading
    energy_wh: float | None
    returned_wh: float | None
    errors: tuple[str, ...]
    power_failed: bool
    counter_failed: bool
    """Whether an error makes the counters miss energy."""


def single_phase_component(status: Mapping[str, object]) -> str | None:
    """Return which component measures one circuit each; None if there is none."""
    for component in _SINGLE_PHASE:
        if any(_measures(status, component, index) for index in range(len(CHANNELS))):
            return component
    return None


def measures_energy(status: Mapping[str, object]) -> bool:
    """Return whether a Shelly measures, by its whole status."""
    return "em:0" in status or single_phase_component(status) is not None


def meter_reading(
    status: Mapping[str, object], time: datetime, wiring: Wiring
) -> MeterReading | None:
    """Return what a Shelly's whole status says; None if it measures no energy."""
    is_triphase = "em:0" in status
    if is_triphase:
        channels = list(_triphase(status, wiring))
    elif (component := single_phase_component(status)) is not None:
        channels = [
            _channel(name, _single_phase(status, component, index), wiring)
            for index, name in wiring.counted(status, component)
        ]
    else:
        return None
    # The device's own sums, which are there even where a phase is not.
    has_sums = is_triphase and not wiring.reversed_phases
    counter_failed = any(channel.counter_failed for channel in channels)
    if has_sums and not any(channel.power_failed for channel in channels):
        power_w = number(mapping(status["em:0"]).get("total_act_power"))
    else:
        power_w = sum_if_known(channel.phase.power_w for channel in channels)
    if has_sums and not counter_failed:
        counters = mapping(status.get("emdata:0"))
        energy_wh = _counter(counters, "total_act")
        returned_wh = _counter(counters, "total_act_ret")
    else:
        energy_wh = sum_if_known(channel.energy_wh for channel in channels)
        returned_wh = sum_if_known(channel.returned_wh for channel in channels)
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


def _measures(status: Mapping[str, object], component: str, index: int) -> bool:
    """Return whether a component is there and measures."""
    key = f"{component}:{index}"
    if component != "switch":
        return key in status
    return not {"aenergy", "apower"}.isdisjoint(mapping(status.get(key)))


def _triphase(status: Mapping[str, object], wiring: Wiring) -> Iterator[_Channel]:
    live, counters = mapping(status["em:0"]), mapping(status.get("emdata:0"))
    common = (*_errors(live, "errors", "flags"), *_errors(counters, "errors"))
    for name in PHASES:
        values = _Values(
            power_w=number(live.get(f"{name}_act_power")),
            voltage_v=number(live.get(f"{name}_voltage")),
            current_a=number(live.get(f"{name}_current")),
            energy_wh=_counter(counters, f"{name}_total_act_energy"),
            returned_wh=_counter(counters, f"{name}_total_act_ret_energy"),
            errors=(*common, *_errors(live, f"{name}_errors")),
        )
        if not values.is_silent:
            yield _channel(name, values, wiring)


def _single_phase(status: Mapping[str, object], component: str, index: int) -> _Values:
    live = mapping(status.get(f"{component}:{index}"))
    voltage_v, current_a = number(live.get("voltage")), number(live.get("current"))
    errors = _errors(live, "errors", "flags")
    if component == "em1":
        counters = mapping(status.get(f"em1data:{index}"))
        return _Values(
            power_w=number(live.get("act_power")),
            voltage_v=voltage_v,
            current_a=current_a,
            energy_wh=_counter(counters, "total_act_energy"),
            returned_wh=_counter(counters, "total_act_ret_energy"),
            errors=(*errors, *_errors(counters, "errors")),
        )
    energy_wh = _counter(mapping(live.get("aenergy")), "total")
    returned_wh = _counter(mapping(live.get("ret_aenergy")), "total")
    # Not every device counts the energy returned as well.
    if counts_returned := "ret_aenergy" in live:
        energy_wh = _drawn_wh(energy_wh, returned_wh)
    return _Values(
        power_w=number(live.get("apower")),
        voltage_v=voltage_v,
        current_a=current_a,
        energy_wh=energy_wh,
        returned_wh=returned_wh,
        errors=tuple(errors),
        counts_both_ways=not counts_returned,
    )


def _drawn_wh(moved_wh: float | None, returned_wh: float | None) -> float | None:
    """Return the energy drawn; `moved_wh` adds up both directions."""
    if moved_wh is None or returned_wh is None:
        return None
    drawn_wh = round(moved_wh - returned_wh, 3)
    # Each can be set back to 0 alone: then the difference tells nothing.
    return max(drawn_wh, 0.0) if drawn_wh >= -_ROUNDING_WH else None


def _channel(name: str, values: _Values, wiring: Wiring) -> _Channel:
    if name in wiring.reversed_phases:
        values = values.turned()
    failures, out_of_range = _failures(values.errors)
    power_w = values.power_w
    power_failed = bool(failures - _OF_COUNTERS or out_of_range & _POWERS)
    # A negative power stays: it shows a reversed CT.
    if power_failed or abs(power_w or 0.0) > wiring.power_w.high:
        power_w = None
    return _Channel(
        phase=PhaseReading(
            name=name,
            power_w=power_w,
            voltage_v=None if "voltage" in out_of_range else values.voltage_v,
            current_a=None if "current" in out_of_range else values.current_a,
        ),
        energy_wh=None if failures else values.energy_wh,
        returned_wh=None if failures else values.returned_wh,
        errors=values.errors,
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


def _errors(component: Mapping[str, object], *keys: str) -> list[str]:
    return [
        error
        for key in keys
        for error in map(text, sequence(component.get(key)))
        if error is not None and error not in _NO_ERRORS
    ]
