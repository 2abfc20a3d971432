"""Home Assistant's own InfluxDB integration beside this export, in one real instance.

Both write to one real InfluxDB through proxies that count, and are exposed to the
same outage. What Home Assistant's recorder has is the truth.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from itertools import pairwise
import os
from pathlib import Path
import sqlite3
import subprocess
import time
from typing import Final

from yarl import URL

from demo.setup_flow import DOMAIN, set_up
from demo.simulators import ALL, PLANTS
from demo.stage import Stage, home, simulators
from tests.servers import RealInfluxDb, free_port

from .durability.proxy import FaultyProxy
from .figures import Figure

_ROOT: Final = Path(__file__).parents[2]
_PYTHON: Final = _ROOT / ".venv-demo/bin/python"
_REQUIREMENTS: Final = ("influxdb==5.3.2", "influxdb-client==1.50.0")
"""As in the manifest of Home Assistant's integration."""
_BESIDE: Final = ("msgpack", "pytz", "reactivex")
_DATABASE: Final = "home-assistant_v2.db"
_USER: Final = "writer"
_RECOVERY_S: Final = 60.0
_DAY_S: Final = 86_400
_NO_VALUES: Final = ("unavailable", "unknown", "")
_STATES: Final = """
    SELECT COUNT(*) FROM states
    WHERE last_updated_ts >= ? AND last_updated_ts < ?
    AND state IS NOT NULL AND state NOT IN (?, ?, ?)
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Span:
    """A time, in seconds since 1970."""

    begin_s: float
    end_s: float

    @property
    def where(self) -> str:
        """Return it as a condition of a query."""
        return f"time >= {self.begin_s * 1e3:.0f}ms AND time < {self.end_s * 1e3:.0f}ms"


async def core_figures(
    folder: Path, minutes: float, outage_minutes: float, homes: int
) -> list[Figure]:
    """Record what both send for some minutes, then stop the database for some.

    Args:
        folder: An empty one.
        minutes: How long both send undisturbed.
        outage_minutes: How long the database is away.
        homes: By how many the output of one is multiplied.
    """
    _install(folder / "packages")
    server = RealInfluxDb(folder)
    await server.start()
    # Home Assistant's integration cannot sign in with a password that is not Latin-1.
    await server.query(
        f"CREATE USER {_USER} WITH PASSWORD '{_USER}' WITH ALL PRIVILEGES"
    )
    try:
        upstream = URL(server.url)
        async with (
            FaultyProxy(upstream) as core,
            FaultyProxy(upstream) as ours,
            _running(folder) as stage,
        ):
            await stage.run(_set_up(stage, core.url, ours.url))
            # What the set-up itself writes is not a home's everyday life.
            await asyncio.sleep(30.0)
            before = (core.requests, core.bytes, ours.requests, ours.bytes)
            usual = await _span(minutes)
            after = (core.requests, core.bytes, ours.requests, ours.bytes)
            counts = [b - a for a, b in zip(before, after, strict=True)]
            outage = await _outage(server, outage_minutes)
            await asyncio.sleep(_RECOVERY_S)
            return [
                *await _output(server, usual, counts, homes),
                *await _losses(server, folder / _DATABASE, outage),
            ]
    finally:
        server.kill()


def _install(folder: Path) -> None:
    """Get the packages of Home Assistant's integration, for this run only."""
    uv = _ROOT / ".tools/bin/uv"
    subprocess.run(
        [
            *(uv if uv.exists() else "uv", "pip", "install", "--quiet", "--no-deps"),
            *("--python", _PYTHON, "--target", folder, *_REQUIREMENTS, *_BESIDE),
        ],
        check=True,
    )


@asynccontextmanager
async def _running(folder: Path) -> AsyncIterator[Stage]:
    """Run simulators and the newest Home Assistant, at their usual pace."""
    options = ("--variant", PLANTS[ALL], "--running")
    path = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = f"{folder / 'packages'}:{path}"
    try:
        async with (
            simulators(folder, options, fast=False) as running,
            home(folder, running, port=free_port(), fast=False, python=_PYTHON) as it,
        ):
            await it.run(it.start())
            yield it
    finally:
        os.environ["PYTHONPATH"] = path


async def _set_up(stage: Stage, core: URL, ours: URL) -> None:
    access = {
        "database": RealInfluxDb.database,
        "username": _USER,
        "password": _USER,
    }
    await stage.add_heat_pump(PLANTS[ALL])
    await stage.add_house_meter()
    await stage.add_probes()
    hass = stage.home_assistant
    answers = {"configure_v1": {"url": str(core), **access}}
    await set_up(hass, "influxdb", ("configure_v1",), answers)
    form = {"url": str(ours), **access}
    answers = {"export_influxdb1": form, "export_what": {"home": "home"}}
    await set_up(hass, DOMAIN, ("export", "export_influxdb1"), answers)


async def _span(minutes: float) -> _Span:
    begin_s = time.time()
    await asyncio.sleep(minutes * 60)
    return _Span(begin_s=begin_s, end_s=time.time())


async def _outage(server: RealInfluxDb, minutes: float) -> _Span:
    server.stop()
    span = await _span(minutes)
    await server.start()
    return span


async def _output(
    server: RealInfluxDb, span: _Span, counts: list[int], homes: int
) -> list[Figure]:
    seconds = span.end_s - span.begin_s
    figures = []
    points = (
        await _points(server, span, ours=False),
        await _points(server, span, ours=True),
    )
    for name, found, requests, size_bytes in (
        ("InfluxDB of Home Assistant", points[0], counts[0], counts[1]),
        ("this export", points[1], counts[2], counts[3]),
    ):
        per_day = _DAY_S / seconds
        figures += [
            Figure(part=name, name="points an hour", value=found * per_day / 24),
            Figure(part=name, name="requests an hour", value=requests * per_day / 24),
            Figure(
                part=name,
                name="bodies a day",
                value=size_bytes * per_day / 1e6,
                unit="MB",
            ),
            Figure(
                part=name,
                name=f"{homes} homes, points",
                value=homes * found / seconds,
                unit="per s",
            ),
            Figure(
                part=name,
                name=f"{homes} homes, requests",
                value=homes * requests / seconds,
                unit="per s",
            ),
            Figure(
                part=name,
                name=f"{homes} homes, bodies",
                value=homes * size_bytes * per_day / 1e9,
                unit="GB a day",
            ),
        ]
    return figures


async def _losses(server: RealInfluxDb, recorded: Path, outage: _Span) -> list[Figure]:
    """Return what the outage cost: state changes of core, readings of ours."""
    seconds = outage.end_s - outage.begin_s
    with closing(sqlite3.connect(f"file:{recorded}?mode=ro", uri=True)) as database:
        span = (outage.begin_s, outage.end_s)
        [changes] = database.execute(_STATES, (*span, *_NO_VALUES)).fetchone()
    arrived = await _points(server, outage, ours=False)
    part = f"database away for {seconds:.0f} s"
    figures = [
        Figure(part=part, name="state changes recorded", value=changes),
        Figure(
            part=part,
            name="of them never at InfluxDB, by Home Assistant's integration",
            value=max(0, changes - arrived),
        ),
    ]
    for measurement, pace_s in (("hpm_meter", 10.0), ("hpm_house", 1.0)):
        times_ms = sorted(await server.points(measurement, "power_w"))
        inside = [
            each for each in times_ms if outage.begin_s <= each / 1e3 < outage.end_s
        ]
        gaps_s = [(b - a) / 1e3 for a, b in pairwise(times_ms)]
        figures += [
            Figure(
                part=part,
                name=f"{measurement} of the outage, by this export",
                value=len(inside),
            ),
            Figure(
                part=part,
                name=f"longest gap of {measurement} ever",
                value=max(gaps_s),
                unit="s",
                most=3.0 * max(pace_s, 5.0),
            ),
        ]
    return figures


async def _points(server: RealInfluxDb, span: _Span, *, ours: bool) -> int:
    """Return how many points of a time there are, of one of the two."""
    found = await server.query(
        f"SELECT * FROM /.*/ WHERE {span.where} GROUP BY *"  # noqa: S608
    )
    return sum(
        len(series["values"])
        for series in found
        if series["name"].startswith("hpm_") is ours
    )
