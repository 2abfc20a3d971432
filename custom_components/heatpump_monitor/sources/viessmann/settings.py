"""What can be adjusted, out of one answer of the Viessmann API.

The names come from the recorded answers of sixteen heat pumps. Not listed is what
moves by itself: the active program and the flags of programs, one-time charges, the
program `eco`, whose temperature is that of `normal`, and the minimum of the return
temperature, which one recorded unit had changed hours after all other settings.
"""

from collections.abc import Mapping
from itertools import groupby, pairwise
import re
from typing import Final

from ...readings import OFF, Setting, SettingValue
from ..json_values import mapping, number, sequence, text
from .answer import Answer

# Item -> feature/property.
_OF_UNIT: Final = {
    "backup_heater_for_heating": "heating.configuration.heatingRod.heating/useApproved",
    "backup_heater_for_hot_water": "heating.configuration.heatingRod.dhw/useApproved",
    "buffer_max_c": "heating.configuration.buffer.temperature.max/value",
    "circulation_schedule": "heating.dhw.pumps.circulation.schedule/entries",
    "electric_hot_water_heater": "heating.configuration.dhwHeater/useApproved",
    "supply_max_c": "heating.configuration.flow.temperature.max/value",
    "supply_min_c": "heating.configuration.flow.temperature.min/value",
    "hot_water_2_c": "heating.dhw.temperature.temp2/value",
    "hot_water_c": "heating.dhw.temperature.main/value",
    "hot_water_hygiene": "heating.dhw.hygiene/enabled",
    "hot_water_hysteresis_k": "heating.dhw.temperature.hysteresis/value",
    "hot_water_hysteresis_off_k": "heating.dhw.temperature.hysteresis/switchOffValue",
    "hot_water_hysteresis_on_k": "heating.dhw.temperature.hysteresis/switchOnValue",
    "hot_water_max_c": "heating.configuration.dhw.temperature.dhwCylinder.max/value",
    "hot_water_mode": "heating.dhw.operating.modes.active/value",
    "hot_water_schedule": "heating.dhw.schedule/entries",
    "noise_reduction": "heating.noise.reduction.operating.programs.active/value",
    "outside_damping_min": "heating.configuration.temperature.outside.DampingFactor/value",
    "ventilation_mode": "ventilation.operating.modes.active/value",
    "ventilation_schedule": "ventilation.schedule/entries",
}
# Item -> feature/property within a circuit. Units of before 2022 have programs
# without a purpose, newer ones one for heating and one for cooling: never both.
_OF_CIRCUIT: Final = (
    ("circuit_mode", "operating.modes.active/value"),
    ("cooling_hysteresis_off_k", "cooling.hysteresis.switch/switchOffValue"),
    ("cooling_hysteresis_on_k", "cooling.hysteresis.switch/switchOnValue"),
    ("heating_curve_shift", "heating.curve/shift"),
    ("heating_curve_slope", "heating.curve/slope"),
    ("heating_hysteresis_off_k", "heating.hysteresis.switch/switchOffValue"),
    ("heating_hysteresis_on_k", "heating.hysteresis.switch/switchOnValue"),
    ("heating_schedule", "heating.schedule/entries"),
    ("room_comfort_c", "operating.programs.comfort/temperature"),
    ("room_comfort_c", "operating.programs.comfortHeating/temperature"),
    ("room_comfort_cooling_c", "operating.programs.comfortCooling/temperature"),
    ("room_normal_c", "operating.programs.normal/temperature"),
    ("room_normal_c", "operating.programs.normalHeating/temperature"),
    ("room_normal_cooling_c", "operating.programs.normalCooling/temperature"),
    ("room_reduced_c", "operating.programs.reduced/temperature"),
    ("room_reduced_c", "operating.programs.reducedHeating/temperature"),
    ("room_reduced_cooling_c", "operating.programs.reducedCooling/temperature"),
    ("summer_limit", "configuration.summerEco.absolute/active"),
    ("summer_limit_c", "configuration.summerEco.absolute/threshold"),
    ("supply_max_c", "temperature.levels/max"),
    ("supply_min_c", "temperature.levels/min"),
)
_HOLIDAYS: Final = {
    "holiday": "heating.operating.programs.holiday",
    "holiday_at_home": "heating.operating.programs.holidayAtHome",
}
# What a controller writes in place of no date.
_NO_DATE: Final = "2000-01-01"

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CAPITAL: Final = re.compile(r"(?<=[a-z0-9])([A-Z])")
_NOT_IN_A_WORD: Final = re.compile(r"[^a-z0-9]+")


def settings_of(answer: Answer) -> dict[str, Setting]:
    """Return what can be adjusted, by `item` or `item.circuit`."""
    places = list(_OF_UNIT.items())
    for circuit in answer.members("heating.circuits"):
        circuit_number = circuit.rpartition(".")[2]
        places += [
            (f"{item}.{circuit_number}", f"{circuit}.{place}")
            for item, place in _OF_CIRCUIT
        ]
    found = [(item, _setting(answer, place)) for item, place in places]
    found += [(item, _dates(answer, name)) for item, name in _HOLIDAYS.items()]
    known = {item: setting for item, setting in found if setting is not None}
    if "hot_water_hysteresis_on_k" in known:
        # The value without a direction repeats this one.
        known.pop("hot_water_hysteresis_k", None)
    return known


def _setting(answer: Answer, place: str) -> Setting | None:
    name, _, key = place.partition("/")
    known = answer.raw(name, key)
    if known is None or (value := _canonical(known.value)) is None:
        return None
    return Setting(value=value, changed_at=known.stamp)


def _dates(answer: Answer, name: str) -> Setting | None:
    """Return the first and the last day of a holiday, `off` without one."""
    start, end = answer.raw(name, "start"), answer.raw(name, "end")
    if start is None or end is None:
        return None
    days = (str(start.value), str(end.value))
    is_planned = all(days) and days[1] > _NO_DATE
    return Setting(value=" - ".join(days) if is_planned else OFF, changed_at=end.stamp)


def _canonical(value: object) -> SettingValue | None:
    """Return the same for all that means the same."""
    if isinstance(value, bool):
        return value
    if (known := number(value)) is not None:
        # Without a minus before 0.
        return round(known, 1) + 0.0
    return _week(mapping(value)) if mapping(value) else _word(value)


def _word(value: object) -> str | None:
    """Return a controller's word in lower case, with `_` between its parts."""
    written = _CAPITAL.sub(r"_\1", text(value) or "").lower()
    return _NOT_IN_A_WORD.sub("_", written) or None


def _week(plan: Mapping[str, object]) -> str | None:
    """Return a week plan as text, such as `mon-fri 06:00-22:00 normal`.

    Days in a row with the same spans are one part; a day without spans is left out.
    """
    if not all(isinstance(plan.get(day), list) for day in _DAYS):
        return None
    parts = []
    for spans, same in groupby(_DAYS, key=lambda day: _spans(plan[day])):
        days = list(same)
        named = days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"
        if spans:
            parts.append(f"{named} {spans}")
    return "; ".join(parts) or OFF


def _spans(day: object) -> str:
    """Return the spans of a day in the order of time.

    Spans that overlap stay in the order of their positions, which decides between them.
    """
    entries = sorted(map(mapping, sequence(day)), key=_position)
    by_time = sorted(entries, key=lambda each: str(each.get("start")))
    if all(str(a.get("end")) <= str(b.get("start")) for a, b in pairwise(by_time)):
        entries = by_time
    return ", ".join(
        f"{each.get('start')}-{each.get('end')} {_word(each.get('mode'))}"
        for each in entries
    )


def _position(span: Mapping[str, object]) -> float:
    return number(span.get("position")) or 0.0
