"""Weather of central Germany: season, day, fronts, humidity and sun, by seed."""

from math import cos, pi, sin

from .calendar import DAY_S, HOUR_S, local_hour, year_angle
from .noise import smooth_noise

_YEARLY_MEAN_C = 10.0
_YEARLY_SWING_K = 9.0
_WARMEST_DAY = 200
_LONGEST_DAY = 172
_WARMEST_HOUR = 15.0


def seasonal_mean_c(epoch_s: float) -> float:
    """Return the outside temperature that this time of the year has on average."""
    return _YEARLY_MEAN_C + _YEARLY_SWING_K * cos(
        year_angle(epoch_s, peak_day=_WARMEST_DAY)
    )


class Weather:
    """The weather at one place. Drawn hour by hour, straight lines between.

    Attributes:
        humidity: How readily frost grows in this hour, 0.5..1.
        solar_w: Sun through the windows in this hour, in W.
    """

    __slots__ = (
        "_from_s",
        "_outside_c",
        "_seed",
        "_slope_k_per_s",
        "_until_s",
        "humidity",
        "solar_w",
    )

    def __init__(self, seed: int) -> None:
        """Make the weather of this seed."""
        self._seed = seed
        self._from_s = self._until_s = 0.0
        self._outside_c = self._slope_k_per_s = 0.0
        self.humidity = self.solar_w = 0.0

    def outside_c(self, epoch_s: float) -> float:
        """Return the outside temperature, and set the other values to this hour's."""
        if not self._from_s <= epoch_s < self._until_s:
            self._draw_hour(epoch_s)
        return self._outside_c + self._slope_k_per_s * (epoch_s - self._from_s)

    def _draw_hour(self, epoch_s: float) -> None:
        self._from_s = epoch_s // HOUR_S * HOUR_S
        self._until_s = self._from_s + HOUR_S
        self._outside_c = self._outside_on_hour(self._from_s)
        rise_k = self._outside_on_hour(self._until_s) - self._outside_c
        self._slope_k_per_s = rise_k / HOUR_S
        cloud = clouds(self._seed, self._from_s)
        self.humidity = 0.5 + 0.5 * cloud
        self.solar_w = _sun_w(self._from_s) * (1.0 - 0.8 * cloud)

    def _outside_on_hour(self, epoch_s: float) -> float:
        season = cos(year_angle(epoch_s, peak_day=_WARMEST_DAY))
        day = cos((local_hour(epoch_s) - _WARMEST_HOUR) / 24.0 * 2.0 * pi)
        fronts_k = (8.5 - season) * smooth_noise(
            self._seed, "front", epoch_s, 4 * DAY_S
        )
        gusts_k = 1.5 * smooth_noise(self._seed, "gust", epoch_s, 10 * HOUR_S)
        swing_k = (3.5 + 1.7 * season) * day
        return seasonal_mean_c(epoch_s) + swing_k + fronts_k + gusts_k


def _sun_w(epoch_s: float) -> float:
    """Return the sun through the windows of one house under a clear sky, in W."""
    season = cos(year_angle(epoch_s, peak_day=_LONGEST_DAY))
    return (1700.0 + 500.0 * season) * daylight(epoch_s)


def daylight(epoch_s: float) -> float:
    """Return how high the sun is, 0..1: 0 at night, 1 at noon of any day."""
    season = cos(year_angle(epoch_s, peak_day=_LONGEST_DAY))
    half_day_h = 6.0 + 2.2 * season
    from_noon_h = abs(local_hour(epoch_s) - 12.5)
    if from_noon_h >= half_day_h:
        return 0.0
    return sin(0.5 * pi * (1.0 - from_noon_h / half_day_h))


def clouds(seed: int, epoch_s: float) -> float:
    """Return how much of the sky is cloudy, 0..1."""
    return 0.5 + 0.5 * smooth_noise(seed, "cloud", epoch_s, 8 * HOUR_S)
