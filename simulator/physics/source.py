"""Where the heat comes from: a ground loop, or the outside air with its frost."""

from math import cos
from typing import Protocol, override

from .calendar import HOUR_S, year_angle
from .wear import Health

_COLD_SHARE = 0.78
"""Share of the heat that comes from the source, near enough for its own spread."""


class Source(Protocol):
    """What feeds the evaporator.

    Attributes:
        in_c: Temperature of brine or air towards the evaporator.
        out_c: Temperature behind it.
        frost: Ice on the evaporator, 0 (none) to 1 (must be defrosted).
    """

    in_c: float
    out_c: float
    frost: float

    def look(self, epoch_s: float, outside_c: float) -> None:
        """Take the source's inlet temperature at the start of a step."""

    def evaporating_c(self, heat_w: float) -> float:
        """Return the evaporating temperature while this heat is made."""

    def step(self, step_s: float, *, cold_w: float, humidity: float) -> None:
        """Let a step pass while this much is taken from the source."""


class BrineSource(Source):
    """A ground loop: slow through the year, cooler the more is taken."""

    __slots__ = (
        "_depletion_k",
        "_flow_w_per_k",
        "_mean_c",
        "_swing_k",
        "frost",
        "in_c",
        "out_c",
    )

    _WARMEST_DAY = 255
    _DEPLETION_K_PER_W = 0.35e-3
    _RECOVERY_S = 10.0 * HOUR_S
    _APPROACH_K = 3.0
    _FULL_DELTA_T_K = 3.8

    def __init__(self, rated_heat_w: float, *, mean_c: float, swing_k: float) -> None:
        """Make a loop whose pump suits a heat pump of this size, in such ground."""
        self._mean_c = mean_c
        self._swing_k = swing_k
        self._flow_w_per_k = _COLD_SHARE * rated_heat_w / self._FULL_DELTA_T_K
        self._depletion_k = 0.0
        self.in_c = self.out_c = mean_c
        self.frost = 0.0

    @override
    def look(self, epoch_s: float, outside_c: float) -> None:
        season = cos(year_angle(epoch_s, peak_day=self._WARMEST_DAY))
        self.in_c = self._mean_c + self._swing_k * season - self._depletion_k

    @override
    def evaporating_c(self, heat_w: float) -> float:
        out_c = self.in_c - _COLD_SHARE * heat_w / self._flow_w_per_k
        return out_c - self._APPROACH_K

    @override
    def step(self, step_s: float, *, cold_w: float, humidity: float) -> None:
        self.out_c = self.in_c - cold_w / self._flow_w_per_k
        lasting_k = self._DEPLETION_K_PER_W * cold_w
        self._depletion_k += (lasting_k - self._depletion_k) * step_s / self._RECOVERY_S


class AirSource(Source):
    """Outside air through a finned evaporator that frosts up when it is cold and damp."""

    __slots__ = (
        "_flow_w_per_k",
        "_health",
        "_rated_cold_w",
        "frost",
        "in_c",
        "out_c",
    )

    _APPROACH_K = 6.0
    _FULL_DELTA_T_K = 5.0
    _FROST_FREE_C = 5.5
    _FROSTED_IN_S = 3600.0
    """Running time until a defrost, at full power in the worst air."""
    _MELTED_IN_S = 3600.0
    """Time in which mild air takes a full coat of frost away."""

    def __init__(self, rated_heat_w: float, health: Health) -> None:
        """Make an evaporator whose fan suits a heat pump of this size."""
        self._health = health
        self._rated_cold_w = _COLD_SHARE * rated_heat_w
        self._flow_w_per_k = self._rated_cold_w / self._FULL_DELTA_T_K
        self.in_c = self.out_c = 0.0
        self.frost = 0.0

    @override
    def look(self, epoch_s: float, outside_c: float) -> None:
        self.in_c = outside_c

    @override
    def evaporating_c(self, heat_w: float) -> float:
        return self.in_c - self._APPROACH_K

    @override
    def step(self, step_s: float, *, cold_w: float, humidity: float) -> None:
        self.out_c = self.in_c - cold_w / self._flow_w_per_k
        if self.in_c >= self._FROST_FREE_C:
            self.frost = max(0.0, self.frost - step_s / self._MELTED_IN_S)
        elif cold_w > 0.0:
            load = cold_w / self._rated_cold_w
            growth = load * humidity * _dampness(self.in_c, self._FROST_FREE_C)
            growth *= self._health.ice_growth
            self.frost += growth * step_s / self._FROSTED_IN_S


def _dampness(air_c: float, frost_free_c: float) -> float:
    """Return how fast ice grows from frosty air of this temperature, 0..1.

    Air near the limit hardly freezes on the fins, and very cold air holds little
    water.
    """
    if air_c >= 0.0:
        return min(1.0, (frost_free_c - air_c) / 3.0)
    return max(0.35, 1.0 + 0.06 * air_c)
