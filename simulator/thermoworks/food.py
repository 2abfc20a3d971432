"""What probes are in: a smoker's air, roasts with a stall, a freezer, a room.

Each tells its temperature at a moment that does not lie before the last one asked for.
"""

from dataclasses import dataclass
from math import exp, sin, tau
from typing import Final, Protocol, override

from ..physics.noise import noise_at, smooth_noise

_HOUR_S: Final = 3600.0
_ROOM_C: Final = 20.0
_STEP_S: Final = 10.0


class Thing(Protocol):
    """What a probe is in."""

    def value(self, epoch_s: float) -> float:
        """Return the temperature in °C, or the relative humidity in %."""


@dataclass(kw_only=True, slots=True)
class Smoker(Thing):
    """The air of a smoker: it swings with its fan, and falls when the lid is open."""

    seed: int
    start_s: float
    """When it was lit."""
    set_c: float = 115.0

    @override
    def value(self, epoch_s: float) -> float:
        lit_s = max(epoch_s - self.start_s, 0.0)
        warm = 1.0 - exp(-lit_s / 600.0)
        swing_k = 3.0 * sin(tau * lit_s / 480.0)
        wind_k = 2.0 * smooth_noise(self.seed, "smoker", epoch_s, 300.0)
        air_c = _ROOM_C + (self.set_c - _ROOM_C + swing_k + wind_k) * warm
        return air_c - self._through_lid_k(lit_s)

    def _through_lid_k(self, lit_s: float) -> float:
        """Return what is lost since the lid was last open, about every 90 min."""
        number, since_s = divmod(lit_s, 1.5 * _HOUR_S)
        if number < 1:
            return 0.0
        opened_k = 30.0 + 10.0 * noise_at(self.seed, "lid", int(number))
        return opened_k * exp(-since_s / 180.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """A piece of meat."""

    core_s: float
    """How slowly the core follows the surface."""
    evaporation_k_s: float = 0.014
    """How fast a wet surface of 70 °C would cool by what evaporates."""
    wet_s: float = 7 * _HOUR_S
    """How long a surface of 70 °C stays wet: that makes the stall."""
    done_c: float
    cycle_s: float
    """After so long, the next piece is put on."""


BRISKET: Final = Cut(core_s=4000.0, done_c=95.0, cycle_s=14 * _HOUR_S)
CHICKEN: Final = Cut(
    core_s=1500.0,
    evaporation_k_s=0.006,
    wet_s=3 * _HOUR_S,
    done_c=76.0,
    cycle_s=4 * _HOUR_S,
)


class Roast(Thing):
    """The core of meat in a smoker.

    Heat comes from the air to the surface, and from there to the core. A wet surface
    of 65 to 75 °C loses as much by evaporation: the core stalls until it is dry.
    """

    def __init__(self, cut: Cut, smoker: Smoker, start_s: float) -> None:
        """Put the first piece on at a moment."""
        self._cut = cut
        self._smoker = smoker
        self._start_s = start_s
        self._put_on(start_s)

    def _put_on(self, epoch_s: float) -> None:
        self._now_s = epoch_s
        self._core_c = self._surface_c = 5.0
        self._wet = 1.0
        self._is_off = False

    @override
    def value(self, epoch_s: float) -> float:
        cycle = max(epoch_s - self._start_s, 0.0) // self._cut.cycle_s
        put_on_s = self._start_s + cycle * self._cut.cycle_s
        if put_on_s > self._now_s:
            self._put_on(put_on_s)
        while self._now_s + _STEP_S <= epoch_s:
            self._step()
        return self._core_c

    def _step(self) -> None:
        cut = self._cut
        self._is_off |= self._core_c >= cut.done_c
        around_c = _ROOM_C if self._is_off else self._smoker.value(self._now_s)
        share = _vapour(self._surface_c) / _vapour(70.0) * min(1.0, self._wet / 0.25)
        # In foil and cloth, a roast that is off cools slowly.
        to_surface_s = 14_000.0 if self._is_off else 2400.0
        inward_k_s = (self._surface_c - self._core_c) / cut.core_s
        gain_k_s = (around_c - self._surface_c) / to_surface_s
        if not self._is_off:
            gain_k_s -= cut.evaporation_k_s * share
        self._wet = max(0.0, self._wet - share * _STEP_S / cut.wet_s)
        self._surface_c += (gain_k_s - 2 * inward_k_s) * _STEP_S
        self._core_c += inward_k_s * _STEP_S
        self._now_s += _STEP_S


@dataclass(frozen=True, kw_only=True, slots=True)
class Warmer(Thing):
    """What is nearer to the fire than another thing."""

    thing: Thing
    by_k: float

    @override
    def value(self, epoch_s: float) -> float:
        return self.thing.value(epoch_s) + self.by_k


def _vapour(celsius: float) -> float:
    """Return the vapour pressure over water, in units of its value at 0 °C (Magnus)."""
    return exp(17.27 * celsius / (celsius + 237.3))


@dataclass(frozen=True, kw_only=True, slots=True)
class Freezer(Thing):
    """The air of a freezer: its compressor, and a defrost twice a day."""

    seed: int

    @override
    def value(self, epoch_s: float) -> float:
        phase = epoch_s % 2400.0 / 2400.0
        saw_k = 3.0 * (phase / 0.4 if phase < 0.4 else (1 - phase) / 0.6) - 1.5
        since_s = epoch_s % (12 * _HOUR_S)
        rising = min(since_s / 1500.0, 1.0)
        defrost_k = 7.0 * rising * exp(-max(since_s - 1500.0, 0.0) / 1200.0)
        return -18.0 - saw_k + defrost_k + self._noise(epoch_s)

    def _noise(self, epoch_s: float) -> float:
        return 0.15 * smooth_noise(self.seed, "freezer", epoch_s, 120.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Around(Thing):
    """What wanders about a mean: the temperature or the humidity of a room."""

    seed: int
    name: str
    mean: float
    swing: float

    @override
    def value(self, epoch_s: float) -> float:
        return self.mean + self.swing * smooth_noise(
            self.seed, self.name, epoch_s, 2 * _HOUR_S
        )
