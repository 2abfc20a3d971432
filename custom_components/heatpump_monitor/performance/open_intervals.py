"""The heat-pump readings whose interval is not closed yet."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ..readings import HeatPumpReading
from .policy import Policy

# Where it is doubtful whether the heat pump shows the present, an interval stays
# open for so many times the usual delay.
LONGEST_DELAYS = 1.5


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

    def begin(self, since: datetime | None, start_lead: timedelta) -> None:
        """Open the first interval where the meters begin, with the reading before.

        Both sources are asked at the same time, and a minute goes by until the
        meter's counter moves: the reading still holds then.

        Args:
            since: From when on the electricity is known.
            start_lead: How long before that a reading may still hold.
        """
        if self.opening is not None or since is None:
            return
        while len(self.pending) > 1 and self.pending[1].time <= since:
            self.pending.popleft()
        if self.pending and since - start_lead < self.pending[0].time < since:
            self.pending[0] = replace(self.pending[0], time=since)

    def pairs(self) -> Iterator[tuple[HeatPumpReading, HeatPumpReading]]:
        """Yield the readings that open and close each interval."""
        opened = self.opening
        for reading in self.pending:
            if opened is not None:
                yield opened, reading
            opened = reading

    def is_settled(
        self, known_until: datetime | None, policy: Policy, *, is_suspect: bool
    ) -> bool:
        """Return whether the oldest has had the time for late values to arrive.

        Args:
            known_until: Until when the electricity is known.
            policy: How late values may arrive.
            is_suspect: Whether the heat pump may be showing the past.
        """
        if not policy.closing_delay:
            return True
        end = self.pending[0].time
        longest = policy.closing_delay * LONGEST_DELAYS
        usual = longest if is_suspect else policy.closing_delay
        if self.polled_at is not None and self.polled_at - end >= usual:
            return True
        return known_until is not None and known_until - end > longest

    def has_waited(self, meter_wait: timedelta) -> bool:
        """Return whether the oldest has waited for the meters for too long."""
        return self.pending[-1].time - self.pending[0].time > meter_wait

    def forget_supply(self) -> None:
        """Drop the supply temperature, as it was found to stand still."""
        self.pending = deque(replace(each, supply_c=None) for each in self.pending)
