"""Add up the compressors and burners of one heat pump."""

from collections.abc import Sequence
from dataclasses import dataclass
import math
from typing import Final, Self

from ..ranges import Range, Ranges
from .answer import (
    COUNT,
    HOURS,
    PERCENT,
    REVOLUTIONS_PER_SECOND,
    WATT,
    WATT_HOURS,
    Answer,
    Known,
    newest,
    oldest,
)

_NOT_NEGATIVE: Final = Range(0.0, math.inf)
_POSITIVE: Final = Range(math.ulp(0.0), math.inf)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Compressor:
    active: Known[bool] | None
    phase: Known[str] | None
    modulation_pct: Known[float] | None
    rated_heat_w: Known[float] | None
    reported_heat_w: Known[float] | None
    speed_rps: Known[float] | None
    run_hours: Known[float] | None
    starts: Known[float] | None
    heating_week_wh: Known[float] | None
    hot_water_week_wh: Known[float] | None

    @classmethod
    def read(cls, answer: Answer, number: str, ranges: Ranges) -> Self:
        """Return a compressor of an answer."""
        name = f"heating.compressors.{number}"
        return cls(
            active=answer.flag(name, "active"),
            phase=answer.word(name, "phase"),
            modulation_pct=answer.number(
                f"{name}.sensors.power", PERCENT, within=ranges.modulation_pct
            ),
            rated_heat_w=answer.number(f"{name}.power", WATT, within=_POSITIVE),
            reported_heat_w=answer.number(
                f"{name}.heat.production.current", WATT, within=ranges.power_w
            ),
            speed_rps=answer.number(
                f"{name}.speed.current", REVOLUTIONS_PER_SECOND, within=_NOT_NEGATIVE
            ),
            run_hours=answer.number(
                f"{name}.statistics", HOURS, key="hours", within=_NOT_NEGATIVE
            ),
            starts=answer.number(
                f"{name}.statistics", COUNT, key="starts", within=_NOT_NEGATIVE
            ),
            heating_week_wh=answer.number(
                f"{name}.heat.production.heating.week", WATT_HOURS, within=_NOT_NEGATIVE
            ),
            hot_water_week_wh=answer.number(
                f"{name}.heat.production.dhw.week", WATT_HOURS, within=_NOT_NEGATIVE
            ),
        )

    @property
    def running(self) -> bool:
        """Return whether the compressor is known to run."""
        return self.active is not None and self.active.value


@dataclass(frozen=True, slots=True)
class Compressors:
    """All compressors of a heat pump as if they were one."""

    _each: tuple[_Compressor, ...]

    @classmethod
    def read(cls, answer: Answer, ranges: Ranges) -> Self:
        """Return the compressors of an answer."""
        return cls(
            tuple(
                _Compressor.read(answer, number, ranges)
                for number in answer.numbers("heating.compressors")
            )
        )

    @property
    def count(self) -> int | None:
        """Return how many there are; None if not known."""
        return len(self._each) or None

    @property
    def on(self) -> Known[bool] | None:
        """Return whether any runs, since the first started or the last stopped."""
        return _any([each.active for each in self._each])

    @property
    def phase(self) -> Known[str] | None:
        """Return the phase of the first compressor that runs, else of the first."""
        return self._leading.phase if self._leading else None

    @property
    def speed_rps(self) -> Known[float] | None:
        """Return the speed of the first compressor that runs, else of the first."""
        return self._leading.speed_rps if self._leading else None

    @property
    def modulation_pct(self) -> Known[float] | None:
        """Return the share of the rated power of all compressors that is used.

        One compressor: its own modulation. Several: each running one's modulation,
        weighted by its rated power, over the sum of the rated powers, so that the
        result times `rated_heat_w` is the heat of all of them. A resting compressor
        counts 0, whatever its modulation says. None if the state or the rated power
        of one of several, or the modulation of a running one, is not known.
        """
        if len(self._each) == 1:
            return self._each[0].modulation_pct
        rated = self.rated_heat_w
        states = _all([each.active for each in self._each])
        running = [each for each in self._each if each.running]
        used = _all([each.modulation_pct for each in running])
        if rated is None or states is None or used is None:
            return None
        weighted_w = sum(
            share.value * each.rated_heat_w.value
            for share, each in zip(used, running, strict=True)
            if each.rated_heat_w is not None
        )
        return Known(weighted_w / rated.value, newest([*states, *used]))

    @property
    def rated_heat_w(self) -> Known[float] | None:
        """Return the rated power of all compressors, running or not."""
        return _sum([each.rated_heat_w for each in self._each])

    @property
    def reported_heat_w(self) -> Known[float] | None:
        """Return the thermal power that the compressors report."""
        return _sum([each.reported_heat_w for each in self._each])

    @property
    def run_hours(self) -> Known[float] | None:
        """Return the run hours of all compressors."""
        return _sum([each.run_hours for each in self._each])

    @property
    def starts(self) -> Known[float] | None:
        """Return the starts of all compressors."""
        return _sum([each.starts for each in self._each])

    @property
    def heating_week_wh(self) -> Known[float] | None:
        """Return the heat for heating of this week."""
        return _sum([each.heating_week_wh for each in self._each])

    @property
    def hot_water_week_wh(self) -> Known[float] | None:
        """Return the heat for hot water of this week."""
        return _sum([each.hot_water_week_wh for each in self._each])

    @property
    def _leading(self) -> _Compressor | None:
        running = (each for each in self._each if each.running)
        return next(running, self._each[0] if self._each else None)


def inverter_power_w(answer: Answer, ranges: Ranges) -> Known[float] | None:
    """Return the electric power behind all inverters."""
    return _sum(
        [
            answer.number(
                f"heating.inverters.{number}.sensors.power.output",
                WATT,
                within=ranges.power_w,
            )
            for number in answer.numbers("heating.inverters")
        ]
    )


def burner_on(answer: Answer, ranges: Ranges) -> Known[bool] | None:
    """Return whether a burner fires, since the first started or the last stopped.

    None where there is no burner: legacy controllers of heat pumps list burner 0
    as well, disabled.
    """
    return _any(
        [
            _burner_on(answer, f"heating.burners.{number}", ranges)
            for number in answer.numbers("heating.burners")
        ]
    )


def _burner_on(answer: Answer, burner: str, ranges: Ranges) -> Known[bool] | None:
    """Return whether a burner fires: by its flag, or by a modulation above 0."""
    active = answer.flag(burner, "active")
    modulation = answer.number(
        f"{burner}.modulation", PERCENT, within=ranges.modulation_pct
    )
    if modulation is None or (active is not None and active.value):
        return active
    if modulation.value > 0:
        return Known(True, modulation.stamp)
    return active or Known(False, modulation.stamp)


def _all[T](values: Sequence[Known[T] | None]) -> list[Known[T]] | None:
    """Return the values, or None if one of them is not known."""
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) else None


def _sum(values: Sequence[Known[float] | None]) -> Known[float] | None:
    """Return the sum of the values, or None if one of them is not known."""
    if not (known := _all(values)):
        return None
    return Known(round(sum(each.value for each in known), 6), newest(known))


def _any(states: Sequence[Known[bool] | None]) -> Known[bool] | None:
    true = [state for state in states if state is not None and state.value]
    if true:
        return Known(True, oldest(true))
    false = _all(states)
    return Known(False, newest(false)) if false else None
