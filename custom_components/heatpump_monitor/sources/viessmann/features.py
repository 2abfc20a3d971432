"""Turn the features of a Viessmann heat pump into a reading.

Which feature a unit has depends on its controller and its age; the names come
from the recorded answers of sixteen heat pumps. A name that was replaced is
listed behind its successor, because some units know only the old one.
"""

from collections.abc import Iterable
from datetime import datetime
import math
from typing import Final

from ...readings import CircuitReading, HeatPumpReading, UnitEnergy
from ..json_values import mapping, text
from ..ranges import Range, Ranges
from .answer import (
    CELSIUS,
    COUNT,
    HOURS,
    LITRES_PER_HOUR,
    WATT_HOURS,
    Answer,
    Known,
    newest,
    value_of,
)
from .compressors import Compressors, burner_on, inverter_power_w
from .parsing import Feature

# What a summary calls a year, and its place in the yearly arrays.
_THIS_YEAR: Final = ("currentYear", 0)
_LAST_YEAR: Final = ("lastYear", 1)

_ANY: Final = Range(-math.inf, math.inf)
_NOT_NEGATIVE: Final = Range(0.0, math.inf)
_POSITIVE: Final = Range(math.ulp(0.0), math.inf)

_ERROR_COUNTERS: Final = "device.messages.errors.counter."


class _Stamps:
    def __init__(self) -> None:
        self.by_field: dict[str, datetime] = {}

    def keep[T](self, field: str, known: Known[T] | None) -> T | None:
        """Return a value, and keep its time stamp under the name of its field."""
        if known is None:
            return None
        if known.stamp is not None:
            self.by_field[field] = known.stamp
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
    compressors = Compressors.read(answer, ranges)
    stamps = _Stamps()
    keep = stamps.keep
    outside_c = answer.temperature("heating.sensors.temperature.outside")
    return HeatPumpReading(
        time=time,
        measured_at=answer.newest,
        outside_c=keep("outside_c", outside_c),
        supply_c=keep(
            "supply_c",
            answer.water_temperature(
                "heating.secondaryCircuit.sensors.temperature.supply"
            ),
        ),
        return_c=keep(
            "return_c",
            answer.water_temperature(
                "heating.secondaryCircuit.sensors.temperature.return",
                "heating.sensors.temperature.return",
            ),
        ),
        source_in_c=keep(
            "source_in_c",
            answer.temperature("heating.primaryCircuit.sensors.temperature.supply"),
        ),
        source_out_c=keep(
            "source_out_c",
            answer.temperature("heating.primaryCircuit.sensors.temperature.return"),
        ),
        buffer_c=keep(
            "buffer_c",
            answer.water_temperature(
                "heating.bufferCylinder.sensors.temperature.main",
                "heating.buffer.sensors.temperature.main",
            ),
        ),
        hot_water_c=keep(
            "hot_water_c",
            answer.water_temperature(
                "heating.dhw.sensors.temperature.dhwCylinder",
                "heating.dhw.sensors.temperature.hotWaterStorage",
            ),
        ),
        circuits=_circuits(answer, stamps, outside_c),
        compressor_on=keep("compressor_on", compressors.on),
        compressor_count=compressors.count,
        compressor_phase=keep("compressor_phase", compressors.phase),
        modulation_pct=keep("modulation_pct", compressors.modulation_pct),
        speed_rps=keep("speed_rps", compressors.speed_rps),
        inverter_w=keep("inverter_w", inverter_power_w(answer, ranges)),
        flow_lph=keep(
            "flow_lph",
            answer.number(
                "heating.sensors.volumetricFlow.allengra",
                LITRES_PER_HOUR,
                within=_NOT_NEGATIVE,
            ),
        ),
        run_hours=keep("run_hours", compressors.run_hours),
        starts=keep("starts", compressors.starts),
        rated_heat_w=keep("rated_heat_w", compressors.rated_heat_w),
        reported_heat_w=keep("reported_heat_w", compressors.reported_heat_w),
        heat=keep("heat", _energy_of_year(answer, "heating.heat.production")),
        heat_last_year=keep(
            "heat_last_year",
            _energy_of_year(answer, "heating.heat.production", _LAST_YEAR),
        ),
        heat_week=keep(
            "heat_week",
            _energy(compressors.heating_week_wh, compressors.hot_water_week_wh),
        ),
        backup_heater_electricity=keep(
            "backup_heater_electricity",
            _energy_of_year(answer, "heating.heatingRod.power.consumption"),
        ),
        spf_total=keep("spf_total", spf_total := _spf(answer, "total")),
        spf_heating=keep("spf_heating", _spf(answer, "heating")),
        spf_hot_water=keep("spf_hot_water", _spf(answer, "dhw")),
        spf_measured_at=None if spf_total is None else spf_total.stamp,
        hot_water_charging=keep("hot_water_charging", _hot_water_charging(answer)),
        circulation_pump_on=keep(
            "circulation_pump_on", answer.switch("heating.dhw.pumps.circulation")
        ),
        defrosting=keep(
            "defrosting", answer.flag("heating.outdoor.defrosting", "active")
        ),
        burner_on=keep("burner_on", burner_on(answer, ranges)),
        backup_heater_hours=keep("backup_heater_hours", _backup_heater_hours(answer)),
        # `heating.heatingRod` itself has a flag `active`, which means no more
        # than that there is a backup heater.
        backup_heater_on=keep(
            "backup_heater_on", answer.flag("heating.heatingRod.status", "overall")
        ),
        valve=keep(
            "valve", answer.word("heating.valves.fourThreeWay.position", "value")
        ),
        operation_state=keep(
            "operation_state",
            answer.word("heating.secondaryCircuit.operation.state", "currentValue"),
        ),
        fault_codes=keep("fault_codes", _fault_codes(answer)),
        fault_counts=_fault_counts(answer),
        stamps=stamps.by_field,
    )


def _circuits(
    answer: Answer, stamps: _Stamps, outside_c: Known[float] | None
) -> tuple[CircuitReading, ...]:
    """Return the enabled circuits; on many units the only one is number 1."""
    enabled = value_of(answer.entries("heating.circuits", "enabled")) or []
    numbers = (text(entry) for entry in enabled)
    return tuple(
        _circuit(answer, stamps, circuit, outside_c)
        for circuit in numbers
        if circuit is not None
    )


def _circuit(
    answer: Answer, stamps: _Stamps, number: str, outside_c: Known[float] | None
) -> CircuitReading:
    """Return one circuit; its time stamps are under `circuits.<number>.<field>`."""
    name = f"heating.circuits.{number}"
    field = f"circuits.{number}"
    return CircuitReading(
        number=number,
        supply_c=stamps.keep(
            f"{field}.supply_c",
            answer.water_temperature(f"{name}.sensors.temperature.supply"),
        ),
        target_supply_c=stamps.keep(
            f"{field}.target_supply_c", _target_supply_c(answer, name, outside_c)
        ),
        pump_on=stamps.keep(
            f"{field}.pump_on", answer.switch(f"{name}.circulation.pump")
        ),
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
    slope = answer.number(f"{circuit}.heating.curve", COUNT, key="slope", within=_ANY)
    shift = answer.number(f"{circuit}.heating.curve", COUNT, key="shift", within=_ANY)
    room_c = _room_target_c(answer, circuit)
    if slope is None or shift is None or room_c is None or outside_c is None:
        return None
    return Known(
        _curve_c(slope.value, shift.value, room_c.value, outside_c.value),
        newest([slope, shift, room_c, outside_c]),
    )


def _room_target_c(answer: Answer, circuit: str) -> Known[float] | None:
    for program in answer.names(f"{circuit}.operating.programs."):
        active = value_of(answer.flag(program, "active"))
        demand = value_of(answer.word(program, "demand"))
        room_c = answer.number(program, CELSIUS, key="temperature", within=_POSITIVE)
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
    answer: Answer, counters: str, year: tuple[str, int] = _THIS_YEAR
) -> Known[UnitEnergy] | None:
    return _energy(
        _year(answer, counters, "heating", year), _year(answer, counters, "dhw", year)
    )


def _energy(
    heating_wh: Known[float] | None, hot_water_wh: Known[float] | None
) -> Known[UnitEnergy] | None:
    """Return two energies as one value, as new as the newer one."""
    known = [energy for energy in (heating_wh, hot_water_wh) if energy is not None]
    if not known:
        return None
    energy = UnitEnergy(
        heating_wh=value_of(heating_wh), hot_water_wh=value_of(hot_water_wh)
    )
    return Known(energy, newest(known))


def _year(
    answer: Answer, counters: str, purpose: str, year: tuple[str, int]
) -> Known[float] | None:
    """Return what was counted in a year.

    Of the summary, or of the yearly array where a unit has no summary.
    """
    key, place = year
    summary = answer.number(
        f"{counters}.summary.{purpose}", WATT_HOURS, key=key, within=_NOT_NEGATIVE
    )
    if summary is not None:
        return summary
    return answer.of_year(
        f"{counters}.{purpose}", WATT_HOURS, place=place, within=_NOT_NEGATIVE
    )


def _spf(answer: Answer, part: str) -> Known[float] | None:
    """Return the maker's seasonal performance factor; 0 is one not yet calculated.

    Controllers without it, such as a CU401B, have `heating.cop` instead, calculated
    again at midnight.
    """
    for name in ("spf", "scop", "cop"):
        known = answer.number(f"heating.{name}.{part}", COUNT, within=_POSITIVE)
        if known is not None:
            return known
    return None


def _hot_water_charging(answer: Answer) -> Known[bool] | None:
    """Return whether hot water is charged: by the flag, else by the cylinder's pump."""
    charging = answer.flag("heating.dhw.charging", "active")
    return answer.switch("heating.dhw.pumps.primary") if charging is None else charging


def _backup_heater_hours(answer: Answer) -> Known[float] | None:
    """Return the run hours of the backup heater.

    Older units count its two stages apart. The sum moves when either runs.
    """
    hours = answer.number(
        "heating.heatingRod.statistics", HOURS, key="hours", within=_NOT_NEGATIVE
    )
    if hours is not None:
        return hours
    stages = [
        answer.number(
            "heating.heatingRod.runtime", HOURS, key=stage, within=_NOT_NEGATIVE
        )
        for stage in ("levelOne", "levelTwo")
    ]
    known = [stage for stage in stages if stage is not None]
    if not known:
        return None
    return Known(sum(stage.value for stage in known), newest(known))


def _fault_codes(answer: Answer) -> Known[tuple[str, ...]] | None:
    """Return the codes of the active faults.

    Newer units list faults, if at all, among messages about their ordinary
    doings (`S.115`); a fault's code begins with F. The logbook of a CU401B is no
    source: it lists ordinary switching under names of faults, the same
    `Inverter_CPU_error` of a pump in units that have no fault.
    """
    faults = answer.entries("device.messages.errors.raw", "entries")
    states = answer.entries("device.messages.status.raw", "entries")
    lists = [entries for entries in (faults, states) if entries is not None]
    if not lists:
        return None
    codes = _codes(value_of(faults) or []) + [
        code for code in _codes(value_of(states) or []) if code.startswith("F.")
    ]
    return Known(tuple(dict.fromkeys(codes)), newest(lists))


def _codes(messages: Iterable[object]) -> list[str]:
    codes = (text(mapping(message).get("errorCode")) for message in messages)
    return [code for code in codes if code is not None]


def _fault_counts(answer: Answer) -> dict[str, int]:
    counts = {
        name.removeprefix(_ERROR_COUNTERS).upper(): value_of(
            answer.number(name, COUNT, within=_NOT_NEGATIVE)
        )
        for name in answer.names(_ERROR_COUNTERS)
    }
    return {code: int(count) for code, count in counts.items() if count is not None}
