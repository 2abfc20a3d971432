"""What the Shelly remembers: from the simulated device, and from scripted answers."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import aiohttp
import pytest
from yarl import URL

from custom_components.heatpump_monitor.readings import EnergySpan
from custom_components.heatpump_monitor.sources.ranges import Range, Ranges
from custom_components.heatpump_monitor.sources.shelly import client as shelly
from custom_components.heatpump_monitor.sources.shelly.client import (
    NoEnergyMeter,
    ShellyAuthError,
    ShellyClient,
    ShellyError,
    ShellyInvalidAnswer,
    ShellyUnreachable,
)
from simulator.clock import SteppedClock
from simulator.shelly import Firmware, Profile, Shelly
from simulator.state import Variant
from simulator.world import Simulator
from tests.simulator.conftest import steady_plant
from tests.sources.scripted import Reply, Script

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
NOON_S = int(NOON.timestamp())
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)

NET_CALLS = {
    Profile.TRIPHASE: ("EMData.GetNetEnergies", 1),
    Profile.MONOPHASE: ("EM1Data.GetNetEnergies", 3),
}
KEYS = ["a_net_act_energy", "b_net_act_energy", "c_net_act_energy"]
TRIPHASE = {"em:0": {"id": 0}, "emdata:0": {"id": 0}}


class House:
    """A heat pump and the meter at its supply."""

    def __init__(self, simulator: Simulator, session: aiohttp.ClientSession) -> None:
        """Keep what a test needs."""
        self.simulator = simulator
        self.session = session

    @property
    def shelly(self) -> Shelly:
        """Return the meter."""
        return self.simulator.shellies[Variant.BRINE]

    def client(
        self, password: str | None = None, reversed_phases: str = ""
    ) -> ShellyClient:
        """Return a client of the meter."""
        return ShellyClient(
            self.session, self.shelly.host, password, reversed_phases, retry_delay_s=0
        )

    async def counted_wh(self) -> float:
        """Return the meter's counter."""
        reading = await self.client().read(lambda: NOON)
        assert reading.energy_wh is not None
        return reading.energy_wh

    def drawn_wh(self, start: datetime, end: datetime) -> float:
        """Return what the plant truly drew."""
        plant = self.simulator.plants[Variant.BRINE]
        before, after = (
            plant.energies_at(moment.timestamp()).electricity_wh
            for moment in (start, end)
        )
        return after - before


@pytest.fixture
async def session(socket_enabled: None) -> AsyncGenerator[aiohttp.ClientSession]:
    """Return a session as Home Assistant's."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def house(session: aiohttp.ClientSession) -> AsyncGenerator[House]:
    """Return a house whose heat pump has run for four days, at noon."""
    clock = SteppedClock(NOON_S)
    async with Simulator((Variant.BRINE,), clock=clock, history_days=4) as simulator:
        yield House(simulator, session)


@pytest.fixture
def client(session: aiohttp.ClientSession, script: Script) -> ShellyClient:
    """Return a client of the scripted device."""
    return ShellyClient(session, script.host)


async def remembered(
    client: ShellyClient, start: datetime, end: datetime
) -> list[EnergySpan]:
    """Return everything that the meter remembers."""
    return [span async for day in client.history(start, end) for span in day]


def quarters(start: datetime, *energies_wh: float) -> list[EnergySpan]:
    """Return quarter-hours in a row."""
    return [
        EnergySpan(start + index * QUARTER, start + (index + 1) * QUARTER, energy_wh)
        for index, energy_wh in enumerate(energies_wh)
    ]


def answer(
    values: object,
    *,
    ts: object = NOON_S,
    period: object = 900,
    keys: Sequence[object] = KEYS,
    **more: object,
) -> Reply:
    """Return an answer with one block of data."""
    block = {"ts": ts, "period": period, "values": values}
    return Reply(json={"keys": keys, "data": [block], **more})


@pytest.mark.parametrize("profile", Profile)
async def test_three_days(house: House, profile: Profile) -> None:
    """Every quarter-hour as the plant drew it, by one call a channel and day."""
    house.shelly.set_profile(profile)
    days = [day async for day in house.client().history(NOON - 3 * DAY, NOON)]
    assert [len(day) for day in days] == [96, 96, 96]
    spans = [span for day in days for span in day]
    assert spans[0].start == NOON - 3 * DAY
    assert spans[-1].end == NOON
    assert all(before.end == after.start for before, after in pairwise(spans))
    for span in spans:
        assert span.end - span.start == QUARTER
        drawn_wh = house.drawn_wh(span.start, span.end)
        assert span.energy_wh == pytest.approx(drawn_wh, abs=0.001)
    assert max(span.energy_wh for span in spans) > 100
    method, channels = NET_CALLS[profile]
    assert house.shelly.requests[method] == 3 * channels


async def test_some_hours(house: House) -> None:
    """A short time is told in finer steps, a longer one by the quarter-hour."""
    for length, step in ((6, timedelta(minutes=5)), (7, QUARTER)):
        start = NOON - timedelta(hours=length)
        spans = await remembered(house.client(), start, NOON)
        assert {span.end - span.start for span in spans} == {step}
        assert sum(span.energy_wh for span in spans) == pytest.approx(
            house.drawn_wh(start, NOON), abs=0.01
        )


async def test_between_the_quarter_hours(house: House) -> None:
    """The bucket of the start is among what is told, the one of the end is not."""
    start, end = NOON - DAY + 7 * MINUTE, NOON - 7 * MINUTE
    spans = await remembered(house.client(), start, end)
    assert (spans[0].start, spans[-1].end) == (NOON - DAY, NOON - QUARTER)
    assert house.shelly.requests["EMData.GetNetEnergies"] == 1


@pytest.mark.parametrize("length", [timedelta(0), 2 * MINUTE, -DAY])
async def test_nothing_to_remember(house: House, length: timedelta) -> None:
    """No whole bucket, no call."""
    assert not await remembered(house.client(), NOON + MINUTE, NOON + MINUTE + length)
    assert not house.shelly.requests["EMData.GetNetEnergies"]


async def test_the_running_bucket(house: House) -> None:
    """What the device has not yet written is not known."""
    await house.simulator.step(22 * 60)
    spans = await remembered(house.client(), NOON - DAY, NOON + timedelta(hours=1))
    assert spans[-1].end == NOON + QUARTER


@pytest.mark.parametrize("profile", Profile)
async def test_a_reversed_phase(house: House, profile: Profile) -> None:
    """Told which CT is reversed, the client turns its energy."""
    house.shelly.set_profile(profile)
    house.shelly.reverse("b")
    await house.simulator.step(86_400)
    spans = await remembered(house.client(reversed_phases="b"), NOON, NOON + DAY)
    assert len(spans) == 96
    for span in spans:
        drawn_wh = house.drawn_wh(span.start, span.end)
        assert span.energy_wh == pytest.approx(drawn_wh, abs=0.001)


async def test_a_phase_that_feeds_back(house: House) -> None:
    """It takes nothing from the others: the sum is what the counter counted."""
    house.shelly.reverse("b")
    before_wh = await house.counted_wh()
    await house.simulator.step(86_400)
    spans = await remembered(house.client(), NOON, NOON + DAY)
    counted_wh = await house.counted_wh() - before_wh
    assert sum(span.energy_wh for span in spans) == pytest.approx(counted_wh, abs=0.1)
    assert 0 < counted_wh < 0.9 * house.drawn_wh(NOON, NOON + DAY)


@pytest.mark.parametrize("firmware", Firmware)
async def test_the_password(house: House, firmware: Firmware) -> None:
    """One challenge for all calls; a reboot on the way costs one more, unnoticed."""
    house.shelly.set_password("right", firmware)
    spans: list[EnergySpan] = []
    async for day in house.client("right").history(NOON - 3 * DAY, NOON):
        if not spans:
            assert house.shelly.requests["challenge"] == 1
            house.shelly.reboot()
        spans += day
    assert len(spans) == 3 * 96
    assert house.shelly.requests["challenge"] == 2
    with pytest.raises(ShellyAuthError):
        await remembered(house.client("wrong"), NOON - DAY, NOON)


async def test_before_the_meter_was_there(house: House) -> None:
    """Days of which the meter knows nothing are empty, not without energy."""
    start = NOON - 6 * DAY - timedelta(hours=12)
    days = [day async for day in house.client().history(start, NOON)]
    assert [len(day) for day in days] == [0, 0, 48, 96, 96, 96, 48]
    assert days[2][0].start == NOON - 4 * DAY


async def test_longer_than_the_memory(session: aiohttp.ClientSession) -> None:
    """What the device had to forget is absent."""
    clock = SteppedClock(NOON_S)
    plants = (Variant.BRINE,)
    async with Simulator(plants, clock=clock, make_plant=steady_plant) as simulator:
        await simulator.step(59 * 86_400)
        history = House(simulator, session).client().history(NOON - 3 * DAY, NOON)
        days = [day async for day in history]
    assert [len(day) for day in days] == [0, 0, 96]
    assert days[2] == quarters(NOON - DAY, *[250.0] * 96)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("unreachable", ShellyUnreachable),
        ("server_error", ShellyInvalidAnswer),
        ("wrong_json", ShellyInvalidAnswer),
        ("not_a_shelly", ShellyInvalidAnswer),
        ("no_meter", NoEnergyMeter),
    ],
)
async def test_a_fault_of_the_meter(
    house: House, fault: str, error: type[ShellyError]
) -> None:
    """Each fault is told by its name, and is over when it is over."""
    setattr(house.shelly.faults, fault, True)
    with pytest.raises(error):
        await remembered(house.client(), NOON - DAY, NOON)
    setattr(house.shelly.faults, fault, False)
    assert len(await remembered(house.client(), NOON - DAY, NOON)) == 96


async def test_a_fault_on_the_way(house: House) -> None:
    """Days that were read before the fault are told."""
    history = house.client().history(NOON - 3 * DAY, NOON)
    assert len(await anext(history)) == 96
    house.shelly.faults.unreachable = True
    with pytest.raises(ShellyUnreachable):
        await anext(history)


async def test_the_question(client: ShellyClient, script: Script) -> None:
    """Times are aligned to the period, and the names of the columns are asked for."""
    script.answer(Reply(json=TRIPHASE), answer([[1, 2, 3]]))
    start = datetime.fromisoformat("2026-01-15T13:04:59+01:00")
    assert await remembered(client, start, NOON + timedelta(hours=9)) == quarters(
        NOON, 6.0
    )
    assert script.asked[1].path == (
        f"/rpc/EMData.GetNetEnergies?id=0&ts={NOON_S}&end_ts={NOON_S + 9 * 3600}"
        "&period=900&add_keys=true"
    )


async def test_pages(client: ShellyClient, script: Script) -> None:
    """An answer that names a next record is not the last; none counts twice."""
    script.answer(
        Reply(json=TRIPHASE),
        answer([[1, 0, 0], [2, 0, 0]], next_record_ts=NOON_S + 900),
        answer([[2, 0, 0], [3, 0, 0]], ts=NOON_S + 900, next_record_ts=NOON_S + 2700),
        answer([[4, 0, 0]], ts=NOON_S + 2700),
    )
    spans = await remembered(client, NOON, NOON + DAY)
    assert spans == quarters(NOON, 1.0, 2.0, 3.0, 4.0)
    starts_s = [URL(asked.path).query["ts"] for asked in script.asked[1:]]
    assert starts_s == [str(NOON_S + late_s) for late_s in (0, 900, 2700)]


async def test_the_last_page(client: ShellyClient, script: Script) -> None:
    """No next record is the end, and so is one at 0, as some firmware says it."""
    script.answer(
        Reply(json=TRIPHASE),
        answer([[1, 0, 0]], next_record_ts=NOON_S + 900),
        answer([[2, 0, 0]], ts=NOON_S + 900, next_record_ts=0),
    )
    assert await remembered(client, NOON, NOON + DAY) == quarters(NOON, 1.0, 2.0)


async def test_more_than_was_asked_for(client: ShellyClient, script: Script) -> None:
    """A device that tells the bucket at the end too: it belongs to the next day."""
    midnights = [NOON_S, NOON_S + 86_400]
    day = [[1, 1, 1]] * 97
    script.answer(
        Reply(json=TRIPHASE),
        *[answer(day, ts=ts, next_record_ts=ts + 97 * 900) for ts in midnights],
    )
    spans = await remembered(client, NOON, NOON + 2 * DAY)
    assert spans == quarters(NOON, *[3.0] * 192)


async def test_another_period(client: ShellyClient, script: Script) -> None:
    """The answer says how long its buckets are."""
    hours = [NOON + timedelta(hours=late) for late in range(49)]
    script.answer(
        Reply(json=TRIPHASE),
        answer([[4, 0, 0]] * 25, period=3600),
        answer([[4, 0, 0]] * 25, ts=NOON_S + 86_400, period=3600),
        answer([], ts=NOON_S + 2 * 86_400, period=3600),
    )
    spans = await remembered(client, NOON + QUARTER, NOON + 2 * DAY + 2 * QUARTER)
    assert spans == [EnergySpan(*hour, 4.0) for hour in pairwise(hours)]


async def test_several_blocks(client: ShellyClient, script: Script) -> None:
    """A block for each time between two power cuts, in any order and spacing."""
    blocks = [
        {"ts": NOON_S + 7200, "period": 900, "values": [[3, 0, 0]]},
        {"ts": NOON_S, "period": 300, "values": [[1, 0, 0], [2, 0, 0]]},
        # The clock was set back: these minutes are known already.
        {"ts": NOON_S + 7500, "period": 900, "values": [[9, 0, 0]]},
    ]
    script.answer(Reply(json=TRIPHASE), Reply(json={"keys": KEYS, "data": blocks}))
    five = timedelta(minutes=5)
    later = NOON + timedelta(hours=2)
    assert await remembered(client, NOON, NOON + DAY) == [
        EnergySpan(NOON, NOON + five, 1.0),
        EnergySpan(NOON + five, NOON + 2 * five, 2.0),
        EnergySpan(later, later + QUARTER, 3.0),
    ]


async def test_columns_by_name(client: ShellyClient, script: Script) -> None:
    """Columns come in any order, among others."""
    keys = ["n_net_act_energy", *reversed(KEYS)]
    script.answer(Reply(json=TRIPHASE), answer([[1000, 1, -2, 4]], keys=keys))
    assert await remembered(client, NOON, NOON + DAY) == quarters(NOON, 5.0)


@pytest.mark.parametrize(
    "row", [[1, None, 1], [1, 1], [], None, [1, "1", 1], [1, True, 1], "abc"]
)
async def test_an_unknown_bucket(
    client: ShellyClient, script: Script, row: object
) -> None:
    """A phase that is not known makes the bucket unknown, never 0."""
    script.answer(Reply(json=TRIPHASE), answer([row, [1, 0, 1]]))
    spans = await remembered(client, NOON, NOON + DAY)
    assert spans == quarters(NOON + QUARTER, 2.0)


@pytest.mark.parametrize("keys", [[], KEYS[:2], [None, {}, []]])
async def test_unknown_columns(
    client: ShellyClient, script: Script, keys: Sequence[object]
) -> None:
    """Without the name of a phase's column, nothing is known."""
    script.answer(Reply(json=TRIPHASE), answer([[1, 1, 1]], keys=keys))
    assert not await remembered(client, NOON, NOON + DAY)


async def test_the_channels_there_are(client: ShellyClient, script: Script) -> None:
    """Single-phase meters are added up where each of them knows the bucket."""
    keys = ["net_act_energy"]
    script.answer(
        Reply(json={"em1:0": {}, "em1data:0": {}, "em1:2": {}, "em1data:2": {}}),
        answer([[1], [2], [4]], keys=keys),
        answer([[10], [None], [40], [80]], keys=keys),
    )
    spans = await remembered(client, NOON, NOON + DAY)
    assert spans == [*quarters(NOON, 11.0), *quarters(NOON + 2 * QUARTER, 44.0)]
    assert [asked.path.split("&")[0] for asked in script.asked[1:]] == [
        "/rpc/EM1Data.GetNetEnergies?id=0",
        "/rpc/EM1Data.GetNetEnergies?id=2",
    ]


async def test_chosen_channels(house: House) -> None:
    """Only the chosen single-phase meters are asked."""
    house.shelly.set_profile(Profile.MONOPHASE)
    client = ShellyClient(house.session, house.shelly.host, channels=("a", "c"))
    spans = await remembered(client, NOON - DAY, NOON)
    assert len(spans) == 96
    assert house.shelly.requests["EM1Data.GetNetEnergies"] == 2
    plant = house.simulator.plants[Variant.BRINE]
    before, after = (
        plant.energies_at(moment.timestamp()).phases_wh for moment in (NOON - DAY, NOON)
    )
    drawn_wh = after[0] - before[0] + after[2] - before[2]
    assert sum(span.energy_wh for span in spans) == pytest.approx(drawn_wh, abs=0.1)


async def test_energy_out_of_range(
    session: aiohttp.ClientSession, script: Script
) -> None:
    """More than the plant can draw is not known."""
    script.answer(Reply(json=TRIPHASE), answer([[500, 500, 1], [500, 500, 0]]))
    ranges = Ranges(power_w=Range(0, 4000))
    client = ShellyClient(session, script.host, ranges=ranges)
    spans = await remembered(client, NOON, NOON + DAY)
    assert spans == quarters(NOON + QUARTER, 1000.0)


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(json={"hello": "there"}), id="no data"),
        pytest.param(Reply(json={"keys": KEYS, "data": [None]}), id="no block"),
        pytest.param(answer([[1, 1, 1]], ts=None), id="no time"),
        pytest.param(answer([[1, 1, 1]], ts="1"), id="a text for a time"),
        pytest.param(answer([[1, 1, 1]], period=None), id="no period"),
        pytest.param(answer([[1, 1, 1]], period=0), id="no length"),
        pytest.param(answer([[1, 1, 1]], period=-900), id="backwards"),
        pytest.param(answer([[1, 1, 1]], period=1e300), id="without an end"),
        pytest.param(answer([[1, 1, 1]], next_record_ts=NOON_S), id="in a circle"),
        pytest.param(answer([[1, 1, 1]], next_record_ts=1), id="back to the start"),
        pytest.param(answer([[1, 1, 1]], next_record_ts=NOON_S + 1), id="second steps"),
        pytest.param(answer([[1, 1, 1]] * 200_000), id="huge"),
        pytest.param(
            Reply(html="[" * 200_000, content_type="application/json"), id="nested"
        ),
        pytest.param(Reply(json=[1]), id="an array"),
        pytest.param(
            Reply(status=404, json={"code": 404, "message": "No handler"}), id="old"
        ),
    ],
)
async def test_an_answer_of_no_use(
    client: ShellyClient, script: Script, reply: Reply
) -> None:
    """It is told as such, and not asked for again."""
    script.answer(Reply(json=TRIPHASE), reply)
    with pytest.raises(ShellyInvalidAnswer):
        await remembered(client, NOON, NOON + DAY)
    assert len(script.asked) == 2


@pytest.mark.parametrize("ts", [0, -1e300, 1e300, NOON_S - 900, NOON_S + 86_400])
async def test_another_time(client: ShellyClient, script: Script, ts: float) -> None:
    """Energies of another time than was asked for are left out."""
    script.answer(Reply(json=TRIPHASE), answer([[1, 1, 1]], ts=ts))
    assert not await remembered(client, NOON, NOON + DAY)


async def test_a_device_that_takes_its_time(
    client: ShellyClient, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may take longer for its history than for a reading, but not for ever."""
    monkeypatch.setattr(shelly, "_TIMEOUT", aiohttp.ClientTimeout(total=0.1))
    slow = Reply(json={"keys": KEYS, "data": []}, delay_s=0.2)
    script.answer(Reply(json=TRIPHASE), slow)
    assert not await remembered(client, NOON, NOON + DAY)
    monkeypatch.setattr(shelly, "_HISTORY_TIMEOUT", aiohttp.ClientTimeout(total=0.1))
    script.answer(Reply(json=TRIPHASE), slow)
    with pytest.raises(ShellyUnreachable):
        await remembered(client, NOON, NOON + DAY)
    await asyncio.sleep(0.2)
