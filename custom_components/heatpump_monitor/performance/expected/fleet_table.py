"""What metered heat pumps reach in a year; made by tools/fleet.py.

Contains data of heatpumpmonitor.org, (c) OpenEnergyMonitor and its contributors,
CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/): quantiles calculated from
an export of 2026-07-15. This project is not affiliated with heatpumpmonitor.org, and
OpenEnergyMonitor does not endorse it.
"""

from typing import Final

from ..plant import Boundary, SourceKind

EXPORTED: Final = "2026-07-15"
PERCENTS: Final = (5, 10, 25, 50, 75, 90, 95)
SYSTEMS: Final = {
    (SourceKind.AIR, Boundary.H2): 13,
    (SourceKind.AIR, Boundary.H3): 27,
    (SourceKind.AIR, Boundary.H4): 258,
    (SourceKind.BRINE, Boundary.H3): 3,
    (SourceKind.BRINE, Boundary.H4): 3,
}
"""How many systems with a year of data there are, by source and boundary."""
TABLE: Final = {
    (SourceKind.AIR, Boundary.H4): (
        (22.0, 32, (4.03, 4.16, 4.36, 4.58, 4.74, 4.86, 5.02)),
        (24.0, 86, (3.9, 4.01, 4.15, 4.4, 4.62, 4.71, 4.92)),
        (26.0, 119, (3.72, 3.83, 3.99, 4.19, 4.42, 4.53, 4.75)),
        (28.0, 97, (3.5, 3.59, 3.77, 3.97, 4.23, 4.37, 4.46)),
        (30.0, 72, (3.32, 3.39, 3.52, 3.75, 3.96, 4.2, 4.27)),
        (32.0, 54, (3.02, 3.17, 3.31, 3.5, 3.69, 3.85, 4.01)),
        (34.0, 27, (2.86, 3.0, 3.16, 3.31, 3.45, 3.58, 3.71)),
    ),
}
"""By source and boundary: temperature lift in K, systems within 2 K of it, and
the quantiles of their COP of a year."""
