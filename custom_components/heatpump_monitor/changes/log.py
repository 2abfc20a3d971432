"""Keep the entries of the change log."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import Final

from .model import Change, Entry, Note

CHANGES_KEPT: Final = 10_000
"""A hundred years at a hundred changes a year; then the oldest go."""
NOTES_KEPT: Final = 2_000
"""What the user wrote is not dropped: from there on no more is accepted."""

_by_time = attrgetter("time", "id")


class NotesFullError(Exception):
    """There are too many notes for another one."""


@dataclass(kw_only=True, slots=True)
class ChangeLog:
    """All entries, in the order in which they were added."""

    changes: list[Change] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    next_id: int = 1

    def add(self, change: Change) -> Change:
        """Add a change; return it with its id."""
        change = replace(change, id=self._take_id())
        self.changes.append(change)
        del self.changes[:-CHANGES_KEPT]
        return change

    def add_note(self, note: Note) -> Note:
        """Add a note; return it with its id.

        Raises:
            NotesFullError: There are too many.
        """
        if len(self.notes) >= NOTES_KEPT:
            raise NotesFullError
        note = replace(note, id=self._take_id())
        self.notes.append(note)
        return note

    def note(self, note_id: int) -> Note | None:
        """Return a note by its id."""
        return next((each for each in self.notes if each.id == note_id), None)

    def replace_note(self, old: Note, new: Note | None) -> None:
        """Replace a note, or delete it."""
        index = self.notes.index(old)
        self.notes[index : index + 1] = [] if new is None else [new]

    def newest_first(
        self,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        sources: frozenset[str] = frozenset(),
        items: frozenset[str] = frozenset(),
    ) -> list[Entry]:
        """Return the entries from `start` to before `end`; an empty set is no filter."""
        entries: list[Entry] = [*self.changes, *self.notes]
        found = (
            each
            for each in entries
            if (start is None or each.time >= start)
            and (end is None or each.time < end)
            and (not sources or each.source in sources)
            and (not items or (isinstance(each, Change) and each.item in items))
        )
        return sorted(found, key=_by_time, reverse=True)

    def _take_id(self) -> int:
        self.next_id += 1
        return self.next_id - 1
