"""The dashboard of probes."""

from typing import Final

from tools.dashboards.panels import Dashboard, Panel
from tools.dashboards.queries import latest, over_time

PROBES: Final = Dashboard(
    key="probes",
    title="Probes",
    measurement="hpm_probe",
    field="temperature_c",
    shown="now-24h",
    panels=[
        Panel(
            title="Temperatures now",
            unit="celsius",
            kind="stat",
            width=24,
            height=4,
            queries=[latest("hpm_probe", "temperature_c", "", tag="probe")],
        ),
        Panel(
            title="Temperatures",
            unit="celsius",
            width=24,
            height=10,
            queries=[over_time("hpm_probe", "temperature_c", "", tag="probe")],
        ),
        Panel(
            title="Battery",
            unit="percent",
            step="15m",
            queries=[over_time("hpm_probe", "battery_pct", "", tag="probe")],
        ),
        Panel(
            title="Signal",
            unit="dBm",
            step="15m",
            queries=[over_time("hpm_probe", "signal_dbm", "", tag="probe")],
        ),
    ],
)
