"""Actions of the change log: read it, and write notes into it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

import probatio

from homeassistant.core import ServiceCall
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..coordinator import HeatpumpConfigEntry
from ..service_errors import failed, refused
from ..stored_file import NotSavedError
from ..time_units import DAY
from .log import NOTES_KEPT, NotesFullError
from .model import Category, Note, Source
from .words import entry_data, words_of

ATTR_CATEGORY: Final = "category"
ATTR_DELETE: Final = "delete"
ATTR_END: Final = "end"
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
    midnight = entry.runtime_data.performance.monitor.ledger.calendar.midnight
    start: date | None = data.get(ATTR_START)
    end: date | None = data.get(ATTR_END)
    if start is not None and end is not None and end < start:
        raise refused("end_before_start", field=ATTR_END)
    found = entry.runtime_data.changes.log.newest_first(
        start=None if start is None else midnight(start),
        end=None if end is None else midnight(end + DAY),
        sources=frozenset(data.get(ATTR_SOURCE, ())),
        items=frozenset(data.get(ATTR_ITEM, ())),
    )
    offset: int = data[ATTR_OFFSET]
    page = found[offset : offset + data[ATTR_LIMIT]]
    return {
        "total": len(found),
        "entries": [
            entry_data(each, words) | {"time": dt_util.as_local(each.time)}
            for each in page
        ],
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
