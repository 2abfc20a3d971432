"""What a house meter and probes say arrives as points."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from custom_components.heatpump_monitor.const import (
    CONF_LEAST_PAUSE_S,
    CONF_SERIES,
    SeriesGroup,
)
from custom_components.heatpump_monitor.exporter.history import AT_ONCE
from custom_components.heatpump_monitor.house_meter import heat_pumps
from custom_components.heatpump_monitor.house_meter.model import QUARTER, Basis, Quarter
from custom_components.heatpump_monitor.sources.homewizard.p1_errors import (
    P1Unreachable,
)
from homeassistant.core import HomeAssistant
from tests.house import START, FakePush, House, three_phases
from tests.probes.conftest import kitchen  # noqa: F401
from tests.probes.kitchen import PIT, ROAST, Kitchen

from .collected import Collected

TAGS = {"home": "mill", "device": "grid"}
PUSHES = pytest.mark.parametrize("pushes", [True])


@pytest.fixture
async def collected(hass: HomeAssistant) -> AsyncIterator[Collected]:
    """Return an export that was not started yet."""
    collected = Collected(hass=hass)
    yield collected
    if hasattr(collected, "entry"):
        await collected.stop()


async def test_a_polled_meter(grid_house: House, collected: Collected) -> None:
    """Each poll is a point, from the first on; a submeter only when it counted."""
    house = grid_house
    house.meter.more = three_phases()
    collected.start()
    await house.set_up()
    begun = house.meter.import_wh
    await house.live(100)

    values = collected.values("hpm_house", "import_wh")
    assert values[0] == (START, begun)
    assert values == [
        (START + timedelta(seconds=10 * each), pytest.approx(begun + each * 1000 / 360))
        for each in range(11)
    ]
    found = collected.of("hpm_house")[0]
    assert found.tags == TAGS
    assert found.fields["power_c_w"] == 333.0
    assert (found.fields["tariff"], found.fields["import_2_wh"]) == (2.0, 2_000_000.0)
    submeters = collected.of("hpm_submeter")
    by_label = {each.tags["submeter"]: each.fields for each in submeters}
    assert by_label == {
        "gas": {"value_m3": 2569.646},
        "water": {"value_m3": 123.4},
        "heat": {"value_gj": 12.345},
    }
    (gas,) = [each for each in submeters if each.tags["submeter"] == "gas"]
    assert gas.time == START - timedelta(minutes=5)


@PUSHES
async def test_a_meter_that_pushes(grid_house: House, collected: Collected) -> None:
    """Every reading that is pushed is a point, also when the push breaks off."""
    house = grid_house
    assert isinstance(house.meter, FakePush)
    collected.start()
    await house.set_up()
    await house.live(20, step_s=1)
    house.meter.push_error = P1Unreachable()
    house.meter.sent.put_nowait(P1Unreachable())
    await house.run()
    await house.live(60)
    times = [each.time for each in collected.of("hpm_house")]
    assert len(times) == len(set(times))
    assert times[:21] == [START + timedelta(seconds=each) for each in range(21)]
    assert times[-1] > START + timedelta(seconds=60)


@PUSHES
async def test_least_pause(grid_house: House, collected: Collected) -> None:
    """Of a meter that pushes every second, only one reading in ten is exported."""
    collected.options = {CONF_LEAST_PAUSE_S: 10}
    collected.start()
    await grid_house.set_up()
    await grid_house.live(60, step_s=1)
    times = [each.time for each in collected.of("hpm_house")]
    assert times == [START + timedelta(seconds=10 * each) for each in range(7)]


@pytest.mark.parametrize("off", [timedelta(days=-40), timedelta(days=40)])
async def test_a_clock_that_is_wrong_by_days(
    grid_house: House,
    collected: Collected,
    monkeypatch: pytest.MonkeyPatch,
    off: timedelta,
) -> None:
    """Where the host and the meter disagree by days, no reading is exported."""
    meter = grid_house.meter
    read = meter.reading
    monkeypatch.setattr(
        meter,
        "reading",
        lambda now: replace(read(now), measured_at=now + off),
    )
    collected.options = {CONF_SERIES: [SeriesGroup.HOUSE]}
    collected.start()
    await grid_house.set_up()
    await grid_house.live(60)
    assert collected.slices == []


class DrewTwoWattHours:
    """A heat pump's engine that knows what was drawn in each quarter-hour."""

    def electricity_between(self, *_: object) -> float:
        """Return the electricity in Wh."""
        return 2.0


async def test_quarters(
    grid_house: House, collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quarter-hour arrives when it ends, and with a heat pump's share when known."""
    house = grid_house
    collected.start()
    await house.set_up()
    await house.live(1810)
    quarters = house.coordinator.engine.quarters(START, START + 2 * QUARTER)
    assert len(quarters) == 2
    found = collected.last("hpm_quarter")
    assert {start: each.fields["import_wh"] for start, each in found.items()} == {
        each.start: each.import_wh for each in quarters
    }
    assert {each.fields["is_complete"] for each in found.values()} == {1.0}
    assert collected.of("hpm_quarter_share") == []

    monkeypatch.setattr(heat_pumps, "monitors", lambda _: {"gone": DrewTwoWattHours()})
    await house.live(20)
    shares = collected.last("hpm_quarter_share")
    # Of the last half hour: the meters of heat pumps remember no more.
    assert shares.keys() == {START + QUARTER}
    assert {each.tags["heat_pump"] for each in shares.values()} == {"heat_pump"}
    assert {each.fields["energy_wh"] for each in shares.values()} == {2.0}
    count = len(collected.of("hpm_quarter_share"))
    await house.live(60)
    assert len(collected.of("hpm_quarter_share")) == count


async def test_quarters_of_an_import_and_of_the_past(
    grid_house: House, collected: Collected
) -> None:
    """Imported quarter-hours arrive at once, and all of them where an export begins."""
    house = grid_house
    collected.options = {CONF_SERIES: [SeriesGroup.QUARTERS]}
    collected.start()
    await house.set_up()
    imported = [
        Quarter(
            start=START - (1 + each) * QUARTER,
            import_wh=100.0 + each,
            basis=Basis.COUNTER,
        )
        for each in range(500)
    ]
    await house.coordinator.async_import(imported, ())
    await house.hass.async_block_till_done(wait_background_tasks=True)
    expected = {each.start: each.import_wh for each in imported}
    later = Collected(hass=house.hass, options=collected.options)
    later.start()
    await house.hass.async_block_till_done(wait_background_tasks=True)
    for each in (collected, later):
        assert dict(each.values("hpm_quarter", "import_wh")) == expected
        assert max(map(len, each.slices)) <= AT_ONCE
    await later.stop()


@pytest.mark.usefixtures("kitchen")
async def test_probes(
    kitchen: Kitchen,  # noqa: F811
    collected: Collected,
) -> None:
    """Each probe has a point for each value that was measured, and for no other."""
    collected.start()
    await kitchen.set_up()
    await kitchen.measure(ROAST, 21.0, 22.5)
    kitchen.account.asleep.add(ROAST)
    kitchen.account.set(PIT, None)
    await kitchen.live(120)

    points = collected.of("hpm_probe")
    roast = [each for each in points if each.tags["probe"] == "roast"]
    assert [each.fields["temperature_c"] for each in roast] == [20.0, 21.0, 22.5]
    assert roast[0].tags == {"home": "mill", "device": "thermoworks", "probe": "roast"}
    times = [each.time for each in roast]
    assert len(set(times)) == 3
    pit = [each for each in points if each.tags["probe"] == "pit"]
    assert pit[0].fields == {
        "temperature_c": 110.0,
        "battery_pct": 88.0,
        "signal_dbm": -54.0,
    }
    assert pit[-1].fields == {"battery_pct": 88.0, "signal_dbm": -54.0}
