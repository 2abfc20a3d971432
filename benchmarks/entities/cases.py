"""The ways by which the same month is told, and what is to be reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from benchmarks.drawn_cases import START, Case, Limits
from benchmarks.drawn_cloud import Delivery, Thresholds
from benchmarks.drawn_plant import HOUR_S, DrawnPlant
from custom_components.heatpump_monitor.performance.plant import Plant, SourceKind

from .home import Troubles
from .senders import Sender, energy, flag, flow, modulation, power, temperature

_DAYS = 30
_SEASONS = (15, 288)
_DELAY_S = 300.0
_RESTART_HOURS = (31.3, 47.1, 80.9, 81.2, 140.6, 200.4, 299.7, 333.3, 480.5, 602.2)
# As close as that are the ways to each other.
_SAME_PCT = 0.5
_WITH_MODULATION_PCT = 1.8
_WITH_FLOW_PCT = 1.5
# Sampled power alone misses what is between two samples.
_POWER_ALONE_PCT = 1.0


class Way(StrEnum):
    """By which way something is told."""

    DIRECT = "direct"
    LOCAL = "local"
    """An integration that talks to the unit itself, or MQTT."""
    EVERY_MINUTE = "every_minute"
    """A local integration that asks once a minute, with a coarse flow."""
    HEAT_METER = "heat_meter"
    HEAT_METER_1_KWH = "heat_meter_1_kwh"
    VICARE_60 = "vicare_60"
    VICARE_300 = "vicare_300"


class MeterWay(StrEnum):
    """By which way the electricity is told."""

    DIRECT = "direct"
    FINE = "fine"
    """0.01 kWh each minute, power whenever it changes."""
    COARSE = "coarse"
    """0.1 kWh every 5 min, and no power."""
    WHOLE_KWH = "whole_kwh"
    """1 kWh whenever it changes, power every 30 s."""
    POWER = "power"
    """Power every 30 s alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EntityCase:
    """A case and the ways by which it is told."""

    case: Case
    heat_pump: Way
    meter: MeterWay
    troubles: bool = False

    def heat_pump_senders(self) -> list[Sender]:
        """Return what is written of the heat pump."""
        source = self.case.plant.source
        match self.heat_pump:
            case Way.DIRECT:
                return []
            case Way.LOCAL:
                return _local(source)
            case Way.EVERY_MINUTE:
                return _every_minute(source)
            case Way.HEAT_METER:
                return [
                    *_common(source),
                    energy("heat_meter_wh", 300, 0.1, pushed=False),
                ]
            case Way.HEAT_METER_1_KWH:
                return [*_common(source), energy("heat_meter_wh", 60, 1.0, pushed=True)]
            case Way.VICARE_60:
                return _vicare(source, 60)
            case Way.VICARE_300:
                return _vicare(source, 300)

    def meter_senders(self) -> list[Sender]:
        """Return what is written of the meter."""
        match self.meter:
            case MeterWay.DIRECT:
                return []
            case MeterWay.FINE:
                return [
                    energy("energy_wh", 60, 0.01, pushed=True),
                    power(10, pushed=True),
                ]
            case MeterWay.COARSE:
                return [energy("energy_wh", 300, 0.1, pushed=False)]
            case MeterWay.WHOLE_KWH:
                return [
                    energy("energy_wh", 60, 1.0, pushed=True),
                    power(30, pushed=False),
                ]
            case MeterWay.POWER:
                return [power(30, pushed=False)]

    @property
    def restarts(self) -> tuple[float, ...]:
        """Return when Home Assistant goes down."""
        hours = _RESTART_HOURS if self.troubles else ()
        return tuple(_at_hour(hour) for hour in hours if hour < self.case.days * 24)

    def heat_pump_troubles(self) -> Troubles:
        """Return what becomes of the entities of the heat pump."""
        if not self.troubles:
            return Troubles()
        brine = self.case.plant.source is SourceKind.BRINE
        return Troubles(
            away=(_window(107, 5), _window(400, 3), _window(401, 0.2)),
            resets={"heat_meter_wh": _at_hour(300)},
            renamed={"supply_c": _at_hour(250), "compressor_on": _at_hour(251)},
            removed={"modulation_pct" if brine else "return_c": _window(430, 24)},
        )

    def meter_troubles(self) -> Troubles:
        """Return what becomes of the entities of the meter."""
        if not self.troubles:
            return Troubles()
        return Troubles(
            away=(_window(170, 4), _window(520, 0.1)),
            resets={"energy_wh": _at_hour(280)},
            renamed={"energy_wh": _at_hour(260), "power_w": _at_hour(340)},
            removed={"power_w": _window(560, 24)},
        )


def entity_cases(source: SourceKind) -> list[EntityCase]:
    """Return all ways of a kind of heat pump; the first is that without entities."""
    return [*_without_delay(source), *_with_delay(source)]


def matching(ways: Sequence[EntityCase], name: str) -> list[EntityCase]:
    """Return the ways whose name has a text, and what they are compared with."""
    asked = [way for way in ways if name in way.case.name]
    bases = {way.case.compared_with for way in asked}
    return [way for way in ways if way in asked or way.case.name in bases]


def _without_delay(source: SourceKind) -> Iterator[EntityCase]:
    at_once = Delivery(
        has_heat_counters=False,
        thresholds=Thresholds(water_k=0.1, air_k=0.1, flow_lph=1.0),
    )
    base = _case("direct", source, at_once)
    yield EntityCase(case=base, heat_pump=Way.DIRECT, meter=MeterWay.DIRECT)
    limits = replace(base.limits, moved_pct=_SAME_PCT)
    for name, heat_pump, meter in (
        ("entities", Way.LOCAL, MeterWay.FINE),
        ("meter by entities", Way.DIRECT, MeterWay.FINE),
        ("heat pump by entities", Way.LOCAL, MeterWay.DIRECT),
        ("entities once a minute", Way.EVERY_MINUTE, MeterWay.FINE),
        ("entities, 1 kWh and power", Way.LOCAL, MeterWay.WHOLE_KWH),
        ("entities, 0.1 kWh without power", Way.LOCAL, MeterWay.COARSE),
        ("entities, power alone", Way.LOCAL, MeterWay.POWER),
        ("heat meter of 0.1 kWh", Way.HEAT_METER, MeterWay.FINE),
        ("heat meter of 1 kWh", Way.HEAT_METER_1_KWH, MeterWay.WHOLE_KWH),
    ):
        yield _way(base, name, heat_pump, meter, limits)
    for name, heat_pump, meter in (
        ("entities, troubles", Way.LOCAL, MeterWay.FINE),
        ("meter by entities, troubles", Way.DIRECT, MeterWay.FINE),
        ("heat pump by entities, troubles", Way.LOCAL, MeterWay.DIRECT),
    ):
        yield replace(_way(base, name, heat_pump, meter, limits), troubles=True)


def _with_delay(source: SourceKind) -> Iterator[EntityCase]:
    late = Delivery(max_delay_s=_DELAY_S, arrival_stamps=True, has_heat_counters=False)
    base = _case("cloud: direct", source, late)
    for name, heat_pump, meter in (
        ("cloud: direct", Way.DIRECT, MeterWay.DIRECT),
        ("cloud: direct, meter by entities", Way.DIRECT, MeterWay.FINE),
        ("cloud: ViCare every 60 s", Way.VICARE_60, MeterWay.FINE),
        ("cloud: ViCare every 5 min", Way.VICARE_300, MeterWay.FINE),
        ("cloud: ViCare every 60 s, meter direct", Way.VICARE_60, MeterWay.DIRECT),
        ("cloud: ViCare every 5 min, meter direct", Way.VICARE_300, MeterWay.DIRECT),
    ):
        yield _way(base, name, heat_pump, meter, base.limits)
    name = "cloud: ViCare every 60 s, troubles"
    case = _way(base, name, Way.VICARE_60, MeterWay.FINE, base.limits)
    yield replace(case, troubles=True)


def _case(name: str, source: SourceKind, delivery: Delivery) -> Case:
    plant = DrawnPlant(source=source, inverter=True, charges_a_day=3.0)
    brine = source is SourceKind.BRINE
    jaz_pct = _WITH_MODULATION_PCT if brine else _WITH_FLOW_PCT
    return Case(
        name=name,
        plant=plant,
        delivery=delivery,
        limits=Limits(jaz_pct=jaz_pct, mode_cop_pct=None, mode_electricity_pct=None),
        days=_DAYS,
        seasons=_SEASONS,
        # Entities need not tell the rated power: the owner does.
        owner=Plant(source=source, rated_heat_w=plant.stated_heat_w if brine else None),
    )


def _way(
    base: Case, name: str, heat_pump: Way, meter: MeterWay, limits: Limits
) -> EntityCase:
    if meter is MeterWay.POWER:
        limits = replace(limits, electricity_pct=_POWER_ALONE_PCT)
    compared_with = None if limits.moved_pct is None else base.name
    case = replace(base, name=name, limits=limits, compared_with=compared_with)
    return EntityCase(case=case, heat_pump=heat_pump, meter=meter)


def _common(source: SourceKind) -> list[Sender]:
    senders = [
        temperature("supply_c", 10, only_changes=True),
        temperature("return_c", 10, only_changes=True),
        flag("compressor_on", 10),
        Sender(field="mode", every_s=10, only_changes=True),
        temperature("outside_c", 60),
        temperature("hot_water_c", 60),
    ]
    if source is SourceKind.BRINE:
        senders += [temperature("source_in_c", 30), temperature("source_out_c", 30)]
    return senders


def _local(source: SourceKind) -> list[Sender]:
    is_brine = source is SourceKind.BRINE
    return [*_common(source), modulation(30) if is_brine else flow(30, 0.1)]


def _every_minute(source: SourceKind) -> list[Sender]:
    is_brine = source is SourceKind.BRINE
    senders = [*_common(source), modulation(60) if is_brine else flow(60, 1.0)]
    return [replace(each, every_s=60.0, only_changes=False) for each in senders]


def _vicare(source: SourceKind, every_s: float) -> list[Sender]:
    """Return what ViCare writes: it asks for all at once, and writes each poll."""
    senders = [
        temperature("supply_c", every_s),
        temperature("return_c", every_s),
        flag("compressor_on", every_s, only_changes=False),
        flag("hot_water_charging", every_s, only_changes=False),
        temperature("outside_c", every_s),
    ]
    if source is SourceKind.BRINE:
        return [
            *senders,
            temperature("source_in_c", every_s),
            temperature("source_out_c", every_s),
            modulation(every_s),
        ]
    return [
        *senders,
        temperature("hot_water_c", every_s),
        flow(every_s, 0.01),
        Sender(field="compressor_phase", every_s=every_s),
    ]


def _at_hour(hour: float) -> float:
    return START.timestamp() + hour * HOUR_S


def _window(hour: float, hours: float) -> tuple[float, float]:
    return _at_hour(hour), _at_hour(hour + hours)
