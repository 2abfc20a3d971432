"""The meter of a house out of entities, against the truth."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
import math

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.heatpump_monitor.readings import GridReading
from custom_components.heatpump_monitor.sources.base import (
    GridSource,
    Push,
    SourceError,
)
from custom_components.heatpump_monitor.sources.entities.grid import EntityGrid
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

START = datetime(2026, 1, 10, 12, tzinfo=UTC)
TOTAL = {"energy_wh": "sensor.import_1", "power_w": "sensor.power"}
TARIFFS = {
    **TOTAL,
    "energy_2_wh": "sensor.import_2",
    "returned_wh": "sensor.export_1",
    "returned_2_wh": "sensor.export_2",
}


def say(hass: HomeAssistant, unit: str = "kWh", **states: float | None) -> None:
    """Write states; None for one that is not known."""
    for name, value in states.items():
        state = "unavailable" if value is None else str(value)
        attributes = {} if value is None else {"unit_of_measurement": unit}
        hass.states.async_set(f"sensor.{name}", state, attributes)


async def read(hass: HomeAssistant, entities: Mapping[str, str]) -> GridReading:
    """Return the reading of a new source: its first."""
    source: GridSource = EntityGrid(hass, entities, "abc")
    return await source.read(dt_util.utcnow)


async def test_counters_without_power(hass: HomeAssistant) -> None:
    """Counters alone are read, in Wh."""
    say(hass, import_1=1.5)
    reading = await read(hass, {"energy_wh": "sensor.import_1"})
    assert (reading.import_wh, reading.export_wh) == (1500, None)
    assert reading.power_w is None
    assert reading.measured_at is None


async def test_two_tariffs(hass: HomeAssistant) -> None:
    """Day and night are summed; without one of them, the sum is not known."""
    entities = {key: each for key, each in TARIFFS.items() if key != "power_w"}
    say(hass, import_1=1.5, import_2=2.25, export_1=0.5, export_2=0.25)
    reading = await read(hass, entities)
    assert (reading.import_wh, reading.export_wh) == (3750, 750)
    say(hass, export_2=None)
    assert (await read(hass, entities)).export_wh is None
    say(hass, import_2=None)
    with pytest.raises(SourceError, match=r"sensor\.import_2"):
        await read(hass, entities)


async def test_power_alone(hass: HomeAssistant) -> None:
    """While the counter is away, the power is known, and the energy is not."""
    say(hass, import_1=None)
    say(hass, "kW", power=-1.25)
    reading = await read(hass, TOTAL)
    assert (reading.power_w, reading.import_wh) == (-1250, None)


async def test_nothing_known(hass: HomeAssistant) -> None:
    """Without a value, it fails with the names of the entities."""
    with pytest.raises(SourceError) as caught:
        await read(hass, TOTAL)
    assert "sensor.import_1" in str(caught.value)


async def test_identity(hass: HomeAssistant) -> None:
    """It is what the owner chose it by, and it sends nothing by itself."""
    source = EntityGrid(hass, TOTAL, "abc")
    assert (await source.identify()).identity == "abc"
    assert not isinstance(source, Push)


@pytest.mark.parametrize(("pace_s", "error_wh"), [(1, 0.6), (10, 3.5)])
async def test_against_the_truth(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pace_s: int, error_wh: float
) -> None:
    """Import is right within its pace, also where a roof feeds in."""
    source = EntityGrid(hass, TOTAL, "abc")
    power_w = imported_wh = 0.0
    worst_wh, readings = 0.0, 0
    truth: dict[datetime, float] = {}
    for second in range(3600):
        now = START + timedelta(seconds=second)
        truth[now] = imported_wh
        if second % pace_s == 0:
            freezer.move_to(now)
            say(hass, import_1=math.floor(imported_wh + 5_000_000) / 1000)
            say(hass, "W", power=round(power_w))
            reading = await source.read(dt_util.utcnow)
            if reading.import_wh is not None and second > 600:
                error = reading.import_wh - 5_000_000 - truth[reading.time]
                worst_wh, readings = max(worst_wh, abs(error + 0.5)), readings + 1
        power_w = (
            1500 + 3000 * math.sin(second / 300) + (2000 if second % 900 < 90 else 0)
        )
        imported_wh += max(power_w, 0.0) / 3600
    assert readings > 2900 / pace_s
    assert worst_wh < error_wh
