"""Years that a simulated heat pump has lived through, as a recording to import."""

import csv
from datetime import UTC, datetime
from itertools import pairwise, starmap
import math
from pathlib import Path
from typing import Final

from simulator.state import Energies, Plant

_HOUR_S: Final = 3600
YEAR_S: Final = 365 * 86_400
_COLUMNS: Final = (
    "time",
    "electricity_interval_wh",
    "heat_interval_wh",
    "heating_electricity_interval_wh",
    "hot_water_electricity_interval_wh",
    "heating_heat_interval_wh",
    "hot_water_heat_interval_wh",
    "outside_c",
)


def write_ledger(path: Path, plant: Plant, end_s: float, years: int) -> None:
    """Write the hours of some years that end at a moment.

    Args:
        path: The CSV file.
        plant: It has lived through the last of these years, which is repeated.
        end_s: When they end, in seconds since the epoch.
        years: How many.
    """
    start_s = end_s - YEAR_S
    hours = [start_s + hour * _HOUR_S for hour in range(YEAR_S // _HOUR_S + 1)]
    energies = [plant.energies_at(moment) for moment in hours]
    year = list(zip(hours, starmap(_drawn, pairwise(energies)), strict=False))
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_COLUMNS)
        for number in range(years, 0, -1):
            shift_s = (number - 1) * YEAR_S
            for moment, values in year:
                began_s = moment - shift_s
                time = datetime.fromtimestamp(began_s, UTC).isoformat()
                rows.writerow((time, *values, _outside_c(began_s)))


def _drawn(before: Energies, after: Energies) -> tuple[float, ...]:
    return tuple(
        round(end - start, 2)
        for start, end in zip(_values(before), _values(after), strict=True)
    )


def _values(energies: Energies) -> tuple[float, ...]:
    return (
        energies.electricity_wh,
        energies.heat_wh,
        energies.heating_electricity_wh,
        energies.hot_water_electricity_wh,
        energies.heating_heat_wh,
        energies.hot_water_heat_wh,
    )


def _outside_c(epoch_s: float) -> float:
    """Return about how warm it is in Berlin."""
    year, day = math.tau * epoch_s / YEAR_S, math.tau * epoch_s / 86_400
    return round(10 - 9 * math.cos(year) - 3 * math.cos(day), 1)
