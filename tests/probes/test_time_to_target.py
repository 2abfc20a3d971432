"""When a probe reaches its target, and that nothing is said where nothing is known."""

from math import exp
from random import Random

import pytest

from custom_components.heatpump_monitor.probes.model import Approach, TimeToTarget

from .builders import at, each_minute, engine, feed

UNKNOWN = TimeToTarget(approach=Approach.UNKNOWN)


def core_c(minute: float, end_c: float = 150, start_c: float = 8) -> float:
    """Return a core that the heat reaches late."""
    slow, fast = 120 * exp(-minute / 120), 18 * exp(-minute / 18)
    return end_c - (end_c - start_c) * (slow - fast) / 102


@pytest.mark.parametrize("step", [0.25, 1, 2])
@pytest.mark.parametrize("minute", [40, 60, 80])
def test_a_roast_is_ready_when_it_is_said(minute: float, step: float) -> None:
    """Within the band, with noise, and by a number that is close."""
    watched = engine(target_c=68)
    random = Random(3)
    ready = next(m for m in range(1000) if core_c(m) >= 68)
    feed(
        watched,
        each_minute(0, minute, lambda m: core_c(m) + random.gauss(0, 0.3), step),
    )
    found = watched.status(at(minute)).time_to_target
    assert found.approach is Approach.APPROACHING
    assert found.remaining_s == pytest.approx((ready - minute) * 60, rel=0.25)
    assert found.low_s is not None
    assert found.high_s is not None
    assert found.low_s <= (ready - minute) * 60 <= found.high_s


def test_time_goes_by_between_two_values() -> None:
    """What remains is counted from now on, and never below 0."""
    watched = engine(target_c=68)
    feed(watched, each_minute(0, 60, core_c))
    first = watched.status(at(60)).time_to_target
    later = watched.status(at(63)).time_to_target
    assert first.remaining_s is not None
    assert later.remaining_s == pytest.approx(first.remaining_s - 180)
    assert later.low_s is not None
    assert later.low_s >= 0


def test_cooling_down_is_an_approach_from_above() -> None:
    """Newton's law, the other way round."""
    watched = engine(target_c=20, starts_by_rise=False)
    feed(watched, each_minute(0, 60, lambda m: 5 + 90 * exp(-m / 60)))
    found = watched.status(at(60)).time_to_target
    assert found.approach is Approach.APPROACHING
    assert found.remaining_s == pytest.approx((60 * 1.792 - 60) * 60, rel=0.3)
    assert found.slope_k_per_min is not None
    assert found.slope_k_per_min < 0


def test_without_target_value_or_past_nothing_is_said() -> None:
    """Unknown is unknown."""
    watched = engine()
    feed(watched, each_minute(0, 60, core_c))
    assert watched.status(at(60)).time_to_target == UNKNOWN
    watched = engine(target_c=68)
    assert watched.status(at(0)).time_to_target == UNKNOWN
    feed(watched, [(1, 20), (2, 21)])
    assert watched.status(at(2)).time_to_target == UNKNOWN
    feed(watched, each_minute(3, 60, core_c))
    assert watched.status(at(80)).time_to_target == UNKNOWN


def test_a_stall_has_no_number() -> None:
    """A core in a smoker stands at 68 °C for hours, and goes on to 93 °C."""
    watched = engine(target_c=93)
    feed(watched, each_minute(0, 200, lambda m: 5 + 63 * (1 - exp(-m / 60)) / 0.9643))
    feed(watched, each_minute(201, 260, lambda m: 68 + 0.02 * (m - 200)))
    found = watched.status(at(260)).time_to_target
    assert found.approach is Approach.STALLED
    assert (found.remaining_s, found.low_s, found.high_s) == (None, None, None)
    feed(watched, each_minute(261, 330, lambda m: 69.2 + 0.25 * (m - 260)))
    found = watched.status(at(330)).time_to_target
    assert found.approach is Approach.APPROACHING
    assert found.remaining_s is not None


def test_a_stall_that_lies_ahead_is_counted_in() -> None:
    """To 90 °C it takes more than twice as long as to 80 °C."""
    found = []
    for target_c in (80, 90):
        watched = engine(target_c=target_c)
        feed(watched, each_minute(0, 60, lambda m: core_c(m, 130)))
        said = watched.status(at(60)).time_to_target
        assert said.remaining_s is not None
        assert said.low_s is not None
        assert said.high_s is not None
        assert said.low_s < said.remaining_s < said.high_s
        found.append(said.remaining_s)
    assert found[1] > 2 * found[0]
    feed(watched, each_minute(61, 130, lambda m: core_c(m, 130)))
    said = watched.status(at(130)).time_to_target
    assert said.remaining_s is not None
    assert said.remaining_s < found[0]


def test_going_away_is_receding() -> None:
    """A probe that cools below its target does not come to it."""
    watched = engine(target_c=68)
    feed(watched, each_minute(0, 40, lambda m: 20 + m))
    feed(watched, each_minute(41, 70, lambda m: 60 - 0.5 * (m - 40)))
    found = watched.status(at(70)).time_to_target
    assert found.approach is Approach.RECEDING
    assert found.remaining_s is None


def test_standing_elsewhere_is_receding() -> None:
    """An oven that is off heats to 40 °C and no further."""
    watched = engine(target_c=68, starts_by_rise=False)
    feed(watched, each_minute(0, 180, lambda m: 40 - 20 * exp(-m / 15)))
    assert watched.status(at(180)).time_to_target.approach is Approach.RECEDING


def test_reached_is_reached() -> None:
    """From the alarm on, until the target is left again."""
    watched = engine(target_c=68)
    feed(watched, each_minute(0, 60, lambda m: 20 + m))
    assert watched.status(at(60)).time_to_target == TimeToTarget(
        approach=Approach.REACHED
    )


def test_another_roast_begins_anew() -> None:
    """A hot roast before a gap tells nothing of the cold one after it."""
    watched = engine(target_c=68)
    feed(watched, each_minute(0, 60, lambda m: 20 + m))
    feed(watched, each_minute(80, 130, lambda m: core_c(m - 80, start_c=22)))
    alone = engine(target_c=68)
    feed(alone, each_minute(80, 130, lambda m: core_c(m - 80, start_c=22)))
    found = watched.status(at(130)).time_to_target
    assert found == alone.status(at(130)).time_to_target
    assert found.approach is Approach.APPROACHING


def test_a_silent_cloud_does_not_hide_the_roast() -> None:
    """After a gap in one cook, the time is known with the first value."""
    watched = engine(target_c=68)
    feed(watched, each_minute(0, 40, core_c))
    feed(watched, [(60, core_c(60))])
    assert watched.status(at(60)).time_to_target.approach is Approach.APPROACHING
