"""What a dashboard consists of, and its JSON for Grafana."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from tools.dashboards.queries import Query

type Json = Mapping[str, Json] | Sequence[Json] | str | float | bool | None

_SCHEMA_VERSION: Final = 39
_COLUMNS: Final = 24
# A line connects what is at most this far apart; beyond it, nothing was measured.
_CONNECTED_MS: Final = 3_600_000
_MOST_POINTS: Final = 2_000


class Database(StrEnum):
    """A kind of data source, by the name of its plugin."""

    VICTORIA_METRICS = "prometheus"
    INFLUXDB = "influxdb"


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """A picture of some queries."""

    title: str
    unit: str
    queries: Sequence[Query]
    kind: Literal["lines", "bars", "points", "stat"] = "lines"
    step: str = "1m"
    """The shortest step."""
    width: int = 12
    height: int = 8
    decimals: int | None = None
    is_stacked: bool = False
    since: str | None = None
    """The time that it shows, instead of the dashboard's."""
    description: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dashboard:
    """Some panels about one device of one home."""

    key: str
    title: str
    measurement: str
    """By which homes and devices are found."""
    field: str
    panels: Sequence[Panel]
    shown: str = "now-7d"


def to_json(dashboard: Dashboard, database: Database) -> dict[str, Json]:
    """Return a dashboard as Grafana reads it."""
    name = "VictoriaMetrics" if database is Database.VICTORIA_METRICS else "InfluxDB"
    return {
        "uid": f"hpm-{dashboard.key.replace('_', '-')}-{name.lower()}",
        "title": f"{dashboard.title} ({name})",
        "tags": ["heat pump monitor"],
        "schemaVersion": _SCHEMA_VERSION,
        "version": 1,
        "editable": True,
        "graphTooltip": 1,
        "timezone": "browser",
        "refresh": "1m",
        "time": {"from": dashboard.shown, "to": "now"},
        "templating": {"list": _variables(dashboard, database)},
        "annotations": {"list": []},
        "panels": _placed(dashboard.panels, database),
    }


def _variables(dashboard: Dashboard, database: Database) -> list[Json]:
    source: Json = {
        "name": "datasource",
        "label": "Database",
        "type": "datasource",
        "query": database.value,
        "refresh": 1,
    }
    of = dashboard.measurement
    if database is Database.VICTORIA_METRICS:
        metric = f"{of}_{dashboard.field}"
        homes = f"label_values({metric}, home)"
        devices = f'label_values({metric}{{home="$home"}}, device)'
    else:
        homes = f'SHOW TAG VALUES FROM "{of}" WITH KEY = "home"'
        devices = (
            f'SHOW TAG VALUES FROM "{of}" WITH KEY = "device" WHERE "home" = \'$home\''
        )
    return [
        source,
        _variable("home", "Home", homes, database),
        _variable("device", "Device", devices, database),
    ]


def _variable(name: str, label: str, query: str, database: Database) -> Json:
    is_prometheus = database is Database.VICTORIA_METRICS
    return {
        "name": name,
        "label": label,
        "type": "query",
        "datasource": _source(database),
        "definition": query,
        "query": {"query": query, "refId": name} if is_prometheus else query,
        "refresh": 2,
        "sort": 1,
        "multi": False,
        "includeAll": False,
    }


def _source(database: Database) -> Json:
    return {"type": database.value, "uid": "${datasource}"}


def _placed(panels: Sequence[Panel], database: Database) -> list[Json]:
    placed: list[Json] = []
    x = y = row_height = 0
    for number, panel in enumerate(panels, 1):
        if x + panel.width > _COLUMNS:
            x, y, row_height = 0, y + row_height, 0
        position = {"x": x, "y": y, "w": panel.width, "h": panel.height}
        placed.append(_panel(panel, number, position, database))
        x, row_height = x + panel.width, max(row_height, panel.height)
    return placed


def _panel(
    panel: Panel, number: int, position: Mapping[str, Json], database: Database
) -> Json:
    content: dict[str, Json] = {
        "id": number,
        "type": "stat" if panel.kind == "stat" else "timeseries",
        "title": panel.title,
        "description": panel.description,
        "datasource": _source(database),
        "gridPos": position,
        "interval": panel.step,
        "maxDataPoints": _MOST_POINTS,
        "targets": [
            _target(query, chr(ord("A") + index), database)
            for index, query in enumerate(panel.queries)
        ],
        "fieldConfig": {"defaults": _defaults(panel), "overrides": []},
        "options": _options(panel),
    }
    if panel.since is not None:
        content["timeFrom"] = panel.since
    return content


def _target(query: Query, ref: str, database: Database) -> Json:
    if database is Database.VICTORIA_METRICS:
        return {
            "refId": ref,
            "datasource": _source(database),
            "editorMode": "code",
            "expr": query.metricsql,
            "legendFormat": f"{{{{{query.tag}}}}}" if query.tag else query.legend,
            "range": not query.is_instant,
            "instant": query.is_instant,
        }
    return {
        "refId": ref,
        "datasource": _source(database),
        "rawQuery": True,
        "query": query.influxql,
        "alias": f"$tag_{query.tag}" if query.tag else query.legend,
        "resultFormat": "time_series",
    }


def _defaults(panel: Panel) -> Json:
    defaults: dict[str, Json] = {"unit": panel.unit}
    if panel.decimals is not None:
        defaults["decimals"] = panel.decimals
    if panel.kind != "stat":
        defaults["custom"] = {
            "drawStyle": "line" if panel.kind == "lines" else panel.kind,
            "fillOpacity": 70 if panel.kind == "bars" else 0,
            "lineWidth": 1,
            "pointSize": 4,
            "showPoints": "always" if panel.kind == "points" else "never",
            "spanNulls": _CONNECTED_MS,
            "stacking": {"mode": "normal" if panel.is_stacked else "none"},
        }
    return defaults


def _options(panel: Panel) -> Json:
    if panel.kind == "stat":
        return {
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
            "colorMode": "value",
            "graphMode": "none",
            "textMode": "auto",
        }
    return {
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }
