"""What is dumped comes back as it was."""

from dataclasses import replace
from datetime import datetime
import json

import pytest

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.performance.counters import Discipline
from custom_components.heatpump_monitor.performance.ledger import Bucket, ModeSums
from custom_components.heatpump_monitor.performance.modes import Mode
from custom_components.heatpump_monitor.performance.plant import HeatMethod
from custom_components.heatpump_monitor.performance.readings import (
    CircuitReading,
    HeatPumpReading,
    UnitEnergy,
)
from tests.performance.builders import START, heating

READING = replace(
    heating(0),
    circuits=(CircuitReading(number="1", supply_c=35.5, pump_on=True),),
    fault_codes=("F.1",),
    heat=UnitEnergy(heating_wh=1200.0),
)
BUCKET = Bucket(
    heat_wh=12.5,
    modes={Mode.HOT_WATER: ModeSums(3.0, 12.5, 300.0)},
    methods_wh={HeatMethod.FLOW: 12.5},
)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (HeatPumpReading, READING),
        (Bucket, BUCKET),
        (Discipline, Discipline(360.0)),
        (dict[datetime, Bucket], {START: BUCKET}),
    ],
)
def test_round_trip_through_json(kind: type[object], value: object) -> None:
    """Every value survives JSON text, infinities and nested records included."""
    assert load(kind, json.loads(json.dumps(dump(value), allow_nan=False))) == value


def test_a_field_of_another_version_is_passed_over() -> None:
    """What a newer version wrote does not keep an older one from starting."""
    assert load(Bucket, {"heat_wh": 1.0, "colour": "red"}) == Bucket(heat_wh=1.0)


@pytest.mark.parametrize("data", [{"heat_wh": "warm"}, {"modes": {"party": {}}}, 7])
def test_what_is_not_of_the_kind_is_refused(data: object) -> None:
    """Garbage is an error, not a zero."""
    with pytest.raises((AttributeError, TypeError, ValueError)):
        load(Bucket, data)
