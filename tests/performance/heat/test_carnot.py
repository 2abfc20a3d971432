"""The physical test of a COP: its share of Carnot, and for how long."""

from dataclasses import replace

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.performance.heat.carnot import (
    CarnotGate,
    carnot_share,
)
from custom_components.heatpump_monitor.readings import HeatPumpReading
from tests.performance.builders import at

TRUE, FALSE = 0.5, 0.8
RAISED = (True, 1200.0)


def reading(
    supply_c: float | None = 35.0,
    outside_c: float | None = None,
    source_in_c: float | None = None,
    source_out_c: float | None = None,
) -> HeatPumpReading:
    """Return a reading with its temperatures only."""
    return HeatPumpReading(
        time=at(0),
        supply_c=supply_c,
        outside_c=outside_c,
        source_in_c=source_in_c,
        source_out_c=source_out_c,
    )


def share_of(cop: float, still: HeatPumpReading) -> float | None:
    """Return the share of Carnot where both readings say the same."""
    return carnot_share(cop, still, still)


def taken(gate: CarnotGate, *shares: float | None) -> list[tuple[bool, float]]:
    """Return what a gate says of intervals of 5 minutes, one after the other."""
    return [
        gate.take(at(300 * number), at(300 * (number + 1)), share)
        for number, share in enumerate(shares)
    ]


@pytest.mark.parametrize(
    ("still", "condensing_k", "lift_k"),
    [
        # Air, by the air at the unit, or else by the outside sensor.
        (reading(35, outside_c=5, source_in_c=7), 310.15, 36),
        (reading(35, outside_c=5), 310.15, 38),
        # Brine, by what leaves the evaporator.
        (reading(35, outside_c=-10, source_in_c=4, source_out_c=1), 310.15, 39),
        (reading(55, outside_c=-10, source_in_c=4, source_out_c=0), 330.15, 60),
    ],
)
def test_share_by_hand(
    still: HeatPumpReading, condensing_k: float, lift_k: float
) -> None:
    """Carnot's COP is the condensing temperature in kelvins over the lift."""
    assert share_of(4.0, still) == pytest.approx(4.0 * lift_k / condensing_k)


def test_both_readings_count() -> None:
    """An interval is judged by the mean of its two ends."""
    start, end = reading(30, outside_c=2), reading(40, outside_c=4)
    assert carnot_share(4.0, start, end) == share_of(4.0, reading(35, outside_c=3))


@pytest.mark.parametrize(
    "end",
    [
        reading(None, outside_c=5),
        reading(35),
        # Warmer outside than inside: nothing to lift.
        reading(20, outside_c=50),
    ],
)
def test_share_is_unknown_rather_than_wrong(end: HeatPumpReading) -> None:
    """Without both temperatures, or without a lift, Carnot has nothing to say."""
    assert carnot_share(4.0, reading(20, outside_c=20), end) is None


def test_unknown_at_the_start_is_unknown() -> None:
    """One end does not stand for the other."""
    assert carnot_share(4.0, reading(None), reading(35, outside_c=5)) is None


@given(
    st.floats(1, 8),
    st.floats(25, 60),
    st.floats(-15, 20),
    st.floats(0.5, 10),
)
def test_more_lift_leaves_less_to_reach(
    cop: float, supply_c: float, source_c: float, more_k: float
) -> None:
    """The same COP is a larger share of Carnot the further heat is lifted."""
    easy = reading(supply_c, source_in_c=source_c + 3, source_out_c=source_c)
    share = share_of(cop, easy)
    assert share is not None
    for harder in (
        replace(easy, supply_c=supply_c + more_k),
        replace(easy, source_out_c=source_c - more_k),
    ):
        more = share_of(cop, harder)
        assert more is not None
        assert more > share


@pytest.mark.parametrize(
    "mild",
    [
        reading(28, outside_c=15),
        reading(26, outside_c=8, source_in_c=14, source_out_c=11),
    ],
)
def test_d6_truth_passes_and_nonsense_is_flagged(mild: HeatPumpReading) -> None:
    """D6: a real COP of 8.9 at a low lift is not flagged, one of 62 is."""
    assert taken(CarnotGate(), *[share_of(8.9, mild)] * 12) == [(False, 0.0)] * 12
    assert RAISED in taken(CarnotGate(), *[share_of(62.0, mild)] * 12)


def test_a_spike_is_no_episode() -> None:
    """Up to 16 minutes are not flagged, however often they come."""
    spike = (FALSE, FALSE, FALSE, TRUE)
    assert taken(CarnotGate(), *spike, *spike) == [(False, 0.0)] * 8
    assert CarnotGate().take(at(0), at(960), FALSE) == (False, 0.0)
    assert CarnotGate().take(at(0), at(961), FALSE) == (True, 961.0)


def test_an_episode_is_raised_once_and_counted_whole() -> None:
    """Its first 16 minutes count as soon as it is one; each episode is raised."""
    false, nothing = (False, 300.0), (False, 0.0)
    shares = (*[FALSE] * 6, TRUE, *[FALSE] * 4)
    assert taken(CarnotGate(), *shares) == [
        *[nothing] * 3,
        RAISED,
        *[false] * 2,
        *[nothing] * 4,
        RAISED,
    ]


def test_the_unknown_ends_an_episode() -> None:
    """Time for which Carnot has nothing to say joins no two spikes."""
    shares = (FALSE, FALSE, FALSE, None, FALSE, FALSE, FALSE)
    assert taken(CarnotGate(), *shares) == [(False, 0.0)] * 7


def test_a_gap_ends_an_episode() -> None:
    """Time without intervals joins no two spikes, nor goes on with an episode."""
    spike, episode = CarnotGate(), CarnotGate()
    taken(spike, *[FALSE] * 3)
    assert spike.take(at(1200), at(1500), FALSE) == (False, 0.0)
    assert taken(episode, *[FALSE] * 4)[-1] == RAISED
    assert episode.take(at(1500), at(1800), FALSE) == (False, 0.0)


@pytest.mark.parametrize("cut", range(6))
def test_a_restart_changes_nothing(cut: int) -> None:
    """An episode goes on where it stood when the gate was kept."""
    gate = CarnotGate()
    results = taken(gate, *[FALSE] * cut)
    gate = load(CarnotGate, dump(gate))
    for number in range(cut, 6):
        results.append(gate.take(at(300 * number), at(300 * (number + 1)), FALSE))
    assert results == taken(CarnotGate(), *[FALSE] * 6)
