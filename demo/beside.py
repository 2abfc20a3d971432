"""House meter and probes beside the heat pump: what they show, and whether it is true."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
import time
from typing import Any, Final

from .home_assistant import HomeAssistant
from .simulators import Truth
from .stage import Stage

_PATIENCE_S: Final = 60
_LOOK_AGAIN_S: Final = 2
_WATCHED_S: Final = 30
# The meter tells 1 Wh, at either end.
_IMPORT_OFF_WH: Final = 2.0
# By the name of the probe and what is set.
_SETTINGS: Final = {
    ("brisket", "target"): 95,
    ("chicken", "target"): 74,
    ("smoker_pit", "low"): 105,
    ("smoker_pit", "high"): 130,
    ("freezer", "high"): -15,
}
_OF_HOUSE: Final = frozenset(
    {"grid_power", "import_total", "quarter_forecast", "quarter_headroom"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Import:
    """What the house has drawn from the grid until a moment."""

    at: datetime
    energy_wh: float


async def complaints_beside(stage: Stage) -> list[str]:
    """Set house meter and probes up, and return what is off, in words."""
    house_meter = await stage.add_house_meter()
    probes = await stage.add_probes()
    return [
        *await _until_shown(stage.home_assistant, house_meter, _OF_HOUSE),
        *await _until_shown(stage.home_assistant, probes, {"temperature"}),
        *await _import_off(stage.home_assistant, house_meter, stage.truth),
    ]


async def set_targets(stage: Stage, entry_id: str) -> None:
    """Set targets and limits of probes, as a person does on their cards."""
    home_assistant = stage.home_assistant
    registered = await home_assistant.registered_entities(entry_id)
    for number, value in _SETTINGS.items():
        name, key = number
        (entity_id,) = (
            each["entity_id"]
            for each in registered
            if each["translation_key"] == key and f".{name}_" in each["entity_id"]
        )
        await home_assistant.post(
            "/api/services/number/set_value", {"entity_id": entity_id, "value": value}
        )


async def wait_for_share(home_assistant: HomeAssistant, entry_id: str) -> None:
    """Wait until the heat pump's share of the running quarter-hour is known."""
    while not await _running_parts(home_assistant, entry_id):
        await asyncio.sleep(_LOOK_AGAIN_S)


async def _running_parts(home_assistant: HomeAssistant, entry_id: str) -> object:
    path = f"/api/diagnostics/config_entry/{entry_id}"
    running = (await home_assistant.get(path))["data"]["snapshot"]["running"]
    return running and running["parts_wh"]


async def _until_shown(
    home_assistant: HomeAssistant, entry_id: str, keys: frozenset[str] | set[str]
) -> list[str]:
    """Wait until sensors of an entry have a value; return which have none."""
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        known = await _known(home_assistant, entry_id)
        if keys <= known:
            return []
        if time.monotonic() > deadline:
            return [f"{key} is not known" for key in sorted(keys - known)]
        await asyncio.sleep(_LOOK_AGAIN_S)


async def _known(home_assistant: HomeAssistant, entry_id: str) -> set[str]:
    """Return the keys of the sensors of an entry that have a value."""
    states = await home_assistant.states()
    return {
        each["translation_key"] or "temperature"
        for each in await home_assistant.registered_entities(entry_id)
        if each["entity_id"] in states
        and states[each["entity_id"]]["state"] not in {"unknown", "unavailable"}
    }


async def _import_off(
    home_assistant: HomeAssistant, entry_id: str, truth: Truth
) -> list[str]:
    """Return what is off in the energy from the grid, over half a minute."""
    first = await _imported(home_assistant, entry_id)
    await asyncio.sleep(_WATCHED_S)
    last = await _imported(home_assistant, entry_id)
    counted_wh = last.energy_wh - first.energy_wh
    start_wh, end_wh = await truth.imported_until((first.at, last.at))
    true_wh = end_wh - start_wh
    if abs(counted_wh - true_wh) <= _IMPORT_OFF_WH:
        return []
    return [f"from the grid in Wh: {counted_wh:.1f}, truly {true_wh:.1f}"]


async def _imported(home_assistant: HomeAssistant, entry_id: str) -> _Import:
    path = f"/api/diagnostics/config_entry/{entry_id}"
    answer: Mapping[str, Any] = await home_assistant.get(path)
    reading = answer["data"]["reading"]
    at = reading["measured_at"] or reading["time"]
    return _Import(at=datetime.fromisoformat(at), energy_wh=reading["import_wh"])
