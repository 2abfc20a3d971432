"""What the entries of the change log act on."""

from collections.abc import Iterable
from typing import Final

from ..performance.effect.result import ChangeMoment, Touched
from .model import Category, Change, Entry, Source

_HEATING: Final = (
    "backup_heater_for_heating",
    "buffer_max_c",
    "heating_curve_shift",
    "heating_curve_slope",
    "heating_hysteresis_off_k",
    "heating_hysteresis_on_k",
    "heating_schedule",
    "outside_damping_min",
    "room_comfort_c",
    "room_normal_c",
    "room_reduced_c",
    "summer_limit",
    "summer_limit_c",
    "supply_max_c",
    "supply_min_c",
    "ventilation_mode",
    "ventilation_schedule",
)
_HOT_WATER: Final = (
    "backup_heater_for_hot_water",
    "circulation_schedule",
    "electric_hot_water_heater",
    "hot_water_2_c",
    "hot_water_c",
    "hot_water_hygiene",
    "hot_water_hysteresis_k",
    "hot_water_hysteresis_off_k",
    "hot_water_hysteresis_on_k",
    "hot_water_max_c",
    "hot_water_mode",
    "hot_water_schedule",
)
_BOTH: Final = ("circuit_mode", "noise_reduction")
_BY_ITEM: Final = {
    item: touched
    for items, touched in (
        (_HEATING, Touched.HEATING),
        (_HOT_WATER, Touched.HOT_WATER),
        (_BOTH, Touched.BOTH),
    )
    for item in items
}
ACT_ON_NOTHING: Final = frozenset(
    {
        "cooling_hysteresis_off_k",
        "cooling_hysteresis_on_k",
        "holiday",
        "holiday_at_home",
        "room_comfort_cooling_c",
        "room_normal_cooling_c",
        "room_reduced_cooling_c",
    }
)
"""Settings whose effect is not figured: cooling is in no COP, a holiday ends."""

_ACTING_NOTES: Final = frozenset(
    {Category.ADJUSTMENT, Category.MAINTENANCE, Category.REPAIR, Category.BUILDING}
)
# The same meter, wherever it is found in the network.
_METER_ADDRESS: Final = "meter_address"


def acts_on(entry: Entry) -> Touched | None:
    """Return what an entry acts on, so that it can have an effect; None for nothing."""
    if not isinstance(entry, Change):
        return Touched.BOTH if entry.category in _ACTING_NOTES else None
    return _BY_ITEM.get(entry.item) if entry.source is Source.UNIT else None


def moments(entries: Iterable[Entry]) -> dict[int, ChangeMoment]:
    """Return by its id each entry that separates the days before and after it."""
    found = ((entry.id, _moment(entry)) for entry in entries)
    return {entry_id: moment for entry_id, moment in found if moment is not None}


def _moment(entry: Entry) -> ChangeMoment | None:
    if (touched := acts_on(entry)) is not None:
        return ChangeMoment(entry.time, touched)
    is_measuring = entry.source is Source.PLANT or (
        entry.source is Source.METER
        and isinstance(entry, Change)
        and entry.item != _METER_ADDRESS
    )
    return ChangeMoment(entry.time, of_measuring=True) if is_measuring else None
