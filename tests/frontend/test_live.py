"""What the cards show of the present moment."""

from datetime import datetime

import pytest

from custom_components.heatpump_monitor.frontend.live import live
from custom_components.heatpump_monitor.performance.state import OpenIntervals
from simulator.state import Activity, Variant
from tests.household import METER_POLL_S, POLL_S, Household


async def test_a_run(household: Household) -> None:
    """The run that goes on has a start and a COP."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(3 * POLL_S)
    shown = live(household.hass, household.entry)
    assert shown.runs
    assert shown.run is not None
    assert shown.mode_since == shown.run.start
    assert shown.run.cop == pytest.approx(5.6, abs=0.1)
    assert shown.heat_method == "flow"
    assert shown.heat_error == pytest.approx(0.075)
    assert shown.starts_today == 0
    assert shown.calls is not None
    assert shown.calls.allowed == 1400
    assert shown.hot_water_target_c == 50


async def test_a_defrost_has_no_known_beginning(household: Household) -> None:
    """A run is one with its defrosts: its start is not that of the mode."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(3 * POLL_S)
    household.plant.changes = {"activity": Activity.DEFROST, "supply_c": 24.0}
    await household.live(2 * POLL_S)
    shown = live(household.hass, household.entry)
    assert shown.mode == "defrost"
    assert shown.run is not None
    assert shown.mode_since is None


@pytest.mark.parametrize("variant", list(Variant))
async def test_source_that_nobody_entered(household: Household) -> None:
    """Brine and air are recognised by the temperatures that the unit has."""
    await household.set_up()
    await household.live(POLL_S)
    assert live(household.hass, household.entry).source_kind == household.variant


async def test_figures_of_the_maker(household: Household) -> None:
    """As the unit calculates them, with the moment of their last change."""
    await household.set_up()
    maker = live(household.hass, household.entry).maker
    assert maker is not None
    reading = household.entry.runtime_data.heat_pump.data
    assert (maker.all, maker.measured_at) == (
        reading.spf_total,
        reading.spf_measured_at,
    )
    assert isinstance(maker.measured_at, datetime)


async def test_nothing_read_yet(household: Household) -> None:
    """Without any reading of the heat pump, only the meter's power is known."""
    household.step_s = METER_POLL_S
    await household.set_up()
    household.cloud_gone()
    await household.reload()
    monitor = household.entry.runtime_data.performance.monitor
    monitor.state.open_intervals = OpenIntervals()
    await household.live(8 * POLL_S)
    shown = live(household.hass, household.entry)
    assert shown.heat_pump.failure is not None
    assert (shown.supply_c, shown.maker, shown.run) == (None, None, None)
    assert (shown.mode, shown.mode_since, shown.heat_error) == (None, None, None)
    assert shown.circuits == ()
    assert shown.electricity_w == pytest.approx(1000, rel=0.2)
    # It is still known what the unit has.
    assert shown.has["hot_water"]


async def test_meter_gone(household: Household) -> None:
    """Without the meter, its power is unknown: never the last value."""
    await household.set_up()
    household.meter.faults.unreachable = True
    await household.live(2 * METER_POLL_S, METER_POLL_S)
    shown = live(household.hass, household.entry)
    assert shown.meters[0].failure is not None
    assert shown.electricity_w is None
