"""A drawn plant keeps its own books, and its cloud is late as asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.drawn_cloud import Cloud, Delivery
from benchmarks.drawn_life import live
from benchmarks.drawn_plant import DrawnPlant, Life
from custom_components.heatpump_monitor.performance.heat.water import heat_w
from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.readings import Mode

START = datetime(2026, 1, 5, tzinfo=UTC)
BRINE = DrawnPlant(source=SourceKind.BRINE)
AIR = DrawnPlant(source=SourceKind.AIR, cools=True, burner_w=9000.0)


@pytest.fixture(scope="module", name="brine")
def brine_fixture() -> Life:
    """Return three winter days of the brine plant."""
    return live(BRINE, start=START, days=3)


@pytest.fixture(scope="module", name="air")
def air_fixture() -> Life:
    """Return two winter and two summer days of the air plant."""
    return live(AIR, start=START, days=4, seasons=(15, 200))


def test_modes_add_up_to_what_the_meter_counts(air: Life) -> None:
    """Power, counter and truth are the same electricity."""
    readings = list(air.meter_readings(30.0))
    assert readings[-1].energy_wh is not None
    assert readings[0].energy_wh is not None
    counted_wh = readings[-1].energy_wh - readings[0].energy_wh
    truth = air.truth(air.start_s, air.end_s - 60)
    assert truth.electricity_wh == pytest.approx(counted_wh, abs=0.1)
    sampled_wh = sum(reading.power_w or 0.0 for reading in readings) / 120
    assert sampled_wh == pytest.approx(counted_wh, rel=0.01)


def test_every_mode_occurs(air: Life) -> None:
    """Defrost heat is negative, cooling is not in the total."""
    modes = air.truth(air.start_s, air.end_s).modes
    assert all(modes[mode].electricity_wh > 0 for mode in Mode)
    assert modes[Mode.DEFROST].heat_wh < 0
    assert modes[Mode.COOLING].heat_wh < 0
    total = air.truth(air.start_s, air.end_s).total
    assert total.heat_wh == pytest.approx(
        sum(each.heat_wh for mode, each in modes.items() if mode is not Mode.COOLING)
    )


def test_water_carries_the_true_heat() -> None:
    """Flow times spread comes to the heat of the compressor, after-run included."""
    life = live(replace(AIR, burner_w=0.0, cools=False), start=START, days=2)
    curves, times_s = life.curves, life.times_s
    carried_wh = sum(
        heat_w(curves.flow_lph[step], curves.supply_c[step], curves.return_c[step])
        * (times_s[step + 1] - times_s[step])
        / 3600
        for step in range(len(life.power_w))
    )
    total = life.truth(life.start_s, life.end_s).total
    assert carried_wh == pytest.approx(total.heat_wh, rel=0.01)


def test_a_state_carries_the_time_of_its_change(brine: Life) -> None:
    """However late, the stamp is that of the switch."""
    cloud = Cloud(brine, Delivery(max_delay_s=300.0))
    changes_s = {segment.start_s for segment in brine.segments}
    for reading in cloud.polls():
        assert reading.stamps["compressor_on"].timestamp() == pytest.approx(
            min(changes_s, key=lambda one: abs(one - _stamp_s(reading.stamps))),
            abs=1e-3,
        )
    late = [
        reading.stamps["compressor_on"] <= reading.time for reading in cloud.polls()
    ]
    assert all(late)


def _stamp_s(stamps: dict[str, datetime]) -> float:
    return stamps["compressor_on"].timestamp()


def test_delays_are_common_or_one_for_each_feature(brine: Life) -> None:
    """With a common delay no value is newer than another that also changed."""
    common = Cloud(brine, Delivery(max_delay_s=600.0, common_delay=True))
    start = next(one for one in brine.segments if one.running).start_s
    moments = [start + seconds for seconds in range(0, 700, 10)]

    def shows_start(cloud: Cloud, field: str, moment_s: float) -> bool:
        return cloud.answer(moment_s).stamps[field].timestamp() >= start - 0.001

    fields = ("compressor_on", "modulation_pct")
    assert all(
        len({shows_start(common, field, moment) for field in fields}) == 1
        for moment in moments
    )
    each = Cloud(brine, Delivery(max_delay_s=600.0))
    assert any(
        len({shows_start(each, field, moment) for field in fields}) == 2
        for moment in moments
    )


def test_arrival_stamps_are_later_than_the_change(brine: Life) -> None:
    """Nothing in the answer then says when the compressor switched."""
    delivery = Delivery(max_delay_s=300.0, arrival_stamps=True)
    measured = Cloud(brine, replace(delivery, arrival_stamps=False))
    arrived = Cloud(brine, delivery)
    behind = [
        arrived.answer(now_s).stamps["compressor_on"]
        - measured.answer(now_s).stamps["compressor_on"]
        for now_s in range(int(brine.start_s) + 7200, int(brine.end_s), 600)
    ]
    assert timedelta() < max(behind) <= timedelta(seconds=300)
    assert min(behind) >= timedelta()


def test_a_stuck_cloud_repeats_itself(brine: Life) -> None:
    """Only the time of the question moves; afterwards all is new at once."""
    window = (brine.start_s + 86_400.0, brine.start_s + 129_600.0)
    cloud = Cloud(brine, Delivery(stuck=(window,)))
    first, last = cloud.answer(window[0]), cloud.answer(window[1] - 1)
    assert replace(last, time=first.time) == first
    assert cloud.answer(window[1]).stamps != first.stamps


def test_a_single_value_can_stand_still(air: Life) -> None:
    """The others move on beside it."""
    window = (air.start_s + 3600.0, air.start_s + 90_000.0)
    cloud = Cloud(air, Delivery(frozen={"supply_c": window}))
    first, last = cloud.answer(window[0]), cloud.answer(window[1] - 1)
    assert first.supply_c == last.supply_c
    assert first.stamps["supply_c"] == last.stamps["supply_c"]
    assert first.stamps["compressor_on"] != last.stamps["compressor_on"]


@pytest.mark.parametrize("every_s", [0.0, 3600.0])
def test_heat_counters_count_no_cold(air: Life, every_s: float) -> None:
    """They move by 0.1 kWh up to the true heat, be it once an hour."""
    cloud = Cloud(air, Delivery(counters_every_s=every_s))
    polls = list(cloud.polls())
    counted = [poll.heat for poll in polls if poll.heat is not None]
    moved_wh = sum(
        (getattr(counted[-1], name) or 0.0) - (getattr(counted[0], name) or 0.0)
        for name in ("heating_wh", "hot_water_wh")
    )
    total = air.truth(air.start_s, air.end_s).total
    assert moved_wh == pytest.approx(total.heat_wh, abs=2000)
    stamps = {poll.stamps["heat"].timestamp() for poll in polls}
    if every_s:
        assert {stamp % 3600 for stamp in stamps} == {air.start_s % 3600}


def test_run_hours_and_starts_count_the_compressor(brine: Life) -> None:
    """The brine unit shows tenths of an hour."""
    polls = list(Cloud(brine, Delivery()).polls())
    first, last = polls[0], polls[-1]
    assert last.run_hours is not None
    assert first.run_hours is not None
    run_s = brine.truth(brine.start_s, brine.end_s).run_s
    assert last.run_hours - first.run_hours == pytest.approx(run_s / 3600, abs=0.4)
    runs = sum(1 for one in brine.segments if one.running)
    assert last.starts is not None
    assert first.starts is not None
    assert last.starts - first.starts == pytest.approx(runs, abs=1)


def test_modulation_states_the_rated_power() -> None:
    """Two compressors are half and whole, and the error is that of the statement."""
    plant = replace(BRINE, compressors=2, rated_error=0.05)
    life = live(plant, start=START, days=1)
    polls = list(Cloud(life, Delivery()).polls())
    assert {poll.modulation_pct for poll in polls} == {0.0, 50.0, 100.0}
    assert polls[-1].starts == 9000 + 2 * len(
        {one.run_start_s for one in life.segments if one.running}
    )
    assert {poll.rated_heat_w for poll in polls} == {8400.0}
