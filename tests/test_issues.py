"""Repair issues of what is wrong for some time: raised with a date, taken back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.issues import LastingFlags
from custom_components.heatpump_monitor.performance.flags import Flag, FlagKind
from custom_components.heatpump_monitor.performance.intervals import Interval
from custom_components.heatpump_monitor.performance.monitor import (
    PerformanceMonitor,
    Snapshot,
    Update,
)
from custom_components.heatpump_monitor.performance.readings import (
    HeatPumpReading,
    UnitEnergy,
)
from homeassistant.helpers import issue_registry as ir

from .household import POLL_S, Household

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def reading(
    heat: UnitEnergy | None = None, week: UnitEnergy | None = None
) -> HeatPumpReading:
    """Return a reading with heat counters of the year and of the week."""
    return HeatPumpReading(time=NOON, heat=heat, heat_week=week)


def interval(end: datetime, beyond_carnot_s: float) -> Interval:
    """Return an interval with so much time beyond Carnot."""
    return Interval(
        start=end - HOUR,
        end=end,
        segments=(),
        electricity_wh=None,
        run_s=None,
        heats={},
        method=None,
        beyond_carnot_s=beyond_carnot_s,
    )


@pytest.mark.parametrize("key", ["stale", "contradiction"])
async def test_state_of_the_snapshot(
    household: Household,
    issue_registry: ir.IssueRegistry,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
) -> None:
    """An issue stays as long as the snapshot says that it lasts."""
    await household.set_up()
    untouched = PerformanceMonitor.snapshot
    since: datetime | None = NOON - HOUR

    def snapshot(monitor: PerformanceMonitor, now: datetime, month: int) -> Snapshot:
        return replace(
            untouched(monitor, now, month),
            stale_since=since if key == "stale" else None,
            contradiction_since=since if key == "contradiction" else None,
        )

    monkeypatch.setattr(PerformanceMonitor, "snapshot", snapshot)
    await household.live(POLL_S)
    (issue,) = issue_registry.issues.values()
    assert issue.issue_id == f"{key}_{household.entry.entry_id}"
    assert issue.translation_key == key
    assert issue.translation_placeholders == {
        "name": "Vitocal",
        "since": "2026-01-15 12:00",
    }

    since = None
    await household.live(POLL_S)
    assert not issue_registry.issues


async def test_flag_of_the_engine(
    household: Household,
    issue_registry: ir.IssueRegistry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A flag that lasts is an issue until it is over, or the entry is gone."""
    await household.set_up()
    update = Update(
        flags=(
            Flag(NOON, FlagKind.HEAT_COUNTER_FROZEN, ""),
            Flag(NOON, FlagKind.BEYOND_CARNOT, ""),
            Flag(NOON, FlagKind.GAP, ""),
        )
    )
    with monkeypatch.context() as patched:
        patched.setattr(PerformanceMonitor, "add_meter", lambda *_: update)
        await household.live(60)
    keys = {issue.translation_key for issue in issue_registry.issues.values()}
    assert keys == {"heat_counter_frozen", "beyond_carnot"}

    # The counters of the unit go on.
    await household.live(2 * 3600, step_s=POLL_S)
    (issue,) = issue_registry.issues.values()
    assert issue.translation_key == "beyond_carnot"
    assert issue.domain == DOMAIN

    await household.hass.config_entries.async_remove(household.entry.entry_id)
    await household.settle()
    assert not issue_registry.issues


def test_beyond_carnot_is_over_after_a_day() -> None:
    """A COP beyond Carnot keeps its date as long as it comes back within a day."""
    flags = LastingFlags([], NOON)
    assert not flags.lasting(NOON)
    flags.add_update(Update(flags=(Flag(NOON, FlagKind.BEYOND_CARNOT, ""),)))
    flags.add_update(Update(closed=(interval(NOON + 20 * HOUR, 60.0),)))
    flags.add_update(Update(closed=(interval(NOON + 21 * HOUR, 0.0),)))

    assert flags.lasting(NOON + 43 * HOUR).get(FlagKind.BEYOND_CARNOT) == NOON
    assert flags.lasting(NOON + 44 * HOUR).get(FlagKind.BEYOND_CARNOT) is None
    assert flags.lasting(NOON + 20 * HOUR).get(FlagKind.BEYOND_CARNOT) is None


def test_beyond_carnot_outlives_a_restart() -> None:
    """Flags of the last day still count after a restart, other ones do not."""
    saved = [
        Flag(NOON - 30 * HOUR, FlagKind.BEYOND_CARNOT, ""),
        Flag(NOON - 5 * HOUR, FlagKind.BEYOND_CARNOT, ""),
        Flag(NOON - HOUR, FlagKind.HEAT_COUNTER_FROZEN, ""),
    ]
    flags = LastingFlags(saved, NOON)
    assert flags.lasting(NOON).get(FlagKind.BEYOND_CARNOT) == NOON - 5 * HOUR
    assert flags.lasting(NOON + 19 * HOUR).get(FlagKind.BEYOND_CARNOT) is None
    assert flags.lasting(NOON).get(FlagKind.HEAT_COUNTER_FROZEN) is None


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        (None, reading(UnitEnergy(heating_wh=100.0)), False),
        (reading(), reading(UnitEnergy(heating_wh=100.0)), False),
        (
            reading(UnitEnergy(heating_wh=100.0)),
            reading(UnitEnergy(heating_wh=100.0, hot_water_wh=100.0)),
            False,
        ),
        # On New Year they start again, which tells nothing.
        (
            reading(UnitEnergy(heating_wh=100.0)),
            reading(UnitEnergy(heating_wh=0.0)),
            False,
        ),
        (
            reading(UnitEnergy(hot_water_wh=100.0)),
            reading(UnitEnergy(hot_water_wh=200.0)),
            True,
        ),
        (
            reading(week=UnitEnergy(heating_wh=100.0)),
            reading(week=UnitEnergy(heating_wh=200.0)),
            True,
        ),
    ],
)
def test_heat_counter_moves(
    before: HeatPumpReading | None, after: HeatPumpReading, *, moved: bool
) -> None:
    """A frozen counter is over as soon as a counter of the unit grows."""
    flags = LastingFlags([], NOON)
    flags.add_update(Update(flags=(Flag(NOON, FlagKind.HEAT_COUNTER_FROZEN, ""),)))
    if before is not None:
        flags.add_reading(before)
    flags.add_reading(after)
    since = flags.lasting(NOON).get(FlagKind.HEAT_COUNTER_FROZEN)
    assert since == (None if moved else NOON)
