"""Setting the integration up as its user does, through the config-flow API."""

from collections.abc import Mapping
from typing import Any, TypedDict

from .errors import DemoError
from .home_assistant import HomeAssistant

DOMAIN = "heatpump_monitor"

# More steps than any way through the flow has.
_STEPS_AT_MOST = 12
# What the demo chooses from the menus.
_CHOICES = ("viessmann", "meter_shelly")


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
) -> str:
    """Sign in, choose the heat pump and its meter, and take what is prefilled.

    Args:
        home_assistant: Where to set it up.
        model: Which heat pump of the account, as the choice names it.
        meter_host: Address of the Shelly, with its port.

    Returns:
        The id of the new config entry.

    Raises:
        DemoError: The flow ended otherwise or showed an error.
    """
    step: Step = await home_assistant.post(
        "/api/config/config_entries/flow", {"handler": DOMAIN}
    )
    for _ in range(_STEPS_AT_MOST):
        if step["type"] == "create_entry":
            entry_id: str = step["result"]["entry_id"]
            return entry_id
        step = await _go_on(home_assistant, step, model, meter_host)
    raise DemoError(f"the set-up does not come to an end: {step}")


async def _go_on(
    home_assistant: HomeAssistant, step: Step, model: str, meter_host: str
) -> Step:
    """Do what this step asks for and return the next one."""
    path = f"/api/config/config_entries/flow/{step['flow_id']}"
    match step["type"]:
        case "external":
            await home_assistant.visit(step["url"])
            following: Step = await home_assistant.get(path)
        case "menu":
            choice = next(each for each in step["menu_options"] if each in _CHOICES)
            following = await home_assistant.post(path, {"next_step_id": choice})
        case "form":
            answers = _fill_in(step, model, meter_host)
            following = await home_assistant.post(path, answers)
        case _:
            raise DemoError(f"the set-up ended with {step.get('reason', step)}")
    if errors := following.get("errors"):
        raise DemoError(f"the set-up shows {errors} at {following['step_id']}")
    return following


def _fill_in(step: Step, model: str, meter_host: str) -> dict[str, object]:
    """Fill a form: the fields we know, and the rest as it is prefilled."""
    fields = {field["name"]: field for field in step.get("data_schema") or []}
    filled = _as_prefilled(fields)
    if "heat_pump" in fields:
        filled["heat_pump"] = _option(fields["heat_pump"], model)
    if "host" in fields:
        filled["host"] = meter_host
    return filled


def _as_prefilled(fields: Mapping[str, Field]) -> dict[str, object]:
    """Return what the frontend would send if the user typed nothing."""
    filled = {name: _prefilled(field) for name, field in fields.items()}
    return {name: value for name, value in filled.items() if value is not None}


def _prefilled(field: Field) -> object:
    """Return what the frontend shows in the field before the user types."""
    if "schema" in field:
        return _as_prefilled({each["name"]: each for each in field["schema"]})
    suggested = (field.get("description") or {}).get("suggested_value")
    return field.get("default") if suggested is None else suggested


def _option(field: Field, wanted: str) -> str:
    """Return the value of the option in whose label this text occurs."""
    options: list[dict[str, str]] = field["selector"]["select"]["options"]
    for option in options:
        if wanted in option["label"]:
            return option["value"]
    raise DemoError(f"{wanted} is not among {[each['label'] for each in options]}")
