"""What an export has written, and whether it is complete and true."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Final, NamedTuple, Self

from simulator.databases.line_protocol import Line

from .comparison import Interval
from .standing import Passage

LONGEST_GAP: Final = timedelta(seconds=3)
"""Between two readings; they are read every second here."""
# Hours, days and quarter-hours may be written again.
_CORRECTED: Final = ("hpm_hour", "hpm_day", "hpm_quarter")
_ROUNDING: Final = 1e-3
_MILLISECOND: Final = timedelta(milliseconds=1)
# From the measurement of a probe until its entity shows it.
_SHOWN_AFTER: Final = timedelta(seconds=15)
# Entities show tenths of a degree.
_SHOWN_OFF_C: Final = 0.051


class Span(NamedTuple):
    """From one moment until another."""

    start: datetime
    end: datetime


class ShownValue(NamedTuple):
    """What an entity began to show at a moment."""

    at: datetime
    value: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Exported:
    """One point in the database."""

    measurement: str
    tags: Mapping[str, str]
    time: datetime
    fields: Mapping[str, float]

    @classmethod
    def from_json(cls, point: Mapping[str, Any]) -> Self:
        """Return a point as the simulators tell it."""
        return cls(
            measurement=point["measurement"],
            tags=point["tags"],
            time=datetime.fromtimestamp(point["time_ms"] / 1000, UTC),
            fields=point.get("fields", {}),
        )

    @classmethod
    def of(cls, line: Line) -> Self:
        """Return the point of a line."""
        measurement, tags, time_ms = line.identity
        return cls(
            measurement=measurement,
            tags=dict(tags),
            time=datetime.fromtimestamp(time_ms / 1000, UTC),
            fields=line.fields,
        )

    @property
    def identity(self) -> Hashable:
        """Return what tells it from all other points."""
        return self.measurement, frozenset(self.tags.items()), self.time

    @property
    def is_final(self) -> bool:
        """Return whether it is never corrected, as hours and days are."""
        return not self.measurement.startswith(_CORRECTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """All that is in the database."""

    points: Sequence[Exported]
    """In the order of their times."""
    changed: Sequence[Exported]
    """What was written again with other values, without these."""

    @classmethod
    def from_json(cls, answer: Mapping[str, Any]) -> Self:
        """Return the points as the simulators tell them."""
        points = map(Exported.from_json, answer["points"])
        return cls(
            points=sorted(points, key=lambda point: point.time),
            changed=[*map(Exported.from_json, answer["changed"])],
        )

    def of(self, measurement: str) -> list[Exported]:
        """Return the points of a measurement."""
        return [each for each in self.points if each.measurement == measurement]

    def series(self, measurement: str, field: str) -> dict[datetime, float]:
        """Return the values of a field by their times, of one device only."""
        return {
            point.time: point.fields[field]
            for point in self.of(measurement)
            if field in point.fields
        }

    def lacking(self, committed: Iterable[Exported]) -> list[str]:
        """Return which points are not there as they were committed."""
        there = {each.identity: each.fields for each in self.points}
        return [
            f"{each.measurement} of {each.time:%X} was committed, and is not there"
            for each in committed
            if each.is_final and there.get(each.identity) != each.fields
        ]

    def contradictions(self) -> list[str]:
        """Return what was written twice, and not the same."""
        return [
            f"{each.measurement} of {each.time:%X} was written with several values"
            for each in self.changed
            if each.is_final
        ]


def gaps(times: Iterable[datetime], downs: Collection[Span] = ()) -> list[str]:
    """Return where readings are missing though Home Assistant was not down.

    Readings from before the first and after the last time that it was down are
    expected.
    """
    ordered = sorted(times)
    if not ordered:
        return ["nothing was exported"]
    found = [
        f"nothing was exported from {earlier:%X} to {later:%X}"
        for earlier, later in pairwise(ordered)
        if later - earlier > LONGEST_GAP
        and not any(_explains(down, earlier, later) for down in downs)
    ]
    found += [
        f"nothing was exported before {down.start:%X}"
        for down in downs
        if down.start < ordered[0]
    ]
    return found + [
        f"nothing was exported after {down.end:%X}"
        for down in downs
        if down.end > ordered[-1]
    ]


def _explains(down: Span, earlier: datetime, later: datetime) -> bool:
    return down.start - LONGEST_GAP <= earlier and later <= down.end + LONGEST_GAP


def counter_off(
    what: str, counted: Collection[float], true: Collection[float], at_most_wh: float
) -> list[str]:
    """Return a complaint if a counter goes another way than the true energy.

    Args:
        what: What it is, and its unit.
        counted: The counter, which began anywhere.
        true: The true energy at the same moments.
        at_most_wh: How far the difference of both may move.
    """
    if not counted:
        return [f"{what}: nothing was exported"]
    offsets = [one - other for one, other in zip(counted, true, strict=True)]
    moved_wh = max(offsets) - min(offsets)
    if moved_wh <= at_most_wh:
        return []
    return [f"{what}: moves by {moved_wh:.2f} against the truth"]


def intervals_off(
    closed: Iterable[Interval], exported: Iterable[Exported]
) -> list[str]:
    """Return which intervals were not exported, or with other energies."""
    points = list(exported)
    found = []
    for interval in closed:
        fields = _fields_until(interval.end, points)
        energies = fields.get("electricity_wh"), fields.get("heat_wh")
        if not fields or energies != (interval.electricity_wh, interval.heat_wh):
            text = ", ".join(f"{key} {value:g}" for key, value in fields.items())
            found.append(
                f"interval until {interval.end:%X}: exported is {text or None}"
            )
    return found


def _fields_until(end: datetime, points: Iterable[Exported]) -> Mapping[str, float]:
    """Return what was exported of the interval of an end; nothing if it is missing."""
    fields = (each.fields for each in points if abs(each.time - end) <= _MILLISECOND)
    return next(fields, {})


def account_off(passage: Passage, exported: Iterable[Exported]) -> list[str]:
    """Return where the exported intervals differ from the account that they add up to."""
    intervals = [
        each.fields
        for each in exported
        if passage.before.closed_until + _MILLISECOND
        < each.time
        <= passage.after.closed_until + _MILLISECOND
    ]
    sums = {
        key: sum(each.get(key, 0.0) for each in intervals)
        for key in ("seconds", "electricity_wh", "heat_wh")
    }
    paired_s = passage.after.paired_s - passage.before.paired_s
    expected = {
        "seconds": paired_s,
        "electricity_wh": passage.paired.electricity_wh,
        "heat_wh": passage.paired.heat_wh,
    }
    return [
        f"{key} of the exported intervals: {sums[key]:.3f}, in the account {value:.3f}"
        for key, value in expected.items()
        if abs(sums[key] - value) > _ROUNDING
    ]


def not_exported(
    shown: Iterable[ShownValue], exported: Mapping[datetime, float]
) -> list[ShownValue]:
    """Return the temperatures that an entity showed and that were not exported."""
    return [
        each
        for each in shown
        if not any(
            timedelta(0) <= each.at - time <= _SHOWN_AFTER
            and abs(value - each.value) <= _SHOWN_OFF_C
            for time, value in exported.items()
        )
    ]
