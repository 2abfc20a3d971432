"""A simulated year, hour by hour: made once from a seed, laid so that it ends yesterday.

There are two of them: with the settings as they were, and with what the owner changed.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
import csv
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
import sys
from typing import Final, TextIO

from simulator.physics import SimulatedPlant, design_of, simulated_plant
from simulator.state import Energies, PlannedChange, Variant

FOLDER: Final = Path(__file__).parent / "years"
_SEED: Final = 7
# No leap year: 29 February is lived as the day before.
_YEAR: Final = 2025
_HOUR: Final = timedelta(hours=1)
_LOOKS_AN_HOUR: Final = 12
_DAYS: Final = 365


def _planned(month: int, day: int, hour: int, item: str, by: float) -> PlannedChange:
    moment = datetime(_YEAR, month, day, hour, tzinfo=UTC)
    return PlannedChange(epoch_s=moment.timestamp(), item=item, by=by)


PLAN: Final = (
    _planned(2, 1, 9, "curve_slope", -0.2),
    _planned(3, 10, 18, "hot_water_c", 5.0),
)
"""What the owner changes, in each year's order."""
# Item of the change log, and the circuit that it belongs to.
_LOGGED: Final = {
    Variant.AIR: {
        "curve_slope": ("heating_curve_slope", "0"),
        "hot_water_c": ("hot_water_c", ""),
    },
    Variant.BRINE: {
        "curve_slope": ("heating_curve_slope", "1"),
        "hot_water_c": ("hot_water_c", ""),
    },
}


@dataclass(frozen=True, slots=True)
class PastChange:
    """A change of the past year, as the change log has it."""

    time: datetime
    item: str
    place: str
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class Hour:
    """What an hour came to, in whole Wh and tenths of a degree."""

    electricity_wh: int
    heating_electricity_wh: int
    """By the unit's own books, as the next: without pumps and controls."""
    hot_water_electricity_wh: int
    heating_heat_wh: int
    hot_water_heat_wh: int
    outside_dc: int

    @property
    def heat_wh(self) -> int:
        """Return all heat."""
        return self.heating_heat_wh + self.hot_water_heat_wh


def path_of(variant: Variant, *, changed: bool = False) -> Path:
    """Return where the year of a heat pump is kept."""
    return FOLDER / f"{variant}{'-changed' * changed}.csv"


def live_through(variant: Variant) -> list[Hour]:
    """Return the hours of a year from the first of January on, in UTC."""
    return list(_live(variant, _DAYS * 24))


def live_changed(variant: Variant) -> list[Hour]:
    """Return a year with the plan: what is before the first change comes after it.

    January is that of the following year. So all hours have the change of the heating
    curve, and all but five weeks that of the hot water.
    """
    first = int(PLAN[0].epoch_s - datetime(_YEAR, 1, 1, tzinfo=UTC).timestamp()) // 3600
    hours = list(_live(variant, _DAYS * 24 + first, PLAN))
    return hours[_DAYS * 24 :] + hours[first : _DAYS * 24]


def _live(
    variant: Variant, hours: int, plan: Sequence[PlannedChange] = ()
) -> Iterator[Hour]:
    start = datetime(_YEAR, 1, 1, tzinfo=UTC).timestamp()
    plant = simulated_plant(variant, seed=_SEED, start_epoch_s=start, plan=plan)
    before = plant.energies_at(start)
    for number in range(hours):
        outside_c = list(_outside_c(plant, start + number * 3600))
        now = plant.energies_at(start + (number + 1) * 3600)
        yield _hour(before, now, sum(outside_c) / len(outside_c))
        before = now


def _outside_c(plant: SimulatedPlant, start_s: float) -> Iterator[float]:
    step_s = 3600 / _LOOKS_AN_HOUR
    for look in range(1, _LOOKS_AN_HOUR + 1):
        plant.advance(start_s + look * step_s)
        yield plant.state().outside_c


def _hour(before: Energies, now: Energies, outside_c: float) -> Hour:
    def grown(name: str) -> int:
        # Differences of rounded counters: what is rounded off in an hour is not lost.
        later, earlier = float(getattr(now, name)), float(getattr(before, name))
        return round(later) - round(earlier)

    names = {field.name for field in fields(Hour)} - {"outside_dc"}
    energies = {name: grown(name) for name in names}
    return Hour(**energies, outside_dc=round(10 * outside_c))


def write(hours: Iterable[Hour], file: TextIO) -> None:
    """Write a year, a line for each hour."""
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(field.name for field in fields(Hour))
    rows.writerows(astuple(hour) for hour in hours)


def read(variant: Variant, *, changed: bool = False) -> list[Hour]:
    """Return the year of a heat pump."""
    path = path_of(variant, changed=changed)
    with path.open(encoding="utf-8", newline="") as file:
        return [Hour(*map(int, row)) for row in list(csv.reader(file))[1:]]


def changes_before(end: datetime, variant: Variant) -> list[PastChange]:
    """Return what the owner changed in the year that ends at a moment.

    The changes belong together: of those that an end in February would part, the
    first lies before that year.
    """
    settings = design_of(variant).settings
    found = []
    for each, time_ in zip(PLAN, _times_before(end), strict=True):
        old, settings = settings, each.of(settings)
        item, place = _LOGGED[variant][each.item]
        was, is_now = getattr(old, each.item), getattr(settings, each.item)
        if time_ >= end - _DAYS * 24 * _HOUR:
            found.append(PastChange(time_, item, place, was, is_now))
    return found


def _times_before(end: datetime) -> list[datetime]:
    """Return the moments of the plan in the last year that has all of it."""
    times = [datetime.fromtimestamp(each.epoch_s, UTC) for each in PLAN]
    is_later = times[-1].replace(year=end.year) > end
    return [each.replace(year=end.year - is_later) for each in times]


def past_years(
    variant: Variant, end: datetime, years: int = 1
) -> list[tuple[datetime, Hour]]:
    """Return the hours up to a moment, with the changes of the last year."""
    before, after = read(variant), read(variant, changed=True)
    changed_at = _times_before(end)[0]
    return [
        (moment, changed if moment >= changed_at else hour)
        for (moment, hour), (_, changed) in zip(
            laid_before(before, end, years), laid_before(after, end, years), strict=True
        )
    ]


def laid_before(
    hours: list[Hour], end: datetime, years: int = 1
) -> Iterator[tuple[datetime, Hour]]:
    """Yield the hours up to a moment, each at its day of the year."""
    moment = end - years * _DAYS * 24 * _HOUR
    while moment < end:
        utc = moment.astimezone(UTC)
        day = utc.replace(day=28) if (utc.month, utc.day) == (2, 29) else utc
        first = datetime.combine(date(_YEAR, 1, 1), time(), UTC)
        yield moment, hours[(day.replace(year=_YEAR) - first) // _HOUR]
        moment += _HOUR


def write_history(
    variant: Variant, end: datetime, file: TextIO, years: int = 1
) -> None:
    """Write the years that end at a moment as `import_history` reads them."""
    rows = csv.writer(file, lineterminator="\n")
    energies = [field.name for field in fields(Hour) if field.name != "outside_dc"]
    columns = [name.replace("_wh", "_interval_wh") for name in energies]
    rows.writerow(["time", *columns, "heat_interval_wh", "outside_c"])
    for moment, hour in past_years(variant, end, years):
        values = [getattr(hour, name) for name in energies]
        outside_c = hour.outside_dc / 10
        rows.writerow([moment.isoformat(), *values, hour.heat_wh, outside_c])


def main() -> None:
    """Make the years anew; it takes two minutes for each heat pump."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--variant", type=Variant, choices=list(Variant), default=None)
    chosen = parser.parse_args().variant
    FOLDER.mkdir(exist_ok=True)
    for variant in [chosen] if chosen else list(Variant):
        for changed, live in ((False, live_through), (True, live_changed)):
            path = path_of(variant, changed=changed)
            with path.open("w", encoding="utf-8") as file:
                write(live(variant), file)
            print(f"Wrote {path}", file=sys.stderr)


if __name__ == "__main__":
    main()
