"""A cloud that is late or stuck, beside a meter that is not: no number of it."""

from dataclasses import dataclass, replace
from math import inf
from typing import override

import pytest

from custom_components.heatpump_monitor.const import (
    CONF_HEAT_METHOD,
    CONF_METER_INTERVAL_S,
    HEAT_METHOD_AUTOMATIC,
)
from custom_components.heatpump_monitor.performance.flags import FlagKind
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from simulator import Messages, Preset, Variant
from simulator.physics import design_of, simulated_plant
from simulator.state import Activity, Energies, Plant, PlantState
from simulator.world import PlantMaker

from .household import Household
from .simulator.conftest import HISTORY_S, SteadyPlant

HOUR_S = 3600
QUIET_W = 5.0
METER_PACE_S = 30
FROSTY_SEED = 2
"""An afternoon with about 16 short runs."""


@dataclass(kw_only=True)
class StoppingPlant(SteadyPlant):
    """The steady plant until it is stopped; from then on it draws 5 W."""

    stopped_s: float = inf

    @override
    def energies_at(self, epoch_s: float) -> Energies:
        energies = super().energies_at(min(epoch_s, self.stopped_s))
        quiet_wh = QUIET_W * max(0.0, epoch_s - self.stopped_s) / 3600
        a_wh, b_wh, c_wh = energies.phases_wh
        return replace(
            energies,
            electricity_wh=energies.electricity_wh + quiet_wh,
            phases_wh=(a_wh + quiet_wh, b_wh, c_wh),
        )

    @override
    def state(self) -> PlantState:
        state = super().state()
        if self.now_s < self.stopped_s:
            return state
        return replace(
            state,
            activity=Activity.STANDBY,
            compressor_on=False,
            modulation=0.0,
            compressor_w=0.0,
            phases_w=(QUIET_W, 0.0, 0.0),
            heat_w=0.0,
            flow_lph=0.0,
        )


@pytest.fixture
def preset() -> Preset | None:
    """Return the physical plant of the household, None for the stopping one."""
    return None


@pytest.fixture
def variants(variant: Variant) -> tuple[Variant, ...]:
    """Return the one heat pump in the account, as each takes its time."""
    return (variant,)


@pytest.fixture
def make_plant(preset: Preset | None) -> PlantMaker:
    """Return what makes the heat pumps of the household."""

    def make(variant: Variant, start_s: float) -> Plant:
        if preset is None:
            return StoppingPlant(variant=variant, origin_epoch_s=start_s - HISTORY_S)
        return simulated_plant(
            variant,
            design=design_of(variant, preset),
            seed=FROSTY_SEED,
            start_epoch_s=start_s,
        )

    return make


def monitor_of(household: Household) -> PerformanceMonitor:
    """Return what accounts for the household's heat pump."""
    monitor: PerformanceMonitor = household.entry.runtime_data.performance.monitor
    return monitor


def booked(household: Household) -> tuple[float, float, float]:
    """Return paired electricity and heat in Wh, and paired time in s."""
    days = monitor_of(household).ledger.days.values()
    return (
        sum(day.paired_electricity_wh for day in days),
        sum(day.heat_wh for day in days),
        sum(day.paired_s for day in days),
    )


async def get_stuck(household: Household) -> None:
    """Let the unit stop after an hour, while the cloud goes on saying that it runs."""
    await household.set_up()
    await household.live(HOUR_S)
    plant = household.plant
    assert isinstance(plant, StoppingPlant)
    household.cloud.faults.stuck = True
    plant.stopped_s = plant.now_s


@pytest.mark.parametrize("variant", list(Variant))
async def test_stuck_answer_beside_a_quiet_meter(household: Household) -> None:
    """A cloud that goes on saying "runs" makes no heat while the meter sees 5 W."""
    await get_stuck(household)
    await household.live(4 * HOUR_S)

    electricity_wh, heat_wh, paired_s = booked(household)
    # The steady plant delivers up to 5.6 kW, and may be believed for some minutes.
    assert heat_wh < 1.5 * 5600
    assert heat_wh < 8 * electricity_wh
    assert paired_s < 2 * HOUR_S
    kinds = {flag.kind for flag in monitor_of(household).flags}
    assert kinds & {FlagKind.STALE, FlagKind.CONTRADICTION}


async def test_old_values_are_not_shown(household: Household) -> None:
    """What a unit goes on saying while it must have changed is unavailable."""
    await get_stuck(household)
    await household.live(2 * HOUR_S)
    for key in ("supply_temperature", "outside_temperature"):
        assert household.value(key) == STATE_UNAVAILABLE
    assert household.binary("compressor") == STATE_UNAVAILABLE
    assert household.value("mode") == household.value("thermal_power") == STATE_UNKNOWN
    # The cloud answers, and the account goes on.
    assert household.binary("heat_pump_connected") == "on"
    assert float(household.value("heat_total")) > 0

    household.cloud.faults.stuck = False
    await household.live(HOUR_S / 2)
    assert household.value("supply_temperature") == "35.0"
    assert household.binary("compressor") == "off"


@pytest.mark.parametrize("preset", [Preset.SHORT_RUNS])
@pytest.mark.parametrize(
    ("variant", "same_delay", "tolerance"),
    [
        (Variant.BRINE, False, 0.06),
        (Variant.BRINE, True, 0.06),
        # The flow's heat of 16 runs of 10 min at five-minute polls scatters more.
        (Variant.AIR, False, 0.12),
    ],
)
async def test_late_values_in_short_runs(
    household: Household, variant: Variant, same_delay: bool, tolerance: float
) -> None:
    """Values up to 5 min late do not bias the figure of 10-min runs."""
    household.cloud.faults.messages = Messages(max_delay_s=300, same_delay=same_delay)
    household.hass.config_entries.async_update_entry(
        household.entry, options={CONF_METER_INTERVAL_S: METER_PACE_S}
    )
    await household.set_up()
    plant = household.simulator.plants[variant]
    before = plant.state().energies
    await household.live(6 * HOUR_S, step_s=METER_PACE_S)
    after = plant.state().energies

    electricity_wh, heat_wh, paired_s = booked(household)
    true_cop = (after.heat_wh - before.heat_wh) / (
        after.electricity_wh - before.electricity_wh
    )
    assert paired_s > 5 * HOUR_S
    assert heat_wh / electricity_wh == pytest.approx(true_cop, rel=tolerance)


@pytest.mark.parametrize("late_s", [1800, 3600])
async def test_late_counters_alone(household: Household, late_s: int) -> None:
    """Counters that move later than the poll give the sum, as the only method."""
    household.cloud.faults.counters_only = True
    household.cloud.faults.late_counters_s = late_s
    household.change_data({CONF_HEAT_METHOD: HEAT_METHOD_AUTOMATIC})
    await household.set_up()
    for quarter in range(24):
        # Something always moves while a unit runs.
        household.plant.changes["outside_c"] = 3.0 + 0.3 * (quarter % 5)
        await household.live(HOUR_S / 4)

    electricity_wh, heat_wh, paired_s = booked(household)
    assert paired_s > 3 * HOUR_S
    assert heat_wh / electricity_wh == pytest.approx(2.6, rel=0.05)
    assert household.value("cop") == STATE_UNKNOWN


async def test_heat_of_a_burner(household: Household) -> None:
    """What the burner of a hybrid gives is no heat of the heat pump."""
    plant = household.plant
    # 1000 l/h and 23 K: 26.6 kW, most of it the burner's.
    plant.changes.update(
        burner_share=0.8, flow_lph=1000.0, return_c=30.0, supply_c=53.0
    )
    await household.set_up()
    await household.live(2 * HOUR_S)
    electricity_wh, heat_wh, _ = booked(household)
    assert heat_wh <= 8 * electricity_wh
