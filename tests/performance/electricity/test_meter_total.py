"""The electricity between any two moments, whatever pace the meter's counter has."""

from dataclasses import replace
from itertools import accumulate
from random import Random
from typing import Any

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.electricity.meter_total import (
    MeterTotal,
)
from tests.performance.builders import START, at, meter

RATING_W = 43_470.0


class Load:
    """A load that switches between powers, and a meter that counts it."""

    def __init__(self, powers_w: list[float], span_s: float, pace_s: float) -> None:
        """Each power holds for one span; the counter moves once a pace."""
        self.powers_w, self.span_s, self.pace_s = powers_w, span_s, pace_s

    def power_w(self, seconds: float) -> float:
        """Return the power at a moment."""
        return self.powers_w[int(seconds // self.span_s) % len(self.powers_w)]

    def energy_wh(self, seconds: float) -> float:
        """Return the true energy since the start."""
        spans, rest_s = divmod(seconds, self.span_s)
        rounds, left = divmod(int(spans), len(self.powers_w))
        whole = rounds * sum(self.powers_w) + sum(self.powers_w[:left])
        return (whole * self.span_s + self.power_w(seconds) * rest_s) / 3600

    def counter_wh(self, seconds: float) -> float:
        """Return what the meter shows: it holds back the running minute."""
        shown_s = seconds if not self.pace_s else seconds // self.pace_s * self.pace_s
        return round(50_000 + self.energy_wh(shown_s), 2)


def fed(load: Load, moments: list[float]) -> MeterTotal:
    """Return the account of a meter that was read at these moments."""
    summary = MeterTotal(RATING_W)
    for seconds in moments:
        summary.add(meter(seconds, load.counter_wh(seconds), load.power_w(seconds)))
    return summary


def between(summary: MeterTotal, start_s: float, end_s: float) -> float:
    """Return the energy between two moments, which must be known."""
    before, after = (
        summary.timeline.total_at(at(start_s)),
        summary.timeline.total_at(at(end_s)),
    )
    assert before is not None
    assert after is not None
    return after - before


LOADS = st.builds(
    Load,
    powers_w=st.lists(
        st.sampled_from([0.0, 12.0, 600.0, 2500.0]), min_size=1, max_size=6
    ),
    span_s=st.sampled_from([300.0, 730.0, 3600.0]),
    pace_s=st.sampled_from([0.0, 60.0]),
)


@given(load=LOADS, random=st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_energy_between_any_two_moments(load: Load, random: Random) -> None:
    """Energy is right to what flows in three polls, at any pace and length.

    One poll not seen at a switch of the power, and one at each end.
    """
    moments = list(accumulate(random.uniform(5, 15) for _ in range(200)))
    summary = fed(load, moments)
    for start_s in range(130, int(moments[-1]) - 300, 97):
        energy_wh = between(summary, start_s, start_s + 300)
        truth_wh = load.energy_wh(start_s + 300) - load.energy_wh(start_s)
        assert energy_wh == pytest.approx(truth_wh, abs=2500 * 45 / 3600)


@given(load=LOADS, cut=st.integers(20, 280))
@settings(max_examples=50)
def test_sum_is_exact_over_any_outage(load: Load, cut: int) -> None:
    """Hours without readings lose nothing: the counter knows."""
    moments = [10.0 * place for place in range(300)]
    lost = {*moments[cut : cut + 180]} if cut < 100 else {*moments[cut:-20]}
    summary = fed(load, [moment for moment in moments if moment not in lost])
    truth_wh = load.energy_wh(2990) - load.energy_wh(150)
    assert between(summary, 150, 2990) == pytest.approx(truth_wh, abs=2500 * 80 / 3600)


@given(load=LOADS)
@settings(max_examples=20)
def test_reading_twice_changes_nothing(load: Load) -> None:
    """A backlog that comes again, or late, is passed over."""
    moments = [10.0 * place for place in range(200)]
    once = fed(load, moments)
    twice = fed(load, [*moments, *reversed(moments), *moments[50:]])
    assert twice.timeline == once.timeline


def test_counter_that_moves_with_every_reading_is_exact() -> None:
    """Where the counter holds nothing back, it alone decides."""
    load = Load([100.0, 2000.0], 45.0, 0.0)
    summary = fed(load, [10.0 * place for place in range(100)])
    for start_s in range(30, 700, 40):
        energy_wh = between(summary, start_s, start_s + 200)
        truth_wh = load.energy_wh(start_s + 200) - load.energy_wh(start_s)
        assert energy_wh == pytest.approx(truth_wh, abs=0.02)


@pytest.mark.parametrize("energy_wh", [50_010.0, None])
def test_a_start_between_two_readings_is_one_without_delay(
    energy_wh: float | None,
) -> None:
    """A rest keeps what is a rest's, with a prompt counter and by power alone."""
    summary = MeterTotal(RATING_W)
    first_wh = None if energy_wh is None else 50_000.0
    for reading in (meter(0, first_wh, 0.0), meter(20, energy_wh, 3600.0)):
        summary.add(replace(reading, holds_back=False))
    assert between(summary, 0, 10) == pytest.approx(0.0)
    assert between(summary, 10, 20) == pytest.approx(10.0)


def test_without_a_counter_power_fills_in() -> None:
    """A meter that shows power only is integrated, but not across a gap."""
    summary = MeterTotal(RATING_W)
    for seconds in (0, 10, 20, 400, 410):
        summary.add(meter(seconds, None, 1800.0))
    assert summary.timeline.total_at(at(10)) is None
    assert between(summary, 400, 410) == pytest.approx(5.0)
    assert summary.total_wh == pytest.approx(15.0)


def test_power_below_nothing_takes_nothing_back() -> None:
    """Noise around zero lowers no total that was counted before."""
    summary = MeterTotal(RATING_W)
    for second, power_w in enumerate((360.0, 360.0, -720.0, -720.0, 360.0, 360.0)):
        summary.add(meter(10 * second, None, power_w))
    assert summary.total_wh == pytest.approx(2.0)


def test_reset_makes_the_time_across_it_unknown() -> None:
    """What was drawn around a reset is not known, and nothing is guessed."""
    summary = MeterTotal(RATING_W)
    for seconds, energy_wh in ((0, 9000), (10, 9010), (20, 9020), (30, 4), (40, 14)):
        summary.add(meter(seconds, energy_wh))
    assert summary.timeline.total_at(at(15)) is None
    assert summary.timeline.times[0] > at(15)
    assert summary.total_wh == pytest.approx(20.0)


def test_a_clock_set_back_loses_nothing() -> None:
    """What was drawn while the clock caught up with itself is no jump."""
    summary = MeterTotal(RATING_W)
    load = Load([3600.0], 3600, 0)
    late_s = 7200
    for seconds in range(0, 300, 10):
        summary.add(meter(seconds, load.counter_wh(seconds), 3600.0))
    summary.add(meter(300 + late_s, load.counter_wh(300), 3600.0))
    for seconds in range(310, 300 + late_s + 100, 10):
        reading = meter(seconds, load.counter_wh(seconds), 3600.0)
        assert summary.add(reading)[1] is None
    drawn_wh = load.energy_wh(300 + late_s + 90)
    assert summary.total_wh == pytest.approx(drawn_wh, abs=10)


def test_another_meter_starts_its_own_counter() -> None:
    """A replaced meter's counter is no energy."""
    load = Load([1000.0], 3600.0, 60.0)
    summary = fed(load, [10.0 * place for place in range(60)])
    before_wh = summary.total_wh
    summary.replace_meter()
    for place in range(60, 120):
        seconds = place * 10.0
        summary.add(meter(seconds, load.energy_wh(seconds) + 50_900, 1000.0))
    assert summary.total_wh - before_wh == pytest.approx(
        load.energy_wh(590), abs=1000 * 20 / 3600
    )


def test_a_meter_that_is_silent_is_no_zero() -> None:
    """Nothing is known before the meter spoke, nor after its last word."""
    summary = MeterTotal(RATING_W)
    assert summary.timeline.total_at(START) is None
    summary.add(meter(0, 100.0))
    assert summary.timeline.total_at(START) is None
    assert not summary.timeline.times


def test_a_restart_keeps_what_was_seen_as_power() -> None:
    """D14: the meter forgets what it held back; its power had told of it."""
    summary = MeterTotal(RATING_W)
    load = Load([3600.0], 3600, 60)
    for seconds in range(0, 60, 10):
        summary.add(meter(seconds, load.counter_wh(seconds), 3600.0))
    summary.add(meter(60, load.counter_wh(60), 3600.0))
    for seconds in range(70, 110, 10):
        summary.add(meter(seconds, load.counter_wh(seconds), 3600.0))
    # It restarts 50 s after the minute, and has lost 5 Wh of what it showed.
    forgotten_wh = load.counter_wh(60) - 5 - load.energy_wh(110)
    for seconds in range(110, 700, 10):
        since_wh = load.energy_wh(max(seconds // 60 * 60, 110))
        summary.add(meter(seconds, since_wh + forgotten_wh, 3600.0))
    assert between(summary, 60, 680) == pytest.approx(620, abs=1)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"reversed_phases": ("b",)}, id="a phase is marked as reversed"),
        pytest.param({"channels": ("a", "b")}, id="other channels are chosen"),
    ],
)
def test_a_counter_of_other_parts_starts_a_new_base(change: dict[str, Any]) -> None:
    """Counters that add up different things have no difference in energy."""
    load = Load([1000.0], 3600.0, 60.0)
    summary = fed(load, [10.0 * place for place in range(60)])
    before_wh = summary.total_wh
    for place in range(60, 120):
        seconds = place * 10.0
        reading = meter(seconds, load.counter_wh(seconds) + 300, 1000.0)
        span, event = summary.add(replace(reading, **change))
        assert event is None
        assert span is None or span.energy_wh < 20
    assert summary.total_wh - before_wh == pytest.approx(
        load.energy_wh(590), abs=1000 * 70 / 3600
    )
    assert summary.timeline.total_at(at(595)) is None


@pytest.mark.parametrize("power_w", [None, 1000.0])
def test_a_counter_that_fails(power_w: float | None) -> None:
    """While it fails only power is energy, and it makes up for nothing afterwards."""
    summary = MeterTotal(RATING_W)
    load = Load([1000.0], 3600.0, 0.0)
    for seconds in range(0, 600, 10):
        summary.add(meter(seconds, load.counter_wh(seconds), 1000.0))
    before_wh = summary.total_wh
    for seconds in range(600, 1200, 10):
        summary.add(replace(meter(seconds, None, power_w), counter_failed=True))
    failing_wh = summary.total_wh - before_wh
    assert failing_wh == pytest.approx(0 if power_w is None else 590 / 3.6, abs=0.1)
    assert (summary.timeline.total_at(at(900)) is None) == (power_w is None)
    for seconds in range(1200, 1800, 10):
        summary.add(meter(seconds, load.counter_wh(600) + seconds / 3.6, 1000.0))
    assert summary.total_wh - before_wh == pytest.approx(failing_wh + 590 / 3.6, abs=6)


def test_energy_after_an_outage_waits_for_the_counter_to_move() -> None:
    """A counter that moves once a minute is up to a minute old when it is read."""
    load = Load([3600.0], 3600.0, 60.0)
    moments = [10.0 * place for place in range(40)]
    summary = fed(load, moments)
    back_s = 595.0
    summary.add(meter(back_s, load.counter_wh(back_s), 3600.0))
    assert summary.timeline.total_at(at(back_s)) is None
    for seconds in range(600, 700, 10):
        summary.add(meter(seconds, load.counter_wh(seconds), 3600.0))
    energy_wh = between(summary, 390, back_s)
    assert energy_wh == pytest.approx(
        load.energy_wh(back_s) - load.energy_wh(390), abs=8
    )
