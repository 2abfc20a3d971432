"""The quarter-hours on disk: restarts, crashes at any moment, damaged files."""

from datetime import UTC, date, datetime, timedelta

import pytest

from custom_components.heatpump_monitor.house_meter.engine import HouseMeterEngine
from custom_components.heatpump_monitor.house_meter.model import (
    QUARTER,
    Basis,
    CapacityTariff,
    Quarter,
)
from custom_components.heatpump_monitor.house_meter.store import HouseStore
from custom_components.heatpump_monitor.stored_file import NotSavedError
from homeassistant.core import HomeAssistant
from tests.disk import Disk

from .builders import BRUSSELS, Meter, feed, steady

RUNNING = "heatpump_monitor.one.house"
PEAKS = "heatpump_monitor.one.peaks"
OCTOBER = "heatpump_monitor.one.quarters.2026-10"
NOVEMBER = "heatpump_monitor.one.quarters.2026-11"
ALL = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))


async def opened(hass: HomeAssistant) -> tuple[HouseStore, HouseMeterEngine]:
    """Return the store as a start finds it, and the engine with its state."""
    store = HouseStore(hass, "one")
    state = await store.async_load()
    return store, HouseMeterEngine(CapacityTariff(), BRUSSELS, state)


def quarters(start: datetime, count: int) -> list[Quarter]:
    """Return quarter-hours of every kind, one of them missing."""
    return [
        Quarter(
            start=start + number * QUARTER,
            import_wh=100.0 + number / 8,
            basis=list(Basis)[number % 3],
            parts_wh={"hp": 20.0 + number} if number % 2 else {},
        )
        for number in range(count)
        if number != 2
    ]


async def test_new(hass: HomeAssistant, disk: Disk) -> None:
    """Without files, all is unknown, and nothing is written."""
    _, house = await opened(hass)
    assert house.quarters(*ALL) == []
    assert house.snapshot.running is None
    assert list(disk.folder.glob("*")) == []


async def test_restart_in_the_middle(hass: HomeAssistant, disk: Disk) -> None:
    """After a restart, the running quarter-hour goes on as if there had been none."""
    meter = Meter(steady(3600.0), is_p1=False)
    store, house = await opened(hass)
    feed(house, meter.every(0, 2500), {"hp": 900.0})
    house.correct_peak(date(2026, 3, 1), 4400.0)
    await store.async_save(house.state)
    _, again = await opened(hass)
    assert again.snapshot == house.snapshot
    assert again.peaks == house.peaks
    assert again.quarters(*ALL) == house.quarters(*ALL)
    (quarter,) = feed(again, meter.every(2500, 2710), {"hp": 900.0})
    assert quarter.basis is Basis.COUNTER
    assert quarter.import_wh == pytest.approx(900.0)
    assert quarter.parts_wh == {"hp": pytest.approx(225.0)}


async def test_archive(hass: HomeAssistant, disk: Disk) -> None:
    """A day's worth is archived by month, and leaves the running file."""
    store, house = await opened(hass)
    house.restore(quarters(datetime(2026, 10, 31, 12, tzinfo=UTC), 97))
    await store.async_save(house.state)
    assert not (disk.folder / NOVEMBER).exists()
    house.restore(quarters(datetime(2026, 11, 2, tzinfo=UTC), 4))
    await store.async_save(house.state)
    assert disk.read(OCTOBER)["data"]["basis"] == "mc-" + "mci" * 15
    await store.async_save(house.state)
    assert disk.read(RUNNING)["data"]["quarters"] == {}
    _, again = await opened(hass)
    assert again.quarters(*ALL) == house.quarters(*ALL)
    assert again.state.quarters.changed == set()


async def test_booked_late(hass: HomeAssistant, disk: Disk) -> None:
    """What is known later of an archived quarter-hour is kept, too."""
    store, house = await opened(hass)
    house.restore(quarters(datetime(2026, 11, 1, tzinfo=UTC), 100))
    await store.async_save(house.state)
    first = datetime(2026, 11, 1, tzinfo=UTC)
    house.book_part(first, "hp", 33.0)
    await store.async_save(house.state)
    _, again = await opened(hass)
    assert again.quarters(*ALL)[0].parts_wh == {"hp": 33.0}
    assert again.state.quarters.changed == {first}


@pytest.mark.parametrize("full_for", [RUNNING, PEAKS, OCTOBER, NOVEMBER])
async def test_full_disk(hass: HomeAssistant, disk: Disk, full_for: str) -> None:
    """A disk that fails, or a crash, between two files loses nothing."""
    store, house = await opened(hass)
    house.restore(quarters(datetime(2026, 10, 31, tzinfo=UTC), 90))
    await store.async_save(house.state)
    before = house.quarters(*ALL)
    house.restore(quarters(datetime(2026, 11, 1, tzinfo=UTC), 96))
    disk.full_for = {full_for}
    with pytest.raises(NotSavedError):
        await store.async_save(house.state)
    _, crashed = await opened(hass)
    is_new = full_for != RUNNING
    assert crashed.quarters(*ALL) == (house.quarters(*ALL) if is_new else before)
    if is_new:
        assert crashed.peaks == house.peaks
    disk.full_for = set()
    for _ in range(2):
        await store.async_save(house.state)
    _, again = await opened(hass)
    assert again.quarters(*ALL) == house.quarters(*ALL)
    assert again.peaks == house.peaks


@pytest.mark.parametrize("key", [RUNNING, PEAKS, NOVEMBER])
@pytest.mark.parametrize("damage", [{}, {"start": 7, "basis": "x", "state": 1}])
async def test_damaged_file(
    hass: HomeAssistant, disk: Disk, key: str, damage: dict[str, object]
) -> None:
    """A damaged file is set aside; what the others have is still there."""
    store, house = await opened(hass)
    house.restore(quarters(datetime(2026, 10, 31, tzinfo=UTC), 97 + 96))
    await store.async_save(house.state)
    await store.async_save(house.state)
    if damage:
        disk.edit(key, **damage)
    else:
        (disk.folder / key).write_text("{")
    store, again = await opened(hass)
    # What is no JSON at all is set aside by Home Assistant.
    assert len(await store.async_set_aside()) == bool(damage)
    assert len(list(disk.folder.glob("*.corrupt.*"))) == (not damage)
    kept = [
        one for one in house.quarters(*ALL) if key != NOVEMBER or one.start.month < 11
    ]
    assert again.quarters(*ALL) == kept
    if key == PEAKS:
        assert again.peaks == house.peaks


async def test_two_years(hass: HomeAssistant, disk: Disk) -> None:
    """Quarter-hours are kept for two years, peaks for ever."""
    store, house = await opened(hass)
    start = datetime(2024, 1, 1, tzinfo=UTC)
    for month in range(30):
        at = (start + timedelta(days=31 * month)).replace(day=1)
        house.restore(quarters(at, 100))
        await store.async_save(house.state)
    assert len(list(disk.folder.glob("*.quarters.*"))) == 25
    assert len(house.peaks) == 30
    _, again = await opened(hass)
    assert len(again.state.quarters.months) == 25
    assert again.peaks == house.peaks
    await store.async_remove()
    assert list(disk.folder.glob("*")) == []
