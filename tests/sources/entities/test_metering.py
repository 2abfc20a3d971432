"""Meters out of entities, at every pace and resolution, against the truth."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
import math
import random

from freezegun.api import FrozenDateTimeFactory
from hypothesis import given, settings
import hypothesis.strategies as st
import pytest

from custom_components.heatpump_monitor.performance.electricity.counters import (
    CounterEvent,
)
from custom_components.heatpump_monitor.performance.electricity.meter_total import (
    MeterTotal,
)
from custom_components.heatpump_monitor.readings import MeterReading
from custom_components.heatpump_monitor.sources.base import SourceError
from custom_components.heatpump_monitor.sources.entities.metering import (
    CounterReport,
    Metering,
    PowerReport,
)
from custom_components.heatpump_monitor.sources.entities.source import EntityMeter
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

START = datetime(2026, 1, 10, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
UNTIL_S = 10 * 3600
POLL_S = 10
RUN_W, REST_W = 2000.0, 15.0
# Compressor runs of forty minutes every two hours.
CYCLE_S, RUN_S = 7200, 2400


def power_at(second: float) -> float:
    """Return the true power."""
    return RUN_W if second % CYCLE_S < RUN_S else REST_W


def energy_until(second: float) -> float:
    """Return the true energy, in Wh."""
    cycles, rest = divmod(second, CYCLE_S)
    run, idle = min(rest, RUN_S), max(rest - RUN_S, 0.0)
    whole = cycles * (RUN_W * RUN_S + REST_W * (CYCLE_S - RUN_S))
    return float(whole + RUN_W * run + REST_W * idle) / 3600


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How an integration writes the states of a meter."""

    step_wh: float = 1.0
    counter_s: int = 10
    power_s: int | None = None
    repeats: bool = True
    """Whether it writes the same again; else only what changed."""
    gain: float = 1.0
    """Of the power, beside the counter."""


def readings(
    pace: Pace, until_s: int = UNTIL_S, restarts: Collection[int] = ()
) -> Iterator[MeterReading]:
    """Yield what the source reads while the integration writes its states.

    A restart of Home Assistant takes two minutes, and all states are of after it.
    """
    metering = Metering()
    rng = random.Random(1)
    counter: CounterReport | None = None
    power: PowerReport | None = None
    last: MeterReading | None = None
    counter_phase, power_phase = rng.randrange(10), rng.randrange(10)
    for second in range(until_s):
        now = START + timedelta(seconds=second)
        if any(0 <= second - each < 120 for each in restarts):
            metering, counter, power = Metering(), None, None
            continue
        if second % pace.counter_s == counter_phase % pace.counter_s:
            value = math.floor(energy_until(second) / pace.step_wh) * pace.step_wh
            if counter is None or value != counter.value_wh:
                counter = CounterReport(value_wh=value, changed_at=now, reported_at=now)
            elif pace.repeats:
                counter = CounterReport(
                    value_wh=value, changed_at=counter.changed_at, reported_at=now
                )
        if pace.power_s and second % pace.power_s == power_phase % pace.power_s:
            noise_w = rng.uniform(-5, 5) if power_at(second) == RUN_W else 0.0
            power_w = round(power_at(second) * pace.gain + noise_w)
            if power is None or pace.repeats or power_w != power.power_w:
                power = PowerReport(power_w=power_w, reported_at=now)
        if second % POLL_S == 9 and (counter or power):
            reading = metering.read(now, counter, power)
            if last is None or reading.time > last.time:
                yield reading
            last = reading


def totals(
    pace: Pace, restarts: Collection[int] = ()
) -> tuple[MeterTotal, list[CounterEvent]]:
    """Return the engine's total of ten hours, and what it found wrong."""
    total = MeterTotal(rating_w=20_000.0)
    events = [total.add(each)[1] for each in readings(pace, restarts=restarts)]
    return total, [each for each in events if each is not None]


def _true_wh(start: datetime, end: datetime) -> float:
    first_s, last_s = ((each - START).total_seconds() for each in (start, end))
    return energy_until(last_s) - energy_until(first_s)


def energy_of_run(total: MeterTotal, number: int) -> float | None:
    """Return the energy that the engine sees in one run, with what belongs to it."""
    start = START + timedelta(seconds=number * CYCLE_S)
    return total.timeline.between(start, start + timedelta(seconds=RUN_S))


TRUE_RUN_WH = RUN_W * RUN_S / 3600

PACES = {
    "shelly: power 5 s, counter 60 s": (
        Pace(counter_s=60, power_s=5, step_wh=0.1),
        0.003,
    ),
    "fast: both every 10 s": (Pace(power_s=10), 0.003),
    "on change only": (Pace(power_s=5, repeats=False), 0.003),
    "0.1 kWh with power": (Pace(step_wh=100, power_s=10), 0.005),
    "1 kWh with power": (Pace(step_wh=1000, power_s=10), 0.005),
    "1 kWh with power that is 4 % low": (
        Pace(step_wh=1000, power_s=10, gain=0.96),
        0.03,
    ),
    "counter of 5 min with power": (Pace(counter_s=300, power_s=10), 0.005),
    "counter alone, 30 s": (Pace(counter_s=30), 0.003),
    "counter alone, 5 min": (Pace(counter_s=300), 0.005),
    "0.1 kWh alone, written again": (Pace(step_wh=100), 0.1),
    "0.1 kWh alone, on change": (Pace(step_wh=100, repeats=False), 0.1),
    "slow power beside a counter": (Pace(counter_s=30, power_s=300), 0.003),
}


@pytest.mark.parametrize(("pace", "share"), PACES.values(), ids=PACES.keys())
def test_the_energy_of_all_hours_and_of_each_run(pace: Pace, share: float) -> None:
    """Whatever the pace: the sum is right, and runs have their energy."""
    total, events = totals(pace)
    assert events == []
    since, until = total.timeline.times[0], total.timeline.times[-1]
    assert since - START < timedelta(minutes=35)
    seen_wh = total.timeline.between(since, until)
    true_wh = _true_wh(since, until)
    assert seen_wh == pytest.approx(true_wh, abs=pace.step_wh + RUN_W / 120)
    runs = [energy_of_run(total, number) for number in range(1, 5)]
    known = [each for each in runs if each is not None]
    assert len(known) == len(runs)
    mean_error = sum(abs(each - TRUE_RUN_WH) for each in known) / len(known)
    assert mean_error / TRUE_RUN_WH < share


@pytest.mark.parametrize("pace", [each for each, _ in PACES.values()], ids=PACES.keys())
def test_restarts_lose_no_energy(pace: Pace) -> None:
    """Neither in a run nor at rest: the counter is followed from where it was."""
    restarts = [8_000, 12_000, 15_000, 22_345, 30_000]
    total, events = totals(pace, restarts)
    assert events == []
    since, until = total.timeline.times[0], total.timeline.times[-1]
    seen_wh = total.timeline.between(since, until)
    assert seen_wh == pytest.approx(_true_wh(since, until), abs=pace.step_wh + 50)


def test_a_coarse_counter_without_power_is_right_in_the_sum() -> None:
    """Of 1 kWh, runs cannot be told apart; the sum is right."""
    total, events = totals(Pace(step_wh=1000))
    assert events == []
    assert total.total_wh == pytest.approx(energy_until(UNTIL_S), abs=2000)


@pytest.mark.parametrize(
    "pace", [Pace(step_wh=100), Pace(power_s=5, repeats=False), Pace(repeats=False)]
)
def test_a_resting_meter_stays_known(pace: Pace) -> None:
    """A rest does not leave the engine waiting for the next run."""
    late = [each.time for each in readings(pace) if each.time > START + RUN_S * SECOND]
    assert max(later - earlier for earlier, later in pairwise(late)) < HOUR
    assert START + UNTIL_S * SECOND - late[-1] < HOUR


def test_starts_are_seen_when_they_happen() -> None:
    """A power that is written on change alone shows rest and start."""
    samples = [
        each
        for each in readings(Pace(power_s=5, repeats=False), 2 * CYCLE_S)
        if each.power_w is not None
    ]
    start = START + timedelta(seconds=CYCLE_S)
    resting = [
        each for each in samples if START + timedelta(minutes=45) < each.time < start
    ]
    gaps = [
        (later.time - earlier.time).total_seconds()
        for earlier, later in pairwise(resting)
    ]
    assert max(gaps) <= 60
    running = [each.time for each in samples if (each.power_w or 0.0) > 1000]
    assert min(each for each in running if each >= start) - start <= 10 * SECOND


def test_a_slow_power_is_not_held() -> None:
    """Of a power that is written every five minutes, nothing between is known."""
    samples = [
        each.time
        for each in readings(Pace(counter_s=30, power_s=300))
        if each.power_w is not None
    ]
    late = [each for each in samples if each > START + timedelta(hours=4)]
    gaps = [(b - a).total_seconds() for a, b in pairwise(late)]
    # Three times within the minute, then nothing until it is written again.
    assert sum(gap > 180 for gap in gaps) >= 0.7 * sum(gaps) / 300


def test_a_power_that_froze_while_running_ends() -> None:
    """Without reports, a running compressor is not known to run on."""
    metering = Metering()
    for second in range(0, 3600, 10):
        now = START + timedelta(seconds=second)
        at = min(now, START + timedelta(seconds=600))
        reading = metering.read(now, None, PowerReport(power_w=2000, reported_at=at))
    assert reading.time <= START + timedelta(seconds=660)


def test_the_energy_beside_a_switch_is_on_its_side() -> None:
    """A power that is pushed on change holds until then, and not half of it."""
    energies = {
        (each.time - START).total_seconds(): each.energy_wh
        for each in readings(Pace(power_s=5, counter_s=60, step_wh=10, repeats=False))
    }
    known = {second: wh for second, wh in energies.items() if wh is not None}
    # By the third run the paces are known.
    for stop_s in (2 * CYCLE_S + RUN_S, 4 * CYCLE_S + RUN_S):
        before = max(second for second in known if second <= stop_s - 60)
        after = min(second for second in known if second >= stop_s + 60)
        drawn_wh = energy_until(after) - energy_until(before)
        # Half of the time between two looks, at most.
        assert known[after] - known[before] == pytest.approx(drawn_wh, abs=4)


def test_a_power_that_does_not_change_stays_known_for_a_while() -> None:
    """What is pushed every few seconds would have been pushed if it had changed."""
    metering, reading = Metering(), None
    reports = [*range(0, 600, 10), *(599,) * 12]
    for look, second in enumerate(reports):
        report = PowerReport(
            power_w=2000 + second % 7, reported_at=START + second * SECOND
        )
        reading = metering.read(START + 10 * look * SECOND, None, report)
    assert reading is not None
    assert reading.time == START + 659 * SECOND
    assert reading.power_w == 2000 + 599 % 7


def test_after_an_outage_the_power_may_come_before_the_counter() -> None:
    """The counter's move is of all the time since it was last there."""
    metering, total = Metering(), MeterTotal(rating_w=20_000.0)
    for second in (*range(0, 600, 10), *range(15_000, 15_600, 10)):
        now = START + second * SECOND
        changed_at = START + second // 60 * 60 * SECOND
        is_back = not 15_000 <= second < 15_060
        counter = CounterReport(
            value_wh=second // 60 * 60, changed_at=changed_at, reported_at=now
        )
        power = PowerReport(power_w=3600, reported_at=now)
        _, event = total.add(metering.read(now, counter if is_back else None, power))
        assert event is None
    assert total.total_wh == pytest.approx(15_590 - 60, abs=70)


def _counted(values: Sequence[tuple[float, float]]) -> list[float]:
    """Return the energies that are read of a counter's values, at their seconds."""
    metering, found = Metering(), []
    for second, value in values:
        at = START + timedelta(seconds=second)
        report = CounterReport(value_wh=value, changed_at=at, reported_at=at)
        found.append(metering.read(at, report, None).energy_wh)
    assert None not in found
    return [each for each in found if each is not None]


def test_a_counter_that_starts_again_is_passed_on() -> None:
    """The engine decides what a reset is; the source hides nothing."""
    values = [(0, 500.0), (60, 510.0), (120, 0.0), (180, 5.0)]
    assert _counted(values) == [500.0, 510.0, 0.0, 5.0]


def test_a_reset_beside_power_is_passed_on() -> None:
    """What the power made of the old counter does not hold the new one."""
    metering, energies = Metering(), []
    for second in range(0, 600, 10):
        at = START + timedelta(seconds=second)
        value = 900_000.0 + second if second < 300 else float(second - 300)
        counter = CounterReport(value_wh=value, changed_at=at, reported_at=at)
        power = PowerReport(power_w=2000.0 + second % 7, reported_at=at)
        energies.append(metering.read(at, counter, power).energy_wh)
    assert energies[-1] is not None
    assert energies[-1] < 400


def test_without_its_power_the_counter_does_not_step_back() -> None:
    """What the power has added stays when the power is not there for a while."""
    metering, energies = Metering(), []
    value = 0.0
    for second in range(0, 3600, 10):
        at = START + timedelta(seconds=second)
        if second % 180 == 0:
            value, changed = value + 100.0, at
        counter = CounterReport(value_wh=value, changed_at=changed, reported_at=at)
        power = PowerReport(power_w=2000.0 + second % 7, reported_at=at)
        gone = 1700 < second < 2000
        reading = metering.read(at, counter, None if gone else power)
        energies.append(reading.energy_wh)
    known = [each for each in energies if each is not None]
    assert known == sorted(known)
    assert known[-1] == pytest.approx(value + 100.0 * 170 / 180, abs=8)


@settings(max_examples=30)
@given(data=st.data())
def test_total_never_falls_and_follows_the_counter(data: st.DataObject) -> None:
    """Whatever is reported when: no step back, and within a step of the counter."""
    metering = Metering()
    counter: CounterReport | None = None
    power: PowerReport | None = None
    value, largest = 1000.0, 0.0
    before: MeterReading | None = None
    moves = st.sampled_from([0.0, 0.0, 0.0, 1.0, 100.0])
    at = START
    for _ in range(data.draw(st.integers(5, 60))):
        at += timedelta(seconds=data.draw(st.integers(1, 400)))
        move = data.draw(moves)
        value, largest = value + move, max(largest, move)
        if data.draw(st.booleans()) or counter is None:
            changed = at if counter is None or value != counter.value_wh else None
            counter = CounterReport(
                value_wh=value,
                changed_at=changed or (counter.changed_at if counter else at),
                reported_at=at,
            )
        if data.draw(st.booleans()):
            watts = data.draw(st.sampled_from([0.0, 15.0, 2000.0, 2100.0]))
            power = PowerReport(power_w=watts, reported_at=at)
        reading = metering.read(at, counter, power)
        assert reading.time <= at
        if before is not None:
            assert reading.time >= before.time
            energy, earlier = reading.energy_wh, before.energy_wh
            if energy is not None and earlier is not None:
                assert energy >= earlier
        before = reading


async def test_a_meter_of_entities_is_read(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """Counter and power in their own units, at the time of the report."""
    freezer.move_to("2026-01-10T12:00:00+00:00")
    source = EntityMeter(
        hass, {"energy_wh": "sensor.energy", "power_w": "sensor.power"}, "abc"
    )
    with pytest.raises(SourceError, match=r"sensor\.energy, sensor\.power"):
        await source.read(dt_util.utcnow)
    energies: list[float | None] = []
    for number in range(12):
        freezer.tick(5)
        reported = dt_util.utcnow()
        _set(hass, "energy", 12.0 + number / 100, "kWh")
        _set(hass, "power", 1.8 + number / 1000, "kW")
        freezer.tick(5)
        reading = await source.read(dt_util.utcnow)
        assert reading.time == reported
        assert reading.power_w == pytest.approx(1800 + number)
        assert not reading.holds_back
        energies.append(reading.energy_wh)
    assert energies[0] is None
    assert energies[1:] == pytest.approx([12_000 + 10 * n for n in range(1, 12)])
    assert (await source.read(dt_util.utcnow)).time == reported
    info = await source.identify()
    assert (info.identity, info.manufacturer) == ("abc", None)


async def test_what_was_fed_back_alone_is_no_meter(hass: HomeAssistant) -> None:
    """One of counter and power is needed."""
    _set(hass, "returned", 1, "kWh")
    entities = {"energy_wh": "sensor.energy", "returned_wh": "sensor.returned"}
    with pytest.raises(SourceError):
        await EntityMeter(hass, entities, None).read(dt_util.utcnow)
    _set(hass, "energy", 2, "kWh")
    reading = await EntityMeter(hass, entities, None).read(dt_util.utcnow)
    assert (reading.energy_wh, reading.returned_wh) == (2000, 1000)


def _set(hass: HomeAssistant, name: str, value: float, unit: str) -> None:
    attributes = {"unit_of_measurement": unit}
    hass.states.async_set(f"sensor.{name}", str(value), attributes)
