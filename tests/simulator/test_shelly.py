"""The simulated Shelly Pro 3EM: status, counters, history and faults."""

import asyncio
from typing import Any

import aiohttp
import pytest

from simulator import Profile, Shelly, Simulator, SteppedClock, Variant

from .conftest import HISTORY_S, NOON_S, steady_plant

START = int(NOON_S - HISTORY_S)


@pytest.fixture
def shelly(sim: Simulator) -> Shelly:
    """Return the meter of the air unit."""
    return sim.shellies[Variant.AIR]


async def rpc(
    http: aiohttp.ClientSession, shelly: Shelly, method: str, **params: Any
) -> dict[str, Any]:
    """Call a method by GET."""
    response = await http.get(f"http://{shelly.host}/rpc/{method}", params=params)
    assert response.status == 200, await response.text()
    result: dict[str, Any] = await response.json()
    return result


async def counted(http: aiohttp.ClientSession, shelly: Shelly) -> tuple[float, float]:
    """Return the total counters: drawn and returned, Wh."""
    data = await rpc(http, shelly, "EMData.GetStatus", id=0)
    return data["total_act"], data["total_act_ret"]


async def test_identity(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """The device tells who it is, at both addresses."""
    response = await http.get(f"http://{shelly.host}/shelly")
    identity = await response.json()
    assert identity == await rpc(http, shelly, "Shelly.GetDeviceInfo")
    assert identity["id"] == "shellypro3em-fce8c0aa0002"
    assert identity["mac"] == "FCE8C0AA0002"
    assert identity["profile"] == "triphase"
    assert identity["auth_en"] is False


async def test_live_status(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """em:0 tells power, voltage and current of each phase."""
    em = await rpc(http, shelly, "EM.GetStatus", id=0)
    assert em["a_act_power"] == 600
    assert em["b_act_power"] == 300
    assert em["total_act_power"] == 1000
    assert em["b_voltage"] == 231
    assert em["a_current"] == pytest.approx(600 / 0.95 / 230, abs=0.001)
    assert em["n_current"] is None


async def test_full_status(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """Shelly.GetStatus holds the meter's components and the device's clock."""
    status = await rpc(http, shelly, "Shelly.GetStatus")
    assert status["em:0"] == await rpc(http, shelly, "EM.GetStatus", id=0)
    assert status["emdata:0"] == await rpc(http, shelly, "EMData.GetStatus", id=0)
    assert status["sys"]["unixtime"] == NOON_S
    assert status["sys"]["time"] == "12:00"
    assert status["sys"]["uptime"] == HISTORY_S
    assert "em1:0" not in status


async def test_counters_move_once_a_minute(
    sim: Simulator, http: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """The counters stand still within a minute, unless told to be live."""
    assert await counted(http, shelly) == (72_000, 0)
    await sim.step(59)
    assert await counted(http, shelly) == (72_000, 0)
    shelly.live_counters = True
    assert await counted(http, shelly) == (72_016.39, 0)
    shelly.live_counters = False
    await sim.step(1)
    data = await rpc(http, shelly, "EMData.GetStatus", id=0)
    assert data == {
        "id": 0,
        "a_total_act_energy": 43_210,
        "a_total_act_ret_energy": 0,
        "b_total_act_energy": 21_605,
        "b_total_act_ret_energy": 0,
        "c_total_act_energy": 7201.67,
        "c_total_act_ret_energy": 0,
        "total_act": 72_016.67,
        "total_act_ret": 0,
    }


async def test_monophase(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """In the monophase profile each CT is a component of its own, counted from 0."""
    shelly.set_profile(Profile.MONOPHASE)
    assert shelly.profile is Profile.MONOPHASE
    status = await rpc(http, shelly, "Shelly.GetStatus")
    assert {"em1:0", "em1:1", "em1:2", "em1data:2"} <= status.keys()
    assert "em:0" not in status
    live = await rpc(http, shelly, "EM1.GetStatus", id=1)
    assert (live["act_power"], live["voltage"]) == (300, 231)
    energy = await rpc(http, shelly, "EM1Data.GetStatus", id=1)
    assert energy == {"id": 1, "total_act_energy": 0, "total_act_ret_energy": 0}
    net = await rpc(http, shelly, "EM1Data.GetNetEnergies", id=2, ts=START, period=3600)
    assert net["keys"] == ["net_act_energy"]
    assert net["data"][0]["values"][0] == [100]
    data = await rpc(http, shelly, "EM1Data.GetData", id=0, ts=START)
    assert len(data["keys"]) == len(data["data"][0]["values"][0]) == 14
    csv = await http.get(f"http://{shelly.host}/em1data/0/data.csv?ts={START}")
    assert (await csv.text()).startswith("timestamp,total_act_energy,")
    assert (await http.get(f"http://{shelly.host}/emdata/0/data.csv")).status == 404


async def test_post_frames(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """Methods can be posted as a frame, or with parameters to their path."""
    frame = {"id": 7, "src": "test", "method": "EM.GetStatus", "params": {"id": 0}}
    response = await http.post(f"http://{shelly.host}/rpc", json=frame)
    reply = await response.json()
    assert (reply["id"], reply["src"], reply["dst"]) == (7, shelly.device_id, "test")
    posted = await http.post(f"http://{shelly.host}/rpc/EM.GetStatus", json={"id": 0})
    assert reply["result"] == await posted.json()


@pytest.mark.parametrize(
    ("call", "status", "code"),
    [
        ("EM1.GetStatus?id=0", 404, 404),
        ("Nothing.At.All", 404, 404),
        ("EM.GetStatus", 500, -103),
        ("EM.GetStatus?id=1", 500, -105),
        ("EMData.GetNetEnergies?id=0&ts=0&period=60", 500, -103),
        ("EMData.GetData?id=0&ts=noon", 500, -103),
    ],
)
async def test_refused_calls(
    http: aiohttp.ClientSession, shelly: Shelly, call: str, status: int, code: int
) -> None:
    """A call the device cannot answer gets its error, by path and by frame."""
    response = await http.get(f"http://{shelly.host}/rpc/{call}")
    assert response.status == status
    assert (await response.json())["code"] == code


async def test_refused_frame(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """A frame that cannot be answered comes back with the error inside."""
    frame = {"id": 1, "method": "EM1.GetStatus", "params": {"id": 0}}
    response = await http.post(f"http://{shelly.host}/rpc", json=frame)
    assert response.status == 200
    assert (await response.json())["error"]["code"] == 404


async def test_records(
    sim: Simulator, http: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """The history holds every full minute since the meter was installed."""
    blocks = await rpc(http, shelly, "EMData.GetRecords", id=0)
    whole = {"ts": START, "period": 60, "records": 3 * 1440}
    assert blocks == {"data_blocks": [whole]}
    await sim.step(90)
    later = await rpc(http, shelly, "EMData.GetRecords", id=0, ts=int(NOON_S))
    assert later == {"data_blocks": [{"ts": NOON_S, "period": 60, "records": 1}]}
    none = await rpc(http, shelly, "EMData.GetRecords", id=0, ts=int(NOON_S) + 60)
    assert none == {"data_blocks": []}


async def test_history_is_kept_for_sixty_days(
    http: aiohttp.ClientSession, socket_enabled: None
) -> None:
    """Older minutes are gone."""
    clock = SteppedClock(NOON_S)
    async with Simulator([Variant.AIR], clock=clock, make_plant=steady_plant) as sim:
        await sim.step(100 * 86_400)
        meter = sim.shellies[Variant.AIR]
        blocks = await rpc(http, meter, "EMData.GetRecords", id=0)
    first = int(NOON_S) + 40 * 86_400
    assert blocks["data_blocks"] == [{"ts": first, "period": 60, "records": 86_400}]


async def test_data_comes_in_pages_of_six(
    http: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """Records come six at a time, each with the energy of its own minute."""
    page = await rpc(http, shelly, "EMData.GetData", id=0, ts=START, end_ts=START + 480)
    assert len(page["keys"]) == 51
    assert page["data"][0]["ts"] == START
    rows = page["data"][0]["values"]
    assert len(rows) == 6
    record = dict(zip(page["keys"], rows[0], strict=True))
    assert record["a_total_act_energy"] == 10
    assert record["b_total_act_energy"] == 5
    assert record["a_max_act_power"] == 612
    assert page["next_record_ts"] == START + 360
    rest = await rpc(
        http, shelly, "EMData.GetData", id=0, ts=START + 360, end_ts=START + 480
    )
    assert len(rest["data"][0]["values"]) == 2
    assert "next_record_ts" not in rest


async def test_net_energies_of_a_day_in_one_reply(
    http: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """A day of quarter-hours is one page; more is paged by the day."""
    day = await rpc(
        http,
        shelly,
        "EMData.GetNetEnergies",
        id=0,
        ts=START,
        end_ts=START + 86_400,
        period=900,
    )
    assert day["keys"] == [f"{phase}_net_act_energy" for phase in "abc"]
    assert len(day["data"][0]["values"]) == 96
    assert day["data"][0]["values"][0] == [150, 75, 25]
    assert "next_record_ts" not in day
    long = await rpc(http, shelly, "EMData.GetNetEnergies", id=0, ts=START, period=3600)
    assert len(long["data"][0]["values"]) == 24
    assert long["next_record_ts"] == START + 86_400


async def test_csv(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """The history comes as a table, with or without a heading."""
    url = f"http://{shelly.host}/emdata/0/data.csv"
    response = await http.get(f"{url}?add_keys=true&ts={START}&end_ts={START + 7200}")
    lines = (await response.text()).splitlines()
    assert response.headers["Content-Type"] == "text/csv"
    assert lines[0].split(",")[:2] == ["timestamp", "a_total_act_energy"]
    assert len(lines) == 1 + 120
    assert lines[1].split(",")[:2] == [str(START), "10.0000"]
    assert {len(line.split(",")) for line in lines} == {52}
    posted = await http.post(
        url, data={"add_keys": "false", "ts": START, "end_ts": START + 60}
    )
    assert (await posted.text()).splitlines() == [lines[1]]
    assert (await http.get(f"{url}?ts=noon")).status == 400
    assert (await http.get(f"http://{shelly.host}/emdata/3/data.csv")).status == 400


async def test_csv_can_be_as_slow_as_the_device(
    http: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """The table can be sent at a given rate."""
    shelly.csv_rows_per_s = 600
    began = asyncio.get_running_loop().time()
    url = f"http://{shelly.host}/emdata/0/data.csv?ts={START}&end_ts={START + 7200}"
    await (await http.get(url)).text()
    assert asyncio.get_running_loop().time() - began >= 0.2


async def test_reversed_clamp(
    sim: Simulator, http: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """What a reversed CT sees counts as returned, in history too."""
    shelly.reverse("a")
    await sim.step(3600)
    assert await counted(http, shelly) == (72_400, 600)
    em = await rpc(http, shelly, "EM.GetStatus", id=0)
    assert (em["a_act_power"], em["b_act_power"]) == (-600, 300)
    assert em["total_act_power"] == -200
    net = await rpc(
        http,
        shelly,
        "EMData.GetNetEnergies",
        id=0,
        ts=int(NOON_S) - 3600,
        period=3600,
    )
    assert net["data"][0]["values"] == [[600, 300, 100], [-600, 300, 100]]
    shelly.reverse("")
    await sim.step(3600)
    assert await counted(http, shelly) == (73_400, 600)


async def test_reboot_falls_back_a_little(
    sim: Simulator, http: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """A reboot loses under a Wh a phase and begins a new uptime."""
    await sim.step(30)
    shelly.reboot()
    await sim.step(30)
    total, _ = await counted(http, shelly)
    assert total == pytest.approx(72_000 + 1000 / 60 - 3 * 0.6, abs=0.01)
    status = await rpc(http, shelly, "Shelly.GetStatus")
    assert status["sys"]["uptime"] == 30


async def test_reset_begins_at_nothing(
    sim: Simulator, http: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """After a reset the counters count from 0, and the history is still told."""
    shelly.reset_counters()
    assert await counted(http, shelly) == (0, 0)
    await sim.step(3600)
    assert await counted(http, shelly) == (1000, 0)
    blocks = await rpc(http, shelly, "EMData.GetRecords", id=0)
    assert blocks["data_blocks"][0]["records"] == 73 * 60


async def test_unreachable(
    http: aiohttp.ClientSession, shelly: Shelly, caplog: pytest.LogCaptureFixture
) -> None:
    """The connection is cut while the fault is on, without a word in our log."""
    shelly.faults.unreachable = True
    with pytest.raises(aiohttp.ClientError):
        await rpc(http, shelly, "EM.GetStatus", id=0)
    shelly.faults.unreachable = False
    assert await rpc(http, shelly, "EM.GetStatus", id=0)
    assert not caplog.records


async def test_timeout(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """No answer comes while the fault is on."""
    shelly.faults.timeout = True
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(rpc(http, shelly, "EM.GetStatus", id=0), 0.2)
    shelly.faults.timeout = False
    assert await rpc(http, shelly, "EM.GetStatus", id=0)


async def test_wrong_json(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """Answers are cut off while the fault is on."""
    shelly.faults.wrong_json = True
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        await rpc(http, shelly, "EM.GetStatus", id=0)
    shelly.faults.wrong_json = False
    assert await rpc(http, shelly, "EM.GetStatus", id=0)


async def test_server_error(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """Everything fails while the fault is on."""
    shelly.faults.server_error = True
    response = await http.get(f"http://{shelly.host}/rpc/EM.GetStatus?id=0")
    assert response.status == 500
    shelly.faults.server_error = False
    assert await rpc(http, shelly, "EM.GetStatus", id=0)


async def test_another_device(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """The host can be some other web server, or a Shelly that does not meter."""
    shelly.faults.not_a_shelly = True
    stranger = await http.get(f"http://{shelly.host}/shelly")
    assert (stranger.status, stranger.content_type) == (404, "text/html")
    shelly.faults.not_a_shelly = False
    shelly.faults.no_meter = True
    identity = await rpc(http, shelly, "Shelly.GetDeviceInfo")
    assert (identity["app"], "profile" in identity) == ("Plus1", False)
    status = await rpc(http, shelly, "Shelly.GetStatus")
    assert "switch:0" in status
    assert "em:0" not in status
    shelly.faults.no_meter = False
    assert "em:0" in await rpc(http, shelly, "Shelly.GetStatus")


@pytest.mark.parametrize("profile", Profile)
async def test_errors(
    http: aiohttp.ClientSession, shelly: Shelly, profile: Profile
) -> None:
    """Each metering component names its errors, and has no such list without."""
    shelly.set_profile(profile)
    name = "em:0" if profile is Profile.TRIPHASE else "em1:2"
    assert "errors" not in (await rpc(http, shelly, "Shelly.GetStatus"))[name]
    shelly.faults.errors = ("phase_sequence",)
    status = await rpc(http, shelly, "Shelly.GetStatus")
    assert status[name]["errors"] == ["phase_sequence"]


async def test_another_shelly(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """Another one of the same kind names itself wherever it is asked."""
    shelly.faults.another_mac = True
    info = await rpc(http, shelly, "Shelly.GetDeviceInfo")
    status = await rpc(http, shelly, "Shelly.GetStatus")
    assert info["mac"] == status["sys"]["mac"] == "FCE8C0AA00FF"
    shelly.faults.another_mac = False
    assert (await rpc(http, shelly, "Shelly.GetDeviceInfo"))["mac"] == shelly.mac
