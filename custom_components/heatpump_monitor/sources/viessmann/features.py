"""Turn the features of a Viessmann heat pump into a reading.

Which feature a unit has depends on its controller and its age; the names come
from the recorded answers of sixteen heat pumps. A name that was replaced is
listed behind its successor, because some units know only the old one.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
import re
from typing import Final

from ...readings import CircuitReading, HeatPumpReading, UnitEnergy
from ..json_values import mapping, text
from ..ranges import Range, Ranges
from .answer import (
    ANY,
    CELSIUS,
    COUNT,
    HOURS,
    LITRES_PER_HOUR,
    POSITIVE,
    WATT_HOURS,
    Answer,
    Known,
    newest,
    value_of,
)
from .compressors import Compressors, burner_on, inverter_power_w
from .parsing import Feature
from .settings import settings_of

_TEMPERATURES: Final = {
    "outside_c": "heating.sensors.temperature.outside",
    "source_in_c": "heating.primaryCircuit.sensors.temperature.supply",
    "source_out_c": "heating.primaryCircuit.sensors.temperature.return",
}
_WATER_TEMPERATURES: Final = {
    "supply_c": ("heating.secondaryCircuit.sensors.temperature.supply",),
    "return_c": (
        "heating.secondaryCircuit.sensors.temperature.return",
        "heating.sensors.temperature.return",
    ),
    "buffer_c": (
        "heating.bufferCylinder.sensors.temperature.main",
        "heating.buffer.sensors.temperature.main",
    ),
    "hot_water_c": (
        "heating.dhw.sensors.temperature.dhwCylinder",
        "heating.dhw.sensors.temperature.hotWaterStorage",
    ),
    "hot_water_target_c": ("heating.dhw.temperature.main",),
}

# What a summary calls the years, in the order of the yearly arrays.
_YEARS: Final = ("currentYear", "lastYear")
_ERROR_COUNTERS: Final = "device.messages.errors.counter."
_FAULTS: Final = "device.messages.errors.raw"
_MESSAGES: Final = (_FAULTS, "device.messages.status.raw")
_LOCAL_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)")


class _Stamps(dict[str, datetime]):
    def keep[T](self, field: str, known: Known[T] | None) -> T | None:
        """Return a value, and keep its time stamp under the name of its field."""
        if known is None:
            return None
        if known.stamp is not None:
            self[field] = known.stamp
        return known.value


def heat_pump_reading(
    features: Iterable[Feature], *, time: datetime, ranges: Ranges
) -> HeatPumpReading:
    """Return what the features of one heat pump say.

    Args:
        features: All features of the heat pump, of one answer.
        time: When the answer was asked for, aware and in UTC.
        ranges: What a value may be; outside of it, it is not known.
    """
    answer = Answer(features, time=time, ranges=ranges)
    compressors = Compressors(answer)
    stamps = _Stamps()
    keep = stamps.keep
    numbers = _numbers(answer, compressors)
    return HeatPumpReading(
        time=time,
        measured_at=answer.newest,
        **{field: keep(field, known) for field, known in numbers.items()},
        mode=None,
        circuits=_circuits(answer, stamps, numbers["outside_c"]),
        compressor_on=keep("compressor_on", compressors.on),
        compressor_count=compressors.count,
        compressor_phase=keep("compressor_phase", compressors.phase),
        heat=keep("heat", _energy_of_year(answer, "heating.heat.production")),
        heat_last_year=keep(
            "heat_last_year",
            _energy_of_year(answer, "heating.heat.production", years_ago=1),
        ),
        heat_week=keep(
            "heat_week",
            _energy(compressors.heating_week_wh, compressors.hot_water_week_wh),
        ),
        backup_heater_electricity=keep(
            "backup_heater_electricity",
            _energy_of_year(answer, "heating.heatingRod.power.consumption"),
        ),
        spf_measured_at=stamps.get("spf_total"),
        hot_water_charging=keep(
            "hot_water_charging",
            answer.flag("heating.dhw.charging")
            or answer.switch("heating.dhw.pumps.primary"),
        ),
        circulation_pump_on=keep(
            "circulation_pump_on", answer.switch("heating.dhw.pumps.circulation")
        ),
        defrosting=keep("defrosting", answer.flag("heating.outdoor.defrosting")),
        burner_on=keep("burner_on", burner_on(answer)),
        # `heating.heatingRod` itself has a flag `active`, which means no more
        # than that there is a backup heater.
        backup_heater_on=keep(
            "backup_heater_on", answer.flag("heating.heatingRod.status", "overall")
        ),
        valve=keep("valve", answer.word("heating.valves.fourThreeWay.position")),
        operation_state=keep(
            "operation_state",
            answer.word("heating.secondaryCircuit.operation.state", "currentValue"),
        ),
        fault_codes=keep("fault_codes", _fault_codes(answer)),
        fault_times=_fault_times(answer),
        fault_counts=_fault_counts(answer),
        settings=settings_of(answer),
        stamps=dict(stamps),
    )


def _numbers(
    answer: Answer, compressors: Compressors
) -> dict[str, Known[float] | None]:
    """Return the values that are numbers, by the names of their fields."""
    return {
        **{field: answer.temperature(name) for field, name in _TEMPERATURES.items()},
        **{
            field: answer.water_temperature(*names)
            for field, names in _WATER_TEMPERATURES.items()
        },
        "modulation_pct": compressors.modulation_pct,
        "speed_rps": compressors.speed_rps,
        "run_hours": compressors.run_hours,
        "starts": compressors.starts,
        "rated_heat_w": compressors.rated_heat_w,
        "reported_heat_w": compressors.reported_heat_w,
        "inverter_w": inverter_power_w(answer),
        "flow_lph": answer.number(
            "heating.sensors.volumetricFlow.allengra", LITRES_PER_HOUR
        ),
        "spf_total": _spf(answer, "total"),
        "spf_heating": _spf(answer, "heating"),
        "spf_hot_water": _spf(answer, "dhw"),
        "backup_heater_hours": _backup_heater_hours(answer),
    }


def _circuits(
    answer: Answer, stamps: _Stamps, outside_c: Known[float] | None
) -> tuple[CircuitReading, ...]:
    """Return the enabled circuits; on many units the only one is number 1."""
    enabled = value_of(answer.entries("heating.circuits", "enabled")) or []
    return tuple(
        _circuit(answer, stamps, number, outside_c)
        for number in map(text, enabled)
        if number is not None
    )


def _circuit(
    answer: Answer, stamps: _Stamps, number: str, outside_c: Known[float] | None
) -> CircuitReading:
    """Return one circuit; its time stamps are under `circuits.<number>.<field>`."""
    name = f"heating.circuits.{number}"
    field = f"circuits.{number}"
    supply_c = answer.water_temperature(f"{name}.sensors.temperature.supply")
    target_supply_c = _target_supply_c(answer, name, outside_c)
    pump_on = answer.switch(f"{name}.circulation.pump")
    return CircuitReading(
        number=number,
        supply_c=stamps.keep(f"{field}.supply_c", supply_c),
        target_supply_c=stamps.keep(f"{field}.target_supply_c", target_supply_c),
        pump_on=stamps.keep(f"{field}.pump_on", pump_on),
    )


def _target_supply_c(
    answer: Answer, circuit: str, outside_c: Known[float] | None
) -> Known[float] | None:
    """Return the supply temperature that a circuit asks for.

    As the unit says it, where 0 is no demand; else by the heating curve.
    """
    # Answers in the style of 2021 name no unit.
    stated = answer.number(
        f"{circuit}.temperature", CELSIUS | COUNT, within=Range(0.0, 100.0)
    )
    if stated is not None:
        return stated if stated.value else None
    slope = answer.number(f"{circuit}.heating.curve", COUNT, key="slope", within=ANY)
    shift = answer.number(f"{circuit}.heating.curve", COUNT, key="shift", within=ANY)
    room_c = _room_target_c(answer, circuit)
    if slope is None or shift is None or room_c is None or outside_c is None:
        return None
    return Known(
        _curve_c(slope.value, shift.value, room_c.value, outside_c.value),
        newest([slope, shift, room_c, outside_c]),
    )


def _room_target_c(answer: Answer, circuit: str) -> Known[float] | None:
    for program in answer.names(f"{circuit}.operating.programs."):
        active = value_of(answer.flag(program))
        demand = value_of(answer.word(program, "demand"))
        room_c = answer.number(program, CELSIUS, key="temperature", within=POSITIVE)
        if active and demand != "cooling" and room_c is not None:
            return room_c
    return None


def _curve_c(slope: float, shift: float, room_c: float, outside_c: float) -> float:
    """Return the supply temperature by Viessmann's heating curve.

    Source: PyViCare, `heat_curve_formular_variant1`. Error: within 0.1 K of what
    three recorded units say themselves; a controller that averages the outside
    temperature differs more.
    """
    colder_k = room_c - outside_c
    steepness = 1.4347 - 0.021 * colder_k + 247.9e-6 * colder_k**2
    return round(room_c + shift + slope * colder_k * steepness, 1)


def _energy_of_year(
    answer: Answer, counters: str, *, years_ago: int = 0
) -> Known[UnitEnergy] | None:
    """Return an energy of the summary, or of the yearly array where there is none."""
    key = _YEARS[years_ago]
    heating_wh, hot_water_wh = (
        answer.number(f"{counters}.summary.{purpose}", WATT_HOURS, key=key)
        or answer.year_wh(f"{counters}.{purpose}", years_ago)
        for purpose in ("heating", "dhw")
    )
    return _energy(heating_wh, hot_water_wh)


def _energy(
    heating_wh: Known[float] | None, hot_water_wh: Known[float] | None
) -> Known[UnitEnergy] | None:
    """Return two energies as one value, as new as the newer one."""
    if heating_wh is None and hot_water_wh is None:
        return None
    energy = UnitEnergy(
        heating_wh=value_of(heating_wh), hot_water_wh=value_of(hot_water_wh)
    )
    return Known(energy, newest([heating_wh, hot_water_wh]))


def _spf(answer: Answer, part: str) -> Known[float] | None:
    """Return the maker's seasonal performance factor; 0 is one not yet calculated.

    Controllers without it, such as a CU401B, have `heating.cop` instead, calculated
    again at midnight.
    """
    names = (f"heating.{name}.{part}" for name in ("spf", "scop", "cop"))
    found = (answer.number(name, COUNT, within=POSITIVE) for name in names)
    return next(filter(None, found), None)


def _backup_heater_hours(answer: Answer) -> Known[float] | None:
    """Return the run hours of the backup heater.

    Older units count its two stages apart. The sum moves when either runs.
    """
    hours = answer.number("heating.heatingRod.statistics", HOURS, key="hours")
    if hours is not None:
        return hours
    stages = (
        answer.number("heating.heatingRod.runtime", HOURS, key=stage)
        for stage in ("levelOne", "levelTwo")
    )
    if not (known := list(filter(None, stages))):
        return None
    return Known(sum(stage.value for stage in known), newest(known))


def _fault_codes(answer: Answer) -> Known[tuple[str, ...]] | None:
    """Return the codes of the active faults.

    Newer units list faults, if at all, among messages about their ordinary
    doings (`S.115`); a fault's code begins with F. The logbook of a CU401B is no
    source: it lists ordinary switching under names of faults, the same
    `Inverter_CPU_error` of a pump in units that have no fault.
    """
    lists = [answer.entries(name) for name in _MESSAGES]
    if not any(lists):
        return None
    codes = tuple(dict.fromkeys(code for code, _ in _fault_messages(answer)))
    return Known(codes, newest(lists))


def _fault_times(answer: Answer) -> dict[str, str]:
    """Return since when each active fault lasts, in local time.

    The units write their wall clock, and a Z behind it that is not true: recorded
    messages are an hour newer than the answer they came in.
    """
    known = (
        (code, _LOCAL_TIME.match(time or "")) for code, time in _fault_messages(answer)
    )
    return {code: f"{time[1]} {time[2]}" for code, time in known if time is not None}


def _fault_messages(answer: Answer) -> Iterator[tuple[str, str | None]]:
    """Yield code and time of each message about a fault."""
    for name in _MESSAGES:
        for entry in map(mapping, value_of(answer.entries(name)) or []):
            code = text(entry.get("errorCode"))
            if code and (name == _FAULTS or code.startswith("F.")):
                yield code, text(entry.get("timestamp"))


def _fault_counts(answer: Answer) -> dict[str, int]:
    return {
        name.removeprefix(_ERROR_COUNTERS).upper(): int(count.value)
        for name in answer.names(_ERROR_COUNTERS)
        if (count := answer.number(name, COUNT)) is not None
    }
