"""What a Viessmann heat pump says: from features to a reading.

Which feature a unit has depends on its controller and its age; the names come
from the recorded answers of sixteen heat pumps. A name that was replaced is
listed behind its successor, because some units know only the old one.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
import math
from typing import Final

from ..performance.readings import CircuitReading, HeatPumpReading, UnitEnergy
from .json_values import mapping, number, sequence, text
from .ranges import Range, Ranges
from .viessmann_json import Feature, Property

# Factors from the unit an answer names to the unit of the reading. What is
# not listed is not understood, and so not known: one and the same answer may
# give heat in watt and electricity in kilowatt.
_CELSIUS: Final = {"celsius": 1.0}
_COUNT: Final = {"": 1.0}
_HOURS: Final = {"hour": 1.0, "": 1.0, "seconds": 1 / 3600}
_LITRES_PER_HOUR: Final = {
    "liter/hour": 1.0,
    # Older answers leave out the time; the figure is the same.
    "liter": 1.0,
}
_PERCENT: Final = {"percent": 1.0}
_REVOLUTIONS_PER_SECOND: Final = {"revolutionspersecond": 1.0}
_WATT: Final = {"watt": 1.0, "kilowatt": 1000.0}
_WATT_HOURS: Final = {"watthour": 1.0, "kilowatthour": 1000.0}

# What a summary calls a year, and its place in the yearly arrays.
_THIS_YEAR: Final = ("currentYear", 0)
_LAST_YEAR: Final = ("lastYear", 1)

_NOT_NEGATIVE: Final = Range(0.0, math.inf)
_POSITIVE: Final = Range(math.ulp(0.0), math.inf)


def heat_pump_reading(
    features: Iterable[Feature], *, time: datetime, ranges: Ranges
) -> HeatPumpReading:
    """Return what the features of one heat pump say.

    Args:
        features: All features of the heat pump, of one answer.
        time: When the answer was asked for, aware and in UTC.
        ranges: What a value may be; outside of it, it is not known.
    """
    features = tuple(features)
    answer = _Answer(features, ranges)
    compressor = "heating.compressors.0"
    return HeatPumpReading(
        time=time,
        measured_at=_newest(features),
        outside_c=answer.temperature("heating.sensors.temperature.outside"),
        supply_c=answer.water_temperature(
            "heating.secondaryCircuit.sensors.temperature.supply"
        ),
        return_c=answer.water_temperature(
            "heating.secondaryCircuit.sensors.temperature.return",
            "heating.sensors.temperature.return",
        ),
        source_in_c=answer.temperature(
            "heating.primaryCircuit.sensors.temperature.supply"
        ),
        source_out_c=answer.temperature(
            "heating.primaryCircuit.sensors.temperature.return"
        ),
        buffer_c=answer.water_temperature(
            "heating.bufferCylinder.sensors.temperature.main",
            "heating.buffer.sensors.temperature.main",
        ),
        hot_water_c=answer.water_temperature(
            "heating.dhw.sensors.temperature.dhwCylinder",
            "heating.dhw.sensors.temperature.hotWaterStorage",
        ),
        circuits=_circuits(answer),
        compressor_on=answer.flag(compressor, "active"),
        compressor_phase=answer.word(compressor, "phase"),
        modulation_pct=answer.number(
            f"{compressor}.sensors.power", _PERCENT, within=ranges.modulation_pct
        ),
        speed_rps=answer.number(
            f"{compressor}.speed.current",
            _REVOLUTIONS_PER_SECOND,
            within=_NOT_NEGATIVE,
        ),
        inverter_w=answer.number(
            "heating.inverters.0.sensors.power.output", _WATT, within=ranges.power_w
        ),
        flow_lph=answer.number(
            "heating.sensors.volumetricFlow.allengra",
            _LITRES_PER_HOUR,
            within=_NOT_NEGATIVE,
        ),
        run_hours=answer.number(
            f"{compressor}.statistics", _HOURS, key="hours", within=_NOT_NEGATIVE
        ),
        starts=answer.number(
            f"{compressor}.statistics", _COUNT, key="starts", within=_NOT_NEGATIVE
        ),
        rated_heat_w=answer.number(f"{compressor}.power", _WATT, within=_POSITIVE),
        reported_heat_w=answer.number(
            f"{compressor}.heat.production.current", _WATT, within=ranges.power_w
        ),
        heat=_energy(answer, "heating.heat.production"),
        heat_last_year=_energy(answer, "heating.heat.production", _LAST_YEAR),
        rod_electricity=_energy(answer, "heating.heatingRod.power.consumption"),
        spf_total=_spf(answer, "total"),
        spf_heating=_spf(answer, "heating"),
        spf_hot_water=_spf(answer, "dhw"),
        spf_measured_at=answer.changed_at("heating.spf.total", "heating.scop.total"),
        hot_water_charging=_hot_water_charging(answer),
        circulation_pump_on=answer.switch("heating.dhw.pumps.circulation"),
        defrosting=answer.flag("heating.outdoor.defrosting", "active"),
        rod_hours=_rod_hours(answer),
        # `heating.heatingRod` itself has a flag `active`, which means no more
        # than that there is a rod.
        rod_on=answer.flag("heating.heatingRod.status", "overall"),
        valve=answer.word("heating.valves.fourThreeWay.position", "value"),
        operation_state=answer.word(
            "heating.secondaryCircuit.operation.state", "currentValue"
        ),
        fault_codes=_fault_codes(answer),
    )


class _Answer:
    """The usable features of one answer, by name."""

    def __init__(self, features: Iterable[Feature], ranges: Ranges) -> None:
        self._features = {
            feature.name: feature
            for feature in features
            if feature.enabled and feature.properties
        }
        self._temperature_c = ranges.temperature_c

    def find(self, name: str, key: str) -> Property | None:
        """Return a property, if its sensor is there."""
        feature = self._features.get(name)
        if feature is None or not feature.connected:
            return None
        return feature.properties.get(key)

    def number(
        self,
        name: str,
        units: Mapping[str, float],
        *,
        key: str = "value",
        within: Range,
    ) -> float | None:
        """Return a number in the reading's unit."""
        if (found := self.find(name, key)) is None:
            return None
        return within.keep(_scaled(found.value, units.get(found.unit)))

    def temperature(self, *names: str) -> float | None:
        """Return the first temperature there is under one of these names."""
        for name in names:
            value = self.number(name, _CELSIUS, within=self._temperature_c)
            if value is not None:
                return value
        return None

    def water_temperature(self, *names: str) -> float | None:
        """Return the first temperature of water there is under one of these names.

        Exactly 0 °C is what controllers send for a sensor without a value, even
        with the status `connected`. Air and brine may have 0 °C; water in a
        heating system does not, it is kept from freezing at 5 °C and more.
        """
        for name in names:
            if value := self.temperature(name):
                return value
        return None

    def flag(self, name: str, key: str) -> bool | None:
        """Return a truth value."""
        found = self.find(name, key)
        if found is None or not isinstance(found.value, bool):
            return None
        return found.value

    def word(self, name: str, key: str) -> str | None:
        """Return a word of the controller, in lower case."""
        found = self.find(name, key)
        known = None if found is None else text(found.value)
        return None if known is None else known.lower()

    def switch(self, name: str) -> bool | None:
        """Return whether a pump is on; its `status` is its value."""
        feature = self._features.get(name)
        status = None if feature is None else feature.properties.get("status")
        return (
            None
            if status is None
            else {"on": True, "off": False}.get(text(status.value) or "")
        )

    def changed_at(self, *names: str) -> datetime | None:
        """Return when the first feature there is under these names last changed."""
        for name in names:
            if (feature := self._features.get(name)) is not None:
                return feature.timestamp
        return None

    def entries(self, name: str, key: str) -> list[object] | None:
        """Return an array, or None if there is none."""
        found = self.find(name, key)
        if found is None or not isinstance(found.value, list):
            return None
        return found.value


def _scaled(value: object, factor: float | None) -> float | None:
    """Return a number in the reading's unit, free of the noise of the wire.

    Energies come as 875.0999999999999 and as 875.1 of the same state.
    """
    known = number(value)
    if known is None or factor is None:
        return None
    return round(known * factor, 6)


def _newest(features: Iterable[Feature]) -> datetime | None:
    """Return the newest time stamp of the features.

    Each tells when its feature last changed. Those inside messages are no use:
    they are local time that claims to be UTC.
    """
    stamps = (feature.timestamp for feature in features)
    return max((stamp for stamp in stamps if stamp is not None), default=None)


def _circuits(answer: _Answer) -> tuple[CircuitReading, ...]:
    """Return the enabled circuits; on many units the only one is number 1."""
    enabled = answer.entries("heating.circuits", "enabled") or []
    numbers = (text(entry) for entry in enabled)
    return tuple(
        CircuitReading(
            number=circuit,
            supply_c=answer.water_temperature(
                f"heating.circuits.{circuit}.sensors.temperature.supply"
            ),
            pump_on=answer.switch(f"heating.circuits.{circuit}.circulation.pump"),
        )
        for circuit in numbers
        if circuit is not None
    )


def _energy(
    answer: _Answer, counters: str, year: tuple[str, int] = _THIS_YEAR
) -> UnitEnergy | None:
    """Return the energies of a year under `counters`, if there are any."""
    energy = UnitEnergy(
        heating_wh=_energy_of(answer, counters, "heating", year),
        hot_water_wh=_energy_of(answer, counters, "dhw", year),
    )
    return None if energy == UnitEnergy() else energy


def _energy_of(
    answer: _Answer, counters: str, purpose: str, year: tuple[str, int]
) -> float | None:
    """Return what was counted in a year.

    Of the summary, or of the yearly array where a unit has no summary.
    """
    key, place = year
    summary = answer.number(
        f"{counters}.summary.{purpose}", _WATT_HOURS, key=key, within=_NOT_NEGATIVE
    )
    if summary is not None:
        return summary
    years = answer.find(f"{counters}.{purpose}", "year")
    if years is None or len(values := sequence(years.value)) <= place:
        return None
    return _NOT_NEGATIVE.keep(_scaled(values[place], _WATT_HOURS.get(years.unit)))


def _spf(answer: _Answer, part: str) -> float | None:
    """Return the maker's seasonal performance factor; 0 is one not yet reckoned."""
    for name in (f"heating.spf.{part}", f"heating.scop.{part}"):
        value = answer.number(name, _COUNT, within=_POSITIVE)
        if value is not None:
            return value
    return None


def _hot_water_charging(answer: _Answer) -> bool | None:
    """Return whether hot water is charged: by the flag, else by the cylinder's pump."""
    charging = answer.flag("heating.dhw.charging", "active")
    return answer.switch("heating.dhw.pumps.primary") if charging is None else charging


def _rod_hours(answer: _Answer) -> float | None:
    """Return the run hours of the heating rod.

    Older units count its two stages apart. The sum moves when either runs.
    """
    hours = answer.number(
        "heating.heatingRod.statistics", _HOURS, key="hours", within=_NOT_NEGATIVE
    )
    if hours is not None:
        return hours
    stages = [
        answer.number(
            "heating.heatingRod.runtime", _HOURS, key=stage, within=_NOT_NEGATIVE
        )
        for stage in ("levelOne", "levelTwo")
    ]
    known = [stage for stage in stages if stage is not None]
    return sum(known) if known else None


def _fault_codes(answer: _Answer) -> tuple[str, ...] | None:
    """Return the codes of the active faults.

    Newer units list faults, if at all, among messages about their ordinary
    doings (`S.115`); a fault's code begins with F.
    """
    faults = answer.entries("device.messages.errors.raw", "entries")
    states = answer.entries("device.messages.status.raw", "entries")
    if faults is None and states is None:
        return None
    codes = _codes(faults or []) + [
        code for code in _codes(states or []) if code.startswith("F.")
    ]
    return tuple(dict.fromkeys(codes))


def _codes(messages: Iterable[object]) -> list[str]:
    codes = (text(mapping(message).get("errorCode")) for message in messages)
    return [code for code in codes if code is not None]
