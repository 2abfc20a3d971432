"""The Shelly client on the wire, with answers written by hand."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from custom_components.heatpump_monitor.readings import MeterReading, PhaseReading
from custom_components.heatpump_monitor.sources.base import MeterInfo
from custom_components.heatpump_monitor.sources.ranges import Range, Ranges
from custom_components.heatpump_monitor.sources.shelly import client as shelly
from custom_components.heatpump_monitor.sources.shelly.client import (
    AnotherShelly,
    NoEnergyMeter,
    NotAShelly,
    ShellyAuthError,
    ShellyClient,
    ShellyError,
    ShellyInvalidAnswer,
    ShellyUnreachable,
)
from tests.sources.scripted import Reply, Script

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)

EM = {
    "id": 0,
    "a_current": 4.029,
    "a_voltage": 236.1,
    "a_act_power": 951.2,
    "b_current": 4.027,
    "b_voltage": 236.2,
    "b_act_power": 951.1,
    "c_current": 3.03,
    "c_voltage": 236.4,
    "c_act_power": 715.4,
    "n_current": None,
    "total_act_power": 2617.782,
}
EM_DATA = {
    "id": 0,
    "a_total_act_energy": 30201.19,
    "a_total_act_ret_energy": 1.0,
    "b_total_act_energy": 29871.02,
    "b_total_act_ret_energy": 12.41,
    "c_total_act_energy": 30012.77,
    "c_total_act_ret_energy": 0.0,
    "total_act": 90084.98,
    "total_act_ret": 13.41,
}
TRIPHASE = {"ble": {}, "em:0": EM, "emdata:0": EM_DATA, "sys": {"mac": "FCE8C0AABBCC"}}
INFO = {
    "name": "heatpump",
    "id": "shellypro3em-fce8c0aabbcc",
    "mac": "fce8c0aabbcc",
    "model": "SPEM-003CEBEU",
    "gen": 2,
    "ver": "1.6.2",
    "app": "Pro3EM",
    "auth_en": True,
    "profile": "triphase",
}


def now() -> datetime:
    """Return the time, which stands still."""
    return NOW


@pytest.fixture
async def session(script: Script) -> AsyncGenerator[aiohttp.ClientSession]:
    """Return a session as Home Assistant's."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def client(session: aiohttp.ClientSession, script: Script) -> ShellyClient:
    """Return a client of the scripted device."""
    return ShellyClient(session, script.host, retry_delay_s=0)


async def read(
    session: aiohttp.ClientSession,
    script: Script,
    status: object,
    reversed_phases: str = "",
    ranges: Ranges | None = None,
    channels: str = "",
) -> MeterReading:
    """Return the reading of one status."""
    script.answer(Reply(json=status))
    client = ShellyClient(
        session,
        script.host,
        reversed_phases=reversed_phases,
        channels=channels,
        ranges=ranges,
    )
    return await client.read(now)


async def test_identify(client: ShellyClient, script: Script) -> None:
    """The device says what it is, without being asked for a password."""
    script.answer(Reply(json=INFO))
    assert await client.identify() == MeterInfo(
        identity="FCE8C0AABBCC",
        manufacturer="Shelly",
        model="SPEM-003CEBEU",
        auth_required=True,
        firmware="1.6.2",
    )
    assert [asked.path for asked in script.asked] == ["/shelly"]


async def test_identify_with_the_least(client: ShellyClient, script: Script) -> None:
    """What a device need not say is not known."""
    least = {key: INFO[key] for key in ("mac", "model", "gen")}
    script.answer(Reply(json=least | {"name": None}))
    assert await client.identify() == MeterInfo(
        identity="FCE8C0AABBCC",
        manufacturer="Shelly",
        model="SPEM-003CEBEU",
        auth_required=False,
        firmware=None,
    )


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(status=404, html="<h1>Not Found</h1>"), id="404"),
        pytest.param(Reply(status=401, html="<h1>Log in</h1>"), id="401"),
        pytest.param(Reply(html="<h1>My router</h1>"), id="a page"),
        pytest.param(Reply(json=["x"]), id="an array"),
        pytest.param(Reply(json={"hello": "there"}), id="other JSON"),
        pytest.param(
            Reply(status=302, html="", headers={"Location": "/login"}), id="a redirect"
        ),
    ],
)
async def test_not_a_shelly(client: ShellyClient, script: Script, reply: Reply) -> None:
    """Something else answers at the address."""
    script.answer(reply)
    with pytest.raises(NotAShelly):
        await client.identify()


@pytest.mark.parametrize(
    "host", ["127.0.0.1:1", "not a host", "http://1.2.3.4", "1.2.3.4:http", "::1", ""]
)
async def test_nothing_at_the_address(
    session: aiohttp.ClientSession, host: str
) -> None:
    """Nothing answers, or what was typed is no address at all."""
    client = ShellyClient(session, host, retry_delay_s=0)
    with pytest.raises(ShellyUnreachable):
        await client.identify()
    with pytest.raises(ShellyUnreachable):
        await client.read(now)


async def test_triphase(session: aiohttp.ClientSession, script: Script) -> None:
    """The device's sums, and each phase."""
    assert await read(session, script, TRIPHASE) == MeterReading(
        time=NOW,
        power_w=2617.782,
        energy_wh=90084.98,
        returned_wh=13.41,
        phases=(
            PhaseReading(name="a", power_w=951.2, voltage_v=236.1, current_a=4.029),
            PhaseReading(name="b", power_w=951.1, voltage_v=236.2, current_a=4.027),
            PhaseReading(name="c", power_w=715.4, voltage_v=236.4, current_a=3.03),
        ),
    )
    assert [asked.path for asked in script.asked] == ["/rpc/Shelly.GetStatus"]


async def test_monophase(session: aiohttp.ClientSession, script: Script) -> None:
    """Three meters of their own are added up; a fourth part of them is not there."""
    status = {
        "em1:0": {"id": 0, "current": 5.0, "voltage": 230.0, "act_power": 1100.5},
        "em1:1": {"id": 1, "current": 0.1, "voltage": 231.0, "act_power": 20},
        "em1data:0": {"total_act_energy": 1000.25, "total_act_ret_energy": 0.5},
        "em1data:1": {"total_act_energy": 200, "total_act_ret_energy": 0.25},
    }
    assert await read(session, script, status) == MeterReading(
        time=NOW,
        power_w=1120.5,
        energy_wh=1200.25,
        returned_wh=0.75,
        phases=(
            PhaseReading(name="a", power_w=1100.5, voltage_v=230.0, current_a=5.0),
            PhaseReading(name="b", power_w=20.0, voltage_v=231.0, current_a=0.1),
        ),
        channels=("a", "b"),
    )


async def test_the_profile_may_change(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """Each answer is taken as it is."""
    client = ShellyClient(session, script.host)
    script.answer(
        Reply(json=TRIPHASE),
        Reply(json={"em1:0": {"act_power": 5}, "em1data:0": {}}),
        Reply(json=TRIPHASE),
    )
    powers = [(await client.read(now)).power_w for _ in range(3)]
    assert powers == [2617.782, 5.0, 2617.782]


async def test_a_reversed_phase(session: aiohttp.ClientSession, script: Script) -> None:
    """What a reversed phase returned is what it drew; the sums are made anew."""
    live = EM | {"b_act_power": -951.1, "total_act_power": 715.5}
    data = EM_DATA | {"b_total_act_energy": 0.25, "b_total_act_ret_energy": 500.0}
    reading = await read(session, script, {"em:0": live, "emdata:0": data}, "b")
    assert reading.phases[1] == PhaseReading(
        name="b", power_w=951.1, voltage_v=236.2, current_a=4.027
    )
    assert reading.power_w == pytest.approx(951.2 + 951.1 + 715.4)
    assert reading.energy_wh == pytest.approx(30201.19 + 500.0 + 30012.77)
    assert reading.returned_wh == pytest.approx(1.0 + 0.25 + 0.0)


async def test_a_reversed_single_phase_meter(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """The same in the monophase profile."""
    status = {
        "em1:0": {"act_power": -1000.0},
        "em1data:0": {"total_act_energy": 1.0, "total_act_ret_energy": 700.0},
        "em1:1": {"act_power": 50.0},
        "em1data:1": {"total_act_energy": 30.0, "total_act_ret_energy": 0.0},
    }
    reading = await read(session, script, status, "a")
    assert (reading.power_w, reading.energy_wh, reading.returned_wh) == (1050, 730, 1)


MONOPHASE = {
    "em1:0": {"act_power": 1000.0, "voltage": 230.0},
    "em1data:0": {"total_act_energy": 100.0, "total_act_ret_energy": 0.0},
    "em1:1": {"act_power": 50.0, "voltage": 231.0},
    "em1data:1": {"total_act_energy": 30.0, "total_act_ret_energy": 1.0},
    "em1:2": {"act_power": -2000.0, "voltage": 232.0, "errors": ["out_of_range:x"]},
    "em1data:2": {"total_act_energy": 5.0, "total_act_ret_energy": 900.0},
}


async def test_chosen_channels(session: aiohttp.ClientSession, script: Script) -> None:
    """Single-phase meters of something else are left out, with their errors."""
    reading = await read(session, script, MONOPHASE, channels="ab")
    assert (reading.power_w, reading.energy_wh, reading.returned_wh) == (1050, 130, 1)
    assert [phase.name for phase in reading.phases] == ["a", "b"]
    assert reading.channels == ("a", "b")
    assert not reading.errors


async def test_a_chosen_channel_that_is_gone(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """The others are no sum of all."""
    status = {key: each for key, each in MONOPHASE.items() if not key.endswith(":1")}
    reading = await read(session, script, status, channels="ab")
    assert (reading.power_w, reading.energy_wh) == (None, None)
    assert reading.phases[0].power_w == 1000.0


async def test_three_phases_are_one_circuit(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """A choice of single-phase meters does not divide a three-phase one."""
    reading = await read(session, script, TRIPHASE, channels="a")
    assert (reading.power_w, reading.channels) == (2617.782, ())


@pytest.mark.parametrize(
    ("live", "counters", "power_w", "voltage_v", "energy_wh", "errors"),
    [
        pytest.param(
            {"errors": ["phase_sequence"], "b_errors": ["no_load"]},
            {},
            2617.782,
            236.1,
            90084.98,
            ("phase_sequence",),
            id="harmless",
        ),
        pytest.param(
            {"errors": ["power_meter_failure"], "a_errors": ["power_meter_failure"]},
            {},
            None,
            236.1,
            None,
            ("power_meter_failure",),
            id="failure",
        ),
        pytest.param(
            {"b_errors": ["ct_type_not_set"]},
            {},
            None,
            236.1,
            None,
            ("ct_type_not_set",),
            id="one phase",
        ),
        pytest.param(
            {"a_errors": ["out_of_range:act_power", "out_of_range:current"]},
            {},
            None,
            236.1,
            90084.98,
            ("out_of_range:act_power", "out_of_range:current"),
            id="a power out of range",
        ),
        pytest.param(
            {"a_errors": ["out_of_range:voltage"]},
            {},
            2617.782,
            None,
            90084.98,
            ("out_of_range:voltage",),
            id="a voltage out of range",
        ),
        pytest.param(
            {"flags": ["count_disabled"]},
            {"errors": ["database_error"]},
            2617.782,
            236.1,
            None,
            ("count_disabled", "database_error"),
            id="counters",
        ),
        pytest.param(
            {"errors": ["never_heard_of", 5, None], "a_errors": "x"},
            {"errors": None},
            None,
            236.1,
            None,
            ("never_heard_of",),
            id="unknown",
        ),
    ],
)
async def test_errors_of_the_device(
    session: aiohttp.ClientSession,
    script: Script,
    live: dict[str, object],
    counters: dict[str, object],
    power_w: float | None,
    voltage_v: float | None,
    energy_wh: float | None,
    errors: tuple[str, ...],
) -> None:
    """What the device says is wrong is unknown, and is said."""
    status = {"em:0": EM | live, "emdata:0": EM_DATA | counters}
    reading = await read(session, script, status)
    assert reading.power_w == power_w
    assert reading.energy_wh == energy_wh
    assert reading.phases[0].voltage_v == voltage_v
    assert reading.errors == errors
    assert reading.counter_failed == (energy_wh is None)


async def test_a_current_out_of_range(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """Only the value that is out of range is unknown, and the other channels stay."""
    status = MONOPHASE | {
        "em1:0": {"act_power": 1.0, "current": 5.0, "errors": ["out_of_range:current"]}
    }
    reading = await read(session, script, status)
    assert reading.phases[0] == PhaseReading(name="a", power_w=1.0)
    assert reading.errors == ("out_of_range:current", "out_of_range:x")


async def test_a_reversed_phase_without_a_value(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """A sum that lacks a part is not known; the other parts are."""
    live = EM | {"a_act_power": None}
    data = EM_DATA | {"c_total_act_energy": None}
    reading = await read(session, script, {"em:0": live, "emdata:0": data}, "a")
    assert reading.power_w is None
    assert reading.energy_wh is None
    assert reading.returned_wh == pytest.approx(30201.19 + 12.41)
    assert [phase.power_w for phase in reading.phases] == [None, 951.1, 715.4]


async def test_a_phase_that_is_not_there(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """A phase without any value is left out of phases and sums."""
    live = {key: each for key, each in EM.items() if not key.startswith("c_")}
    live["a_act_power"] = -951.2
    data = EM_DATA | {"c_total_act_energy": None, "c_total_act_ret_energy": None}
    reading = await read(session, script, {"em:0": live, "emdata:0": data}, "a")
    assert [phase.name for phase in reading.phases] == ["a", "b"]
    assert reading.power_w == pytest.approx(951.2 + 951.1)
    assert reading.energy_wh == pytest.approx(1.0 + 29871.02)


async def test_a_meter_that_says_nothing(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """A meter without any value is a reading in which nothing is known."""
    assert await read(session, script, {"em:0": None}) == MeterReading(time=NOW)
    assert await read(session, script, {"em1:0": {}}) == MeterReading(
        time=NOW, phases=(PhaseReading(name="a"),), channels=("a",)
    )
    assert await read(session, script, {"em:0": {}}, "a") == MeterReading(
        time=NOW, reversed_phases=("a",)
    )


@pytest.mark.parametrize("power_w", [25_000, -951.1, "951", True, None])
async def test_a_power_out_of_range(
    session: aiohttp.ClientSession, script: Script, power_w: object
) -> None:
    """A sum that cannot be is unknown, and the counters are used."""
    live = EM | {"total_act_power": power_w}
    reading = await read(session, script, TRIPHASE | {"em:0": live})
    assert reading.power_w is None
    assert reading.energy_wh == 90084.98
    assert reading.phases[0].power_w == 951.2


async def test_a_phase_out_of_range(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """A phase beyond the range is unknown; a negative one shows a reversed CT."""
    live = EM | {"a_act_power": 25_000, "b_act_power": -951.1}
    reading = await read(session, script, TRIPHASE | {"em:0": live})
    assert [phase.power_w for phase in reading.phases] == [None, -951.1, 715.4]
    assert reading.phases[0].voltage_v == 236.1


async def test_the_owner_sets_the_range(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """A smaller plant has a smaller range."""
    ranges = Ranges(power_w=Range(0.0, 900.0))
    reading = await read(session, script, TRIPHASE, ranges=ranges)
    assert reading.power_w is None
    assert [phase.power_w for phase in reading.phases] == [None, None, 715.4]


async def test_a_negative_counter(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """A counter below 0 is none."""
    data = EM_DATA | {"total_act": -1.0}
    reading = await read(session, script, TRIPHASE | {"emdata:0": data})
    assert reading.energy_wh is None
    assert reading.returned_wh == 13.41


async def test_the_time_of_a_reading(client: ShellyClient, script: Script) -> None:
    """It lies between question and answer."""
    times = iter([NOW, NOW + timedelta(seconds=2)])
    script.answer(Reply(json=TRIPHASE))
    reading = await client.read(lambda: next(times))
    assert reading.time == NOW + timedelta(seconds=1)


async def test_one_retry(client: ShellyClient, script: Script) -> None:
    """A network that fails once is asked again, and the time is that of the answer."""
    times = iter(NOW + timedelta(seconds=second) for second in (0, 10, 12))
    script.answer(Reply(cut_off=True), Reply(json=TRIPHASE))
    reading = await client.read(lambda: next(times))
    assert reading.time == NOW + timedelta(seconds=11)
    assert len(script.asked) == 2


async def test_no_second_retry(client: ShellyClient, script: Script) -> None:
    """A network that fails twice is left alone until the next poll."""
    script.answer(*[Reply(cut_off=True)] * 2, Reply(json=TRIPHASE))
    with pytest.raises(ShellyUnreachable):
        await client.read(now)
    assert len(script.asked) == 2
    assert (await client.read(now)).power_w == 2617.782


async def test_a_device_that_hangs(
    client: ShellyClient, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device that does not answer in time is unreachable."""
    monkeypatch.setattr(shelly, "_TIMEOUT", aiohttp.ClientTimeout(total=0.05))
    script.answer(*[Reply(json=TRIPHASE, delay_s=0.2)] * 2)
    with pytest.raises(ShellyUnreachable):
        await client.read(now)
    assert len(script.asked) == 2
    await asyncio.sleep(0.2)


@pytest.mark.parametrize("mac", ["fc:e8:c0:aa:bb:cc", "FCE8C0AABBCC"])
async def test_the_expected_device(
    session: aiohttp.ClientSession, script: Script, mac: str
) -> None:
    """Only the expected device is read, whichever way its address is written."""
    client = ShellyClient(session, script.host, mac=mac)
    script.answer(Reply(json=INFO), Reply(json=TRIPHASE))
    assert (await client.identify()).identity == "FCE8C0AABBCC"
    assert (await client.read(now)).power_w == 2617.782

    other = {"mac": "FCE8C0AABBCD"}
    nameless = {key: each for key, each in TRIPHASE.items() if key != "sys"}
    script.answer(
        Reply(json=INFO | other),
        *[Reply(json=each) for each in (TRIPHASE | {"sys": other}, nameless)] * 2,
    )
    with pytest.raises(AnotherShelly):
        await client.identify()
    for _ in range(2):
        with pytest.raises(AnotherShelly):
            await client.read(now)
    for _ in range(2):
        with pytest.raises(AnotherShelly):
            await anext(client.history(NOW - timedelta(days=1), NOW))


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param(Reply(status=401, html=""), ShellyAuthError, id="no password"),
        pytest.param(
            Reply(status=404, json={"code": 404}), ShellyInvalidAnswer, id="404"
        ),
        pytest.param(
            Reply(status=500, json={"code": -114}), ShellyInvalidAnswer, id="500"
        ),
        pytest.param(
            Reply(html='{"em:0": ', content_type="application/json"),
            ShellyInvalidAnswer,
            id="half",
        ),
        pytest.param(Reply(json=[1]), ShellyInvalidAnswer, id="an array"),
        pytest.param(
            Reply(json={"switch:0": {"output": True}}), NoEnergyMeter, id="a relay"
        ),
        pytest.param(
            Reply(json=TRIPHASE | {"x": "x" * 1_000_000}),
            ShellyInvalidAnswer,
            id="huge",
        ),
        pytest.param(
            Reply(html="[" * 200_000, content_type="application/json"),
            ShellyInvalidAnswer,
            id="nested",
        ),
    ],
)
async def test_an_answer_of_no_use(
    client: ShellyClient, script: Script, reply: Reply, error: type[ShellyError]
) -> None:
    """An answer, good or bad, is not asked for again."""
    script.answer(reply, Reply(json=TRIPHASE))
    with pytest.raises(error):
        await client.read(now)
    assert len(script.asked) == 1
    assert (await client.read(now)).power_w == 2617.782
