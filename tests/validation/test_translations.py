"""What hassfest says of the translations, and whether the code agrees with them."""

import ast
import re

import pytest

from custom_components.heatpump_monitor.sources.base import SourceError
from homeassistant.helpers.entity import EntityDescription

from .package import (
    PACKAGE,
    PLATFORMS,
    argument_words,
    called,
    descriptions,
    keyword_words,
    leaves,
    load,
    module,
    nodes,
    placeholders,
    services,
    words,
)

ENGLISH = load(PACKAGE / "translations" / "en.json")
GERMAN = load(PACKAGE / "translations" / "de.json")
CONFIG = ENGLISH["config"]
LANGUAGES = pytest.mark.parametrize("language", ["en", "de"])

SECTIONS = {
    "application_credentials",
    "config",
    "config_subentries",
    "device",
    "entity",
    "entity_component",
    "exceptions",
    "issues",
    "options",
    "selector",
    "services",
    "system_health",
    "title",
}

# Where a flow enters without showing a form of its own.
SILENT_STEPS = {"dhcp", "reauth", "user", "zeroconf"}
# Shown by Home Assistant on the integration's behalf.
INHERITED_STEPS = {"pick_implementation"}
INHERITED_ABORTS = {"already_configured", "missing_configuration"}
EXCEPTIONS = {
    "ConfigEntryAuthFailed",
    "ConfigEntryError",
    "ConfigEntryNotReady",
    "HomeAssistantError",
    "ServiceValidationError",
    "UpdateFailed",
}


def _texts(language: str) -> dict[str, str]:
    """Return every text of a language by its path."""
    return leaves(load(PACKAGE / "translations" / f"{language}.json"))


def _entities() -> list[tuple[str, str, EntityDescription]]:
    """Return platform, translation key and description of every entity."""
    return [
        (platform, key, description)
        for platform in PLATFORMS
        for key, description in descriptions(platform).items()
    ]


def _own_steps(flow: type) -> set[str]:
    """Return the steps that a flow of this package defines."""
    return {
        name.removeprefix("async_step_")
        for each in flow.__mro__
        if each.__module__.startswith("custom_components.")
        for name in vars(each)
        if name.startswith("async_step_")
    }


def _errors() -> set[str]:
    """Return the errors that the flows put at a field, or at a whole form."""
    assigned = {
        node.value.value
        for node in nodes(ast.Assign)
        if isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and any(_is_error(target) for target in node.targets)
    }
    shown = argument_words("_show_meter") | argument_words("_show_password")
    by_meter = OF_METER - {"meter_is_another", "meter_unavailable", "unexpected"}
    return assigned | by_meter | (shown - set(CONFIG["step"]))


def _is_error(target: ast.expr) -> bool:
    """Return whether an assignment's target is the error of a form."""
    if isinstance(target, ast.Subscript):
        return isinstance(target.value, ast.Name) and target.value.id == "errors"
    return isinstance(target, ast.Name) and target.id == "error"


def test_sections_are_known() -> None:
    """Home Assistant does not look anywhere else."""
    assert set(ENGLISH) <= SECTIONS


def test_languages_have_the_same_keys() -> None:
    """A text that is missing in one language falls back to English."""
    assert leaves(ENGLISH).keys() == leaves(GERMAN).keys()


def test_languages_have_the_same_placeholders() -> None:
    """A placeholder of another name would be shown as it stands."""
    german = _texts("de")
    differing = {
        place: (text, german[place])
        for place, text in _texts("en").items()
        if placeholders(text) != placeholders(german[place])
    }
    assert not differing


@LANGUAGES
def test_texts_are_well_formed(language: str) -> None:
    """Addresses belong into placeholders; references and HTML are not resolved."""
    for place, text in _texts(language).items():
        assert text == text.strip() != "", place
        assert "://" not in text, place
        assert "[%key:" not in text, place
        assert not re.search(r"<\w+>", text), place
        assert not re.search(r"'{\w+}'", text), place


@LANGUAGES
def test_keys_are_slugs(language: str) -> None:
    """Keys are lower case, without two underscores in a row."""
    for place in _texts(language):
        for key in place.split("."):
            assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", key), place


def test_entities_have_the_names_of_the_translations() -> None:
    """Every entity is named, and no name is left over."""
    assert {
        (platform, key) for platform, keys in ENGLISH["entity"].items() for key in keys
    } == {(platform, key) for platform, key, _ in _entities()}


@LANGUAGES
def test_entity_names_differ(language: str) -> None:
    """Two sensors of one device must not share a name."""
    names = load(PACKAGE / "translations" / f"{language}.json")["entity"]["sensor"]
    # One of them is the meter's, the other the heat pump's.
    del names["meter_last_reading"]
    given = [entity["name"] for entity in names.values()]
    assert len(given) == len(set(given))


def test_entity_names_have_the_placeholders_that_they_are_given() -> None:
    """A placeholder that nobody fills makes an entity nameless."""
    for platform, key, description in _entities():
        name = ENGLISH["entity"][platform][key]["name"]
        assert placeholders(name) == set(description.translation_placeholders or ())


def test_enumerated_states_are_translated() -> None:
    """A sensor of words shows each of them in the user's language."""
    for platform, key, description in _entities():
        options = getattr(description, "options", None)
        states = ENGLISH["entity"][platform][key].get("state", {})
        assert set(states) == {str(option) for option in options or ()}, key


def test_units_are_translated_where_there_is_no_other() -> None:
    """A unit of Home Assistant's own must not be translated beside it."""
    for key, description in descriptions("sensor").items():
        translated = "unit_of_measurement" in ENGLISH["entity"]["sensor"][key]
        native = getattr(description, "native_unit_of_measurement", None)
        assert not (translated and native), key


def test_steps_are_those_of_the_flow() -> None:
    """Every step that shows something has a title, and no other has."""
    flow = module("config_flow").HeatpumpMonitorFlow
    assert set(CONFIG["step"]) == _own_steps(flow) - SILENT_STEPS | INHERITED_STEPS


def test_options_steps_are_those_of_the_flow() -> None:
    """The same for the options."""
    flow = module("config_flow").HeatpumpMonitorOptionsFlow
    assert set(ENGLISH["options"]["step"]) == _own_steps(flow)


def test_every_field_has_a_name_and_a_description() -> None:
    """Nobody should have to guess what a field wants."""
    steps = {**CONFIG["step"], **ENGLISH["options"]["step"]}
    for step, texts in steps.items():
        for part in (texts, *texts.get("sections", {}).values()):
            assert set(part.get("data", {})) == set(part.get("data_description", {})), (
                step
            )


def test_fields_are_those_of_the_forms() -> None:
    """Every field is named, and no name is left over."""
    forms = module("flows.schemas")
    steps = {**CONFIG["step"], **ENGLISH["options"]["step"]}
    schemas = {
        "meter": forms.meter_schema([]),
        "meter_channels": forms.channels_schema(["a", "b", "c"]),
        "meter_password": forms.PASSWORD_SCHEMA,
        "money": forms.money_schema("EUR"),
        "polling": forms.POLLING_SCHEMA,
        "reauth_meter": forms.PASSWORD_SCHEMA,
    }
    for step, schema in schemas.items():
        assert set(steps[step]["data"]) == {str(field) for field in schema.schema}, step
    plant = steps["plant"]["sections"]
    assert set(plant) == set(forms.PLANT_SECTIONS)
    for name, section in forms.PLANT_SECTIONS.items():
        fields = {str(field) for field in section.schema.schema}
        assert set(plant[name]["data"]) == fields, name


def test_selectors_name_all_their_choices() -> None:
    """A choice without a name would be shown as its key."""
    forms = module("flows.schemas")
    choices: dict[str, set[str]] = {}
    for fields in services().values():
        for field in fields.values():
            parts = (field["selector"].get("object") or {}).get("fields", {})
            if parts:
                key = field["selector"]["object"]["translation_key"]
                choices[key] = set(parts)
            for each in (field, *parts.values()):
                select = each["selector"].get("select") or {}
                if key := select.get("translation_key"):
                    choices.setdefault(key, set()).update(select["options"])
    # A sentence of the options form, not a choice.
    choices["readings_benefit"] = set(forms.ReadingsBenefit)
    channels = forms.channels_schema(["a", "b", "c"])
    sections = [section.schema for section in forms.PLANT_SECTIONS.values()]
    for schema in (channels, *sections, forms.POLLING_SCHEMA):
        for selector in schema.schema.values():
            if key := selector.config.get("translation_key"):
                names = selector.config.get("options") or selector.config["fields"]
                choices.setdefault(key, set()).update(names)
    translated = {
        key: set(texts.get("options") or texts["fields"])
        for key, texts in ENGLISH["selector"].items()
    }
    assert translated == choices


def test_errors_are_those_of_the_flows() -> None:
    """Every error has a text, and no text is left over."""
    assert set(CONFIG["error"]) | set(ENGLISH["options"]["error"]) == _errors()


def test_aborts_are_those_of_the_flow() -> None:
    """Every reason to end has a text, and no text is left over."""
    reasons = keyword_words("reason")
    assert reasons <= set(CONFIG["abort"])
    assert set(CONFIG["abort"]) - INHERITED_ABORTS <= reasons | _errors()


def test_exceptions_are_raised_by_translation_key() -> None:
    """What a user may read is never English alone."""
    raised = [call for call in nodes(ast.Call) if called(call) in EXCEPTIONS]
    assert raised
    for call in raised:
        assert "translation_key" in {keyword.arg for keyword in call.keywords}, (
            f"line {call.lineno}: {ast.unparse(call)}"
        )


def error_keys(*sources: str) -> set[str]:
    """Return the translation keys of the errors that some modules define."""
    defined = [each for source in sources for each in vars(module(source)).values()]
    return {
        each.key
        for each in defined
        if isinstance(each, type) and issubclass(each, SourceError)
    }


OF_METER = error_keys("sources.shelly.client")
OF_CLOUD = error_keys("sources.viessmann.client", "source_coordinators") | {
    str(outage) for outage in module("sources.viessmann.client").Outage
}


def test_exceptions_have_texts() -> None:
    """Every failure has a text, and no text is left over."""
    by_call = {
        passed.value.value
        for call in nodes(ast.Call)
        if called(call) in EXCEPTIONS
        for passed in call.keywords
        if passed.arg == "translation_key" and isinstance(passed.value, ast.Constant)
    }
    by_helper = {
        word
        for helper in ("_refused", "ImportRefusedError")
        for word in argument_words(helper)
    }
    of_sources = (OF_METER | OF_CLOUD) - {"unexpected"}
    assert set(ENGLISH["exceptions"]) == of_sources | by_call | by_helper
    assert all(set(texts) == {"message"} for texts in ENGLISH["exceptions"].values())


def test_reasons_of_a_lost_connection_have_texts() -> None:
    """Every failure of a source is a state of the attribute that names it."""
    sensors = ENGLISH["entity"]["binary_sensor"]
    for key, reasons in (
        ("meter_connected", OF_METER),
        ("heat_pump_connected", OF_CLOUD),
    ):
        assert set(sensors[key]["state_attributes"]["reason"]["state"]) == reasons


def test_event_types_have_texts() -> None:
    """Every kind of event is named in the user's language."""
    for key, description in descriptions("event").items():
        attributes = ENGLISH["entity"]["event"][key]["state_attributes"]
        types = getattr(description, "event_types", ())
        assert set(attributes["event_type"]["state"]) == set(types), key


def test_issues_have_texts() -> None:
    """Every repair issue has a text, and no text is left over."""
    constants = {
        value
        for name, value in vars(module("issues")).items()
        if name.isupper() and not name.startswith("_") and name != "DOMAIN"
        if isinstance(value, str)
    }
    assert set(ENGLISH["issues"]) == constants


def test_system_health_lines_are_named() -> None:
    """Every line has a name, and no name is left over."""
    assert set(ENGLISH["system_health"]["info"]) <= words()
