"""What is known of quarter-hours and of their peaks.

Nothing here imports Home Assistant.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

QUARTER: Final = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True, slots=True)
class CapacityTariff:
    """What the grid operator bills, and what the household does not want to exceed."""

    price_per_kw_year: float | None = None
    """In the household's currency; None if it is not billed."""
    least_peak_w: float = 2500.0
    """A month's peak is billed as at least this."""
    limit_w: float | None = None
    """The household's own limit; None for the month's peak so far."""


class Basis(StrEnum):
    """How the energy of a quarter-hour is known."""

    METER = "meter"
    """The meter's own average of the quarter-hour."""
    COUNTER = "counter"
    """The difference of its counter of energy."""
    INCOMPLETE = "incomplete"
    """A part of it only: the rest was not seen, and is not guessed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quarter:
    """A quarter-hour that has ended."""

    start: datetime
    """Aware and in UTC."""
    import_wh: float
    """What was drawn from the grid; of a part of it where that is all that is known."""
    basis: Basis
    parts_wh: Mapping[str, float] = field(default_factory=dict)
    """What each heat pump drew, by the id of its entry; missing while not known."""

    @property
    def average_w(self) -> float | None:
        """Return the average power; None if it is not known as a whole."""
        if self.basis is Basis.INCOMPLETE:
            return None
        return self.import_wh * (timedelta(hours=1) / QUARTER)


@dataclass(frozen=True, kw_only=True, slots=True)
class RunningQuarter:
    """The quarter-hour that goes on."""

    start: datetime
    so_far_w: float | None
    """Energy drawn so far over 900 s: it starts at 0 and climbs."""
    forecast_w: float | None
    """The average at its end, if the present power stays."""
    headroom_w: float | None
    """What may be drawn on average until its end, without a new peak."""
    limit_w: float
    """What it should not exceed: the own limit, or the peak that is billed anyway."""
    parts_wh: Mapping[str, float] = field(default_factory=dict)
    """What each heat pump has drawn since it began, as far as known."""
    ends_in_s: float


class PeakBasis(StrEnum):
    """Where a month's peak is known from."""

    COUNTED = "counted"
    METER = "meter"
    """The meter's own, which was higher than what was counted here."""
    CORRECTED = "corrected"
    """As the user entered it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthPeak:
    """The highest quarter-hour of a month."""

    month: date
    """Its first day, in the household's time zone."""
    peak_w: float
    at: datetime | None
    """When the quarter-hour began; None if the user did not say."""
    basis: PeakBasis
    parts_wh: Mapping[str, float] = field(default_factory=dict)
    """What each heat pump drew in it, as far as known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Billing:
    """What the capacity tariff comes to."""

    peak_w: float | None
    """Mean of the last 12 months' peaks, each at least the least one."""
    months: tuple[MonthPeak, ...]
    """Those, oldest first; the present one last."""
    cost_per_year: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseSnapshot:
    """All that is shown of a house meter, beside its last reading."""

    running: RunningQuarter | None
    last: Quarter | None
    month_peak: MonthPeak | None
    billing: Billing
    will_exceed: bool | None
    """Whether this quarter-hour will exceed the limit, unless something is done."""
