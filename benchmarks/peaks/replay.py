"""Run the engine of a house meter through a year, and compare with the truth."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import numpy as np

from custom_components.heatpump_monitor.history.codec import Json, dump, load
from custom_components.heatpump_monitor.house_meter.engine import (
    HouseMeterEngine,
    HouseState,
    OpenState,
)
from custom_components.heatpump_monitor.house_meter.model import (
    QUARTER,
    Basis,
    CapacityTariff,
    Quarter,
)
from custom_components.heatpump_monitor.readings import GridReading

from .house import ZONE, House, days
from .meter import Meter, Shown, Shows, Truth
from .trouble import Silence, arriving, silences

FIRST_DAY: Final = date(2026, 1, 1)
_HEAT_PUMP: Final = "heat pump"
_HALF_S: Final = 450.0
_LATE_S: Final = 180.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A year of a house, as a kind of meter shows it."""

    name: str
    house: House
    shows: Shows
    limit_w: float | None = None
    is_troubled: bool = False


@dataclass(kw_only=True, slots=True)
class Warned:
    """What was said of a quarter-hour while it went on."""

    limit_w: float
    raised_s: float | None = None
    """How long before its end; None if never."""
    headroom_w: float = 0.0
    """What could still be drawn then."""


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What became of a year."""

    case: Case
    truth: Truth
    quarters: dict[datetime, Quarter] = field(default_factory=dict)
    forecasts_w: dict[datetime, float] = field(default_factory=dict)
    """At half of the quarter-hour."""
    warned: dict[datetime, Warned] = field(default_factory=dict)
    months_w: dict[date, float] = field(default_factory=dict)
    shares_off: list[float] = field(default_factory=list)
    """Of the heat pump in a month's peak, in percent."""
    silences: list[Silence] = field(default_factory=list)

    def errors_w(self, basis: Basis) -> list[float]:
        """Return the errors of the quarter-hours that are known in a way."""
        return [
            abs(quarter.average_w - self.truth.quarters_w[start])
            for start, quarter in self.quarters.items()
            if quarter.basis is basis and quarter.average_w is not None
        ]

    def month_errors_w(self) -> list[float]:
        """Return the errors of the months' peaks; a month without one is all error."""
        return [
            abs(self.months_w.get(month, 0.0) - peak_w)
            for month, peak_w in self.truth.months_w.items()
        ]

    def forecast_errors_w(self) -> list[float]:
        """Return the errors of the forecasts at half of the quarter-hour."""
        return [
            abs(forecast_w - self.truth.quarters_w[start])
            for start, forecast_w in self.forecasts_w.items()
        ]

    def not_complete(self) -> int:
        """Count the quarter-hours that are not known as a whole."""
        known = [one for one in self.quarters.values() if one.average_w is not None]
        return len(self.truth.quarters_w) - len(known)

    def not_complete_without_reason(self) -> int:
        """Count those of them in which no silence falls, but for the outermost."""
        # Of the first one the start was not seen, of the last one the end.
        excused = {min(self.truth.quarters_w), max(self.truth.quarters_w)}
        for silence in self.silences:
            start = (
                silence.start
                - (silence.start - datetime.min.replace(tzinfo=silence.start.tzinfo))
                % QUARTER
            )
            while start < silence.end:
                excused.add(start)
                start += QUARTER
        known = {
            start for start, one in self.quarters.items() if one.average_w is not None
        }
        return len(self.truth.quarters_w.keys() - known - excused)

    def exceeded(self) -> list[Warned]:
        """Return what was said of quarter-hours that exceeded the limit."""
        return [
            warned
            for start, warned in self.warned.items()
            if self.truth.quarters_w[start] > warned.limit_w
        ]

    def false_warnings(self) -> int:
        """Count the warnings of quarter-hours that stayed below the limit."""
        return sum(
            warned.raised_s is not None
            and self.truth.quarters_w[start] <= warned.limit_w
            for start, warned in self.warned.items()
        )


def live(case: Case, count: int) -> Outcome:
    """Return what became of so many days."""
    meter = Meter(case.shows)
    outcome = Outcome(case=case, truth=meter.truth)
    if case.is_troubled:
        outcome.silences = silences(case.house.seed, FIRST_DAY, count)
    life = _Life(outcome)
    for day in days(case.house, FIRST_DAY, count):
        for shown in meter.read(day):
            life.show(shown)
    peaks = life.engine.peaks
    for month, peak in peaks.items():
        outcome.months_w[month] = peak.peak_w
        if peak.at in meter.truth.heat_pump_wh and peak.parts_wh:
            true_wh = meter.truth.heat_pump_wh[peak.at]
            off_wh = abs(peak.parts_wh[_HEAT_PUMP] - true_wh)
            outcome.shares_off.append(off_wh * 4 / peak.peak_w * 100)
    return outcome


class _Life:
    """One engine after the other, each from the state of the one before."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._tariff = CapacityTariff(limit_w=outcome.case.limit_w)
        self._silences = deque(outcome.silences)
        self._rng = np.random.default_rng(outcome.case.house.seed)
        self.engine = HouseMeterEngine(self._tariff, ZONE)
        self._saved: Json = {}

    def show(self, shown: Shown) -> None:
        """Let a reading arrive, unless nobody is there."""
        now = shown.reading.measured_at or shown.reading.time
        while self._silences and self._silences[0].end <= now:
            self._restart(self._silences.popleft())
        if self._silences and self._silences[0].start <= now:
            return
        for reading in self._arriving(shown.reading):
            ended = self.engine.add(reading, {_HEAT_PUMP: shown.heat_pump_w})
            for quarter in ended:
                self._outcome.quarters[quarter.start] = quarter
            if ended:
                self._saved = dump(self.engine.state.running)
            self._look()

    def _arriving(self, reading: GridReading) -> Iterator[GridReading]:
        if self._outcome.case.is_troubled:
            return arriving(self._rng, reading)
        return iter([reading])

    def _restart(self, silence: Silence) -> None:
        state = self.engine.state
        saved = self._saved if silence.is_crash else dump(state.running)
        state = HouseState(
            running=load(OpenState, saved) if saved else OpenState(),
            quarters=state.quarters,
            months=state.months,
        )
        self.engine = HouseMeterEngine(self._tariff, ZONE, state)

    def _look(self) -> None:
        state = self.engine.state.running
        if state.quarter is None or state.sample is None:
            return
        start = state.quarter.start
        left_s = (start + QUARTER - state.sample.at).total_seconds()
        warned = self._outcome.warned
        if start not in warned and left_s > 2 * _HALF_S - _LATE_S:
            running = self.engine.snapshot.running
            if running is not None:
                warned[start] = Warned(limit_w=running.limit_w)
        is_new = state.warning.is_raised and start in warned
        is_half = left_s <= _HALF_S and start not in self._outcome.forecasts_w
        if is_half or (is_new and warned[start].raised_s is None):
            running = self.engine.snapshot.running
            if running is None:
                return
            if is_half and running.forecast_w is not None:
                self._outcome.forecasts_w[start] = running.forecast_w
            if is_new and warned[start].raised_s is None:
                warned[start].raised_s = left_s
                warned[start].headroom_w = running.headroom_w or 0.0
