"""Tests of the demo's way through the set-up."""

from typing import Any, cast

import pytest

from demo.errors import DemoError
from demo.home_assistant import HomeAssistant
from demo.setup_flow import Answers, add_export, add_heat_pump, set_up

# The plant's form as Home Assistant sends it, as far as the demo reads it.
PLANT = {
    "type": "form",
    "flow_id": "1",
    "step_id": "plant",
    "data_schema": [
        {
            "name": "metering",
            "type": "expandable",
            "schema": [{"name": "metered", "default": ["compressor"]}],
        },
        {
            "name": "heat",
            "type": "expandable",
            "schema": [
                {"name": "rated_heat_kw", "description": {"suggested_value": 12.0}},
                {"name": "flow_lph"},
            ],
        },
        {"name": "data_sheet", "type": "expandable", "schema": [{"name": "points"}]},
    ],
}
MENU = {
    "type": "menu",
    "flow_id": "1",
    "step_id": "user",
    "menu_options": ["entities", "viessmann"],
}
CREATED = {"type": "create_entry", "result": {"entry_id": "an entry"}}


ENTITY: dict[str, Any] = {"selector": {"entity": {}}}
FIELDS = {
    "type": "form",
    "flow_id": "1",
    "step_id": "entity_fields",
    "data_schema": [
        {
            "name": "heat",
            "type": "expandable",
            "schema": [{"name": "supply_c", **ENTITY}, {"name": "flow_lph", **ENTITY}],
        }
    ],
}
ROLES = {
    "type": "form",
    "flow_id": "1",
    "step_id": "meter_role",
    "data_schema": [
        {
            "name": "role",
            "selector": {"select": {"options": ["backup_heater", "heat"]}},
        }
    ],
}
OFFERS = {
    "type": "form",
    "flow_id": "1",
    "step_id": "heat_pump",
    "data_schema": [
        {
            "name": "heat_pump",
            "selector": {
                "select": {
                    "options": [
                        {"value": "1", "label": "CU401B_G (7571, 0)"},
                        {"value": "2", "label": "E3_Vitocal_16 (7572, 0)"},
                    ]
                }
            },
        }
    ],
}


class Answering:
    """A Home Assistant that shows some steps, and then creates the entry."""

    def __init__(self, *steps: dict[str, Any]) -> None:
        """Start with nothing entered."""
        self.entered: list[dict[str, Any]] = []
        self._steps = iter([*steps, CREATED])

    async def post(self, path: str, data: dict[str, Any]) -> dict[str, Any]:
        """Show the next step, and keep what was entered."""
        if "handler" not in data:
            self.entered.append(data)
        return next(self._steps)

    @property
    def as_client(self) -> HomeAssistant:
        """Return it as the demo's client of a Home Assistant."""
        return cast("HomeAssistant", self)


async def test_sections_are_sent_as_prefilled() -> None:
    """Each section is sent with what the frontend would show in it."""
    home_assistant = Answering(MENU, PLANT)
    done = await add_heat_pump(home_assistant.as_client, "any", "host")
    assert done.entry_id == "an entry"
    assert done.steps == 2
    assert home_assistant.entered == [
        {"next_step_id": "viessmann"},
        {
            "metering": {"metered": ["compressor"]},
            "heat": {"rated_heat_kw": 12.0},
            "data_sheet": {},
        },
    ]


async def test_export() -> None:
    """The connection is entered, warnings are taken note of, the rest is prefilled."""
    connection = {"url": "http://127.0.0.1:8086", "token": "secret"}
    fields = [{"name": "url", "selector": {"text": {}}}, {"name": "token"}]
    home_assistant = Answering(
        MENU | {"menu_options": ["heat_pump", "export"]},
        MENU | {"menu_options": ["export_influxdb1", "export_influxdb2"]},
        {
            "type": "form",
            "flow_id": "1",
            "step_id": "export_influxdb2",
            "data_schema": fields,
        },
        {
            "type": "form",
            "flow_id": "1",
            "step_id": "export_warnings",
            "data_schema": None,
        },
        {
            "type": "form",
            "flow_id": "1",
            "step_id": "export_what",
            "data_schema": [
                {"name": "home", "description": {"suggested_value": "demo"}},
                {"name": "tags"},
            ],
        },
    )
    await add_export(home_assistant.as_client, connection)
    assert home_assistant.entered == [
        {"next_step_id": "export"},
        {"next_step_id": "export_influxdb2"},
        connection,
        {},
        {"home": "demo"},
    ]


async def test_answers_are_for_one_step() -> None:
    """The flow is an entity in one step, and a number in another."""
    home_assistant = Answering(FIELDS, PLANT)
    answers = {"entity_fields": {"supply_c": "sensor.a", "flow_lph": "sensor.b"}}
    done = await set_up(home_assistant.as_client, "any", (), answers)
    chosen, plant = home_assistant.entered
    assert chosen == {"heat": {"supply_c": "sensor.a", "flow_lph": "sensor.b"}}
    assert plant["heat"] == {"rated_heat_kw": 12.0}
    assert done.answers == 2


@pytest.mark.parametrize(
    ("step", "answer", "entered"),
    [
        (ROLES, {"meter_role": {"role": "heat"}}, {"role": "heat"}),
        (OFFERS, {"heat_pump": {"heat_pump": "E3_Vitocal_16"}}, {"heat_pump": "2"}),
    ],
)
async def test_option(
    step: dict[str, Any], answer: Answers, entered: dict[str, str]
) -> None:
    """An option is chosen by its value, or by a part of its label."""
    home_assistant = Answering(step)
    await set_up(home_assistant.as_client, "any", (), answer)
    assert home_assistant.entered == [entered]


async def test_option_that_is_not_there() -> None:
    """What cannot be chosen is named, with what can."""
    answer = {"heat_pump": {"heat_pump": "Vitodens"}}
    with pytest.raises(DemoError, match=r"Vitodens is not among .*CU401B_G"):
        await set_up(Answering(OFFERS).as_client, "any", (), answer)
