"""What a house draws beside its heat pumps, by seed: appliances with their habits."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .physics.calendar import DAY_S, HOUR_S, MINUTE_S, local_day, local_hour
from .physics.noise import noise_at

STEP_S: Final = 10
"""Appliances are switched on full multiples of this."""

_FRIDGE_W: Final = 85.0
_FRIDGE_ON_S: Final = 15 * MINUTE_S
_FRIDGE_ROUND_S: Final = 45 * MINUTE_S
_OVEN_ROUNDS: Final = 12


@dataclass(frozen=True, slots=True)
class Load:
    """Something that draws constant power for a while."""

    start_s: float
    end_s: float
    phases_w: tuple[float, float, float]


@lru_cache(maxsize=8)
def loads_of_day(seed: int, day: int, ev_w: float) -> tuple[Load, ...]:
    """Return what is switched on during a local day, in any order."""
    return tuple(_loads(seed, day, ev_w))


def loads_around(seed: int, epoch_s: float, ev_w: float) -> tuple[Load, ...]:
    """Return all loads of the local day that holds a moment and of the day before."""
    day = local_day(epoch_s)
    return loads_of_day(seed, day - 1, ev_w) + loads_of_day(seed, day, ev_w)


def fridge_w(epoch_s: float) -> float:
    """Return what the fridge draws."""
    return _FRIDGE_W if epoch_s % _FRIDGE_ROUND_S < _FRIDGE_ON_S else 0.0


def _loads(seed: int, day: int, ev_w: float) -> Iterator[Load]:
    begin_s = day * DAY_S
    begin_s -= round(local_hour(begin_s) * HOUR_S)

    def moment(name: str, hour: float, *, spread_h: float) -> float:
        drawn_s = (hour + spread_h * noise_at(seed, name, day)) * HOUR_S
        return begin_s + drawn_s // STEP_S * STEP_S

    def happens(name: str, share: float) -> bool:
        return noise_at(seed, f"{name} today", day) < 2.0 * share - 1.0

    for hour in (6.7, 10.2, 15.6, 20.1):
        if happens(f"kettle {hour}", 0.8):
            start_s = moment(f"kettle {hour}", hour, spread_h=0.6)
            yield Load(start_s, start_s + 150, (0.0, 2200.0, 0.0))
    if happens("hob", 0.85):
        start_s = moment("hob", 18.3, spread_h=0.7)
        yield Load(start_s, start_s + 25 * MINUTE_S, (900.0, 900.0, 0.0))
    if happens("oven", 0.45):
        yield from _oven(moment("oven", 18.0, spread_h=0.8))
    if happens("washing machine", 0.4):
        yield from _washing_machine(moment("washing machine", 13.0, spread_h=3.0))
    if ev_w > 0.0 and happens("car", 0.7):
        start_s = moment("car", 21.0, spread_h=1.5)
        hours = 2.5 + 1.5 * noise_at(seed, "car hours", day)
        end_s = start_s + hours * HOUR_S // STEP_S * STEP_S
        yield Load(start_s, end_s, (ev_w / 3, ev_w / 3, ev_w / 3))


def _oven(start_s: float) -> Iterator[Load]:
    """Yield the heating up, and then a thermostat that switches."""
    phases_w = (0.0, 0.0, 2400.0)
    warm_s = start_s + 10 * MINUTE_S
    yield Load(start_s, warm_s, phases_w)
    for index in range(_OVEN_ROUNDS):
        on_s = warm_s + (3 * index + 2) * MINUTE_S
        yield Load(on_s, on_s + MINUTE_S, phases_w)


def _washing_machine(start_s: float) -> Iterator[Load]:
    """Yield the heating of the water, and then the motor."""
    warm_s = start_s + 18 * MINUTE_S
    yield Load(start_s, warm_s, (2100.0, 0.0, 0.0))
    yield Load(warm_s, warm_s + 70 * MINUTE_S, (150.0, 0.0, 0.0))
