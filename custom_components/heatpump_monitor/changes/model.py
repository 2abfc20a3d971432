"""The entries of the change log."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..readings import SettingValue


class Source(StrEnum):
    """Where an entry comes from."""

    UNIT = "unit"
    """A setting of the heat pump, whoever changed it there."""
    OPTION = "option"
    PLANT = "plant"
    METER = "meter"
    NOTE = "note"


class Category(StrEnum):
    """What a note is about."""

    ADJUSTMENT = "adjustment"
    """Something adjusted that no device reports, such as a valve."""
    MAINTENANCE = "maintenance"
    REPAIR = "repair"
    BUILDING = "building"
    USAGE = "usage"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One setting that has another value than before."""

    id: int = 0
    """Given by the log."""
    time: datetime
    source: Source
    item: str
    place: str = ""
    """The number of the circuit, or the name of the meter; empty if there is one."""
    old: SettingValue | None = None
    """None where nothing was set, or where the value is not for the log."""
    new: SettingValue | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What the user wrote down."""

    id: int
    time: datetime
    category: Category
    text: str

    @property
    def source(self) -> Source:
        """Return where the entry comes from."""
        return Source.NOTE


type Entry = Change | Note
