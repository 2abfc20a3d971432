"""Make the table of what metered heat pumps reach: python -m tools.fleet CSV.

The CSV is an export of heatpumpmonitor.org. It is not part of this project; the
table is made of quantiles only, from which no system can be recognised.
"""

import argparse
from collections.abc import Iterable, Mapping
import csv
from pathlib import Path
from statistics import linear_regression, quantiles
import sys
from typing import Final, NamedTuple

_SOURCES: Final = {"Air Source": "AIR", "Ground Source": "BRINE"}
# Fewer make no percentile.
LEAST_SYSTEMS: Final = 20
_LEAST_DAYS: Final = 330
_STEP_K: Final = 2
_WITHIN_K: Final = 2.0
PERCENTS: Final = (5, 10, 25, 50, 75, 90, 95)

_HEAD: Final = '''"""What metered heat pumps reach in a year; made by tools/fleet.py.

Contains data of heatpumpmonitor.org, (c) OpenEnergyMonitor and its contributors,
CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/): quantiles calculated from
an export of {date}. This project is not affiliated with heatpumpmonitor.org, and
OpenEnergyMonitor does not endorse it.
"""

from typing import Final

from ..plant import Boundary, SourceKind

EXPORTED: Final = "{date}"
PERCENTS: Final = {percents}
SYSTEMS: Final = {{
{systems}
}}
"""How many systems with a year of data there are, by source and boundary."""
TABLE: Final = {{
{rows}
}}
"""By source and boundary: temperature lift in K, systems within 2 K of it, and
the quantiles of their COP of a year."""
'''


class System(NamedTuple):
    """A metered heat pump and its year."""

    lift_k: float
    """Supply minus outside temperature, both means over the heat."""
    cop: float
    """Heat over electricity, standby included."""


class Row(NamedTuple):
    """The systems at a temperature lift."""

    lift_k: float
    systems: int
    cops: tuple[float, ...]


def systems(
    rows: Iterable[Mapping[str, str]],
) -> dict[tuple[str, str], list[System]]:
    """Return the published systems with a year of data, by source and boundary."""
    found: dict[tuple[str, str], list[System]] = {}
    for row in rows:
        source = _SOURCES.get(row["hp_type"])
        days = _number(row["combined_data_length"]) / 86_400
        lift_k = _number(row["weighted_flowT_minus_outsideT"])
        is_usable = row["published"] == "1" and row["data_flag"] == "0"
        if source and is_usable and days >= _LEAST_DAYS and lift_k > 0:
            key = source, f"H{row['metering_boundary_code']}"
            cop = _number(row["combined_cop"])
            found.setdefault(key, []).append(System(lift_k, cop))
    return dict(sorted(found.items()))


def table_of(fleet: list[System]) -> list[Row]:
    """Return the quantiles at each temperature lift that has enough systems.

    A system that is not exactly there counts with the COP that it would have by the
    slope of the whole fleet.
    """
    if len(fleet) < LEAST_SYSTEMS:
        return []
    slope, _ = linear_regression(
        [each.lift_k for each in fleet], [each.cop for each in fleet]
    )
    rows = []
    for lift_k in range(0, 80, _STEP_K):
        near = [each for each in fleet if abs(each.lift_k - lift_k) <= _WITHIN_K]
        if len(near) >= LEAST_SYSTEMS:
            cops = [each.cop + slope * (lift_k - each.lift_k) for each in near]
            cuts = quantiles(cops, n=20, method="inclusive")
            values = (round(cuts[each // 5 - 1], 2) for each in PERCENTS)
            rows.append(Row(lift_k, len(near), tuple(values)))
    return rows


def module(fleet: Mapping[tuple[str, str], list[System]], date: str) -> str:
    """Return the source of the module with the table."""
    tables = {key: table_of(each) for key, each in fleet.items()}
    lines = [
        f"    {_key(*key)}: (\n"
        + "".join(
            f"        ({row.lift_k}.0, {row.systems}, {row.cops}),\n" for row in rows
        )
        + "    ),"
        for key, rows in tables.items()
        if rows
    ]
    counts = [f"    {_key(*key)}: {len(each)}," for key, each in fleet.items()]
    return _HEAD.format(
        date=date,
        percents=PERCENTS,
        systems="\n".join(counts),
        rows="\n".join(lines),
    )


def _key(source: str, boundary: str) -> str:
    return f"(SourceKind.{source}, Boundary.{boundary})"


def _number(text: str) -> float:
    """Return a number, 0 where there is none."""
    return float(text or 0)


def main() -> None:
    """Print the table of an export, as it is kept in performance/expected."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("export", type=Path, help="the CSV with all fields")
    parser.add_argument("date", help="of the export, as 2026-07-15")
    arguments = parser.parse_args()
    with arguments.export.open(encoding="utf-8", newline="") as file:
        fleet = systems(csv.DictReader(file))
    sys.stdout.write(module(fleet, arguments.date))


if __name__ == "__main__":
    main()
