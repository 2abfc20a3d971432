"""Give a heat pump its past year, as its owner would: by `import_history`."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, time
import json
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from simulator.state import Variant

from . import log
from .comparison import deviation
from .outcome import Outcome
from .setup_flow import DOMAIN
from .simulators import ALL, ENTITIES, PLANTS
from .stage import Stage
from .year import PastChange, changes_before, past_years, write_history

# The time zone of the demo's Home Assistant, whose midnight ends the year.
_ZONE: Final = ZoneInfo("Europe/Berlin")
# By which method each heat pump's heat would have been known.
_METHODS: Final = {
    "air": "flow",
    "brine": "modulation",
    ENTITIES: "heat_meter",
    ALL: "modulation",
}
_FILE: Final = "past_year.csv"
_OFF_AT_MOST: Final = 0.001
_LOOK_AGAIN_S: Final = 0.2


async def judge_past_year(
    stage: Stage, variant: str, say: Callable[[str], None]
) -> Outcome:
    """Import the past year, and compare what was counted with the year itself."""
    await stage.start()
    entry_id = await stage.add_heat_pump(variant)
    reply = await import_past_year(stage, variant, entry_id, say)
    plant = Variant(PLANTS[variant])
    hours = [hour for _, hour in past_years(plant, _midnight())]
    true_kwh = sum(hour.electricity_wh for hour in hours) / 1000
    true_jaz = sum(hour.heat_wh for hour in hours) / 1000 / true_kwh
    records = log.complaints(stage.folder / "home-assistant.log")
    return Outcome(
        figures={
            "days": reply["days_imported"],
            "electricity_kwh": reply["electricity_kwh"],
            "jaz": reply["cop"],
            "true_electricity_kwh": round(true_kwh, 3),
            "true_jaz": round(true_jaz, 3),
            "log_errors": len(records),
        },
        complaints=[
            *deviation("JAZ", reply["cop"], true_jaz, _OFF_AT_MOST),
            *deviation("electricity", reply["electricity_kwh"], true_kwh, _OFF_AT_MOST),
            *records,
        ],
    )


async def import_past_year(
    stage: Stage, variant: str, entry_id: str, say: Callable[[str], None]
) -> dict[str, Any]:
    """Import the year that ended yesterday; return the reply of the action.

    Raises:
        DemoError: Home Assistant refused it.
    """
    say(f"Importing the past year of the {variant} heat pump")
    file = stage.folder / DOMAIN / _FILE
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8") as opened:
        write_history(Variant(PLANTS[variant]), _midnight(), opened)
    try:
        answer = await stage.home_assistant.post(
            f"/api/services/{DOMAIN}/import_history?return_response",
            {
                "config_entry_id": entry_id,
                "file": f"{DOMAIN}/{_FILE}",
                "heat_method": _METHODS[variant],
            },
        )
    finally:
        file.unlink()
    reply: dict[str, Any] = answer["service_response"]
    say(f"Imported {reply['days_imported']} days with a COP of {reply['cop']:.2f}")
    return reply


async def log_past_changes(stage: Stage, variant: str, entry_id: str) -> None:
    """Put what the owner changed in the past year into the change log.

    No action does that, as the log has only what the heat pump itself reported.
    """
    file = stage.folder / ".storage" / f"{DOMAIN}.{entry_id}.changes"
    while not file.exists():
        await asyncio.sleep(_LOOK_AGAIN_S)
    _add(file, changes_before(_midnight(), Variant(PLANTS[variant])))
    await stage.home_assistant.post(
        f"/api/config/config_entries/entry/{entry_id}/reload", {}
    )


def _add(file: Path, changes: list[PastChange]) -> None:
    stored = json.loads(file.read_text(encoding="utf-8"))
    log = stored["data"].setdefault("log", {})
    log["next_id"] = len(changes) + 1
    log["changes"] = [
        {
            "id": number,
            "time": each.time.isoformat(),
            "source": "unit",
            "item": each.item,
            "place": each.place,
            "old": each.old,
            "new": each.new,
        }
        for number, each in enumerate(changes, start=1)
    ]
    file.write_text(json.dumps(stored), encoding="utf-8")


def _midnight() -> datetime:
    """Return the moment that ends the past year."""
    return datetime.combine(datetime.now(_ZONE), time(), _ZONE).astimezone(UTC)
