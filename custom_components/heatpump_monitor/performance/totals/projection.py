"""Projects the electricity of a year by degree days.

A heat pump's year is not 365 equal days, so that the electricity so far cannot
simply be scaled by time: it follows the cold. The degree days of a day are the
kelvins by which its mean outside temperature stays below 15 °C.

* The line ``electricity = a + b * degree days`` is fitted to the days of the last
  365. By least squares: a sum is projected, and only that line keeps the sum of
  the days that it was fitted to, the rare ones with much electricity included.
* The standard year says which share of its degree days each month has (VDI 2067).
  The degree days ``H`` of a whole year are what the owner says, or else those of
  the days measured over the share of the standard year that these have.
* Not measured are the days to come, and those of this year that nobody counted or
  not completely: ``N`` days with a share ``q`` of the year and so ``R = H * q`` degree
  days. The year comes to what was measured ``+ N * a + R * b``.

The spread is twice the root of the squares of these, all meant as standard
deviations, so that a year should end within it 19 times out of 20:

* The days scatter around the line, by ``s`` (root of the mean square) for ``n``
  days with a mean of ``x`` degree days and a sum of squares ``S`` around it:
  ``s² * 3 * (N + N² / n + (R - N * x)² / S)``. The 3: days that follow each other
  err alike, three as one (assumed).
* The line is curved, as the COP falls with the cold and a house starts to
  heat at a limit of its own: its slope is off by 3 % per kelvin between the days
  measured and those that are not (assumed), ``0.03 * b * R * |R / N - x|``.
* The weather: a year's degree days are off the usual by 10 % (assumed, as German
  stations do), those of a share ``q`` of it by ``0.1 * H * √q``.
* ``H``: the owner's figure is off by 10 % (another place, another sensor; assumed).
  Days with a share ``p`` of the year give it to ``0.1 / √p``; and as a place that
  is 1.5 K milder (assumed) has less of a standard autumn than of a standard
  winter, days with a mean of ``h`` degree days are off by ``1.5 / h * (1 - p)``.
* The place does not have the standard year: a share ``q`` of it is off by
  ``0.1 * q * (1 - q)`` (assumed; as much as the standard year, which was made for
  another definition of degree days, differs from German monthly means at 15 °C).
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from math import hypot, sqrt
from statistics import fmean, linear_regression
from typing import Final, NamedTuple

from ...time_units import DAY
from .ledger import Ledger

HEATING_LIMIT_C: Final = 15.0
LEAST_DAYS: Final = 14

# German Gradtagzahlen of VDI 2067, January to December; 40 are June to August's.
_PER_MILLE: Final = (170, 150, 130, 80, 40, 40 / 3, 40 / 3, 40 / 3, 30, 80, 120, 160)
_WINDOW: Final = timedelta(days=365)
_LEAST_RANGE_K: Final = 1.0
_DAYS_ALIKE: Final = 3
_CURVATURE_PER_K: Final = 0.03
_YEAR_TO_YEAR: Final = 0.10
_OWNERS_FIGURE: Final = 0.10
_STANDARD_YEAR: Final = 0.10
_PLACE_K: Final = 1.5
# Nine tenths of a day: what is missing then is made up for by the counter.
_COMPLETE_S: Final = 0.9 * 86_400
# Less than this share of a year may be missing from a measured one.
_MISSING: Final = 0.1


class Basis(StrEnum):
    """From where the degree days of a whole year are known."""

    GIVEN = "given"
    MEASURED_YEAR = "measured_year"
    MEASURED_DAYS = "measured_days"


class DayFigures(NamedTuple):
    """What was measured on a complete local day."""

    day: date
    electricity_wh: float
    outside_c: float | None
    """The mean outside temperature."""

    @property
    def degree_days(self) -> float | None:
        """Return the kelvins below the heating limit; None without a temperature."""
        if self.outside_c is None:
            return None
        return max(HEATING_LIMIT_C - self.outside_c, 0.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Projection:
    """What a calendar year will come to."""

    electricity_wh: float
    spread_wh: float
    """By how much it can be off, up or down, 19 times out of 20."""
    basis: Basis
    days_used: int
    """Days that the line was fitted to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """Electricity over degree days, as fitted to some days."""

    days: int
    intercept_wh: float
    slope_wh: float
    """Per degree day."""
    mean_degree_days: float
    squares: float
    """Of the degree days around their mean."""
    variance_wh2: float
    """Of the residuals."""

    def expected_wh(self, days: float, degree_days: float) -> float:
        """Return the electricity of some days with some degree days in all."""
        return days * self.intercept_wh + degree_days * self.slope_wh

    def error_wh(self, days: float, degree_days: float) -> float:
        """Return the standard deviation of the electricity of some days."""
        lever = degree_days - days * self.mean_degree_days
        scatter = days + days**2 / self.days + lever**2 / self.squares
        curvature = _CURVATURE_PER_K * self.slope_wh * degree_days / days * lever
        return hypot(sqrt(self.variance_wh2 * _DAYS_ALIKE * scatter), curvature)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Year:
    """The degree days of a whole year."""

    degree_days: float
    error: float
    """As a share of them, the weather of a single year aside."""
    basis: Basis

    def error_of_share(self, share: float) -> float:
        """Return the standard deviation of the degree days of a part of the year."""
        return self.degree_days * hypot(
            _YEAR_TO_YEAR * sqrt(share),
            self.error * share,
            _STANDARD_YEAR * share * (1 - share),
        )


def complete_days(ledger: Ledger, today: date) -> list[DayFigures]:
    """Return the days before today of which nearly all was metered."""
    return [
        DayFigures(day, bucket.electricity_wh, bucket.outside_c)
        for day, bucket in ledger.days_between(date.min, today - DAY)
        if bucket.metered_s >= _COMPLETE_S
    ]


def measured_this_year_wh(days: Sequence[DayFigures], today: date) -> float:
    """Return the electricity of the complete days of this year.

    The other days are estimated as a whole.
    """
    new_year = today.replace(month=1, day=1)
    return sum(day.electricity_wh for day in days if day.day >= new_year)


def project_year(
    days: Sequence[DayFigures],
    measured_wh: float,
    today: date,
    *,
    rest_of_today: float = 0.0,
    degree_days_year: float | None = None,
    southern: bool = False,
) -> Projection | None:
    """Return what the running calendar year will come to.

    Args:
        days: Complete days, of this year and as many before as there are.
        measured_wh: Electricity of the complete days of this year, and of today.
        today: The local day up to which it was counted.
        rest_of_today: Which part of that day is still to come, 0..1.
        degree_days_year: The owner's figure, in Kd.
        southern: Whether the year is warm where the standard year is cold.

    Returns:
        The projection; None with fewer than 14 days with a temperature in the last
        365, all of them about as cold, a slope that is not positive, or a spread
        above the figure itself.
    """
    first = today - _WINDOW
    line = _fit([day for day in days if day.day >= first])
    if line is None:
        return None
    year = _year(days, degree_days_year, southern=southern)
    weights = _not_measured({day.day for day in days}, today, rest_of_today)
    share = sum(
        part * share_of_year(day, southern=southern) for day, part in weights.items()
    )
    rest, degree_days = sum(weights.values()), share * year.degree_days
    electricity_wh = measured_wh + line.expected_wh(rest, degree_days)
    spread_wh = 0.0
    if rest:
        spread_wh = 2 * hypot(
            line.error_wh(rest, degree_days), line.slope_wh * year.error_of_share(share)
        )
    if spread_wh > electricity_wh:
        return None
    return Projection(
        electricity_wh=electricity_wh,
        spread_wh=spread_wh,
        basis=year.basis,
        days_used=line.days,
    )


def _fit(days: Iterable[DayFigures]) -> _Line | None:
    """Return the line fitted to some days; None if they are too few or too alike."""
    points = _with_degree_days(days)
    if len(points) < LEAST_DAYS:
        return None
    colds = [cold for cold, _ in points]
    if max(colds) - min(colds) < _LEAST_RANGE_K:
        return None
    electricities_wh = [day.electricity_wh for _, day in points]
    slope, intercept = linear_regression(colds, electricities_wh)
    if slope <= 0:
        return None
    mean = fmean(colds)
    residuals = (day.electricity_wh - intercept - slope * cold for cold, day in points)
    return _Line(
        days=len(points),
        intercept_wh=intercept,
        slope_wh=slope,
        mean_degree_days=mean,
        squares=sum((cold - mean) ** 2 for cold in colds),
        variance_wh2=sum(each**2 for each in residuals) / (len(points) - 2),
    )


def _year(days: Iterable[DayFigures], given: float | None, *, southern: bool) -> _Year:
    if given is not None:
        return _Year(degree_days=given, error=_OWNERS_FIGURE, basis=Basis.GIVEN)
    points = _with_degree_days(days)
    total = sum(degree_days for degree_days, _ in points)
    share = sum(share_of_year(day.day, southern=southern) for _, day in points)
    missing = max(1 - share, 0.0)
    mild = _PLACE_K * len(points) / total
    return _Year(
        degree_days=total / share,
        error=hypot(_YEAR_TO_YEAR / sqrt(share), mild * missing),
        basis=Basis.MEASURED_DAYS if missing > _MISSING else Basis.MEASURED_YEAR,
    )


def _with_degree_days(days: Iterable[DayFigures]) -> list[tuple[float, DayFigures]]:
    known = ((day.degree_days, day) for day in days)
    return [(cold, day) for cold, day in known if cold is not None]


def _not_measured(
    measured: set[date], today: date, rest_of_today: float
) -> dict[date, float]:
    new_year = today.replace(month=1, day=1)
    end = new_year.replace(year=today.year + 1)
    year = {new_year + each * DAY for each in range((end - new_year).days)}
    return dict.fromkeys(year - measured, 1.0) | {today: rest_of_today}


def share_of_year(day: date, *, southern: bool) -> float:
    """Return the share of a standard year's degree days that falls on a day."""
    return _share_in_month(day.year, day.month, southern)


@cache
def _share_in_month(year: int, month: int, southern: bool) -> float:
    standard_month = (month - 1 + 6 * southern) % 12
    return _PER_MILLE[standard_month] / 1000 / monthrange(year, month)[1]
