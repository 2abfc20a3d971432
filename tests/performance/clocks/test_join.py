"""The parts of an interval, cut by what the meter and the heat pump say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from custom_components.heatpump_monitor.performance.clocks.join import Join
from custom_components.heatpump_monitor.readings import HeatPumpReading, Mode
from tests.performance.builders import at, heating, meter, resting

HOUR_S = 3600
POLL_S = 300
RUN_S = 2 * HOUR_S + 1200
"""When the compressor starts, after two hours that taught what a run is."""
END_S = RUN_S + 1800


def joined(*changes: tuple[float, HeatPumpReading], is_device: bool = False) -> Join:
    """Return what was told until the end, the compressor running from RUN_S on.

    Args:
        changes: What the heat pump says from when on.
        is_device: Whether time stamps are known to be those of the device.
    """
    join = Join()
    for _ in range(5 * is_device):
        join.clock.learn(timedelta())
    said: HeatPumpReading = resting(0)
    before: HeatPumpReading | None = None
    for second in range(0, END_S + 1, 30):
        learns = HOUR_S <= second < 2 * HOUR_S
        runs = learns or RUN_S <= second < RUN_S + 1200
        join.add_meter(meter(second, None, 1800.0 if runs else 10.0))
        if second % POLL_S == 0:
            said = (
                [resting(0), *(each for since, each in changes if since <= second)]
            )[-1]
            if learns:
                said = heating(0)
            reading = replace(said, time=at(second))
            join.add_heat_pump(before, reading, None)
            before = reading
    return join


def modes(join: Join, start_s: float, end_s: float) -> list[tuple[Mode | None, float]]:
    """Return the modes of an interval with their lengths, to half a minute."""
    return [
        (segment.mode, round(segment.seconds / 30) * 30)
        for segment in join.segments(at(start_s), at(end_s))
    ]


def test_run_and_its_after_run() -> None:
    """The interval is cut where the meter saw a start or stop; pumps run on."""
    join = joined((RUN_S, heating(0)), (RUN_S + 1200, resting(0)))
    assert join.can_split(at(RUN_S - 600), at(END_S - 60))
    assert modes(join, RUN_S - 600, RUN_S + 1740) == [
        (Mode.STANDBY, 600),
        (Mode.HEATING, 1200),
        (Mode.HEATING, 180),
        (Mode.STANDBY, 360),
    ]
    running = [each.is_running for each in join.segments(at(RUN_S), at(END_S - 60))]
    assert running == [True, False, False]
    assert len(join.edges(at(RUN_S), at(END_S))) >= 2


def test_mode_changes_at_its_own_stamp() -> None:
    """A change of mode within a run is dated by its feature, not by the poll."""
    stamps = {"hot_water_charging": at(RUN_S + 420)}
    charging = replace(heating(0), hot_water_charging=True, stamps=stamps)
    join = joined((RUN_S, heating(0)), (RUN_S + 600, charging), is_device=True)
    assert modes(join, RUN_S, RUN_S + 1140)[-2:] == [
        (Mode.HEATING, 420),
        (Mode.HOT_WATER, 720),
    ]


def test_mode_that_changes_near_a_start_changes_with_it() -> None:
    """Of a stamp minutes after the start, the start is when it happened."""
    stamps = {"hot_water_charging": at(RUN_S + 200)}
    charging = replace(heating(0), hot_water_charging=True, stamps=stamps)
    join = joined((RUN_S + 300, charging))
    assert modes(join, RUN_S - 300, RUN_S + 900) == [
        (Mode.STANDBY, 300),
        (Mode.HOT_WATER, 900),
    ]


@pytest.mark.parametrize("stamped", [True, False])
def test_run_that_the_heat_pump_denies(*, stamped: bool) -> None:
    """Something else draws where the unit says all the time that it rests."""
    stamps = {"compressor_on": at(2 * HOUR_S)} if stamped else {}
    join = joined((2 * HOUR_S, replace(resting(0), stamps=stamps)))
    assert join.denies(at(RUN_S), at(RUN_S + 1200))
    assert modes(join, RUN_S, RUN_S + 1140) == [(Mode.STANDBY, 1140)]


def test_backup_heater_alone_charges_hot_water() -> None:
    """What draws while the compressor rests in a charge is of the hot water.

    As standby it once raised an alarm, and made a disinfection look free.
    """
    charging = replace(resting(0), hot_water_charging=True)
    join = joined((RUN_S, charging), (RUN_S + 1200, resting(0)))
    assert modes(join, RUN_S + 60, RUN_S + 1740) == [
        (Mode.HOT_WATER, 1140),
        (Mode.STANDBY, 540),
    ]
    assert not any(each.is_running for each in join.segments(at(RUN_S), at(END_S - 60)))


def test_run_that_the_heat_pump_confirms_late() -> None:
    """One report of a run is enough, also when it comes after its end."""
    stamps = {"compressor_on": at(RUN_S + 1230)}
    join = joined((RUN_S + 1500, replace(resting(0), stamps=stamps)))
    assert not join.denies(at(RUN_S), at(RUN_S + 1200))


def test_defrost_counts_where_the_compressor_rests() -> None:
    """Heat is taken back although the meter sees no compressor."""
    defrosting = replace(resting(0), defrosting=True)
    join = joined((RUN_S, heating(0)), (RUN_S + 1200, defrosting))
    assert modes(join, RUN_S + 1500, RUN_S + 1740) == [(Mode.DEFROST, 240)]


def test_nothing_is_known_without_the_meter() -> None:
    """Where the meter was not read, no segment has a mode."""
    join = joined((RUN_S, heating(0)))
    join.add_meter(meter(END_S + 900, None, 10.0))
    join.add_meter(meter(END_S + 930, None, 10.0))
    assert not join.can_split(at(END_S), at(END_S + 900))
    assert modes(join, END_S + 300, END_S + 600) == [(None, 300)]


def test_gaps_between_polls() -> None:
    """Twenty minutes between two answers are no gap yet."""
    join = joined((RUN_S, heating(0)))
    assert join.compressor.was_polled(at(RUN_S), at(END_S))
    assert join.compressor.was_polled(at(RUN_S), at(END_S + 1200))
    assert not join.compressor.was_polled(at(RUN_S), at(END_S + 1201))


def test_burner_and_the_minutes_after() -> None:
    """Its heat is still in the water some minutes after it went out."""
    on, off = (replace(heating(0), burner_on=each) for each in (True, False))
    join = joined((RUN_S, off), (RUN_S + 300, on), (RUN_S + 900, off))
    assert not join.burner_was_on(at(RUN_S), at(RUN_S + 290))
    assert join.burner_was_on(at(RUN_S), at(RUN_S + 310))
    assert join.burner_was_on(at(RUN_S + 600), at(RUN_S + 700))
    assert join.burner_was_on(at(RUN_S + 1000), at(RUN_S + 1100))
    assert not join.burner_was_on(at(RUN_S + 1100), at(RUN_S + 1200))


def test_old_values_are_forgotten() -> None:
    """What is more than two hours back is not kept, but for what still holds."""
    join = joined((RUN_S, heating(0)))
    late = END_S + 5 * HOUR_S
    join.add_heat_pump(heating(END_S), heating(late), None)
    assert [report.time for report in join.compressor.reports] == [at(late)]
    assert [change.purpose for change in join.purposes.changes] == [Mode.HEATING]
    assert all(len(signal.times) <= 2 for signal in join.signals.values())
    assert join.segments(at(END_S), at(END_S) + timedelta(seconds=60))
