"""The log: its order, its filters and its bounds."""

from datetime import UTC, datetime, timedelta
import inspect
from types import ModuleType

import pytest

from custom_components.heatpump_monitor.changes import log as log_module, model, shadow
from custom_components.heatpump_monitor.changes.log import (
    CHANGES_KEPT,
    NOTES_KEPT,
    ChangeLog,
    NotesFullError,
)
from custom_components.heatpump_monitor.changes.model import (
    Category,
    Change,
    Note,
    Source,
)

START = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def change(hours: int, item: str = "hot_water_c", **more: Source) -> Change:
    """Return a change some hours after the start."""
    source = more.get("source", Source.UNIT)
    return Change(time=START + hours * HOUR, source=source, item=item, new=50.0)


def note(hours: int) -> Note:
    """Return a note some hours after the start."""
    return Note(id=0, time=START + hours * HOUR, category=Category.OTHER, text="Done")


def test_newest_first() -> None:
    """Entries are in the order of their times; at the same time, the last added first."""
    log = ChangeLog()
    for hours in (1, 3, 3):
        log.add(change(hours))
    log.add_note(note(2))
    assert [each.id for each in log.newest_first()] == [3, 2, 4, 1]


def test_filters() -> None:
    """The start belongs to it and the end does not; notes are of no item."""
    log = ChangeLog()
    log.add(change(1))
    log.add(change(2, "price", source=Source.OPTION))
    log.add(change(3, "supply_max_c"))
    log.add_note(note(4))

    def ids(**filters: object) -> list[int]:
        return [each.id for each in log.newest_first(**filters)]  # type: ignore[arg-type]

    assert ids(start=START + 2 * HOUR, end=START + 4 * HOUR) == [3, 2]
    assert ids(sources=frozenset({Source.OPTION, Source.NOTE})) == [4, 2]
    assert ids(items=frozenset({"price", "hot_water_c"})) == [2, 1]
    assert ids(sources=frozenset({Source.UNIT}), items=frozenset({"price"})) == []


def test_oldest_changes_go() -> None:
    """The log is bounded; what the user wrote stays, and no id is used again."""
    log = ChangeLog()
    written = log.add_note(note(0))
    for _ in range(CHANGES_KEPT + 5):
        log.add(change(1))
    assert len(log.changes) == CHANGES_KEPT
    assert log.changes[0].id == written.id + 6
    assert log.notes == [written]


def test_too_many_notes() -> None:
    """Another note is refused, until one is deleted."""
    log = ChangeLog()
    notes = [log.add_note(note(0)) for _ in range(NOTES_KEPT)]
    with pytest.raises(NotesFullError):
        log.add_note(note(1))
    log.replace_note(notes[-1], None)
    assert log.add_note(note(1)).id == NOTES_KEPT + 1


@pytest.mark.parametrize("module", [log_module, model, shadow])
def test_no_home_assistant(module: ModuleType) -> None:
    """The rules of the log can be read and tested by themselves."""
    assert "homeassistant" not in inspect.getsource(module)
