"""The total behind a counter that shows whole steps, or is renewed seldom."""

from datetime import timedelta

import pytest

from custom_components.heatpump_monitor.house_meter.import_counter import (
    ImportCounter,
    PowerRange,
)

from .builders import NOON

STEADY = PowerRange(1800.0, 1800.0)


def errors_wh(step_wh: float, every_s: int, power_w: float) -> list[float]:
    """Return by how much the total is off, of a load of 1.8 kW, every ten seconds."""
    counter, errors = ImportCounter(), []
    for second in range(0, 3600, 10):
        true_wh = 7000.0 + 1800 * second / 3600
        renewed_wh = 7000.0 + 1800 * (second - second % every_s) / 3600
        power = PowerRange(power_w, power_w)
        shown_wh = renewed_wh // step_wh * step_wh
        counter.advance(NOON + timedelta(seconds=second), shown_wh, power)
        errors.append(counter.total_wh - (true_wh - 7000.0))
    return errors


@pytest.mark.parametrize(
    ("step_wh", "every_s", "most_wh"),
    [(0.001, 10, 0.01), (1.0, 10, 0.1), (10.0, 10, 0.1), (1.0, 60, 0.1)],
)
def test_finer_than_its_steps(step_wh: float, every_s: int, most_wh: float) -> None:
    """The power says how far the counter is between two of its values."""
    assert max(map(abs, errors_wh(step_wh, every_s, 1800.0))) < most_wh


@pytest.mark.parametrize("power_w", [0.0, 1700.0, 2000.0])
@pytest.mark.parametrize("step_wh", [1.0, 10.0])
def test_wrong_power(step_wh: float, power_w: float) -> None:
    """A power that is not the counter's moves the total by less than two steps."""
    errors = errors_wh(step_wh, 10, power_w)
    assert max(map(abs, errors)) < 2 * step_wh


def test_power_without_counter_that_moves() -> None:
    """A counter that stays is believed, after a minute."""
    counter = ImportCounter()
    for second in range(0, 3600, 10):
        counter.advance(NOON + timedelta(seconds=second), 7000.0, STEADY)
    assert counter.total_wh <= 1800 * 70 / 3600


def test_total_never_falls() -> None:
    """Neither a step back nor a reset takes energy back."""
    counter, before = ImportCounter(), 0.0
    for second, value_wh in enumerate(
        [7000, 7001, 6999.5, 7000, 6000, 6001, 0, 1, 9e9]
    ):
        counter.advance(NOON + timedelta(seconds=second), value_wh, PowerRange())
        assert counter.total_wh >= before
        before = counter.total_wh
    assert before == pytest.approx(1 + 0.5 + 1 + 1)
