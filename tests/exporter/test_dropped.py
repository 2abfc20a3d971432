"""What was dropped, in all and in the last 24 hours."""

from datetime import timedelta

from hypothesis import given
from hypothesis.strategies import integers, lists, tuples
import pytest

from custom_components.heatpump_monitor.exporter.dropped import DroppedPoints

from .spooling import START

STEPS = lists(tuples(integers(0, 50), integers(0, 50), integers(0, 2000)), max_size=30)


@given(STEPS)
def test_all_are_counted(steps: list[tuple[int, int, int]]) -> None:
    """None is lost over restarts, and those of the last day are known to an hour."""
    dropped, now, on_disk = DroppedPoints(), START, 0
    counted = []
    for new_on_disk, in_memory, minutes in steps:
        now += timedelta(minutes=minutes)
        on_disk += new_on_disk
        is_new = dropped.count(on_disk, in_memory, now)
        assert is_new is bool(new_on_disk + in_memory)
        counted.append((now, new_on_disk + in_memory))
        dropped = DroppedPoints.from_text(dropped.text)
        assert dropped.total == sum(count for _, count in counted)
        age = {time: now - time for time, _ in counted}
        surely = sum(n for time, n in counted if age[time] < timedelta(hours=23))
        at_most = sum(n for time, n in counted if age[time] < timedelta(hours=24))
        assert surely <= dropped.lately(now) <= at_most


def test_what_the_spool_dropped_before_a_crash_is_new() -> None:
    """What was counted on disk, and not noted, is counted at the next look."""
    dropped = DroppedPoints.from_text(None)
    assert dropped.count(120, 0, START)
    assert dropped.lately(START) == 120
    assert not dropped.count(120, 0, START)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"on_disk": null}'])
def test_a_note_that_cannot_be_read(text: str) -> None:
    """It is no reason to fail."""
    assert DroppedPoints.from_text(text).total == 0
