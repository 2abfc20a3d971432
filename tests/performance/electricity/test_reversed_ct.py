"""Phases that run backwards, found in the meter's readings."""

from collections.abc import Iterable

import pytest

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.performance.electricity.reversed_ct import (
    ReversedCt,
)
from custom_components.heatpump_monitor.readings import MeterReading, PhaseReading
from tests.performance.builders import at


class Meter:
    """A meter whose returned counter follows its negative phases."""

    def __init__(self, step_s: float = 10.0, returned_wh: float | None = 0.0) -> None:
        """Start with nothing watched."""
        self.direction = ReversedCt()
        self.seconds = 0.0
        self.step_s = step_s
        self.returned_wh = returned_wh

    def run(
        self, minutes: float, *powers_w: float | None, turned: Iterable[str] = ()
    ) -> None:
        """Add readings with these powers of phases a, b, c."""
        for _ in range(round(minutes * 60 / self.step_s)):
            self.seconds += self.step_s
            if self.returned_wh is not None:
                back_w = -sum(min(power_w or 0.0, 0.0) for power_w in powers_w)
                self.returned_wh += back_w * self.step_s / 3600
            phases = tuple(
                PhaseReading(name=name, power_w=power_w)
                for name, power_w in zip("abc", powers_w, strict=False)
            )
            self.direction.add(
                MeterReading(
                    time=at(self.seconds),
                    returned_wh=self.returned_wh,
                    phases=phases,
                    reversed_phases=tuple(turned),
                )
            )

    def backwards(self, start_s: float, end_s: float) -> bool:
        """Return whether a phase ran backwards between two moments."""
        return self.direction.ran_backwards(at(start_s), at(end_s))


@pytest.mark.parametrize("step_s", [10.0, 60.0])
def test_a_reversed_phase(step_s: float) -> None:
    """It is suspected from its first moment, and known after ten minutes."""
    meter = Meter(step_s)
    meter.run(10, 600, 300, 100)
    assert meter.direction.suspect_since is None
    meter.run(9, 600, -300, 100)
    assert meter.direction.suspect_since == at(600)
    assert meter.direction.reversed_phases == ()
    meter.run(3, 600, -300, 100)
    assert meter.direction.reversed_phases == ("b",)
    assert not meter.backwards(0, 600)
    assert meter.backwards(0, 601)

    # At rest a meter reads noise, and other phases say nothing of this one.
    meter.run(60, 5, -3, None)
    meter.run(10, 600, None, 100)
    assert meter.direction.reversed_phases == ("b",)

    turned_s = meter.seconds
    meter.run(1, 600, 300, 100)
    assert meter.direction.reversed_phases == ()
    assert meter.direction.suspect_since is None
    assert meter.backwards(turned_s - 60, turned_s + 600)
    assert not meter.backwards(turned_s + step_s, turned_s + 600)
    meter.direction.forget_before(at(turned_s))
    assert meter.direction.ended
    meter.direction.forget_before(at(turned_s + step_s))
    assert not meter.direction.ended


def test_runs_shorter_than_ten_minutes() -> None:
    """Short runs add up to a reversed phase, and none of them is paired."""
    meter = Meter()
    for _ in range(3):
        meter.run(5, -900, 0, 0)
        meter.run(20, -4, 0, 0)
    assert meter.direction.reversed_phases == ("a",)
    assert meter.direction.suspect_since == at(10)


def test_a_motor_that_coasts_to_a_stop() -> None:
    """A few seconds of negative power are no reversed CT."""
    meter = Meter()
    for _ in range(100):
        meter.run(5, 600, 300, 100)
        meter.run(0.5, -80, -80, -80)
        meter.run(5, 4, 4, 4)
        assert meter.direction.suspect_since is None
    assert not meter.backwards(0, meter.seconds)


@pytest.mark.parametrize("returned_wh", [None, 0.0])
def test_negative_power_without_returned_energy(returned_wh: float | None) -> None:
    """Power alone is a suspicion only; a counter that starts again at 0 counts on."""
    meter = Meter(returned_wh=returned_wh)
    meter.run(5, -600)
    if meter.returned_wh is not None:
        meter.returned_wh = 0.0
    meter.run(20, -600)
    confirmed = () if returned_wh is None else ("a",)
    assert meter.direction.reversed_phases == confirmed
    assert meter.direction.suspect_since == at(10)


def test_a_phase_that_the_owner_marks() -> None:
    """A changed sign ends what was seen with the other one, and can be wrong too."""
    meter = Meter()
    meter.run(20, 600, -300)
    meter.run(1, 600, 300, turned="b")
    assert meter.direction.reversed_phases == ()
    assert meter.backwards(0, 1200)
    meter.run(20, -600, 300, turned="ab")
    assert meter.direction.reversed_phases == ("a",)


def test_reading_twice_and_saving_changes_nothing() -> None:
    """A repeated reading is passed over, and the state survives a restart."""
    meter = Meter()
    meter.run(20, 600, -300)
    meter.run(1, 600, 300)
    meter.run(20, -600, 300)
    saved = load(ReversedCt, dump(meter.direction))
    assert saved == meter.direction
    meter.seconds -= meter.step_s
    meter.run(meter.step_s / 60, 600, 300)
    assert meter.direction == saved
