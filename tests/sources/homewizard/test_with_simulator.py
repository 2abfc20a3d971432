"""The HomeWizard client in front of the simulator: what it reads is what is."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from custom_components.heatpump_monitor.performance.electricity.meter_total import (
    MeterTotal,
)
from custom_components.heatpump_monitor.performance.electricity.reversed_ct import (
    ReversedCt,
)
from custom_components.heatpump_monitor.sources.homewizard import client as homewizard
from custom_components.heatpump_monitor.sources.homewizard.client import (
    AnotherHomeWizard,
    HomeWizardApiDisabled,
    HomeWizardError,
    HomeWizardInvalidAnswer,
    HomeWizardMeter,
    HomeWizardUnreachable,
    HomeWizardWithoutEnergy,
    NotAHomeWizard,
)
from simulator import HomeWizard, Simulator, SteppedClock, Variant
from simulator.homewizard import Model
from tests.simulator.conftest import NOON_S, hourly_plant

POLL_S = 10


class House:
    """A heat pump at an hourly changing load, and a client of its HomeWizard."""

    def __init__(self, simulator: Simulator, http: aiohttp.ClientSession) -> None:
        """Prepare the client, which expects this meter."""
        self.simulator = simulator
        self.http = http
        self.client = self.meter_client()

    @property
    def device(self) -> HomeWizard:
        """Return the simulated meter."""
        return self.simulator.homewizards[Variant.AIR]

    def meter_client(self, *, is_reversed: bool = False) -> HomeWizardMeter:
        """Return a client of the meter."""
        return HomeWizardMeter(
            self.http,
            self.device.host,
            is_reversed=is_reversed,
            serial=self.device.serial,
            retry_delay_s=0,
        )

    def now(self) -> datetime:
        """Return the time of the simulator."""
        return datetime.fromtimestamp(self.simulator.clock.now(), UTC)

    def drawn_wh(self, start: datetime, end: datetime) -> float:
        """Return what the heat pump truly drew."""
        plant = self.simulator.plants[Variant.AIR]
        moments = (plant.energies_at(each.timestamp()) for each in (start, end))
        before, after = (each.electricity_wh for each in moments)
        return after - before


@pytest.fixture
async def house(socket_enabled: None) -> AsyncGenerator[House]:
    """Return a house at noon."""
    async with (
        aiohttp.ClientSession() as http,
        Simulator(
            (Variant.AIR,), clock=SteppedClock(NOON_S), make_plant=hourly_plant
        ) as simulator,
    ):
        yield House(simulator, http)


@pytest.mark.parametrize("model", Model)
async def test_every_model(house: House, model: Model) -> None:
    """The meter shows the plant's power and energy, phase by phase."""
    house.device.model = model
    info = await house.client.identify()
    assert (info.identity, info.model) == (house.device.serial, str(model))
    reading = await house.client.read(house.now)
    state = house.simulator.plants[Variant.AIR].state()
    assert reading.time == house.now()
    assert reading.power_w == pytest.approx(sum(state.phases_w))
    if model.has_three_phases:
        powers_w = [phase.power_w for phase in reading.phases]
        assert powers_w == pytest.approx(list(state.phases_w))
    else:
        (phase,) = reading.phases
        assert (phase.name, phase.power_w) == ("a", reading.power_w)
    assert all(phase.voltage_v for phase in reading.phases)
    assert reading.energy_wh == pytest.approx(state.energies.electricity_wh, abs=1)
    assert reading.returned_wh == 0


async def test_the_engine_counts_what_was_drawn(house: House) -> None:
    """Every quarter-hour has its Wh, through a restart of the meter as well."""
    total, start = MeterTotal(rating_w=20_000.0), house.now()
    events = []
    restart_at = start + timedelta(minutes=40)
    while house.now() <= start + timedelta(hours=2):
        if house.now() == restart_at:
            house.device.reboot()
        try:
            events.append(total.add(await house.client.read(house.now))[1])
        except HomeWizardUnreachable:
            assert restart_at <= house.now() < restart_at + timedelta(seconds=20)
        await house.simulator.step(POLL_S)
    assert not any(events)
    for quarter in range(1, 8):
        since = start + quarter * timedelta(minutes=15)
        until = since + timedelta(minutes=15)
        counted_wh = total.timeline.between(since, until)
        assert counted_wh == pytest.approx(house.drawn_wh(since, until), abs=1.01)


async def test_the_wrong_way_round(house: House) -> None:
    """The engine sees it; told so, the client reads what the plant draws."""
    right = await house.client.read(house.now)
    house.device.reverse()
    backwards = ReversedCt()
    for _ in range(61):
        await house.simulator.step(12)
        backwards.add(await house.client.read(house.now))
    # Phase c draws too little to be seen. It is reversed all the same.
    assert backwards.reversed_phases == ("a", "b")
    turned = await house.meter_client(is_reversed=True).read(house.now)
    assert turned.power_w == right.power_w
    drawn_wh = house.drawn_wh(right.time, turned.time)
    assert turned.energy_wh == pytest.approx(drawn_wh, abs=1)


@pytest.mark.parametrize(
    ("fault", "error", "of_unknown"),
    [
        ("unreachable", HomeWizardUnreachable, HomeWizardUnreachable),
        ("timeout", HomeWizardUnreachable, HomeWizardUnreachable),
        ("server_error", HomeWizardInvalidAnswer, NotAHomeWizard),
        ("wrong_json", HomeWizardInvalidAnswer, NotAHomeWizard),
        ("not_a_shelly", HomeWizardInvalidAnswer, NotAHomeWizard),
        ("no_meter", HomeWizardWithoutEnergy, None),
        ("another_mac", AnotherHomeWizard, AnotherHomeWizard),
    ],
)
async def test_faults(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    error: type[HomeWizardError],
    of_unknown: type[HomeWizardError] | None,
) -> None:
    """Each fault has its name, and is over when it is over."""
    monkeypatch.setattr(homewizard, "_TIMEOUT_S", 0.1)
    setattr(house.device.faults, fault, True)
    with pytest.raises(error):
        await house.client.read(house.now)
    if of_unknown is not None:
        with pytest.raises(of_unknown):
            await house.client.identify()
    setattr(house.device.faults, fault, False)
    assert (await house.client.read(house.now)).power_w


async def test_the_api_is_switched_off(house: House) -> None:
    """The owner is told so, until it is on."""
    house.device.api_enabled = False
    with pytest.raises(HomeWizardApiDisabled):
        await house.client.identify()
    with pytest.raises(HomeWizardApiDisabled):
        await house.client.read(house.now)
    house.device.api_enabled = True
    assert (await house.client.read(house.now)).power_w
