"""Points of readings and of what was counted: exact, and nothing is forgotten."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
import math
from pathlib import Path
from typing import Any

import pytest

from custom_components.heatpump_monitor.exporter.point import Point, point
from custom_components.heatpump_monitor.exporter.points.counted import (
    day_point,
    hour_point,
    interval_point,
)
from custom_components.heatpump_monitor.exporter.points.heat_pump import (
    heat_pump_points,
)
from custom_components.heatpump_monitor.exporter.points.house import (
    house_point,
    quarter_points,
    submeter_point,
)
from custom_components.heatpump_monitor.exporter.points.meters import meter_point
from custom_components.heatpump_monitor.exporter.points.probes import probe_point
from custom_components.heatpump_monitor.house_meter.model import Basis, Quarter
from custom_components.heatpump_monitor.performance.intervals import Interval
from custom_components.heatpump_monitor.performance.plant import HeatMethod
from custom_components.heatpump_monitor.performance.segments import Heat, Segment
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    ModeSums,
)
from custom_components.heatpump_monitor.readings import (
    CircuitReading,
    GridReading,
    HeatPumpReading,
    MeterReading,
    Mode,
    PhaseReading,
    ProbeReading,
    Role,
    Setting,
    Submeter,
    SubmeterReading,
    UnitEnergy,
)

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(seconds=90)
TAGS = {"home": "mill", "device": "pump"}

PHASE = PhaseReading(name="a", power_w=300.0, voltage_v=231.0, current_a=1.5)
METER = MeterReading(
    time=NOW, power_w=900.0, energy_wh=5000.0, returned_wh=7.0, phases=(PHASE,)
)
CIRCUIT = CircuitReading(number="0", supply_c=33.0, target_supply_c=35.0, pump_on=True)
HEAT_PUMP = HeatPumpReading(
    time=NOW,
    measured_at=EARLIER,
    outside_c=-3.5,
    supply_c=35.0,
    return_c=30.0,
    source_in_c=8.0,
    source_out_c=4.0,
    buffer_c=34.0,
    hot_water_c=48.0,
    hot_water_target_c=50.0,
    circuits=(CIRCUIT,),
    compressor_on=True,
    modulation_pct=55.0,
    speed_rps=60.0,
    inverter_w=1500.0,
    flow_lph=1100.0,
    run_hours=942.4,
    starts=363.0,
    reported_heat_w=6000.0,
    heat_meter_wh=12345.0,
    hot_water_charging=False,
    circulation_pump_on=True,
    defrosting=False,
    burner_on=False,
    backup_heater_hours=3.0,
    backup_heater_on=False,
    fault_codes=("F.1", "F.2"),
)
SUBMETER = SubmeterReading(
    serial="G1", kind=Submeter.GAS, value=2569.6, unit="m3", measured_at=EARLIER
)
GRID = GridReading(
    time=NOW,
    measured_at=NOW,
    power_w=-543.0,
    phases=(PHASE,),
    import_wh=1000.0,
    export_wh=20.0,
    import_by_tariff_wh={1: 600.0, 2: 400.0},
    export_by_tariff_wh={1: 15.0},
    tariff=2,
    quarter_average_w=123.0,
    month_peak_w=1111.0,
    power_failures=4,
    submeters=(SUBMETER,),
)
PROBE = ProbeReading(
    key="AB_1",
    name="Roast",
    temperature_c=61.5,
    measured_at=EARLIER,
    battery_pct=88.0,
    signal_dbm=-54.0,
)
QUARTER = Quarter(
    start=NOW, import_wh=250.0, basis=Basis.COUNTER, parts_wh={"entry": 100.0}
)
INTERVAL = Interval(
    start=NOW - timedelta(minutes=5),
    end=NOW,
    segments=(
        Segment(
            start=NOW - timedelta(minutes=5),
            end=NOW - timedelta(minutes=1),
            mode=Mode.HEATING,
            is_running=True,
            electricity_wh=90.0,
        ),
        Segment(
            start=NOW - timedelta(minutes=1),
            end=NOW,
            mode=Mode.STANDBY,
            is_running=False,
            electricity_wh=10.0,
        ),
    ),
    electricity_wh=100.0,
    run_s=240.0,
    heats={HeatMethod.FLOW: Heat((360.0, 0.0))},
    method=HeatMethod.FLOW,
    starts=1,
    defrosts=2,
    backup_heater_wh=5.0,
    outside_c=1.5,
)
BUCKET = Bucket(
    electricity_wh=1000.0,
    metered_s=3600.0,
    paired_electricity_wh=900.0,
    heat_wh=3600.0,
    paired_s=3500.0,
    run_s=3000.0,
    starts=2,
    defrosts=1,
    backup_heater_electricity_wh=50.0,
    backup_heater_known_s=3500.0,
    outside_c_s=7200.0,
    outside_s=3600.0,
    cost=0.3,
    priced_wh=1000.0,
    co2_g=400.0,
    co2_wh=1000.0,
    own_wh=200.0,
    split_wh=1000.0,
    modes={Mode.HEATING: ModeSums(880.0, 3600.0, 3000.0)},
)


def fields_of(found: Point | None) -> dict[str, float]:
    """Return the fields of a point that is there."""
    assert found is not None
    assert all(type(value) is float for value in found.fields.values())
    return dict(found.fields)


def test_unknown_values_are_left_out() -> None:
    """A point has what is known and finite; nothing known is no point."""
    values = {"a": None, "b": True, "c": math.nan, "d": -math.inf, "e": 3}
    assert fields_of(point("x", TAGS, NOW, values)) == {"b": 1.0, "e": 3.0}
    assert point("x", TAGS, NOW, {"a": None, "c": math.nan}) is None
    assert meter_point(MeterReading(time=NOW), TAGS) is None
    assert list(heat_pump_points(HeatPumpReading(time=NOW), TAGS)) == []


def test_meter() -> None:
    """A meter has its sums, and a set of fields for each phase."""
    found = meter_point(METER, TAGS)
    assert found == Point(
        measurement="hpm_meter",
        tags=TAGS,
        time=NOW,
        fields={
            "power_w": 900.0,
            "energy_wh": 5000.0,
            "returned_wh": 7.0,
            "power_a_w": 300.0,
            "voltage_a_v": 231.0,
            "current_a_a": 1.5,
        },
    )


def test_heat_pump() -> None:
    """A heat pump has its values, how old they are, and a point for each circuit."""
    unit, circuit = heat_pump_points(HEAT_PUMP, TAGS)
    assert (unit.measurement, unit.tags, unit.time) == ("hpm_heat_pump", TAGS, NOW)
    assert fields_of(unit) == {
        "age_s": 90.0,
        "outside_c": -3.5,
        "supply_c": 35.0,
        "return_c": 30.0,
        "delta_t_k": 5.0,
        "source_in_c": 8.0,
        "source_out_c": 4.0,
        "buffer_c": 34.0,
        "hot_water_c": 48.0,
        "hot_water_target_c": 50.0,
        "compressor_on": 1.0,
        "modulation_pct": 55.0,
        "speed_rps": 60.0,
        "inverter_w": 1500.0,
        "flow_lph": 1100.0,
        "run_hours": 942.4,
        "starts": 363.0,
        "reported_heat_w": 6000.0,
        "heat_meter_wh": 12345.0,
        "hot_water_charging": 0.0,
        "circulation_pump_on": 1.0,
        "defrosting": 0.0,
        "burner_on": 0.0,
        "backup_heater_on": 0.0,
        "backup_heater_hours": 3.0,
        "faults": 2.0,
    }
    assert circuit == Point(
        measurement="hpm_circuit",
        tags={**TAGS, "circuit": "1"},
        time=NOW,
        fields={"supply_c": 33.0, "target_supply_c": 35.0, "pump_on": 1.0},
    )


def test_house() -> None:
    """A house meter has its sums, its tariffs and its phases."""
    found = house_point(GRID, TAGS)
    assert found is not None
    assert (found.measurement, found.time) == ("hpm_house", NOW)
    assert fields_of(found) == {
        "power_w": -543.0,
        "import_wh": 1000.0,
        "export_wh": 20.0,
        "quarter_average_w": 123.0,
        "month_peak_w": 1111.0,
        "tariff": 2.0,
        "power_failures": 4.0,
        "power_a_w": 300.0,
        "voltage_a_v": 231.0,
        "current_a_a": 1.5,
        "import_1_wh": 600.0,
        "import_2_wh": 400.0,
        "export_1_wh": 15.0,
    }


@pytest.mark.parametrize(
    ("unit", "name"),
    [("m3", "value_m3"), ("GJ", "value_gj"), ("kWh", "value_kwh"), ("bar", None)],
)
def test_submeter(unit: str, name: str | None) -> None:
    """A submeter has its value in its unit, at the time at which it was counted."""
    found = submeter_point(replace(SUBMETER, unit=unit), NOW, TAGS)
    if name is None:
        assert found is None
        return
    assert found is not None
    assert (found.measurement, found.time) == ("hpm_submeter", EARLIER)
    assert fields_of(found) == {name: 2569.6}
    untimed = submeter_point(replace(SUBMETER, measured_at=None), NOW, TAGS)
    assert untimed is not None
    assert untimed.time == NOW


def test_quarter() -> None:
    """A quarter-hour has a point of its own, and one for each heat pump's share."""
    whole, share = quarter_points(QUARTER, TAGS, {"entry": "pump_2"})
    assert (whole.measurement, whole.time, whole.may_change) == (
        "hpm_quarter",
        NOW,
        True,
    )
    assert fields_of(whole) == {
        "import_wh": 250.0,
        "average_w": 1000.0,
        "is_complete": 1.0,
    }
    assert share == Point(
        measurement="hpm_quarter_share",
        tags={**TAGS, "heat_pump": "pump_2"},
        time=NOW,
        fields={"energy_wh": 100.0},
    )
    assert share.may_change
    seen = replace(QUARTER, basis=Basis.INCOMPLETE, parts_wh={})
    (incomplete,) = quarter_points(seen, TAGS, {})
    assert fields_of(incomplete) == {"import_wh": 250.0, "is_complete": 0.0}


def test_probe() -> None:
    """A probe has its time stamp, or without one the time of the answer."""
    found = probe_point(PROBE, NOW, TAGS)
    assert found is not None
    assert (found.measurement, found.time) == ("hpm_probe", EARLIER)
    assert fields_of(found) == {
        "temperature_c": 61.5,
        "battery_pct": 88.0,
        "signal_dbm": -54.0,
    }
    untimed = probe_point(replace(PROBE, measured_at=None), NOW, TAGS)
    assert untimed is not None
    assert untimed.time == NOW


def test_interval() -> None:
    """An interval is at its end, with the time spent in each mode."""
    found = interval_point(INTERVAL, TAGS)
    assert found is not None
    assert (found.measurement, found.time) == ("hpm_interval", NOW)
    assert not found.may_change
    assert fields_of(found) == {
        "seconds": 300.0,
        "electricity_wh": 100.0,
        "heat_wh": 360.0,
        "cop": 4.0,
        "run_s": 240.0,
        "starts": 1.0,
        "defrosts": 2.0,
        "backup_heater_wh": 5.0,
        "outside_c": 1.5,
        "heating_s": 240.0,
        "standby_s": 60.0,
    }


@pytest.mark.parametrize(
    ("make", "measurement"), [(hour_point, "hpm_hour"), (day_point, "hpm_day")]
)
def test_bucket(
    make: Callable[[datetime, Bucket | None, dict[str, str]], Point | None],
    measurement: str,
) -> None:
    """An hour and a day have all sums that are known; each may be corrected."""
    found = make(NOW, BUCKET, TAGS)
    assert found is not None
    assert (found.measurement, found.time) == (measurement, NOW)
    assert found.may_change
    assert fields_of(found) == {
        "electricity_wh": 1000.0,
        "metered_s": 3600.0,
        "paired_electricity_wh": 900.0,
        "heat_wh": 3600.0,
        "paired_s": 3500.0,
        "cop": 4.0,
        "run_s": 3000.0,
        "starts": 2.0,
        "defrosts": 1.0,
        "backup_heater_electricity_wh": 50.0,
        "outside_c": 2.0,
        "cost": 0.3,
        "co2_g": 400.0,
        "own_wh": 200.0,
        "heating_electricity_wh": 880.0,
        "heating_heat_wh": 3600.0,
        "heating_s": 3000.0,
    }


def test_a_bucket_says_only_what_is_known() -> None:
    """Without heat, price, own electricity or weather there are no such fields."""
    found = hour_point(NOW, Bucket(electricity_wh=9.0, metered_s=60.0), TAGS)
    assert fields_of(found) == {
        "electricity_wh": 9.0,
        "metered_s": 60.0,
        "paired_s": 0.0,
        "run_s": 0.0,
        "starts": 0.0,
        "defrosts": 0.0,
    }
    unmetered = hour_point(NOW, Bucket(outside_s=60.0, outside_c_s=120.0), TAGS)
    assert "electricity_wh" not in fields_of(unmetered)
    assert fields_of(unmetered)["outside_c"] == 2.0


@pytest.mark.parametrize("bucket", [None, Bucket(), Bucket(imported=True)])
def test_what_was_emptied_replaces_what_was_sent(bucket: Bucket | None) -> None:
    """A discarded hour counts nothing: its sums are 0, as a database forgets none."""
    values = fields_of(hour_point(NOW, bucket, TAGS))
    assert set(values.values()) == {0.0}
    assert {"electricity_wh", "heat_wh", "paired_s", "metered_s"} <= values.keys()
    assert "cop" not in values


def of_house(reading: GridReading) -> Iterator[Point | None]:
    """Yield all points of a house meter's reading."""
    yield house_point(reading, TAGS)
    for each in reading.submeters:
        yield submeter_point(each, reading.time, TAGS)


LEFT_OUT: dict[type, set[str]] = {
    MeterReading: {
        # What the source did with the values, and texts.
        *("holds_back", "reversed_phases", "channels", "errors", "counter_failed"),
    },
    PhaseReading: set(),
    CircuitReading: set(),
    HeatPumpReading: {
        # Of single values; `age_s` is that of the newest.
        "stamps",
        # Fixed by the plant.
        *("compressor_count", "rated_heat_w"),
        # Words and tables; what follows from them is in the intervals.
        *("compressor_phase", "valve", "operation_state", "mode", "heated_wh"),
        *("fault_times", "fault_counts", "settings"),
        # Sums that start again every year or week, and the maker's own ratios.
        *("heat", "heat_last_year", "heat_week", "backup_heater_electricity"),
        *("spf_total", "spf_heating", "spf_hot_water", "spf_measured_at"),
    },
    GridReading: {
        # The points have the time of the host, as those of all other meters.
        *("measured_at", "month_peak_at"),
        *("sags", "swells", "long_power_failures"),
    },
    # Both are in its label.
    SubmeterReading: {"serial", "kind"},
    ProbeReading: {
        # In its label.
        *("key", "name"),
        *("device", "model", "last_seen_at", "transmit_s"),
    },
    Quarter: set(),
    Interval: {
        *("beyond_carnot_s", "parts_wh", "boundary", "in_doubt"),
    },
    Bucket: {
        *("unpaired_heat_wh", "unpaired_modes_wh", "backup_heater_heat_wh"),
        *("beyond_carnot_s", "own_least_wh", "own_most_wh", "unsplit_wh", "own_cost"),
        *("methods_wh", "compared", "boundaries", "parts_wh", "imported"),
        # They decide whether another one is known.
        *("backup_heater_known_s", "priced_wh", "co2_wh", "split_wh"),
    },
    # Means over the heat; the readings have the temperatures themselves.
    ModeSums: {"weighted"},
}
EXAMPLES: list[tuple[Any, Callable[[Any], Iterable[Point | None]]]] = [
    (METER, lambda each: [meter_point(each, TAGS)]),
    (PHASE, lambda each: [meter_point(replace(METER, phases=(each,)), TAGS)]),
    (
        CIRCUIT,
        lambda each: heat_pump_points(replace(HEAT_PUMP, circuits=(each,)), TAGS),
    ),
    (HEAT_PUMP, lambda each: heat_pump_points(each, TAGS)),
    (GRID, of_house),
    (SUBMETER, lambda each: [submeter_point(each, NOW, TAGS)]),
    (PROBE, lambda each: [probe_point(each, NOW, TAGS)]),
    (QUARTER, lambda each: quarter_points(each, TAGS, {"entry": "pump", "b": "c"})),
    (INTERVAL, lambda each: [interval_point(each, TAGS)]),
    (BUCKET, lambda each: [hour_point(NOW, each, TAGS)]),
    (
        BUCKET.modes[Mode.HEATING],
        lambda each: [
            hour_point(NOW, replace(BUCKET, modes={Mode.HEATING: each}), TAGS)
        ],
    ),
]
OTHERS: dict[str, Any] = {
    "name": "b",
    "number": "1",
    "unit": "GJ",
    "kind": Submeter.WATER,
    "mode": Mode.COOLING,
    "basis": Basis.INCOMPLETE,
    "method": None,
    "settings": {"x": Setting(value=1.0)},
    "heats": {HeatMethod.FLOW: Heat((90.0, 0.0))},
    "segments": (
        INTERVAL.segments[0],
        replace(INTERVAL.segments[1], mode=Mode.HOT_WATER),
    ),
    "parts_wh": {"b": 3.0},
    "modes": {Mode.COOLING: ModeSums(1.0, 2.0, 3.0)},
    "circuits": (),
    "phases": (),
    "submeters": (),
    "fault_codes": (),
    "boundaries": {"H1": (1.0, 2.0, 3.0)},
    "stamps": {"supply_c": EARLIER},
    **{
        name: UnitEnergy(heating_wh=1.0)
        for name in ("heat", "heat_last_year", "heat_week", "backup_heater_electricity")
    },
}


def other(name: str, value: Any) -> Any:
    """Return another value for a field."""
    if name in OTHERS:
        return OTHERS[name]
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case datetime():
            return value - timedelta(hours=1)
        case dict():
            return {1: 77.0, Role.HEAT: 2.0}
        case str():
            return f"{value}!"
    return "another"


@pytest.mark.parametrize(
    ("example", "points"), EXAMPLES, ids=lambda each: type(each).__name__
)
def test_no_field_is_forgotten(
    example: Any, points: Callable[[Any], Iterable[Point | None]]
) -> None:
    """Each field of what is exported changes the points, or is left out on purpose."""
    without_effect = set()
    before = list(points(example))
    for each in fields(example):
        changed = replace(
            example, **{each.name: other(each.name, getattr(example, each.name))}
        )
        if list(points(changed)) == before:
            without_effect.add(each.name)
    assert without_effect == LEFT_OUT[type(example)]


def test_points_import_nothing_of_home_assistant() -> None:
    """What makes points is pure."""
    room = Path("custom_components/heatpump_monitor/exporter")
    for path in [*(room / "points").glob("*.py"), room / "counts.py"]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("homeassistant"), path
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
                assert not any(name.startswith("homeassistant") for name in names)
