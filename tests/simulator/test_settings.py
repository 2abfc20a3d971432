"""What the owner sets acts on the plant."""

from dataclasses import replace
import json

import pytest

from simulator import Simulator, SteppedClock
from simulator.__main__ import serve
from simulator.physics import SimulatedPlant, simulated_plant
from simulator.physics.heating_curve import supply_by_curve_c
from simulator.state import Activity, PlannedChange, Variant

JANUARY_S = 1_767_222_000.0
"""2026-01-01 00:00 in Berlin."""
DAY_S = 86_400.0
DAYS = 5


def lived(variant: Variant, *plan: PlannedChange) -> SimulatedPlant:
    """Return a plant after some days of winter."""
    plant = simulated_plant(variant, seed=3, start_epoch_s=JANUARY_S, plan=plan)
    plant.advance(JANUARY_S + 2 * DAY_S)
    return plant


def changed(item: str, by: float, epoch_s: float = 0.0) -> PlannedChange:
    """Return a change that was made long ago, or at a moment."""
    return PlannedChange(epoch_s=epoch_s, item=item, by=by)


def heating(plant: SimulatedPlant) -> tuple[float, float, float]:
    """Return COP and heat of the next days of heating, and the mean supply in °C."""
    start_s = JANUARY_S + 2 * DAY_S
    before = plant.energies_at(start_s)
    supplies_c = []
    for quarter in range(DAYS * 96):
        plant.advance(start_s + quarter * 900)
        state = plant.state()
        if state.activity is Activity.HEATING:
            supplies_c.append(state.supply_c)
    now = plant.energies_at(start_s + (DAYS * 96 - 1) * 900)
    heat_wh = now.heating_heat_wh - before.heating_heat_wh
    drawn_wh = now.heating_electricity_wh - before.heating_electricity_wh
    return heat_wh / drawn_wh, heat_wh, sum(supplies_c) / len(supplies_c)


@pytest.fixture(scope="module", params=list(Variant))
def usual(request: pytest.FixtureRequest) -> tuple[Variant, tuple[float, float, float]]:
    """Return a variant and how it heats with its usual settings."""
    variant: Variant = request.param
    return variant, heating(lived(variant))


@pytest.mark.parametrize(
    ("item", "by", "lower"),
    [("curve_slope", -0.2, True), ("curve_shift_k", 3.0, False), ("room_c", 1, False)],
)
def test_curve_and_room(
    usual: tuple[Variant, tuple[float, float, float]], item: str, by: float, lower: bool
) -> None:
    """A lower curve lowers the supply, raises the COP and saves heat."""
    variant, (cop, heat_wh, supply_c) = usual
    new_cop, new_heat_wh, new_supply_c = heating(lived(variant, changed(item, by)))
    sign = -1 if lower else 1
    assert 0.8 < sign * (new_supply_c - supply_c) < 4.0
    assert 0.01 < -sign * (new_cop / cop - 1) < 0.08
    assert 0.02 < sign * (new_heat_wh / heat_wh - 1) < 0.15


@pytest.mark.parametrize("variant", list(Variant))
def test_hot_water(variant: Variant) -> None:
    """Hotter water costs COP; the tank is charged to the new target."""

    def charges(plant: SimulatedPlant) -> tuple[float, float]:
        before, highest_c = plant.state().energies, 0.0
        for quarter in range(DAYS * 96):
            plant.advance(JANUARY_S + 2 * DAY_S + quarter * 900)
            # Before Saturday, on which the tank is disinfected.
            if quarter > 3 * 96:
                highest_c = max(highest_c, plant.state().hot_water_c)
        now = plant.state().energies
        heat_wh = now.hot_water_heat_wh - before.hot_water_heat_wh
        drawn_wh = now.hot_water_electricity_wh - before.hot_water_electricity_wh
        return heat_wh / drawn_wh, highest_c

    cop, highest_c = charges(lived(variant))
    new_cop, new_highest_c = charges(lived(variant, changed("hot_water_c", 5.0)))
    assert new_highest_c - highest_c == pytest.approx(5, abs=1.5)
    assert 0.03 < 1 - new_cop / cop < 0.12


def test_hysteresis_of_hot_water() -> None:
    """With a wider hysteresis the tank cools further before it is charged."""
    begins_c = []
    for by in (0.0, 4.0):
        plant = lived(Variant.BRINE, changed("hot_water_hysteresis_k", by))
        before = plant.state()
        charges_c = []
        for minute in range(1440, 3 * 1440):
            plant.advance(JANUARY_S + 2 * DAY_S + minute * 60)
            now = plant.state()
            if now.activity is Activity.HOT_WATER and now.activity != before.activity:
                charges_c.append(now.hot_water_c)
            before = now
        # A shower may cool it further before the charge begins, and on Saturday the
        # tank is disinfected.
        begins_c.append(max(charges_c))
    assert begins_c == pytest.approx([45, 41], abs=1)


def test_plan_acts_when_it_is_due() -> None:
    """Until the moment of a change two plants are the same, then they are not."""
    due_s = JANUARY_S + 0.5 * DAY_S
    plan = changed("curve_slope", -0.2, due_s)
    one, other = (
        simulated_plant(Variant.AIR, seed=3, start_epoch_s=JANUARY_S, plan=each)
        for each in ((), (plan,))
    )
    one.advance(due_s - 10)
    other.advance(due_s - 10)
    assert one.state() == other.state()
    one.advance(due_s + DAY_S)
    other.advance(due_s + DAY_S)
    assert other.settings == replace(one.settings, curve_slope=0.4)
    assert one.state().energies != other.state().energies


def test_curve_by_hand() -> None:
    """At 0 °C, slope 1 lifts a room of 20 °C by 20 * 1.1139 K."""
    settings = lived(Variant.AIR).settings
    assert supply_by_curve_c(replace(settings, curve_slope=1.0), 0) == pytest.approx(
        20 + 20 * (1.4347 - 0.42 + 0.09916)
    )
    assert supply_by_curve_c(settings, 25) == settings.room_c


async def test_app_changes_the_plant() -> None:
    """What is set in the app acts on the plant, and what a plan sets is in the app."""
    plan = (changed("curve_slope", -0.2),)
    clock = SteppedClock(JANUARY_S)
    sim = Simulator([Variant.BRINE], clock=clock, plan=plan)
    sim.viessmann.adjust("heating.dhw.temperature.main", value=55)
    await sim.step(60)
    settings = sim.plants[Variant.BRINE].state().settings
    assert settings is not None
    assert (settings.hot_water_c, settings.curve_slope) == (55, 0.8)
    heat_pump = sim.viessmann.gateways[0].heat_pump
    shown = [json.loads(each) for each in heat_pump.texts("0", clock.now())]
    values = {each["feature"]: each["properties"] for each in shown}
    assert values["heating.dhw.temperature.main"]["value"]["value"] == 55
    assert values["heating.circuits.1.heating.curve"]["slope"]["value"] == 0.8


async def test_unknown_setting_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The command line knows the settings that act, and no others."""
    with pytest.raises(SystemExit):
        await serve(["--changed=colour=2"])
    assert "no setting 'colour'" in capsys.readouterr().err
