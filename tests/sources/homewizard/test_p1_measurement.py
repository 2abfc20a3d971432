"""What a P1 meter says, field by field, with answers as the documentation has them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.heatpump_monitor.readings import (
    GridReading,
    PhaseReading,
    Submeter,
    SubmeterReading,
)
from custom_components.heatpump_monitor.sources.homewizard.p1_measurement import (
    grid_reading,
)
from custom_components.heatpump_monitor.sources.homewizard.wall_clock import WallClock

BRUSSELS = ZoneInfo("Europe/Brussels")
ARRIVED = datetime(2024, 6, 28, 12, 12, 35, tzinfo=UTC)
GAS, WATER = "4730303339303031363532303530323136", "3853454E303039"
BELGIAN: Mapping[str, object] = {
    "protocol_version": 50,
    "meter_model": "ISKRA  2M550T-101",
    "unique_id": "4E6576657220476F6E6E61204C657420596F7520446F776E",
    "timestamp": "2024-06-28T14:12:34",
    "tariff": 2,
    "energy_import_kwh": 13779.338,
    "energy_import_t1_kwh": 10830.511,
    "energy_import_t2_kwh": 2948.827,
    "energy_export_kwh": 0,
    "energy_export_t1_kwh": 0,
    "energy_export_t2_kwh": 0,
    "power_w": -543,
    "power_l1_w": -676,
    "power_l2_w": 133,
    "power_l3_w": 0,
    "current_a": 6,
    "current_l1_a": -4,
    "current_l2_a": 2,
    "current_l3_a": 0,
    "voltage_l1_v": 231.1,
    "voltage_sag_l1_count": 1,
    "voltage_sag_l2_count": 1,
    "voltage_sag_l3_count": 0,
    "voltage_swell_l1_count": 0,
    "voltage_swell_l2_count": 0,
    "voltage_swell_l3_count": 0,
    "any_power_fail_count": 4,
    "long_power_fail_count": 5,
    "average_power_15m_w": 123.000,
    "monthly_power_peak_w": 1111.000,
    "monthly_power_peak_timestamp": "2024-06-04T10:11:22",
    "external": [
        {
            "unique_id": GAS,
            "type": "gas_meter",
            "timestamp": "2024-06-28T14:00:00",
            "value": 2569.646,
            "unit": "m3",
        },
        {
            "unique_id": WATER,
            "type": "water_meter",
            "timestamp": "2024-06-28T14:05:00",
            "value": 123.456,
            "unit": "m3",
        },
    ],
}
LEAST: Mapping[str, object] = {
    "timestamp": "2024-06-28T14:12:34",
    "energy_import_t1_kwh": 10830.511,
    "energy_import_t2_kwh": 2948.827,
    "energy_export_t1_kwh": 1.5,
    "energy_export_t2_kwh": 2.25,
    "power_w": -543,
    "power_l1_w": -543,
}


def parsed(
    data: Mapping[str, object],
    arrived: datetime = ARRIVED,
    clock: WallClock | None = None,
) -> GridReading:
    """Return the reading of an answer that has one."""
    reading = grid_reading(data, arrived, clock or WallClock(BRUSSELS))
    assert reading is not None
    return reading


def test_belgian_meter() -> None:
    """Every field of the documentation arrives, in W and Wh."""
    assert parsed(BELGIAN) == GridReading(
        time=ARRIVED,
        measured_at=datetime(2024, 6, 28, 12, 12, 34, tzinfo=UTC),
        power_w=-543.0,
        phases=(
            PhaseReading(name="a", power_w=-676.0, voltage_v=231.1, current_a=4.0),
            PhaseReading(name="b", power_w=133.0, current_a=2.0),
            PhaseReading(name="c", power_w=0.0, current_a=0.0),
        ),
        import_wh=13_779_338.0,
        export_wh=0.0,
        import_by_tariff_wh={1: 10_830_511.0, 2: 2_948_827.0},
        export_by_tariff_wh={1: 0.0, 2: 0.0},
        tariff=2,
        quarter_average_w=123.0,
        month_peak_w=1111.0,
        month_peak_at=datetime(2024, 6, 4, 8, 15, tzinfo=UTC),
        sags={"a": 1, "b": 1, "c": 0},
        swells={"a": 0, "b": 0, "c": 0},
        power_failures=4,
        long_power_failures=5,
        submeters=(
            SubmeterReading(
                serial="G0039001652050216",
                kind=Submeter.GAS,
                value=2569.646,
                unit="m3",
                measured_at=datetime(2024, 6, 28, 12, tzinfo=UTC),
            ),
            SubmeterReading(
                serial="8SEN009",
                kind=Submeter.WATER,
                value=123.456,
                unit="m3",
                measured_at=datetime(2024, 6, 28, 12, 5, tzinfo=UTC),
            ),
        ),
    )


def test_least_answer() -> None:
    """One phase and the tariffs alone: the totals are their sums."""
    reading = parsed(LEAST)
    assert reading.import_wh == 13_779_338.0
    assert reading.export_wh == 3750.0
    assert reading.phases == (PhaseReading(name="a", power_w=-543.0),)
    assert reading.quarter_average_w is None
    assert reading.month_peak_w is None
    assert reading.tariff is None
    assert reading.sags == {}


def test_zero_total_beside_tariffs() -> None:
    """A total of 0 beside tariffs that are not 0 is no total."""
    assert parsed({**BELGIAN, "energy_import_kwh": 0}).import_wh == 13_779_338.0


def test_power_from_phases() -> None:
    """The phases are netted where the sum is missing, never their currents."""
    data = {key: value for key, value in BELGIAN.items() if key != "power_w"}
    assert parsed(data).power_w == -543.0


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"error": "request:internal-server-error"}, id="error"),
        pytest.param({"timestamp": "2024-06-28T14:12:34", "tariff": 1}, id="no values"),
        pytest.param({"power_w": "543", "energy_import_kwh": "1"}, id="texts"),
        pytest.param({"power_w": True, "energy_import_kwh": -1}, id="wrong"),
        pytest.param({"power_w": float("nan")}, id="no number"),
        pytest.param({"power_w": None, "current_a": 6}, id="only the current"),
    ],
)
def test_answer_without_values(data: Mapping[str, object]) -> None:
    """An answer without any value of electricity is a failure, not a reading."""
    assert grid_reading(data, ARRIVED, WallClock(BRUSSELS)) is None


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"power_w": 2_000_000}, "power_w", -543.0),
        ({"tariff": 0}, "tariff", None),
        ({"tariff": "2"}, "tariff", None),
        ({"voltage_sag_l1_count": -1}, "sags", {"b": 1, "c": 0}),
        ({"any_power_fail_count": None}, "power_failures", None),
        ({"average_power_15m_w": -5}, "quarter_average_w", None),
        ({"average_power_15m_w": 0}, "quarter_average_w", 0.0),
        # At the start of a month.
        ({"monthly_power_peak_w": 0}, "month_peak_w", None),
        ({"monthly_power_peak_w": None}, "month_peak_at", None),
        ({"monthly_power_peak_w": 0}, "quarter_average_w", 123.0),
        # In kW, although the field says W.
        ({"monthly_power_peak_w": 4.318}, "month_peak_w", None),
        ({"monthly_power_peak_w": 4.318}, "quarter_average_w", None),
        ({"energy_import_kwh": -1}, "import_wh", 13_779_338.0),
        ({"external": None}, "submeters", ()),
        ({"external": [None, 5, {}]}, "submeters", ()),
        ({"timestamp": None}, "measured_at", None),
        ({"timestamp": "yesterday"}, "measured_at", None),
        ({"timestamp": "0001-01-01T00:00:00"}, "measured_at", None),
        ({"timestamp": ["x"]}, "measured_at", None),
        ({"timestamp": True}, "measured_at", None),
        ({"monthly_power_peak_timestamp": "never"}, "month_peak_at", None),
        # It has not been yet.
        (
            {"monthly_power_peak_timestamp": "2024-07-04T10:15:00"},
            "month_peak_at",
            None,
        ),
    ],
)
def test_odd_values(changes: Mapping[str, object], field: str, value: object) -> None:
    """What cannot be is not known; the rest of the answer stays."""
    assert getattr(parsed({**BELGIAN, **changes}), field) == value


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"type": "heat_meter", "unit": "GJ"}, 1),
        ({"type": "inlet_heat_meter", "unit": "GJ"}, 1),
        ({"type": "warm_water_meter"}, 1),
        ({"type": "another_meter"}, 0),
        ({"unit": "ft3"}, 0),
        ({"value": -1}, 0),
        ({"value": "5"}, 0),
        ({"unique_id": ""}, 0),
    ],
)
def test_submeters(changes: Mapping[str, object], count: int) -> None:
    """Those of a known kind and unit are there, all others are not."""
    gas = {"unique_id": GAS, "type": "gas_meter", "value": 1.0, "unit": "m3"}
    reading = parsed({**LEAST, "external": [{**gas, **changes}]})
    assert len(reading.submeters) == count


def test_submeter_that_comes_twice() -> None:
    """The newer value of a meter counts, in whichever order they come."""
    gas = {"unique_id": GAS, "type": "gas_meter", "unit": "m3"}
    old = {**gas, "value": 1.0, "timestamp": "2024-06-28T13:00:00"}
    new = {**gas, "value": 2.0, "timestamp": "2024-06-28T14:00:00"}
    for external in ([old, new], [new, old]):
        (submeter,) = parsed({**LEAST, "external": external}).submeters
        assert submeter.value == 2.0


@pytest.mark.parametrize("serial", ["123456", "not hex", "20", "0A0B", "FF00"])
def test_serial_number_as_it_is(serial: str) -> None:
    """A serial number that is no text in hexadecimal stays as it was sent."""
    gas = {"unique_id": serial, "type": "gas_meter", "value": 1.0, "unit": "m3"}
    (submeter,) = parsed({**LEAST, "external": [gas]}).submeters
    assert submeter.serial == serial


@pytest.mark.parametrize("offset_s", [-899, 899, -901, 901, 3600])
def test_clock_of_the_meter(offset_s: int) -> None:
    """A clock that is a quarter-hour off does not decide the quarter-hours."""
    reading = parsed(BELGIAN, ARRIVED - timedelta(seconds=1 + offset_s))
    assert (reading.measured_at is None) is (abs(offset_s) > 900)


@pytest.mark.parametrize(
    ("stamp", "arrived", "moment"),
    [
        pytest.param("2026-07-01T12:00:00", "07-01T10:00", "07-01T10:00", id="summer"),
        pytest.param("2026-01-01T12:00:00", "01-01T11:00", "01-01T11:00", id="winter"),
        # The hour that is repeated, by when the stamp arrives.
        pytest.param("2026-10-25T02:30:00", "10-25T00:30", "10-25T00:30", id="first"),
        pytest.param("2026-10-25T02:30:00", "10-25T01:30", "10-25T01:30", id="second"),
        pytest.param("2026-10-25T02:00:00", "10-24T23:59", "10-25T00:00", id="begin"),
        pytest.param("2026-10-25T02:59:00", "10-25T02:01", "10-25T01:59", id="end"),
        # As in a telegram, which says it.
        pytest.param("261025023000S", "10-25T01:30", "10-25T00:30", id="S"),
        pytest.param("261025023000W", "10-25T00:30", "10-25T01:30", id="W"),
        pytest.param(260701120000, "07-01T10:00", "07-01T10:00", id="number"),
        # Just after the hour that is left out.
        pytest.param("2026-03-29T03:00:00", "03-29T01:00", "03-29T01:00", id="spring"),
        pytest.param("2026-07-01T12:00:00Z", "07-01T10:00", "07-01T12:00", id="UTC"),
    ],
)
def test_moments(stamp: object, arrived: str, moment: str) -> None:
    """A time stamp by the wall clock is one moment."""
    at, wanted = (
        datetime.fromisoformat(f"2026-{each}:00+00:00") for each in (arrived, moment)
    )
    assert WallClock(BRUSSELS).moment(stamp, at) == wanted


def test_year_of_a_number() -> None:
    """A number loses the zero of its year."""
    at = datetime(2009, 1, 1, tzinfo=UTC)
    assert WallClock(BRUSSELS).moment(90101010000, at) == at


def test_peak_in_the_repeated_hour() -> None:
    """The peak stays at its moment, for as long as the meter sends it."""
    clock = WallClock(BRUSSELS)
    first = datetime(2026, 10, 25, 0, 31, tzinfo=UTC)
    data = {
        **BELGIAN,
        "timestamp": None,
        "monthly_power_peak_timestamp": "2026-10-25T02:30:00",
    }
    for later in (timedelta(), timedelta(hours=1), timedelta(days=3)):
        peak_at = parsed(data, first + later, clock).month_peak_at
        assert peak_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    moved = {**data, "monthly_power_peak_timestamp": "2026-10-28T02:30:00"}
    peak_at = parsed(moved, first + timedelta(days=4), clock).month_peak_at
    assert peak_at == datetime(2026, 10, 28, 1, 30, tzinfo=UTC)


def test_peak_at_the_end_of_a_month() -> None:
    """Its stamp is the end of the quarter-hour, which is in the next month."""
    data = {
        **BELGIAN,
        "timestamp": "2024-07-01T00:00:03",
        "monthly_power_peak_timestamp": "2024-07-01T00:00:10",
    }
    arrived = datetime(2024, 6, 30, 22, 0, 3, tzinfo=UTC)
    assert parsed(data, arrived).month_peak_at == arrived.replace(second=0)
