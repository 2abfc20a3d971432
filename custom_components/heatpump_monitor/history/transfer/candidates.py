"""Long-term statistics that Home Assistant already has, and which of them fit.

What an entity of the Shelly and ViCare integrations counts is known by its unique id.
What the others count, only the owner knows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
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
class Devices:
    """The meter and the heat pump of an entry, as other integrations name them."""

    meter_mac: str
    """As in FCE8C0AA0001."""
    channels: Sequence[str]
    """The single-phase channels that are counted; empty without any."""
    reversed_phases: Sequence[str]
    gateway_serial: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The statistics that are to be imported, by their ids."""

    electricity: Sequence[str] = ()
    heat: Sequence[str] = ()
    outside: str | None = None


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
    own = (devices.meter_mac, devices.gateway_serial)

    def place(candidate: Candidate) -> tuple[bool, bool, bool, str]:
        return (
            not candidate.meaning.device.startswith(own),
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
    outside = [each for each in candidates if each.meaning.is_of(OUTSIDE, gateway)]
    return Choice(
        electricity=_of_meter(candidates, devices)
        or _of_heat_pump(candidates, ELECTRICITY, gateway),
        heat=_of_heat_pump(candidates, HEAT, gateway),
        outside=outside[0].statistic_id if outside else None,
    )


def _of_meter(candidates: Iterable[Candidate], devices: Devices) -> list[str]:
    """Return the statistics that together are what the meter counts; all or none."""
    known = {each.unique_id: each.statistic_id for each in candidates}
    for keys in _keys_of_meter(devices):
        unique_ids = [f"{devices.meter_mac}-{key}" for key in keys]
        if known.keys() >= {*unique_ids}:
            return [known[each] for each in unique_ids]
    return []


def _keys_of_meter(devices: Devices) -> list[list[str]]:
    """Return by which keys the meter may count; a reversed CT returns what is drawn."""
    back = devices.reversed_phases
    if devices.channels:
        return [
            [
                ways[name in back].format(CHANNELS.index(name))
                for name in devices.channels
            ]
            for ways in _OF_CHANNELS
        ]
    if not back:
        return [["emdata:0-total_act"]]
    ways = {phase: "_ret" * (phase in back) for phase in PHASES}
    return [[f"emdata:0-{phase}_total_act{ways[phase]}_energy" for phase in PHASES]]


def _of_heat_pump(
    candidates: Iterable[Candidate], quantity: str, gateway: str
) -> list[str]:
    """Return the statistic of all that the heat pump counts, or of its two purposes.

    Of several that count the same, the longest; then the one that resets least often.
    """
    best: dict[str | None, Candidate] = {}
    for each in candidates:
        if each.meaning.is_of(quantity, gateway):
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
