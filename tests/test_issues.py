"""Repair issues of what is wrong for some time: raised with a date, taken back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.issues import BeyondCarnot, async_report_calls
from custom_components.heatpump_monitor.performance.flags import Flag, FlagKind
from custom_components.heatpump_monitor.performance.intervals import Interval
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.output import Snapshot, Update
from homeassistant.config_entries import SOURCE_IGNORE
from homeassistant.helpers import issue_registry as ir

from .household import POLL_S, Household

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


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


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("stale_since", "stale"),
        ("contradiction_since", "contradiction"),
        ("heat_counters_frozen_since", "heat_counter_frozen"),
        ("supply_frozen_since", "supply_frozen"),
        ("compressor_frozen_since", "compressor_frozen"),
        ("run_time_disagrees_since", "run_time"),
    ],
)
async def test_state_of_the_snapshot(
    household: Household,
    issue_registry: ir.IssueRegistry,
    monkeypatch: pytest.MonkeyPatch,
    field: str,
    key: str,
) -> None:
    """An issue stays as long as the snapshot says that it lasts."""
    await household.set_up()
    untouched = PerformanceMonitor.snapshot
    since: datetime | None = NOON - HOUR

    def snapshot(
        monitor: PerformanceMonitor, now: datetime, **options: Any
    ) -> Snapshot:
        changes: dict[str, Any] = {field: since}
        return replace(untouched(monitor, now, **options), **changes)

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
    flags = Flag(NOON, FlagKind.BEYOND_CARNOT, ""), Flag(NOON, FlagKind.GAP, "")
    update = Update(flags=flags)
    with monkeypatch.context() as patched:
        patched.setattr(PerformanceMonitor, "add_meter", lambda *_: update)
        await household.live(60)
    (issue,) = issue_registry.issues.values()
    assert issue.translation_key == "beyond_carnot"
    assert issue.domain == DOMAIN

    await household.hass.config_entries.async_remove(household.entry.entry_id)
    await household.settle()
    assert not issue_registry.issues


async def test_frozen_counters_outlive_a_restart(
    household: Household, issue_registry: ir.IssueRegistry
) -> None:
    """Heat counters that stand still are an issue until they move."""
    issue_id = f"heat_counter_frozen_{household.entry.entry_id}"
    await household.set_up()
    await household.live(1800)
    household.cloud.faults.frozen_counters = True
    await household.live(3600)
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders is not None
    since = issue.translation_placeholders["since"]
    assert "2026-01-15 12:20" <= since <= "2026-01-15 12:30"
    await household.reload()
    await household.live(POLL_S)
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders == {"name": "Vitocal", "since": since}

    household.cloud.faults.frozen_counters = False
    await household.live(1800)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None


def test_beyond_carnot_is_over_after_a_day() -> None:
    """A COP beyond Carnot keeps its date as long as it comes back within a day."""
    flags = BeyondCarnot([], NOON)
    assert flags.since(NOON) is None
    flags.add(Update(flags=(Flag(NOON, FlagKind.BEYOND_CARNOT, ""),)))
    flags.add(Update(closed=(interval(NOON + 20 * HOUR, 60.0),)))
    flags.add(Update(closed=(interval(NOON + 21 * HOUR, 0.0),)))

    assert flags.since(NOON + 43 * HOUR) == NOON
    assert flags.since(NOON + 44 * HOUR) is None
    assert flags.since(NOON + 20 * HOUR) is None


def test_beyond_carnot_outlives_a_restart() -> None:
    """Flags of the last day still count after a restart, other ones do not."""
    saved = [
        Flag(NOON - 30 * HOUR, FlagKind.BEYOND_CARNOT, ""),
        Flag(NOON - 5 * HOUR, FlagKind.BEYOND_CARNOT, ""),
        Flag(NOON - HOUR, FlagKind.GAP, ""),
    ]
    flags = BeyondCarnot(saved, NOON)
    assert flags.since(NOON) == NOON - 5 * HOUR
    assert flags.since(NOON + 19 * HOUR) is None


async def test_ignored_discovery_beside_a_heat_pump(household: Household) -> None:
    """An ignored Shelly is an entry without data; a heat pump can be removed beside it."""
    await household.set_up()
    ignored = MockConfigEntry(
        domain=DOMAIN, source=SOURCE_IGNORE, unique_id="A0DD6CA1B2C3", data={}
    )
    ignored.add_to_hass(household.hass)
    budget = household.entry.runtime_data.budget
    budget.block_until(None)
    async_report_calls(household.hass, household.entry, budget)
    assert await household.hass.config_entries.async_remove(household.entry.entry_id)
