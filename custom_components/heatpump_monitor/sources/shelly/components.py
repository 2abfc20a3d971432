"""The metering components in a Shelly's status: `em`, `em1` and their counters.

Errors as in Shelly's documentation of EM, EM1, EMData and EM1Data.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ...readings import PHASES, PhaseReading
from ..json_values import mapping, number, sequence, text

OUT_OF_RANGE: Final = "out_of_range"
# A heat pump at rest is no load, and is no error.
_NO_ERRORS: Final = frozenset({"no_load"})
# The values are good, if the CTs sit where they should.
_HARMLESS: Final = frozenset({"phase_sequence"})
_OF_COUNTERS: Final = frozenset({"count_disabled", "database_error"})
# Which value is out of range, in both spellings of the documentation.
_POWERS: Final = frozenset({"act_power", "active_power"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """One phase, or one single-phase meter."""

    phase: PhaseReading
    energy_wh: float | None
    returned_wh: float | None
    errors: tuple[str, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Return whether it reports nothing at all: nothing is connected."""
        return self == Channel(
            phase=PhaseReading(name=self.phase.name), energy_wh=None, returned_wh=None
        )

    @property
    def counter_failed(self) -> bool:
        """Return whether an error makes the counters miss energy."""
        return any(map(_is_failure, self.errors))

    @property
    def power_failed(self) -> bool:
        """Return whether an error makes the power unknown."""
        return any(
            _is_failure(error) and error not in _OF_COUNTERS for error in self.errors
        ) or bool(self._out_of_range & _POWERS)

    def without_failed_values(self) -> Channel:
        """Return the channel with None for each value that an error concerns."""
        phase, out_of_range = self.phase, self._out_of_range
        if self.power_failed:
            phase = replace(phase, power_w=None)
        if "voltage" in out_of_range:
            phase = replace(phase, voltage_v=None)
        if "current" in out_of_range:
            phase = replace(phase, current_a=None)
        if self.counter_failed:
            return replace(self, phase=phase, energy_wh=None, returned_wh=None)
        return replace(self, phase=phase)

    def turned(self) -> Channel:
        """Return the channel with its CT the right way round."""
        power_w = self.phase.power_w
        return replace(
            self,
            phase=replace(self.phase, power_w=None if power_w is None else -power_w),
            energy_wh=self.returned_wh,
            returned_wh=self.energy_wh,
        )

    @property
    def _out_of_range(self) -> frozenset[str]:
        return frozenset(
            value
            for kind, _, value in (error.partition(":") for error in self.errors)
            if kind == OUT_OF_RANGE
        )


def triphase_channels(status: Mapping[str, object]) -> list[Channel]:
    """Return the phases of a three-phase meter, without those not connected."""
    live, counters = mapping(status["em:0"]), mapping(status.get("emdata:0"))
    common = (*_errors(live, "errors", "flags"), *_errors(counters, "errors"))
    channels = (
        Channel(
            phase=_phase(name, live, prefix=f"{name}_"),
            energy_wh=counter(counters, f"{name}_total_act_energy"),
            returned_wh=counter(counters, f"{name}_total_act_ret_energy"),
            errors=(*common, *_errors(live, f"{name}_errors")),
        )
        for name in PHASES
    )
    return [channel for channel in channels if not channel.is_silent]


def monophase_channels(
    status: Mapping[str, object], chosen: Collection[str]
) -> list[Channel]:
    """Return the single-phase meters of a Shelly.

    Args:
        status: The device's whole status.
        chosen: The wanted ones, whether they exist or not; if empty, all that do.
    """
    channels: list[Channel] = []
    for index, name in enumerate(PHASES):
        if not (name in chosen if chosen else f"em1:{index}" in status):
            continue
        live = mapping(status.get(f"em1:{index}"))
        counters = mapping(status.get(f"em1data:{index}"))
        channels.append(
            Channel(
                phase=_phase(name, live),
                energy_wh=counter(counters, "total_act_energy"),
                returned_wh=counter(counters, "total_act_ret_energy"),
                errors=(
                    *_errors(live, "errors", "flags"),
                    *_errors(counters, "errors"),
                ),
            )
        )
    return channels


def counter(counters: Mapping[str, object], key: str) -> float | None:
    """Return a cumulative counter, in Wh."""
    value = number(counters.get(key))
    return value if value is not None and value >= 0 else None


def total(values: Iterable[float | None]) -> float | None:
    """Return the sum; None if one of the values is not known, or there is none."""
    known = list(values)
    if not known or None in known:
        return None
    return sum(value for value in known if value is not None)


def _is_failure(error: str) -> bool:
    return error not in _HARMLESS and error.partition(":")[0] != OUT_OF_RANGE


def _errors(component: Mapping[str, object], *keys: str) -> list[str]:
    found = (text(error) for key in keys for error in sequence(component.get(key)))
    return [error for error in found if error is not None and error not in _NO_ERRORS]


def _phase(name: str, live: Mapping[str, object], prefix: str = "") -> PhaseReading:
    return PhaseReading(
        name=name,
        power_w=number(live.get(f"{prefix}act_power")),
        voltage_v=number(live.get(f"{prefix}voltage")),
        current_a=number(live.get(f"{prefix}current")),
    )
