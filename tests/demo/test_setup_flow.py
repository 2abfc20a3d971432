"""Tests of the demo's way through the set-up."""

from typing import Any, cast

from demo.home_assistant import HomeAssistant
from demo.setup_flow import add_heat_pump

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


class Answering:
    """A Home Assistant that shows a menu and a form, and then creates the entry."""

    def __init__(self) -> None:
        """Start with nothing entered."""
        self.entered: dict[str, Any] = {}

    async def post(self, path: str, data: dict[str, Any]) -> dict[str, Any]:
        """Show the menu first, then the form, and take what was entered."""
        if "handler" in data:
            return MENU
        if data == {"next_step_id": "viessmann"}:
            return PLANT
        self.entered = data
        return CREATED


async def test_sections_are_sent_as_prefilled() -> None:
    """Each section is sent with what the frontend would show in it."""
    home_assistant = Answering()
    entry_id = await add_heat_pump(cast("HomeAssistant", home_assistant), "any", "host")
    assert entry_id == "an entry"
    assert home_assistant.entered == {
        "metering": {"metered": ["compressor"]},
        "heat": {"rated_heat_kw": 12.0},
        "data_sheet": {},
    }
