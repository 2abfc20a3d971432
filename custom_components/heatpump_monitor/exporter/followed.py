"""What is remembered of an entry that is exported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from ..readings import ProbeReading, SubmeterReading
from .counts import Counts
from .labels import Labels

# A meter that is read every ten seconds answers some milliseconds early or late.
_JITTER: Final = timedelta(seconds=0.5)


@dataclass(slots=True)
class Followed:
    """The tags of an entry, and what was exported of it last."""

    entry_id: str
    tags: Mapping[str, str]
    labels: Labels
    runtime: object = None
    """What it works with since it was loaded last, as its history was looked at."""
    counts: Counts | None = None
    """Of a heat pump that was loaded."""
    _tags: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """By the key of a meter or probe, or the serial number of a submeter."""
    _exported_at: dict[str, datetime] = field(default_factory=dict)
    _last: dict[str, object] = field(default_factory=dict)

    def known_tags(self, key: str) -> Mapping[str, str] | None:
        """Return the tags of a part of the entry; None before it has a label."""
        return self._tags.get(key)

    def tags_of(self, kind: str, key: str, name: str) -> Mapping[str, str]:
        """Return the tags of a part; its name counts only before it has a label."""
        if (tags := self._tags.get(key)) is None:
            label = self.labels.label(f"{kind}:{self.entry_id}", key, name)
            tags = self._tags[key] = {**self.tags, kind: label}
        return tags

    def is_due(self, key: str, time: datetime, least_pause: timedelta) -> bool:
        """Return whether a meter's reading is exported: not twice, and not too soon."""
        last = self._exported_at.get(key)
        # A clock that was set back is no reason to wait.
        if last is not None and (
            time == last or timedelta() < time - last < least_pause - _JITTER
        ):
            return False
        self._exported_at[key] = time
        return True

    def is_repeated(self, key: str, reading: SubmeterReading | ProbeReading) -> bool:
        """Return whether a source says again what it said, by its own time stamp."""
        if reading.measured_at is not None and self._last.get(key) == reading:
            return True
        self._last[key] = reading
        return False
