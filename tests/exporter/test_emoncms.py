"""emoncms: names, keys, and errors that have the status of a success."""

from dataclasses import replace
from datetime import timedelta
import json

import aiohttp
import pytest
from yarl import URL

from custom_components.heatpump_monitor.exporter.connection import async_check
from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.targets.base import (
    LinesRejected,
    TargetMisconfigured,
    TargetRefused,
)
from custom_components.heatpump_monitor.exporter.targets.emoncms import Emoncms
from simulator.databases import EmoncmsServer

from .stand_ins import NOON, NOON_MS, StandIn, only, power


def test_emoncms_lines_are_json() -> None:
    """One object for each input, as emoncms reads only the first of an object."""
    line = Emoncms(None, URL("https://x"), token="t").encode(power(1))  # type: ignore[arg-type]
    assert json.loads(line) == [
        NOON_MS // 1000,
        "h-o-m-e_vitocal_shelly",
        {"heatpump_elec_kwh": 1.0},
        {"heatpump_elec": 1.0},
    ]


@only("emoncms")
async def test_names_that_my_heatpump_looks_for(
    stand_in: StandIn[EmoncmsServer],
) -> None:
    """Inputs have the names and units of the app, all else our own."""
    unit = {"home": "a home", "device": "vitocal"}
    await stand_in.write(
        power(500),
        Point(
            measurement="hpm_heat_pump",
            tags=unit,
            fields={"supply_c": 35, "flow_lph": 1200.0, "buffer_c": 30.0},
            time=NOON,
        ),
        Point(
            measurement="hpm_interval",
            tags=unit,
            fields={"heat_wh": 250.0, "seconds": 300.0},
            time=NOON,
        ),
        Point(
            measurement="hpm_circuit",
            tags=unit | {"circuit": "1"},
            fields={"target_supply_c": 36.5},
            time=NOON + timedelta(seconds=0.9),
        ),
    )
    points = {
        identity.measurement: fields
        for identity, fields in stand_in.server.store.points.items()
    }
    assert points == {
        "h-o-m-e_vitocal_shelly": {"heatpump_elec": 500.0, "heatpump_elec_kwh": 500.0},
        "a-home_vitocal": {
            "heatpump_flowT": 35.0,
            "heatpump_flowrate": 20.0,
            "heat_pump_buffer_c": 30.0,
            "interval_heat_wh": 250.0,
            "interval_seconds": 300.0,
            "heatpump_heat": 3000.0,
        },
        "a-home_vitocal_1": {"heatpump_targetT": 36.5},
    }
    assert {identity.time_ms for identity in stand_in.server.store.points} == {NOON_MS}


@only("emoncms")
@pytest.mark.parametrize("key", ["", "wrong", EmoncmsServer.read_key])
async def test_keys_that_may_not_write(
    stand_in: StandIn[EmoncmsServer], http_session: aiohttp.ClientSession, key: str
) -> None:
    """A wrong key gets 401, one that may only read an empty 200."""
    target = Emoncms(http_session, stand_in.url, token=key)
    with pytest.raises(TargetRefused):
        await async_check(target, home="h", now=NOON)


@only("emoncms")
async def test_errors_with_the_status_200(stand_in: StandIn[EmoncmsServer]) -> None:
    """An error in the body is one, whatever the status says."""
    with pytest.raises(LinesRejected, match="Format error"):
        await stand_in.target.write(['[1768478400,"node",{"a":1}]'])
    assert isinstance(stand_in.server, EmoncmsServer)
    stand_in.server.most_nodes = 0
    with pytest.raises(TargetMisconfigured, match="maximal allowed"):
        await stand_in.write(power(1))


@only("emoncms")
async def test_emoncms_gets_no_number_that_is_not_finite(
    stand_in: StandIn[EmoncmsServer],
) -> None:
    """NaN is left out, and a point of nothing else is refused."""
    both = replace(power(1), fields={"power_w": float("nan"), "energy_wh": 1.0})
    assert "heatpump_elec_kwh" in stand_in.target.encode(both)
    assert 'heatpump_elec"' not in stand_in.target.encode(both)
    with pytest.raises(ValueError, match="finite"):
        stand_in.target.encode(replace(both, fields={"power_w": float("inf")}))
