"""The HomeWizard client on the wire, with answers as the documentation has them."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from custom_components.heatpump_monitor.readings import MeterReading, PhaseReading
from custom_components.heatpump_monitor.sources.base import MeterInfo
from custom_components.heatpump_monitor.sources.homewizard import client as homewizard
from custom_components.heatpump_monitor.sources.homewizard.client import (
    AnotherHomeWizard,
    HomeWizardApiDisabled,
    HomeWizardApiVersion,
    HomeWizardError,
    HomeWizardInvalidAnswer,
    HomeWizardIsP1,
    HomeWizardMeter,
    HomeWizardUnreachable,
    HomeWizardWithoutEnergy,
    NotAHomeWizard,
)
from custom_components.heatpump_monitor.sources.ranges import Range, Ranges
from tests.sources.scripted import Reply, Script

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)

DEVICE = {
    "product_type": "HWE-KWH3",
    "product_name": "kWh Meter",
    "serial": "5c2fafaabbcc",
    "firmware_version": "4.19",
    "api_version": "v1",
}
ONE_PHASE: dict[str, str | float] = {
    "wifi_ssid": "My Wi-Fi",
    "wifi_strength": 74,
    "total_power_import_kwh": 122.376,
    "total_power_import_t1_kwh": 122.376,
    "total_power_export_kwh": 0.813,
    "total_power_export_t1_kwh": 0.813,
    "active_power_w": 1045.252,
    "active_power_l1_w": 1045.252,
    "active_voltage_v": 228.472,
    "active_current_a": 4.673,
    "active_apparent_current_a": 4.847,
    "active_power_factor": 0.961,
    "active_frequency_hz": 50,
}
THREE_PHASES: dict[str, str | float] = {
    "wifi_ssid": "My Wi-Fi",
    "wifi_strength": 84,
    "total_power_import_kwh": 2940.101,
    "total_power_import_t1_kwh": 2940.101,
    "total_power_export_kwh": 0,
    "total_power_export_t1_kwh": 0,
    "active_power_w": 7100.278,
    "active_power_l1_w": 0,
    "active_power_l2_w": 3547.015,
    "active_power_l3_w": 3553.263,
    "active_voltage_l1_v": 230.751,
    "active_voltage_l2_v": 228.391,
    "active_voltage_l3_v": 229.612,
    "active_current_a": 30.999,
    "active_current_l1_a": 0,
    "active_current_l2_a": 15.521,
    "active_current_l3_a": 15.477,
    "active_frequency_hz": 49.926,
}
PHASE_A = PhaseReading(name="a", power_w=0.0, voltage_v=230.751, current_a=0.0)
PHASE_B = PhaseReading(name="b", power_w=3547.015, voltage_v=228.391, current_a=15.521)
PHASE_C = PhaseReading(name="c", power_w=3553.263, voltage_v=229.612, current_a=15.477)


def now() -> datetime:
    """Return the time, which stands still."""
    return NOW


def disabled(number: int = 202) -> Reply:
    """Return the refusal of a device."""
    body = {"error": {"id": number, "description": "API not enabled"}}
    return Reply(status=403, json=body)


@pytest.fixture
async def session(script: Script) -> AsyncGenerator[aiohttp.ClientSession]:
    """Return a session as Home Assistant's."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def meter(session: aiohttp.ClientSession, script: Script) -> HomeWizardMeter:
    """Return a client of the scripted device."""
    return HomeWizardMeter(session, script.host, retry_delay_s=0)


async def read(
    session: aiohttp.ClientSession,
    script: Script,
    data: object,
    ranges: Ranges | None = None,
    *,
    is_reversed: bool = False,
) -> MeterReading:
    """Return the reading of one measurement."""
    script.answer(Reply(json=DEVICE), Reply(json=data))
    meter = HomeWizardMeter(
        session, script.host, is_reversed=is_reversed, ranges=ranges
    )
    return await meter.read(now)


async def test_identify(meter: HomeWizardMeter, script: Script) -> None:
    """The device says what it is."""
    script.answer(Reply(json=DEVICE))
    assert await meter.identify() == MeterInfo(
        identity="5c2fafaabbcc",
        manufacturer="HomeWizard",
        model="HWE-KWH3",
        firmware="4.19",
    )
    assert [asked.path for asked in script.asked] == ["/api"]


async def test_identify_with_the_least(meter: HomeWizardMeter, script: Script) -> None:
    """What a device need not say is not known, and its firmware may be any."""
    least = {"product_type": "HWE-NEW", "serial": "5c2f", "api_version": "v1"}
    script.answer(Reply(json=least | {"firmware_version": None}))
    assert (await meter.identify()).firmware is None


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param(disabled(), HomeWizardApiDisabled, id="switched off"),
        pytest.param(disabled(7), NotAHomeWizard, id="another refusal"),
        pytest.param(Reply(status=403, json=[1]), NotAHomeWizard, id="no refusal"),
        pytest.param(
            Reply(status=403, json={"error": "no"}), NotAHomeWizard, id="some refusal"
        ),
        pytest.param(Reply(status=404, html="<h1>No</h1>"), NotAHomeWizard, id="404"),
        pytest.param(Reply(html="<h1>My router</h1>"), NotAHomeWizard, id="a page"),
        pytest.param(Reply(json=["x"]), NotAHomeWizard, id="an array"),
        pytest.param(Reply(json={"hello": "there"}), NotAHomeWizard, id="other JSON"),
        pytest.param(Reply(json=DEVICE | {"serial": 5}), NotAHomeWizard, id="a number"),
        pytest.param(
            Reply(status=302, html="", headers={"Location": "/login"}),
            NotAHomeWizard,
            id="a redirect",
        ),
        pytest.param(
            Reply(json=DEVICE | {"api_version": "2.2.0"}),
            HomeWizardApiVersion,
            id="another API",
        ),
        pytest.param(
            Reply(json=DEVICE | {"product_type": "HWE-P1"}), HomeWizardIsP1, id="a P1"
        ),
    ],
)
async def test_a_device_of_no_use(
    meter: HomeWizardMeter, script: Script, reply: Reply, error: type[HomeWizardError]
) -> None:
    """Something else answers at the address, or a meter that cannot be read."""
    script.answer(reply)
    with pytest.raises(error) as caught:
        await meter.identify()
    assert type(caught.value) is error


@pytest.mark.parametrize(
    "host", ["127.0.0.1:1", "not a host", "http://1.2.3.4", "1.2.3.4:http", "::1", ""]
)
async def test_nothing_at_the_address(
    session: aiohttp.ClientSession, host: str
) -> None:
    """Nothing answers, or what was typed is no address at all."""
    meter = HomeWizardMeter(session, host, retry_delay_s=0)
    with pytest.raises(HomeWizardUnreachable):
        await meter.identify()
    with pytest.raises(HomeWizardUnreachable):
        await meter.read(now)


async def test_three_phases(session: aiohttp.ClientSession, script: Script) -> None:
    """The device's sums, and each phase."""
    assert await read(session, script, THREE_PHASES) == MeterReading(
        time=NOW,
        power_w=7100.278,
        energy_wh=2_940_101.0,
        returned_wh=0.0,
        phases=(PHASE_A, PHASE_B, PHASE_C),
    )
    assert [asked.path for asked in script.asked] == ["/api", "/api/v1/data"]


async def test_one_phase(session: aiohttp.ClientSession, script: Script) -> None:
    """A meter for one phase names it only in some of its fields."""
    assert await read(session, script, ONE_PHASE) == MeterReading(
        time=NOW,
        power_w=1045.252,
        energy_wh=122_376.0,
        returned_wh=813.0,
        phases=(
            PhaseReading(
                name="a", power_w=1045.252, voltage_v=228.472, current_a=4.673
            ),
        ),
    )


async def test_older_firmware(session: aiohttp.ClientSession, script: Script) -> None:
    """It has the counters by the first tariff only, and neither voltage nor current."""
    data = {
        "wifi_ssid": "My Wi-Fi",
        "total_power_import_t1_kwh": 10830.511,
        "total_power_export_t1_kwh": 2.948,
        "active_power_w": 123,
        "active_power_l1_w": 123,
    }
    assert await read(session, script, data) == MeterReading(
        time=NOW,
        power_w=123.0,
        energy_wh=10_830_511.0,
        returned_wh=2948.0,
        phases=(PhaseReading(name="a", power_w=123.0),),
    )


async def test_half_an_answer(session: aiohttp.ClientSession, script: Script) -> None:
    """Fields that are missing, or no numbers, are not known, and no others."""
    data = {
        "active_power_w": "7100",
        "active_power_l2_w": 3547.015,
        "active_voltage_l3_v": True,
        "total_power_import_kwh": 2940.101,
    }
    assert await read(session, script, data) == MeterReading(
        time=NOW,
        energy_wh=2_940_101.0,
        phases=(PhaseReading(name="b", power_w=3547.015),),
    )


@pytest.mark.parametrize("counter", [None, -1.0, "2940.101", True])
async def test_a_counter_that_is_none(
    session: aiohttp.ClientSession, script: Script, counter: object
) -> None:
    """What is no counter is not known; the rest is."""
    tariff = {"total_power_import_t1_kwh": None}
    data = THREE_PHASES | tariff | {"total_power_import_kwh": counter}
    reading = await read(session, script, data)
    assert reading.energy_wh is None
    assert reading.power_w == 7100.278


async def test_after_a_restart(session: aiohttp.ClientSession, script: Script) -> None:
    """Until the meter has measured, it answers 0, which is not a value."""
    zeros = dict.fromkeys(THREE_PHASES, 0)
    assert await read(session, script, zeros) == MeterReading(
        time=NOW,
        phases=tuple(PhaseReading(name=name) for name in "abc"),
    )


async def test_a_new_meter(session: aiohttp.ClientSession, script: Script) -> None:
    """It has counted nothing yet, and its power is known."""
    counters = {key: 0 for key in ONE_PHASE if key.startswith("total_power")}
    reading = await read(session, script, ONE_PHASE | counters)
    assert (reading.energy_wh, reading.returned_wh) == (None, None)
    assert reading.power_w == 1045.252


def negative(data: dict[str, str | float]) -> dict[str, str | float]:
    """Return the answer of the same meter with supply and load exchanged."""
    turned = dict(data)
    for key, value in data.items():
        if key.startswith(("active_power_w", "active_power_l", "active_current")):
            turned[key] = -float(value)
        if "import" in key:
            turned[key] = data[key.replace("import", "export")]
            turned[key.replace("import", "export")] = value
    return turned


async def test_the_wrong_way_round(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """A negative power shows it; it is no power that is drawn."""
    reading = await read(session, script, negative(THREE_PHASES))
    assert (reading.power_w, reading.energy_wh) == (None, 0.0)
    assert reading.returned_wh == 2_940_101.0
    assert [phase.power_w for phase in reading.phases] == [0, -3547.015, -3553.263]
    assert reading.phases[1].current_a == 15.521


@pytest.mark.parametrize("data", [ONE_PHASE, THREE_PHASES])
async def test_reversed(
    session: aiohttp.ClientSession, script: Script, data: dict[str, str | float]
) -> None:
    """Told that it is the wrong way round, the client reads what is drawn."""
    right = await read(session, script, data)
    turned = await read(session, script, negative(data), is_reversed=True)
    assert turned.counter_basis != right.counter_basis
    assert replace(turned, reversed_phases=()) == right
    half = {"total_power_export_kwh": 5.0, "active_voltage_v": 230.0}
    reading = await read(session, script, half, is_reversed=True)
    assert (reading.energy_wh, reading.power_w) == (5000.0, None)
    assert reading.counter_basis == turned.counter_basis


@pytest.mark.parametrize("power_w", [25_000, -7100.278, "7100", True, None])
async def test_a_power_out_of_range(
    session: aiohttp.ClientSession, script: Script, power_w: object
) -> None:
    """A sum that cannot be is unknown, and the counters are used."""
    reading = await read(session, script, THREE_PHASES | {"active_power_w": power_w})
    assert reading.power_w is None
    assert reading.energy_wh == 2_940_101.0
    assert reading.phases[1].power_w == 3547.015


async def test_the_owner_sets_the_range(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """A smaller plant has a smaller range; a negative phase stays within it."""
    data = THREE_PHASES | {"active_power_l1_w": -3000.0}
    ranges = Ranges(power_w=Range(0.0, 3550.0))
    reading = await read(session, script, data, ranges=ranges)
    assert reading.power_w is None
    assert [phase.power_w for phase in reading.phases] == [-3000.0, 3547.015, None]


async def test_the_time_of_a_reading(meter: HomeWizardMeter, script: Script) -> None:
    """It lies between the question for the measurement and its answer."""
    times = iter([NOW, NOW + timedelta(seconds=2)])
    script.answer(Reply(json=DEVICE), Reply(json=ONE_PHASE))
    reading = await meter.read(lambda: next(times))
    assert reading.time == NOW + timedelta(seconds=1)


async def test_one_retry(meter: HomeWizardMeter, script: Script) -> None:
    """A network that fails once is asked again, and the time is that of the answer."""
    times = iter(NOW + timedelta(seconds=second) for second in (0, 10, 12))
    script.answer(
        *(Reply(json=DEVICE), Reply(cut_off=True)),
        *(Reply(json=DEVICE), Reply(json=ONE_PHASE)),
    )
    reading = await meter.read(lambda: next(times))
    assert reading.time == NOW + timedelta(seconds=11)


async def test_no_second_retry(meter: HomeWizardMeter, script: Script) -> None:
    """A network that fails twice is left alone until the next poll."""
    script.answer(*[Reply(cut_off=True)] * 2)
    with pytest.raises(HomeWizardUnreachable):
        await meter.read(now)
    assert len(script.asked) == 2


async def test_a_slow_device(
    meter: HomeWizardMeter, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both answers together must come in time, or the device is unreachable."""
    monkeypatch.setattr(homewizard, "_TIMEOUT_S", 0.1)
    slow = Reply(json=DEVICE, delay_s=0.07), Reply(json=ONE_PHASE, delay_s=0.07)
    script.answer(*slow, *slow)
    with pytest.raises(HomeWizardUnreachable):
        await meter.read(now)
    assert len(script.asked) == 4
    await asyncio.sleep(0.1)


@pytest.mark.parametrize("serial", ["5c:2f:af:aa:bb:cc", "5C2FAFAABBCC"])
async def test_the_expected_device(
    session: aiohttp.ClientSession, script: Script, serial: str
) -> None:
    """Only the expected device is read, whichever way its serial is written."""
    meter = HomeWizardMeter(session, script.host, serial=serial)
    script.answer(Reply(json=DEVICE), Reply(json=DEVICE), Reply(json=ONE_PHASE))
    assert (await meter.identify()).identity == "5c2fafaabbcc"
    assert (await meter.read(now)).power_w == 1045.252

    other = Reply(json=DEVICE | {"serial": "5c2fafaabbcd", "product_type": "HWE-P1"})
    script.answer(other, other)
    with pytest.raises(AnotherHomeWizard):
        await meter.identify()
    with pytest.raises(AnotherHomeWizard):
        await meter.read(now)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param(disabled(), HomeWizardApiDisabled, id="switched off"),
        pytest.param(
            Reply(status=500, json={"error": {"id": 901}}),
            HomeWizardInvalidAnswer,
            id="500",
        ),
        pytest.param(
            Reply(html='{"active_power_w": ', content_type="application/json"),
            HomeWizardInvalidAnswer,
            id="half",
        ),
        pytest.param(Reply(json=[1]), HomeWizardInvalidAnswer, id="an array"),
        pytest.param(Reply(json={}), HomeWizardWithoutEnergy, id="nothing"),
        pytest.param(
            Reply(json={"wifi_ssid": "x", "total_liter_m3": 123.456}),
            HomeWizardWithoutEnergy,
            id="water",
        ),
        pytest.param(
            Reply(json=ONE_PHASE | {"x": "x" * 1_000_000}),
            HomeWizardInvalidAnswer,
            id="huge",
        ),
        pytest.param(
            Reply(html="[" * 200_000, content_type="application/json"),
            HomeWizardInvalidAnswer,
            id="nested",
        ),
    ],
)
async def test_an_answer_of_no_use(
    meter: HomeWizardMeter, script: Script, reply: Reply, error: type[HomeWizardError]
) -> None:
    """An answer, good or bad, is not asked for again."""
    script.answer(Reply(json=DEVICE), reply)
    with pytest.raises(error):
        await meter.read(now)
    assert len(script.asked) == 2
    script.answer(Reply(json=DEVICE), Reply(json=ONE_PHASE))
    assert (await meter.read(now)).power_w == 1045.252


async def test_a_known_device_that_fails(
    meter: HomeWizardMeter, script: Script
) -> None:
    """At a reading, an answer that cannot be read is no other device."""
    script.answer(Reply(status=500, json={"error": {"id": 901}}))
    with pytest.raises(HomeWizardInvalidAnswer):
        await meter.read(now)
