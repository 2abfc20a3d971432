"""The database behind the control port: faults on command, and its points."""

from typing import Any

import aiohttp
import pytest

from simulator import Simulator

NOON_MS = 1_768_474_800_000
LINES = f"""\
hpm_meter,device=air,home=demo power_w=1000.0 {NOON_MS}
hpm_probe,home=demo,probe=brisket temperature_c=61.5 {NOON_MS}"""


async def write(
    sim: Simulator, http: aiohttp.ClientSession, lines: str
) -> aiohttp.ClientResponse:
    """Write points as an export does."""
    database = sim.database
    return await http.post(
        f"{sim.database_url}/api/v2/write",
        params={"org": database.org, "bucket": database.bucket, "precision": "ms"},
        headers={"Authorization": f"Token {database.token}"},
        data=lines,
    )


async def switch(
    sim: Simulator, http: aiohttp.ClientSession, fault: str, **more: Any
) -> aiohttp.ClientResponse:
    """Send a command for the database."""
    command = {"target": "database", "fault": fault, **more}
    return await http.post(f"{sim.control_url}/control", json=command)


async def contents(
    sim: Simulator, http: aiohttp.ClientSession, *measurements: str
) -> dict[str, Any]:
    """Return what the control port shows of the database."""
    query = [("measurement", each) for each in measurements]
    answer = await http.get(f"{sim.control_url}/database", params=query)
    shown: dict[str, Any] = await answer.json()
    return shown


async def test_points(sim: Simulator, http: aiohttp.ClientSession) -> None:
    """What was written is shown, all of it or of some measurements."""
    assert (await write(sim, http, LINES)).status == 204
    meter = {
        "measurement": "hpm_meter",
        "tags": {"device": "air", "home": "demo"},
        "time_ms": NOON_MS,
        "fields": {"power_w": 1000.0},
    }
    shown = await contents(sim, http)
    assert [each["measurement"] for each in shown["points"]] == [
        *("hpm_meter", "hpm_probe")
    ]
    assert await contents(sim, http, "hpm_meter") == {"points": [meter], "changed": []}
    control = await (await http.get(f"{sim.control_url}/control")).json()
    assert control["database"]["points"] == 2
    assert control["database"]["requests"] == {"/api/v2/write": 1}


async def test_point_is_written_again(
    sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """Only another value is told, not the same once more, nor one more field."""
    await write(sim, http, LINES)
    await write(sim, http, LINES)
    await write(sim, http, LINES.replace("power_w=1000.0", "energy_wh=5.0"))
    assert (await contents(sim, http))["changed"] == []
    await write(sim, http, LINES.replace("61.5", "61.6"))
    (changed,) = (await contents(sim, http))["changed"]
    assert changed["measurement"] == "hpm_probe"
    assert (await contents(sim, http, "hpm_meter"))["changed"] == []


async def test_outage(sim: Simulator, http: aiohttp.ClientSession) -> None:
    """It refuses what it is sent until it is told otherwise."""
    await switch(sim, http, "retry_after", value=7)
    await switch(sim, http, "status")
    refused = await write(sim, http, LINES)
    assert (refused.status, refused.headers["Retry-After"]) == (503, "7")
    assert (await contents(sim, http))["points"] == []
    await switch(sim, http, "status", on=False)
    assert (await write(sim, http, LINES)).status == 204


@pytest.mark.parametrize(
    ("fault", "more", "value"),
    [
        ("status", {"value": 429}, 429),
        ("slow_s", {"value": 0.5}, 0.5),
        ("most_bytes", {}, 10_000),
        ("redirect", {"value": "https://example.org"}, "https://example.org"),
        ("half_open", {}, True),
        ("lost_answer", {}, True),
    ],
)
async def test_fault(
    sim: Simulator,
    http: aiohttp.ClientSession,
    fault: str,
    more: dict[str, Any],
    value: object,
) -> None:
    """Each fault can be switched on and off, and is shown."""
    shown = await (await switch(sim, http, fault, **more)).json()
    assert shown["database"]["faults"][fault] == value
    shown = await (await switch(sim, http, fault, on=False, **more)).json()
    assert not shown["database"]["faults"][fault]


async def test_unknown_fault(sim: Simulator, http: aiohttp.ClientSession) -> None:
    """A fault that it does not have is refused."""
    assert (await switch(sim, http, "button")).status == 400
