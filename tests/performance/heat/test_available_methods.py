"""Which methods can know the heat of a unit."""

from dataclasses import replace

import pytest

from custom_components.heatpump_monitor.performance.heat.available_methods import (
    available_methods,
    can_know_heat,
    gains_by_readings,
    method_in_use,
)
from custom_components.heatpump_monitor.performance.intervals import Interval
from custom_components.heatpump_monitor.performance.plant import (
    HeatMethod,
    Meter,
    Plant,
)
from custom_components.heatpump_monitor.readings import (
    HeatPumpReading,
    Role,
    UnitEnergy,
)
from tests.performance.builders import START

BARE = HeatPumpReading(
    time=START, compressor_on=False, supply_c=30.0, return_c=27.0, run_hours=100.0
)
ENERGY = UnitEnergy(heating_wh=1.0)


@pytest.mark.parametrize(
    ("reading", "plant", "methods"),
    [
        pytest.param(BARE, Plant(), set(), id="temperatures only"),
        pytest.param(
            replace(BARE, flow_lph=0.0), Plant(), {HeatMethod.FLOW}, id="flow at rest"
        ),
        pytest.param(
            replace(BARE, flow_lph=900.0, return_c=None), Plant(), set(), id="no return"
        ),
        pytest.param(
            replace(BARE, modulation_pct=0.0, rated_heat_w=8000.0),
            Plant(),
            {HeatMethod.MODULATION},
            id="modulation and rated power",
        ),
        pytest.param(
            replace(BARE, modulation_pct=0.0), Plant(), set(), id="no rated power"
        ),
        pytest.param(
            replace(BARE, modulation_pct=0.0),
            Plant(rated_heat_w=8000.0),
            {HeatMethod.MODULATION},
            id="rated power of the owner",
        ),
        pytest.param(
            BARE,
            Plant(meters=(Meter(), Meter(key="h", role=Role.HEAT))),
            {HeatMethod.HEAT_METER},
            id="heat meter",
        ),
        pytest.param(
            replace(BARE, reported_heat_w=0.0),
            Plant(),
            {HeatMethod.REPORTED},
            id="reported",
        ),
        pytest.param(
            replace(BARE, heat=ENERGY),
            Plant(),
            {HeatMethod.COUNTER},
            id="counters of the year",
        ),
        pytest.param(
            replace(BARE, heat_week=ENERGY),
            Plant(),
            {HeatMethod.COUNTER},
            id="counters of the week",
        ),
        pytest.param(
            replace(BARE, heat_meter_wh=1.0),
            Plant(),
            {HeatMethod.HEAT_METER},
            id="heat meter",
        ),
        pytest.param(
            replace(
                BARE,
                modulation_pct=0.0,
                rated_heat_w=8000.0,
                source_in_c=4.0,
                source_out_c=4.0,
            ),
            Plant(brine_flow_lph=1800.0),
            {HeatMethod.MODULATION, HeatMethod.SOURCE_BALANCE, HeatMethod.COMBINED},
            id="modulation and brine flow",
        ),
        pytest.param(
            BARE,
            Plant(assumed_flow_lph=1000.0),
            {HeatMethod.ASSUMED_FLOW},
            id="flow of the owner",
        ),
    ],
)
def test_methods(
    reading: HeatPumpReading, plant: Plant, methods: set[HeatMethod]
) -> None:
    """A method is there when its values are, whether the heat pump runs or not."""
    assert available_methods(reading, plant) == methods
    assert can_know_heat(reading, plant) is bool(methods)


def test_a_chosen_method_has_to_be_there() -> None:
    """Heat that another method would know is not known to the chosen one."""
    reading = replace(BARE, flow_lph=900.0)
    assert can_know_heat(reading, Plant(heat_method=HeatMethod.FLOW))
    assert not can_know_heat(reading, Plant(heat_method=HeatMethod.COUNTER))


def interval_by(method: HeatMethod | None) -> Interval:
    """Return a closed interval whose heat is known by a method."""
    return Interval(
        start=START,
        end=START,
        segments=(),
        electricity_wh=None,
        run_s=None,
        heats={},
        method=method,
    )


@pytest.mark.parametrize(
    ("interval", "reading", "wish", "method"),
    [
        pytest.param(None, None, None, None, id="nothing known yet"),
        pytest.param(None, BARE, None, None, id="no method available"),
        pytest.param(
            None,
            replace(BARE, flow_lph=0.0),
            None,
            HeatMethod.FLOW,
            id="by the reading",
        ),
        pytest.param(
            interval_by(HeatMethod.COUNTER),
            replace(BARE, flow_lph=0.0),
            None,
            HeatMethod.COUNTER,
            id="by the interval",
        ),
        pytest.param(
            interval_by(None),
            replace(BARE, flow_lph=0.0, heat=ENERGY),
            HeatMethod.FLOW,
            HeatMethod.FLOW,
            id="the owner's wish",
        ),
    ],
)
def test_method_in_use(
    interval: Interval | None,
    reading: HeatPumpReading | None,
    wish: HeatMethod | None,
    method: HeatMethod | None,
) -> None:
    """The last closed interval decides, and without one what could be known."""
    assert method_in_use(interval, reading, Plant(heat_method=wish)) is method


def test_methods_that_gain_by_readings() -> None:
    """Sampled power of the heating water does; counters, modulation and brine do not."""
    gaining = {method for method in HeatMethod if gains_by_readings(method)}
    assert gaining == {HeatMethod.ASSUMED_FLOW, HeatMethod.FLOW, HeatMethod.REPORTED}
