"""Actions of the change log: read it, and write notes into it."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, Final

import probatio

from homeassistant.core import ServiceCall
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..coordinator import HeatpumpConfigEntry
from ..service_errors import failed, refused
from ..stored_file import NotSavedError
from ..time_units import DAY
from .acting import acts_on
from .effect_words import effect_sentence
from .log import NOTES_KEPT, NotesFullError
from .looks import Look, Moments
from .model import Category, Entry, Note, Source
from .words import Words, entry_data, words_of

ATTR_CATEGORY: Final = "category"
ATTR_DELETE: Final = "delete"
ATTR_END: Final = "end"
ATTR_ENTRY_ID: Final = "entry_id"
ATTR_ITEM: Final = "item"
ATTR_LIMIT: Final = "limit"
ATTR_NOTE_ID: Final = "note_id"
ATTR_OFFSET: Final = "offset"
ATTR_SOURCE: Final = "source"
ATTR_START: Final = "start"
ATTR_TEXT: Final = "text"
ATTR_TIME: Final = "time"

_TEXT: Final = probatio.All(cv.string, str.strip, probatio.Length(min=1, max=500))
_CATEGORY: Final = probatio.Coerce(Category)
_ID: Final = probatio.All(probatio.Coerce(int), probatio.Range(min=1))

type Fields = Mapping[probatio.Marker, object]

CHANGELOG_FIELDS: Final[Fields] = {
    probatio.Optional(ATTR_SOURCE): probatio.All(
        cv.ensure_list, [probatio.Coerce(Source)]
    ),
    probatio.Optional(ATTR_ITEM): probatio.All(cv.ensure_list, [cv.string]),
    probatio.Optional(ATTR_LIMIT, default=50): probatio.All(
        probatio.Coerce(int), probatio.Range(min=1, max=500)
    ),
    probatio.Optional(ATTR_OFFSET, default=0): probatio.All(
        probatio.Coerce(int), probatio.Range(min=0)
    ),
}
ANALYSE_FIELDS: Final[Fields] = {probatio.Required(ATTR_ENTRY_ID): _ID}
ADD_NOTE_FIELDS: Final[Fields] = {
    probatio.Required(ATTR_TEXT): _TEXT,
    probatio.Optional(ATTR_CATEGORY, default=Category.OTHER.value): _CATEGORY,
    probatio.Optional(ATTR_TIME): cv.datetime,
}
EDIT_NOTE_FIELDS: Final[Fields] = {
    probatio.Required(ATTR_NOTE_ID): _ID,
    probatio.Optional(ATTR_TEXT): _TEXT,
    probatio.Optional(ATTR_CATEGORY): _CATEGORY,
    probatio.Optional(ATTR_TIME): cv.datetime,
    probatio.Optional(ATTR_DELETE, default=False): cv.boolean,
}


async def async_get_changelog(
    entry: HeatpumpConfigEntry, call: ServiceCall
) -> dict[str, object]:
    """Return a page of the change log, the newest entry first."""
    data, words = call.data, words_of(call.hass)
    start: date | None = data.get(ATTR_START)
    end: date | None = data.get(ATTR_END)
    if start is not None and end is not None and end < start:
        raise refused("end_before_start", field=ATTR_END)
    found = _between(
        entry,
        start,
        end,
        sources=frozenset(data.get(ATTR_SOURCE, ())),
        items=frozenset(data.get(ATTR_ITEM, ())),
    )
    offset: int = data[ATTR_OFFSET]
    page = found[offset : offset + data[ATTR_LIMIT]]
    return {
        "total": len(found),
        "entries": [_answered(each, words) for each in page],
    }


def changes_between(
    entry: HeatpumpConfigEntry, first: date, last: date, words: Words
) -> list[dict[str, object]]:
    """Return the entries of some local days, with what their last looks have shown."""
    looks = entry.runtime_data.performance.data.insights.effects.looks
    return [
        {
            "id": each.id,
            "time": dt_util.as_local(each.time),
            "description": words.sentence(each),
            **_shown(looks.get(each.id)),
        }
        for each in _between(entry, first, last)
    ]


def _between(
    entry: HeatpumpConfigEntry,
    first: date | None,
    last: date | None,
    **filters: frozenset[str],
) -> list[Entry]:
    """Return the entries of local days, both ends included, the newest first."""
    data = entry.runtime_data
    midnight = data.performance.monitor.ledger.calendar.midnight
    return data.changes.log.newest_first(
        start=None if first is None else midnight(first),
        end=None if last is None else midnight(last + DAY),
        **filters,
    )


def _shown(look: Look | None) -> dict[str, object]:
    figures = None if look is None else look.effect.figures
    year = None if look is None else look.effect.yearly
    return {
        "verdict": None if look is None else look.effect.verdict,
        "looked_on": None if look is None else look.looked_on,
        "cop_change": None if figures is None else figures.cop.change,
        "saved_kwh": None if year is None else year.saved_kwh,
    }


def _answered(entry: Entry, words: Words) -> dict[str, object]:
    return entry_data(entry, words) | {"time": dt_util.as_local(entry.time)}


async def async_analyse_change(
    entry: HeatpumpConfigEntry, call: ServiceCall
) -> dict[str, object]:
    """Return what a change did, as far as it can be said today."""
    hass, entry_id = call.hass, call.data[ATTR_ENTRY_ID]
    performance, log = entry.runtime_data.performance, entry.runtime_data.changes.log
    entries = {each.id: each for each in log.newest_first()}
    if (changed := entries.get(entry_id)) is None:
        raise refused("change_unknown", field=ATTR_ENTRY_ID, id=str(entry_id))
    if acts_on(changed) is None:
        raise refused("change_without_effect", field=ATTR_ENTRY_ID, id=str(entry_id))
    ledger = performance.monitor.ledger
    today = ledger.calendar.local_day(dt_util.utcnow())
    separating = Moments(entries.values(), ledger.calendar)
    effect = await hass.async_add_executor_job(
        partial(
            performance.household_facts.effect,
            deepcopy(ledger),
            separating.moments[entry_id],
            separating.others(entry_id, today),
            today,
        )
    )
    words = words_of(hass)
    return {
        "change": _answered(changed, words),
        "sentence": effect_sentence(effect, words, hass.config.currency),
        "currency": hass.config.currency,
        "looked_on": today,
        "effect": effect,
    }


async def async_add_note(
    entry: HeatpumpConfigEntry, call: ServiceCall
) -> dict[str, object]:
    """Add a note to the change log; return its id."""
    data = call.data
    try:
        note = await entry.runtime_data.changes.async_add_note(
            _time(data) or dt_util.utcnow(), data[ATTR_CATEGORY], data[ATTR_TEXT]
        )
    except NotesFullError as err:
        raise refused("notes_full", field=ATTR_TEXT, limit=str(NOTES_KEPT)) from err
    except NotSavedError as err:
        raise failed("note_not_saved", reason=str(err)) from err
    return {"note_id": note.id}


async def async_edit_note(
    entry: HeatpumpConfigEntry, call: ServiceCall
) -> dict[str, object]:
    """Change a note, or delete it; return its id."""
    changes, data = entry.runtime_data.changes, call.data
    note_id: int = data[ATTR_NOTE_ID]
    if (note := changes.log.note(note_id)) is None:
        raise refused("note_unknown", field=ATTR_NOTE_ID, id=str(note_id))
    edited = None if data[ATTR_DELETE] else _edited(note, data)
    try:
        await changes.async_replace_note(note, edited)
    except NotSavedError as err:
        raise failed("note_not_saved", reason=str(err)) from err
    return {"note_id": note_id}


def _edited(note: Note, data: Mapping[str, Any]) -> Note:
    given = {name: data[name] for name in (ATTR_TEXT, ATTR_CATEGORY) if name in data}
    if (time := _time(data)) is not None:
        given[ATTR_TIME] = time
    if not given:
        raise refused("field_missing", field=ATTR_TEXT)
    return replace(note, **given)


def _time(data: Mapping[str, Any]) -> datetime | None:
    """Return the time of a note in UTC; one without a zone is local."""
    if (given := data.get(ATTR_TIME)) is None:
        return None
    time = dt_util.as_utc(given)
    if time > dt_util.utcnow():
        raise refused("note_in_future", field=ATTR_TIME)
    return time
