"""What the measurement of peaks says of a house's year."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from benchmarks.peaks.command import Row, table
from benchmarks.peaks.house import DAY_S, HOUSES, Day
from benchmarks.peaks.meter import Meter, Shows
from benchmarks.peaks.replay import Case, live
from custom_components.heatpump_monitor.house_meter.model import Basis

GOOD = Row(
    name="P1",
    house="a house",
    own=100,
    own_most_w=0.5,
    counted=0,
    counted_p99_w=None,
    counted_most_w=None,
    not_complete=1,
    without_reason=0,
    month_most_w=0.5,
    share_most_pct=None,
    forecast_mean_w=100.0,
    forecast_p90_w=400.0,
    exceeded=100,
    late=2,
    false=50,
    lead_median_s=600.0,
    lead_p10_s=300.0,
    avoidable=100,
)


def test_limits_are_held() -> None:
    """A good row misses nothing, and is in both tables."""
    assert GOOD.missed() == []
    assert table([GOOD], markdown=True).count("| P1 | a house |") == 2


@pytest.mark.parametrize(
    "row",
    [
        replace(GOOD, own_most_w=1.01),
        replace(GOOD, month_most_w=1.01),
        replace(GOOD, month_most_w=float("nan")),
        replace(GOOD, counted=9, counted_p99_w=5.1),
        replace(GOOD, counted=9, counted_most_w=11.0),
        replace(GOOD, without_reason=1),
        replace(GOOD, forecast_mean_w=201.0),
        replace(GOOD, forecast_p90_w=701.0),
        replace(GOOD, late=11),
        replace(GOOD, false=151),
    ],
)
def test_limit_is_missed(row: Row) -> None:
    """Each limit is one that can be missed."""
    assert len(row.missed()) == 1


def test_meter_shows_the_truth() -> None:
    """The meter's registers and the truth are those of the load."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    net_w = np.where(np.arange(DAY_S) < 450, 4000.0, -1000.0)
    meter = Meter(Shows())
    shown = list(meter.read(Day(start=start, net_w=net_w, heat_pump_w=net_w * 0)))
    assert meter.truth.quarters_w[start] == pytest.approx(2000)
    last = next(one.reading for one in shown if one.second == 899)
    assert last.quarter_average_w == 2000
    after = next(one.reading for one in shown if one.second == 900)
    assert (after.quarter_average_w, after.power_w) == (0, -1000)
    assert after.month_peak_w == 2000
    assert after.month_peak_at == start + timedelta(minutes=15)


def test_troubled_days() -> None:
    """Two troubled days are exact where they are known; not all are known."""
    case = Case(
        name="P1",
        house=HOUSES[1],
        shows=Shows(resets_late=True, host_ahead_s=8.0),
        is_troubled=True,
    )
    outcome = live(case, 2)
    assert max(outcome.errors_w(Basis.METER)) < 1
    assert max(outcome.month_errors_w()) < 1
    assert outcome.not_complete() > 10
    assert outcome.not_complete_without_reason() == 0
