"""What the cards show of the change log; `frontend/src/data/contract.ts` mirrors it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Final

from homeassistant.core import HomeAssistant

from ..changes.acting import acts_on
from ..changes.looks import Look
from ..changes.model import Category, Change, Entry, Source
from ..changes.words import Words, async_words
from ..coordinator import HeatpumpConfigEntry
from ..performance.effect.result import Touched
from ..readings import SettingValue

_ENTRIES_SENT: Final = 500
_SLOPE: Final = "heating_curve_slope"
_SHIFT: Final = "heating_curve_shift"
_NORMAL: Final = "room_normal_c"
_COMFORT: Final = "room_comfort_c"
_OF_CURVE: Final = frozenset({_SLOPE, _SHIFT, _NORMAL, _COMFORT})


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeEntry:
    """An entry of the change log; a note has a category and a text."""

    id: int
    time: datetime
    source: Source
    item: str | None
    place: str | None
    old: SettingValue | None
    new: SettingValue | None
    category: Category | None
    text: str | None
    description: str
    """In the language asked for."""
    item_name: str | None
    touched: Touched | None
    """None if it acts on nothing that can be compared."""
    look: Look | None
    """None if it was not looked at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """A heating curve, and since when it is set."""

    since: datetime | None
    """None since before the change log."""
    slope: float
    shift: float
    room_c: float | None
    """Of the normal heating program, or of the comfort program without one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CircuitCurves:
    """The heating curve of a circuit through time."""

    circuit: str
    """Its number; empty if there is one."""
    curves: Sequence[Curve]
    """The oldest first; the last one is set now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """The change log, and the heating curves that it tells of."""

    entries: Sequence[ChangeEntry]
    """The newest first."""
    circuits: Sequence[CircuitCurves]
    """Empty if the unit reports no heating curve."""


async def async_changes(
    hass: HomeAssistant, entry: HeatpumpConfigEntry, language: str
) -> Changes:
    """Return the change log of a loaded entry in words, and the heating curves."""
    words, data = await async_words(hass, language), entry.runtime_data
    entries, looks = (
        data.changes.log.newest_first(),
        data.performance.data.insights.effects.looks,
    )
    return Changes(
        entries=[
            _described(each, words, looks.get(each.id))
            for each in entries[:_ENTRIES_SENT]
        ],
        circuits=list(_circuits(data.changes.settings, entries)),
    )


def _described(entry: Entry, words: Words, look: Look | None) -> ChangeEntry:
    values = asdict(entry)
    return ChangeEntry(
        id=entry.id,
        time=entry.time,
        source=entry.source,
        item=values.get("item"),
        place=values.get("place"),
        old=values.get("old"),
        new=values.get("new"),
        category=values.get("category"),
        text=values.get("text"),
        description=words.sentence(entry),
        item_name=words.item(entry) if isinstance(entry, Change) else None,
        touched=acts_on(entry),
        look=look,
    )


def _circuits(
    settings: Mapping[str, SettingValue], newest_first: Iterable[Entry]
) -> Iterator[CircuitCurves]:
    changed = [
        each
        for each in newest_first
        if isinstance(each, Change)
        and each.source is Source.UNIT
        and each.item in _OF_CURVE
    ]
    for key in sorted(settings):
        item, _, circuit = key.partition(".")
        if item == _SLOPE:
            now = {each: settings.get(f"{each}.{circuit}") for each in _OF_CURVE}
            here = [each for each in changed if each.place == circuit]
            if curves := _curves(now, here):
                yield CircuitCurves(circuit=circuit, curves=curves)


def _curves(
    now: Mapping[str, SettingValue | None], newest_first: Sequence[Change]
) -> list[Curve]:
    """Return the curves of a circuit, from what is set now and what was changed."""
    values, found = dict(now), list[Curve]()
    steps = [
        (time, {each.item: each.old for each in together})
        for time, together in groupby(newest_first, key=attrgetter("time"))
    ]
    for since, old in (*steps, (None, {})):
        if curve := _curve(values, since):
            if found and replace(found[-1], since=since) == curve:
                found.pop()
            found.append(curve)
        values |= old
    return found[::-1]


def _curve(
    values: Mapping[str, SettingValue | None], since: datetime | None
) -> Curve | None:
    slope, shift, normal_c, comfort_c = (
        value if isinstance(value := values.get(item), float) else None
        for item in (_SLOPE, _SHIFT, _NORMAL, _COMFORT)
    )
    if slope is None or shift is None:
        return None
    room_c = comfort_c if normal_c is None else normal_c
    return Curve(since=since, slope=slope, shift=shift, room_c=room_c)
