"""What an export makes of an outage of its database, and what is in there at last."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
import time
from typing import Any, Final
from urllib.parse import quote

from aiohttp import ClientSession

from .comparison import Interval
from .exported import (
    Contents,
    Exported,
    ShownValue,
    Span,
    account_off,
    counter_off,
    gaps,
    intervals_off,
    not_exported,
)
from .home_assistant import HomeAssistant
from .simulators import ALL, Servers, Truth
from .stage import Stage
from .standing import Passage

WAITS: Final = "The export waits"
"""What the log says once when the database begins to fail."""

_PATIENCE_S: Final = 60
_LOOK_AGAIN_S: Final = 0.5
_BEFORE_OUTAGE_S: Final = 10
_OUTAGE_S: Final = 10
# What a heat pump draws in 0.2 s: the moment of a reading is known as well as its
# answer is fast.
_ELECTRICITY_OFF_WH: Final = 0.2
# The meter tells 1 Wh, and sends a telegram every second.
_IMPORT_OFF_WH: Final = 3.0


class Database:
    """The simulated database that the export writes to."""

    def __init__(self, session: ClientSession, control_url: str) -> None:
        """Remember where its points are shown."""
        self._session = session
        self._url = f"{control_url}/database"

    async def contents(self) -> Contents:
        """Return all that is in the database now."""
        async with self._session.get(self._url) as response:
            response.raise_for_status()
            return Contents.from_json(await response.json())

    async def contents_now(self) -> Contents:
        """Return what is in the database once all that was read until now is."""
        now, deadline = datetime.now(UTC), time.monotonic() + _PATIENCE_S
        while True:
            contents = await self.contents()
            times = contents.series("hpm_meter", "energy_wh").keys()
            if max(times, default=now) > now or time.monotonic() > deadline:
                return contents
            await asyncio.sleep(_LOOK_AGAIN_S)


def database_of(stage: Stage) -> Database:
    """Return the database that the export of a stage writes to."""
    return Database(stage.session, stage.addresses.control_url)


async def refuse_for_a_while(stage: Stage) -> None:
    """Have the database refuse what it is sent, after it has taken some."""
    servers = Servers(stage.session, stage.addresses.control_url)
    await asyncio.sleep(_BEFORE_OUTAGE_S)
    await servers.refuse_writes(refusing=True)
    await asyncio.sleep(_OUTAGE_S)
    await servers.refuse_writes(refusing=False)


async def complaints_of_export(
    stage: Stage, entry_id: str, intervals: Iterable[Interval]
) -> list[str]:
    """Return what is missing in the database, or differs from the truth."""
    contents = await database_of(stage).contents_now()
    imported = contents.series("hpm_house", "import_wh")
    true_import = await stage.truth.imported_until([*imported])
    return [
        *contents.contradictions(),
        *gaps(imported),
        *counter_off(
            "exported import in Wh", imported.values(), true_import, _IMPORT_OFF_WH
        ),
        *gaps(contents.series("hpm_meter", "energy_wh")),
        *await electricity_off(contents, stage.truth, ALL),
        *intervals_off(intervals, contents.of("hpm_interval")),
        *await _probes_off(stage.home_assistant, contents),
        *await _sensors_off(stage.home_assistant, entry_id),
    ]


async def complaints_after_kills(
    stage: Stage,
    variant: str,
    downs: Sequence[Span],
    committed: Iterable[Exported],
    passage: Passage,
) -> list[str]:
    """Return what the kills of Home Assistant have cost the export.

    Args:
        stage: Where it happened.
        variant: Which heat pump was exported.
        downs: From each kill until Home Assistant was up again.
        committed: What its disk kept at each kill.
        passage: The account from before the first kill until after the last.
    """
    contents = await database_of(stage).contents_now()
    return [
        *contents.contradictions(),
        *contents.lacking(committed),
        *gaps(contents.series("hpm_meter", "energy_wh"), downs),
        *await electricity_off(contents, stage.truth, variant),
        *account_off(passage, contents.of("hpm_interval")),
    ]


async def electricity_off(contents: Contents, truth: Truth, variant: str) -> list[str]:
    """Return what is off in the counter of the heat pump's meter."""
    counted = contents.series("hpm_meter", "energy_wh")
    true = [each.electricity_wh for each in await truth.until(variant, [*counted])]
    return counter_off(
        "exported electricity in Wh", counted.values(), true, _ELECTRICITY_OFF_WH
    )


async def _probes_off(home_assistant: HomeAssistant, contents: Contents) -> list[str]:
    """Return which temperatures were shown and not exported."""
    by_probe: dict[str, dict[datetime, float]] = {}
    for point in contents.of("hpm_probe"):
        if "temperature_c" in point.fields:
            series = by_probe.setdefault(point.tags["probe"], {})
            series[point.time] = point.fields["temperature_c"]
    if not by_probe:
        return ["no temperature was exported"]
    return [
        f"{probe} showed {each.value} °C at {each.at:%X}, which was not exported"
        for probe, exported in by_probe.items()
        for each in not_exported(
            await _shown(home_assistant, f"sensor.{probe}_temperature", exported),
            exported,
        )
    ]


async def _shown(
    home_assistant: HomeAssistant, entity_id: str, exported: Mapping[datetime, float]
) -> list[ShownValue]:
    """Return what an entity began to show while its values were exported."""
    since, until = min(exported), max(exported)
    path = f"/api/history/period/{quote(since.isoformat())}"
    query = f"filter_entity_id={entity_id}&end_time={quote(until.isoformat())}"
    found: list[list[Mapping[str, Any]]] = await home_assistant.get(f"{path}?{query}")
    shown = [
        ShownValue(datetime.fromisoformat(each["last_changed"]), float(each["state"]))
        for states in found
        for each in states
        if each["state"] not in {"unknown", "unavailable"}
    ]
    return [each for each in shown if since < each.at < until]


async def _sensors_off(home_assistant: HomeAssistant, entry_id: str) -> list[str]:
    """Return what the export's own entities should not show."""
    states = await home_assistant.states()
    shown = {
        each["translation_key"]: states[each["entity_id"]]["state"]
        for each in await home_assistant.registered_entities(entry_id)
        if each["entity_id"] in states
    }
    expected = {"export_connected": "on", "dropped_points": "0", "rejected_points": "0"}
    return [
        f"{key} of the export shows {shown.get(key)}"
        for key, state in expected.items()
        if shown.get(key) != state
    ]
