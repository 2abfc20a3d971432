"""Simulated cooks: heat conduction in a piece of meat, under a drawn fire.

One dimension (slab, cylinder or sphere) in cells of equal width. Heat comes by the air
or the water around; it goes by evaporation, as a wet-bulb thermometer loses it, from a
surface that dries. That holds a core in a smoker at 65 to 75 °C for hours. All cooks
of a kind are computed at once.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import inf
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

_CELLS: Final = 10
_CONDUCTIVITY: Final = 0.48
"""Of meat, in W/(m K)."""
_CAPACITY: Final = 3.5e6
"""Of meat, in J/(m³ K)."""
_PSYCHROMETRIC: Final = 65.0
"""Evaporation of a wet surface in W/m² is h / 65 times the difference in Pa."""
_AIR_PA: Final = 2500.0
_FINE_STEP_S: Final = 5.0


class Kind(StrEnum):
    """What is cooked, or cooled."""

    ROAST = "roast in the oven"
    POULTRY = "poultry in the grill"
    STEAK = "steak"
    SLOW = "low-temperature roast"
    WATER_BATH = "water bath"
    BARBECUE = "barbecue, with a stall"
    AIR = "air of a grill"
    COOLING = "cooling"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Draw:
    """The ranges from which a kind of cook is drawn."""

    ambient_c: tuple[float, float]
    start_c: tuple[float, float]
    target_c: tuple[float, float]
    radius_m: tuple[float, float] = (0.0, 0.0)
    """None where the probe is in the air."""
    shape: tuple[float, float] = (0.0, 0.0)
    """0 is a slab, 1 a cylinder, 2 a sphere."""
    transfer: tuple[float, float] = (0.0, 0.0)
    """Between surface and surroundings, in W/(m² K)."""
    wetness: tuple[float, float] = (0.0, 0.0)
    dries_after: tuple[float, float] = (1.0, 1.0)
    """The evaporated heat after which the surface is half as wet, in MJ/m²."""
    target_below_ambient_k: tuple[float, float] | None = None
    lid_every_h: float | None = None
    swing_k: tuple[float, float] = (0.0, 0.0)
    warm_up_s: tuple[float, float] = (1.0, 1.0)
    wrapped_share: float = 0.0
    fading_share: float = 0.0
    hours: float = 6.0
    step_s: float = 10.0


_DRAWS: Final = {
    Kind.ROAST: _Draw(
        ambient_c=(140, 220),
        start_c=(4, 20),
        target_c=(52, 75),
        radius_m=(0.03, 0.055),
        shape=(0.8, 1.8),
        transfer=(12, 25),
        wetness=(0.03, 0.15),
        dries_after=(2, 8),
        lid_every_h=0.8,
        swing_k=(2, 10),
    ),
    Kind.POULTRY: _Draw(
        ambient_c=(160, 210),
        start_c=(3, 12),
        target_c=(73, 82),
        radius_m=(0.03, 0.05),
        shape=(0.8, 1.8),
        transfer=(15, 30),
        wetness=(0.03, 0.12),
        dries_after=(2, 8),
        lid_every_h=0.6,
        swing_k=(3, 12),
        warm_up_s=(1, 300),
    ),
    Kind.STEAK: _Draw(
        ambient_c=(120, 240),
        start_c=(5, 22),
        target_c=(50, 60),
        radius_m=(0.013, 0.025),
        shape=(0, 0.3),
        transfer=(20, 45),
        wetness=(0.02, 0.1),
        dries_after=(1, 4),
        lid_every_h=0.2,
        swing_k=(3, 12),
        hours=2.5,
        step_s=4.0,
    ),
    Kind.SLOW: _Draw(
        ambient_c=(80, 105),
        start_c=(4, 20),
        target_c=(53, 62),
        radius_m=(0.03, 0.05),
        shape=(0.8, 1.8),
        transfer=(10, 18),
        wetness=(0.01, 0.06),
        dries_after=(2, 8),
        lid_every_h=1.5,
        swing_k=(2, 6),
        hours=12.0,
    ),
    Kind.WATER_BATH: _Draw(
        ambient_c=(54, 68),
        start_c=(3, 8),
        target_c=(0, 0),
        radius_m=(0.02, 0.035),
        shape=(0, 1.2),
        transfer=(80, 250),
        target_below_ambient_k=(0.7, 3.0),
        swing_k=(0, 0.3),
        hours=8.0,
    ),
    Kind.BARBECUE: _Draw(
        ambient_c=(105, 135),
        start_c=(3, 12),
        target_c=(88, 96),
        radius_m=(0.04, 0.07),
        shape=(0.6, 1.8),
        transfer=(12, 22),
        wetness=(0.09, 0.2),
        dries_after=(8, 22),
        lid_every_h=1.5,
        swing_k=(3, 10),
        warm_up_s=(1, 600),
        wrapped_share=0.4,
        fading_share=0.25,
        hours=24.0,
    ),
    Kind.AIR: _Draw(
        ambient_c=(115, 230),
        start_c=(5, 30),
        target_c=(0, 0),
        target_below_ambient_k=(8, 30),
        lid_every_h=0.6,
        swing_k=(1, 4),
        warm_up_s=(240, 900),
        hours=2.0,
        step_s=4.0,
    ),
    Kind.COOLING: _Draw(
        ambient_c=(-18, 18),
        start_c=(65, 98),
        target_c=(0, 0),
        radius_m=(0.03, 0.06),
        shape=(0.8, 1.8),
        transfer=(10, 60),
        target_below_ambient_k=(-25, -5),
        swing_k=(0, 1.5),
        hours=14.0,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Cook:
    """The true temperature where the probe is."""

    kind: Kind
    step_s: float
    start_c: float
    target_c: float
    truth_c: Floats

    @property
    def sign(self) -> float:
        """Return 1 where it is heated, -1 where it is cooled."""
        return 1.0 if self.target_c > self.start_c else -1.0

    @cached_property
    def reached_s(self) -> float:
        """Return when the target is reached; infinite if never."""
        return self.at_share(1.0)

    def at_share(self, share: float) -> float:
        """Return when a share of the way to the target was first made."""
        wanted_c = self.start_c + share * (self.target_c - self.start_c)
        beyond = np.flatnonzero(self.sign * (self.truth_c - wanted_c) >= 0)
        return float(beyond[0]) * self.step_s if beyond.size else inf

    def at(self, time_s: float) -> float:
        """Return the true temperature at a moment."""
        return float(self.truth_c[int(time_s / self.step_s)])

    def k_per_h(self, time_s: float) -> float:
        """Return how fast it goes up or down, over 40 minutes around a moment."""
        first, last = max(time_s - 1200.0, 0.0), time_s + 1200.0
        last = min(last, (len(self.truth_c) - 1) * self.step_s)
        return (self.at(last) - self.at(first)) / (last - first) * 3600.0


def draw(kind: Kind, count: int, seed: int) -> list[Cook]:
    """Return drawn cooks of a kind that reach their target in time."""
    draws = _DRAWS[kind]
    rng = np.random.default_rng([seed, list(Kind).index(kind)])
    ambient_c = _uniform(draws.ambient_c, count, rng)
    start_c = _uniform(draws.start_c, count, rng)
    target_c = _uniform(draws.target_c, count, rng)
    if draws.target_below_ambient_k is not None:
        target_c = ambient_c - _uniform(draws.target_below_ambient_k, count, rng)
    air_c = _air(draws, ambient_c, start_c, rng)
    wrapped_c = np.where(
        rng.random(count) < draws.wrapped_share, rng.uniform(64, 74, count), np.inf
    )
    is_core = draws.radius_m[1] > 0
    truth_c = _core(draws, air_c, start_c, wrapped_c, rng) if is_core else air_c
    start_c = truth_c[0]
    cooks = []
    for index in range(count):
        cook = Cook(
            kind=kind,
            step_s=draws.step_s,
            start_c=float(start_c[index]),
            target_c=float(target_c[index]),
            truth_c=truth_c[:, index],
        )
        if cook.reached_s < draws.hours * 3600.0 - 2800.0:
            cooks.append(cook)
    return cooks


def _uniform(span: tuple[float, float], count: int, rng: Generator) -> Floats:
    return rng.uniform(span[0], span[1], count)


def _air(draws: _Draw, ambient_c: Floats, start_c: Floats, rng: Generator) -> Floats:
    """Return the temperature around, by step and cook."""
    count = len(ambient_c)
    steps = int(draws.hours * 3600 / draws.step_s)
    times_s: Floats = np.arange(steps, dtype=np.float64)[:, None] * draws.step_s
    swing_k = _uniform(draws.swing_k, count, rng)
    period_s = rng.uniform(500, 1500, count)
    phase = rng.uniform(0, 2 * np.pi, count)
    air_c: Floats = ambient_c + swing_k * np.sin(2 * np.pi * times_s / period_s + phase)
    # A fire wanders slowly besides.
    slow_s = rng.uniform(5000, 15000, count)
    air_c += 1.2 * swing_k * np.sin(2 * np.pi * times_s / slow_s + phase[::-1])
    warm_up_s = _uniform(draws.warm_up_s, count, rng)
    cold_c = np.minimum(start_c, 30.0) if draws.warm_up_s[1] > 1.0 else ambient_c
    air_c -= (ambient_c - cold_c) * np.exp(-times_s / warm_up_s)
    for index in range(count):
        column = air_c[:, index]
        if rng.random() < draws.fading_share:
            _fade(column, times_s[:, 0], rng)
        if draws.lid_every_h is not None:
            _open_lid(column, times_s[:, 0], draws.lid_every_h * 3600.0, rng)
    return air_c


def _fade(air_c: Floats, times_s: Floats, rng: Generator) -> None:
    """Let the fire go down for more than an hour."""
    begin_s = rng.uniform(0.2, 0.5) * times_s[-1]
    end_s = begin_s + rng.uniform(1.2, 2.5) * 3600
    share = np.clip((times_s - begin_s) / 2400, 0, 1) * (times_s < end_s)
    air_c -= rng.uniform(20, 35) * share


def _open_lid(air_c: Floats, times_s: Floats, every_s: float, rng: Generator) -> None:
    """Open the lid for a minute or three, now and then."""
    opened_s = rng.exponential(every_s) + 240
    while opened_s < times_s[-1]:
        since_s = times_s - opened_s
        open_share = np.clip(since_s / 30, 0, 1)
        closed_s = rng.uniform(40, 180)
        back = np.exp(-np.clip(since_s - closed_s, 0, None) / 200)
        lost = rng.uniform(0.25, 0.5) * open_share * back
        air_c -= (air_c - 25) * lost
        opened_s += rng.exponential(every_s) + 240


def _core(
    draws: _Draw, air_c: Floats, start_c: Floats, wrapped_c: Floats, rng: Generator
) -> Floats:
    """Return the temperature at the probe, by step and cook."""
    steps, count = air_c.shape
    radius_m = _uniform(draws.radius_m, count, rng)[:, None]
    shape = _uniform(draws.shape, count, rng)[:, None]
    transfer = _uniform(draws.transfer, count, rng)
    wetness = _uniform(draws.wetness, count, rng)
    dries_after = _uniform(draws.dries_after, count, rng) * 1e6
    # The tip is in the middle, or a little beside it.
    cell = rng.integers(0, 2 if draws.step_s > _FINE_STEP_S else 1, count)
    width_m = radius_m / _CELLS
    faces_m: Floats = np.arange(_CELLS + 1, dtype=np.float64) * width_m
    areas: Floats = np.where(shape > 0, faces_m**shape, 1.0)
    volumes: Floats = np.diff(faces_m ** (shape + 1), axis=1) / (shape + 1)
    inner: Floats = _CONDUCTIVITY * areas[:, 1:-1] / width_m
    through: Floats = 1 / (1 / transfer + width_m[:, 0] / 2 / _CONDUCTIVITY)
    warming: Floats = draws.step_s / (volumes * _CAPACITY)
    cells_c: Floats = np.repeat(start_c[:, None], _CELLS, axis=1)
    evaporated = np.zeros(count)
    wrapped = np.zeros(count, dtype=bool)
    values = np.empty((steps, count), dtype=np.float64)
    for step in range(steps):
        probe_c = cells_c[np.arange(count), cell]
        values[step] = probe_c
        wrapped |= probe_c > wrapped_c
        surface_c = cells_c[:, -1]
        # Magnus' formula for the pressure of saturated vapour.
        vapour_pa = 611 * np.exp(17.27 * surface_c / (surface_c + 237.3))
        dried = 1 + np.exp((evaporated / dries_after - 1) / 0.15)
        wet = np.where(wrapped, 0.05, 1.0) * wetness / dried
        lost = wet * transfer / _PSYCHROMETRIC * np.maximum(vapour_pa - _AIR_PA, 0)
        evaporated += lost * draws.step_s
        flows = inner * np.diff(cells_c, axis=1)
        gains = np.zeros_like(cells_c)
        gains[:, -1] = areas[:, -1] * (through * (air_c[step] - surface_c) - lost)
        gains[:, :-1] += flows
        gains[:, 1:] -= flows
        cells_c += warming * gains
    return values
