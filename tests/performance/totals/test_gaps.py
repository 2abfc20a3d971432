"""Electricity whose course becomes known later: it moves, and its sum stays."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.electricity.meter_total import (
    Timeline,
)
from custom_components.heatpump_monitor.performance.plant import HeatMethod
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.gaps import Gap, PairedPart
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket, Ledger
from custom_components.heatpump_monitor.performance.totals.tariff import Tariff
from custom_components.heatpump_monitor.readings import EnergySpan, Mode
from tests.performance.builders import at

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 1, 15, 20, 0, tzinfo=UTC)
TARIFF = Tariff(0.30, 400.0)
YESTERDAY, TODAY = date(2026, 1, 15), date(2026, 1, 16)


def hours(start: float, end: float) -> tuple[datetime, datetime]:
    """Return a stretch of time in hours since the evening; midnight is hour 3."""
    return at(start * 3600, EVENING), at(end * 3600, EVENING)


def spans(*powers_w: float, start: float = 0) -> list[EnergySpan]:
    """Return one span an hour."""
    return [
        EnergySpan(*hours(start + place, start + place + 1), power_w)
        for place, power_w in enumerate(powers_w)
    ]


def span(energy_wh: float, end: float = 6, *paired: PairedPart) -> tuple[Gap, Ledger]:
    """Return a straight stretch from the evening on, and the ledger that it is in."""
    ledger = Ledger(Calendar(BERLIN))
    gap = Gap(*hours(0, end), energy_wh, TARIFF, list(paired))
    ledger.book_electricity(gap.start, gap.end, energy_wh, TARIFF)
    for part in paired:
        for start, stop in ledger.pieces(part.start, part.end):
            share = (stop - start) / (gap.end - gap.start)
            part_wh = energy_wh * share
            heat_wh = part_wh * (part.cop or 0)
            ledger.book(start, Bucket(paired_electricity_wh=part_wh, heat_wh=heat_wh))
    return gap, ledger


def redistribute(gap: Gap, ledger: Ledger, expected: Sequence[EnergySpan]) -> None:
    """Give a stretch the course that was told."""
    gap.redistribute(ledger, gap.load_profile(expected))


def by_hour(ledger: Ledger) -> list[float]:
    """Return the electricity of each hour, in their order."""
    return [bucket.electricity_wh for _, bucket in sorted(ledger.hours.items())]


def test_the_memory_tells_the_hours() -> None:
    """Each hour and each day gets what the memory says of it."""
    gap, ledger = span(6000)
    assert by_hour(ledger) == [pytest.approx(1000)] * 6
    redistribute(gap, ledger, spans(3000, 2000, 400, 0, 500, 100))
    assert by_hour(ledger) == pytest.approx([3000, 2000, 400, 0, 500, 100])
    assert ledger.days[YESTERDAY].electricity_wh == pytest.approx(5400)
    assert ledger.days[TODAY].electricity_wh == pytest.approx(600)


def test_price_and_co2_go_with_the_electricity() -> None:
    """What a kWh brings with it moves to the day at which it was drawn."""
    gap, ledger = span(6000)
    redistribute(gap, ledger, spans(3000, 2000, 400, 0, 500, 100))
    day = ledger.days[YESTERDAY]
    assert day.cost == pytest.approx(5.4 * 0.30)
    assert day.co2_g == pytest.approx(5.4 * 400)
    assert day.priced_wh == day.co2_wh == pytest.approx(5400)
    assert day.metered_s == pytest.approx(3 * 3600)


def test_time_not_told_has_what_is_left() -> None:
    """The memory has no word of two hours: they share what the others leave."""
    gap, ledger = span(6000)
    expected = spans(3000, 0, 0, 1000)
    redistribute(gap, ledger, expected[:1] + expected[2:])
    assert by_hour(ledger) == pytest.approx(
        [3000, 2000 / 3, 0, 1000, 2000 / 3, 2000 / 3]
    )


def test_a_memory_that_saw_too_much_is_scaled() -> None:
    """The counter has the last word: the memory is scaled to its sum."""
    gap, ledger = span(600)
    redistribute(gap, ledger, spans(1000, 0, 500))
    assert by_hour(ledger) == pytest.approx([400, 0, 200, 0, 0, 0])


def test_a_memory_that_saw_too_little_is_scaled() -> None:
    """Where it tells of all the time, what is missing is missing everywhere."""
    gap, ledger = span(600, 3)
    redistribute(gap, ledger, spans(100, 0, 50))
    assert by_hour(ledger) == pytest.approx([400, 0, 200])


def test_a_memory_that_saw_nothing_knows_no_course() -> None:
    """What was counted stays straight where the memory claims that nothing flowed."""
    gap, ledger = span(600, 3)
    redistribute(gap, ledger, spans(0, 0, 0))
    assert by_hour(ledger) == pytest.approx([200, 200, 200])


def test_spans_are_cut_at_the_stretch() -> None:
    """A span that begins before the stretch, or overlaps another, counts in part."""
    gap, ledger = span(1000, 2)
    expected = [
        EnergySpan(*hours(-1, 1), 800),
        EnergySpan(*hours(0.5, 1.5), 600),
        EnergySpan(*hours(1.5, 3), 900),
    ]
    redistribute(gap, ledger, expected)
    assert by_hour(ledger) == pytest.approx([400, 600])


def test_heat_of_its_own_course_stays() -> None:
    """Electricity beside sampled heat moves; that heat does not, nor its mode."""
    part = PairedPart(*hours(0, 6), Mode.HEATING)
    gap, ledger = span(6000, 6, part)
    redistribute(gap, ledger, spans(6000, 0, 0, 0, 0, 0))
    yesterday, today = ledger.days[YESTERDAY], ledger.days[TODAY]
    assert yesterday.paired_electricity_wh == pytest.approx(6000)
    assert today.paired_electricity_wh == pytest.approx(0)
    assert yesterday.modes[Mode.HEATING].electricity_wh == pytest.approx(3000)
    assert today.modes[Mode.HEATING].electricity_wh == pytest.approx(-3000)
    assert yesterday.heat_wh == today.heat_wh == 0
    assert not yesterday.methods_wh


def test_heat_of_a_gap_goes_along() -> None:
    """Heat that only a counter told is where the electricity is."""
    part = PairedPart(*hours(0, 6), None, cop=4, boundary="H3")
    gap, ledger = span(6000, 6, part)
    redistribute(gap, ledger, spans(3000, 2000, 400, 0, 500, 100))
    yesterday, today = ledger.days[YESTERDAY], ledger.days[TODAY]
    assert yesterday.heat_wh == pytest.approx(4 * 5400)
    assert today.heat_wh == pytest.approx(4 * 600)
    assert yesterday.methods_wh == {HeatMethod.COUNTER: pytest.approx(4 * 2400)}
    assert yesterday.boundaries == {"H3": pytest.approx((2400, 4 * 2400, 0))}
    assert today.boundaries == {"H3": pytest.approx((-2400, -4 * 2400, 0))}
    assert not yesterday.modes


@pytest.mark.parametrize("known_wh", [(3000, 1000, 0, 2000), (0, 0, 0, 6000)])
def test_the_heat_of_a_gap_was_counted(known_wh: tuple[float, ...]) -> None:
    """A gap in the heat that ends before the meter's has its heat, bent or not."""
    part = PairedPart(*hours(0, 3), None, cop=4)
    gap, ledger = span(6000, 4, part)
    redistribute(gap, ledger, spans(*known_wh))
    heat_wh = sum(bucket.heat_wh for bucket in ledger.hours.values())
    assert heat_wh == pytest.approx(4 * 4500)
    paired_wh = sum(each.paired_electricity_wh for each in ledger.hours.values())
    assert paired_wh == pytest.approx(sum(known_wh[:3]), abs=1e-6)


def test_cold_has_its_own_account() -> None:
    """Electricity of cooling moves in its mode, and never into the paired."""
    part = PairedPart(*hours(0, 6), Mode.COOLING)
    gap, ledger = span(6000)
    gap.paired.append(part)
    redistribute(gap, ledger, spans(6000, 0, 0, 0, 0, 0))
    day = ledger.days[YESTERDAY]
    assert day.modes[Mode.COOLING].electricity_wh == pytest.approx(3000)
    assert day.paired_electricity_wh == 0


@pytest.mark.parametrize(
    ("start", "end", "overlaps"),
    [(-2, 0, False), (-2, 0.1, True), (2, 3, True), (5.9, 9, True), (6, 9, False)],
)
def test_overlap(start: float, end: float, overlaps: bool) -> None:
    """A common moment at the edge is no time in common."""
    assert span(1)[0].overlaps(*hours(start, end)) is overlaps


def test_a_timeline_is_bent_in_one_place() -> None:
    """A course takes the place of the line over its time, and of no other."""
    moments = [hours(place, place)[0] for place in (0, 1, 3, 4)]
    timeline = Timeline(list(moments), [10, 20, 50, 60])
    load_profile = Timeline([moments[1], *hours(2, 3)], [0, 5, 30])
    timeline.redistribute(load_profile)
    assert timeline.total_at(hours(2, 2)[0]) == 25
    assert timeline.totals_wh == [10, 20, 25, 50, 60]
    timeline.forget_before(hours(2.5, 2.5)[0])
    before = list(timeline.totals_wh)
    timeline.redistribute(load_profile)
    assert timeline.totals_wh == before
    empty = Timeline()
    empty.redistribute(load_profile)
    assert empty.times == []


CUTS = st.lists(
    st.floats(-2, 10, allow_nan=False), min_size=2, max_size=12, unique=True
)


@st.composite
def memories(draw: st.DrawFn) -> list[EnergySpan]:
    """Return what a meter may remember: gaps, overhangs, and any energies."""
    moments = [at(cut * 3600, EVENING) for cut in sorted(draw(CUTS))]
    energies = st.floats(0, 20_000, allow_subnormal=False)
    return [
        EnergySpan(start, end, draw(energies))
        for start, end in pairwise(moments)
        if end > start and draw(st.booleans())
    ]


PARTS = st.lists(
    st.builds(
        lambda start, length, mode, cop: PairedPart(
            *hours(start, min(start + length, 6)), mode, cop
        ),
        st.floats(0, 5.5),
        st.floats(0.2, 6),
        st.sampled_from([None, Mode.HEATING, Mode.DEFROST]),
        st.none() | st.floats(1, 7),
    ),
    max_size=3,
)


@given(expected=memories(), energy_wh=st.floats(0, 50_000), paired=PARTS)
def test_bending_adds_nothing(
    expected: list[EnergySpan], energy_wh: float, paired: list[PairedPart]
) -> None:
    """Whatever the memory says, no sum of a stretch changes, and no hour goes below 0."""
    gap, ledger = span(energy_wh, 6, *paired)
    before = ledger.sums(YESTERDAY, TODAY)
    redistribute(gap, ledger, expected)
    after = ledger.sums(YESTERDAY, TODAY)
    for name in ("electricity_wh", "cost", "priced_wh", "co2_g", "heat_wh"):
        assert getattr(after, name) == pytest.approx(
            getattr(before, name), rel=1e-6, abs=1e-3
        )
    assert after.metered_s == before.metered_s
    assert after.unpaired_heat_wh == before.unpaired_heat_wh == 0
    assert min(by_hour(ledger)) >= -1e-6
    load_profile = gap.load_profile(expected)
    assert load_profile.times[0] == gap.start
    assert load_profile.times[-1] == gap.end
    assert load_profile.totals_wh == sorted(load_profile.totals_wh)


@given(cuts=st.sets(st.integers(1, 359), max_size=8), power_w=st.floats(0, 10_000))
def test_an_even_memory_changes_nothing(cuts: set[int], power_w: float) -> None:
    """Bending to the straight line leaves every bucket as it was."""
    part = PairedPart(*hours(1, 5), Mode.HEATING, 4)
    gap, ledger = span(6 * power_w, 6, part)
    before = by_hour(ledger)
    edges = [EVENING + timedelta(minutes=cut) for cut in sorted({0, 360} | cuts)]
    expected = [
        EnergySpan(start, end, power_w * (end - start) / timedelta(hours=1))
        for start, end in pairwise(edges)
    ]
    redistribute(gap, ledger, expected)
    assert by_hour(ledger) == pytest.approx(before, abs=1e-6)
    for bucket in ledger.hours.values():
        paired_wh = bucket.paired_electricity_wh
        assert bucket.heat_wh == pytest.approx(4 * paired_wh, abs=1e-6)
