"""The hot-water tank: draws of a family, losses, circulation, charging coil."""

from math import exp

from .calendar import local_day, local_minute
from .noise import noise_at

_TANK_J_PER_K = 200.0 * 4150.0
_LOSS_W_PER_K = 1.8
_CELLAR_C = 17.0
_CIRCULATION_LOSS_W = 130.0
_COIL_W_PER_K = 3000.0
_MIXED_TAP_C = 40.0
_COLD_WATER_C = 11.0
_WATER_WS_PER_LK = 4180.0

_CIRCULATION_MINUTES = frozenset(
    (*range(360, 480), *range(690, 750), *range(1050, 1260))
)
"""Local minutes of the day in which the circulation pump runs."""

_DRAWS = (
    # minute of the day, minutes to and fro, minutes long, litres a minute
    (395, 20, 5, 8.0),
    (430, 25, 4, 7.0),
    (740, 45, 3, 5.0),
    (1090, 40, 3, 6.0),
    (1160, 50, 6, 8.0),
    (1270, 40, 2, 5.0),
)


class HotWaterTank:
    """200 l of hot water, one temperature.

    Attributes:
        circulation_on: Whether the circulation pump to the taps runs.
    """

    __slots__ = ("_day", "_draws_lpm", "_seed", "circulation_on", "water_c")

    def __init__(self, seed: int, *, water_c: float) -> None:
        """Fill the tank with water of this temperature."""
        self._seed = seed
        self._day = -1
        self._draws_lpm: dict[int, float] = {}
        self.circulation_on = False
        self.water_c = water_c

    def return_c(self, capacity_rate_w_per_k: float, heat_w: float) -> float:
        """Return what the charging water comes back with when it leaves this heat."""
        passed = exp(-_COIL_W_PER_K / capacity_rate_w_per_k)
        delta_t_k = heat_w / capacity_rate_w_per_k
        return self.water_c + delta_t_k * passed / (1.0 - passed)

    def step(self, epoch_s: float, step_s: float, *, heat_w: float) -> None:
        """Let a step pass with this heat coming in."""
        minute = local_minute(epoch_s)
        loss_w = _LOSS_W_PER_K * (self.water_c - _CELLAR_C) + self._drawn_w(
            epoch_s, minute
        )
        self.circulation_on = minute in _CIRCULATION_MINUTES
        if self.circulation_on:
            loss_w += _CIRCULATION_LOSS_W
        self.water_c += (heat_w - loss_w) * step_s / _TANK_J_PER_K

    def _drawn_w(self, epoch_s: float, minute: int) -> float:
        day = local_day(epoch_s)
        if day != self._day:
            self._day = day
            self._draws_lpm = _draws_of_day(self._seed, day)
        lpm = self._draws_lpm.get(minute, 0.0)
        drawn_k = max(0.0, min(self.water_c, _MIXED_TAP_C) - _COLD_WATER_C)
        return lpm / 60.0 * _WATER_WS_PER_LK * drawn_k


def _draws_of_day(seed: int, day: int) -> dict[int, float]:
    """Return the litres a minute drawn in each local minute of a day."""
    draws: dict[int, float] = {}
    for number, (minute, to_and_fro, length, lpm) in enumerate(_DRAWS):
        first = minute + round(to_and_fro * noise_at(seed, f"draw {number}", day))
        litres = lpm * (1.0 + 0.4 * noise_at(seed, f"litres {number}", day))
        for drawn in range(first, first + length):
            draws[drawn] = draws.get(drawn, 0.0) + litres
    return draws
