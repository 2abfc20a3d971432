"""Remember how many points were dropped, and how many of them lately."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
import json
from typing import Final, Self

NOTE: Final = "dropped"
"""The key under which the spool keeps it."""
_LATELY: Final = timedelta(days=1)


@dataclass(kw_only=True, slots=True)
class DroppedPoints:
    """Counts what was dropped on disk and in memory, for a day by the hour."""

    on_disk: int = 0
    """What the spool has counted, as far as it is in here."""
    in_memory: int = 0
    by_hour: dict[datetime, int] = field(default_factory=dict)
    """By the start of the hour in UTC."""

    @classmethod
    def from_text(cls, text: str | None) -> Self:
        """Return what a note says; nothing was dropped if it cannot be read."""
        try:
            kept = json.loads(text or "{}")
            return cls(
                on_disk=int(kept.get("on_disk", 0)),
                in_memory=int(kept.get("in_memory", 0)),
                by_hour={
                    datetime.fromisoformat(hour): int(count)
                    for hour, count in kept.get("by_hour", {}).items()
                },
            )
        except AttributeError, TypeError, ValueError:
            return cls()

    @property
    def text(self) -> str:
        """Return it as a note."""
        by_hour = {hour.isoformat(): count for hour, count in self.by_hour.items()}
        return json.dumps(
            {
                "on_disk": self.on_disk,
                "in_memory": self.in_memory,
                "by_hour": by_hour,
            }
        )

    @property
    def total(self) -> int:
        """Return how many points were dropped in all."""
        return self.on_disk + self.in_memory

    def count(self, on_disk: int, in_memory: int, now: datetime) -> bool:
        """Add what was dropped since the last look; return whether it was anything.

        Args:
            on_disk: What the spool has counted in all.
            in_memory: What was dropped from memory since the last look.
            now: The moment of the look.
        """
        new = max(on_disk - self.on_disk, 0) + in_memory
        self.on_disk, self.in_memory = on_disk, self.in_memory + in_memory
        if not new:
            return False
        hour = now.replace(minute=0, second=0, microsecond=0)
        self.by_hour[hour] = self.by_hour.get(hour, 0) + new
        for each in [each for each in self.by_hour if not self._is_late(each, now)]:
            del self.by_hour[each]
        return True

    def lately(self, now: datetime) -> int:
        """Return how many points were dropped in the last 24 hours."""
        return sum(
            count for hour, count in self.by_hour.items() if self._is_late(hour, now)
        )

    @staticmethod
    def _is_late(hour: datetime, now: datetime) -> bool:
        return now - hour < _LATELY
