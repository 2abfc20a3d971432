"""What no repetition, order or restart of the readings may change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

from hypothesis import given, settings, strategies as st

from custom_components.heatpump_monitor.history.codec import dump
from custom_components.heatpump_monitor.probes.engine import ProbeEngine
from custom_components.heatpump_monitor.probes.model import (
    ProbeAlarm,
    ProbeEvent,
    ProbeSettings,
)

from .builders import NOON, at, reading, restarted

WATCHED = ProbeSettings(
    target_c=60,
    high_c=70,
    low_c=10,
    rising_k_per_min=2,
    falling_k_per_min=2,
)

STEPS = st.lists(
    st.tuples(
        st.sampled_from([0.2, 0.5, 1.0, 2.0, 7.0, 30.0, 300.0]),
        st.one_of(
            st.none(),
            st.floats(-20, 110),
            st.sampled_from([9.9, 60.0, 60.5, 70.0, 70.1, 1000.0]),
        ),
    ),
    max_size=60,
)
"""Minutes since the reading before, and the value."""


def started() -> ProbeEngine:
    """Return an engine that has just been started."""
    new = ProbeEngine("roast", WATCHED)
    new.tick(NOON)
    return new


def timed(steps: list[tuple[float, float | None]]) -> list[tuple[float, float | None]]:
    """Return values by the minutes since noon."""
    minutes, values = 0.0, []
    for step, value_c in steps:
        minutes += step
        values.append((minutes, value_c))
    return values


def live(
    watched: ProbeEngine, values: Sequence[tuple[float, float | None]]
) -> list[ProbeEvent]:
    """Return the events of values that arrive five seconds after measurement."""
    return [
        event
        for minutes, value_c in values
        for event in watched.add(reading(minutes, value_c), at(minutes + 1 / 12))
    ]


@given(STEPS)
@settings(deadline=None, max_examples=60)
def test_a_replay_changes_nothing(steps: list[tuple[float, float | None]]) -> None:
    """Readings that were added before ring nothing and are counted once."""
    values = [(minutes, v) for minutes, v in timed(steps) if v is not None]
    watched = started()
    live(watched, values)
    saved = dump(watched.state)
    now = at((values[-1][0] if values else 0) + 1 / 12)
    for minutes, value_c in values:
        assert watched.add(reading(minutes, value_c), now) == []
    assert dump(watched.state) == saved


@given(STEPS, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_late_readings_change_nothing(
    steps: list[tuple[float, float | None]], random: Random
) -> None:
    """One that is older than the newest is as if it had not come."""
    values = [(minutes, v) for minutes, v in timed(steps) if v is not None]
    in_order, mixed = started(), started()
    for number, (minutes, value_c) in enumerate(values):
        now = at(minutes + 1 / 12)
        expected = in_order.add(reading(minutes, value_c), now)
        assert mixed.add(reading(minutes, value_c), now) == expected
        late, late_c = values[random.randrange(number + 1)]
        assert mixed.add(reading(late - 0.01, late_c + 5), now) == []
    assert dump(mixed.state) == dump(in_order.state)


@given(STEPS, st.integers(0, 60))
@settings(deadline=None, max_examples=60)
def test_a_restart_in_the_middle_changes_nothing(
    steps: list[tuple[float, float | None]], cut: int
) -> None:
    """The same alarms ring, but for silence, which needs time to be heard."""
    values = timed(steps)
    through, cut_once = started(), started()
    expected = live(through, values)
    found = live(cut_once, values[:cut])
    cut_once = restarted(cut_once)
    found += live(cut_once, values[cut:])

    def loud(events: list[ProbeEvent]) -> list[ProbeEvent]:
        return [event for event in events if event.alarm is not ProbeAlarm.SILENT]

    assert loud(found) == loud(expected)
    quiet = {"is_silent": False}
    assert {**dump(cut_once.state.alarms), **quiet} == {
        **dump(through.state.alarms),
        **quiet,
    }
    assert dump(cut_once.state.session) == dump(through.state.session)


@given(STEPS, st.lists(st.integers(0, 60), max_size=3))
@settings(deadline=None, max_examples=60)
def test_no_alarm_rings_twice_without_being_cleared(
    steps: list[tuple[float, float | None]], cuts: list[int]
) -> None:
    """Raised and cleared alternate, through restarts and changed limits."""
    watched = started()
    events: list[ProbeEvent] = []
    for number, value in enumerate(timed(steps)):
        if number in cuts:
            watched = restarted(watched)
            changed = replace(watched.settings, high_c=60.0 + number, target_c=40.0)
            events += watched.set(changed, at(value[0]))
        events += watched.tick(at(value[0]))
        events += live(watched, [value])
    by_alarm: dict[ProbeAlarm, list[bool]] = {}
    for event in events:
        by_alarm.setdefault(event.alarm, []).append(event.is_raised)
    for changes in by_alarm.values():
        assert changes[0]
        assert all(before != after for before, after in pairwise(changes))
    raised = {alarm for alarm, changes in by_alarm.items() if changes[-1]}
    assert watched.status(NOON).raised == raised


@given(STEPS)
@settings(deadline=None, max_examples=60)
def test_sessions_are_handed_out_once_and_do_not_overlap(
    steps: list[tuple[float, float | None]],
) -> None:
    """Whatever is measured, each session has its own key and time."""
    watched = started()
    sessions = []
    for value in timed(steps):
        live(watched, [value])
        sessions += watched.take_ended()
    stopped = watched.stop_session(at(timed(steps)[-1][0] + 1)) if steps else None
    assert watched.take_ended() == ([stopped] if stopped else [])
    sessions += [stopped] if stopped else []
    assert max(Counter(each.key for each in sessions).values(), default=1) == 1
    for before, after in pairwise(sessions):
        assert before.end is not None
        assert before.end <= after.start
    for session in sessions:
        values = [value_c for _, value_c in session.points]
        assert session.min_c == min(values)
        assert session.max_c == max(values)
