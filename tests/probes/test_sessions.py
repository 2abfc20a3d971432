"""Sessions start by a cook alone, end when it is over, and lose no extreme."""

from collections.abc import Callable
from datetime import timedelta
from math import exp, pi, sin
from random import Random

import pytest

from custom_components.heatpump_monitor.probes.curves import thinned
from custom_components.heatpump_monitor.probes.model import Session
from custom_components.heatpump_monitor.probes.sessions import MOST_POINTS

from .builders import at, each_minute, engine, feed, reading, restarted


def roast_c(minute: float) -> float:
    """Return the core of a roast that goes into the oven after half an hour."""
    return 180 - 172 * exp(-max(minute - 30, 0) / 180)


def only(sessions: list[Session]) -> Session:
    """Return the only session."""
    (session,) = sessions
    return session


def test_a_roast_starts_its_session() -> None:
    """It begins where the rise began, not where it was noticed."""
    watched = engine()
    feed(watched, each_minute(0, 90, roast_c))
    session = watched.status(at(90)).session
    assert session is not None
    assert session.started_by == "rise"
    assert session.name == "Roast"
    assert at(25) <= session.start <= at(35)
    assert session.min_c == pytest.approx(8, abs=2)
    assert session.max_c == pytest.approx(roast_c(90), abs=0.1)
    assert session.end is None


def test_slow_and_cold_smokes_start_once_they_are_hot() -> None:
    """A core that rises by 6 K in half an hour is noticed at 60 °C."""
    watched = engine()
    feed(watched, each_minute(0, 330, lambda minute: 5 + 0.2 * minute))
    session = watched.status(at(330)).session
    assert session is not None
    assert session.started_by == "rise"


def sun_c(minute: float) -> float:
    """Return the air of a terrace that the sun reaches at once, between clouds."""
    sun = max(sin(pi * (minute - 120) / 360), 0) if minute > 120 else 0.0
    cloud = 0.5 if minute % 50 < 15 else 1.0
    return 18 + 26 * sun * cloud


def grill_in_the_sun_c(minute: float) -> float:
    """Return the air below a black lid in the sun, up to 55 °C."""
    return 20 + 35 * max(sin(pi * minute / 600), 0)


def fridge_c(minute: float) -> float:
    """Return a fridge that defrosts each two hours."""
    return 4 + 14 * exp(-(((minute % 120) - 60) ** 2) / 100)


def freezer_c(minute: float) -> float:
    """Return a freezer that defrosts at once."""
    return -18 + (22 if minute % 240 > 220 else 0)


@pytest.mark.parametrize("course", [sun_c, grill_in_the_sun_c, fridge_c, freezer_c])
@pytest.mark.parametrize("noise_k", [0.0, 1.0])
def test_what_is_no_cook_starts_no_session(
    course: Callable[[float], float], noise_k: float
) -> None:
    """Neither does the afternoon's sun on a probe, nor a defrost."""
    watched = engine()
    random = Random(1)
    values = each_minute(0, 600, lambda m: course(m) + random.gauss(0, noise_k))
    for minutes, value_c in values:
        feed(watched, [(minutes, value_c)])
        assert watched.state.session is None


def test_a_single_hot_value_starts_no_session() -> None:
    """The rise must hold for three minutes."""
    watched = engine()
    feed(watched, [*each_minute(0, 30, lambda _: 20), (31, 80), (32, 20), (33, 20)])
    assert watched.state.session is None


def test_a_rise_can_be_ignored() -> None:
    """A probe on a pipe of the heating makes no sessions."""
    watched = engine(starts_by_rise=False)
    feed(watched, each_minute(0, 90, roast_c))
    assert watched.state.session is None


def test_it_ends_when_it_has_been_cold_for_an_hour() -> None:
    """Its end is the last warm value, and what follows belongs to no session."""
    watched = engine()
    feed(watched, each_minute(0, 120, roast_c))
    feed(watched, each_minute(121, 170, lambda minute: 90 - (minute - 121)))
    feed(watched, each_minute(171, 229, lambda _: 22))
    assert watched.state.session is not None
    feed(watched, each_minute(230, 240, lambda _: 22))
    session = only(watched.take_ended())
    assert session.end == at(170)
    assert session.points[-1][0] == at(170)
    assert watched.take_ended() == []
    assert watched.status(at(240)).session is None


def test_a_cold_hour_that_is_none_is_part_of_it() -> None:
    """A probe that becomes warm again has not been at rest."""
    watched = engine(starts_by_rise=False)
    watched.start_session(at(0), "Soup", "button")
    feed(watched, [(1, 80), (2, 20), (3, 20), (4, 80)])
    session = watched.stop_session(at(5))
    assert session is not None
    assert session.min_c == 20
    assert [value_c for _, value_c in session.points] == [80, 20, 20, 80]


def test_what_is_cold_counts_if_a_person_ends_it() -> None:
    """Whoever stops a session means all of it."""
    watched = engine(starts_by_rise=False)
    watched.start_session(at(0), "Soup", "button")
    feed(watched, [(1, 80), (2, 20)])
    session = watched.stop_session(at(3))
    assert session is not None
    assert session.points == ((at(1), 80), (at(2), 20))
    assert session.min_c == 20


def test_it_ends_when_the_probe_is_gone() -> None:
    """Four hours without a value; its end is the last one."""
    watched = engine()
    feed(watched, each_minute(0, 120, roast_c))
    watched.tick(at(120 + 239))
    assert watched.take_ended() == []
    watched.tick(at(120 + 241))
    assert only(watched.take_ended()).end == at(120)


def test_a_cold_session_goes_on() -> None:
    """A person who watches a freezer decides when that ends."""
    watched = engine()
    watched.start_session(at(0), "Freezer", "action")
    feed(watched, each_minute(1, 300, lambda _: -18))
    session = watched.stop_session(at(300.5))
    assert session is not None
    assert session.end == at(300.5)
    assert session.mean_c == pytest.approx(-18)
    assert only(watched.take_ended()) == session


def test_a_stopped_session_does_not_start_again_by_itself() -> None:
    """The probe stays hot: a new session needs it to be cold before."""
    watched = engine()
    feed(watched, each_minute(0, 120, roast_c))
    assert watched.stop_session(at(120)) is not None
    feed(watched, each_minute(121, 200, roast_c))
    assert watched.state.session is None
    feed(watched, each_minute(201, 230, lambda _: 8))
    feed(watched, each_minute(231, 320, lambda minute: roast_c(minute - 201)))
    session = watched.status(at(320)).session
    assert session is not None
    assert session.start > at(200)


def test_start_twice_renames() -> None:
    """A second press of the button loses nothing."""
    watched = engine()
    first = watched.start_session(at(0), "", "button")
    feed(watched, [(1, 20)])
    second = watched.start_session(at(2), "Leg of lamb", "action")
    assert (second.key, second.start) == (first.key, first.start)
    assert second.name == "Leg of lamb"
    assert second.points == ((at(1), 20),)


def test_nothing_is_stopped_or_kept_without_a_session() -> None:
    """Stop without a session does nothing; one without a value ends unkept."""
    watched = engine()
    assert watched.stop_session(at(0)) is None
    watched.start_session(at(1), "Never heard", "button")
    watched.tick(at(300))
    assert watched.status(at(300)).session is None
    assert watched.take_ended() == []


def test_a_zero_degree_target_is_a_target() -> None:
    """The target of a session may be 0 °C."""
    watched = engine(target_c=0)
    watched.start_session(at(0), "Ice", "button")
    feed(watched, [(1, 20)])
    session = watched.stop_session(at(2))
    assert session is not None
    assert session.target_c == 0


def test_the_mean_is_over_time_and_leaves_out_gaps() -> None:
    """Many readings of a minute weigh as much as few; a gap is marked."""
    watched = engine(starts_by_rise=False)
    watched.start_session(at(0), "Roast", "button")
    feed(watched, [(0, 10), (5, 10), *each_minute(5.1, 6, lambda _: 20, 0.1)])
    feed(watched, [(60, 80), (61, 80)])
    session = watched.stop_session(at(62))
    assert session is not None
    assert session.gaps == ((at(6), at(60)),)
    counted = 5 * 10 + 0.1 * 15 + 0.9 * 20 + 80
    assert session.mean_c == pytest.approx(counted / 7)


def test_a_long_session_keeps_extremes_in_few_points() -> None:
    """Two days at ten seconds: at most 300 points, with both extremes and gaps."""
    watched = engine(starts_by_rise=False)
    watched.start_session(at(0), "Brisket", "button")
    random = Random(2)
    for number in range(17280):
        minutes = number / 6
        if 1000 < minutes < 1100:
            continue
        value_c = 90 + random.gauss(0, 1)
        value_c = {700: 31.5, 12000: 140.25}.get(number, value_c)
        feed(watched, [(minutes, value_c)])
        if number == 9000:
            watched = restarted(watched)
    session = watched.stop_session(at(2880))
    assert session is not None
    assert len(session.points) <= MOST_POINTS
    assert (at(700 / 6), 31.5) in session.points
    assert (at(2000), 140.25) in session.points
    assert (session.min_c, session.max_c) == (31.5, 140.25)
    ((gap_start, gap_end),) = session.gaps
    times = [time for time, _ in session.points]
    assert times.index(gap_end) == times.index(gap_start) + 1
    assert gap_end - gap_start == timedelta(minutes=100)


def test_a_thinned_curve_keeps_each_lid() -> None:
    """What is far from the line between its neighbours stays."""
    points = [(10.0 * number, 0.01 * number) for number in range(5000)]
    lids = [500, 1700, 4321]
    for number in lids:
        points[number] = points[number][0], -5.0
    kept = thinned(points, 50)
    assert len(kept) == 50
    assert kept[0] == points[0]
    assert kept[-1] == points[-1]
    assert {points[number] for number in lids} <= set(kept)


def test_a_restart_in_the_middle_loses_nothing() -> None:
    """The session goes on as it was."""
    watched, again = engine(), engine()
    values = each_minute(0, 120, roast_c)
    feed(watched, values)
    feed(again, values[:70])
    again = restarted(again)
    feed(again, values[70:])
    assert again.status(at(120)) == watched.status(at(120))
    assert again.curve(at(120)) == watched.curve(at(120))


def test_the_curve_is_that_of_three_hours_without_a_session() -> None:
    """What is older is dropped."""
    watched = engine(starts_by_rise=False)
    feed(watched, each_minute(0, 400, lambda minute: minute / 10))
    curve = watched.curve(at(400))
    assert curve[0][0] == at(220)
    assert curve[-1] == (at(400), 40.0)
    assert watched.add(reading(400, 40), at(401)) == []
