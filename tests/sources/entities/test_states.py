"""States of entities as values, in every unit and with every fault."""

from datetime import UTC, datetime
import math

from hypothesis import given
import hypothesis.strategies as st
import pytest

from custom_components.heatpump_monitor.readings import Mode
from custom_components.heatpump_monitor.sources.entities.fields import (
    FLAG_WORDS,
    HEAT_PUMP_FIELDS,
    METER_FIELDS,
    MODE_WORDS,
    Field,
    Kind,
)
from custom_components.heatpump_monitor.sources.entities.states import (
    Problem,
    Reason,
    Value,
    Words,
    plain_word,
    value_of,
)
from homeassistant.core import State

FIELDS = HEAT_PUMP_FIELDS | METER_FIELDS


def _read(
    key: str,
    text: str,
    unit: str | None = None,
    domain: str = "sensor",
    words: Words | None = None,
    **attributes: object,
) -> object:
    """Return the value of a state, or the reason why there is none."""
    if unit is not None:
        attributes["unit_of_measurement"] = unit
    state = State(f"{domain}.one", text, attributes)
    found = value_of(state, FIELDS[key], "°F", words or {})
    if isinstance(found, Problem):
        assert found.entity == state.entity_id
        return found.reason
    assert isinstance(found, Value)
    return found.value


@pytest.mark.parametrize(
    ("key", "text", "unit", "value"),
    [
        ("supply_c", "95", "°F", 35.0),
        ("supply_c", "308.15", "K", 35.0),
        ("flow_lph", "1.2", "m³/h", 1200.0),
        ("flow_lph", "20", "L/min", 1200.0),
        ("flow_lph", "0.5", "L/s", 1800.0),
        ("reported_heat_w", "6.25", "kW", 6250.0),
        ("heat_meter_wh", "1.5", "MWh", 1_500_000.0),
        ("heat_meter_wh", "3.6", "MJ", 1000.0),
        ("energy_wh", "12.3456", "kWh", 12345.6),
        ("power_w", "-0.1", "kW", -100.0),
        ("modulation_pct", "47", "%", 47.0),
        ("speed_rps", "1800", "rpm", 30.0),
        ("speed_rps", "30", "Hz", 30.0),
        ("run_hours", "5400", "s", 1.5),
        ("run_hours", "5400", "Hours", 5400.0),
        ("flow_lph", "20", "l/min", 1200.0),
        ("flow_lph", "1200", "l/h", 1200.0),
        ("flow_lph", "1.2", "m3/h", 1200.0),
        ("energy_wh", "1", "kwh", 1000.0),
        ("speed_rps", "30", "rps", 30.0),
        ("supply_c", "35", "℃", 35.0),
        ("starts", "812", None, 812.0),
        ("starts", "812", "starts", 812.0),
    ],
)
def test_numbers_are_converted_to_the_unit_of_the_field(
    key: str, text: str, unit: str | None, value: float
) -> None:
    """Every unit of Home Assistant becomes that of the reading."""
    assert _read(key, text, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("key", "text", "unit", "reason"),
    [
        ("supply_c", "unavailable", "°C", Reason.UNAVAILABLE),
        ("supply_c", "unknown", "°C", Reason.UNKNOWN),
        ("supply_c", "", "°C", Reason.NOT_A_NUMBER),
        ("supply_c", "thirty", "°C", Reason.NOT_A_NUMBER),
        ("supply_c", "nan", "°C", Reason.NOT_A_NUMBER),
        ("supply_c", "inf", "°C", Reason.NOT_A_NUMBER),
        ("supply_c", "35", None, Reason.NO_UNIT),
        ("supply_c", "35", "", Reason.NO_UNIT),
        ("supply_c", "35", "kW", Reason.WRONG_UNIT),
        ("energy_wh", "35", "W", Reason.WRONG_UNIT),
        ("modulation_pct", "35", "rpm", Reason.WRONG_UNIT),
        ("power_w", "35", "mw", Reason.WRONG_UNIT),
        ("heat_meter_wh", "1e308", "GWh", Reason.OUT_OF_RANGE),
        ("compressor_on", "perhaps", None, Reason.UNKNOWN_WORD),
        ("mode", "perhaps", None, Reason.UNKNOWN_WORD),
        ("mode", "3", None, Reason.UNKNOWN_WORD),
    ],
)
def test_a_state_that_cannot_be_used_has_a_reason(
    key: str, text: str, unit: str | None, reason: Reason
) -> None:
    """What is not known is no value, and says why."""
    assert _read(key, text, unit) is reason


def test_a_state_that_was_restored_is_no_value() -> None:
    """What Home Assistant shows of an entity that nobody provides has its reason."""
    found = _read("supply_c", "unavailable", "°C", restored=True)
    assert found is Reason.RESTORED


@pytest.mark.parametrize("domain", ["light", "device_tracker", "binary_sensor"])
def test_an_entity_of_another_kind_is_refused(domain: str) -> None:
    """A temperature is no light."""
    assert _read("supply_c", "35", "°C", domain) is Reason.WRONG_DOMAIN


def test_thermostat_and_water_heater_give_their_attributes() -> None:
    """Their states say what is set; their attributes what is."""
    action = _read("mode", "heat", domain="climate", hvac_action="defrosting")
    assert action is Mode.DEFROST
    assert _read("mode", "heat", domain="climate") is Reason.UNKNOWN
    cylinder_c = _read(
        "hot_water_c", "eco", domain="water_heater", current_temperature=122
    )
    assert cylinder_c == pytest.approx(50.0)
    target_c = _read("hot_water_target_c", "eco", domain="water_heater", temperature=50)
    assert target_c == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Heating", Mode.HEATING),
        ("CH", Mode.HEATING),
        ("Hot Water", Mode.HOT_WATER),
        ("domestic_hot_water", Mode.HOT_WATER),
        ("DHW", Mode.HOT_WATER),
        ("active-cooling", Mode.COOLING),
        ("Defrost", Mode.DEFROST),
        ("off", Mode.STANDBY),
    ],
)
def test_modes_by_their_usual_words(text: str, mode: Mode) -> None:
    """Words are compared without case and separators."""
    assert _read("mode", text) is mode


def test_a_mapping_adds_words_and_replaces_them() -> None:
    """Words of an integration go before the usual ones."""
    assert (
        _read("mode", "Verdichter an", words={"verdichteran": "heating"}) == "heating"
    )
    assert _read("mode", "water", words={"water": "heating"}) == "heating"
    assert _read("compressor_on", "Ein", words={"ein": True}) is True


@pytest.mark.parametrize(
    ("text", "is_on"), [("on", True), ("Off", False), ("42.5", True), ("0", False)]
)
def test_flags_by_word_or_number(text: str, is_on: bool) -> None:
    """The speed of a compressor also says whether it runs."""
    assert _read("compressor_on", text) is is_on


def test_words_are_written_as_they_are_compared() -> None:
    """A word with a capital or a space would never be found."""
    for word in (*MODE_WORDS, *FLAG_WORDS):
        assert word == plain_word(word)


def _fields_with_units() -> list[Field]:
    return [each for each in FIELDS.values() if each.quantity.converter]


@given(
    field=st.sampled_from(_fields_with_units()),
    number=st.floats(min_value=-1e6, max_value=1e6),
    data=st.data(),
)
def test_conversion_keeps_the_order_and_the_meaning(
    field: Field, number: float, data: st.DataObject
) -> None:
    """Any unit of a quantity gives a finite value that converts back."""
    converter = field.quantity.converter
    assert converter is not None
    unit = data.draw(st.sampled_from(sorted(map(str, converter.VALID_UNITS))))
    found = _read(field.key, repr(number), unit)
    assert isinstance(found, float)
    assert math.isfinite(found)
    back = converter.convert(found, field.quantity.unit, unit)
    # A reading has six decimal places.
    step = abs(converter.convert(1e-6, field.quantity.unit, unit)) + abs(
        converter.convert(0.0, field.quantity.unit, unit)
    )
    assert back == pytest.approx(number, rel=1e-6, abs=2 * step + 1e-6)


@given(field=st.sampled_from(list(FIELDS.values())), text=st.text(max_size=20))
def test_any_text_is_a_value_or_a_reason(field: Field, text: str) -> None:
    """No state makes an error."""
    found = _read(field.key, text, str(field.quantity.unit or ""))
    assert isinstance(found, float | bool | str)


def test_the_time_of_an_attribute_is_that_of_the_last_update() -> None:
    """A state that stays while an attribute changes is no old value."""
    changed, updated = (
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 2, tzinfo=UTC),
    )
    state = State(
        "climate.one",
        "heat",
        {"hvac_action": "heating"},
        last_changed=changed,
        last_updated=updated,
        last_reported=updated,
    )
    found = value_of(state, FIELDS["mode"], "°C", {})
    assert isinstance(found, Value)
    assert found.changed_at == updated


def test_every_field_offers_entities_and_is_of_one_kind() -> None:
    """A selector without domains would offer every entity."""
    for field in FIELDS.values():
        assert field.domains
        assert (field.quantity.kind is Kind.NUMBER) or field.quantity.converter is None
