"""What a change saves in a year like the last one."""

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from ...readings import Mode
from ...time_units import DAY
from ..totals.ledger import Bucket, Ledger
from ..totals.projection import share_of_year
from .days import COMPLETE, WINDOW, day_seconds
from .result import Estimate, Figures, Touched, Yearly

# A year made of a shorter time would be a guess.
_LEAST_SHARE: Final = 0.25
_BY_COLD: Final = (Mode.HEATING, Mode.DEFROST)


class _Electricity(NamedTuple):
    """The electricity of a year before and after a change, as it was measured."""

    before_kwh: float
    after_kwh: float

    def saved(self, better: float) -> float:
        """Return by how much a year with the change needs less than one without.

        `better` is the heat per electricity after over that before.
        """
        return self.before_kwh * (1 - 1 / better) + self.after_kwh * (better - 1)

    def estimate(self, better: Estimate) -> Estimate:
        """Return what is saved, with its interval."""
        return Estimate(*map(self.saved, (better.value, better.low, better.high)))


def yearly(
    ledger: Ledger,
    figures: Figures,
    touched: Touched,
    change_day: date,
    today: date,
    *,
    price_per_kwh: float | None = None,
    southern: bool = False,
    left_out: Collection[int] = (),
) -> Yearly | None:
    """Return what a change saves in a year like the last 12 months.

    What was not measured is extrapolated: heating by the degree days of the standard
    year, the rest by days. The effect is taken for the same at all temperatures.

    Args:
        ledger: What was counted.
        figures: What the change did.
        touched: On what it acts.
        change_day: The first local day with the change.
        today: The local day, which is not complete yet.
        price_per_kwh: In the household's currency.
        southern: Whether the year is warm where the standard year is cold.
        left_out: Weekdays of which nothing is claimed.

    Returns:
        The savings; None if less than a quarter of the year was measured.
    """
    by_cold, by_days = [0.0, 0.0], [0.0, 0.0]
    share_of_cold = share_of_days = in_range_kwh = 0.0
    low_c, high_c = figures.outside_c
    for day, bucket in ledger.days_between(today - WINDOW, today - DAY):
        if bucket.metered_s < COMPLETE * day_seconds(ledger.calendar, day):
            continue
        share_of_cold += share_of_year(day, southern=southern)
        share_of_days += DAY / WINDOW
        if day.weekday() in left_out:
            continue
        cold_kwh, other_kwh = _electricity_kwh(bucket, touched)
        by_cold[day >= change_day] += cold_kwh
        by_days[day >= change_day] += other_kwh
        if bucket.outside_c is not None and low_c <= bucket.outside_c <= high_c:
            in_range_kwh += cold_kwh + other_kwh
    total_kwh = sum(by_cold) + sum(by_days)
    share = share_of_days if touched is Touched.HOT_WATER else share_of_cold
    if share < _LEAST_SHARE or not total_kwh:
        return None
    electricity = _Electricity(
        *(
            cold / share_of_cold + other / share_of_days
            for cold, other in zip(by_cold, by_days, strict=True)
        )
    )
    less = figures.electricity_kwh_per_day.change
    in_all = Estimate(1 / less.value, 1 / less.high, 1 / less.low)
    saved, saved_in_all = map(electricity.estimate, (figures.cop.change, in_all))
    return Yearly(
        saved_kwh=saved,
        saved_in_all_kwh=saved_in_all,
        saved_money=_money(saved, price_per_kwh),
        saved_in_all_money=_money(saved_in_all, price_per_kwh),
        share_measured=min(share, 1.0),
        share_in_range=in_range_kwh / total_kwh,
    )


def _electricity_kwh(bucket: Bucket, touched: Touched) -> tuple[float, float]:
    """Return the electricity touched that follows the cold, and the rest of it."""
    heating, hot_water, cooling = (
        sum(
            bucket.of_mode(mode).electricity_wh + bucket.unpaired_modes_wh.get(mode, 0)
            for mode in modes
        )
        / 1000
        for modes in (_BY_COLD, (Mode.HOT_WATER,), (Mode.COOLING,))
    )
    if touched is Touched.HEATING:
        return heating, 0.0
    if touched is Touched.HOT_WATER:
        return 0.0, hot_water
    return heating, bucket.electricity_wh / 1000 - cooling - heating


def _money(saved: Estimate, price_per_kwh: float | None) -> Estimate | None:
    return None if price_per_kwh is None else saved.scaled(price_per_kwh)
