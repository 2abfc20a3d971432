"""What the cards show of the change log; `frontend/src/data/contract.ts` mirrors it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..changes.model import Category, Source
from ..performance.effect.result import Effect, Touched
from ..readings import SettingValue


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """A look at what a change did; it stays until the next one."""

    looked_on: date
    next_look: date | None
    """None after the last one."""
    effect: Effect


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeEntry:
    """An entry of the change log; a note has a category and a text."""

    id: int
    time: datetime
    source: Source
    item: str | None
    place: str | None
    old: SettingValue | None
    new: SettingValue | None
    category: Category | None
    text: str | None
    description: str
    """In the language asked for."""
    item_name: str | None
    touched: Touched | None
    """None if it acts on nothing that can be compared."""
    look: Look | None
    """None if it was not looked at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """A heating curve, and since when it is set."""

    since: datetime | None
    """None since before the change log."""
    slope: float
    shift: float
    room_c: float | None
    """Of the normal heating program."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CircuitCurves:
    """The heating curve of a circuit through time."""

    circuit: str
    """Its number; empty if there is one."""
    curves: Sequence[Curve]
    """The oldest first; the last one is set now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """The change log, and the heating curves that it tells of."""

    entries: Sequence[ChangeEntry]
    """The newest first."""
    circuits: Sequence[CircuitCurves]
    """Empty if the unit reports no heating curve."""
