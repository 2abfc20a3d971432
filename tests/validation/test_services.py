"""What hassfest says of the actions, and whether code, texts and icons agree."""

from enum import StrEnum

import probatio
import pytest

from custom_components.heatpump_monitor.actions import ACTIONS
from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.history.transfer.exporting import Resolution
from custom_components.heatpump_monitor.performance.totals.periods import Period
from custom_components.heatpump_monitor.performance.totals.series import Frame
from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.helpers import selector

from .package import PACKAGE, load, services

DESCRIBED = services()
EACH = pytest.mark.parametrize("name", DESCRIBED)


def test_described_actions_are_those_that_are_registered() -> None:
    """An action without a description cannot be found, and one without code is none."""
    assert set(DESCRIBED) == set(ACTIONS)


@EACH
def test_described_fields_are_those_that_are_understood(name: str) -> None:
    """They have the same names, and the same ones are required."""
    described = {
        (field, shape.get("required", False))
        for field, shape in DESCRIBED[name].items()
        if field != ATTR_CONFIG_ENTRY_ID
    }
    assert described == {
        (str(field), isinstance(field, probatio.Required))
        for field in ACTIONS[name].fields
    }


@EACH
def test_every_action_can_be_asked_of_one_heat_pump(name: str) -> None:
    """The entry is the first field, and is one of ours."""
    assert next(iter(DESCRIBED[name])) == ATTR_CONFIG_ENTRY_ID
    shape = DESCRIBED[name][ATTR_CONFIG_ENTRY_ID]
    assert shape["selector"]["config_entry"]["integration"] == DOMAIN


@EACH
def test_selectors_are_those_of_home_assistant(name: str) -> None:
    """A selector that is not known makes a field of plain YAML."""
    for field, shape in DESCRIBED[name].items():
        assert set(shape) <= {"default", "example", "required", "selector"}, field
        selector.validate_selector(shape["selector"])


@EACH
def test_examples_are_good(name: str) -> None:
    """Whoever copies an example gets no error."""
    for field, validate in ACTIONS[name].fields.items():
        probatio.Schema(validate)(DESCRIBED[name][str(field)]["example"])


@EACH
def test_defaults_are_those_of_the_code(name: str) -> None:
    """What a form shows is what happens without it."""
    shown = {
        field: shape["default"]
        for field, shape in DESCRIBED[name].items()
        if "default" in shape
    }
    optional = {
        field: validate
        for field, validate in ACTIONS[name].fields.items()
        if isinstance(field, probatio.Optional)
    }
    assert probatio.Schema(optional)({}) == shown


@pytest.mark.parametrize(
    ("key", "choices"),
    [("frame", Frame), ("period", Period), ("resolution", Resolution)],
)
def test_choices_are_those_of_the_code(key: str, choices: type[StrEnum]) -> None:
    """All can be chosen, and no other."""
    offered = [
        select["options"]
        for fields in DESCRIBED.values()
        for shape in fields.values()
        if (select := shape["selector"].get("select"))
        and select["translation_key"] == key
    ]
    assert offered
    assert all(options == [str(choice) for choice in choices] for options in offered)


@pytest.mark.parametrize("language", ["en", "de"])
def test_actions_and_fields_have_texts(language: str) -> None:
    """Each has a name and a description, and no text is left over."""
    texts = load(PACKAGE / "translations" / f"{language}.json")["services"]
    assert set(texts) == set(DESCRIBED)
    for name, action in texts.items():
        assert set(action) == {"name", "description", "fields"}, name
        assert set(action["fields"]) == set(DESCRIBED[name]), name
        for field, words in action["fields"].items():
            assert set(words) == {"name", "description"}, field


def test_actions_have_icons() -> None:
    """Each has one, and no icon is left over."""
    icons = load(PACKAGE / "icons.json")["services"]
    assert set(icons) == set(DESCRIBED)
    assert all(set(icon) == {"service"} for icon in icons.values())
