"""The dashboard of a house meter."""

from typing import Final

from tools.dashboards.panels import Dashboard, Panel
from tools.dashboards.queries import (
    highest_quarter,
    latest,
    over_time,
    quarter_peak,
    quarters_by_day,
    register_by_day,
    sum_of_quarters,
)

HOUSE: Final = Dashboard(
    key="house",
    title="House",
    measurement="hpm_house",
    field="power_w",
    panels=[
        Panel(
            title="Power",
            unit="watt",
            kind="stat",
            width=6,
            height=4,
            queries=[latest("hpm_house", "power_w", "Power")],
        ),
        Panel(
            title="Highest quarter-hour of this month",
            unit="watt",
            kind="stat",
            width=6,
            height=4,
            since="now/M",
            queries=[highest_quarter("Counted")],
        ),
        Panel(
            title="Month's peak by the meter",
            unit="watt",
            kind="stat",
            width=6,
            height=4,
            queries=[latest("hpm_house", "month_peak_w", "By the meter")],
        ),
        Panel(
            title="Import, and heat pumps",
            unit="kwatth",
            kind="stat",
            width=6,
            height=4,
            queries=[
                sum_of_quarters("hpm_quarter", "import_wh", "Import"),
                sum_of_quarters("hpm_quarter_share", "energy_wh", "", tag="heat_pump"),
            ],
            description="With solar power, heat pumps can draw more than is imported.",
        ),
        Panel(
            title="Power at the grid connection",
            unit="watt",
            width=24,
            queries=[over_time("hpm_house", "power_w", "Power")],
            description="Negative: fed in.",
        ),
        Panel(
            title="Quarter-hours",
            unit="watt",
            kind="points",
            step="15m",
            queries=[quarter_peak("Average")],
            description="In a long time shown, the highest of each step.",
        ),
        Panel(
            title="Month's peak",
            unit="watt",
            step="15m",
            since="365d",
            queries=[
                over_time("hpm_house", "month_peak_w", "By the meter", aggregate="last")
            ],
        ),
        Panel(
            title="Import and export per day",
            unit="kwatth",
            kind="bars",
            step="1d",
            since="30d",
            queries=[
                register_by_day("import_wh", "Import", divisor=1000),
                register_by_day("export_wh", "Export", divisor=1000),
            ],
        ),
        Panel(
            title="Import and heat pumps per day",
            unit="kwatth",
            kind="bars",
            step="1d",
            since="30d",
            queries=[
                quarters_by_day("hpm_quarter", "import_wh", "Import"),
                quarters_by_day("hpm_quarter_share", "energy_wh", "", tag="heat_pump"),
            ],
        ),
    ],
)
