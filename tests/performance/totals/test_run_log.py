"""Runs and charges of hot water, as the segments of closed intervals make them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, timedelta
import json

import pytest

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.performance.intervals import Interval
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.performance.segments import (
    Heat,
    Quantity,
    Segment,
)
from custom_components.heatpump_monitor.performance.totals.run_log import (
    RUNS_KEPT,
    Run,
    RunLog,
    RunTracker,
)
from custom_components.heatpump_monitor.readings import Mode
from tests.performance.builders import at, heating, meter, resting

HEATING, HOT_WATER, DEFROST, STANDBY = (
    Mode.HEATING,
    Mode.HOT_WATER,
    Mode.DEFROST,
    Mode.STANDBY,
)


def interval(
    start_s: float,
    *modes: Mode | None,
    starts: int = 0,
    heats_wh: Sequence[float] | None = None,
    electricity_wh: float | None = 100.0,
    supply_c: float = 35.0,
) -> Interval:
    """Return 600 s in equal segments, each with 100 Wh and 400 Wh of heat."""
    step_s = 600 / len(modes)
    heat = Heat(tuple(heats_wh if heats_wh is not None else [400.0] * len(modes)))
    return Interval(
        start=at(start_s),
        end=at(start_s + 600),
        segments=tuple(
            Segment(
                start=at(start_s + place * step_s),
                end=at(start_s + (place + 1) * step_s),
                mode=mode,
                electricity_wh=electricity_wh,
                means={Quantity.SUPPLY_C: supply_c},
            )
            for place, mode in enumerate(modes)
        ),
        electricity_wh=electricity_wh,
        run_s=None,
        heats={HeatMethod.FLOW: heat} if heat.by_segment_wh else {},
        method=HeatMethod.FLOW if heat.by_segment_wh else None,
        starts=starts,
    )


def logged(*intervals: Interval) -> list[Run]:
    """Return the runs that ended."""
    tracker = RunTracker()
    return [run for each in intervals for run in tracker.add(each)]


def test_a_run_spans_intervals() -> None:
    """It has the sums of its segments, and the means over their heat."""
    (run,) = logged(
        interval(0, STANDBY, HEATING, starts=1),
        interval(600, HEATING, heats_wh=[1200.0], supply_c=43.0),
        interval(1200, HEATING, STANDBY, supply_c=35.0),
    )
    assert run == Run(
        start=at(300),
        end=at(1500),
        mode=HEATING,
        electricity_wh=300.0,
        heat_wh=2000.0,
        heat_error_wh=150.0,
        means={Quantity.SUPPLY_C: 39.8},
        starts=1,
    )


def test_a_charge_of_hot_water_is_a_run() -> None:
    """It ends a run of heating, though the compressor goes on."""
    runs = logged(
        interval(0, STANDBY, HEATING, starts=1),
        interval(600, HOT_WATER, supply_c=52.0),
        interval(1200, HEATING, STANDBY),
    )
    assert [(run.mode, run.starts) for run in runs] == [
        (HEATING, 1),
        (HOT_WATER, 0),
        (HEATING, 0),
    ]
    assert runs[1].means == {Quantity.SUPPLY_C: 52.0}
    assert runs[1].end - runs[1].start == timedelta(minutes=10)


def test_a_defrost_belongs_to_its_run() -> None:
    """It takes heat back, and does not end the run; it begins none either."""
    runs = logged(
        interval(0, STANDBY, HEATING, DEFROST, heats_wh=[0.0, 400.0, -100.0]),
        interval(600, HEATING, STANDBY),
        interval(1200, DEFROST, STANDBY),
    )
    assert [run.heat_wh for run in runs] == [700.0]
    assert runs[0].electricity_wh == 300.0
    assert runs[0].defrosts == ((at(400), at(600)),)


def test_each_defrost_is_kept_once() -> None:
    """One that goes on in the next interval is one; a later one is another."""
    (run,) = logged(
        interval(0, STANDBY, HEATING, DEFROST),
        interval(600, DEFROST, HEATING),
        interval(1200, HEATING, DEFROST, HEATING),
        interval(1800, STANDBY),
    )
    assert run.defrosts == ((at(400), at(900)), (at(1400), at(1600)))
    assert load(Run, dump(run)) == run


def test_cop_of_the_run_so_far() -> None:
    """Without the backup heater too, where it is known what that drew."""
    tracker = RunTracker()
    tracker.add(replace(interval(0, STANDBY, HEATING), backup_heater_wh=80.0))
    run = tracker.open
    assert run is not None
    # Half of what the backup heater drew fell into the run.
    assert run.cop == 4.0
    assert run.cop_without_backup_heater == (400 - 40) / (100 - 40)
    tracker.add(interval(600, HEATING))
    assert run.cop == 4.0
    assert run.cop_without_backup_heater is None
    tracker.add(interval(1200, HEATING, heats_wh=[]))
    assert run.cop is None


def test_starts_belong_to_the_newest_run_of_an_interval() -> None:
    """Where one ends and another starts between two readings."""
    runs = logged(
        interval(0, STANDBY, HEATING, starts=1),
        interval(600, HEATING, STANDBY, HEATING, starts=1),
        interval(1200, STANDBY),
    )
    assert [run.starts for run in runs] == [1, 1]


@pytest.mark.parametrize("unknown", [interval(600, None), interval(1800, STANDBY)])
def test_a_run_that_was_not_seen_to_end_is_not_whole(unknown: Interval) -> None:
    """Nor is one that was not seen to start."""
    log = RunTracker()
    assert not log.add(interval(0, STANDBY, HEATING))
    (ended,) = log.add(unknown)
    assert (ended.end, ended.is_whole) == (at(600), False)
    log.add(interval(4800, HEATING))
    (later,) = log.add(interval(5400, STANDBY))
    assert not later.is_whole
    log.add(interval(6000, HEATING))
    (seen,) = log.add(interval(6600, STANDBY))
    assert seen.is_whole


def test_a_sum_with_a_part_unknown_is_unknown() -> None:
    """It is never less than what was."""
    (run,) = logged(
        interval(0, STANDBY, HEATING),
        interval(600, HEATING, heats_wh=[], electricity_wh=None),
        interval(1200, STANDBY),
    )
    assert (run.electricity_wh, run.heat_wh, run.heat_error_wh) == (None, None, None)
    assert run.means == {Quantity.SUPPLY_C: 35.0}


def test_runs_are_forgotten_after_400_days() -> None:
    """Those that ended before are gone, and the others stay in order."""
    log, tracker, day_s = RunLog(), RunTracker(), 86_400
    for day in range(450):
        tracker.add(interval(day * day_s, HEATING))
        log.add(tracker.add(interval(day * day_s + 600, STANDBY)))
    assert len(log.runs) == RUNS_KEPT.days + 1
    assert log.runs[0].start == at(49 * day_s)
    newest = log.ended_after(at(447 * day_s + 600))
    assert [run.start for run in newest] == [at(448 * day_s), at(449 * day_s)]


def test_forget_after_a_moment() -> None:
    """What was counted while the clock was ahead is gone."""
    log, tracker = RunLog(), RunTracker()
    for place, mode in enumerate(
        (STANDBY, HEATING, STANDBY, HEATING, STANDBY, HEATING)
    ):
        log.add(tracker.add(interval(place * 600, mode)))
    log.forget_after(at(1300))
    assert [run.end for run in log.runs] == [at(1200)]


def test_an_open_run_survives_a_restart() -> None:
    """What is kept on disk goes on as it was."""
    tracker = RunTracker()
    tracker.add(interval(0, STANDBY, HEATING, starts=1))
    again = load(RunTracker, dump(tracker))
    assert again == tracker
    ended = tracker.add(interval(600, STANDBY))
    assert again.add(interval(600, STANDBY)) == ended
    assert load(list[Run], dump(ended, list[Run])) == ended


def test_size_of_a_run() -> None:
    """As the module says: hundreds of bytes, so that years fit into a file."""
    second = timedelta(seconds=1, microseconds=1)
    whole = Run(
        start=at(0) + second,
        end=at(3600) + second,
        mode=HOT_WATER,
        electricity_wh=1234.5,
        heat_wh=4321.0,
        heat_error_wh=324.1,
        means=dict.fromkeys(Quantity, 35.25),
        starts=1,
    )
    size = len(json.dumps(dump(whole)))
    defrosts = (at(600) + second, at(900) + second), (at(1800) + second, at(2100))
    more = len(json.dumps(dump(replace(whole, defrosts=defrosts)))) - size
    assert size < 350
    assert more < 2 * 80


def test_the_monitor_logs_its_closed_intervals() -> None:
    """A run is in the log once the interval in which it ended is closed."""
    monitor = PerformanceMonitor.start(Plant(), UTC)
    readings = [resting(0), *map(heating, range(300, 1201, 300))]
    readings += [resting(1500), resting(1800)]
    for seconds in range(-20, 1900, 10):
        monitor.add_meter(meter(seconds, 70_000 + seconds / 2, 1800.0))
        for reading in readings:
            if reading.time == at(seconds):
                monitor.add_heat_pump(reading)
    (run,) = monitor.runs.runs
    assert run.mode is HEATING
    assert run.is_whole
    assert run.heat_wh == pytest.approx(5781 * 1200 / 3600, rel=0.01)
    monitor.discard_after(at(600), None, at(2000))
    assert not monitor.runs.runs
