"""What days and runs show of the unit's health: worked out once a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
import math
from statistics import fmean, median, quantiles
from typing import Final, Self

from ...readings import Mode
from ...time_units import DAY, HOUR, HOUR_S
from ..output import Snapshot
from ..segments import Quantity
from ..totals.ledger import Bucket
from ..totals.run_log import Run

# Values of the day before arrive late.
_SETTLED_AFTER: Final = HOUR
_WEEK: Final = 7
_PAST: Final = 365
_RECENT: Final = 2 * _WEEK
"""Days that are not compared with: a change of last week must not look usual."""

_METERED_S: Final = 18 * HOUR_S
"""Of a day whose starts are all known."""

_STANDBY_S: Final = HOUR_S
_LIKE_K: Final = 3.0
_FEWEST_DAYS: Final = 4
_FEWEST_LIKE_DAYS: Final = 10

_LEAST_RUN: Final = timedelta(minutes=20)
_LIKE_LOAD: Final = 0.15
_FEWEST_RUNS: Final = 5
_FEWEST_LIKE_RUNS: Final = 10

_ICING_C: Final = 7.0
_HEATING_WH: Final = 30_000.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A figure of the last week, and what is usual."""

    value: float
    usual: float


@dataclass(frozen=True, kw_only=True, slots=True)
class DayStarts:
    """How often the compressor started on a day, and for how long it ran."""

    starts: int
    run_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class DailyFigures:
    """What the complete days show; None is not known."""

    day: date
    """The day on which they were worked out."""
    starts: tuple[DayStarts | None, ...]
    """Of the last seven days, newest first."""
    standby_w: Compared | None
    """Its usual value is exceeded on one of ten days with such weather."""
    defrost_share: float | None
    """Heat taken by defrosts over heat for heating, in the last week."""
    flow_share: float | None
    """Flow in the last week over what was usual at the same thermal power."""
    delta_t_k: float | None
    """Mean ΔT of the runs of the last week."""

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Return the figures of all days that are settled."""
        today, ledger = figures_day(snapshot), snapshot.ledger
        days = [
            (day, bucket)
            for day, bucket in ledger.days_between(today - _PAST * DAY, today - DAY)
            if not bucket.imported
        ]
        week = [bucket for day, bucket in days if day >= today - _WEEK * DAY]
        past = [bucket for day, bucket in days if day < today - _RECENT * DAY]
        midnight = ledger.calendar.midnight(today)
        recent_flows, past_flows = _flows(snapshot.runs.runs, midnight)
        return cls(
            day=today,
            starts=_starts(days, today),
            standby_w=_standby(week, past),
            defrost_share=_defrost_share(week),
            flow_share=_flow_share(recent_flows, past_flows),
            delta_t_k=_mean_delta_t_k(recent_flows),
        )


def figures_day(snapshot: Snapshot) -> date:
    """Return the day on which figures are worked out now; yesterday's are settled."""
    return snapshot.ledger.calendar.local_day(snapshot.time - _SETTLED_AFTER)


def _starts(
    days: Sequence[tuple[date, Bucket]], today: date
) -> tuple[DayStarts | None, ...]:
    known = dict(days)
    return tuple(
        DayStarts(starts=bucket.starts, run_s=bucket.run_s)
        if (bucket := known.get(today - ago * DAY)) and bucket.metered_s >= _METERED_S
        else None
        for ago in range(1, _WEEK + 1)
    )


def _standby(week: Sequence[Bucket], past: Sequence[Bucket]) -> Compared | None:
    """Compare the power at rest with days of like outside temperature."""
    recent = _standby_days(week)
    if len(recent) < _FEWEST_DAYS:
        return None
    outside_c = median(each for each, _ in recent)
    like = [
        power_w
        for each, power_w in _standby_days(past)
        if abs(each - outside_c) <= _LIKE_K
    ]
    if len(like) < _FEWEST_LIKE_DAYS:
        return None
    value = median(power_w for _, power_w in recent)
    return Compared(value=value, usual=quantiles(like, n=10)[-1])


def _standby_days(days: Sequence[Bucket]) -> list[tuple[float, float]]:
    """Return outside temperature and power in standby of each day that has both."""
    return [
        (bucket.outside_c, sums.electricity_wh * HOUR_S / sums.seconds)
        for bucket in days
        if (sums := bucket.of_mode(Mode.STANDBY)).seconds >= _STANDBY_S
        and bucket.outside_c is not None
    ]


def _defrost_share(week: Sequence[Bucket]) -> float | None:
    icy = [
        each
        for each in week
        if (outside_c := each.outside_c) is not None and abs(outside_c) <= _ICING_C
    ]
    heat_wh = sum(each.of_mode(Mode.HEATING).heat_wh for each in icy)
    if heat_wh < _HEATING_WH:
        return None
    return -sum(each.of_mode(Mode.DEFROST).heat_wh for each in icy) / heat_wh


@dataclass(frozen=True, slots=True)
class _Flow:
    """The flow that a run's heat and ΔT imply."""

    thermal_w: float
    delta_t_k: float

    @property
    def flow(self) -> float:
        """Return it in Wh/(h K): only shares of it are used."""
        return self.thermal_w / self.delta_t_k

    @property
    def load(self) -> int:
        """Return the step of thermal power; those within one are alike."""
        return round(math.log(self.thermal_w) / _LIKE_LOAD)

    @classmethod
    def of(cls, run: Run) -> Self | None:
        """Return that of a run for heating; None if it is short or not known."""
        supply_c = run.means.get(Quantity.SUPPLY_C)
        return_c = run.means.get(Quantity.RETURN_C)
        length = run.end - run.start
        if (
            run.mode is not Mode.HEATING
            or (run.heat_wh or 0) <= 0
            or length < _LEAST_RUN
        ):
            return None
        if supply_c is None or return_c is None or supply_c - return_c < 1.0:
            return None
        return cls((run.heat_wh or 0.0) * (HOUR / length), supply_c - return_c)


def _flows(runs: Sequence[Run], midnight: datetime) -> tuple[list[_Flow], list[_Flow]]:
    """Return those of the last week, and those of at least two weeks ago."""
    recent, past = list[_Flow](), list[_Flow]()
    for run in runs:
        is_recent = midnight - _WEEK * DAY <= run.start < midnight
        is_past = run.start < midnight - _RECENT * DAY
        if (is_recent or is_past) and (flow := _Flow.of(run)) is not None:
            (recent if is_recent else past).append(flow)
    return recent, past


def _mean_delta_t_k(flows: Sequence[_Flow]) -> float | None:
    return fmean(each.delta_t_k for each in flows) if flows else None


def _flow_share(recent: Sequence[_Flow], past: Sequence[_Flow]) -> float | None:
    """Return the flow over the usual one of runs with like thermal power."""
    by_load: dict[int, list[float]] = {}
    for each in past:
        by_load.setdefault(each.load, []).append(each.flow)
    usual = {
        load: median(flows)
        for load, flows in by_load.items()
        if len(flows) >= _FEWEST_LIKE_RUNS
    }
    shares = [each.flow / usual[each.load] for each in recent if each.load in usual]
    return median(shares) if len(shares) >= _FEWEST_RUNS else None
