"""What happens to readings on their way: lost, doubled, restarts, silence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np

from custom_components.heatpump_monitor.readings import GridReading

from .house import ZONE

_LOST: Final = 0.02
_TWICE: Final = 0.01
_CRASHES: Final = 0.3
_LONG_SILENCES: Final = 10
_NO_AVERAGE: Final = (date(2026, 8, 10), date(2026, 8, 17))
# The last quarter-hour of a month, and the first ones of the next, are not seen.
_MONTH_ENDS: Final = (datetime(2026, 4, 30, 23, 40), datetime(2026, 10, 31, 23, 40))
_DST_NIGHTS: Final = (datetime(2026, 3, 29, 1, 52), datetime(2026, 10, 25, 2, 52))


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """A time without readings, after which Home Assistant has started again."""

    start: datetime
    end: datetime
    is_crash: bool
    """Whether the state is the one saved with the last quarter-hour."""


def silences(seed: int, first: date, days: int) -> list[Silence]:
    """Return those of a period: a restart a day, lost hours, and some nights."""
    rng = np.random.default_rng(seed)
    start = datetime.combine(first, datetime.min.time(), ZONE).astimezone(UTC)
    found = [
        (start + timedelta(days=day + rng.random()), rng.uniform(20, 180))
        for day in range(days)
    ]
    found += [
        (start + timedelta(days=rng.uniform(0, days)), rng.uniform(3600, 10_000))
        for _ in range(_LONG_SILENCES)
    ]
    found += [(at.replace(tzinfo=ZONE).astimezone(UTC), 3300) for at in _MONTH_ENDS]
    found += [(at.replace(tzinfo=ZONE).astimezone(UTC), 1100) for at in _DST_NIGHTS]
    return [
        Silence(
            start=at,
            end=at + timedelta(seconds=seconds),
            is_crash=bool(rng.random() < _CRASHES),
        )
        for at, seconds in sorted(found)
    ]


def arriving(rng: np.random.Generator, reading: GridReading) -> Iterator[GridReading]:
    """Yield a reading as it arrives: not at all, or twice, or with less."""
    chance = rng.random()
    if chance < _LOST:
        return
    first, last = _NO_AVERAGE
    if first <= reading.time.date() < last:
        reading = replace(
            reading, quarter_average_w=None, month_peak_w=None, month_peak_at=None
        )
    yield reading
    if chance > 1 - _TWICE:
        yield replace(reading, time=reading.time + timedelta(seconds=1))
