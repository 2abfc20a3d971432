"""Points by their identity, as a database of time series keeps them."""

from collections.abc import Mapping
from typing import NamedTuple


class Identity(NamedTuple):
    """What makes a point the same as another one."""

    measurement: str
    tags: tuple[tuple[str, str], ...]
    time_ms: int


class PointStore:
    """Keeps the newest value of each field of a point.

    Attributes:
        points: The fields by the identity of the point.
        changed: The points of which a field was replaced by another value.
        writes: How many points were written, repeated ones included.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.points: dict[Identity, dict[str, float]] = {}
        self.changed: set[Identity] = set()
        self.writes = 0
        self._types: dict[tuple[str, str], type] = {}

    def conflict(self, measurement: str, fields: Mapping[str, float]) -> str | None:
        """Return the first field that is a whole number here, not there, or reverse."""
        for key, value in fields.items():
            if self._types.get((measurement, key), type(value)) is not type(value):
                return key
        return None

    def write(self, identity: Identity, fields: Mapping[str, float]) -> None:
        """Write a point; fields of the same identity are replaced one by one."""
        self.writes += 1
        known = self.points.setdefault(identity, {})
        for key, value in fields.items():
            if known.get(key, value) != value:
                self.changed.add(identity)
            known[key] = value
            self._types[identity.measurement, key] = type(value)

    def series(self, measurement: str, field: str) -> dict[int, float]:
        """Return the values of a field by their times in ms, of all tags together."""
        return {
            identity.time_ms: fields[field]
            for identity, fields in self.points.items()
            if identity.measurement == measurement and field in fields
        }
