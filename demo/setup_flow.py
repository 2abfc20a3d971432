"""Setting the integration up as its user does, through the config-flow API."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
import time
from typing import Any, Final, TypedDict

from .errors import DemoError
from .home_assistant import HomeAssistant

DOMAIN = "heatpump_monitor"

type Answers = Mapping[str, Mapping[str, str]]
"""What to fill in, by step and field; that of a choice may be a part of its label."""

_ENTRY_FLOWS: Final = "/api/config/config_entries/flow"
_SUBENTRY_FLOWS: Final = "/api/config/config_entries/subentries/flow"
# More steps than any way through the flow has.
_STEPS_AT_MOST = 12
_PROGRESS_S = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class SetUp:
    """What was set up, and how."""

    entry_id: str
    """Of the new config entry; empty for a meter."""
    steps: int
    """How many menus and forms there were."""
    answers: int
    """How many fields were filled in."""
    seconds: float

    def __add__(self, later: SetUp) -> SetUp:
        """Return this with what was added to it later."""
        return SetUp(
            entry_id=self.entry_id,
            steps=self.steps + later.steps,
            answers=self.answers + later.answers,
            seconds=self.seconds + later.seconds,
        )


class Field(TypedDict, total=False):
    """One field of a form, as far as the demo reads it."""

    name: str
    default: Any
    description: dict[str, Any]
    schema: list[Field]
    """The fields of a section."""
    selector: dict[str, Any]


class Step(TypedDict, total=False):
    """One step of a config flow, as far as the demo reads it."""

    flow_id: str
    type: str
    step_id: str
    url: str
    reason: str
    errors: dict[str, str] | None
    data_schema: list[Field] | None
    menu_options: list[str]
    result: dict[str, Any]


async def add_credential(home_assistant: HomeAssistant, client_id: str) -> None:
    """Enter the API client under application credentials, unless it is there."""
    credentials = await home_assistant.command("application_credentials/list")
    if any(credential["domain"] == DOMAIN for credential in credentials):
        return
    await home_assistant.command(
        "application_credentials/create",
        domain=DOMAIN,
        client_id=client_id,
        client_secret="unused",
        name="Demo",
    )


async def add_heat_pump(
    home_assistant: HomeAssistant, model: str, meter_host: str
) -> SetUp:
    """Sign in, choose the heat pump and its meter, and take what is prefilled.

    Args:
        home_assistant: Where to set it up.
        model: Which heat pump of the account, as the choice names it.
        meter_host: Address of the Shelly, with its port.
    """
    answers = {"heat_pump": {"heat_pump": model}, "meter_shelly": {"host": meter_host}}
    menus = ("viessmann", "meter_shelly")
    return await set_up(home_assistant, DOMAIN, menus, answers)


async def add_house_meter(home_assistant: HomeAssistant, host: str) -> SetUp:
    """Set up a P1 Meter whose button was just pressed."""
    menus = ("house_meter", "house_p1")
    return await set_up(home_assistant, DOMAIN, menus, {"house_p1": {"host": host}})


async def add_probes(home_assistant: HomeAssistant, email: str, password: str) -> SetUp:
    """Set up a ThermoWorks account."""
    answers = {"thermoworks": {"email": email, "password": password}}
    return await set_up(home_assistant, DOMAIN, ("probes", "thermoworks"), answers)


async def add_export(
    home_assistant: HomeAssistant, database: Mapping[str, str]
) -> SetUp:
    """Set up an export of all to an InfluxDB 2: URL, organisation, bucket, token."""
    step = "export_influxdb2"
    return await set_up(home_assistant, DOMAIN, ("export", step), {step: database})


async def add_meter(
    home_assistant: HomeAssistant,
    entry_id: str,
    menus: Collection[str],
    answers: Answers,
) -> SetUp:
    """Add a meter to a heat pump."""
    handler = [entry_id, "meter"]
    return await _walk(
        home_assistant, _SUBENTRY_FLOWS, {"handler": handler}, menus, answers
    )


async def set_up(
    home_assistant: HomeAssistant, domain: str, menus: Collection[str], answers: Answers
) -> SetUp:
    """Set an integration up: answer some fields, and take the rest as prefilled.

    Args:
        home_assistant: Where to set it up.
        domain: Which integration.
        menus: What to choose where a menu offers it.
        answers: The answers.

    Raises:
        DemoError: The flow ended otherwise or showed an error.
    """
    return await _walk(
        home_assistant, _ENTRY_FLOWS, {"handler": domain}, menus, answers
    )


async def _walk(
    home_assistant: HomeAssistant,
    flows: str,
    first: Mapping[str, object],
    menus: Collection[str],
    answers: Answers,
) -> SetUp:
    """Go through a flow to its end."""
    began_s = time.monotonic()
    step: Step = await home_assistant.post(flows, first)
    steps = 0
    while step["type"] != "create_entry":
        steps += 1
        if steps > _STEPS_AT_MOST:
            raise DemoError(f"the set-up does not come to an end: {step}")
        path = f"{flows}/{step['flow_id']}"
        step = await _go_on(home_assistant, path, step, menus, answers)
    return SetUp(
        entry_id=step.get("result", {}).get("entry_id", ""),
        steps=steps,
        answers=sum(map(len, answers.values())),
        seconds=time.monotonic() - began_s,
    )


async def _go_on(
    home_assistant: HomeAssistant,
    path: str,
    step: Step,
    menus: Collection[str],
    answers: Answers,
) -> Step:
    """Do what this step asks for and return the next one."""
    match step["type"]:
        case "external":
            await home_assistant.visit(step["url"])
            following: Step = await home_assistant.get(path)
        case "menu":
            chosen = {"next_step_id": _chosen(step, menus)}
            following = await home_assistant.post(path, chosen)
        case "form":
            fields = {field["name"]: field for field in step.get("data_schema") or []}
            filled = _filled(fields, answers.get(step["step_id"], {}))
            following = await home_assistant.post(path, filled)
        case "progress" | "progress_done":
            await asyncio.sleep(_PROGRESS_S)
            following = await home_assistant.get(path)
        case _:
            raise DemoError(f"the set-up ended with {step.get('reason', step)}")
    if errors := following.get("errors"):
        raise DemoError(f"the set-up shows {errors} at {following['step_id']}")
    return following


def _chosen(step: Step, menus: Collection[str]) -> str:
    """Return what to choose from a menu."""
    options = step["menu_options"]
    for option in options:
        if option in menus:
            return option
    raise DemoError(f"none of {menus} is in the menu {step['step_id']}: {options}")


def _filled(
    fields: Mapping[str, Field], answers: Mapping[str, str]
) -> dict[str, object]:
    """Return what the frontend would send if the user gave only these answers."""
    filled = {name: _value(field, answers) for name, field in fields.items()}
    return {name: value for name, value in filled.items() if value is not None}


def _value(field: Field, answers: Mapping[str, str]) -> object:
    if "schema" in field:
        return _filled({each["name"]: each for each in field["schema"]}, answers)
    if (answer := answers.get(field["name"])) is not None:
        return _option(field, answer)
    suggested = (field.get("description") or {}).get("suggested_value")
    return field.get("default") if suggested is None else suggested


def _option(field: Field, answer: str) -> str:
    """Return the value of the option that an answer is, or in whose label it occurs.

    A field that takes anything takes the answer as it is.
    """
    select = field.get("selector", {}).get("select", {})
    options: list[str | dict[str, str]] = select.get("options", [])
    labels = dict(map(_labelled, options))
    if answer in labels or not labels or select.get("custom_value"):
        return answer
    for value, label in labels.items():
        if answer in label:
            return value
    raise DemoError(f"{answer} is not among {[*labels.values()]}")


def _labelled(option: str | dict[str, str]) -> tuple[str, str]:
    """Return value and label of an option; where one text is both, it is a key."""
    if isinstance(option, str):
        return option, option
    return option["value"], option["label"]
