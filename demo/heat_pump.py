"""One heat pump as Home Assistant shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .comparison import Interval
from .errors import DemoError
from .home_assistant import HomeAssistant, RegisteredEntity, State

_SHOWN = frozenset({"power", "thermal_power", "cop", "jaz_rolling"})

type Diagnostics = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What the entities of a heat pump show; None for what they do not know."""

    power_w: float | None
    heat_w: float | None
    cop: float | None
    jaz: float | None
    """The raw ratio of the last 365 days, before the sensor shows it as its state."""
    jaz_days: float | None
    """Of how many measured days the JAZ is."""
    jaz_state: float | None
    """The state of its sensor: unknown until enough days are measured."""
    coverage: float | None


class HeatPump:
    """One config entry of the integration."""

    def __init__(
        self, home_assistant: HomeAssistant, variant: str, entry_id: str
    ) -> None:
        """Remember which entry it is; nothing is asked yet."""
        self.variant = variant
        self.entry_id = entry_id
        self._home_assistant = home_assistant
        self._entity_ids: dict[str, str] = {}

    async def entities(self) -> list[RegisteredEntity]:
        """Return the entities that are enabled."""
        registered = await self._home_assistant.registered_entities(self.entry_id)
        return [each for each in registered if each["disabled_by"] is None]

    async def shown(self) -> Shown:
        """Return what the entities show now."""
        if not self._entity_ids:
            # Every meter has a power; that of the whole heat pump was set up first.
            self._entity_ids = {
                each["translation_key"]: each["entity_id"]
                for each in reversed(await self.entities())
                if each["translation_key"] in _SHOWN
            }
        states = await self._home_assistant.states()
        shown = {
            key: states[entity_id]
            for key, entity_id in self._entity_ids.items()
            if entity_id in states
        }
        jaz = shown.get("jaz_rolling")
        basis = jaz["attributes"] if jaz else {}
        return Shown(
            power_w=_number(shown.get("power")),
            heat_w=_number(shown.get("thermal_power")),
            cop=_number(shown.get("cop")),
            jaz=basis.get("ratio"),
            jaz_days=basis.get("paired_days"),
            jaz_state=_number(jaz),
            coverage=basis.get("coverage"),
        )

    async def diagnostics(self) -> Diagnostics:
        """Return what the integration hands out for bug reports.

        Raises:
            DemoError: The entry is not loaded (yet, or any more).
        """
        path = f"/api/diagnostics/config_entry/{self.entry_id}"
        answer = await self._home_assistant.get(path)
        data: Diagnostics = answer["data"]
        if "snapshot" not in data:
            raise DemoError(f"the {self.variant} heat pump is not loaded")
        return data


def last_interval(diagnostics: Diagnostics) -> Interval | None:
    """Return the interval closed last, None before the first."""
    interval = diagnostics["snapshot"]["closed_interval"]
    return None if interval is None else Interval.from_json(interval)


def _number(state: State | None) -> float | None:
    if state is None or state["state"] in {"unknown", "unavailable"}:
        return None
    return float(state["state"])
