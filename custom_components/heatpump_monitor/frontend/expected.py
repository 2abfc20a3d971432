"""What the cards show of the expected performance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..coordinator import HeatpumpConfigEntry
from ..performance.effect.result import Estimate
from ..performance.expected.baseline import RECENT
from ..performance.expected.fleet import Standing, standing
from ..performance.expected.fleet_table import EXPORTED
from ..performance.expected.outlook import Recent, RecentMode
from ..performance.totals.periods import Period
from ..readings import Mode
from ..time_units import DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpectedMode:
    """The last two weeks of a mode, beside what was expected."""

    cop: float
    expected_cop: float
    index: Estimate
    share_of_carnot: float
    days: int
    days_unlike: int
    """Days left out, as none like them was seen before."""
    learned_days: int
    learned_first: date
    learned_last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """What the heat pump reached in two weeks, what it should, and what others do."""

    first: date
    """The first day of the two weeks."""
    last: date
    recent: Recent | None
    """None until enough days are learned from."""
    modes: Mapping[Mode, ExpectedMode]
    fleet: Standing
    fleet_exported: str
    """The day of which the fleet's figures are."""


def expected(entry: HeatpumpConfigEntry) -> Expected:
    """Return what is expected of the heat pump of a loaded entry."""
    status = entry.runtime_data.performance.data
    snapshot, outlook = status.snapshot, status.insights.outlook
    today = snapshot.ledger.calendar.local_day(snapshot.time)
    year, plant = status.summary(Period.ROLLING_YEAR), snapshot.plant
    return Expected(
        first=today - RECENT,
        last=today - DAY,
        recent=outlook.recent,
        modes={mode: _mode(recent) for mode, recent in outlook.modes.items()},
        fleet=standing(year, plant.source, plant.boundary),
        fleet_exported=EXPORTED,
    )


def _mode(recent: RecentMode) -> ExpectedMode:
    reached = recent.reached
    return ExpectedMode(
        cop=reached.cop,
        expected_cop=reached.expected_cop,
        index=reached.index,
        share_of_carnot=reached.share_of_carnot,
        days=reached.days,
        days_unlike=reached.days_unlike,
        learned_days=recent.learned_days,
        learned_first=recent.learned_first,
        learned_last=recent.learned_last,
    )
