"""The account's hours in a real recorder, whatever became of the account before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from custom_components.heatpump_monitor.const import CLOSING_DELAY_S, DOMAIN
from custom_components.heatpump_monitor.history.statistics import StatisticsPublisher
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.output import Update
from custom_components.heatpump_monitor.performance.plant import Plant
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.readings import Mode
from homeassistant.components.energy.data import (
    EnergyPreferencesUpdate,
    async_get_manager,
)
from homeassistant.components.energy.validate import async_validate
from homeassistant.components.recorder.core import Recorder
from homeassistant.components.recorder.statistics import (
    async_list_statistic_ids,
    statistics_during_period,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.setup import async_setup_component
from tests.household import POLL_S, Household
from tests.performance.builders import heating, merge_imported, meter

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
UNIQUE_ID = "7571381681420106_0"
ELECTRICITY = "electricity"
type Rows = dict[str, dict[datetime, float]]
type Kind = Literal["change", "mean", "sum"]


def hour_of(
    electricity_wh: float,
    heat_wh: float = 0.0,
    mode: Mode = Mode.HEATING,
    *,
    unpaired_heat_wh: float = 0.0,
    outside_c: float | None = None,
) -> Bucket:
    """Return what an hour in one mode left, all of it paired."""
    known = outside_c is not None
    return Bucket(
        electricity_wh=electricity_wh,
        metered_s=3600.0,
        paired_electricity_wh=electricity_wh,
        heat_wh=heat_wh,
        unpaired_heat_wh=unpaired_heat_wh,
        paired_s=3600.0,
        outside_s=3600.0 if known else 0.0,
        outside_c_s=3600.0 * outside_c if outside_c is not None else 0.0,
        modes={mode: ModeSums(electricity_wh, heat_wh, 3600.0)},
    )


@dataclass
class PeriodSummary:
    """An account, what publishes it, and the recorder's rows of it."""

    hass: HomeAssistant
    ledger: Ledger = field(
        default_factory=lambda: Ledger(Calendar(ZoneInfo("Europe/Berlin")))
    )
    cursors: dict[str, datetime] = field(default_factory=dict)
    publisher: StatisticsPublisher = field(init=False)

    def __post_init__(self) -> None:
        """Start with the account as it was loaded."""
        self.restart()

    def restart(self) -> None:
        """Start anew with the same account."""
        monitor = PerformanceMonitor.start(Plant(), self.ledger.calendar.time_zone)
        monitor.ledger = self.ledger
        entry = MockConfigEntry(domain=DOMAIN, title="Vitocal", unique_id=UNIQUE_ID)
        self.publisher = StatisticsPublisher(self.hass, entry, monitor, self.cursors)

    def lose(self) -> None:
        """Start anew without any account."""
        self.ledger = Ledger(self.ledger.calendar)
        self.restart()

    async def count(self, hour: datetime, bucket: Bucket) -> None:
        """Count an hour, and publish it as soon as nothing is waited for."""
        self.ledger.book(hour, bucket)
        await self.publish(hour + HOUR + timedelta(minutes=30))

    async def publish(self, now: datetime) -> None:
        """Publish what is due at a time."""
        self.pass_on()
        if self.publisher.is_due(now):
            await self.publisher.async_publish(now)

    def pass_on(self) -> None:
        """Pass on what was booked."""
        changes = self.ledger.take_changes()
        self.publisher.add(Update(hours=frozenset(changes.hours)))

    async def sums(self, key: str) -> list[float]:
        """Return the sums of a series, in kWh."""
        return list((await self._rows("sum")).get(key, {}).values())

    async def changes(self, key: str) -> list[float]:
        """Return what a series grew by in each hour, in kWh."""
        return list((await self._rows("change")).get(key, {}).values())

    async def means(self, key: str) -> Mapping[datetime, float]:
        """Return the means of a series by hour."""
        return (await self._rows("mean")).get(key, {})

    async def _rows(self, kind: Kind) -> Rows:
        return await recorded(self.hass, kind)


async def recorded(hass: HomeAssistant, kind: Kind) -> Rows:
    """Return one kind of value of all series, by key and hour."""
    await async_wait_recording_done(hass)
    rows = await get_instance(hass).async_add_executor_job(
        statistics_during_period,
        hass,
        datetime.fromtimestamp(0, UTC),
        None,
        None,
        "hour",
        None,
        {kind},
    )
    prefix = f"{DOMAIN}:{UNIQUE_ID}_"
    return {
        statistic_id.removeprefix(prefix): {
            datetime.fromtimestamp(row["start"], UTC): round(value, 9)
            for row in series
            if (value := row.get(kind)) is not None
        }
        for statistic_id, series in rows.items()
    }


@pytest.fixture
async def summary(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    enable_custom_integrations: None,
) -> PeriodSummary:
    """Return an account that has counted nothing, months before today."""
    freezer.move_to(datetime(2026, 6, 1, tzinfo=UTC))
    return PeriodSummary(hass)


async def test_first_hours(summary: PeriodSummary) -> None:
    """Sums begin at zero; a mean stands where there is one."""
    summary.ledger.book(NOON, hour_of(1000, 4000, outside_c=-2.0))
    summary.ledger.book(
        NOON + HOUR, hour_of(500, 1500, Mode.HOT_WATER, unpaired_heat_wh=250)
    )
    summary.ledger.book(NOON + 2 * HOUR, hour_of(20, 0, Mode.STANDBY))
    await summary.publish(NOON + 4 * HOUR)
    assert await summary.sums(ELECTRICITY) == [1.0, 1.5, 1.52]
    assert await summary.sums("heat") == [4.0, 5.75, 5.75]
    assert await summary.sums("heat_heating") == [4.0, 4.0, 4.0]
    assert await summary.sums("heat_hot_water") == [0.0, 1.5, 1.5]
    assert await summary.sums("electricity_hot_water") == [0.0, 0.5, 0.5]
    assert await summary.sums("electricity_standby") == [0.0, 0.0, 0.02]
    assert await summary.means("cop") == {NOON: 4.0, NOON + HOUR: 3.0}
    assert await summary.means("outside_temperature") == {NOON: -2.0}


async def test_defrost_takes_heat_back(summary: PeriodSummary) -> None:
    """The sums of heat fall by it."""
    await summary.count(NOON, hour_of(1000, 3000))
    await summary.count(NOON + HOUR, hour_of(100, -200, Mode.DEFROST))
    assert await summary.sums("heat") == [3.0, 2.8]
    assert await summary.sums("heat_defrost") == [-0.2]


async def test_series_without_a_value_is_not_there(summary: PeriodSummary) -> None:
    """Who has no cooling, and no heat, sees no series of it."""
    await summary.count(NOON, hour_of(1000))
    assert await summary.sums(ELECTRICITY) == [1.0]
    sums = await recorded(summary.hass, "sum")
    assert set(sums) == {ELECTRICITY, f"{ELECTRICITY}_heating"}


async def test_next_hour_goes_on(summary: PeriodSummary) -> None:
    """Each hour adds one row, and nothing is due between them."""
    for hour in range(4):
        await summary.count(NOON + hour * HOUR, hour_of(100.0 * (hour + 1)))
        assert not summary.publisher.is_due(NOON + (hour + 2) * HOUR)
    assert await summary.sums(ELECTRICITY) == [0.1, 0.3, 0.6, 1.0]


async def test_running_hour_waits(summary: PeriodSummary) -> None:
    """An hour is published when it has ended, and not before."""
    summary.ledger.book(NOON, hour_of(1000))
    summary.ledger.book(NOON + HOUR, hour_of(300))
    await summary.publish(NOON + timedelta(minutes=119))
    assert await summary.sums(ELECTRICITY) == [1.0]
    await summary.publish(NOON + timedelta(minutes=150))
    assert await summary.sums(ELECTRICITY) == [1.0, 1.3]


async def test_hour_that_ended_waits_for_its_last_interval(
    summary: PeriodSummary,
) -> None:
    """What the sources say of an hour comes after its end, if they say anything."""
    monitor = PerformanceMonitor.start(Plant(), ZoneInfo("Europe/Berlin"))
    entry = MockConfigEntry(domain=DOMAIN, title="Vitocal", unique_id="1_0")
    publisher = StatisticsPublisher(summary.hass, entry, monitor, {})
    for seconds in range(0, 3600, 60):
        publisher.add(monitor.add_meter(meter(seconds, seconds / 2, 1800.0, NOON)))
        if seconds % 300 == 0:
            publisher.add(monitor.add_heat_pump(heating(seconds, start=NOON)))
    assert not publisher.is_due(NOON + HOUR + timedelta(minutes=4))
    assert publisher.is_due(NOON + HOUR + timedelta(minutes=30))
    for seconds in range(3600, 3960, 60):
        publisher.add(monitor.add_meter(meter(seconds, seconds / 2, 1800.0, NOON)))
        if seconds % 300 == 0:
            publisher.add(monitor.add_heat_pump(heating(seconds, start=NOON)))
    assert publisher.is_due(NOON + HOUR + timedelta(minutes=5))


async def test_changed_past_raises_what_follows(summary: PeriodSummary) -> None:
    """A recovered hour is put right, and no later one falls."""
    for hour in range(4):
        await summary.count(NOON + hour * HOUR, hour_of(1000, 4000))
    await summary.count(NOON + HOUR, hour_of(500, 1000))
    await summary.publish(NOON + 6 * HOUR)
    assert await summary.changes(ELECTRICITY) == [1.0, 1.5, 1.0, 1.0]
    assert await summary.sums("heat") == [4.0, 9.0, 13.0, 17.0]
    assert (await summary.means("cop"))[NOON + HOUR] == pytest.approx(5000 / 1500)


async def test_change_while_publishing_is_not_lost(summary: PeriodSummary) -> None:
    """What changes while the recorder is asked has its turn in the next round."""
    for hour in range(3):
        await summary.count(NOON + hour * HOUR, hour_of(1000))
    summary.ledger.book(NOON + 3 * HOUR, hour_of(1000))
    summary.pass_on()
    task = summary.hass.async_create_task(
        summary.publisher.async_publish(NOON + 5 * HOUR)
    )
    assert not task.done()
    summary.ledger.book(NOON, hour_of(250))
    summary.pass_on()
    await task
    await summary.publish(NOON + 5 * HOUR)
    assert await summary.changes(ELECTRICITY) == [1.25, 1.0, 1.0, 1.0]


async def test_publishing_twice_changes_nothing(summary: PeriodSummary) -> None:
    """The same account gives the same rows."""
    for hour in range(3):
        await summary.count(NOON + hour * HOUR, hour_of(1000, 3500))
    before = await recorded(summary.hass, "sum")
    summary.publisher.add(Update(hours=frozenset({NOON})))
    await summary.publish(NOON + 5 * HOUR)
    assert summary.cursors == {}
    assert await recorded(summary.hass, "sum") == before


async def test_restart_goes_on(summary: PeriodSummary) -> None:
    """After a restart the series continues."""
    await summary.count(NOON, hour_of(1000))
    summary.restart()
    await summary.count(NOON + HOUR, hour_of(500))
    assert await summary.sums(ELECTRICITY) == [1.0, 1.5]


async def test_rows_that_a_crash_lost_are_written_again(summary: PeriodSummary) -> None:
    """The account was saved as published, and the recorder was killed."""
    await summary.count(NOON, hour_of(1000))
    summary.ledger.book(NOON + HOUR, hour_of(500))
    summary.ledger.take_changes()
    summary.restart()
    await summary.count(NOON + 2 * HOUR, hour_of(250))
    assert await summary.changes(ELECTRICITY) == [1.0, 0.5, 0.25]


async def test_deleted_database_is_filled_again(summary: PeriodSummary) -> None:
    """All hours that are kept come back, beginning at zero."""
    for hour in range(3):
        await summary.count(NOON + hour * HOUR, hour_of(1000))
    await async_wait_recording_done(summary.hass)
    ids = [row["statistic_id"] for row in await async_list_statistic_ids(summary.hass)]
    get_instance(summary.hass).async_clear_statistics(ids)
    await async_wait_recording_done(summary.hass)
    summary.restart()
    await summary.count(NOON + 3 * HOUR, hour_of(1000))
    assert await summary.sums(ELECTRICITY) == [1.0, 2.0, 3.0, 4.0]


async def test_added_again_it_continues_the_series(summary: PeriodSummary) -> None:
    """A new account of the same heat pump begins where the old one ended."""
    for hour in range(3):
        await summary.count(NOON + hour * HOUR, hour_of(1000, 3000))
    summary.lose()
    for hour in range(5, 7):
        await summary.count(NOON + hour * HOUR, hour_of(100, 400, Mode.COOLING))
    assert await summary.changes(ELECTRICITY) == [1.0, 1.0, 1.0, 0.1, 0.1]
    assert await summary.changes("heat") == [3.0, 3.0, 3.0, 0.4, 0.4]
    summary.restart()
    summary.ledger.book(NOON + 5 * HOUR, hour_of(50))
    await summary.publish(NOON + 9 * HOUR)
    assert await summary.changes(ELECTRICITY) == [1.0, 1.0, 1.0, 0.15, 0.1]


async def test_hours_that_the_account_lost_stay(summary: PeriodSummary) -> None:
    """Where hours are missing in the middle, what was published of them stands."""
    for hour in range(4):
        await summary.count(NOON + hour * HOUR, hour_of(1000))
    del summary.ledger.hours[NOON + 2 * HOUR]
    summary.ledger.book(NOON, hour_of(500))
    await summary.publish(NOON + 6 * HOUR)
    assert await summary.changes(ELECTRICITY) == [1.5, 1.0, 1.0, 1.0]


async def test_account_older_than_its_hours(summary: PeriodSummary) -> None:
    """A year later the oldest hours are no longer kept, and the sum goes on."""
    await summary.count(NOON, hour_of(1000))
    later = NOON + timedelta(days=410)
    await summary.count(later, hour_of(500))
    assert list(summary.ledger.hours) == [later]
    assert await summary.sums(ELECTRICITY) == [1.0, 1.5]


async def test_without_recorder(hass: HomeAssistant) -> None:
    """Nothing happens, and nothing is forgotten."""
    summary = PeriodSummary(hass)
    summary.ledger.book(NOON, hour_of(1000))
    summary.pass_on()
    assert not summary.publisher.is_due(NOON + 5 * HOUR)
    await summary.publisher.async_add_imported({NOON: hour_of(1000)})
    assert summary.cursors == {"statistics": NOON}


@pytest.mark.parametrize(
    ("time_zone", "first"),
    [
        ("Asia/Kolkata", datetime(2026, 1, 15, 12, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 3, 28, 23, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2025, 10, 25, 22, tzinfo=UTC)),
    ],
)
async def test_any_time_zone(
    summary: PeriodSummary, time_zone: str, first: datetime
) -> None:
    """Hours are UTC's: half hours, and days of 23 or 25 hours, change nothing."""
    summary.ledger = Ledger(Calendar(ZoneInfo(time_zone)))
    summary.restart()
    summary.ledger.book_electricity(first, first + 26 * HOUR, 26_000.0)
    await summary.publish(first + 28 * HOUR)
    assert await summary.changes(ELECTRICITY) == [1.0] * 26


async def test_import_joins_without_a_step(summary: PeriodSummary) -> None:
    """A year recorded elsewhere comes before, and no hour anywhere falls."""
    for hour in range(3):
        await summary.count(NOON + hour * HOUR, hour_of(1000, 4000))
    start = NOON - timedelta(days=1)
    imported = {start + hour * HOUR: hour_of(2000, 7000) for hour in range(24)}
    await summary.publisher.async_add_imported(imported)
    assert await summary.changes(ELECTRICITY) == [2.0] * 24 + [1.0] * 3
    assert await summary.changes("heat") == [7.0] * 24 + [4.0] * 3
    assert (await summary.means("cop"))[start] == 3.5
    await summary.count(NOON + 3 * HOUR, hour_of(500))
    assert (await summary.sums(ELECTRICITY))[-1] == 51.5


@pytest.mark.parametrize(
    "zone", ["Asia/Kolkata", "America/St_Johns", "Pacific/Chatham"]
)
async def test_import_of_days_that_begin_within_an_hour(
    summary: PeriodSummary, zone: str
) -> None:
    """All of it arrives, and nothing of what was counted beside it is replaced."""
    summary.ledger = Ledger(Calendar(ZoneInfo(zone)))
    summary.restart()
    own = summary.ledger.calendar.midnight(date(2026, 4, 7))
    summary.ledger.book_electricity(own, own + 26 * HOUR, 26_000.0)
    await summary.publish(own + 30 * HOUR)
    before = await summary.sums(ELECTRICITY)
    recorded_there = Ledger(summary.ledger.calendar, hours_kept=None)
    start = recorded_there.calendar.midnight(date(2026, 4, 4))
    recorded_there.book_electricity(start, own, 7000.0)
    merge = merge_imported(
        summary.ledger, recorded_there, date(2026, 4, 4), date(2026, 4, 6)
    )
    await summary.publisher.async_add_imported(merge.hours)
    sums = await summary.sums(ELECTRICITY)
    # The hour at the seam is the account's own.
    shared_kwh = 7.0 * (own - max(merge.hours) - HOUR) / (own - start)
    assert sums[-1] == pytest.approx(before[-1] + 7.0 - shared_kwh)
    assert sums == sorted(sums)
    assert list(recorded_there.days) == list(merge.taken)


async def test_import_again(summary: PeriodSummary) -> None:
    """The same import twice changes nothing; a corrected one moves what follows."""
    await summary.count(NOON, hour_of(1000))
    hours = [NOON - HOUR * hours for hours in (9, 8, 7)]
    imported = {hour: hour_of(2000) for hour in hours}
    await summary.publisher.async_add_imported(imported)
    before = await recorded(summary.hass, "sum")
    await summary.publisher.async_add_imported(imported)
    assert await recorded(summary.hass, "sum") == before
    await summary.publisher.async_add_imported({hours[1]: hour_of(500)})
    assert await summary.changes(ELECTRICITY) == [2.0, 0.5, 2.0, 1.0]


async def test_import_that_is_undone(summary: PeriodSummary) -> None:
    """Of hours of which nothing is known any more, no COP stays behind."""
    hours = [NOON - HOUR * hours for hours in (9, 8)]
    known = hour_of(1000, 4000, outside_c=1.0)
    await summary.publisher.async_add_imported(dict.fromkeys(hours, known))
    await summary.publisher.async_add_imported({hours[0]: Bucket()})
    assert await summary.changes(ELECTRICITY) == [0.0, 1.0]
    assert await summary.means("cop") == {hours[1]: 4.0}
    assert await summary.means("outside_temperature") == {hours[1]: 1.0}


async def test_sum_that_the_owner_adjusts(summary: PeriodSummary) -> None:
    """What was added by hand stays; an hour that is published anew is as it was counted."""
    for hour in range(3):
        await summary.count(NOON + hour * HOUR, hour_of(1000))
    recorder = get_instance(summary.hass)
    for hour, more_kwh in ((0, 5.0), (2, -3.0)):
        recorder.async_adjust_statistics(
            f"{DOMAIN}:{UNIQUE_ID}_{ELECTRICITY}", NOON + hour * HOUR, more_kwh, "kWh"
        )
    await async_wait_recording_done(summary.hass)
    summary.restart()
    await summary.count(NOON + 3 * HOUR, hour_of(1000))
    assert await summary.changes(ELECTRICITY) == [6.0, 1.0, -2.0, 1.0]
    await summary.count(NOON + 2 * HOUR, hour_of(500))
    assert await summary.changes(ELECTRICITY) == [6.0, 1.0, 1.5, 1.0]
    await summary.publisher.async_add_imported({NOON - HOUR: hour_of(2000)})
    assert await summary.changes(ELECTRICITY) == [2.0, 6.0, 1.0, 1.5, 1.0]


async def test_series_that_the_owner_clears(summary: PeriodSummary) -> None:
    """It begins anew and goes on; the others stay."""
    for hour in range(3):
        await summary.count(NOON + hour * HOUR, hour_of(1000, 4000))
    recorder = get_instance(summary.hass)
    recorder.async_clear_statistics([f"{DOMAIN}:{UNIQUE_ID}_heat"])
    await summary.count(NOON + 3 * HOUR, hour_of(1000, 4000))
    assert await summary.changes("heat") == [4.0]
    await summary.publisher.async_add_imported({NOON - HOUR: hour_of(2000, 6000)})
    assert await summary.changes("heat") == [6.0, 4.0]
    assert await summary.changes(ELECTRICITY) == [2.0, 1.0, 1.0, 1.0, 1.0]


async def test_import_of_a_gap_in_another(summary: PeriodSummary) -> None:
    """Parts may come in any order, and a part again without the hours of another."""
    hours = [NOON - HOUR * hours for hours in (9, 8, 7)]
    outer = {hours[0]: hour_of(1000), hours[2]: hour_of(3000)}
    await summary.publisher.async_add_imported(outer)
    await summary.publisher.async_add_imported({hours[1]: hour_of(2000)})
    await summary.publisher.async_add_imported(outer)
    assert await summary.sums(ELECTRICITY) == [1.0, 3.0, 6.0]


async def test_import_of_nothing(summary: PeriodSummary) -> None:
    """There is nothing to write."""
    await summary.publisher.async_add_imported({})
    assert await recorded(summary.hass, "sum") == {}


async def test_energy_dashboard_takes_them(summary: PeriodSummary) -> None:
    """What can be chosen there is named, and nothing is wrong with it."""
    await summary.count(NOON, hour_of(1000, 4000, Mode.HOT_WATER, outside_c=1.0))
    await async_wait_recording_done(summary.hass)
    listed = {
        row["statistic_id"].removeprefix(f"{DOMAIN}:{UNIQUE_ID}_"): row
        for row in await async_list_statistic_ids(summary.hass)
    }
    assert {key: row["name"] for key, row in listed.items()} == {
        "electricity": "Vitocal Electricity in",
        "electricity_hot_water": "Vitocal Electricity in (Hot water)",
        "heat": "Vitocal Heat out",
        "heat_hot_water": "Vitocal Heat out (Hot water)",
        "cop": "Vitocal COP",
        "outside_temperature": "Vitocal Outside temperature",
    }
    for key in ("electricity", "electricity_hot_water", "heat", "heat_hot_water"):
        assert listed[key]["has_sum"]
        assert listed[key]["unit_class"] == "energy"
        assert listed[key]["statistics_unit_of_measurement"] == "kWh"
    assert listed["cop"]["unit_class"] == "unitless"
    assert await async_setup_component(summary.hass, "energy", {})
    manager = await async_get_manager(summary.hass)
    update = manager.default_preferences()
    update["device_consumption"] = [
        {"stat_consumption": listed["electricity"]["statistic_id"]}
    ]
    await manager.async_update(EnergyPreferencesUpdate(**update))
    (consumption,) = (await async_validate(summary.hass)).device_consumption
    assert consumption.issues == {}


async def test_names_in_the_language_of_the_house(summary: PeriodSummary) -> None:
    """Statistics are named once, for all who look at them."""
    summary.hass.config.language = "de"
    await summary.count(NOON, hour_of(1000))
    await async_wait_recording_done(summary.hass)
    names = {row["name"] for row in await async_list_statistic_ids(summary.hass)}
    assert names == {"Vitocal Strombezug", "Vitocal Strombezug (Heizen)"}


async def test_household(recorder_mock: Recorder, household: Household) -> None:
    """Hours are published as they end, through a restart; removed, they stay."""
    household.hass.config_entries.async_update_entry(
        household.entry, unique_id=UNIQUE_ID
    )
    await household.set_up()
    await household.live(2 * 3600 - 60, step_s=300)
    assert len((await recorded(household.hass, "sum"))[ELECTRICITY]) == 1
    await household.reload()
    await household.live(660, step_s=300)
    await household.live(3600, step_s=300)
    changes = (await recorded(household.hass, "change"))[ELECTRICITY]
    hours = household.entry.runtime_data.performance.monitor.ledger.hours
    assert changes == {
        hour: pytest.approx(hours[hour].electricity_wh / 1000)
        for hour in sorted(hours)[:3]
    }
    await household.hass.config_entries.async_remove(household.entry.entry_id)
    await household.settle()
    assert len((await recorded(household.hass, "sum"))[ELECTRICITY]) == 3


async def test_heat_total_of_an_entry_that_was_added_again(
    recorder_mock: Recorder, household: Household
) -> None:
    """The statistics of the sensor go on, though it starts at 0 again."""
    hass, entry = household.hass, household.entry
    await household.set_up()
    await household.live(4 * POLL_S + CLOSING_DELAY_S)
    await compile_statistics(hass)
    before_kwh = float(household.value("heat_total"))
    await hass.config_entries.async_remove(entry.entry_id)
    await household.settle()
    household.entry = MockConfigEntry(
        domain=DOMAIN,
        title=entry.title,
        unique_id=entry.unique_id,
        data=entry.data,
        options=entry.options,
        subentries_data=[meter.as_dict() for meter in entry.subentries.values()],
    )
    household.entry.add_to_hass(hass)
    await household.set_up()
    await household.live(2 * POLL_S + CLOSING_DELAY_S)
    after_kwh = float(household.value("heat_total"))
    assert 0 < after_kwh < before_kwh
    await compile_statistics(hass)
    await household.live(POLL_S)
    await compile_statistics(hass)
    state = household.state("sensor", "heat_total")
    assert state is not None
    rows = await get_instance(hass).async_add_executor_job(
        statistics_during_period,
        hass,
        datetime.fromtimestamp(0, UTC),
        None,
        {state.entity_id},
        "5minute",
        None,
        {"sum"},
    )
    sums = [row["sum"] or 0.0 for row in rows[state.entity_id]]
    assert len(sums) == 3
    assert sums[1] == pytest.approx(sums[0] + after_kwh, rel=1e-6)
    assert sums[1] < sums[2] < sums[1] + 1


async def compile_statistics(hass: HomeAssistant) -> None:
    """Let the recorder compile the statistics of the five minutes that ended."""
    await async_wait_recording_done(hass)
    do_adhoc_statistics(hass)
    await async_wait_recording_done(hass)
