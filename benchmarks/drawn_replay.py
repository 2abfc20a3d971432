"""A drawn plant through the engine, beside its truth."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from custom_components.heatpump_monitor.performance.flags import Flag, FlagKind
from custom_components.heatpump_monitor.performance.heat.method_errors import (
    heat_errors,
)
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.output import Update
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.performance.totals import periods
from custom_components.heatpump_monitor.readings import MeterReading, Mode

from .drawn_cases import START, Case
from .drawn_cloud import Cloud
from .drawn_life import live
from .drawn_plant import DAY_S, Energy, Life, PlantTruth
from .replay import POLICY

METER_S = 30.0
_CHARGES_A_WINDOW = 60
_RUNNING_W = 300.0
_EXTRA_POLL_S = 60.0
_EXTRA_FOR_S = 600.0
_DOUBTS = (FlagKind.STALE, FlagKind.STALE_VALUE, FlagKind.CONTRADICTION)


@dataclass(frozen=True, kw_only=True, slots=True)
class ModeFigures:
    """One mode of ours beside the truth."""

    electricity_wh: float
    cop: float | None
    uncertainty: float | None
    """By how much the COP says that it can be off."""
    truth: Energy


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnOutcome:
    """What the engine made of a case, beside the truth of the same time."""

    case: Case
    truth: PlantTruth
    """Until the end of the last closed interval."""
    metered_wh: float
    """True electricity until the last meter reading."""
    electricity_wh: float
    jaz: float | None
    uncertainty: float | None
    coverage: float
    modes: Mapping[Mode, ModeFigures]
    method_shares: Mapping[HeatMethod, float]
    windows_pct: tuple[float, ...]
    """By how much the hot-water COP is off in each window of 60 charges."""
    polls: int
    flags: tuple[Flag, ...]
    found_after_s: tuple[float, ...]
    """How long the compressor ran until each old answer was found, or was over."""
    false_alarms: int
    """How often fresh data were doubted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """The engine after all readings."""

    monitor: PerformanceMonitor
    metered_until: datetime
    """When the last reading of the meter was."""
    until: datetime
    """When the last interval ended."""
    flags: tuple[Flag, ...]
    polls: int


def life_of(case: Case) -> Life:
    """Live the plant of a case."""
    return live(
        case.plant, start=START, days=case.days, seasons=case.seasons, seed=case.seed
    )


def replay_case(case: Case, life: Life, *, meter_s: float = METER_S) -> DrawnOutcome:
    """Return what becomes of a life in the engine, seen through the case's cloud.

    Args:
        case: What is lived through, and how it is told.
        life: The life of the case's plant.
        meter_s: How often the meter is read.
    """
    plant = case.owner or Plant(source=case.plant.source)
    monitor = PerformanceMonitor.start(plant, UTC, POLICY)
    cloud = Cloud(life, case.delivery)
    until: datetime | None = None
    flags: list[Flag] = []
    polls = _Polls(cloud.first_poll_s, case)
    for reading in life.meter_readings(meter_s):
        for update in _updates(monitor, cloud, polls, reading):
            flags += update.flags
            if update.closed:
                until = update.closed[-1].end
    if until is None:
        raise ValueError(f"{case.name}: no interval was closed")
    replayed = Replayed(
        monitor=monitor,
        metered_until=reading.time,
        until=until,
        flags=tuple(flags),
        polls=polls.count,
    )
    return outcome_of(case, life, replayed)


def outcome_of(case: Case, life: Life, replayed: Replayed) -> DrawnOutcome:
    """Return the figures of an engine beside the truth of a life."""
    monitor, until = replayed.monitor, replayed.until
    since, flags = monitor.ledger.since, replayed.flags
    if since is None:
        raise ValueError(f"{case.name}: no interval was closed")
    summary = periods.period_summary(
        monitor.ledger, since.date(), until.date(), until, since=since
    )
    summary = replace(summary, heat_errors=heat_errors(monitor.plant))
    truth = life.truth(since.timestamp(), until.timestamp())
    return DrawnOutcome(
        case=case,
        truth=truth,
        metered_wh=(
            life.electricity_wh_at(replayed.metered_until.timestamp())
            - life.electricity_wh_at(since.timestamp())
        ),
        electricity_wh=summary.sums.electricity_wh,
        jaz=summary.cop,
        uncertainty=summary.uncertainty,
        coverage=summary.coverage or 0.0,
        modes={
            mode: ModeFigures(
                electricity_wh=sums.electricity_wh,
                cop=summary.mode_cop(mode),
                uncertainty=summary.mode_uncertainty(mode),
                truth=truth.modes[mode],
            )
            for mode, sums in summary.sums.modes.items()
        },
        method_shares=summary.method_shares(),
        windows_pct=tuple(_windows(monitor, life, since, until)),
        polls=replayed.polls,
        flags=flags,
        found_after_s=tuple(_found_after_s(case, life, flags)),
        false_alarms=sum(1 for flag in flags if _is_false_alarm(flag, case)),
    )


class _Polls:
    """Says when the cloud is asked next."""

    def __init__(self, first_s: float, case: Case) -> None:
        self.next_s = first_s
        self.count = 0
        self._every_s = case.delivery.poll_s
        self._extra = case.extra_polls
        self._was_running = True
        self._extra_until_s = 0.0

    def polled(self) -> None:
        """Plan the next poll after one."""
        self.count += 1
        extra = self.next_s < self._extra_until_s
        self.next_s += _EXTRA_POLL_S if extra else self._every_s

    def see(self, reading: MeterReading) -> None:
        """Ask soon, and every minute, after a start."""
        running = (reading.power_w or 0.0) > _RUNNING_W
        if self._extra and running and not self._was_running:
            now_s = reading.time.timestamp()
            self._extra_until_s = now_s + _EXTRA_FOR_S
            self.next_s = min(self.next_s, now_s + _EXTRA_POLL_S)
        self._was_running = running


def _updates(
    monitor: PerformanceMonitor, cloud: Cloud, polls: _Polls, reading: MeterReading
) -> Iterator[Update]:
    """Feed the polls before a meter reading, and the reading."""
    while polls.next_s <= reading.time.timestamp():
        yield monitor.add_heat_pump(cloud.answer(polls.next_s))
        polls.polled()
    polls.see(reading)
    yield monitor.add_meter(reading)


def _windows(
    monitor: PerformanceMonitor, life: Life, since: datetime, until: datetime
) -> Iterator[float]:
    """Yield by how many percent the hot-water COP of each window is off.

    A window is the fewest whole days that hold 60 charges.
    """
    first_day = since.date() + timedelta(days=1)
    days = [
        first_day + timedelta(days=number)
        for number in range((until.date() - first_day).days)
    ]
    charges: list[int] = []
    ours: list[Energy] = []
    truth: list[Energy] = []
    for day in days:
        begin_s = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
        of_day = periods.period_summary(monitor.ledger, day, day, until)
        sums = of_day.sums.modes.get(Mode.HOT_WATER)
        ours.append(
            Energy(sums.electricity_wh, sums.heat_wh) if sums is not None else Energy()
        )
        truth.append(life.truth(begin_s, begin_s + DAY_S).modes[Mode.HOT_WATER])
        charges.append(
            sum(1 for start_s, _ in life.charges if 0 <= start_s - begin_s < DAY_S)
        )
    for start in range(len(days)):
        for stop in range(start + 1, len(days) + 1):
            if sum(charges[start:stop]) >= _CHARGES_A_WINDOW:
                if (ratio := _sum(ours[start:stop])).electricity_wh:
                    yield (ratio.cop / _sum(truth[start:stop]).cop - 1) * 100
                break


def _sum(energies: list[Energy]) -> Energy:
    return Energy(
        sum(energy.electricity_wh for energy in energies),
        sum(energy.heat_wh for energy in energies),
    )


def _found_after_s(case: Case, life: Life, flags: Iterable[Flag]) -> Iterator[float]:
    """Yield how long the compressor ran until each old answer was found, or fresh."""
    for begin_s, end_s in case.delivery.old_values:
        found_s = (
            flag.time.timestamp()
            for flag in flags
            if flag.kind in _DOUBTS and begin_s <= flag.time.timestamp() <= end_s
        )
        yield life.truth(begin_s, next(found_s, end_s)).run_s


def _is_false_alarm(flag: Flag, case: Case) -> bool:
    """Return whether a flag doubts data that are true."""
    # Answers that were stuck until just now may be found late.
    grace_s = case.delivery.max_delay_s + case.delivery.poll_s
    moment_s = flag.time.timestamp()
    return flag.kind in _DOUBTS and not any(
        begin_s <= moment_s <= end_s + grace_s
        for begin_s, end_s in case.delivery.old_values
    )
