"""What real units and clouds do: stale, late and contradictory data is no number."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import exp
from random import Random
from statistics import mean
from typing import Any

import pytest

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.performance.clocks.join import Join
from custom_components.heatpump_monitor.performance.flags import FlagKind
from custom_components.heatpump_monitor.performance.heat.capacity import STARTUP_S
from custom_components.heatpump_monitor.performance.heat.water import heat_w
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.output import Snapshot
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.performance.policy import Policy
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket
from custom_components.heatpump_monitor.performance.totals.periods import Period
from custom_components.heatpump_monitor.readings import (
    HeatPumpReading,
    MeterReading,
    Mode,
    PhaseReading,
    UnitEnergy,
)

from .builders import START, at, heating, meter, resting
from .test_monitor import BERLIN

DELAY = timedelta(minutes=10)
METER_S = 60
POLL_S = 300
STEP_S = 20
LATE_S = 300
"""The longest delay of a late cloud."""
WATER_S = 60.0
"""How fast the temperatures of the water follow the compressor."""
HOUR_S = 3600
DAY_S = 86_400
HISTORY_S = 3 * HOUR_S
REST_W = 10.0
RUN_W = 2000.0

type Course = Callable[[float], float]
type Poll = Callable[[float], HeatPumpReading]


def follow(
    power_w: Course, poll: Poll, end_s: float, plant: Plant | None = None
) -> PerformanceMonitor:
    """Return a monitor that has read a meter and a heat pump until an end.

    Args:
        power_w: The power of the meter; each value lasts until the next reading.
        poll: What the heat pump answers.
        end_s: When the last reading is taken, in seconds from the start.
        plant: What the owner told.
    """
    return next(follow_on(power_w, poll, [end_s], plant))


def follow_on(
    power_w: Course, poll: Poll, ends_s: Sequence[float], plant: Plant | None = None
) -> Iterator[PerformanceMonitor]:
    """Yield the same monitor, as follow makes it, at each of several ends."""
    monitor = PerformanceMonitor.start(
        plant or Plant(), BERLIN, Policy(closing_delay=DELAY)
    )
    energy_wh, start_s = 70_000.0, 0
    for end_s in ends_s:
        for second in range(start_s, int(end_s) + 1, METER_S):
            monitor.add_meter(meter(second, energy_wh, power_w(second)))
            energy_wh += power_w(second) * METER_S / 3600
            if second % POLL_S == 0:
                monitor.add_heat_pump(poll(second))
            start_s = second + METER_S
        yield monitor


def booked(monitor: PerformanceMonitor) -> Bucket:
    """Return what the ledger holds of all days."""
    total = Bucket()
    for day in monitor.ledger.days.values():
        total.add(day)
    return total


def kinds(monitor: PerformanceMonitor) -> set[FlagKind]:
    """Return what was flagged."""
    return {flag.kind for flag in monitor.flags}


def seen(monitor: PerformanceMonitor, end_s: float) -> Snapshot:
    """Return what is known at the end."""
    return monitor.snapshot(at(end_s))


def runs_for(length_s: float, every_s: float, offset_s: float) -> Course:
    """Return how long the compressor has been running at a moment; 0 at rest."""

    def since_start(second: float) -> float:
        elapsed_s = (second - offset_s) % every_s
        return elapsed_s + 1 if elapsed_s < length_s else 0.0

    return since_start


def smoothed(target: Course, end_s: float) -> Course:
    """Return a temperature that follows its target as one of water does, in 0.1 K."""
    value, values = target(0), list[float]()
    for second in range(0, int(end_s) + STEP_S, STEP_S):
        value += (target(second) - value) * (1 - exp(-STEP_S / WATER_S))
        values.append(round(value, 1))
    return lambda second: values[max(int(second // STEP_S), 0)]


@dataclass(frozen=True, slots=True)
class LateCloud:
    """A cloud that shows each change of a value some time after it was measured."""

    load_profiles: Mapping[str, Callable[[float], Any]]
    delay_s: float = 0.0
    """The longest; each value has its own, drawn anew every so often."""
    _changes: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    _looked_at: dict[str, float] = field(default_factory=dict)

    def poll(self, second: float) -> HeatPumpReading:
        """Return the answer at a moment."""
        stamps = {name: self._newest(name, second) for name in self.load_profiles}
        values = {
            name: load_profile(stamps[name])
            for name, load_profile in self.load_profiles.items()
        }
        return HeatPumpReading(
            time=at(second),
            measured_at=at(max(stamps.values())),
            stamps={name: at(stamp) for name, stamp in stamps.items()},
            **values,
        )

    def _newest(self, name: str, now: float) -> float:
        """Return the time of the newest change that has arrived."""
        for stamp, arrives_s in reversed(self._changes_until(name, now)):
            if stamp <= now - HISTORY_S:
                break
            if stamp <= now and arrives_s <= now:
                return stamp
        return now - now % STEP_S - HISTORY_S

    def _changes_until(self, name: str, now: float) -> list[tuple[float, float]]:
        """Return when a value changed at least until now, and when each arrives."""
        load_profile = self.load_profiles[name]
        changes = self._changes.setdefault(name, [])
        stamp = self._looked_at.get(name, -HISTORY_S)
        while stamp + STEP_S <= now:
            stamp += STEP_S
            if load_profile(stamp) != load_profile(stamp - STEP_S):
                changes.append((stamp, stamp + self._delay_s(name, stamp)))
        self._looked_at[name] = stamp
        return changes

    def _delay_s(self, name: str, stamp: float) -> float:
        if not self.delay_s:
            return 0.0
        return Random(f"{name} {stamp // self.delay_s}").uniform(0, self.delay_s)


def test_answer_two_months_old_beside_a_quiet_meter() -> None:
    """An answer of the same old values is no heat, whatever it says of the unit."""
    old = at(-61 * DAY_S)
    stamps = {"compressor_on": old, "supply_c": old, "flow_lph": old}

    def poll(second: float) -> HeatPumpReading:
        return replace(heating(second), measured_at=old, stamps=stamps)

    end_s = 6 * HOUR_S
    monitor = follow(lambda _: 5.0, poll, end_s)
    snapshot = seen(monitor, end_s)
    summary = snapshot.summaries[Period.ALL]
    assert booked(monitor).paired_s == booked(monitor).heat_wh == 0
    assert (summary.cop, summary.coverage) == (None, 0.0)
    assert kinds(monitor) == {FlagKind.STALE}
    assert snapshot.stale_since == snapshot.measured_at == old
    assert (snapshot.cop, snapshot.thermal_power_w, snapshot.mode) == (None, None, None)


def test_stuck_answer_in_a_day_of_runs() -> None:
    """A cloud stuck for 12 hours leaves a gap, and neither heat nor electricity."""
    since_start = runs_for(1800, HOUR_S, 600)
    load_profiles: dict[str, Callable[[float], Any]] = {
        "compressor_on": lambda t: since_start(t) > 0,
        "supply_c": lambda t: 35.0 if since_start(t) else 30.5,
        "return_c": lambda t: 30.0,
        "flow_lph": lambda t: 1000.0,
        "outside_c": lambda t: 3.0 + t // 900 % 5,
    }
    cloud = LateCloud(load_profiles)
    stuck_s = range(8 * HOUR_S + 900, 20 * HOUR_S)

    def poll(second: float) -> HeatPumpReading:
        answered_s = min(second, stuck_s[0]) if second in stuck_s else second
        return replace(cloud.poll(answered_s), time=at(second))

    end_s = 30 * HOUR_S
    monitor = follow(lambda t: RUN_W if since_start(t) else REST_W, poll, end_s)
    true_cop = heat_w(1000, 35, 30) / (RUN_W + REST_W)
    sums = booked(monitor)
    assert sums.heat_wh / sums.paired_electricity_wh == pytest.approx(
        true_cop, rel=0.06
    )
    assert 17 * HOUR_S < sums.paired_s < 18.5 * HOUR_S
    assert kinds(monitor) == {FlagKind.STALE}
    assert seen(monitor, end_s).stale_since is None


def test_compressor_on_for_two_days_at_15_w() -> None:
    """A unit that claims to run while the meter sees nothing is not believed."""

    def poll(second: float) -> HeatPumpReading:
        return replace(
            heating(second),
            measured_at=at(second),
            stamps={"supply_c": at(second), "compressor_on": at(0)},
        )

    end_s = 48 * HOUR_S
    monitor = follow(lambda _: 15.0, poll, end_s)
    assert booked(monitor).paired_s == booked(monitor).heat_wh == 0
    assert kinds(monitor) == {FlagKind.CONTRADICTION}
    snapshot = seen(monitor, end_s)
    assert snapshot.contradiction_since == at(0)
    assert (snapshot.cop, snapshot.summaries[Period.ALL].cop) == (None, None)


def test_compressor_that_never_rests() -> None:
    """Two levels of one long run are no rest and no run."""

    def power_w(second: float) -> float:
        return 1000.0 if second % (4 * HOUR_S) < 2 * HOUR_S else 400.0

    def poll(second: float) -> HeatPumpReading:
        delta_t_k = power_w(second) / 250.0
        return replace(heating(second, delta_t_k), measured_at=at(second))

    end_s = 24 * HOUR_S
    monitor = follow(power_w, poll, end_s, Plant(heat_method=HeatMethod.FLOW))
    assert not kinds(monitor)
    assert monitor.join.runs.threshold.threshold_w is None
    assert booked(monitor).paired_s > 23 * HOUR_S


def test_frozen_heat_counters_are_flagged_once() -> None:
    """Counters that stand still while heat is made are a finding."""

    def poll(second: float) -> HeatPumpReading:
        counters = UnitEnergy(heating_wh=1_000_000.0)
        return replace(heating(second), measured_at=at(second), heat=counters)

    monitor = follow(lambda _: RUN_W, poll, 6 * HOUR_S)
    assert [flag.kind for flag in monitor.flags] == [FlagKind.HEAT_COUNTER_FROZEN]
    assert seen(monitor, 6 * HOUR_S).heat_counters_frozen_since == at(METER_S)


@pytest.mark.parametrize(
    ("later_wh", "kind"),
    [(500.0, FlagKind.HEAT_COUNTER_RESET), (1.1e6, FlagKind.HEAT_COUNTER_JUMP)],
)
def test_heat_counters_that_are_not_those_of_before(
    later_wh: float, kind: FlagKind
) -> None:
    """A counter that starts again in the year, or jumps, is no heat but a finding."""

    def poll(second: float) -> HeatPumpReading:
        base_wh = 1e6 if second < 3 * HOUR_S else later_wh
        made_wh = heat_w(1000, 35, 30) * second / 3600
        counters = UnitEnergy(heating_wh=base_wh + made_wh // 100 * 100)
        return replace(heating(second), measured_at=at(second), heat=counters)

    monitor = follow(lambda _: RUN_W, poll, 6 * HOUR_S)
    assert [flag.kind for flag in monitor.flags] == [kind]
    true_cop = heat_w(1000, 35, 30) / RUN_W
    sums = booked(monitor)
    assert sums.heat_wh / sums.paired_electricity_wh == pytest.approx(
        true_cop, rel=0.02
    )


def test_heat_counter_that_is_missing_for_a_while_has_not_jumped() -> None:
    """Where one of the two values is missing, the other one moves as it did before."""

    def poll(second: float) -> HeatPumpReading:
        made_wh = heat_w(1000, 35, 30) * second / 3600
        counters = UnitEnergy(
            heating_wh=1e6 + made_wh // 100 * 100,
            hot_water_wh=None if 3 * HOUR_S <= second < 4 * HOUR_S else 5000.0,
        )
        return replace(heating(second), measured_at=at(second), heat=counters)

    assert not follow(lambda _: RUN_W, poll, 6 * HOUR_S).flags


def test_draws_while_the_unit_says_it_rests() -> None:
    """The reverse: a compressor that the meter knows, and the unit denies."""
    since_start = runs_for(1800, HOUR_S, 600)
    denied_s = 12 * HOUR_S

    def poll(second: float) -> HeatPumpReading:
        runs = second < denied_s and since_start(second) > 0
        reading = replace(heating(second), measured_at=at(second))
        return reading if runs else replace(reading, compressor_on=False)

    def power_w(second: float) -> float:
        return RUN_W if second >= denied_s or since_start(second) else REST_W

    plant = Plant(metered=frozenset())
    monitor = follow(power_w, poll, 24 * HOUR_S, plant)
    assert kinds(monitor) == {FlagKind.CONTRADICTION}
    assert booked(monitor).paired_s < denied_s + HOUR_S


def test_cold_is_not_in_the_cop() -> None:
    """Five days with an hour of hot water and six of cooling, counters and flow."""
    water_w = 5360.0

    def doing(second: float) -> Mode:
        hour = second % DAY_S / 3600
        if 2 <= hour < 3:
            return Mode.HOT_WATER
        return Mode.COOLING if 6 <= hour < 12 else Mode.STANDBY

    def power_w(second: float) -> float:
        powers = {Mode.HOT_WATER: RUN_W, Mode.COOLING: 1000.0}
        return powers.get(doing(second), REST_W)

    def made_wh(second: float) -> float:
        days, rest_s = divmod(second, DAY_S)
        charged_s = days * HOUR_S + min(max(rest_s - 2 * HOUR_S, 0), HOUR_S)
        return water_w * charged_s / 3600

    delta_t_k = water_w / heat_w(1000, 31, 30)

    def poll(second: float) -> HeatPumpReading:
        mode = doing(second)
        delta_ts_k = {Mode.HOT_WATER: delta_t_k, Mode.COOLING: -4.0}
        return HeatPumpReading(
            time=at(second),
            measured_at=at(second),
            compressor_on=mode is not Mode.STANDBY,
            operation_state="cooling" if mode is Mode.COOLING else "standby",
            hot_water_charging=mode is Mode.HOT_WATER,
            flow_lph=1000.0,
            supply_c=30.0 + delta_ts_k.get(mode, 0.0),
            return_c=30.0,
            heat=UnitEnergy(heating_wh=0.0, hot_water_wh=made_wh(second) // 100 * 100),
        )

    monitor = follow(power_w, poll, 5 * DAY_S)
    true_cop = water_w / (RUN_W + 17 * REST_W)
    sums = booked(monitor)
    assert sums.heat_wh / sums.paired_electricity_wh == pytest.approx(
        true_cop, rel=0.03
    )
    cooled = sums.modes[Mode.COOLING]
    assert cooled.seconds == pytest.approx(5 * 6 * HOUR_S, rel=0.01)
    assert cooled.heat_wh < 0


@pytest.mark.parametrize("late_s", [1800, 3600])
def test_late_counters_as_the_only_method(late_s: int) -> None:
    """Counters that move every 30 or 60 min give the COP that was true."""
    true_cop = 3.98
    since_start = runs_for(2400, HOUR_S, 600)

    def made_wh(second: float) -> float:
        hours, rest_s = divmod(max(second - 600, 0.0), HOUR_S)
        run_s = hours * 2400 + min(rest_s, 2400)
        return true_cop * RUN_W * run_s / 3600

    def poll(second: float) -> HeatPumpReading:
        counted_wh = made_wh(second - second % late_s) // 100 * 100
        return HeatPumpReading(
            time=at(second),
            measured_at=at(second),
            compressor_on=since_start(second) > 0,
            supply_c=35.0,
            outside_c=2.0,
            heat=UnitEnergy(heating_wh=1000 + counted_wh),
        )

    end_s = 24 * HOUR_S
    monitor = follow(lambda t: RUN_W if since_start(t) else 0.0, poll, end_s)
    sums = booked(monitor)
    assert sums.paired_s > 0.9 * end_s
    assert sums.heat_wh / sums.paired_electricity_wh == pytest.approx(
        true_cop, rel=0.03
    )
    # A step of the counter is none of the COP at the moment, and breaks no law.
    assert seen(monitor, end_s).cop is None
    assert monitor.interval is not None
    assert monitor.interval.cop is None
    assert not monitor.flags


def test_runs_of_which_the_meter_misses_a_part() -> None:
    """A gap of ten minutes in a long run does not make a backup heater of it."""
    long_s, every_s = 6 * HOUR_S, 8 * HOUR_S
    since_start = runs_for(long_s, every_s, HOUR_S)
    missed_s = range(3 * HOUR_S, 3 * HOUR_S + 600)
    plant = Plant(heat_method=HeatMethod.MODULATION, rated_heat_w=8000.0)
    monitor = PerformanceMonitor.start(plant, BERLIN, Policy(closing_delay=DELAY))
    energy_wh = 70_000.0
    for second in range(0, DAY_S, METER_S):
        runs = since_start(second) > 0
        power_w = RUN_W if runs else REST_W
        if second % every_s not in missed_s:
            monitor.add_meter(meter(second, energy_wh, power_w))
        energy_wh += power_w * METER_S / 3600
        if second % POLL_S == 0:
            began_s = HOUR_S + (second - HOUR_S) // every_s * every_s
            changed_s = began_s + (0 if runs else long_s)
            reading = replace(
                heating(second) if runs else resting(second),
                modulation_pct=70.0 if runs else 0.0,
                stamps={"compressor_on": at(changed_s)},
            )
            monitor.add_heat_pump(replace(reading, measured_at=at(second)))
    sums = booked(monitor)
    true_cop = 8000 * 0.7 / RUN_W
    assert sums.heat_wh / sums.paired_electricity_wh == pytest.approx(
        true_cop, rel=0.04
    )
    assert not monitor.flags


def test_draws_at_rest_before_a_run_was_ever_seen() -> None:
    """Two kilowatts beside a compressor that is off are contradicted, and not paired."""
    plant = Plant(metered=frozenset())
    monitor = follow(lambda _: RUN_W, resting, 6 * HOUR_S, plant)
    assert booked(monitor).paired_s == 0
    assert kinds(monitor) == {FlagKind.CONTRADICTION}


@pytest.mark.parametrize("cycles", [True, False], ids=["in runs", "without a pause"])
def test_heat_of_a_burner_is_kept_out(*, cycles: bool) -> None:
    """1000 l/h and 23 K are not the heat pump's while the burner fires."""
    since_start = runs_for(1800, HOUR_S, 600) if cycles else lambda _: 1.0

    def poll(second: float) -> HeatPumpReading:
        runs = since_start(second) > 0
        return replace(
            heating(second, delta_t_k=23.0 if runs else 0.0),
            measured_at=at(second),
            compressor_on=runs,
            burner_on=runs,
            modulation_pct=None,
        )

    end_s = 12 * HOUR_S
    monitor = follow(lambda t: RUN_W if since_start(t) else REST_W, poll, end_s)
    assert booked(monitor).heat_wh == 0
    snapshot = seen(monitor, end_s)
    assert snapshot.summaries[Period.TODAY].cop is None
    assert snapshot.thermal_power_w in {None, 0.0}


def test_heat_pump_of_a_hybrid_at_the_end_of_whose_runs_a_burner_fires() -> None:
    """Values that arrive late, while the burner fires, are not missed elsewhere."""
    end_s = 2 * DAY_S
    since_start = runs_for(1500, 2940, 600)

    def burns(second: float) -> bool:
        return since_start(second) > 900

    load_profiles: dict[str, Callable[[float], Any]] = {
        "compressor_on": lambda t: since_start(t) > 0,
        "burner_on": burns,
        "flow_lph": lambda t: 1000.0 if since_start(t) else 0.0,
        "supply_c": smoothed(
            lambda t: 50.0 if burns(t) else 35.0 if since_start(t) else 27.0, end_s
        ),
        "return_c": smoothed(lambda t: 30.0 if since_start(t) else 27.0, end_s),
        "outside_c": lambda t: 3.0 + t // 900 % 5,
    }
    monitor = follow(
        lambda t: RUN_W if since_start(t) else REST_W,
        LateCloud(load_profiles, LATE_S).poll,
        end_s,
        Plant(heat_method=HeatMethod.FLOW),
    )
    sums = booked(monitor)
    carried_w = heat_w(1000, 35, 30) * (900 - WATER_S) / 900
    hours = sums.paired_electricity_wh / RUN_W
    assert 0.3 * end_s < sums.paired_s < 0.9 * end_s
    assert sums.heat_wh == pytest.approx(carried_w * hours, rel=0.06)


@pytest.mark.parametrize("length_s", [600, 1500])
def test_heat_up_at_two_ages(length_s: int) -> None:
    """Supply and return of different ages, up to 5 min, do not bias short runs."""
    end_s = DAY_S
    since_start = runs_for(length_s, 2940, 600)
    load_profiles: dict[str, Callable[[float], Any]] = {
        "compressor_on": lambda t: since_start(t) > 0,
        "flow_lph": lambda t: 1000.0 if since_start(t) else 0.0,
        "supply_c": smoothed(lambda t: 35.0 if since_start(t) else 27.0, end_s),
        "return_c": smoothed(lambda t: 30.0 if since_start(t) else 27.0, end_s),
        "outside_c": lambda t: 3.0 + t // 900 % 5,
    }
    cloud = LateCloud(load_profiles, LATE_S)
    monitor = follow(
        lambda t: RUN_W if since_start(t) else REST_W,
        cloud.poll,
        end_s,
        Plant(heat_method=HeatMethod.FLOW),
    )
    true_wh = sum(
        heat_w(
            *(load_profiles[name](t) for name in ("flow_lph", "supply_c", "return_c"))
        )
        * STEP_S
        / 3600
        for t in range(0, end_s, STEP_S)
    )
    sums = booked(monitor)
    assert sums.paired_s > 0.95 * end_s
    assert sums.heat_wh == pytest.approx(true_wh * sums.paired_s / end_s, rel=0.05)
    assert not monitor.flags


def test_defrosts_between_two_readings() -> None:
    """A defrost of four minutes is not heating, seen by a reading or not."""
    end_s, defrost_w = 2 * DAY_S, 800.0
    since_start = runs_for(1800, 3420, 600)

    def defrosts(second: float) -> bool:
        return 900 < since_start(second) <= 1140

    def delta_t_k(second: float) -> float:
        return -4.0 if defrosts(second) else 5.0 if since_start(second) else 0.0

    load_profiles: dict[str, Callable[[float], Any]] = {
        "compressor_on": lambda t: since_start(t) > 0,
        "defrosting": defrosts,
        "flow_lph": lambda t: 1000.0 if since_start(t) else 0.0,
        "supply_c": smoothed(lambda t: 30.0 + delta_t_k(t), end_s),
        "return_c": lambda t: 30.0,
        "outside_c": lambda t: 1.0 + t // 900 % 5,
    }

    def power_w(second: float) -> float:
        return defrost_w if defrosts(second) else RUN_W if since_start(second) else 10

    monitor = follow(
        power_w,
        LateCloud(load_profiles, LATE_S).poll,
        end_s,
        Plant(heat_method=HeatMethod.FLOW),
    )
    modes, runs = booked(monitor).modes, end_s / 3420
    defrost, heats = modes[Mode.DEFROST], modes[Mode.HEATING]
    # The meter is read once a minute here, and so knows an edge to half a minute.
    true_wh = runs * defrost_w * 240 / 3600
    assert defrost.electricity_wh == pytest.approx(true_wh, rel=0.25)
    assert heats.electricity_wh == pytest.approx(runs * RUN_W * 1560 / 3600, rel=0.02)
    wh = {False: 0.0, True: 0.0}
    for second in range(0, end_s, STEP_S):
        # The temperature follows half a minute later.
        carried = (
            load_profiles[name](second) for name in ("flow_lph", "supply_c", "return_c")
        )
        wh[defrosts(second - 30)] += heat_w(*carried) * STEP_S / 3600
    assert heats.heat_wh == pytest.approx(wh[False], rel=0.06)
    assert defrost.heat_wh == pytest.approx(wh[True], rel=0.2)
    assert booked(monitor).defrosts == pytest.approx(runs, abs=3)


@pytest.mark.parametrize("length_s", [600, 1500])
def test_modulation_of_another_age(length_s: int) -> None:
    """Modulation that is minutes late does not bias short runs."""
    since_start = runs_for(length_s, 2940, 600)
    load_profiles: dict[str, Callable[[float], Any]] = {
        "compressor_on": lambda t: since_start(t) > 0,
        "modulation_pct": lambda t: 50.0 if since_start(t) else 0.0,
        "rated_heat_w": lambda _: 10_000.0,
        "outside_c": lambda t: 3.0 + t // 900 % 5,
    }
    cloud = LateCloud(load_profiles, LATE_S)
    monitor = follow(lambda t: RUN_W if since_start(t) else REST_W, cloud.poll, DAY_S)
    run_s = length_s - STARTUP_S
    true_cop = 5000 * run_s / (RUN_W * length_s + REST_W * (2940 - length_s))
    sums = booked(monitor)
    assert sums.paired_s > 0.95 * DAY_S
    assert sums.heat_wh / sums.paired_electricity_wh == pytest.approx(
        true_cop, rel=0.03
    )


def test_modulation_of_0_beside_running() -> None:
    """A modulation of 0 at the start of each run is of another age, no rest."""
    since_start = runs_for(1500, HOUR_S, 600)

    def poll(second: float) -> HeatPumpReading:
        run_s = since_start(second)
        return HeatPumpReading(
            time=at(second),
            measured_at=at(second),
            compressor_on=run_s > 0,
            # Shown five minutes late, at the start and at the stop.
            modulation_pct=50.0 if since_start(second - 300) else 0.0,
            rated_heat_w=10_000.0,
        )

    end_s = 12 * HOUR_S
    monitor = follow(lambda t: RUN_W if since_start(t) else REST_W, poll, end_s)
    sums = booked(monitor)
    # 50 % of 10 kW, less what the start-up costs.
    true_cop = 5000 * 1475 / (RUN_W * 1500 + REST_W * 2100)
    assert sums.heat_wh / sums.paired_electricity_wh == pytest.approx(
        true_cop, rel=0.03
    )
    assert monitor.ledger.days
    assert not monitor.flags


def counting_cloud(since_start: Course, **others: Callable[[float], Any]) -> LateCloud:
    """Return a cloud of half-hour runs, each hour, that are known by modulation."""
    load_profiles: dict[str, Callable[[float], Any]] = {
        "compressor_on": lambda t: since_start(t) > 0,
        "modulation_pct": lambda t: 50.0 if since_start(t) else 0.0,
        "rated_heat_w": lambda _: 10_000.0,
        "outside_c": lambda t: 3.0 + t // 900 % 5,
        "starts": lambda t: (t - 600) // HOUR_S + 50,
        "run_hours": lambda t: int(ran_s(t) / 360) / 10 + 100,
    }
    return LateCloud(load_profiles | others, LATE_S)


def ran_s(second: float) -> float:
    """Return how long a compressor that runs for half of each hour has run."""
    hours, rest_s = divmod(second - 600, HOUR_S)
    return hours * 1800 + min(rest_s, 1800)


def test_second_load_outlasts_the_runs() -> None:
    """Its time is no run time once the unit has counted two days, until it is gone."""
    since_start = runs_for(1800, HOUR_S, 600)
    gone_s = 6 * DAY_S

    def power_w(second: float) -> float:
        load_w = 2000.0 if 1200 <= second % HOUR_S < 3300 and second < gone_s else 0.0
        return load_w + (RUN_W if since_start(second) else REST_W)

    cloud = counting_cloud(since_start)
    monitors = follow_on(power_w, cloud.poll, [gone_s, gone_s + 5 * DAY_S])
    monitor = next(monitors)
    (flag,) = monitor.flags
    assert (flag.kind, flag.time.date()) == (FlagKind.RUN_TIME, at(2 * DAY_S).date())
    assert flag.detail == "meter: 36.0 h, 48 starts; heat pump: 23.9 h, 48 starts"
    assert seen(monitor, gone_s).run_time_disagrees_since == flag.time
    assert load(Join, dump(monitor.join)) == monitor.join
    sums = Bucket()
    for day, bucket in monitor.ledger.days.items():
        if day > flag.time.date():
            sums.add(bucket)
    assert sums.paired_s > 3 * DAY_S
    true_wh = 5000 * (1800 - STARTUP_S) / 3600
    drawn_wh = (RUN_W + REST_W) / 2 + 2000 * 2100 / 3600
    assert sums.heat_wh / sums.paired_electricity_wh == pytest.approx(
        true_wh / drawn_wh, rel=0.03
    )
    monitor = next(monitors)
    assert kinds(monitor) == {FlagKind.RUN_TIME}
    assert seen(monitor, gone_s + 5 * DAY_S).run_time_disagrees_since is None


def test_more_starts_than_the_unit_counts() -> None:
    """A power that pauses within long runs is not the compressor's alone."""
    since_start = runs_for(20 * HOUR_S, DAY_S, 600)
    cloud = counting_cloud(
        since_start,
        starts=lambda t: (t - 600) // DAY_S,
        run_hours=lambda t: (
            (t - 600) // DAY_S * 20 + min((t - 600) % DAY_S / HOUR_S, 20.0) // 0.1 / 10
        ),
    )

    def power_w(second: float) -> float:
        pauses = second % HOUR_S < 400
        return RUN_W if since_start(second) and not pauses else REST_W

    monitor = follow(power_w, cloud.poll, 4 * DAY_S)
    (flag,) = monitor.flags
    assert flag.kind is FlagKind.RUN_TIME
    assert flag.detail.endswith("2 starts")


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"run_hours": lambda t: ran_s(t - 2400) // HOUR_S},
        {"run_hours": lambda t: int(ran_s(t % (3 * DAY_S)) / 360) / 10},
        {"run_hours": lambda t: min(int(ran_s(t) / 360) / 10, 10.0)},
        {"run_hours": lambda t: int(ran_s(t) / 180) / 10, "compressor_count": 2},
        {"starts": None},
    ],
    ids=["both", "whole hours, late", "reset", "frozen", "two compressors", "hours"],
)
def test_counters_that_agree_or_tell_nothing(others: Mapping[str, Any]) -> None:
    """Coarse, late, reset and frozen counters do not make the meter wrong."""
    since_start = runs_for(1800, HOUR_S, 600)
    load_profiles = {
        name: value if callable(value) else lambda _, value=value: value
        for name, value in others.items()
    }
    cloud = counting_cloud(since_start, **load_profiles)
    end_s = 6 * DAY_S
    monitor = follow(lambda t: RUN_W if since_start(t) else REST_W, cloud.poll, end_s)
    assert not monitor.flags
    assert booked(monitor).paired_s > 0.99 * end_s


def test_hot_water_of_short_charges_is_cut_where_it_began() -> None:
    """Charges of 20 min, told up to 5 min late, keep their own electricity."""
    since_start = runs_for(3000, 2 * HOUR_S, 600)

    def charges(second: float) -> bool:
        return 0 < since_start(second) <= 1200

    def supply_c(second: float) -> float:
        if charges(second):
            return 50.0
        return 35.0 if since_start(second) else 30.0

    load_profiles: dict[str, Callable[[float], Any]] = {
        "compressor_on": lambda t: since_start(t) > 0,
        "hot_water_charging": charges,
        "flow_lph": lambda _: 1000.0,
        "supply_c": smoothed(supply_c, DAY_S),
        "return_c": smoothed(lambda t: 46.0 if charges(t) else 30.0, DAY_S),
        "outside_c": lambda t: 3.0 + t // 900 % 5,
    }
    cloud = LateCloud(load_profiles, LATE_S)
    monitor = follow(
        lambda t: RUN_W if since_start(t) else REST_W,
        cloud.poll,
        DAY_S,
        Plant(heat_method=HeatMethod.FLOW),
    )
    charged_w = [
        heat_w(1000, load_profiles["supply_c"](t), load_profiles["return_c"](t))
        for t in range(0, DAY_S, STEP_S)
        if charges(t)
    ]
    charged = booked(monitor).modes[Mode.HOT_WATER]
    assert charged.seconds == pytest.approx(12 * 1200, rel=0.08)
    assert charged.electricity_wh == pytest.approx(12 * RUN_W / 3, rel=0.08)
    assert charged.heat_wh / charged.electricity_wh == pytest.approx(
        mean(charged_w) / RUN_W, rel=0.08
    )


def test_readings_of_the_meter_alone_pair_nothing() -> None:
    """Electricity without a heat pump's word is counted, and not paired."""
    monitor = PerformanceMonitor.start(Plant(), BERLIN, Policy(closing_delay=DELAY))
    for second in range(0, HOUR_S, METER_S):
        monitor.add_meter(
            MeterReading(
                time=START + timedelta(seconds=second),
                energy_wh=second / 3.6,
                power_w=1000.0,
            )
        )
    assert booked(monitor).electricity_wh > 900
    assert booked(monitor).paired_s == 0


@pytest.mark.parametrize(
    ("method", "missing"),
    [
        (HeatMethod.FLOW, "flow_lph"),
        (HeatMethod.FLOW, "return_c"),
        (HeatMethod.ASSUMED_FLOW, "supply_c"),
        (HeatMethod.MODULATION, "modulation_pct"),
        (HeatMethod.REPORTED, "reported_heat_w"),
        (HeatMethod.SOURCE_BALANCE, "source_in_c"),
    ],
)
def test_value_that_is_gone(method: HeatMethod, missing: str) -> None:
    """Heat is unknown from when a value of its method is missing, not the last good."""
    since_start = runs_for(1800, HOUR_S, 600)
    gone_s = 6 * HOUR_S

    def poll(second: float) -> HeatPumpReading:
        runs = since_start(second) > 0
        reading = replace(
            heating(second) if runs else resting(second),
            measured_at=at(second),
            reported_heat_w=5000.0 if runs else 0.0,
            source_in_c=4.0,
            source_out_c=1.0 if runs else 4.0,
        )
        gone: dict[str, Any] = {missing: None} if second >= gone_s else {}
        return replace(reading, **gone)

    plant = Plant(heat_method=method, assumed_flow_lph=1000.0, brine_flow_lph=1200.0)
    monitor = follow(
        lambda t: RUN_W if since_start(t) else REST_W, poll, 12 * HOUR_S, plant
    )
    sums = booked(monitor)
    # The brine is balanced from when the meter knows the compressor.
    assert gone_s - 2 * HOUR_S < sums.paired_s < gone_s + 2 * POLL_S
    assert sums.heat_wh > 0


def test_supply_temperature_that_stands_still() -> None:
    """One value that does not move with a start is left out, until it moves again."""
    # Not in step with the readings.
    since_start = runs_for(1800, 3480, 600)
    stuck_s = range(6 * HOUR_S, 9 * HOUR_S)
    end_s = 12 * HOUR_S
    load_profiles: dict[str, Callable[[float], Any]] = {
        "compressor_on": lambda t: since_start(t) > 0,
        "flow_lph": lambda t: 1000.0 if since_start(t) else 0.0,
        "supply_c": smoothed(lambda t: 35.0 if since_start(t) else 27.0, end_s),
        "return_c": smoothed(lambda t: 30.0 if since_start(t) else 27.0, end_s),
    }
    cloud = LateCloud(load_profiles)

    def poll(second: float) -> HeatPumpReading:
        reading = cloud.poll(second)
        if second not in stuck_s:
            return reading
        old = cloud.poll(stuck_s[0])
        stamps = reading.stamps | {"supply_c": old.stamps["supply_c"]}
        return replace(reading, supply_c=old.supply_c, stamps=stamps)

    plant = Plant(heat_method=HeatMethod.FLOW)

    def power_w(second: float) -> float:
        return RUN_W if since_start(second) else REST_W

    while_stuck = seen(follow(power_w, poll, stuck_s[-1], plant), stuck_s[-1])
    moved_at = cloud.poll(stuck_s[0]).stamps["supply_c"]
    assert while_stuck.supply_frozen_since == moved_at
    monitor = follow(power_w, poll, end_s, plant)
    assert seen(monitor, end_s).supply_frozen_since is None
    sums = booked(monitor)
    assert kinds(monitor) == {FlagKind.STALE_VALUE}
    assert sums.paired_s == pytest.approx(end_s - 3 * HOUR_S, abs=1.2 * HOUR_S)
    run_s = 1800 - WATER_S
    true_cop = heat_w(1000, 35, 30) * run_s / (1800 * RUN_W + 1680 * REST_W)
    # Before it is found, ten minutes of a run are booked with the old value.
    lost_wh = true_cop * sums.paired_electricity_wh - sums.heat_wh
    assert abs(lost_wh) < heat_w(1000, 35, 27) * 600 / 3600


def test_compressor_state_that_stands_still() -> None:
    """It is frozen while the unit counts starts that it misses."""
    since_start = runs_for(1800, HOUR_S, 600)
    stuck_s = range(6 * HOUR_S, 9 * HOUR_S)

    def poll(second: float) -> HeatPumpReading:
        runs = since_start(second) > 0
        reading = heating(second) if runs else resting(second)
        shown_s = stuck_s[0] if second in stuck_s else second
        # The first run of each hour begins at 600 s.
        changed_s = HOUR_S * ((shown_s - 600) // HOUR_S) + 600
        changed_s += 0 if since_start(shown_s) else 1800
        return replace(
            reading,
            measured_at=at(second),
            compressor_on=since_start(shown_s) > 0,
            starts=(second - 600) // HOUR_S,
            stamps={"compressor_on": at(changed_s)},
        )

    def power_w(second: float) -> float:
        return RUN_W if since_start(second) else REST_W

    monitor = follow(power_w, poll, stuck_s[-1])
    assert FlagKind.STALE_VALUE in kinds(monitor)
    since = seen(monitor, stuck_s[-1]).compressor_frozen_since
    assert since == at(5 * HOUR_S + 2400)
    monitor = follow(power_w, poll, 12 * HOUR_S)
    assert seen(monitor, 12 * HOUR_S).compressor_frozen_since is None


@pytest.mark.parametrize("remembered", [True, False], ids=["copy", "after a restart"])
def test_clock_that_was_ahead(*, remembered: bool) -> None:
    """What was counted while the clock was 40 days ahead is discarded, and no more."""

    def poll(second: float) -> HeatPumpReading:
        return replace(heating(second), measured_at=at(second))

    monitor = follow(lambda _: RUN_W, poll, 2 * HOUR_S)
    before = deepcopy(monitor) if remembered else None
    paired_s = booked(monitor).paired_s
    ahead_s = 40 * DAY_S
    for minute in range(1, 6):
        second = 2 * HOUR_S + minute * 60
        energy_wh = 70_000 + RUN_W * second / 3600
        monitor.add_meter(meter(second + ahead_s, energy_wh, RUN_W))
    monitor.add_heat_pump(poll(2 * HOUR_S + 300 + ahead_s))
    now_s = 2 * HOUR_S + 360
    monitor.discard_after(at(2 * HOUR_S), before, at(now_s))
    assert max(monitor.ledger.days) == START.date()
    assert FlagKind.CLOCK_JUMP in kinds(monitor)
    assert monitor.reading is None or monitor.reading.time < at(now_s)

    for second in range(now_s, 4 * HOUR_S + 1, METER_S):
        monitor.add_meter(meter(second, 70_000 + RUN_W * second / 3600, RUN_W))
        if second % POLL_S == 0:
            monitor.add_heat_pump(poll(second))
    assert booked(monitor).paired_s == pytest.approx(
        paired_s + 2 * HOUR_S, abs=6 * POLL_S
    )


def test_outages_of_the_meter_break_no_law_of_physics() -> None:
    """Runs beside the mean power of hours are not compared with Carnot."""
    since_start = runs_for(900, HOUR_S, 600)

    def poll(second: float) -> HeatPumpReading:
        runs = since_start(second) > 0
        reading = heating(second, delta_t_k=8.0) if runs else resting(second)
        return replace(reading, measured_at=at(second), outside_c=2.0)

    monitor = PerformanceMonitor.start(Plant(), BERLIN, Policy(closing_delay=DELAY))
    energy_wh = 70_000.0
    for second in range(0, 30 * HOUR_S, METER_S):
        power_w = RUN_W if since_start(second) else REST_W
        # Every fourth hour the meter is not reached for three.
        if second % (4 * HOUR_S) < HOUR_S:
            monitor.add_meter(meter(second, energy_wh, power_w))
        energy_wh += power_w * METER_S / 3600
        if second % POLL_S == 0:
            monitor.add_heat_pump(poll(second))
    sums = booked(monitor)
    assert len(monitor.gaps) == 7
    assert sums.heat_wh / sums.paired_electricity_wh > 3
    assert sums.beyond_carnot_s == 0
    assert not monitor.flags


def test_phase_that_runs_backwards_is_not_paired() -> None:
    """A reversed CT leaves a gap, and turning it back books no jump."""
    reversed_s = range(2 * HOUR_S, 4 * HOUR_S)

    def read(second: float, energy_wh: float, returned_wh: float) -> MeterReading:
        sign = -1 if second in reversed_s else 1
        phases = tuple(
            PhaseReading(name=name, power_w=power_w)
            for name, power_w in (("a", 1500.0), ("b", 500.0 * sign))
        )
        reading = meter(second, energy_wh, 1500.0 + 500.0 * sign)
        return replace(reading, phases=phases, returned_wh=returned_wh)

    monitor = PerformanceMonitor.start(Plant(), BERLIN, Policy(closing_delay=DELAY))
    energy_wh, returned_wh = 70_000.0, 0.0
    for second in range(0, 6 * HOUR_S, METER_S):
        monitor.add_meter(read(second, energy_wh, returned_wh))
        is_reversed = second in reversed_s
        energy_wh += (1500 if is_reversed else 2000) * METER_S / 3600
        returned_wh += 500 * is_reversed * METER_S / 3600
        if second % POLL_S == 0:
            monitor.add_heat_pump(replace(heating(second), measured_at=at(second)))
    sums = booked(monitor)
    assert sums.heat_wh / sums.paired_electricity_wh == pytest.approx(
        heat_w(1000, 35, 30) / 2000, rel=0.01
    )
    # An interval at either edge is lost, the last ones are still open.
    assert sums.paired_s == pytest.approx(4 * HOUR_S, abs=5 * POLL_S)
    assert kinds(monitor) == {FlagKind.METER_BACKWARDS}
