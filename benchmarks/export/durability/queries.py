"""Asks databases for all that they have of a home."""

import json
from typing import Final

from tests.servers import RealInfluxDb, RealVictoriaMetrics

from .verdict import Samples

_NAME: Final = "__name__"
_OURS: Final = '{__name__=~"hpm_.*"}'
_OK: Final = 200


async def victoria_metrics(
    server: RealVictoriaMetrics, *, duplicates: bool = False
) -> Samples:
    """Return all samples; on demand also those that a query leaves out as double."""
    await server.ask("GET", "/internal/force_flush")
    query = {"match[]": _OURS, "start": "2000-01-01T00:00:00Z"}
    if duplicates:
        query["reduce_mem_usage"] = "1"
    status, text, _ = await server.ask("GET", "/api/v1/export", params=query)
    assert status == _OK, text
    found: Samples = {}
    for line in text.splitlines():
        block = json.loads(line)
        tags: dict[str, str] = block["metric"]
        series = (tags.pop(_NAME), frozenset(tags.items()))
        samples = zip(block["timestamps"], block["values"], strict=True)
        found.setdefault(series, []).extend(samples)
    return found


async def influxdb1(server: RealInfluxDb) -> Samples:
    """Return all values of all measurements."""
    found: Samples = {}
    for series in await server.query("SELECT * FROM /hpm_.*/ GROUP BY *"):
        tags = frozenset((key, text) for key, text in series["tags"].items() if text)
        keys = [(f"{series['name']}_{column}", tags) for column in series["columns"]]
        for time_ms, *values in series["values"]:
            for key, value in zip(keys[1:], values, strict=True):
                if value is not None:
                    found.setdefault(key, []).append((time_ms, float(value)))
    return found


def count(samples: Samples) -> int:
    """Return how many samples there are."""
    return sum(map(len, samples.values()))
