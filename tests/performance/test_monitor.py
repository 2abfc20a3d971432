"""The account as a whole: two clocks in, honest figures out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.output import Update
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Part, Plant
from custom_components.heatpump_monitor.performance.policy import Policy
from custom_components.heatpump_monitor.performance.state import MonitorState
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket
from custom_components.heatpump_monitor.performance.totals.periods import Period
from custom_components.heatpump_monitor.performance.totals.tariff import Tariff
from custom_components.heatpump_monitor.readings import (
    HeatPumpReading,
    MeterReading,
    Mode,
    UnitEnergy,
)

from .builders import START, at, heating, meter, resting

BERLIN = ZoneInfo("Europe/Berlin")
POWER_W = 1800.0
FLOW_PLANT = Plant(heat_method=HeatMethod.FLOW)


def new(plant: Plant = FLOW_PLANT) -> PerformanceMonitor:
    """Return a monitor of a household in Berlin."""
    return PerformanceMonitor.start(plant, BERLIN)


def run(
    monitor: PerformanceMonitor,
    *readings: Iterable[MeterReading | HeatPumpReading],
) -> PerformanceMonitor:
    """Feed readings of both sources in the order of their time."""
    for reading in sorted(chain(*readings), key=lambda reading: reading.time):
        if isinstance(reading, MeterReading):
            monitor.add_meter(reading)
        else:
            monitor.add_heat_pump(reading)
    return monitor


def metered(
    start_s: float, end_s: float, power_w: float = POWER_W, start: datetime = START
) -> list[MeterReading]:
    """Return readings every 10 s of a steady load, with a counter without lag."""
    return [
        meter(seconds, 70_000 + power_w * seconds / 3600, power_w, start)
        for seconds in range(int(start_s), int(end_s) + 1, 10)
    ]


def polled(
    start_s: float, end_s: float, start: datetime = START
) -> list[HeatPumpReading]:
    """Return readings every 5 min of a heat pump that heats with 5 K."""
    return [
        heating(seconds, start=start)
        for seconds in range(int(start_s), int(end_s) + 1, 300)
    ]


HEAT_W = 5781.0


def test_a_cop_is_heat_over_electricity() -> None:
    """Two hours of steady heating give the COP that they had."""
    monitor = run(new(), metered(0, 7300), polled(60, 7260))
    snapshot = monitor.snapshot(at(7300))
    assert snapshot.cop == pytest.approx(HEAT_W / POWER_W, rel=3e-3)
    assert snapshot.summaries[Period.TODAY].cop == pytest.approx(
        HEAT_W / POWER_W, rel=3e-3
    )
    assert snapshot.summaries[Period.TODAY].sums.heat_wh == pytest.approx(
        HEAT_W * 2, rel=3e-3
    )
    assert snapshot.summaries[Period.TODAY].sums.paired_electricity_wh == pytest.approx(
        POWER_W * 2, rel=1e-3
    )
    assert snapshot.summaries[Period.ALL].coverage == pytest.approx(1.0)
    assert snapshot.summaries[Period.TODAY].uncertainty == pytest.approx(
        HEAT_W / POWER_W * 0.0757, rel=2e-2
    )
    assert snapshot.heat_method is HeatMethod.FLOW
    assert snapshot.summaries[Period.TODAY].sums.modes[
        Mode.HEATING
    ].seconds == pytest.approx(7200)
    assert snapshot.thermal_power_w == pytest.approx(HEAT_W, rel=3e-3)


def test_the_account_begins_with_the_meters_first_move() -> None:
    """What a fresh start does not know yet is neither counted nor a gap."""
    late = [
        replace(reading, energy_wh=70_000.0) if reading.time < at(58) else reading
        for reading in metered(0, 7300)
    ]
    monitor = run(new(), late, polled(0, 7200))
    summary = monitor.snapshot(at(7300)).summaries[Period.ALL]
    assert summary.coverage == pytest.approx(1.0)
    assert summary.sums.unpaired_heat_wh == 0
    assert summary.cop == pytest.approx(HEAT_W / POWER_W, rel=5e-3)


def test_the_first_interval_opens_with_the_meter() -> None:
    """The reading taken a minute before the meter's first move opens the account."""
    late = [
        replace(reading, energy_wh=70_000.0) if reading.time < at(58) else reading
        for reading in metered(0, 400)
    ]
    monitor = run(new(), late, polled(0, 300))
    assert monitor.interval is not None
    assert monitor.interval.electricity_wh is not None
    assert monitor.interval.heat_wh is not None
    assert monitor.interval.start == monitor.state.meters.since == at(60)
    assert monitor.interval.cop == pytest.approx(HEAT_W / POWER_W, rel=4e-2)


def test_of_several_readings_the_last_before_the_meter_opens() -> None:
    """Readings that come faster than the meter moves are passed over."""
    late = [
        replace(reading, energy_wh=70_000.0) if reading.time < at(58) else reading
        for reading in metered(0, 120)
    ]
    fast = [heating(seconds) for seconds in range(0, 115, 5)]
    monitor = run(new(), late, fast)
    assert monitor.interval is not None
    assert monitor.ledger.since == at(60)
    assert monitor.snapshot(at(120)).summaries[Period.ALL].coverage == pytest.approx(
        1.0
    )


def test_an_interval_waits_for_the_meter() -> None:
    """An interval closes when the meter has told what was drawn until its end."""
    monitor = run(new(), metered(0, 350), polled(300, 300))
    monitor.add_heat_pump(heating(600))
    assert monitor.interval is None
    assert not monitor.add_meter(metered(400, 400)[0]).closed
    closed = run(monitor, metered(410, 590)).add_meter(metered(610, 610)[0]).closed
    assert [interval.end for interval in closed] == [at(600)]


@pytest.mark.parametrize("poll_s", [30, 300])
def test_power_does_not_run_ahead_of_a_counter_that_stands_still(poll_s: int) -> None:
    """The counter is believed, however often the heat pump is read meanwhile."""
    still = [replace(each, energy_wh=71_000.0) for each in metered(2000, 9000)]
    polls = [heating(seconds) for seconds in range(60, 9000, poll_s)]
    monitor = run(new(), metered(0, 1990), still, polls)
    before_wh = POWER_W * 2000 / 3600
    assert monitor.state.meters.total_wh == pytest.approx(
        before_wh, abs=POWER_W * 90 / 3600
    )


def test_d5_nothing_known_is_none() -> None:
    """D5: what is not known is None, never zero."""
    snapshot = new().snapshot(START)
    assert snapshot.cop is None
    assert snapshot.mode is None
    assert snapshot.thermal_power_w is None
    assert snapshot.heat_total_wh is None
    assert snapshot.summaries[Period.TODAY].cop is None
    assert snapshot.summaries[Period.ALL].coverage is None
    assert snapshot.summaries[Period.TODAY].uncertainty is None


def test_no_cop_in_standby() -> None:
    """A resting compressor has no COP, and its day counts the standby."""
    readings = [resting(seconds) for seconds in range(60, 7261, 300)]
    monitor = run(new(), metered(0, 7300, 12.0), readings)
    snapshot = monitor.snapshot(at(7300))
    assert snapshot.cop is None
    assert snapshot.summaries[Period.TODAY].cop is None
    assert snapshot.mode is Mode.STANDBY
    assert snapshot.summaries[Period.TODAY].sums.paired_electricity_wh == pytest.approx(
        24.0, rel=1e-2
    )


def test_no_cop_from_a_stale_interval() -> None:
    """What was hours ago is not the COP of now."""
    monitor = run(new(), metered(0, 7300), polled(60, 7260))
    assert monitor.snapshot(at(7300)).cop is not None
    assert monitor.snapshot(at(7300 + 3600)).cop is None


def test_d8_a_period_is_a_ratio_of_sums() -> None:
    """D8: an idle hour weighs by its electricity, not as a ratio of its own."""
    idle = [resting(seconds) for seconds in range(3660, 7261, 300)]
    readings = (metered(0, 7300), polled(60, 3360), idle)
    summary = run(new(), *readings).snapshot(at(7300)).summaries[Period.TODAY]
    assert summary.cop == pytest.approx(
        summary.sums.heat_wh / summary.sums.paired_electricity_wh, rel=1e-9
    )
    assert summary.cop == pytest.approx(HEAT_W / POWER_W * 3450 / 7200, rel=1e-2)


def test_cloud_outage_leaves_electricity_unpaired() -> None:
    """Hours without the cloud are a gap in heat, not in electricity."""
    readings = (metered(0, 18_100), polled(60, 3660), polled(14_460, 18_060))
    summary = run(new(), *readings).snapshot(at(18_100)).summaries[Period.ALL]
    assert summary.sums.electricity_wh == pytest.approx(
        POWER_W * 18_080 / 3600, rel=3e-3
    )
    assert summary.sums.paired_electricity_wh == pytest.approx(POWER_W * 2, rel=3e-3)
    assert summary.unpaired_electricity_wh == pytest.approx(POWER_W * 3, rel=1e-2)
    assert summary.coverage == pytest.approx(7200 / 18_060, rel=1e-2)
    assert summary.cop == pytest.approx(HEAT_W / POWER_W, rel=3e-3)


def test_heat_counters_close_the_gap_of_an_outage() -> None:
    """Where the unit counts its heat, the gap is closed with the difference."""
    polls = [
        heating(s, heat=UnitEnergy(heating_wh=(1e6 + HEAT_W * s / 3600) // 100 * 100))
        for s in range(60, 18_061, 300)
        if not 3660 < s < 14_460
    ]
    summary = (
        run(new(Plant()), metered(0, 18_100), polls)
        .snapshot(at(18_100))
        .summaries[Period.ALL]
    )
    assert summary.sums.heat_wh == pytest.approx(HEAT_W * 5, abs=200)
    assert summary.sums.methods_wh.keys() == {HeatMethod.COUNTER}
    assert summary.cop == pytest.approx(HEAT_W / POWER_W, rel=1e-2)
    assert summary.coverage == pytest.approx(1.0)


def metered_heat(seconds: int, heat_wh: float | None) -> HeatPumpReading:
    """Return a reading of a plant with a heat meter of its own."""
    return HeatPumpReading(time=at(seconds), heat_meter_wh=heat_wh)


def test_a_heat_meter_decides() -> None:
    """A heat meter goes before every other method, and over any gap."""
    counted = {0: 1000.0, 3600: 5000.0, 7200: None, 10_800: 13_000.0}
    heats = [metered_heat(seconds, wh) for seconds, wh in counted.items()]
    meters = [
        MeterReading(
            time=at(seconds), energy_wh=500.0 + seconds / 3.6, holds_back=False
        )
        for seconds in counted
    ]
    summary = (
        run(new(Plant()), meters, heats).snapshot(at(10_800)).summaries[Period.ALL]
    )
    assert summary.sums.heat_wh == pytest.approx(12_000)
    assert summary.sums.paired_electricity_wh == pytest.approx(3000)
    assert summary.sums.methods_wh == {HeatMethod.HEAT_METER: pytest.approx(12_000)}
    assert summary.coverage == pytest.approx(1.0)


def test_without_a_value_of_its_heat_meter_a_reading_still_says_what_it_does() -> None:
    """A defrost ends when its flag says so, between two values of the heat meter."""
    monitor = run(new(Plant()), metered(-60, 600))
    for minute, defrosting in enumerate(
        (False, False, True, True, False, False, False)
    ):
        reading = replace(heating(60 * minute), defrosting=defrosting)
        flag_at = at(120 if defrosting else 240 if minute > 3 else 0)
        heat_wh = 1000.0 if minute in (0, 6) else None
        monitor.add_heat_pump(
            replace(reading, heat_meter_wh=heat_wh, stamps={"defrosting": flag_at})
        )
        assert monitor.reading is not None
        assert monitor.reading.time == at(60 * minute)
    changes = monitor.state.join.purposes.changes
    assert [(each.purpose, each.window.likely) for each in changes] == [
        (Mode.HEATING, at(0)),
        (Mode.DEFROST, at(120)),
        (Mode.HEATING, at(240)),
    ]


def test_a_heat_meter_that_starts_anew_leaves_a_gap() -> None:
    """A reset is flagged, and its interval is not paired."""
    counted = {0: 1000.0, 3600: 5000.0, 7200: 40.0, 10_800: 4040.0}
    heats = [metered_heat(seconds, wh) for seconds, wh in counted.items()]
    meters = [
        MeterReading(
            time=at(seconds), energy_wh=500.0 + seconds / 3.6, holds_back=False
        )
        for seconds in counted
    ]
    monitor = run(new(Plant()), meters, heats)
    summary = monitor.snapshot(at(10_800)).summaries[Period.TODAY]
    assert summary.sums.heat_wh == pytest.approx(8000)
    assert summary.sums.paired_electricity_wh == pytest.approx(2000)
    assert summary.sums.electricity_wh == pytest.approx(3000)
    assert [(flag.time, flag.kind) for flag in monitor.flags] == [
        (at(7200), "heat_reset")
    ]


def test_what_the_meter_did_wrong_is_told() -> None:
    """Steps back, resets and jumps of the electricity meter are flagged."""
    values = (9000.0, 9010.0, 8990.0, 9000.0, 3.0, 13.0, 90_000.0)
    meters = [meter(10 * place, value) for place, value in enumerate(values)]
    monitor = run(new(), meters)
    assert [flag.kind for flag in monitor.flags] == [
        "electricity_step_back",
        "electricity_reset",
        "electricity_jump",
    ]


def test_meter_outage_is_exact_in_the_sum() -> None:
    """Hours without the meter still pair: its counter tells the sum."""
    readings = (metered(0, 3600), metered(14_400, 18_100), polled(60, 18_060))
    summary = run(new(), *readings).snapshot(at(18_100)).summaries[Period.TODAY]
    assert summary.sums.paired_electricity_wh == pytest.approx(POWER_W * 5, rel=3e-3)
    assert summary.cop == pytest.approx(HEAT_W / POWER_W, rel=3e-3)


def test_a_meter_that_never_comes_back_does_not_hold_the_heat_for_ever() -> None:
    """After a day of silence heat is booked, but not paired."""
    days = polled(60, 2 * 86_400)
    monitor = run(new(), metered(0, 100), days)
    assert monitor.state.books.heat_total_wh == pytest.approx(HEAT_W * 24, rel=1e-2)
    assert (
        monitor.snapshot(at(2 * 86_400))
        .summaries[Period.ROLLING_YEAR]
        .sums.paired_electricity_wh
        == 0
    )


def test_reset_counter_unpairs_one_interval_only() -> None:
    """A reset in the middle of a day costs its interval, no more."""
    before = metered(0, 3600)
    after = [
        replace(reading, energy_wh=(reading.energy_wh or 0) - 71_700)
        for reading in metered(3610, 7300)
    ]
    summary = (
        run(new(), before, after, polled(60, 7260))
        .snapshot(at(7300))
        .summaries[Period.TODAY]
    )
    assert summary.sums.paired_electricity_wh == pytest.approx(
        POWER_W * 6900 / 3600, rel=5e-3
    )
    assert summary.cop == pytest.approx(HEAT_W / POWER_W, rel=3e-3)


def test_cold_made_is_not_heat() -> None:
    """Cooling has its own account and no part in the JAZ."""
    cooling = [
        replace(heating(seconds, delta_t_k=-3.0), operation_state="cooling")
        for seconds in range(60, 3661, 300)
    ]
    snapshot = run(new(), metered(0, 3700), cooling).snapshot(at(3700))
    summary = snapshot.summaries[Period.TODAY]
    assert snapshot.heat_total_wh == 0
    assert summary.sums.heat_wh == 0
    assert summary.sums.paired_electricity_wh == 0
    assert summary.sums.modes[Mode.COOLING].heat_wh < 0
    assert summary.cop is None


def test_cold_beside_unknown_electricity_is_not_heat_either() -> None:
    """A meter that says nothing leaves neither heat nor cold unpaired."""
    cooling = [
        replace(heating(seconds, delta_t_k=-3.0), operation_state="cooling")
        for seconds in range(0, 3601, 300)
    ]
    policy = Policy(meter_wait=timedelta())
    monitor = PerformanceMonitor.start(FLOW_PLANT, BERLIN, policy)
    summary = run(monitor, [], cooling).snapshot(at(3600)).summaries[Period.TODAY]
    assert monitor.interval is not None
    assert summary.sums.unpaired_heat_wh == 0


def test_run_time_follows_the_hours_counter() -> None:
    """Runs between two polls are heat too: the hours counter saw them."""
    polls = [
        replace(
            heating(s) if s % 1500 == 0 else resting(s),
            run_hours=100 + (s // 1500) // 2 / 5,
        )
        for s in range(0, 86_401, 300)
    ]
    monitor = run(
        new(Plant(heat_method=HeatMethod.MODULATION)), metered(0, 86_410), polls
    )
    counted_h = (86_400 // 1500) // 2 / 5
    assert monitor.state.books.heat_total_wh == pytest.approx(
        5000 * counted_h, abs=5000 * 0.4
    )


@pytest.mark.parametrize("catches_up", [True, False])
@pytest.mark.parametrize("digits", [0, 1])
def test_an_hours_counter_that_freezes_is_let_go(digits: int, catches_up: bool) -> None:
    """A compressor that runs for a day beside a counter that stands still did run."""
    froze_s, day_s = 21_600, 86_400
    polls = []
    for s in range(0, 3 * day_s + 1, 300):
        counted_s = min(s, froze_s)
        if s > froze_s + day_s:
            counted_s = s if catches_up else s - day_s
        hours = counted_s * 10**digits // 3600 / 10**digits
        polls.append(replace(heating(s), run_hours=hours))
    monitor = run(
        new(Plant(heat_method=HeatMethod.MODULATION)),
        metered(0, 3 * day_s + 10),
        polls,
    )
    assert monitor.state.books.heat_total_wh == pytest.approx(5000 * 72, rel=0.05)


@pytest.mark.parametrize(
    ("gap_h", "run_h"), [(None, 2.0), (3.1, 5.1), (0.0, 2.0), (-90.0, 2.0)]
)
def test_run_time_of_a_gap_is_counted_or_unknown(
    gap_h: float | None, run_h: float
) -> None:
    """A compressor that runs at both ends of ten hours need not run in between."""
    polls = [*polled(60, 3660), *polled(39_660, 43_260)]
    if gap_h is not None:
        runs_h = [100 + each / 12 for each in range(13)]
        runs_h += [runs_h[-1] + gap_h + each / 12 for each in range(13)]
        polls = [
            replace(reading, run_hours=int(hours * 10) / 10)
            for reading, hours in zip(polls, runs_h, strict=True)
        ]
    monitor = run(new(), metered(0, 43_300), polls)
    sums = monitor.snapshot(at(43_300)).summaries[Period.ALL].sums
    assert sums.run_s == pytest.approx(run_h * 3600, abs=400)


@pytest.mark.parametrize(
    ("morning", "hours"),
    [
        (datetime(2026, 1, 15, tzinfo=BERLIN), 24),
        (datetime(2026, 7, 15, tzinfo=BERLIN), 24),
        (datetime(2026, 3, 29, tzinfo=BERLIN), 23),
        (datetime(2026, 10, 25, tzinfo=BERLIN), 25),
    ],
)
def test_d1_d13_a_day_is_the_households_day(morning: datetime, hours: int) -> None:
    """D1, D13: the day changes at local midnight and has 23, 24 or 25 hours."""
    start = morning.astimezone(UTC) - timedelta(hours=2)
    end_s = (hours + 4) * 3600
    monitor = run(new(), metered(0, end_s, start=start), polled(0, end_s - 300, start))
    day = monitor.ledger.days[morning.date()]
    assert day.electricity_wh == pytest.approx(POWER_W * hours, rel=1e-6)
    assert day.paired_s == pytest.approx(hours * 3600)
    assert day.heat_wh == pytest.approx(HEAT_W * hours, rel=3e-3)


def test_d1_today_changes_at_local_midnight() -> None:
    """D1: at 23:30 UTC in winter it is already tomorrow in Berlin."""
    start = datetime(2026, 1, 15, 20, 0, tzinfo=UTC)
    readings = (metered(0, 12_700, start=start), polled(0, 12_600, start))
    monitor = run(new(), *readings)
    summary = monitor.snapshot(at(12_700, start)).summaries[Period.TODAY]
    assert summary.start == datetime(2026, 1, 15, 23, 0, tzinfo=UTC)
    assert summary.sums.electricity_wh == pytest.approx(POWER_W * 0.52, rel=2e-2)


def test_d2_restart_across_midnight() -> None:
    """D2: what was counted before midnight stays in yesterday."""
    start = datetime(2026, 1, 15, 20, 0, tzinfo=UTC)
    off_s, on_s = 10_200, 12_000
    before = run(new(), metered(0, off_s, start=start), polled(300, off_s - 300, start))
    back = restarted(before)
    assert back.snapshot(at(on_s, start)).summaries[Period.TODAY].sums == Bucket()
    after = run(
        back,
        metered(on_s, 18_100, start=start),
        polled(on_s, 18_000, start),
    )
    yesterday, today = (
        after.ledger.days[date(2026, 1, 15)],
        after.ledger.days[date(2026, 1, 16)],
    )
    assert yesterday.electricity_wh == pytest.approx(POWER_W * 3, rel=5e-3)
    assert today.electricity_wh == pytest.approx(POWER_W * 7300 / 3600, rel=5e-3)
    assert after.state.books.heat_total_wh == pytest.approx(
        HEAT_W * (off_s - 600 + 6000) / 3600, rel=5e-3
    )


def restarted(monitor: PerformanceMonitor) -> PerformanceMonitor:
    """Return the monitor as it comes back from its dump."""
    state = load(MonitorState, dump(monitor.state))
    assert state == monitor.state
    ledger = replace(
        monitor.ledger,
        days=load(dict[date, Bucket], dump(monitor.ledger.days, dict[date, Bucket])),
        hours=load(
            dict[datetime, Bucket], dump(monitor.ledger.hours, dict[datetime, Bucket])
        ),
    )
    assert ledger == monitor.ledger
    again = PerformanceMonitor(monitor.plant, monitor.policy, ledger, state)
    again.tariff = monitor.tariff
    return again


@given(cuts=st.sets(st.integers(0, 719), max_size=4), seed=st.integers(0, 3))
@settings(max_examples=25)
def test_restarts_and_repeats_change_no_total(cuts: set[int], seed: int) -> None:
    """A restart loses nothing but a running interval; a backlog again adds nothing."""
    meters, polls = metered(0, 7200), polled(60 + 300 * seed, 6900)
    whole = run(new(), meters, polls)
    broken = new()
    for place, reading in enumerate(meters):
        due = [
            poll for poll in polls if meters[place - 1].time < poll.time <= reading.time
        ]
        run(broken, due, [reading], due, [reading])
        if place in cuts:
            broken = restarted(broken)
            run(broken, meters[: place // 2])
    assert broken.ledger.days == whole.ledger.days
    assert broken.state.books.heat_total_wh == whole.state.books.heat_total_wh


def test_jaz_is_a_year_from_330_days_on() -> None:
    """A ratio of fewer paired days is one of N days."""
    monitor = new()
    monitor.ledger.since = START - timedelta(days=400)
    for place in range(329):
        day = START.date() - timedelta(days=place + 1)
        monitor.ledger.book(
            monitor.ledger.calendar.midnight(day),
            Bucket(paired_electricity_wh=10_000, heat_wh=40_000, paired_s=86_400),
        )
    summary = monitor.snapshot(START).summaries[Period.ROLLING_YEAR]
    assert summary.paired_days == 329
    assert not summary.is_full_year
    day = START.date() - timedelta(days=330)
    monitor.ledger.book(monitor.ledger.calendar.midnight(day), Bucket(paired_s=86_400))
    assert monitor.snapshot(START).summaries[Period.ROLLING_YEAR].is_full_year


def test_rolling_year_leaves_out_what_is_older() -> None:
    """The rolling year has 365 days, this year and this month begin by the calendar."""
    monitor = new()
    monitor.ledger.since = START - timedelta(days=800)
    for place in range(800):
        day = START.date() - timedelta(days=place)
        monitor.ledger.days[day] = Bucket(heat_wh=1.0)
    snapshot = monitor.snapshot(START)
    assert snapshot.summaries[Period.ROLLING_YEAR].sums.heat_wh == 365
    assert snapshot.summaries[Period.YEAR].sums.heat_wh == 15
    assert snapshot.summaries[Period.MONTH].sums.heat_wh == 15
    assert snapshot.summaries[Period.TODAY].sums.heat_wh == 1


def test_hours_of_years_ago_are_forgotten() -> None:
    """Hours are kept for more than a year, days for ever."""
    monitor = new()
    for day in range(500):
        moment = START + timedelta(days=day)
        monitor.ledger.book(moment, Bucket(electricity_wh=1))
    assert len(monitor.ledger.days) == 500
    assert min(monitor.ledger.hours) == START + timedelta(days=99)


@pytest.mark.parametrize("metered_backup_heater", [True, False])
def test_a_backup_heater_counts_on_both_sides_or_on_neither(
    metered_backup_heater: bool,
) -> None:
    """D6: heat of a backup heater whose electricity is not metered would make a false JAZ."""
    parts = set(Part) if metered_backup_heater else set(Part) - {Part.BACKUP_HEATER}
    plant = Plant(heat_method=HeatMethod.FLOW, metered=frozenset(parts))
    backup_heater_wh = iter(range(0, 10_000, 100))
    polls = [
        replace(
            reading,
            backup_heater_electricity=UnitEnergy(
                hot_water_wh=float(next(backup_heater_wh))
            ),
        )
        for reading in polled(60, 7260)
    ]
    plain = run(new(), metered(0, 7300), polled(60, 7260)).snapshot(at(7300))
    summary = run(new(plant), metered(0, 7300), polls).snapshot(at(7300))
    today, without = summary.summaries[Period.TODAY], plain.summaries[Period.TODAY]
    drawn_wh = 100 * (len(polls) - 2)
    if metered_backup_heater:
        assert today.cop == without.cop
        assert today.cop_without_backup_heater == pytest.approx(
            (without.sums.heat_wh - drawn_wh)
            / (without.sums.paired_electricity_wh - drawn_wh),
            rel=0.03,
        )
    else:
        assert today.sums.heat_wh == pytest.approx(
            without.sums.heat_wh - drawn_wh, rel=0.03
        )
        assert today.cop_without_backup_heater is None


def test_a_new_day_begins_at_midnight() -> None:
    """D1: also while the interval that crosses it is still open."""
    midnight = datetime(2026, 1, 15, 23, 0, tzinfo=UTC)
    start = midnight - timedelta(hours=2)
    monitor = run(new(), metered(0, 7300, start=start), polled(60, 7060, start=start))
    late = monitor.snapshot(midnight - timedelta(seconds=1)).summaries
    early = monitor.snapshot(midnight + timedelta(seconds=1)).summaries
    assert early[Period.YESTERDAY] == replace(
        late[Period.TODAY], end=early[Period.YESTERDAY].end
    )
    assert early[Period.TODAY].cop is None
    assert early[Period.TODAY].coverage is None


def away(*polls: HeatPumpReading, power_w: float = POWER_W) -> PerformanceMonitor:
    """Return a monitor whose meter was away for three hours, with these polls."""
    readings = metered(0, 3600, power_w), metered(14_400, 18_100, power_w)
    return run(new(Plant()), *readings, polls)


def test_a_gap_has_no_mode() -> None:
    """What was done throughout a gap, its two ends do not tell; its heat is known."""
    polls = [
        heating(s, heat=UnitEnergy(heating_wh=(1e6 + HEAT_W * s / 3600) // 100 * 100))
        for s in range(60, 18_061, 300)
        if not 3660 < s < 14_460
    ]
    day = away(*polls).ledger.days[START.date()]
    assert day.modes[Mode.HEATING].seconds == pytest.approx(2 * 3600)
    assert day.paired_s == pytest.approx(5 * 3600)
    assert day.heat_wh == pytest.approx(HEAT_W * 5, abs=200)


@pytest.mark.parametrize(
    ("later", "priced_h"), [(Tariff(0.30), 5), (Tariff(0.20), 2), (Tariff(), 1)]
)
def test_a_gap_costs_what_is_known(later: Tariff, priced_h: int) -> None:
    """A gap has a price if it is the same at both its ends."""
    monitor = new(Plant())
    monitor.tariff = Tariff(0.30)
    run(monitor, metered(0, 3600))
    monitor.tariff = later
    run(monitor, metered(14_400, 18_000))
    day = monitor.ledger.days[START.date()]
    assert day.electricity_wh == pytest.approx(5 * POWER_W, rel=1e-2)
    assert day.priced_wh == pytest.approx(priced_h * POWER_W, rel=2e-2)


def test_a_gap_waits_for_the_memory() -> None:
    """How much is to be recovered is told, until the memory was asked."""
    monitor = away(*polled(60, 18_060))
    assert monitor.snapshot(at(18_100)).unresolved == timedelta(hours=3)
    (gap,) = monitor.gaps
    monitor.redistribute(gap, [])
    assert monitor.snapshot(at(18_100)).unresolved == timedelta()
    # As when the gap was discarded, with a wrong clock, while the memory was read.
    assert monitor.redistribute(gap, []) == Update()


def test_a_pause_of_minutes_is_no_gap() -> None:
    """What is shorter than a quarter-hour is straight enough."""
    monitor = run(new(), metered(0, 600), metered(1500, 1600))
    assert not monitor.gaps


def test_methods_are_compared_for_heat_alone() -> None:
    """Every other method is held against the chosen one, but not for cold."""
    warm = polled(60, 3660)
    cold = [
        replace(heating(seconds, delta_t_k=-3.0), operation_state="cooling")
        for seconds in range(3960, 7261, 300)
    ]
    summary = run(new(), metered(0, 7300), warm, cold).snapshot(at(7300))
    compared = summary.summaries[Period.TODAY].sums.compared
    assert compared.keys() == {HeatMethod.MODULATION}
    assert compared[HeatMethod.MODULATION].heat_wh == pytest.approx(5000, rel=1e-2)
    assert compared[HeatMethod.MODULATION].chosen_wh == pytest.approx(HEAT_W, rel=1e-2)


def test_another_method_makes_no_jump() -> None:
    """What was counted stays; from then on the other method tells the heat."""
    monitor = run(new(), metered(0, 3700), polled(60, 3660))
    before_wh = monitor.state.books.heat_total_wh
    assert before_wh is not None
    monitor.plant = Plant(heat_method=HeatMethod.MODULATION)
    run(monitor, metered(3700, 7300), polled(3960, 7260))
    sums = monitor.snapshot(at(7300)).summaries[Period.TODAY].sums
    assert sums.methods_wh[HeatMethod.FLOW] == pytest.approx(before_wh)
    assert sums.methods_wh[HeatMethod.MODULATION] == pytest.approx(5000, rel=0.01)
    assert monitor.state.books.heat_total_wh == pytest.approx(
        sum(sums.methods_wh.values())
    )
    # Both were computed all the time.
    flow, modulation = (
        sums.compared[method].heat_wh
        for method in (HeatMethod.FLOW, HeatMethod.MODULATION)
    )
    assert flow == pytest.approx(before_wh, rel=0.01)
    assert modulation == pytest.approx(5000, rel=0.01)
