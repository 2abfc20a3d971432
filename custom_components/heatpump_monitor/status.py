"""All that entities show: what is known, and how the sources are doing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .insights import Insights
from .performance.alarms.board import AlarmBoard
from .performance.output import Snapshot
from .performance.totals.periods import Period, PeriodSummary
from .sources.viessmann.budget import CallBudget, CallReason


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceStatus:
    """How a source is doing."""

    failure: str | None
    """Why it does not answer, as a translation key; None if it does."""
    last_reading_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CallStatus:
    """How many calls an account has had."""

    day: int
    by_reason: Mapping[CallReason, int]
    burst: int
    reset_at: datetime | None

    @classmethod
    def of(cls, budget: CallBudget) -> CallStatus:
        """Return that of a budget."""
        return cls(
            day=budget.used_day,
            by_reason=budget.used_by_reason,
            burst=budget.used_burst,
            reset_at=budget.reset_at,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """All that entities show: what is known, and how the sources are doing."""

    snapshot: Snapshot
    alarms: AlarmBoard
    """To be read only."""
    insights: Insights
    heat_pump: SourceStatus
    meters: Mapping[str, SourceStatus]
    """By their keys, the main one first."""
    calls: CallStatus | None
    """None if no call is counted."""

    def summary(self, period: Period) -> PeriodSummary:
        """Return the sums and ratios over a period."""
        return self.snapshot.summaries[period]
