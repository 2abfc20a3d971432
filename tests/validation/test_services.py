"""What services.yaml describes, against the registered actions."""

import probatio
import pytest

from custom_components.heatpump_monitor.actions import ACTIONS
from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.probes.actions import PROBE_ACTIONS
from homeassistant.const import ATTR_CONFIG_ENTRY_ID

from .package import ENGLISH, ICONS, SERVICES

EACH = pytest.mark.parametrize("name", SERVICES)
FIELDS = {name: each.fields for name, each in ACTIONS.items()} | {
    name: each.fields for name, each in PROBE_ACTIONS.items()
}


def test_actions_have_description_texts_and_icon() -> None:
    """An action or field that lacks one is shown by its key."""
    texts = ENGLISH["services"]
    assert set(SERVICES) == set(FIELDS) == set(texts) == set(ICONS["services"])
    for name, fields in SERVICES.items():
        assert set(texts[name]["fields"]) == set(fields), name


@EACH
def test_fields_are_those_of_the_schema(name: str) -> None:
    """The form has the fields of the schema and requires the same ones."""
    described = {
        (field, shape.get("required", False)) for field, shape in SERVICES[name].items()
    }
    of_schema = {
        (str(field), isinstance(field, probatio.Required)) for field in FIELDS[name]
    }
    if name in PROBE_ACTIONS:
        # A device or a session says which entry it is of.
        assert described == of_schema
        return
    assert described - {(ATTR_CONFIG_ENTRY_ID, False)} == of_schema
    entry = SERVICES[name][ATTR_CONFIG_ENTRY_ID]
    assert entry["selector"]["config_entry"]["integration"] == DOMAIN


@EACH
def test_values_are_those_of_the_schema(name: str) -> None:
    """Examples and choices are accepted, and the defaults shown are the real ones."""
    fields = FIELDS[name].items()
    for field, validate in fields:
        shape = SERVICES[name][str(field)]
        if field == ATTR_CONFIG_ENTRY_ID:
            continue
        choices = shape["selector"].get("select", {}).get("options", ())
        for value in (shape["example"], *choices):
            probatio.Schema(validate)(value)
    optional = {key: each for key, each in fields if isinstance(key, probatio.Optional)}
    assert probatio.Schema(optional)({}) == {
        field: shape["default"]
        for field, shape in SERVICES[name].items()
        if "default" in shape
    }
