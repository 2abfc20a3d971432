"""Long-term statistics that Home Assistant already has, and which of them fit.

What an entity of the Shelly and ViCare integrations counts is known by its unique id.
What the others count, only the owner knows.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, combinations
import re
from typing import Final

from ...readings import CHANNELS, PHASES, Mode
from .importing import StatisticPair

ELECTRICITY: Final = "electricity"
HEAT: Final = "heat"
OUTSIDE: Final = "outside"
RETURNED: Final = "returned"


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """What the statistic of a known integration counts, or measures."""

    quantity: str = ""
    device: str = ""
    part: str | None = None
    """Which part of the device it is of; None for all of it."""
    resets: int = 0
    """How often it starts again: from 0 for never to 4 for every day."""

    def is_of(self, quantity: str, device: str) -> bool:
        """Return whether it is this quantity of a device, by how its id begins."""
        return self.quantity == quantity and self.device.startswith(device)


UNKNOWN: Final = Meaning()


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A statistic that may be imported."""

    statistic_id: str
    is_energy: bool
    """Else it is a temperature."""
    name: str
    unit: str
    since: datetime
    platform: str | None = None
    """The integration of its entity; None where there is no entity."""
    unique_id: str = ""
    meaning: Meaning = UNKNOWN


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The statistics that are to be imported, by their ids."""

    electricity: Sequence[str] = ()
    heat: Sequence[str] = ()
    outside: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Devices:
    """The meters and the heat pump of an entry, as other integrations name them."""

    names: Sequence[str]
    """How the names of its devices begin: MAC addresses, the gateway's serial."""
    gateway_serial: str | None
    counters: Sequence[Sequence[str]] = ()
    """By which entity ids or unique ids each counter that is read may be known."""
    heat: Sequence[str] = ()
    """The entities that count the heat."""
    outside: Sequence[str] = ()
    """The entity of the outside temperature, if there is one."""


# Of the Shelly integration: <MAC>-<component>-<attribute>.
_SHELLY: Final = re.compile(
    r"(?P<device>[0-9A-F]{12}-em1?data:\d)-"
    r"(?:(?P<part>[abc])_)?total_act(?P<returned>_ret)?(?:_energy)?"
)
_SHELLY_POWER: Final = re.compile(
    r"(?P<device>[0-9A-F]{12}-(?:pm1|switch):\d)-(?P<returned>ret_)?energy(?:_pm1)?"
)
# What each channel draws, and what it returns, by the component that counts it.
_OF_CHANNELS: Final = (
    ("em1data:{}-total_act_energy", "em1data:{}-total_act_ret_energy"),
    ("pm1:{}-energy_pm1", "pm1:{}-ret_energy_pm1"),
    ("switch:{}-energy", "switch:{}-ret_energy"),
)
# Of the ViCare integration: <gateway>_<device>-<key>, the period at the end of the key.
_VICARE: Final = re.compile(r"(?P<device>\w+)-(?P<key>[\w ]+)")
_VICARE_QUANTITIES: Final = {
    ELECTRICITY: re.compile(r"(power|energy)_(\w+_)?consumption_\w+"),
    HEAT: re.compile(r"(\w+_)?heat_production_\w+"),
    OUTSIDE: re.compile(r"outside_temperature"),
}
_RESETS: Final = {
    **dict.fromkeys(("this_year", "currentyear"), 1),
    **dict.fromkeys(("this_month", "currentmonth"), 2),
    **dict.fromkeys(("this_week", "currentweek"), 3),
    **dict.fromkeys(("today", "currentday"), 4),
}
# A sum of the last seven days also falls: it is no counter.
_SLIDING: Final = "lastsevendays"
_MODES: Final = {"dhw": Mode.HOT_WATER, "heating": Mode.HEATING}
# The keys of hot water name heating, too.
_PARTS: Final = ("dhw", "cooling", "heating")


def is_counter(platform: str | None, unique_id: str) -> bool:
    """Return whether an energy only grows, or starts again at 0."""
    return platform != "vicare" or not unique_id.endswith(_SLIDING)


def meaning_of(platform: str | None, unique_id: str) -> Meaning:
    """Return what an entity counts; unknown if its integration is not a known one."""
    if platform == "shelly" and (found := _SHELLY.fullmatch(unique_id)):
        quantity = RETURNED if found["returned"] else ELECTRICITY
        return Meaning(quantity=quantity, device=found["device"], part=found["part"])
    if platform == "shelly" and (found := _SHELLY_POWER.fullmatch(unique_id)):
        quantity = RETURNED if found["returned"] else ELECTRICITY
        return Meaning(quantity=quantity, device=found["device"])
    if platform == "vicare" and (found := _VICARE.fullmatch(unique_id)):
        return _vicare_meaning(found["device"], found["key"].replace(" ", "_"))
    return UNKNOWN


def _vicare_meaning(device: str, key: str) -> Meaning:
    for quantity, pattern in _VICARE_QUANTITIES.items():
        if pattern.fullmatch(key):
            return Meaning(
                quantity=quantity,
                device=device,
                part=next((part for part in _PARTS if part in key), None),
                resets=sum(n for end, n in _RESETS.items() if key.endswith(end)),
            )
    return UNKNOWN


def ordered(candidates: Iterable[Candidate], devices: Devices) -> list[Candidate]:
    """Return our devices' first, then those of known integrations, then the others."""
    names = tuple(devices.names)
    read = {*chain(*devices.counters), *devices.heat, *devices.outside}

    def place(candidate: Candidate) -> tuple[bool, bool, bool, str]:
        is_own = candidate.meaning.device.startswith(names)
        return (
            not is_own and candidate.statistic_id not in read,
            candidate.meaning is UNKNOWN,
            candidate.platform not in {"shelly", "vicare"},
            candidate.name.casefold(),
        )

    return sorted(candidates, key=place)


def suggested(candidates: Sequence[Candidate], devices: Devices) -> Choice:
    """Return what most likely is right; nothing where that is not clear.

    The meter comes before what the heat pump says that it drew.
    """
    gateway = devices.gateway_serial
    outside = _all_of(candidates, [devices.outside]) or _of_heat_pump(
        candidates, OUTSIDE, gateway
    )
    return Choice(
        electricity=_all_of(candidates, devices.counters)
        or _of_heat_pump(candidates, ELECTRICITY, gateway),
        heat=_all_of(candidates, [[each] for each in devices.heat])
        or _of_heat_pump(candidates, HEAT, gateway),
        outside=outside[0] if outside else None,
    )


def shelly_counters(
    mac: str, channels: Sequence[str], reversed_phases: Collection[str]
) -> list[tuple[str, ...]]:
    """Return the unique ids of what together is what a Shelly counts.

    For each, all that it can be, by the component that counts.

    Args:
        mac: As in FCE8C0AA0001.
        channels: The single-phase channels that are counted; empty without any.
        reversed_phases: Those whose CT returns what is drawn.
    """
    if channels:
        return [
            tuple(
                f"{mac}-{ways[name in reversed_phases]}".format(CHANNELS.index(name))
                for ways in _OF_CHANNELS
            )
            for name in channels
        ]
    if not reversed_phases:
        return [(f"{mac}-emdata:0-total_act",)]
    ways = {phase: "_ret" * (phase in reversed_phases) for phase in PHASES}
    return [(f"{mac}-emdata:0-{each}_total_act{ways[each]}_energy",) for each in PHASES]


def _all_of(
    candidates: Iterable[Candidate], counters: Sequence[Sequence[str]]
) -> list[str]:
    """Return the statistic of each counter; none if one is missing."""
    known = dict[str, str]()
    for each in candidates:
        known[each.unique_id] = known[each.statistic_id] = each.statistic_id
    found = [next(filter(None, map(known.get, ids)), None) for ids in counters]
    there = [each for each in found if each is not None]
    return there if len(there) == len(found) else []


def _of_heat_pump(
    candidates: Iterable[Candidate], quantity: str, gateway: str | None
) -> list[str]:
    """Return the statistic of all that the heat pump counts, or of its two purposes.

    Of several that count the same, the longest; then the one that resets least often.
    """
    best: dict[str | None, Candidate] = {}
    for each in candidates:
        if gateway and each.meaning.is_of(quantity, gateway):
            other = best.setdefault(each.meaning.part, each)
            best[each.meaning.part] = min(each, other, key=_length_and_resets)
    parts: list[str | None] = [None] if None in best else ["heating", "dhw"]
    # One purpose alone is not all that the heat pump does.
    return (
        [best[part].statistic_id for part in parts] if best.keys() >= {*parts} else []
    )


def _length_and_resets(candidate: Candidate) -> tuple[datetime, int]:
    return candidate.since, candidate.meaning.resets


def counted_twice(chosen: Iterable[Candidate]) -> tuple[Candidate, Candidate] | None:
    """Return two of the chosen that count the same energy; None without any."""
    known = [each for each in chosen if each.meaning is not UNKNOWN]
    for one, other in combinations(known, 2):
        first, second = one.meaning, other.meaning
        is_same = (first.quantity, first.device) == (second.quantity, second.device)
        if is_same and (first.part == second.part or None in {first.part, second.part}):
            return one, other
    return None


def pairs_of(choice: Choice, known: Mapping[str, Candidate]) -> list[StatisticPair]:
    """Return what was chosen as the import reads it: with its mode, if known."""

    def mode(statistic_id: str) -> Mode | None:
        return _MODES.get(known[statistic_id].meaning.part or "")

    return [
        *(
            StatisticPair(electricity=each, mode=mode(each))
            for each in choice.electricity
        ),
        *(StatisticPair(heat=each, mode=mode(each)) for each in choice.heat),
    ]
