"""The unit's own books of energy: registers of 0.1 kWh on the local calendar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from ..state import Energies, Plant
from .wire import Properties, Property, number, numbers, text, timestamp

_REGISTER_WH: Final = 100.0
# A register must not miss its tick for the last bit of a float.
_TICK_SLACK: Final = 1e-6

_DAYS: Final = 8
_WEEKS: Final = 8
_MONTHS: Final = 13
_YEARS: Final = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Registers:
    """What the unit has counted since it was installed, in steps of 0.1 kWh."""

    heating_electricity: int = 0
    hot_water_electricity: int = 0
    heating_heat: int = 0
    hot_water_heat: int = 0
    backup_heater_electricity: int = 0

    @classmethod
    def of(cls, energies: Energies) -> Registers:
        """Read the registers for true energies."""
        return cls(
            heating_electricity=_ticks(energies.heating_electricity_wh),
            hot_water_electricity=_ticks(energies.hot_water_electricity_wh),
            heating_heat=_ticks(energies.heating_heat_wh),
            hot_water_heat=_ticks(energies.hot_water_heat_wh),
            backup_heater_electricity=_ticks(energies.backup_heater_electricity_wh),
        )

    def highest(self, other: Registers) -> Registers:
        """Return the higher of each register: a heat meter does not run back."""
        return Registers(
            heating_electricity=max(
                self.heating_electricity, other.heating_electricity
            ),
            hot_water_electricity=max(
                self.hot_water_electricity, other.hot_water_electricity
            ),
            heating_heat=max(self.heating_heat, other.heating_heat),
            hot_water_heat=max(self.hot_water_heat, other.hot_water_heat),
            backup_heater_electricity=max(
                self.backup_heater_electricity, other.backup_heater_electricity
            ),
        )


def _ticks(energy_wh: float) -> int:
    return int(max(energy_wh, 0.0) / _REGISTER_WH + _TICK_SLACK)


@dataclass(frozen=True, slots=True)
class DayBook:
    """One register's days, the newest first, in kWh."""

    today: date
    days_kwh: tuple[float, ...]

    def week(self, ago: int) -> float:
        """Return the sum of an ISO week, 0 the one that has begun."""
        monday = self.today - timedelta(days=self.today.weekday() + 7 * ago)
        return self._sum(monday, monday + timedelta(days=7))

    def month(self, ago: int) -> float:
        """Return the sum of a calendar month."""
        count = self.today.year * 12 + self.today.month - 1 - ago
        return self._sum(_first_of(count), _first_of(count + 1))

    def year(self, ago: int) -> float:
        """Return the sum of a calendar year."""
        year = self.today.year - ago
        return self._sum(date(year, 1, 1), date(year + 1, 1, 1))

    def days(self, count: int) -> list[float]:
        """Return the newest days, 0 for those before the unit was installed."""
        days = list(self.days_kwh[:count])
        return days + [0.0] * (count - len(days))

    def _sum(self, first: date, end: date) -> float:
        newest = max((self.today - end).days + 1, 0)
        oldest = max((self.today - first).days + 1, 0)
        return _naive_sum(self.days_kwh[newest:oldest])


def _first_of(month_count: int) -> date:
    return date(month_count // 12, month_count % 12 + 1, 1)


def _naive_sum(values: Sequence[float]) -> float:
    # The built-in sum() compensates; the unit does not, hence 43.39999999999999.
    total = 0.0
    for value in values:
        total += value
    return total


def summary(book: DayBook) -> Properties:
    """Return the properties of a ...summary feature."""
    kwh = {
        "currentDay": book.days(1)[0],
        "currentMonth": book.month(0),
        "currentYear": book.year(0),
        "lastMonth": book.month(1),
        "lastSevenDays": _naive_sum(book.days(7)),
        "lastYear": book.year(1),
    }
    return {name: number(value, "kilowattHour") for name, value in kwh.items()}


def arrays(books: Sequence[DayBook], read_at_s: float) -> Properties:
    """Return the properties of a power.consumption feature, summed over books."""
    spans: dict[str, Iterator[list[float]]] = {
        "day": (book.days(_DAYS) for book in books),
        "month": ([book.month(ago) for ago in range(_MONTHS)] for book in books),
        "week": ([book.week(ago) for ago in range(_WEEKS)] for book in books),
        "year": ([book.year(ago) for ago in range(_YEARS)] for book in books),
    }
    properties: dict[str, Property] = {}
    for name, values in spans.items():
        total = [_naive_sum(column) for column in zip(*values, strict=True)]
        properties[name] = numbers(total, "kilowattHour")
        properties[f"{name}ValueReadAt"] = text(timestamp(read_at_s))
    return properties


@dataclass(frozen=True, kw_only=True, slots=True)
class Books:
    """All books of the unit at one moment."""

    read_at_s: float
    """When one of them last moved."""
    today: date
    heating_electricity: DayBook
    hot_water_electricity: DayBook
    heating_heat: DayBook
    hot_water_heat: DayBook
    backup_heater_electricity: DayBook


class Bookkeeper:
    """Keeps a plant's books."""

    def __init__(self, plant: Plant, zone: ZoneInfo) -> None:
        """Keep books from the moment the plant was installed."""
        self._plant = plant
        self._origin_s = plant.origin_epoch_s
        self._zone = zone
        self._midnights: dict[date, Registers] = {}
        self._counted = Registers()
        self._jumps: list[tuple[float, int]] = []
        self._books: Books | None = None

    def jump(self, now_s: float, heat_kwh: float) -> None:
        """Let the counter of heat for heating jump ahead."""
        self._jumps.append((now_s, round(heat_kwh * 1000 / _REGISTER_WH)))

    def reset(self, now_s: float) -> None:
        """Begin all books again at 0."""
        self._origin_s = now_s
        self._midnights.clear()
        self._books = None

    def read(self, now_s: float) -> Books:
        """Return the books now, which must not be before the last call."""
        counted = self._counted.highest(self._registers(now_s))
        today = self._date(now_s)
        if self._books and (self._books.today, self._counted) == (today, counted):
            return self._books
        self._counted = counted
        self._books = self._open(today, counted, now_s)
        return self._books

    def last_midnight_s(self, now_s: float) -> float:
        """Return the last local midnight, or the origin if that is later."""
        return max(self._midnight_s(self._date(now_s)), self._origin_s)

    def _open(self, today: date, counted: Registers, now_s: float) -> Books:
        installed = self._date(self._origin_s)
        days = [
            today - timedelta(days=ago) for ago in range((today - installed).days + 1)
        ]
        edges = [counted, *(self._midnight(day) for day in days)]

        def book(name: str) -> DayBook:
            levels: list[int] = [getattr(edge, name) for edge in edges]
            kwh = (max(end - start, 0) / 10 for end, start in pairwise(levels))
            return DayBook(today, tuple(kwh))

        return Books(
            read_at_s=now_s,
            today=today,
            heating_electricity=book("heating_electricity"),
            hot_water_electricity=book("hot_water_electricity"),
            heating_heat=book("heating_heat"),
            hot_water_heat=book("hot_water_heat"),
            backup_heater_electricity=book("backup_heater_electricity"),
        )

    def _midnight(self, day: date) -> Registers:
        """Return the registers as they stood when a day began."""
        if day not in self._midnights:
            at_s = max(self._midnight_s(day), self._origin_s)
            self._midnights[day] = self._registers(at_s)
        return self._midnights[day]

    def _registers(self, at_s: float) -> Registers:
        registers = Registers.of(self._plant.energies_at(at_s))
        jumped = sum(ticks for jump_s, ticks in self._jumps if jump_s <= at_s)
        return replace(registers, heating_heat=registers.heating_heat + jumped)

    def _midnight_s(self, day: date) -> float:
        return datetime(day.year, day.month, day.day, tzinfo=self._zone).timestamp()

    def _date(self, epoch_s: float) -> date:
        return datetime.fromtimestamp(epoch_s, UTC).astimezone(self._zone).date()
