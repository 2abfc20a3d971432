"""Texts and icons against the code. hassfest checks their form."""

import ast
from collections.abc import Iterator
from itertools import product
import re
from types import MappingProxyType
from typing import Any, cast

from custom_components.heatpump_monitor.binary_sensor import meter_connected
from custom_components.heatpump_monitor.const import (
    CONF_REVERSED_PHASES,
    DOMAIN,
    METER_SUBENTRY,
    TargetKind,
)
from custom_components.heatpump_monitor.exporter.targets.base import TargetError
from custom_components.heatpump_monitor.heat_pump import PLATFORMS
from custom_components.heatpump_monitor.house_meter.sensors import (
    heat_pump_shares,
    submeter_sensor,
)
from custom_components.heatpump_monitor.performance.alarms.board import AlarmKey
from custom_components.heatpump_monitor.performance.effect.result import Lack, Verdict
from custom_components.heatpump_monitor.probes import setup as probes
from custom_components.heatpump_monitor.readings import (
    CHANNELS,
    Role,
    Submeter,
    SubmeterReading,
)
from custom_components.heatpump_monitor.sensors.status import status_of_meter
from custom_components.heatpump_monitor.sources.base import SourceError
from custom_components.heatpump_monitor.sources.entities.states import Problem, Reason
from homeassistant.config_entries import ConfigSubentry
from homeassistant.helpers.selector import Selector

from . import package
from .package import ENGLISH, GERMAN, ICONS, SERVICES, nodes, strings

CONFIG = ENGLISH["config"]
OF_METERS = ENGLISH["config_subentries"][METER_SUBENTRY]
STEPS = {**OF_METERS["step"], **CONFIG["step"], **ENGLISH["options"]["step"]}
ENTITIES = {
    (platform.value, key): each
    for platform in {*PLATFORMS, *probes.PLATFORMS}
    for key, each in package.descriptions(platform).items()
} | {
    ("binary_sensor", "meter_connected"): meter_connected("main"),
    ("sensor", "meter_last_reading"): status_of_meter("main"),
}
for _each in heat_pump_shares("entry", "Vitocal"):
    ENTITIES["sensor", str(_each.translation_key)] = _each
for _kind, _unit in product(Submeter, ("m3", "GJ")):
    _found = submeter_sensor(
        SubmeterReading(serial="1", kind=_kind, value=1.0, unit=_unit)
    )
    if _found is not None and _found.device_class is not None:
        ENTITIES["sensor", _found.key] = _found
WORDS = strings(nodes(ast.Constant))


def _error_keys(*sources: str) -> set[str]:
    defined = (each for name in sources for each in vars(package.module(name)).values())
    return {
        each.key
        for each in defined
        if isinstance(each, type) and issubclass(each, (SourceError, TargetError))
    }


SHELLY = ConfigSubentry(
    data=MappingProxyType({CONF_REVERSED_PHASES: []}),
    subentry_type=METER_SUBENTRY,
    title="Shelly",
    unique_id=None,
)
OF_ENTITIES = _error_keys("sources.entities.chosen")
OF_HOMEWIZARD = _error_keys("sources.homewizard.client")
# Only set-up raises these, and only readings can be without values.
OF_P1_SET_UP = {"p1_button_not_pressed", "p1_outdated", "p1_too_many_users"}
OF_P1 = _error_keys("sources.homewizard.p1_errors") - {"unexpected"}
OF_THERMOWORKS = _error_keys("sources.thermoworks.errors") - {"unexpected"}
OF_TARGET = _error_keys("exporter.targets.base", "exporter.targets.errors")
OF_METER = _error_keys("sources.shelly.client") | OF_HOMEWIZARD | OF_ENTITIES
OF_CLOUD = _error_keys("sources.viessmann.client", "viessmann_coordinator") | {
    str(each) for each in package.module("sources.viessmann.client").Outage
}
OF_HEAT_PUMP = OF_CLOUD | OF_ENTITIES

# Sentences, not choices: of alarms, what to do, and of faults by their codes.
ALARM_TEXTS = ("alarm", "alarm_advice", "fault_code", "probe_alarm")
# They lead to other steps and show no form of their own.
SILENT_STEPS = {
    *("dhcp", "history_done", "reauth", "viessmann", "zeroconf"),
    *("house_done", "house_reauth", "house_reconfigure", "probes_reconfigure"),
    *("export_reauth", "export_reconfigure"),
}
# Home Assistant shows these for the integration.
INHERITED_STEPS = {"pick_implementation"}
INHERITED_ABORTS = {"already_configured", "missing_configuration"}
EXCEPTIONS = {
    *("ConfigEntryAuthFailed", "ConfigEntryError", "ConfigEntryNotReady"),
    *("HomeAssistantError", "ServiceValidationError", "UpdateFailed"),
}
# Their first argument is a key of `exceptions`.
KEYED_EXCEPTIONS = ("failed", "refused", "ImportRefusedError")


def _texts_of(platform: str, key: str) -> dict[str, Any]:
    return cast("dict[str, Any]", ENGLISH["entity"][platform][key])


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def _assigned_to(*names: str) -> set[str]:
    """Return the strings assigned to variables, or to their keys, of these names."""
    assigns: list[ast.Assign | ast.AnnAssign] = [
        *nodes(ast.Assign),
        *nodes(ast.AnnAssign),
    ]
    named = [n for n in assigns if re.split(r"\W", ast.unparse(n))[0] in names]
    return strings(
        part for n in named for part in getattr(n.value, "values", [n.value])
    )


def test_languages_have_the_same_keys_and_placeholders() -> None:
    """A missing text appears in English, an unknown placeholder as it is written."""
    english, german = (
        {place: _placeholders(text) for place, text in package.leaves(texts).items()}
        for texts in (ENGLISH, GERMAN)
    )
    assert english == german


def test_every_entity_has_a_name() -> None:
    """The name has the placeholders that the description fills."""
    named = {(kind, key) for kind, keys in ENGLISH["entity"].items() for key in keys}
    assert set(ENTITIES) == named
    for place, description in ENTITIES.items():
        given = set(description.translation_placeholders or ())
        assert _placeholders(_texts_of(*place)["name"]) == given, place


def test_entities_without_device_class_have_an_icon() -> None:
    """Home Assistant has an icon for each device class only; others need ours."""
    icons = {(kind, key) for kind, keys in ICONS["entity"].items() for key in keys}
    without = {place for place, each in ENTITIES.items() if each.device_class is None}
    assert without <= icons <= set(ENTITIES)


def test_enumerated_states_have_texts() -> None:
    """A state or event type without a text is shown by its key."""
    for place, description in ENTITIES.items():
        texts = _texts_of(*place)
        options = getattr(description, "options", None) or ()
        assert set(texts.get("state", ())) == {str(each) for each in options}, place
        if types := getattr(description, "event_types", None):
            event_type = texts["state_attributes"]["event_type"]
            assert set(event_type["state"]) == set(types), place


def test_steps_are_those_of_the_flows() -> None:
    """Each step that shows a form has a title, and no other step has."""
    names = [node.name for node in nodes(ast.AsyncFunctionDef)]
    prefix = "async_step_"
    own = {name.removeprefix(prefix) for name in names if name.startswith(prefix)}
    fixes = [each.get("fix_flow", {}) for each in ENGLISH["issues"].values()]
    of_repairs = {step for fix in fixes for step in fix.get("step", ())}
    assert {*STEPS} | of_repairs == own - SILENT_STEPS | INHERITED_STEPS


def test_flows_say_the_same_of_a_meter() -> None:
    """The set-up and the flow that adds a meter share steps, but not texts."""
    for texts in (ENGLISH, GERMAN):
        config, meter = texts["config"], texts["config_subentries"][METER_SUBENTRY]
        for kind in ("step", "error", "abort"):
            for key in (config[kind].keys() & meter[kind].keys()) - {"reconfigure"}:
                assert config[kind][key] == meter[kind][key], key
    steps = {each for each in CONFIG["step"] if each.startswith("meter")}
    assert steps < set(OF_METERS["step"])
    assert OF_METER & set(CONFIG["error"]) <= set(OF_METERS["error"])


def test_fields_are_those_of_the_forms() -> None:
    """Each field has a name and a description, and no text is left over."""
    forms = package.module("flows.schemas")
    entities = package.module("flows.entity_forms")
    roles = package.module("flows.roles")
    of_meter = package.module("flows.meter_entities").meter_entity_schema
    connections = package.module("flows.export_forms")
    selection = package.module("flows.export_selection")
    exported = (TargetKind.INFLUXDB1, {"id": "Vitocal"})
    parts = {
        "plant": forms.PLANT_SECTIONS,
        "entity_fields": entities.SECTIONS,
    }
    sections = {
        (step, name): STEPS[step]["sections"][name]
        for step, each in parts.items()
        for name in each
    }
    for step, each in parts.items():
        assert set(STEPS[step]["sections"]) == set(each)
    history = package.module("flows.history_forms")
    texts = ENGLISH["selector"]["history"]["options"]
    shown = [
        (STEPS["history"], history.history_schema([], texts)),
        (STEPS["history_method"], history.METHOD_SCHEMA),
        (STEPS["meter_shelly"], forms.meter_schema([])),
        (STEPS["meter_homewizard"], forms.meter_schema([])),
        (STEPS["meter_entity_fields"], of_meter(Role.GRID)),
        (STEPS["meter_reversed"], roles.reversed_schema("abc")),
        (STEPS["meter_role"], roles.role_schema(SHELLY)),
        (STEPS["meter_channels"], forms.channels_schema(CHANNELS)),
        (STEPS["meter_password"], forms.PASSWORD_SCHEMA),
        (STEPS["house_p1"], forms.meter_schema([])),
        (STEPS["house_entities"], package.module("flows.house_meter").ENTITIES_SCHEMA),
        (STEPS["capacity_tariff"], forms.capacity_tariff_schema("EUR")),
        (STEPS["thermoworks"], package.module("flows.probes").ACCOUNT_SCHEMA),
        (STEPS["probes_reauth"], package.module("flows.probes").ACCOUNT_SCHEMA),
        (STEPS["probe_entities"], package.module("flows.probes").PROBE_ENTITIES_SCHEMA),
        *(
            (STEPS[f"export_{each}"], connections.connection_schema(each))
            for each in TargetKind
        ),
        (STEPS["export_sign_in"], connections.SIGN_IN_SCHEMA),
        (STEPS["export_token"], connections.TOKEN_SCHEMA),
        (STEPS["export_api_key"], connections.TOKEN_SCHEMA),
        (STEPS["export_what"], selection.what_schema(*exported)),
        (STEPS["export_options"], selection.options_schema(*exported)),
        (STEPS["money"], forms.money_schema("EUR")),
        (STEPS["polling"], forms.POLLING_SCHEMA),
        (STEPS["reauth_meter"], forms.PASSWORD_SCHEMA),
        *(
            (sections[step, name], part.schema)
            for step, each in parts.items()
            for name, part in each.items()
        ),
    ]
    for texts, schema in shown:
        assert set(texts["data"]) == {str(field) for field in schema.schema}
    for texts in (*STEPS.values(), *sections.values()):
        assert set(texts.get("data", ())) == set(texts.get("data_description", ()))


def _choices(tree: object) -> Iterator[tuple[str, set[str]]]:
    """Yield translation key and choices of each selector within."""
    tree = tree.config if isinstance(tree, Selector) else tree
    if isinstance(tree, dict):
        if key := tree.get("translation_key"):
            yield key, set(tree.get("options") or tree["fields"])
        for branch in tree.values():
            yield from _choices(branch)


def test_selectors_have_texts_for_their_choices() -> None:
    """A choice without a text is shown by its key."""
    forms = package.module("flows.schemas")
    parts = [section.schema for section in forms.PLANT_SECTIONS.values()]
    roles = package.module("flows.roles")
    schemas = (
        forms.channels_schema(CHANNELS),
        forms.POLLING_SCHEMA,
        roles.role_schema(None),
        roles.role_schema(SHELLY),
        package.module("flows.export_selection").what_schema(TargetKind.EMONCMS, {}),
        *parts,
    )
    words = ENGLISH["selector"]["setting_value"]["options"]
    # Sentences and words, not choices; a controller's word without a text is shown.
    sentences = set(ENGLISH["selector"]["history"]["options"])
    assert sentences <= WORDS
    choices: dict[str, set[str]] = {
        "change": WORDS & set(ENGLISH["selector"]["change"]["options"]),
        "effect": {
            *(set(Verdict) - {Verdict.NOT_ENOUGH_DATA}),
            *(f"not_enough_data_{lack}" for lack in Lack),
            *(WORDS & set(ENGLISH["selector"]["effect"]["options"])),
        },
        "entity_problem": {
            *(each for each in Reason if not _problem(each).passes),
            *(WORDS & {"is_own", "twice"}),
        },
        "exported": WORDS & set(ENGLISH["selector"]["exported"]["options"]),
        "export_warning": WORDS & set(ENGLISH["selector"]["export_warning"]["options"]),
        "history": sentences,
        "offer": WORDS & set(ENGLISH["selector"]["offer"]["options"]),
        "readings_benefit": set(forms.ReadingsBenefit),
        "set_up": WORDS & set(ENGLISH["selector"]["set_up"]["options"]),
        "setting_value": set(words),
    }
    for shown in (SERVICES, *(schema.schema for schema in schemas)):
        for key, names in _choices(shown):
            choices.setdefault(key, set()).update(names)
    assert choices == {
        key: set(texts.get("options") or texts["fields"])
        for key, texts in ENGLISH["selector"].items()
        if key not in ALARM_TEXTS
    }


def _problem(reason: Reason) -> Problem:
    return Problem(reason=reason, entity="sensor.one")


def test_settings_have_texts() -> None:
    """Each item of the change log that no form names has a text of its own."""
    tables = vars(package.module("sources.viessmann.settings"))
    items = {*tables["_OF_UNIT"], *tables["_HOLIDAYS"]}
    items |= {item for item, _ in tables["_OF_CIRCUIT"]}
    texts = set(ENGLISH["selector"]["setting"]["options"])
    assert items <= texts <= WORDS


def test_alarms_have_texts() -> None:
    """Each alarm, or each of its parts, has a message and says what to do."""
    messages, advice = (
        set(ENGLISH["selector"][group]["options"]) for group in ALARM_TEXTS[:2]
    )
    assert "over" in messages
    for texts in (messages - {"over"}, advice):
        named = {key: {t for t in texts if t.startswith(key)} for key in AlarmKey}
        assert all(named.values())
        assert texts == set().union(*named.values())


def test_fault_codes_are_those_of_the_units() -> None:
    """A text is found by its code: `f_454` is that of F.454."""
    codes = ENGLISH["selector"]["fault_code"]["options"]
    assert all(re.fullmatch(r"[af]_\d+", code) for code in codes)


def test_form_errors_and_aborts_have_texts() -> None:
    """No error or abort is without a text, and no text is left over."""
    errors = _assigned_to("error", "errors") | (OF_METER & set(CONFIG["error"]))
    # The class that all others are of is never raised.
    errors |= OF_THERMOWORKS | (OF_TARGET - {TargetError.key})
    texts = {*CONFIG["error"], *ENGLISH["options"]["error"], *OF_METERS["error"]}
    assert errors <= texts <= WORDS
    assert OF_P1 - {"p1_without_values"} <= set(CONFIG["error"])
    reasons = package.keyword_strings("reason", nodes(ast.Call))
    aborts = {*CONFIG["abort"], *ENGLISH["options"]["abort"]}
    assert reasons <= aborts <= reasons | errors | INHERITED_ABORTS | WORDS
    actions = package.keyword_strings("progress_action", nodes(ast.Call))
    assert actions == {*CONFIG["progress"], *ENGLISH["options"]["progress"]}


def test_exceptions_have_texts() -> None:
    """No user reads an exception in English alone, and no text is left over."""
    raised = package.calls(*EXCEPTIONS)
    for call in raised:
        assert any(each.arg == "translation_key" for each in call.keywords), call.lineno
    keys = package.keyword_strings("translation_key", raised)
    keys |= strings(
        key for call in package.calls(*KEYED_EXCEPTIONS) for key in call.args
    )
    keys |= (OF_METER | OF_CLOUD | OF_P1 - OF_P1_SET_UP) - {"unexpected"}
    keys |= OF_THERMOWORKS
    assert set(ENGLISH["exceptions"]) == keys


def test_reasons_of_a_lost_connection_have_texts() -> None:
    """Each failure of a source is a state of the attribute that names it."""
    for source, failures in ("meter", OF_METER), ("heat_pump", OF_HEAT_PUMP):
        attributes = _texts_of("binary_sensor", f"{source}_connected")
        reasons = attributes["state_attributes"]["reason"]["state"]
        assert set(reasons) == failures, source


def test_issues_have_texts() -> None:
    """No repair issue is without a text, and no text is left over."""
    constants = vars(package.module("issues")).items()
    own = [each for name, each in constants if name.isupper() and isinstance(each, str)]
    assert set(ENGLISH["issues"]) == {*own} - {DOMAIN}
