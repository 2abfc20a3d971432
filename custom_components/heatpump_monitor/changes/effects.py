"""Keep the last looks at what the changes did, and look where one is due."""

import asyncio
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from homeassistant.core import HomeAssistant

from ..performance.totals.calendar import Calendar
from ..performance.totals.ledger import Ledger
from .log import ChangeLog
from .looks import HouseholdFacts, Look, PlannedLook, look, plan_looks
from .model import Entry
from .recorder import ChangeRecorder
from .words import words_of


@dataclass(frozen=True, kw_only=True, slots=True)
class NewestChange:
    """The newest change that acts on something."""

    entry: Entry
    description: str
    """In the language of Home Assistant."""
    look: Look


@dataclass(frozen=True, kw_only=True, slots=True)
class Effects:
    """What the changes did, by the ids of their entries."""

    looks: Mapping[int, Look] = field(default_factory=dict)
    newest: NewestChange | None = None


class EffectKeeper:
    """Keeps what the last looks have shown; a restart looks again."""

    def __init__(self, hass: HomeAssistant, changes: ChangeRecorder) -> None:
        """Prepare; nothing is looked at yet."""
        self._hass = hass
        self._changes = changes
        self._known: dict[PlannedLook, Look] = {}
        self._lock = asyncio.Lock()
        self.effects = Effects()

    def forget(self) -> None:
        """Look again at everything: the past has changed."""
        self._known = {}

    async def async_update(
        self, ledger: Ledger, today: date, facts: HouseholdFacts
    ) -> None:
        """Look in a thread where a look is due."""
        run = self._hass.async_add_executor_job
        async with self._lock:
            log = self._changes.log
            log = replace(log, changes=[*log.changes], notes=[*log.notes])
            planned, newest = await run(_plan, log, ledger.calendar, today)
            before = known = self._known
            if due := [each for each in planned if each not in known]:
                # The ledger goes on counting meanwhile.
                job = partial(look, deepcopy(ledger), due, facts)
                known = known | await run(job)
            if self._known is not before:
                # Meanwhile the past has changed; the next update looks again.
                return
            self._known = {each: known[each] for each in planned}
            looks = {each.entry_id: known[each] for each in planned}
            self.effects = Effects(looks=looks, newest=self._newest(newest, looks))

    def _newest(
        self, entry: Entry | None, looks: Mapping[int, Look]
    ) -> NewestChange | None:
        if entry is None:
            return None
        return NewestChange(
            entry=entry,
            description=words_of(self._hass).sentence(entry),
            look=looks[entry.id],
        )


def _plan(
    log: ChangeLog, calendar: Calendar, today: date
) -> tuple[list[PlannedLook], Entry | None]:
    """Return the looks, and the newest entry that is looked at."""
    entries = log.newest_first()
    planned = plan_looks(entries, calendar, today)
    newest = planned[0].entry_id if planned else None
    return planned, next((each for each in entries if each.id == newest), None)
