"""The house that a heat pump is in: photovoltaics, other loads, and the grid."""

from dataclasses import dataclass
from math import cos
from typing import Final

from .physics.calendar import HOUR_S, local_hour, year_angle
from .physics.noise import smooth_noise
from .physics.weather import clouds, daylight
from .state import Plant

_STEP_S: Final = 30.0
_MIDSUMMER_DAY: Final = 172
# What the counters showed before; this house is not new.
_GENERATED_WH: Final = 14_206_480.0
_IMPORTED_WH: Final = 9_871_250.0
_EXPORTED_WH: Final = 8_400_930.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Supply:
    """Where the electricity of the house comes from."""

    generated_w: float
    grid_w: float
    """Negative while the house feeds in."""
    generated_wh: float
    imported_wh: float
    exported_wh: float


class Household:
    """Counts what a house with one heat pump generates, imports and exports."""

    def __init__(self, plant: Plant, *, seed: int, start_s: float) -> None:
        """Start to count at a moment that the plant has reached."""
        self._plant = plant
        self._seed = seed
        self._until_s = start_s
        self._generated_wh = _GENERATED_WH
        self._imported_wh = _IMPORTED_WH
        self._exported_wh = _EXPORTED_WH

    def supply(self, now_s: float) -> Supply:
        """Return the supply now; the counters are at most half a minute older."""
        self._plant.advance(now_s)
        while self._until_s + _STEP_S <= now_s:
            self._count(self._until_s, self._until_s + _STEP_S)
        generated_w = photovoltaics_w(self._seed, now_s)
        heat_pump_w = sum(self._plant.state().phases_w)
        return Supply(
            generated_w=generated_w,
            grid_w=heat_pump_w + base_load_w(self._seed, now_s) - generated_w,
            generated_wh=self._generated_wh,
            imported_wh=self._imported_wh,
            exported_wh=self._exported_wh,
        )

    def _count(self, start_s: float, end_s: float) -> None:
        hours = (end_s - start_s) / HOUR_S
        before, after = map(self._plant.energies_at, (start_s, end_s))
        generated_wh = photovoltaics_w(self._seed, start_s) * hours
        drawn_wh = after.electricity_wh - before.electricity_wh
        drawn_wh += base_load_w(self._seed, start_s) * hours
        self._generated_wh += generated_wh
        self._imported_wh += max(drawn_wh - generated_wh, 0.0)
        self._exported_wh += max(generated_wh - drawn_wh, 0.0)
        self._until_s = end_s


def photovoltaics_w(seed: int, epoch_s: float) -> float:
    """Return the power of 8 kWp on a roof."""
    season = cos(year_angle(epoch_s, peak_day=_MIDSUMMER_DAY))
    passing = smooth_noise(seed, "passing clouds", epoch_s, 600.0)
    cloudy = clouds(seed, epoch_s) * (0.8 + 0.2 * passing)
    clear_w = (4500.0 + 1900.0 * season) * daylight(epoch_s)
    return clear_w * (1.0 - 0.85 * cloudy)


def base_load_w(seed: int, epoch_s: float) -> float:
    """Return what a house draws steadily beside its heat pump."""
    from_evening_h = abs(local_hour(epoch_s) - 19.0)
    evening_w = max(0.0, 500.0 - 150.0 * from_evening_h)
    habits_w = 120.0 * smooth_noise(seed, "household", epoch_s, 900.0)
    return 260.0 + evening_w + habits_w
