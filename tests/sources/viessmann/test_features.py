"""From features to the reading of a heat pump."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.heat.available_methods import (
    available_methods,
)
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.readings import (
    CircuitReading,
    HeatPumpReading,
    UnitEnergy,
)
from custom_components.heatpump_monitor.sources.ranges import Range, Ranges
from custom_components.heatpump_monitor.sources.viessmann.features import (
    heat_pump_reading,
)
from tests.sources.features import Json, feature, parsed, sensor, value

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
STAMP = datetime(2026, 1, 15, 11, 58, 30, 500_000, UTC)

OUTSIDE = "heating.sensors.temperature.outside"
SUPPLY = "heating.secondaryCircuit.sensors.temperature.supply"
RETURN = "heating.sensors.temperature.return"
COMPRESSOR = "heating.compressors.0"


def read(*features: object, ranges: Ranges | None = None) -> HeatPumpReading:
    """Return the reading of these features."""
    return heat_pump_reading(parsed(*features), time=NOW, ranges=ranges or Ranges())


def energy(name: str, kwh: float) -> Json:
    """Return a feature with an energy of this year."""
    return feature(name, currentYear=value(kwh, "kilowattHour"))


def test_nothing_said_is_nothing_known() -> None:
    """Without features everything but the time is unknown."""
    assert read() == HeatPumpReading(time=NOW)


def test_a_brine_unit() -> None:
    """A brine unit: rated power and modulation, no flow, no heat, circuit 1 only."""
    reading = read(
        sensor(OUTSIDE, 4.1, "celsius"),
        sensor(SUPPLY, 44, "celsius"),
        sensor(RETURN, 35.8, "celsius"),
        sensor("heating.primaryCircuit.sensors.temperature.supply", 8.7, "celsius"),
        sensor("heating.primaryCircuit.sensors.temperature.return", 4.9, "celsius"),
        sensor("heating.bufferCylinder.sensors.temperature.main", 36.2, "celsius"),
        sensor("heating.dhw.sensors.temperature.dhwCylinder", 52.4, "celsius"),
        feature("heating.dhw.charging", active=value(False)),
        feature("heating.dhw.pumps.circulation", status=value("off")),
        feature("heating.circuits", enabled=value(["1"])),
        sensor("heating.circuits.0.sensors.temperature.supply", 20.0, "celsius"),
        sensor("heating.circuits.1.sensors.temperature.supply", 36.1, "celsius"),
        feature("heating.circuits.1.circulation.pump", status=value("on")),
        feature(COMPRESSOR, active=value(True), phase=value("Heating")),
        feature(f"{COMPRESSOR}.power", value=value(12, "kilowatt")),
        sensor(f"{COMPRESSOR}.sensors.power", 80, "percent"),
        feature(
            f"{COMPRESSOR}.statistics",
            hours=value(942.4, "hour"),
            starts=value(363, ""),
        ),
        feature(
            "heating.heatingRod.runtime",
            levelOne=value(7200, "seconds"),
            levelTwo=value(1800, "seconds"),
        ),
    )
    assert replace(reading, stamps={}) == HeatPumpReading(
        time=NOW,
        measured_at=STAMP,
        outside_c=4.1,
        supply_c=44.0,
        return_c=35.8,
        source_in_c=8.7,
        source_out_c=4.9,
        buffer_c=36.2,
        hot_water_c=52.4,
        circuits=(CircuitReading(number="1", supply_c=36.1, pump_on=True),),
        compressor_on=True,
        compressor_count=1,
        compressor_phase="heating",
        modulation_pct=80.0,
        run_hours=942.4,
        starts=363.0,
        rated_heat_w=12_000.0,
        hot_water_charging=False,
        circulation_pump_on=False,
        backup_heater_hours=2.5,
    )


def test_an_air_unit() -> None:
    """An air unit: flow, inverter, heat of the year, valve."""
    production = "heating.heat.production"
    reading = read(
        feature(COMPRESSOR, active=value(True), phase=value("ready")),
        feature(
            f"{COMPRESSOR}.speed.current", value=value(38.5, "revolutionsPerSecond")
        ),
        sensor("heating.inverters.0.sensors.power.output", 1508, "watt"),
        sensor("heating.sensors.volumetricFlow.allengra", 970, "liter/hour"),
        energy(f"{production}.summary.heating", 1708.9),
        energy(f"{production}.summary.dhw", 1081.4),
        energy("heating.heatingRod.power.consumption.summary.heating", 1.1),
        feature("heating.heatingRod", active=value(True)),
        feature("heating.heatingRod.statistics", hours=value(31, "hour")),
        feature("heating.spf.total", value=value(6, "")),
        feature("heating.spf.heating", value=value(7.1, "")),
        feature("heating.spf.dhw", value=value(5.2, "")),
        feature("heating.outdoor.defrosting", active=value(False)),
        feature(
            "heating.valves.fourThreeWay.position", value=value("domesticHotWater")
        ),
        feature(
            "heating.secondaryCircuit.operation.state",
            currentValue=value("heating"),
            targetValue=value("standby"),
        ),
    )
    assert replace(reading, stamps={}) == HeatPumpReading(
        time=NOW,
        measured_at=STAMP,
        compressor_on=True,
        compressor_count=1,
        compressor_phase="ready",
        speed_rps=38.5,
        inverter_w=1508.0,
        flow_lph=970.0,
        heat=UnitEnergy(heating_wh=1_708_900.0, hot_water_wh=1_081_400.0),
        backup_heater_electricity=UnitEnergy(heating_wh=1100.0),
        backup_heater_hours=31.0,
        spf_total=6.0,
        spf_heating=7.1,
        spf_hot_water=5.2,
        spf_measured_at=STAMP,
        defrosting=False,
        valve="domestichotwater",
        operation_state="heating",
    )


def test_an_air_unit_with_little_to_say() -> None:
    """Flow, but no word about hot water: what it can be inferred from is there."""
    reading = read(
        feature(COMPRESSOR, active=value(True), phase=value("ready")),
        sensor(OUTSIDE, 12.2, "celsius"),
        sensor(SUPPLY, 48, "celsius"),
        sensor(RETURN, 43, "celsius"),
        sensor("heating.sensors.volumetricFlow.allengra", 1215, "liter"),
        sensor("heating.dhw.sensors.temperature.hotWaterStorage", 44.1, "celsius"),
        feature("heating.circuits", enabled=value(["0"])),
        feature("heating.circuits.0.circulation.pump", status=value("off")),
        feature(
            "heating.circuits.0.heating.curve", slope=value(0.2, ""), shift=value(1, "")
        ),
        feature(
            "heating.circuits.0.operating.programs.normalHeating",
            active=value(True),
            demand=value("heating"),
            temperature=value(20, "celsius"),
        ),
    )
    assert reading.hot_water_charging is None
    assert reading.valve is None
    assert reading.operation_state is None
    assert reading.hot_water_c == 44.1
    assert reading.circuits == (
        CircuitReading(number="0", target_supply_c=23.0, pump_on=False),
    )
    assert available_methods(reading, Plant()) == {HeatMethod.FLOW}


def test_a_unit_that_reports_temperatures_only() -> None:
    """An older controller: no heat method, and a burner that is not there."""
    reading = read(
        feature("heating.burners", enabled=value([])),
        feature("heating.burners.0") | {"isEnabled": False},
        feature("heating.compressors", enabled=value(["0"])),
        feature(COMPRESSOR, active=value(True), phase=value("heating")),
        feature(
            f"{COMPRESSOR}.statistics", hours=value(11692.3, ""), starts=value(29545)
        ),
        sensor(SUPPLY, 53.3, "celsius"),
        sensor(RETURN, 49.6, "celsius"),
        feature("heating.dhw.charging", active=value(True)),
    )
    assert reading.run_hours == 11692.3
    assert reading.starts == 29545
    assert reading.burner_on is None
    assert available_methods(reading, Plant()) == set()
    assert available_methods(reading, Plant(assumed_flow_lph=1200)) == {
        HeatMethod.ASSUMED_FLOW
    }


@pytest.mark.parametrize(
    ("old_name", "field", "unit"),
    [
        ("heating.buffer.sensors.temperature.main", "buffer_c", "celsius"),
        ("heating.dhw.sensors.temperature.hotWaterStorage", "hot_water_c", "celsius"),
        ("heating.scop.total", "spf_total", ""),
        ("heating.scop.heating", "spf_heating", ""),
        ("heating.scop.dhw", "spf_hot_water", ""),
    ],
)
def test_old_names(old_name: str, field: str, unit: str) -> None:
    """Units that know only the old name are understood."""
    assert getattr(read(sensor(old_name, 41.2, unit)), field) == 41.2


def test_the_new_name_comes_first() -> None:
    """Where a unit has both names, the new one counts if its sensor is there."""
    new, old = (
        f"heating.dhw.sensors.temperature.{name}"
        for name in ("dhwCylinder", "hotWaterStorage")
    )
    both = read(sensor(old, 40, "celsius"), sensor(new, 50, "celsius"))
    assert both.hot_water_c == 50.0
    gone = feature(new, status=value("notConnected"))
    assert read(sensor(old, 40, "celsius"), gone).hot_water_c == 40.0


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param({"isEnabled": False}, id="not enabled"),
        pytest.param({"properties": {}}, id="no properties"),
        pytest.param(
            {"properties": {"status": value("notConnected")}}, id="not connected"
        ),
        pytest.param(
            {
                "properties": {
                    "status": value("notConnected"),
                    "value": value(4.1, "celsius"),
                }
            },
            id="not connected, with its last value",
        ),
        pytest.param({"properties": {"status": value("connected")}}, id="no value"),
        pytest.param({"properties": {"value": value(4.1)}}, id="no unit"),
        pytest.param({"properties": {"value": value(4.1, "kelvin")}}, id="odd unit"),
        pytest.param({"properties": {"value": value("4.1", "celsius")}}, id="text"),
        pytest.param({"properties": {"value": value(True, "celsius")}}, id="truth"),
        pytest.param({"properties": {"value": value(None, "celsius")}}, id="null"),
        pytest.param({"properties": {"value": value([4.1], "celsius")}}, id="array"),
        pytest.param(
            {"properties": {"value": value(float("nan"), "celsius")}}, id="no number"
        ),
        pytest.param({"properties": {"value": value(10**400, "celsius")}}, id="huge"),
        pytest.param(
            {"properties": {"value": value(-3276.8, "celsius")}}, id="out of range"
        ),
        pytest.param(
            {"properties": {"value": value(6553.5, "celsius")}}, id="out of range too"
        ),
    ],
)
def test_what_is_not_usable_is_unknown(spoilt: Json) -> None:
    """One value that cannot be used is unknown, and the rest of the reading stays."""
    reading = read(
        sensor(OUTSIDE, 4.1, "celsius") | spoilt, sensor(SUPPLY, 35, "celsius")
    )
    assert reading.outside_c is None
    assert reading.supply_c == 35.0


def test_zero_degrees_outside_is_a_temperature() -> None:
    """Air and brine may well have 0 °C."""
    reading = read(
        sensor(OUTSIDE, 0, "celsius"),
        sensor("heating.primaryCircuit.sensors.temperature.supply", 0.0, "celsius"),
        sensor("heating.primaryCircuit.sensors.temperature.return", 0, "celsius"),
    )
    assert (reading.outside_c, reading.source_in_c, reading.source_out_c) == (0, 0, 0)


def test_zero_degrees_of_water_is_no_temperature() -> None:
    """Heating water of exactly 0 °C is a sensor without a value."""
    reading = read(
        sensor(SUPPLY, 0, "celsius"),
        sensor(RETURN, 0.0, "celsius"),
        sensor("heating.bufferCylinder.sensors.temperature.main", 0, "celsius"),
        sensor("heating.buffer.sensors.temperature.main", 29.9, "celsius"),
        sensor("heating.dhw.sensors.temperature.dhwCylinder", 0, "celsius"),
    )
    assert reading.supply_c is None
    assert reading.return_c is None
    assert reading.buffer_c == 29.9
    assert reading.hot_water_c is None


def test_zeros_that_are_values() -> None:
    """Flow, speed, power, modulation and hours of 0 are what they say."""
    reading = read(
        sensor("heating.sensors.volumetricFlow.allengra", 0, "liter"),
        feature(f"{COMPRESSOR}.speed.current", value=value(0, "revolutionsPerSecond")),
        sensor("heating.inverters.0.sensors.power.output", 0, "watt"),
        sensor(f"{COMPRESSOR}.sensors.power", 0, "percent"),
        sensor(f"{COMPRESSOR}.heat.production.current", 0, "watt"),
        feature("heating.heatingRod.statistics", hours=value(0, "hour")),
    )
    assert reading.flow_lph == 0
    assert reading.speed_rps == 0
    assert reading.inverter_w == 0
    assert reading.modulation_pct == 0
    assert reading.reported_heat_w == 0
    assert reading.backup_heater_hours == 0


def test_zeros_that_are_no_values() -> None:
    """A rated power of 0 is none, and a performance factor of 0 is not reckoned."""
    reading = read(
        feature(f"{COMPRESSOR}.power", value=value(0, "kilowatt")),
        feature("heating.spf.total", value=value(0, "")),
    )
    assert reading.rated_heat_w is None
    assert reading.spf_total is None


@pytest.mark.parametrize(
    ("reported", "unit", "expected_w"),
    [
        (2300, "watt", 2300.0),
        (2.3, "kilowatt", 2300.0),
        (2.3, "horsepower", None),
        (25, "kilowatt", None),
        (-5, "watt", None),
    ],
)
def test_power_by_its_unit(
    reported: float, unit: str, expected_w: float | None
) -> None:
    """Heat in watt and electricity in kilowatt occur in one and the same answer."""
    reading = read(sensor(f"{COMPRESSOR}.heat.production.current", reported, unit))
    assert reading.reported_heat_w == expected_w


def test_flow_by_its_unit() -> None:
    """Old answers say liter and mean liter an hour."""
    name = "heating.sensors.volumetricFlow.allengra"
    assert read(sensor(name, 1215, "liter")).flow_lph == 1215.0
    assert read(sensor(name, 1215, "liter/hour")).flow_lph == 1215.0
    assert read(sensor(name, -5, "liter/hour")).flow_lph is None
    assert read(sensor(name, 1215, "gallon")).flow_lph is None


@pytest.mark.parametrize("unit", ["hour", "", None])
def test_hours_with_and_without_unit(unit: str | None) -> None:
    """Old answers leave out the unit of what is called hours."""
    statistics = feature(f"{COMPRESSOR}.statistics", hours=value(96, unit))
    assert read(statistics).run_hours == 96.0


def test_energy_without_the_noise_of_the_wire() -> None:
    """The same state read twice is the same energy, and Wh are read as Wh."""
    name = "heating.heat.production.summary.dhw"
    noisy, clean = read(energy(name, 875.0999999999999)), read(energy(name, 875.1))
    assert noisy == clean
    in_wh = feature(name, currentYear=value(875_100, "wattHour"))
    assert read(in_wh) == clean


def test_energy_from_arrays_where_there_is_no_summary() -> None:
    """The first of the yearly values is this year's."""
    reading = read(
        feature(
            "heating.heat.production.heating",
            year=value([831.3, 37.1], "kilowattHour"),
        ),
        energy("heating.heat.production.summary.dhw", 180.3),
        feature("heating.heat.production.dhw", year=value([186.2, 0], "kilowattHour")),
    )
    assert reading.heat == UnitEnergy(heating_wh=831_300, hot_water_wh=180_300)


def test_what_the_last_year_came_to() -> None:
    """Of the summary, or of the yearly array where a unit has no summary."""
    production = "heating.heat.production"
    reading = read(
        feature(
            f"{production}.summary.heating",
            currentYear=value(12.5, "kilowattHour"),
            lastYear=value(7938.8, "kilowattHour"),
        ),
        feature(f"{production}.dhw", year=value([3.1, 1886.6], "kilowattHour")),
    )
    assert reading.heat == UnitEnergy(heating_wh=12_500, hot_water_wh=3100)
    assert reading.heat_last_year == UnitEnergy(
        heating_wh=7_938_800, hot_water_wh=1_886_600
    )


@pytest.mark.parametrize("years", ["831.3", [], [None, 2.0], [-1, 0], [True]])
def test_garbage_in_the_arrays(years: object) -> None:
    """A yearly array that cannot be read is no energy."""
    name = "heating.heat.production.heating"
    reading = read(feature(name, year=value(years, "kilowattHour")))
    assert reading.heat is None


def test_several_circuits() -> None:
    """Each enabled circuit is read; a missing sensor leaves its circuit there."""
    reading = read(
        feature("heating.circuits", enabled=value(["0", 7, "", "1"])),
        feature(
            "heating.circuits.0.sensors.temperature.supply",
            status=value("notConnected"),
        ),
        feature("heating.circuits.0.circulation.pump", status=value("unknown")),
        sensor("heating.circuits.1.sensors.temperature.supply", 34.3, "celsius"),
    )
    assert reading.circuits == (
        CircuitReading(number="0"),
        CircuitReading(number="1", supply_c=34.3),
    )


def test_garbage_in_the_list_of_circuits() -> None:
    """A list of circuits that is none means no circuits."""
    assert read(feature("heating.circuits", enabled=value("0"))).circuits == ()


def test_a_word_that_is_none() -> None:
    """A phase that is no text is unknown, and so is an activity that is no truth."""
    reading = read(feature(COMPRESSOR, active=value("true"), phase=value(3)))
    assert reading.compressor_on is None
    assert reading.compressor_phase is None


@pytest.mark.parametrize(
    ("charging", "pump", "known"),
    [(None, "on", True), (None, "off", False), (False, "on", False), (None, "", None)],
)
def test_hot_water_charging(
    charging: bool | None, pump: str, known: bool | None
) -> None:
    """Where nothing says that hot water is charged, the cylinder's pump does."""
    features = [feature("heating.dhw.pumps.primary", status=value(pump))]
    if charging is not None:
        features.append(feature("heating.dhw.charging", active=value(charging)))
    assert read(*features).hot_water_charging is known


def test_the_backup_heater_runs() -> None:
    """Its status tells; its flag `active` only says that there is a backup heater."""
    there = feature("heating.heatingRod", active=value(True))
    assert read(there).backup_heater_on is None
    status = feature("heating.heatingRod.status", overall=value(True))
    assert read(there, status).backup_heater_on is True


def test_faults() -> None:
    """Faults are listed once each; ordinary messages are none."""
    faults = feature(
        "device.messages.errors.raw",
        entries=value([{"errorCode": "F.1100"}, {"errorCode": 5}, "x"]),
    )
    states = feature(
        "device.messages.status.raw",
        entries=value(
            [{"errorCode": "S.115"}, {"errorCode": "F.1100"}, {"errorCode": "F.160"}]
        ),
    )
    assert read(faults).fault_codes == ("F.1100",)
    assert read(states).fault_codes == ("F.1100", "F.160")
    assert read(faults, states).fault_codes == ("F.1100", "F.160")


def test_faults_have_the_time_of_the_units_clock() -> None:
    """The Z behind it is not true: it is kept as local time, and only if it is one."""
    entries = [
        {"errorCode": "F.160", "timestamp": "2026-01-15T12:58:00.000Z"},
        {"errorCode": "F.454", "timestamp": "yesterday"},
        {"errorCode": "F.788"},
        {"errorCode": "S.115", "timestamp": "2026-01-15T12:58:00.000Z"},
    ]
    states = feature("device.messages.status.raw", entries=value(entries))
    assert read(states).fault_times == {"F.160": "2026-01-15 12:58:00"}


def test_no_faults_is_not_the_same_as_not_known() -> None:
    """An empty list is no fault; no list is not known."""
    nothing = feature("device.messages.errors.raw", entries=value([]))
    assert read(nothing).fault_codes == ()
    assert read().fault_codes is None


def test_the_age_of_the_answer() -> None:
    """The newest feature tells it, not the local time inside messages."""
    old = sensor(OUTSIDE, 4, "celsius") | {"timestamp": "2026-01-15T11:00:00.000Z"}
    new = sensor(SUPPLY, 35, "celsius")
    messages = feature(
        "device.messages.status.raw",
        entries=value([{"errorCode": "S.1", "timestamp": "2026-01-15T12:58:00.000Z"}]),
    )
    assert read(new, messages, old).measured_at == STAMP
    assert read(old | {"timestamp": None}).measured_at is None


def test_each_value_has_its_own_age() -> None:
    """The outside sensor may be quiet for hours while the water temperature moves."""
    reading = read(
        sensor(OUTSIDE, 4, "celsius", stamp="2026-01-15T10:00:00.000Z"),
        sensor(SUPPLY, 35, "celsius", stamp="2026-01-15T12:59:00.000+01:00"),
        sensor("heating.dhw.sensors.temperature.dhwCylinder", 0, "celsius"),
        sensor(
            "heating.dhw.sensors.temperature.hotWaterStorage",
            50,
            "celsius",
            stamp="2026-01-15T11:00:00Z",
        ),
        feature("heating.circuits", enabled=value(["1"])),
        feature("heating.circuits.1.circulation.pump", status=value("on")),
        feature(COMPRESSOR, active=value(True), stamp="not yet"),
    )
    assert reading.stamps == {
        "outside_c": datetime(2026, 1, 15, 10, tzinfo=UTC),
        "supply_c": datetime(2026, 1, 15, 11, 59, tzinfo=UTC),
        "hot_water_c": datetime(2026, 1, 15, 11, tzinfo=UTC),
        "circuits.1.pump_on": STAMP,
    }
    assert reading.stamps["supply_c"].tzinfo is UTC
    assert reading.compressor_on is True


@pytest.mark.parametrize(
    ("read_at", "stamp"),
    [
        pytest.param("2026-01-08T06:00:00Z", datetime(2026, 1, 8, 6, tzinfo=UTC)),
        # Local time that claims to be UTC.
        pytest.param("2026-01-15T12:58:00Z", STAMP),
        pytest.param("2026-01-15T11:59:00Z", STAMP),
        pytest.param(7, STAMP),
    ],
)
def test_energy_is_as_old_as_when_it_was_read(read_at: object, stamp: datetime) -> None:
    """A unit may send a week-old energy again today: it is a week old."""
    reading = read(
        feature(
            "heating.heat.production.heating",
            year=value([900, 1700], "kilowattHour"),
            yearValueReadAt=value(read_at),
        )
    )
    assert reading.heat == UnitEnergy(heating_wh=900_000.0)
    assert reading.stamps == {"heat": stamp, "heat_last_year": stamp}


def test_energies_are_as_new_as_the_newer_one() -> None:
    """Heat is one value with two counters, and either may move."""
    counters = "heating.heat.production.summary"
    heating = energy(f"{counters}.heating", 12)
    water = energy(f"{counters}.dhw", 3) | {"timestamp": "2026-01-15T05:00:00Z"}
    assert read(heating, water).stamps["heat"] == STAMP


@pytest.mark.parametrize(
    ("ahead", "stamp"),
    [
        pytest.param(timedelta(seconds=20), NOW, id="time the answer took"),
        pytest.param(timedelta(minutes=5), NOW, id="clocks that differ"),
        pytest.param(timedelta(minutes=6), None, id="wrong"),
        pytest.param(timedelta(hours=1), None, id="local time as UTC"),
    ],
)
def test_a_stamp_of_the_future_is_not_fresh(
    ahead: timedelta, stamp: datetime | None
) -> None:
    """Data cannot look fresh for longer because its stamp is ahead of the clock."""
    future = (NOW + ahead).isoformat()
    reading = read(sensor(OUTSIDE, 3, "celsius", stamp=future))
    assert reading.outside_c == 3
    assert reading.measured_at == stamp
    assert reading.stamps.get("outside_c") == stamp


def test_another_future_stamp_hides_no_true_one() -> None:
    """The age of the answer is that of its newest possible stamp."""
    wrong = sensor(OUTSIDE, 3, "celsius", stamp="2027-01-15T11:58:30Z")
    assert read(wrong, sensor(SUPPLY, 35, "celsius")).measured_at == STAMP


def compressor(
    number: int,
    *,
    active: bool,
    rated_kw: float | None = None,
    modulation: float | None = None,
    hours: float = 100,
    stamp: str = "2026-01-15T11:58:30.500Z",
) -> list[Json]:
    """Return the features of one of several compressors."""
    name = f"heating.compressors.{number}"
    found = [
        feature(
            name,
            active=value(active),
            phase=value("heating" if active else "off"),
            stamp=stamp,
        ),
        feature(f"{name}.statistics", hours=value(hours, "hour"), starts=value(10, "")),
    ]
    if rated_kw is not None:
        found.append(feature(f"{name}.power", value=value(rated_kw, "kilowatt")))
    if modulation is not None:
        found.append(sensor(f"{name}.sensors.power", modulation, "percent"))
    return found


def test_the_second_compressor_runs() -> None:
    """Any running compressor is the heat pump running; its word counts."""
    reading = read(
        *compressor(0, active=False, rated_kw=6, modulation=100),
        *compressor(1, active=True, rated_kw=10, modulation=50, hours=50.5),
    )
    assert reading.compressor_on is True
    assert reading.compressor_count == 2
    assert reading.compressor_phase == "heating"
    assert reading.run_hours == 150.5
    assert reading.starts == 20
    assert reading.rated_heat_w == 16_000
    assert reading.modulation_pct == pytest.approx(31.25)


@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.floats(0.5, 100).map(lambda kw: round(kw, 1)),
            st.integers(0, 100),
        ),
        min_size=2,
        max_size=4,
    )
)
def test_modulation_times_rated_power_is_the_heat(
    units: list[tuple[bool, float, int]],
) -> None:
    """However many run, and however large they are."""
    parts = [
        compressor(number, active=active, rated_kw=rated_kw, modulation=modulation)
        for number, (active, rated_kw, modulation) in enumerate(units)
    ]
    reading = read(*[each for part in parts for each in part])
    heat_w = sum(
        rated_kw * 1000 * modulation / 100
        for active, rated_kw, modulation in units
        if active
    )
    assert reading.rated_heat_w is not None
    assert reading.modulation_pct is not None
    assert reading.rated_heat_w * reading.modulation_pct / 100 == pytest.approx(heat_w)


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(compressor(1, active=True, modulation=50), id="no rated power"),
        pytest.param(compressor(1, active=True, rated_kw=10), id="no modulation"),
        pytest.param(compressor(1, active=True, rated_kw=9)[1:], id="no state"),
    ],
)
def test_an_unknown_share_is_no_modulation(second: list[Json]) -> None:
    """What one of several compressors contributes is not guessed."""
    reading = read(*compressor(0, active=True, rated_kw=6, modulation=100), *second)
    assert reading.modulation_pct is None
    assert reading.compressor_on is True


def test_since_when_any_compressor_runs() -> None:
    """It runs since the first one started, and rests since the last one stopped."""
    early, late = "2026-01-15T08:00:00Z", "2026-01-15T09:00:00Z"
    for active, since in ((True, 8), (False, 9)):
        reading = read(
            *compressor(0, active=active, stamp=late),
            *compressor(1, active=active, stamp=early),
        )
        assert reading.compressor_on is active
        assert reading.stamps["compressor_on"].hour == since


def test_only_listed_compressors_count() -> None:
    """A unit may describe a compressor that it does not have."""
    reading = read(
        feature("heating.compressors", enabled=value(["0"])),
        *compressor(0, active=False),
        *compressor(1, active=True),
    )
    assert reading.compressor_on is False
    assert reading.compressor_count == 1
    assert reading.run_hours == 100


BURNER = "heating.burners.0"


@pytest.mark.parametrize(
    ("features", "on"),
    [
        pytest.param([], None, id="no burner"),
        pytest.param([feature(BURNER) | {"isEnabled": False}], None, id="disabled"),
        pytest.param([feature(BURNER, active=value(False))], False, id="off"),
        pytest.param([feature(BURNER, active=value(True))], True, id="on"),
        pytest.param(
            [
                feature(BURNER, active=value(False)),
                feature(f"{BURNER}.modulation", value=value(80, "percent")),
            ],
            True,
            id="modulates",
        ),
        pytest.param(
            [feature(f"{BURNER}.modulation", value=value(0, "percent"))],
            False,
            id="modulation only",
        ),
        pytest.param(
            [
                feature(BURNER, active=value(False)),
                feature("heating.burners.1", active=value(True)),
            ],
            True,
            id="second of two",
        ),
    ],
)
def test_the_burner_of_a_hybrid(features: list[Json], on: bool | None) -> None:
    """A burner that fires is known, however the unit shows it."""
    assert read(*features).burner_on is on


def test_a_controller_that_counts_by_the_week() -> None:
    """A CU401B with ventilation: reported power, heat of the week, COP for the SPF."""
    reading = read(
        feature(COMPRESSOR, active=value(False), phase=value("off")),
        feature(f"{COMPRESSOR}.sensors.power", status=value("notConnected")),
        feature(f"{COMPRESSOR}.power", value=value(8, "kilowatt")),
        sensor(f"{COMPRESSOR}.heat.production.current", 0, "watt"),
        sensor(f"{COMPRESSOR}.heat.production.heating.week", 36.2, "kilowattHour"),
        sensor(f"{COMPRESSOR}.heat.production.dhw.week", 10.7, "kilowattHour"),
        sensor(f"{COMPRESSOR}.heat.production.cooling.week", 5, "kilowattHour"),
        feature("heating.cop.total", value=value(5.3, "")),
        feature("heating.cop.heating", value=value(5.4, "")),
        feature("heating.cop.dhw", value=value(0, "")),
        feature("device.messages.errors.counter.d6", value=value(2, "")),
        feature("device.messages.errors.counter.a9"),
        feature(
            "device.messages.logbook",
            entries=value([{"actor": "SEK_PUMPE1", "event": "Inverter_CPU_error"}]),
        ),
    )
    assert reading.heat_week == UnitEnergy(heating_wh=36_200.0, hot_water_wh=10_700.0)
    assert reading.stamps["heat_week"] == STAMP
    assert reading.reported_heat_w == 0
    assert (reading.spf_total, reading.spf_heating) == (5.3, 5.4)
    assert reading.spf_hot_water is None
    assert reading.spf_measured_at == STAMP
    assert reading.fault_counts == {"D6": 2}
    assert reading.fault_codes is None


def test_the_makers_spf_comes_before_its_cop() -> None:
    """Where a unit has both, the seasonal figure counts."""
    cop = feature("heating.cop.total", value=value(5.3, ""))
    spf = feature("heating.spf.total", value=value(4.1, ""))
    assert read(cop, spf).spf_total == 4.1


CIRCUIT = "heating.circuits.0"


def circuit_of(*features: Json) -> CircuitReading:
    """Return the only circuit of a unit at 3.3 °C outside."""
    reading = read(
        feature("heating.circuits", enabled=value(["0"])),
        sensor(OUTSIDE, 3.3, "celsius"),
        *features,
    )
    return reading.circuits[0]


@pytest.mark.parametrize(
    ("stated", "unit", "target_c"),
    [(31.6, "celsius", 31.6), (19, None, 19), (0, "celsius", None), (-4, "", None)],
)
def test_the_target_of_a_circuit(
    stated: float, unit: str | None, target_c: float | None
) -> None:
    """A target of 0 is no demand; old answers name no unit."""
    asked = feature(f"{CIRCUIT}.temperature", value=value(stated, unit))
    assert circuit_of(asked).target_supply_c == target_c


@pytest.mark.parametrize(
    ("program", "target_c"),
    [
        pytest.param({"demand": value("heating")}, 31.6, id="heating"),
        pytest.param({"demand": value("cooling")}, None, id="cooling"),
        pytest.param({"active": value(False)}, None, id="another program"),
        pytest.param({"temperature": value(20, "kelvin")}, None, id="odd unit"),
    ],
)
def test_a_target_by_the_heating_curve(program: Json, target_c: float | None) -> None:
    """Units without a target of their own have their curve and the room temperature."""
    properties = {"active": value(True), "temperature": value(20, "celsius")} | program
    circuit = circuit_of(
        feature(f"{CIRCUIT}.heating.curve", slope=value(0.6, ""), shift=value(0, "")),
        feature(f"{CIRCUIT}.operating.programs.standby", active=value(True)),
        feature(f"{CIRCUIT}.operating.programs.normalHeating")
        | {"properties": properties},
    )
    assert circuit.target_supply_c == target_c


@pytest.mark.parametrize("name", ["heating.spf.total", "heating.scop.total"])
def test_age_of_the_makers_figure(name: str) -> None:
    """The maker's figure has an age of its own, whatever else has just changed."""
    figure = sensor(name, 3.9, "") | {"timestamp": "2026-01-09T04:00:00Z"}
    reading = read(figure, sensor(OUTSIDE, 3, "celsius"))
    assert reading.spf_measured_at == datetime(2026, 1, 9, 4, tzinfo=UTC)
    assert reading.measured_at == STAMP
    assert read(sensor(OUTSIDE, 3, "celsius")).spf_measured_at is None


def test_the_owner_sets_the_ranges() -> None:
    """Each kind of value is held against its own range."""
    ranges = Ranges(
        temperature_c=Range(0.0, 30.0),
        power_w=Range(0.0, 1000.0),
        modulation_pct=Range(0.0, 50.0),
    )
    features = (
        sensor(OUTSIDE, 31, "celsius"),
        sensor("heating.inverters.0.sensors.power.output", 1001, "watt"),
        sensor(f"{COMPRESSOR}.sensors.power", 51, "percent"),
    )
    narrow, usual = read(*features, ranges=ranges), read(*features)
    assert (narrow.outside_c, narrow.inverter_w, narrow.modulation_pct) == (
        None,
        None,
        None,
    )
    assert (usual.outside_c, usual.inverter_w, usual.modulation_pct) == (31, 1001, 51)


NAMES = (
    OUTSIDE,
    SUPPLY,
    COMPRESSOR,
    f"{COMPRESSOR}.statistics",
    "heating.burners.0",
    "heating.burners.0.modulation",
    "heating.circuits",
    "heating.circuits.0.heating.curve",
    "heating.circuits.0.operating.programs.normalHeating",
    "heating.circuits.0.temperature",
    "heating.compressors.1",
    "heating.compressors.1.power",
    "heating.compressors.1.sensors.power",
    "heating.dhw.pumps.circulation",
    "device.messages.errors.counter.d6",
    "heating.heat.production.summary.dhw",
    "heating.heat.production.dhw",
    "device.messages.errors.raw",
)
KEYS = (
    "value",
    "status",
    "active",
    "demand",
    "enabled",
    "entries",
    "hours",
    "shift",
    "slope",
    "temperature",
    "unit",
    "year",
    "yearValueReadAt",
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from((*KEYS, "errorCode")), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "feature": st.sampled_from(NAMES),
                "isEnabled": st.just(True),
                "properties": st.dictionaries(
                    st.sampled_from(KEYS), st.fixed_dictionaries({"value": anything})
                )
                | anything,
                "timestamp": anything,
                "uri": anything,
            }
        )
        | anything,
        max_size=6,
    )
)
def test_whatever_the_cloud_sends(features: list[object]) -> None:
    """No JSON stops the reading, and no number in it is beyond its range."""
    reading = read(*features)
    assert {field.name for field in fields(reading)} >= {"outside_c", "heat"}
    for temperature_c in (reading.outside_c, reading.supply_c):
        assert temperature_c is None or -40 <= temperature_c <= 100
