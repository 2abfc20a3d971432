"""A recording with its faults through the engine, and through what others build."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
import json

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.performance.policy import Policy
from custom_components.heatpump_monitor.performance.state import MonitorState
from custom_components.heatpump_monitor.performance.totals import periods
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket, Ledger
from custom_components.heatpump_monitor.readings import MeterReading

from . import helpers
from .recording import ZONE, Recording, Truth
from .scenarios import Faults, Scenario, lay_over

# Only the last state before a crash matters; with polls lost it may be an older one.
_SAVED_BEFORE_S = 3600.0
# How long the integration waits for values that arrive late.
POLICY = Policy(closing_delay=timedelta(minutes=10))


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What one way of counting makes of the readings."""

    electricity_wh: float
    heat_wh: float
    jaz: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A local day of ours beside the truth."""

    day: date
    hours: int
    truth: Truth
    ours: Figures
    uncertainty: float | None
    coverage: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """One scenario's figures beside the truth.

    The truth of electricity is that between the first and the last meter
    reading; that of heat and JAZ between the first and the last poll that the
    account took in, whatever was lost in between.
    """

    scenario: str
    metered: Truth
    """Between the first and the last meter reading."""
    polled: Truth
    """Between the account's beginning and its last interval's end."""
    ours: Figures
    uncertainty: float | None
    """By how much our JAZ says that it can be off."""
    unpaired_electricity_wh: float
    coverage: float
    methods_wh: Mapping[HeatMethod, float]
    theirs: Figures
    """Utility meter, integrated thermal power, and the ratio of the two."""
    riemann_electricity_wh: float
    statistics_electricity_wh: float
    template_cop: float | None
    days: tuple[Day, ...]
    """Our whole local days."""
    flags: Mapping[str, int]
    """Of the last hundred, how many of which kind."""


def replay(recording: Recording, scenario: Scenario) -> Outcome:
    """Return what becomes of a recording under a scenario's faults."""
    faults = lay_over(recording, scenario)
    monitor = _account(faults, scenario)
    interval, since = monitor.interval, monitor.ledger.since
    if interval is None or since is None:
        raise ValueError("no interval was closed")
    last_day = recording.first_day + timedelta(days=recording.days)
    summary = periods.period_summary(
        monitor.ledger, recording.first_day, last_day, interval.end, since=since
    )
    kinds = [flag.kind for flag in monitor.flags]
    return Outcome(
        scenario=scenario.name,
        metered=recording.truth_of_minutes(0, len(recording.minute_heat_wh) - 1),
        polled=recording.truth_between_polls(since, interval.end),
        ours=Figures(
            electricity_wh=summary.sums.electricity_wh,
            heat_wh=summary.sums.heat_wh + summary.sums.unpaired_heat_wh,
            jaz=summary.cop,
        ),
        uncertainty=summary.uncertainty,
        unpaired_electricity_wh=summary.unpaired_electricity_wh,
        coverage=summary.coverage or 0.0,
        methods_wh=summary.sums.methods_wh,
        theirs=_theirs(faults),
        riemann_electricity_wh=helpers.riemann_left(faults.powers()),
        statistics_electricity_wh=helpers.statistics_sum(faults.meter_values()),
        template_cop=helpers.template_cop(
            (reading, faults.power_then(reading.time))
            for reading in faults.seen_polls()
            if reading is not None
        ),
        days=tuple(_days(recording, monitor.ledger)),
        flags={kind: kinds.count(kind) for kind in sorted(set(kinds))},
    )


def _theirs(faults: Faults) -> Figures:
    times = (reading.time.timestamp() for reading in faults.polls)
    powers = (
        None if reading is None else helpers.thermal_power_w(reading)
        for reading in faults.seen_polls()
    )
    electricity_wh = helpers.utility_meter(faults.meter_values())
    heat_wh = helpers.riemann_left(zip(times, powers, strict=True))
    return Figures(
        electricity_wh=electricity_wh,
        heat_wh=heat_wh,
        jaz=heat_wh / electricity_wh if heat_wh else None,
    )


def _days(recording: Recording, ledger: Ledger) -> Iterator[Day]:
    for day in recording.whole_days():
        following_s = recording.midnight_s(day + timedelta(days=1))
        length_s = following_s - recording.midnight_s(day)
        end = datetime.fromtimestamp(following_s, UTC)
        summary = periods.period_summary(ledger, day, day, end)
        sums = summary.sums
        yield Day(
            day=day,
            hours=round(length_s / 3600),
            truth=recording.truth_of_day(day),
            ours=Figures(
                electricity_wh=sums.electricity_wh,
                heat_wh=sums.heat_wh + sums.unpaired_heat_wh,
                jaz=summary.cop,
            ),
            uncertainty=summary.uncertainty,
            coverage=sums.paired_s / length_s,
        )


def _account(faults: Faults, scenario: Scenario) -> PerformanceMonitor:
    """Return the engine after all readings that came."""
    recording = faults.recording
    monitor = PerformanceMonitor.start(Plant(), ZONE, POLICY)
    kept = saved(monitor)
    polls = [reading for reading in faults.seen_polls() if reading is not None]
    polls.reverse()
    restarts = sorted(scenario.restarts, reverse=True)
    for index, lost in enumerate(faults.meter_lost):
        time_s = recording.meter_time_s(index)
        if restarts and time_s >= restarts[-1]:
            restarts.pop()
            monitor = restored(kept, monitor.ledger, monitor.plant)
        time = datetime.fromtimestamp(time_s, UTC)
        closed = False
        while polls and polls[-1].time <= time:
            closed |= bool(monitor.add_heat_pump(polls.pop()).closed)
        if not lost:
            closed |= bool(
                monitor.add_meter(
                    MeterReading(
                        time=time,
                        power_w=recording.power_w[index],
                        energy_wh=faults.counter_wh(index),
                    )
                ).closed
            )
        for gap in list(monitor.gaps):
            spans = recording.remembered(gap.start, gap.end)
            monitor.redistribute(gap, spans)
        if closed and restarts and time_s > restarts[-1] - _SAVED_BEFORE_S:
            kept = saved(monitor)
    return monitor


def saved(monitor: PerformanceMonitor) -> str:
    """Return what `LedgerStore` saves with each closed interval, as JSON.

    Of the buckets, those that can change until the next save; older ones are
    its archive's.
    """
    ledger = monitor.ledger
    return json.dumps(
        {
            "since": dump(ledger.since, datetime | None),
            "state": dump(monitor.state),
            "days": dump(
                dict(islice(reversed(ledger.days.items()), 3)), dict[date, Bucket]
            ),
            "hours": dump(
                dict(islice(reversed(ledger.hours.items()), 48)), dict[datetime, Bucket]
            ),
        }
    )


def restored(kept: str, archive: Ledger, plant: Plant) -> PerformanceMonitor:
    """Return the account as it was saved last: what came later is lost."""
    data = json.loads(kept)
    days = load(dict[date, Bucket], data["days"])
    hours = load(dict[datetime, Bucket], data["hours"])
    ledger = Ledger(
        archive.calendar,
        since=load(datetime, data["since"]) if data["since"] else None,
        days={
            day: bucket
            for day, bucket in archive.days.items()
            if days and day < min(days)
        }
        | dict(sorted(days.items())),
        hours={
            hour: bucket
            for hour, bucket in archive.hours.items()
            if hours and hour < min(hours)
        }
        | dict(sorted(hours.items())),
    )
    state = load(MonitorState, data["state"])
    return PerformanceMonitor(plant, POLICY, ledger, state)
