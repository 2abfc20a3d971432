"""The dashboard of a heat pump."""

from typing import Final

from tools.dashboards.panels import Dashboard, Panel
from tools.dashboards.queries import (
    by_day,
    cop_by_day,
    cop_of_days,
    jaz,
    latest,
    over_time,
    paired_days,
    sum_of_days,
)

LEAST_PAIRED_DAYS: Final = 330
"""Below it, the figure of 365 days is no JAZ."""

_MODES: Final = {
    "heating": "Heating",
    "hot_water": "Hot water",
    "cooling": "Cooling",
    "defrost": "Defrost",
    "standby": "Standby",
}
_TEMPERATURES: Final = {
    "supply_c": "Supply",
    "return_c": "Return",
    "outside_c": "Outside",
    "source_in_c": "Source in",
    "source_out_c": "Source out",
    "hot_water_c": "Hot water",
    "buffer_c": "Buffer",
}

HEAT_PUMP: Final = Dashboard(
    key="heat_pump",
    title="Heat pump",
    measurement="hpm_interval",
    field="seconds",
    panels=[
        Panel(
            title="Power",
            unit="watt",
            kind="stat",
            width=4,
            height=4,
            queries=[latest("hpm_meter", "power_w", "", tag="meter")],
        ),
        Panel(
            title="COP of the time shown",
            unit="none",
            decimals=2,
            kind="stat",
            width=5,
            height=4,
            queries=[cop_of_days("COP")],
            description="Heat over the electricity of the time for which both are "
            "known. Only full days that have ended.",
        ),
        Panel(
            title="Electricity",
            unit="kwatth",
            kind="stat",
            width=4,
            height=4,
            queries=[sum_of_days("electricity_wh", "Electricity", divisor=1000)],
        ),
        Panel(
            title="Heat",
            unit="kwatth",
            kind="stat",
            width=4,
            height=4,
            queries=[sum_of_days("heat_wh", "Heat", divisor=1000)],
        ),
        Panel(
            title="JAZ",
            unit="none",
            decimals=2,
            kind="stat",
            width=4,
            height=4,
            queries=[jaz("JAZ", least_paired_days=LEAST_PAIRED_DAYS)],
            description="Seasonal performance of the last 365 days; shown from "
            f"{LEAST_PAIRED_DAYS} days on for which heat and electricity are known.",
        ),
        Panel(
            title="Known of 365 days",
            unit="d",
            decimals=0,
            kind="stat",
            width=3,
            height=4,
            queries=[paired_days("Days")],
        ),
        Panel(
            title="Power of the meters",
            unit="watt",
            queries=[over_time("hpm_meter", "power_w", "", tag="meter")],
        ),
        Panel(
            title="COP of each interval",
            unit="none",
            decimals=1,
            kind="points",
            step="5m",
            queries=[over_time("hpm_interval", "cop", "COP", aggregate="last")],
            description="In a long time shown, only one interval of each step.",
        ),
        Panel(
            title="Temperatures",
            unit="celsius",
            step="5m",
            queries=[
                over_time("hpm_heat_pump", field, name)
                for field, name in _TEMPERATURES.items()
            ],
        ),
        Panel(
            title="Compressor",
            unit="percent",
            step="5m",
            queries=[over_time("hpm_heat_pump", "modulation_pct", "Modulation")],
        ),
        Panel(
            title="Electricity and heat per day",
            unit="kwatth",
            kind="bars",
            step="1d",
            since="30d",
            queries=[
                by_day("electricity_wh", "Electricity", divisor=1000),
                by_day("heat_wh", "Heat", divisor=1000),
            ],
        ),
        Panel(
            title="COP per day",
            unit="none",
            decimals=2,
            kind="points",
            step="1d",
            since="365d",
            queries=[cop_by_day("COP")],
        ),
        Panel(
            title="Electricity per day, by mode",
            unit="kwatth",
            kind="bars",
            step="1d",
            since="30d",
            is_stacked=True,
            queries=[
                by_day(f"{mode}_electricity_wh", name, divisor=1000)
                for mode, name in _MODES.items()
            ],
        ),
        Panel(
            title="Coverage: known hours per day",
            unit="h",
            kind="bars",
            step="1d",
            since="30d",
            queries=[
                by_day("metered_s", "Electricity", divisor=3600),
                by_day("paired_s", "Electricity and heat", divisor=3600),
            ],
        ),
        Panel(
            title="Compressor starts per day",
            unit="none",
            kind="bars",
            step="1d",
            since="30d",
            queries=[by_day("starts", "Starts")],
        ),
        Panel(
            title="Outside temperature per day",
            unit="celsius",
            step="1d",
            since="365d",
            kind="points",
            queries=[by_day("outside_c", "Outside")],
        ),
    ],
)
