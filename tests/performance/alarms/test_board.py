"""Alarms are raised and cleared with hysteresis and hold times."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.performance.alarms.board import (
    Alarm,
    AlarmBoard,
    AlarmChange,
    AlarmEvent,
    AlarmKey,
    Condition,
)

START = datetime(2026, 1, 15, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOLD = 30 * MINUTE
CLEAR_AFTER = 20 * MINUTE

type Levels = Mapping[str, float | None] | None
"""The level of each part; None is not known."""


def _conditions(levels: Levels) -> Mapping[str, Condition | None] | None:
    if levels is None:
        return None
    return {
        part: None if level is None else Condition(level, {"level": level, "word": "x"})
        for part, level in levels.items()
    }


ALARM = Alarm[Levels](
    key=AlarmKey.FLOW,
    measure=_conditions,
    on=2.0,
    off=1.0,
    hold=HOLD,
    clear_after=CLEAR_AFTER,
)
AT_ONCE = Alarm[Levels](key=AlarmKey.FAULT, measure=_conditions)


def _events(
    steps: list[Levels], alarm: Alarm[Levels] = ALARM, board: AlarmBoard | None = None
) -> list[tuple[int, str, AlarmChange]]:
    """Return minute, part and change of what happens with a level per ten minutes."""
    board = board or AlarmBoard()
    return [
        (10 * number, event.part, event.change)
        for number, levels in enumerate(steps)
        for event in board.update([alarm], levels, START + 10 * number * MINUTE)
    ]


def test_hold_time_and_hysteresis() -> None:
    """It takes the hold time, goes on between the levels, and ends after its time."""
    levels = [0.0, 2.0, 2.0, 2.5, 2.0, 1.5, 1.0, 0.9, 0.9, 0.9, 0.9]
    assert _events([{"": level} for level in levels]) == [
        (40, "", AlarmChange.RAISED),
        (90, "", AlarmChange.CLEARED),
    ]


def test_a_pause_starts_the_hold_time_again() -> None:
    """A level that falls below the limit in between was not there all the time."""
    levels = [2.0, 2.0, 1.9, 2.0, 2.0, 2.0, 2.0]
    assert _events([{"": level} for level in levels]) == [(60, "", AlarmChange.RAISED)]


def test_each_part_for_itself() -> None:
    """A part that is not listed any more is over; an unknown one stays."""
    steps: list[Levels] = [{"a": 1.0, "b": 1.0}, {"a": None}, {"a": 0.0}]
    assert _events(steps, AT_ONCE) == [
        (0, "a", AlarmChange.RAISED),
        (0, "b", AlarmChange.RAISED),
        (10, "b", AlarmChange.CLEARED),
        (20, "a", AlarmChange.CLEARED),
    ]


def test_events_carry_the_newest_values() -> None:
    """What cleared an alarm explains nothing: the last values of the alarm do."""
    board = AlarmBoard()
    board.update([AT_ONCE], {"F.1": 3.0}, START)
    board.update([AT_ONCE], {"F.1": 4.0}, START + MINUTE)
    (event,) = board.update([AT_ONCE], {}, START + 2 * MINUTE)
    assert event == AlarmEvent(
        time=START + 2 * MINUTE,
        key=AlarmKey.FAULT,
        part="F.1",
        change=AlarmChange.CLEARED,
        causes={"level": 4.0, "word": "x"},
    )


def test_unknown_is_neither_raised_nor_calm() -> None:
    """Whether an alarm is raised is not known before it was measured."""
    board = AlarmBoard()
    assert board.is_raised(AlarmKey.FAULT) is None
    board.update([AT_ONCE], None, START)
    assert board.is_raised(AlarmKey.FAULT) is None
    board.update([AT_ONCE], {}, START)
    assert board.is_raised(AlarmKey.FAULT) is False
    board.update([AT_ONCE], {"": 1.0}, START)
    board.update([AT_ONCE], {"": None}, START)
    assert board.is_raised(AlarmKey.FAULT) is True


def test_a_wrong_clock_leaves_no_waiting_time() -> None:
    """Waiting that began while the clock was ahead begins again."""
    board = AlarmBoard()
    board.update([ALARM], {"": 2.0}, START + timedelta(days=1))
    board.forget_after(START)
    assert not board.update([ALARM], {"": 2.0}, START)
    assert board.update([ALARM], {"": 2.0}, START + HOLD)


_LEVELS = st.sampled_from([None, 0.0, 0.9, 1.0, 1.5, 2.0, 3.0])
_STEPS = st.lists(
    st.one_of(st.none(), st.fixed_dictionaries({"a": _LEVELS, "b": _LEVELS})),
    max_size=25,
)


@given(_STEPS)
def test_raised_and_cleared_take_turns(steps: list[Levels]) -> None:
    """Of each part, raised and cleared follow each other, never at one moment."""
    events = _events(steps)
    for part in "ab":
        own = [(minute, change) for minute, each, change in events if each == part]
        changes = [change for _, change in own]
        expected = [AlarmChange.RAISED, AlarmChange.CLEARED] * len(changes)
        assert changes == expected[: len(changes)]
        assert len({minute for minute, _ in own}) == len(own)


@given(_STEPS)
def test_hold_times_are_kept(steps: list[Levels]) -> None:
    """For so long before an event, no known level asked for the opposite."""
    for minute, part, change in _events(steps):
        is_raised = change is AlarmChange.RAISED
        waited = HOLD if is_raised else CLEAR_AFTER
        last = minute // 10
        first = last - waited // (10 * MINUTE)
        known = [
            level
            for levels in steps[max(first, 0) : last + 1]
            if levels is not None and (level := levels[part]) is not None
        ]
        assert first >= 0
        assert all(level >= 2 if is_raised else level < 1 for level in known)


@given(_STEPS, st.data())
def test_unknown_changes_nothing(steps: list[Levels], data: st.DataObject) -> None:
    """Measures of which nothing is known happen in between without a trace."""
    board, other = AlarmBoard(), AlarmBoard()
    for number, levels in enumerate(steps):
        now = START + 10 * number * MINUTE
        if data.draw(st.booleans()):
            unknown: Levels = data.draw(st.sampled_from([None, {"a": None, "b": None}]))
            assert not other.update([ALARM], unknown, now - MINUTE)
        events = board.update([ALARM], levels, now)
        assert other.update([ALARM], levels, now) == events
    assert board.states == other.states


@given(_STEPS, st.data())
def test_a_restart_changes_nothing(steps: list[Levels], data: st.DataObject) -> None:
    """A board that is saved and loaded at any moment goes on the same way."""
    board, restarted = AlarmBoard(), AlarmBoard()
    for number, levels in enumerate(steps):
        now = START + 10 * number * MINUTE
        if data.draw(st.booleans()):
            restarted = load(AlarmBoard, dump(restarted))
        events = board.update([ALARM], levels, now)
        assert restarted.update([ALARM], levels, now) == events


def test_alarms_of_another_version_do_no_harm() -> None:
    """A state of an alarm that this version does not have can be loaded."""
    board = AlarmBoard()
    board.update([AT_ONCE], {"F.1": 1.0}, START)
    dumped = dump(board)
    dumped["states"]["of_a_newer_version"] = dumped["states"]["fault"]
    assert load(AlarmBoard, dumped).is_raised(AlarmKey.FAULT)
