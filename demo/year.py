"""A simulated year, hour by hour: made once from a seed, laid so that it ends yesterday."""

import argparse
from collections.abc import Iterator
import csv
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
import sys
from typing import Final, TextIO

from simulator.physics import SimulatedPlant, simulated_plant
from simulator.state import Energies, Variant

FOLDER: Final = Path(__file__).parent / "years"
_SEED: Final = 7
# No leap year: 29 February is lived as the day before.
_YEAR: Final = 2025
_HOUR: Final = timedelta(hours=1)
_LOOKS_AN_HOUR: Final = 12
_DAYS: Final = 365


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


def path_of(variant: Variant) -> Path:
    """Return where the year of a heat pump is kept."""
    return FOLDER / f"{variant}.csv"


def live_through(variant: Variant) -> Iterator[Hour]:
    """Yield the hours of a year from the first of January on, in UTC."""
    start = datetime(_YEAR, 1, 1, tzinfo=UTC).timestamp()
    plant = simulated_plant(variant, seed=_SEED, start_epoch_s=start)
    before = plant.energies_at(start)
    for number in range(_DAYS * 24):
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


def write(hours: Iterator[Hour], file: TextIO) -> None:
    """Write a year, a line for each hour."""
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(field.name for field in fields(Hour))
    rows.writerows(astuple(hour) for hour in hours)


def read(variant: Variant) -> list[Hour]:
    """Return the year of a heat pump."""
    with path_of(variant).open(encoding="utf-8", newline="") as file:
        return [Hour(*map(int, row)) for row in list(csv.reader(file))[1:]]


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
    for moment, hour in laid_before(read(variant), end, years):
        values = [getattr(hour, name) for name in energies]
        outside_c = hour.outside_dc / 10
        rows.writerow([moment.isoformat(), *values, hour.heat_wh, outside_c])


def main() -> None:
    """Make the years anew; it takes a minute for each."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--variant", type=Variant, choices=list(Variant), default=None)
    chosen = parser.parse_args().variant
    FOLDER.mkdir(exist_ok=True)
    for variant in [chosen] if chosen else list(Variant):
        with path_of(variant).open("w", encoding="utf-8") as file:
            write(live_through(variant), file)
        print(f"Wrote {path_of(variant)}", file=sys.stderr)


if __name__ == "__main__":
    main()
