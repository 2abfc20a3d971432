"""What databases do themselves: retention, and values of five minutes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
import re
import subprocess
from typing import Any, Final

import pytest

from homeassistant.util.yaml import load_yaml_dict
from tests.servers import RealVictoriaMetrics, find

from .asking import InfluxDB, VictoriaMetrics
from .conftest import SERVER, start
from .filled import DEVICE, NORTH, NOW, SOUTH

_STATEMENTS: Final = (SERVER / "influxdb1" / "retention.influxql").read_text()
_RULES: Final = SERVER / "victoria_metrics" / "recording.yaml"
# What is older than 90 days is refused.
_END: Final = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
_START: Final = _END - timedelta(hours=1)


def _lines(home: str) -> list[str]:
    """Return an hour of a power that grows by 1 W each 10 s, and its register."""
    tags = f"hpm_meter,device={DEVICE},home={home},meter=total"
    times = [_START + timedelta(seconds=10 * each) for each in range(360)]
    return [
        f"{tags} energy_wh={1000.0 + each},power_w={float(each)} "
        f"{round(at.timestamp() * 1000)}"
        for each, at in enumerate(times)
    ]


def test_influxdb(influxdb: InfluxDB) -> None:
    """InfluxDB takes the file as it is, and its queries give the right values."""
    influxdb.run(_STATEMENTS)
    policies = {
        name: influxdb.run(f'SHOW RETENTION POLICIES ON "{name}"')[0]["values"]
        for name in ("heatpump", "heatpump_raw")
    }
    assert [row[:2] for row in policies["heatpump"]] == [["autogen", "0s"]]
    assert [row[:2] for row in policies["heatpump_raw"]] == [["raw", "2160h0m0s"]]
    queries = next(
        each["values"]
        for each in influxdb.run("SHOW CONTINUOUS QUERIES")
        if each["name"] == "heatpump_raw"
    )
    assert len(queries) == _STATEMENTS.count("CREATE CONTINUOUS QUERY")
    # In the past they do not run by themselves: their statements are run for it.
    raw = replace(influxdb, database="heatpump_raw")
    raw.write([*_lines(NORTH), *_lines(SOUTH)])
    window = f"time >= '{_START:%FT%TZ}' AND time < '{_END:%FT%TZ}'"
    for name, query in queries:
        select = re.search(r"BEGIN (SELECT .*) GROUP BY (.*) END", query)
        assert select, name
        raw.run(f"{select[1]} WHERE {window} GROUP BY {select[2]}")
    asked = 'SELECT "power_w", "energy_wh" FROM "hpm_meter"'
    for home in NORTH, SOUTH:
        long = replace(influxdb, database="heatpump")
        (series,) = long.run(f"{asked} WHERE home = '{home}' GROUP BY *")
        assert series["tags"] == {"device": DEVICE, "home": home, "meter": "total"}
        assert [row[1:] for row in series["values"]] == [
            [30 * each + 14.5, 1000 + 30 * each + 29] for each in range(12)
        ]


@pytest.fixture
def long_term(folder: Path) -> Iterator[VictoriaMetrics]:
    """Return an empty VictoriaMetrics."""
    server = RealVictoriaMetrics(folder)
    try:
        start(server)
        yield VictoriaMetrics(url=server.url)
    finally:
        server.kill()


def test_recording_rules(
    long_term: VictoriaMetrics, victoria_metrics: VictoriaMetrics
) -> None:
    """By vmalert, values of five minutes arrive in the other database."""
    begin = NOW.astimezone(UTC) - timedelta(minutes=30)
    subprocess.run(
        [
            find("vmalert"),
            f"-rule={_RULES}",
            f"-datasource.url={victoria_metrics.url}",
            f"-remoteWrite.url={long_term.url}",
            f"-replay.timeFrom={begin:%FT%TZ}",
            f"-replay.timeTo={NOW.astimezone(UTC):%FT%TZ}",
            "-replay.rulesDelay=0s",
        ],
        check=True,
        capture_output=True,
        timeout=50,
    )
    long_term.write([])
    found = long_term.get(
        "query_range",
        query="hpm_meter_power_w",
        start=begin.timestamp(),
        end=NOW.timestamp(),
        step="5m",
    )
    values = {
        (each["metric"]["home"], each["metric"]["meter"]): {
            float(value) for _, value in each["values"]
        }
        for each in found["data"]["result"]
    }
    assert values == {
        (NORTH, "total"): {1800},
        (NORTH, "backup_heater"): {60},
        (SOUTH, "total"): {3600},
        (SOUTH, "backup_heater"): {120},
    }


def test_same_fields() -> None:
    """What one database keeps of each reading, the other keeps as well."""
    rules: list[dict[str, Any]] = [
        rule
        for group in load_yaml_dict(str(_RULES))["groups"]
        for rule in group["rules"]
    ]
    recorded = {rule["record"]: rule["expr"] for rule in rules}
    kinds = {"mean": "avg", "last": "last"}
    asked = {}
    for query in _STATEMENTS.split("CREATE CONTINUOUS QUERY")[1:]:
        (measurement,) = re.findall(r'FROM "heatpump_raw"."raw"."(\w+)"', query)
        for kind, field, name in re.findall(
            r'(mean|last)\("(\w+)"\) AS "(\w+)"', query
        ):
            assert field == name
            metric = f"{measurement}_{field}"
            asked[metric] = f"{kinds[kind]}_over_time({metric}[5m])"
    assert recorded == asked
