"""What a change saves in a year, by hand."""

from datetime import UTC, date

import pytest

from benchmarks.daily_model import bucket_of
from custom_components.heatpump_monitor.performance.effect.result import (
    BeforeAfter,
    Estimate,
    Figures,
    Touched,
    Yearly,
)
from custom_components.heatpump_monitor.performance.effect.yearly import yearly
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.performance.totals.projection import (
    share_of_year,
)
from custom_components.heatpump_monitor.readings import Mode
from custom_components.heatpump_monitor.time_units import DAY

TODAY = date(2026, 7, 1)
ONE = Estimate(1.0, 1.0, 1.0)
SAME = BeforeAfter(before=ONE, after=ONE, change=ONE)


def _figures(cop: Estimate, electricity: Estimate) -> Figures:
    return Figures(
        cop=BeforeAfter(before=ONE, after=ONE, change=cop),
        heat_kwh_per_day=SAME,
        electricity_kwh_per_day=BeforeAfter(before=ONE, after=ONE, change=electricity),
        heat_kwh_per_degree_day=None,
        supply_c=None,
        outside_c=(-5.0, 5.0),
        mean_outside_c=0.0,
        correlation=0.5,
        source_adjusted=False,
    )


FIGURES = _figures(Estimate(1.25, 1.0, 1.6), Estimate(0.5, 0.4, 0.8))


def _ledger(days: int = 400) -> Ledger:
    """Return days with 10 kWh for heating, 2 for hot water and 1 of standby."""
    ledger = Ledger(Calendar(UTC))
    for number in range(1, days):
        bucket = bucket_of(3.0 if number % 4 else 15.0, 10, 40)
        bucket.modes[Mode.HOT_WATER] = ModeSums(electricity_wh=1500, heat_wh=5000)
        bucket.unpaired_modes_wh[Mode.HOT_WATER] = 500
        bucket.electricity_wh = 13_000
        ledger.days[TODAY - number * DAY] = bucket
    return ledger


def _yearly(
    ledger: Ledger, touched: Touched, change_day: date, figures: Figures = FIGURES
) -> Yearly:
    found = yearly(ledger, figures, touched, change_day, TODAY, price_per_kwh=0.3)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("touched", "kwh"),
    [(Touched.HEATING, 3650), (Touched.HOT_WATER, 730), (Touched.BOTH, 13 * 365)],
)
def test_year_before_the_change(touched: Touched, kwh: float) -> None:
    """A fifth less electricity for the same heat, of what the change touches."""
    found = _yearly(_ledger(), touched, TODAY)
    saved = found.saved_kwh
    assert saved.value == pytest.approx(kwh * (1 - 1 / 1.25), rel=1e-3)
    assert saved.low == 0
    assert saved.high == pytest.approx(kwh * (1 - 1 / 1.6), rel=1e-3)
    in_all = found.saved_in_all_kwh
    assert (in_all.low, in_all.value, in_all.high) == pytest.approx(
        (kwh * 0.2, kwh * 0.5, kwh * 0.6), rel=1e-3
    )
    assert found.saved_money is not None
    assert found.saved_in_all_money is not None
    assert found.saved_money.high == pytest.approx(saved.high * 0.3)
    assert found.saved_in_all_money.low == pytest.approx(in_all.low * 0.3)
    assert found.share_measured == pytest.approx(1)
    assert found.share_in_range == pytest.approx(0.75, abs=0.01)


def test_days_after_the_change_already_save() -> None:
    """What was drawn with the change would have been more without it."""
    found = _yearly(_ledger(), Touched.HEATING, TODAY - 100 * DAY)
    expected = 2650 * (1 - 1 / 1.25) + 1000 * (1.25 - 1)
    assert found.saved_kwh.value == pytest.approx(expected, rel=1e-3)


def test_what_was_not_measured_is_extrapolated() -> None:
    """Heating by its share of degree days, hot water by days."""
    ledger = _ledger(121)
    share = sum(share_of_year(day, southern=False) for day in ledger.days)
    heating = _yearly(ledger, Touched.HEATING, TODAY)
    assert heating.saved_kwh.value == pytest.approx(1200 / share * 0.2)
    assert heating.share_measured == pytest.approx(share)
    hot_water = _yearly(ledger, Touched.HOT_WATER, TODAY)
    assert hot_water.saved_kwh.value == pytest.approx(730 * 0.2)
    assert hot_water.share_measured == pytest.approx(120 / 365)


def test_nothing_is_claimed_of_days_that_are_not_compared() -> None:
    """Of hot water without its disinfections, six days of a week count."""
    figures, hot_water = FIGURES, Touched.HOT_WATER
    found = yearly(_ledger(), figures, hot_water, TODAY, TODAY, left_out={5})
    assert found is not None
    assert found.saved_kwh.value == pytest.approx(730 * 6 / 7 * 0.2, rel=5e-3)
    assert found.share_measured == pytest.approx(1)


def test_incomplete_days_are_not_measured() -> None:
    """A day of which half was metered is extrapolated, too."""
    ledger = _ledger()
    for number in range(1, 101):
        ledger.days[TODAY - number * DAY].metered_s /= 2
    found = _yearly(ledger, Touched.HOT_WATER, TODAY)
    assert found.saved_kwh.value == pytest.approx(730 * 0.2)
    assert found.share_measured == pytest.approx(265 / 365)


def test_worse_change_costs() -> None:
    """What a change costs is negative."""
    figures = _figures(Estimate(0.8, 0.75, 0.9), Estimate(1.25, 1.2, 1.3))
    found = _yearly(_ledger(), Touched.HEATING, TODAY, figures)
    assert found.saved_kwh.value == pytest.approx(-3650 / 4, rel=1e-3)
    assert found.saved_kwh.low < found.saved_kwh.value < found.saved_kwh.high < 0


def test_cooling_is_no_part() -> None:
    """The electricity of cooling is left out, as the COP leaves it out."""
    ledger = _ledger()
    for bucket in ledger.days.values():
        bucket.electricity_wh += 5000
        bucket.modes[Mode.COOLING] = ModeSums(electricity_wh=4000, heat_wh=-9000)
        bucket.unpaired_modes_wh[Mode.COOLING] = 1000
    found = _yearly(ledger, Touched.BOTH, TODAY)
    assert found.saved_kwh.value == pytest.approx(13 * 365 * 0.2, rel=1e-3)


def test_no_price_and_too_short() -> None:
    """Without a price there is no money, and a short time makes no year."""
    found = yearly(_ledger(), FIGURES, Touched.BOTH, TODAY, TODAY)
    assert found is not None
    assert found.saved_money is None
    assert found.saved_in_all_money is None
    assert yearly(_ledger(80), FIGURES, Touched.HOT_WATER, TODAY, TODAY) is None
    assert yearly(Ledger(Calendar(UTC)), FIGURES, Touched.BOTH, TODAY, TODAY) is None
