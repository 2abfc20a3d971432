"""The dashboards, as they are committed."""

from pathlib import Path
from typing import Final

from tools.dashboards.heat_pump import HEAT_PUMP
from tools.dashboards.house import HOUSE
from tools.dashboards.panels import Database, Json, to_json
from tools.dashboards.probes import PROBES

FOLDER: Final = Path(__file__).parents[2] / "server" / "grafana" / "dashboards"


def built() -> dict[str, dict[str, Json]]:
    """Return the JSON of all dashboards, by their paths in the folder."""
    folders = {
        Database.VICTORIA_METRICS: "victoria_metrics",
        Database.INFLUXDB: "influxdb",
    }
    return {
        f"{folder}/{dashboard.key}.json": to_json(dashboard, database)
        for database, folder in folders.items()
        for dashboard in (HEAT_PUMP, HOUSE, PROBES)
    }
