"""The heat-pump readings whose interval is not closed yet."""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ..readings import HeatPumpReading


@dataclass(slots=True)
class OpenIntervals:
    """Keeps readings until what the meters drew is known and late values arrived."""

    opening: HeatPumpReading | None = None
    """The reading that opens the oldest of them."""
    pending: deque[HeatPumpReading] = field(default_factory=deque)
    """The readings that end them."""
    polled_at: datetime | None = None
    """When the heat pump was last read."""

    @property
    def newest(self) -> HeatPumpReading | None:
        """Return the newest reading."""
        return self.pending[-1] if self.pending else self.opening

    def begin(self, since: datetime, start_lead: timedelta) -> None:
        """Open the first interval where the meters begin, with the reading before.

        Both sources are asked at the same time, and a minute goes by until the
        meter's counter moves: the reading is still true then.
        """
        while len(self.pending) > 1 and self.pending[1].time <= since:
            self.pending.popleft()
        if self.pending and since - start_lead < self.pending[0].time < since:
            self.pending[0] = replace(self.pending[0], time=since)

    def forget_supply(self) -> None:
        """Drop the supply temperature, as it was found to stand still."""
        self.pending = deque(replace(each, supply_c=None) for each in self.pending)
