"""An export whose database and process are killed: each reading exactly once.

The simulated home, the process that is killed and the proxy that makes faults are
those of `script/benchmark export durability`, which lives through more of this.
"""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from benchmarks.export.durability.child import Nursery, nursery
from benchmarks.export.durability.life import (
    Outcome,
    Story,
    full_day,
    lived,
    quick_restarts,
)
from benchmarks.export.home import DAY_CYCLES
from custom_components.heatpump_monitor.const import TargetKind
from tests.servers import find

# On a busy machine; the waits are for conditions.
pytestmark = pytest.mark.timeout(300)

_SEED = 13
_STAND_IN_CYCLES = 360
_INFLUXDB_CYCLES = DAY_CYCLES // 6


@pytest.fixture
async def children(socket_enabled: None, tmp_path: Path) -> AsyncGenerator[Nursery]:
    """Return what starts the processes that export."""
    async with nursery(tmp_path) as started:
        yield started


async def _outcome(
    children: Nursery, folder: Path, kind: TargetKind, story: Story, cycles: int
) -> Outcome:
    own = folder / kind
    own.mkdir()
    return await lived(children, own, kind, story, seed=_SEED, cycles=cycles)


def _assert_all_happened(outcome: Outcome) -> None:
    """Check that the life was as bad as it was to be."""
    assert outcome.kills == 4
    assert outcome.database_kills >= 2
    assert len(outcome.faults) == 8
    assert outcome.refused > 0


async def test_day_at_victoria_metrics(children: Nursery, tmp_path: Path) -> None:
    """Nothing of a simulated day is lost, though the database forgets."""
    find("victoria-metrics")
    outcome = await _outcome(
        children, tmp_path, TargetKind.VICTORIA_METRICS, full_day, DAY_CYCLES
    )
    _assert_all_happened(outcome)
    assert outcome.missed is None
    # What was lost with the database was sent again, and shows once.
    assert outcome.hidden > 0


async def test_hours_at_influxdb(children: Nursery, tmp_path: Path) -> None:
    """Nothing of simulated hours is lost or twice in InfluxDB 1."""
    find("influxd")
    outcome = await _outcome(
        children, tmp_path, TargetKind.INFLUXDB1, full_day, _INFLUXDB_CYCLES
    )
    _assert_all_happened(outcome)
    assert outcome.missed is None


async def test_hours_at_stand_ins(children: Nursery, tmp_path: Path) -> None:
    """Nothing of a simulated hour is lost or twice in the other databases."""
    for kind in (TargetKind.INFLUXDB2, TargetKind.INFLUXDB3, TargetKind.EMONCMS):
        outcome = await _outcome(children, tmp_path, kind, full_day, _STAND_IN_CYCLES)
        _assert_all_happened(outcome)
        assert outcome.missed is None


async def test_restart_between_two_batches(children: Nursery, tmp_path: Path) -> None:
    """Nothing is lost when VictoriaMetrics restarts while nothing is sent."""
    find("victoria-metrics")
    outcome = await _outcome(
        children, tmp_path, TargetKind.VICTORIA_METRICS, quick_restarts, 120
    )
    assert outcome.database_kills == 11
    assert outcome.missed is None
