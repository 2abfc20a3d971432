"""Heat by the methods that need to know when the compressor ran."""

from dataclasses import replace

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.heat.capacity import STARTUP_S
from custom_components.heatpump_monitor.performance.heat.estimator import combined_heat
from custom_components.heatpump_monitor.performance.heat.method_errors import (
    heat_errors,
)
from custom_components.heatpump_monitor.performance.heat.water import heat_w
from custom_components.heatpump_monitor.performance.plant import (
    CapacityPoint,
    HeatMethod,
    Plant,
    SourceKind,
)
from custom_components.heatpump_monitor.performance.segments import Heat
from custom_components.heatpump_monitor.readings import HeatPumpReading, Mode
from tests.performance.builders import at, heating, resting
from tests.performance.test_real_devices import (
    HOUR_S,
    REST_W,
    RUN_W,
    booked,
    follow,
    runs_for,
    seen,
)

RUN_S = 1800
END_S = 12 * HOUR_S
BRINE_LPH = 1200.0
since_start = runs_for(RUN_S, HOUR_S, 600)


def power_w(second: float) -> float:
    """Return what the meter sees."""
    return RUN_W if since_start(second) else REST_W


def brine(second: float, warm_c: float, cold_c: float) -> HeatPumpReading:
    """Return what a brine unit without flow and modulation says."""
    runs = since_start(second) > 0
    return replace(
        heating(second) if runs else resting(second),
        measured_at=at(second),
        flow_lph=None,
        modulation_pct=None,
        source_in_c=warm_c,
        source_out_c=cold_c if runs else warm_c,
    )


def cop_of_runs(plant: Plant, warm_c: float, cold_c: float) -> float | None:
    """Return the COP after half a day of runs of 30 min, from the second hour on."""
    monitor = follow(power_w, lambda t: brine(t, warm_c, cold_c), END_S, plant)
    sums = booked(monitor)
    return sums.heat_wh / sums.paired_electricity_wh if sums.paired_s else None


def test_source_balance_adds_the_electricity_to_the_brine() -> None:
    """What the brine gives up and nine tenths of the electricity end in the water."""
    plant = Plant(brine_flow_lph=BRINE_LPH)
    brine_w = heat_w(BRINE_LPH, 4.0, 0.0, 30.0)
    true_cop = (brine_w + 0.9 * RUN_W) / (RUN_W + REST_W)
    assert cop_of_runs(plant, 4.0, 0.0) == pytest.approx(true_cop, rel=0.04)


def test_source_balance_with_more_electricity_than_brine() -> None:
    """Heat that is mostly electricity is no measurement: no run is paired."""
    plant = Plant(brine_flow_lph=BRINE_LPH, heat_method=HeatMethod.SOURCE_BALANCE)
    monitor = follow(power_w, lambda t: brine(t, 4.0, 3.0), END_S, plant)
    sums = booked(monitor)
    # Seconds of a run at the edge of an interval may draw next to nothing.
    assert sums.heat_wh < 0.01 * RUN_W * END_S / 2 / 3600
    assert sums.paired_electricity_wh < 0.01 * sums.electricity_wh


@pytest.mark.parametrize("points", [(), (CapacityPoint(0.0, 35.0, 7000.0),)])
def test_modulation_and_source_balance_are_combined(
    points: tuple[CapacityPoint, ...],
) -> None:
    """Their mean by 1 / error² takes the place of both, unless one is chosen."""
    plant = Plant(
        rated_heat_w=7000.0,
        source=SourceKind.BRINE,
        brine_flow_lph=BRINE_LPH,
        capacity_points=points,
    )
    methods = HeatMethod.MODULATION, HeatMethod.SOURCE_BALANCE
    cops = [
        cop_of_runs(replace(plant, heat_method=method), 4.0, 0.0) for method in methods
    ]
    weights = [heat_errors(plant)[method] ** -2 for method in methods]
    modulation, balance = (cop or 0.0 for cop in cops)
    mean = (modulation * weights[0] + balance * weights[1]) / sum(weights)
    assert modulation > 1.05 * balance
    assert cop_of_runs(plant, 4.0, 0.0) == pytest.approx(mean, rel=0.005)


def test_combined_falls_back_to_modulation() -> None:
    """Where the brine tells too little, the other method goes on alone."""
    plant = Plant(
        rated_heat_w=6000.0, source=SourceKind.BRINE, brine_flow_lph=BRINE_LPH
    )

    def poll(second: float) -> HeatPumpReading:
        reading = brine(second, 4.0, 0.0)
        return reading if second < END_S / 2 else replace(reading, source_out_c=None)

    methods_wh = booked(follow(power_w, poll, END_S, plant)).methods_wh
    assert methods_wh.keys() == {HeatMethod.COMBINED, HeatMethod.MODULATION}
    assert min(methods_wh.values()) > 0.4 * sum(methods_wh.values())


heats_wh = st.lists(
    st.tuples(
        st.floats(min_value=-1e5, max_value=1e5),
        st.floats(min_value=-1e5, max_value=1e5),
    ),
    min_size=1,
    max_size=4,
)
shares = st.floats(min_value=0.01, max_value=0.5)


@given(heats_wh, shares, shares)
def test_combined_heat_lies_between_both(
    pairs_wh: list[tuple[float, float]], by_modulation: float, by_balance: float
) -> None:
    """In each segment; nearer to the one with the smaller error."""
    modulated_wh, balanced_wh = zip(*pairs_wh, strict=True)
    heats = {
        HeatMethod.MODULATION: Heat(modulated_wh),
        HeatMethod.SOURCE_BALANCE: Heat(balanced_wh),
    }
    errors = {
        HeatMethod.MODULATION: by_modulation,
        HeatMethod.SOURCE_BALANCE: by_balance,
    }
    combined = combined_heat(heats, errors)
    assert combined is not None
    for first_wh, second_wh, mean_wh in zip(
        modulated_wh, balanced_wh, combined.by_segment_wh, strict=True
    ):
        assert min(first_wh, second_wh) - 1e-6 <= mean_wh
        assert mean_wh <= max(first_wh, second_wh) + 1e-6
        off_wh = abs(mean_wh - first_wh), abs(mean_wh - second_wh)
        assert (off_wh[0] - off_wh[1]) * (by_modulation - by_balance) >= -1e-6


@pytest.mark.parametrize(
    ("warm_c", "points", "share"),
    [
        (0.0, (), 1.0),
        (10.0, (), 1.28),
        (0.0, (CapacityPoint(0.0, 35.0, 5400.0),), 0.904),
    ],
)
def test_compressor_that_is_only_on_or_off(
    warm_c: float, points: tuple[CapacityPoint, ...], share: float
) -> None:
    """Rated power by the source and the data sheet, for the time that it ran."""
    plant = Plant(rated_heat_w=6000.0, source=SourceKind.BRINE, capacity_points=points)
    run_share = (RUN_S - STARTUP_S) / RUN_S
    true_cop = 6000 * share * run_share / (RUN_W + REST_W)
    assert cop_of_runs(plant, warm_c, warm_c - 3) == pytest.approx(true_cop, rel=0.04)


def test_air_takes_the_outside_temperature_for_its_source() -> None:
    """A unit without a sensor at its inlet works at the outside temperature."""

    def poll(second: float) -> HeatPumpReading:
        reading = brine(second, 0.0, 0.0)
        return replace(reading, source_in_c=None, source_out_c=None, outside_c=-8.0)

    plant = Plant(rated_heat_w=6000.0, source=SourceKind.AIR)
    sums = booked(follow(power_w, poll, END_S, plant))
    true_cop = 6000 * 0.74 * (RUN_S - STARTUP_S) / RUN_S / (RUN_W + REST_W)
    assert sums.heat_wh / sums.paired_electricity_wh == pytest.approx(
        true_cop, rel=0.04
    )


@pytest.mark.parametrize("method", [HeatMethod.MODULATION, HeatMethod.SOURCE_BALANCE])
def test_rated_power_is_not_that_of_cooling(method: HeatMethod) -> None:
    """What cools is not known by methods of heating: no heat, and no cold."""

    def poll(second: float) -> HeatPumpReading:
        reading = replace(brine(second, 4.0, 0.0), modulation_pct=50.0)
        return replace(reading, operation_state="cooling")

    plant = Plant(heat_method=method, brine_flow_lph=BRINE_LPH)
    sums = booked(follow(power_w, poll, END_S, plant))
    assert sums.heat_wh == 0
    assert Mode.COOLING not in sums.modes


def test_backup_heater_at_rest_makes_heat_by_flow() -> None:
    """Water that comes back warm while the compressor rests was heated by a backup heater."""
    backup_heater_w = heat_w(1000, 32.5, 30)

    def heats(second: float) -> bool:
        return not since_start(second) and second % HOUR_S >= 2700

    def poll(second: float) -> HeatPumpReading:
        rests = resting(second)
        if heats(second):
            rests = replace(rests, flow_lph=1000.0, supply_c=32.5)
        return replace(
            heating(second) if since_start(second) else rests, measured_at=at(second)
        )

    plant = Plant(heat_method=HeatMethod.FLOW)
    sums = booked(
        follow(
            lambda t: backup_heater_w if heats(t) else power_w(t), poll, END_S, plant
        )
    )
    # The last quarter of an hour is not closed yet.
    closed_h = END_S / HOUR_S - 1
    assert sums.modes[Mode.STANDBY].heat_wh == pytest.approx(
        backup_heater_w * closed_h * 900 / 3600, rel=0.2
    )


def test_supply_temperature_left_over_from_a_run_is_no_heat() -> None:
    """Water that circulates at rest makes no more heat than is drawn."""
    rest_w = 15.0

    def poll(second: float) -> HeatPumpReading:
        held = replace(heating(second), compressor_on=False, modulation_pct=0.0)
        return heating(second) if second < 6 * HOUR_S else held

    monitor = follow(
        lambda t: power_w(t) if t < 6 * HOUR_S else rest_w,
        lambda t: poll(t) if since_start(t) or t > 6 * HOUR_S else resting(t),
        24 * HOUR_S,
        Plant(heat_method=HeatMethod.FLOW),
    )
    standby = booked(monitor).modes[Mode.STANDBY]
    assert 0 < standby.heat_wh <= standby.electricity_wh
    assert seen(monitor, 24 * HOUR_S).thermal_power_w == rest_w
