"""Efficiency against expectation, and an expectation from the unit's own days.

The alarm reads an `EfficiencyIndex` and does not care who expects. Until a model of the
unit exists, the expectation is its own past at like temperatures of source and supply: a
cold week is expected to have a low COP. By outside temperature alone, a ground loop that
cools down until March is 10 % below October's days without any fault. It can only find
what changed, not what was always bad.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
import math
from statistics import stdev
from typing import Final, Self

from ...readings import Mode
from ...time_units import DAY
from ..heat.carnot import carnot_cop
from ..segments import Quantity
from ..totals.ledger import Bucket, ModeSums

_LEAST_WH: Final = 1000.0
_LEAST_RUN_S: Final = 2 * 3600.0
"""Of a day in which the unit heats so little that its COP says nothing."""
_FEWEST_DAYS: Final = 60
_RECENT: Final = 14 * DAY
"""What is compared is no part of what it is compared with."""
_SUSTAINED_S: Final = 48 * 3600.0
"""Run time of the compressor over which the efficiency is judged."""
_FEWEST_WINDOWS: Final = 5
_BEYOND: Final = 0.02
"""How far the logarithm of Carnot's COP may lie beyond that of the past."""
_SIGMAS: Final = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class EfficiencyIndex:
    """What was reached of what was expected, over a sustained run time."""

    index: float
    """COP over expected COP at the same temperatures."""
    band: float
    """How far usual times lie from 1, up or down."""
    cop: float
    expected_cop: float
    run_time: timedelta


@dataclass(frozen=True, slots=True)
class _HeatingDay:
    day: date
    carnot_log: float
    """The logarithm of Carnot's COP at the temperatures of the water and the source."""
    electricity_wh: float
    heat_wh: float
    run_s: float

    @classmethod
    def of(cls, day: date, bucket: Bucket) -> Self | None:
        """Return what heating came to, defrosts included; None if too little."""
        modes = bucket.of_mode(Mode.HEATING), bucket.of_mode(Mode.DEFROST)
        electricity_wh = sum(mode.electricity_wh for mode in modes)
        heat_wh = sum(mode.heat_wh for mode in modes)
        run_s = sum(mode.seconds for mode in modes)
        is_enough = electricity_wh >= _LEAST_WH and run_s >= _LEAST_RUN_S
        if (carnot := _carnot(modes[0])) is None or heat_wh <= 0 or not is_enough:
            return None
        return cls(day, math.log(carnot), electricity_wh, heat_wh, run_s)


def _carnot(heating: ModeSums) -> float | None:
    """Return Carnot's COP at the mean temperatures of a day's heating."""
    supply_c = heating.mean(Quantity.SUPPLY_C)
    source_c = heating.mean(Quantity.SOURCE_IN_C)
    if source_c is None:
        source_c = heating.mean(Quantity.OUTSIDE_C)
    if supply_c is None or source_c is None:
        return None
    return carnot_cop(supply_c, source_c)


def against_own_past(
    days: Sequence[tuple[date, Bucket]], today: date
) -> EfficiencyIndex | None:
    """Compare the last two weeks with the days before them.

    Args:
        days: Complete days in order, before today.
        today: The local day.

    Returns:
        None if the last weeks have too little run time, or the past too few days.
    """
    heating = [_HeatingDay.of(*each) for each in days]
    known = [each for each in heating if each is not None]
    first_recent = today - _RECENT
    past = [each for each in known if each.day < first_recent]
    if len(past) < _FEWEST_DAYS or (curve := _fitted(past)) is None:
        return None
    lowest = min(each.carnot_log for each in past) - _BEYOND
    highest = max(each.carnot_log for each in past) + _BEYOND
    recent = [
        each
        for each in reversed(known)
        if each.day >= first_recent and lowest <= each.carnot_log <= highest
    ]
    window = next(_windows(recent), None)
    indices = [_index(each, curve) for each in _windows(past)]
    if window is None or len(indices) < _FEWEST_WINDOWS:
        return None
    electricity_wh = sum(each.electricity_wh for each in window)
    index = _index(window, curve)
    cop = sum(each.heat_wh for each in window) / electricity_wh
    return EfficiencyIndex(
        index=index,
        band=_SIGMAS * stdev(indices),
        cop=cop,
        expected_cop=cop / index,
        run_time=timedelta(seconds=sum(each.run_s for each in window)),
    )


@dataclass(frozen=True, slots=True)
class _Curve:
    """The logarithm of the COP as a quadratic function of that of Carnot's."""

    factors: tuple[float, float, float]

    def cop(self, carnot_log: float) -> float:
        """Return the COP to expect."""
        terms = zip(self.factors, _powers(carnot_log), strict=True)
        return math.exp(sum(factor * power for factor, power in terms))


def _powers(carnot_log: float) -> tuple[float, float, float]:
    # About 0 the normal equations are well-conditioned.
    centred = carnot_log - 2.0
    return 1.0, centred, centred**2


def _fitted(days: Sequence[_HeatingDay]) -> _Curve | None:
    """Return the curve of least squares, each day weighted by its electricity."""
    rows = [[0.0] * 4 for _ in range(3)]
    for day in days:
        terms = *_powers(day.carnot_log), math.log(day.heat_wh / day.electricity_wh)
        for row, power in zip(rows, terms, strict=False):
            for column, term in enumerate(terms):
                row[column] += day.electricity_wh / 1000 * power * term
    solution = _solved(rows)
    return None if solution is None else _Curve(solution)


def _solved(rows: list[list[float]]) -> tuple[float, float, float] | None:
    """Solve three equations by elimination; None if they do not determine it."""
    for place in range(3):
        pivot = max(range(place, 3), key=lambda row: abs(rows[row][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        if abs(rows[place][place]) < 1e-9:
            return None
        for other in set(range(3)) - {place}:
            factor = rows[other][place] / rows[place][place]
            for column in range(place, 4):
                rows[other][column] -= factor * rows[place][column]
    first, second, third = (rows[place][3] / rows[place][place] for place in range(3))
    return first, second, third


def _windows(days: Sequence[_HeatingDay]) -> Iterator[list[_HeatingDay]]:
    """Cut days into windows of a sustained run time; what is left over is dropped."""
    window: list[_HeatingDay] = []
    for day in days:
        window.append(day)
        if sum(each.run_s for each in window) >= _SUSTAINED_S:
            yield window
            window = []


def _index(days: Sequence[_HeatingDay], curve: _Curve) -> float:
    expected_wh = sum(each.electricity_wh * curve.cop(each.carnot_log) for each in days)
    return sum(each.heat_wh for each in days) / expected_wh
