"""Forecast, headroom and the warning."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from custom_components.heatpump_monitor.house_meter.engine import HouseMeterEngine
from custom_components.heatpump_monitor.house_meter.model import RunningQuarter

from .builders import NOON, Load, Meter, engine, feed, steady


def running(house: HouseMeterEngine) -> RunningQuarter:
    """Return the running quarter-hour."""
    found = house.snapshot.running
    assert found is not None
    return found


def raised(load: Load, pace_s: int = 5) -> list[int]:
    """Return the seconds at which the warning of a quarter-hour changed."""
    house, meter, changes, before = engine(limit_w=4000.0), Meter(load), [], False
    for second in range(0, 900, pace_s):
        feed(house, [meter.at(second)])
        if house.snapshot.will_exceed is not before:
            changes.append(second)
            before = not before
    return changes


def test_before_the_first_reading() -> None:
    """Nothing is known, and nothing fails."""
    snapshot = engine().snapshot
    assert (snapshot.running, snapshot.last, snapshot.will_exceed) == (None, None, None)


def test_forecast_and_headroom() -> None:
    """Half of the quarter-hour at 3 kW, then 6 kW: 4.5 kW, and 5 kW were allowed."""
    house = engine(limit_w=4000.0)
    meter = Meter(lambda second: 3000.0 if second < 450 else 6000.0)
    feed(house, meter.every(0, 451, 1))
    assert running(house).headroom_w == pytest.approx(5000)
    assert running(house).so_far_w == pytest.approx(1500)
    assert running(house).ends_in_s == 450
    feed(house, meter.every(451, 601, 1))
    # Of 30 s of smoothing, 150 s leave less than 1 %.
    assert running(house).forecast_w == pytest.approx(4500, abs=10)
    assert running(house).headroom_w == pytest.approx(4500)


def test_headroom_of_an_exceeded_quarter() -> None:
    """Nothing may be drawn once the limit is exceeded, and not less than nothing."""
    house = engine(limit_w=1000.0)
    feed(house, Meter(steady(3600.0)).every(0, 600))
    assert running(house).headroom_w == 0.0
    assert house.snapshot.will_exceed is True


def test_limit() -> None:
    """Without an own limit it is the month's peak, at least the least one."""
    house = engine()
    meter = Meter(lambda second: 5000.0 if second < 900 else 100.0)
    feed(house, meter.every(0, 899))
    assert running(house).limit_w == 2500.0
    feed(house, meter.every(899, 1000))
    assert running(house).limit_w == pytest.approx(5000, abs=1)
    # Midnight: a new month.
    start = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    feed(house, [Meter(steady(100.0), start=start).at(0)])
    assert running(house).limit_w == 2500.0


def test_unknown() -> None:
    """Of a quarter-hour that is known in parts, nothing is foreseen."""
    house = engine()
    feed(house, Meter(steady(9000.0), is_p1=False).every(300, 800))
    assert running(house).so_far_w is None
    assert running(house).forecast_w is None
    assert running(house).headroom_w is None
    assert house.snapshot.will_exceed is None


def test_without_power() -> None:
    """Without the power there is no forecast, but what may be drawn is known."""
    house = engine(limit_w=4000.0)
    readings = Meter(steady(3600.0)).every(0, 451)
    feed(house, (replace(one, power_w=None) for one in readings))
    assert running(house).forecast_w is None
    assert running(house).headroom_w == pytest.approx(4400)
    assert house.snapshot.will_exceed is None


def test_warning_early_enough() -> None:
    """A load that stays is warned of after a third of the time that was left."""
    assert raised(steady(5000.0)) == [225]
    assert raised(lambda second: 300.0 if second < 300 else 7000.0) == [
        pytest.approx(495, abs=10)
    ]


def test_no_warning_of_a_kettle() -> None:
    """Three minutes of a high load at the start are not a warning."""
    assert raised(lambda second: 6000.0 if second < 180 else 2500.0) == []


def test_warning_is_cleared() -> None:
    """Once the load is shed, the warning ends, and does not come and go."""
    assert raised(lambda second: 6000.0 if second < 300 else 2000.0) == [
        225,
        pytest.approx(390, abs=25),
    ]
    cycling = raised(lambda second: 4500.0 if second % 60 < 30 else 3700.0)
    assert len(cycling) <= 1


def test_warning_ends_with_the_quarter() -> None:
    """Each quarter-hour begins without a warning."""
    house = engine(limit_w=3000.0)
    feed(house, Meter(steady(3600.0)).every(0, 899))
    assert house.snapshot.will_exceed is True
    feed(house, Meter(steady(3600.0)).every(899, 930))
    assert house.snapshot.will_exceed is False
    last = house.snapshot.last
    assert last is not None
    assert last.start == NOON
