"""Settings: the same for all that means the same, and nothing that moves by itself."""

from collections.abc import Mapping
from datetime import UTC, datetime
import math

from hypothesis import given, strategies as st

from custom_components.heatpump_monitor.readings import Setting, SettingValue
from custom_components.heatpump_monitor.sources.ranges import Ranges
from custom_components.heatpump_monitor.sources.viessmann.features import (
    heat_pump_reading,
)
from simulator.viessmann import air, brine
from tests.sources.features import Json, feature, parsed, value

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def settings(*features: object) -> Mapping[str, Setting]:
    """Return the settings of an answer."""
    return heat_pump_reading(parsed(*features), time=NOW, ranges=Ranges()).settings


def values(*features: object) -> dict[str, SettingValue]:
    """Return the values of the settings of an answer."""
    return {item: each.value for item, each in settings(*features).items()}


def static(features: Mapping[str, Mapping[str, Json]]) -> list[Json]:
    """Return the features of a simulated unit that never change by themselves."""
    return [{**feature(name), "properties": each} for name, each in features.items()]


def week(**days: list[Json]) -> Json:
    """Return a hot-water schedule; a day that is not given is empty."""
    return feature(
        "heating.dhw.schedule",
        active=value(True),
        entries=value({day: days.get(day, []) for day in DAYS}),
    )


def span(start: str, end: str, mode: str = "on", position: int = 0) -> Json:
    """Return one span of a day."""
    return {"start": start, "end": end, "mode": mode, "position": position}


def test_air_unit() -> None:
    """A unit of the E3 generation reports these."""
    assert values(*static(air.STATIC)) == {
        "backup_heater_for_heating": True,
        "backup_heater_for_hot_water": True,
        "circuit_mode.0": "heating",
        "heating_curve_shift.0": 0.0,
        "heating_curve_slope.0": 0.6,
        "heating_hysteresis_off_k.0": 2.0,
        "heating_hysteresis_on_k.0": 2.0,
        "heating_schedule.0": "mon-sun 06:00-22:00 normal",
        "holiday": "off",
        "holiday_at_home": "off",
        "hot_water_c": 50.0,
        "hot_water_hygiene": False,
        "hot_water_hysteresis_off_k": 2.0,
        "hot_water_hysteresis_on_k": 6.0,
        "hot_water_mode": "efficient",
        "hot_water_schedule": "mon-sun 04:00-05:30 on, 12:00-16:00 on",
        "outside_damping_min": 10.0,
        "room_comfort_c.0": 22.0,
        "room_normal_c.0": 20.0,
        "room_reduced_c.0": 18.0,
        "summer_limit.0": True,
        "summer_limit_c.0": 20.0,
        "supply_max_c.0": 65.0,
        "supply_min_c.0": 20.0,
    }


def test_brine_unit() -> None:
    """A CU401B has programs without a purpose, and its only circuit is number 1."""
    found = values(*static(brine.STATIC))
    assert len(found) == 20
    assert found["room_normal_c.1"] == 21.0
    assert found["circuit_mode.1"] == "dhw_and_heating"
    assert found["hot_water_2_c"] == 60.0
    assert found["buffer_max_c"] == 65.0
    assert found["electric_hot_water_heater"] is True
    assert not any(item.endswith(".0") for item in found)


def test_time_stamp() -> None:
    """A setting has the time stamp of its feature."""
    hot_water = feature(
        "heating.dhw.temperature.main",
        stamp="2026-01-15T11:00:00.000Z",
        value=value(50, "celsius"),
    )
    assert settings(hot_water)["hot_water_c"] == Setting(
        value=50.0, changed_at=datetime(2026, 1, 15, 11, 0, tzinfo=UTC)
    )


def test_numbers() -> None:
    """Integers and floats are the same, and so are 0 and -0; tenths count."""
    for wire, known in ((21, 21.0), (21.04, 21.0), (-0.0, 0.0), (2.5, 2.5)):
        found = values(feature("heating.dhw.temperature.main", value=value(wire)))
        assert str(found["hot_water_c"]) == str(known)


def test_odd_values() -> None:
    """What is no value of a setting is not known."""
    odd: tuple[object, ...] = (None, "", [], {}, {"mon": []}, {"mon": 3}, math.nan)
    for wire in odd:
        found = values(
            feature("heating.dhw.temperature.main", value=value(wire)),
            feature("heating.dhw.schedule", entries=value(wire)),
            feature("heating.operating.programs.holiday", start=value(wire)),
        )
        assert found == {}


def test_hysteresis_of_older_units() -> None:
    """The value counts only where there is none for each direction."""
    old = feature("heating.dhw.temperature.hysteresis", value=value(2.5))
    assert values(old) == {"hot_water_hysteresis_k": 2.5}


def test_holiday() -> None:
    """A holiday is its first and last day; what stands for none is off."""
    for start, end, known in (
        ("2026-07-09", "2026-07-21", "2026-07-09 - 2026-07-21"),
        ("", "", "off"),
        ("2000-01-01", "2000-01-01", "off"),
    ):
        holiday = feature(
            "heating.operating.programs.holiday",
            active=value(False),
            start=value(start),
            end=value(end),
        )
        assert values(holiday) == {"holiday": known}


def test_noise_reduction() -> None:
    """The words of the controller are written in one way."""
    noise = feature(
        "heating.noise.reduction.operating.programs.active",
        value=value("slightlyReduced"),
    )
    assert values(noise) == {"noise_reduction": "slightly_reduced"}


def test_circuits_that_are_not_enabled() -> None:
    """Units list circuits that they do not have."""
    curves = [
        feature(f"heating.circuits.{number}.heating.curve", slope=value(number + 1))
        for number in range(3)
    ]
    enabled = feature("heating.circuits", enabled=value(["0", "2"]))
    assert values(enabled, *curves) == {
        "heating_curve_slope.0": 1.0,
        "heating_curve_slope.2": 3.0,
    }


def test_week() -> None:
    """Days in a row with the same spans are one part; wall-clock time is kept."""
    every_day = [span("14:00", "15:00"), span("04:30", "06:00")]
    plan = week(
        mon=every_day, tue=every_day, sat=[span("08:00", "24:00", "5/25-cycles")]
    )
    assert values(plan) == {
        "hot_water_schedule": "mon-tue 04:30-06:00 on, 14:00-15:00 on;"
        " sat 08:00-24:00 5_25_cycles"
    }
    assert values(week()) == {"hot_water_schedule": "off"}


@given(st.permutations([("00:00", "06:00"), ("06:00", "08:00"), ("20:00", "24:00")]))
def test_order_of_spans(spans: list[tuple[str, str]]) -> None:
    """Neither the order of spans nor their positions mean anything."""
    day = [span(*each, position=position) for position, each in enumerate(spans)]
    assert values(week(sun=day)) == {
        "hot_water_schedule": "sun 00:00-06:00 on, 06:00-08:00 on, 20:00-24:00 on"
    }


def test_order_of_spans_that_overlap() -> None:
    """Where spans overlap, their positions decide, whatever the order of the list."""
    all_day = span("00:00", "24:00", "normal", 1)
    evening = span("18:00", "20:00", "top", 0)
    first = values(week(mon=[all_day, evening]))
    assert first == values(week(mon=[evening, all_day]))
    behind = values(week(mon=[{**all_day, "position": 0}, {**evening, "position": 1}]))
    assert first != behind
