"""Drawn plants and what their clouds do to them, with what is to be reached."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

from custom_components.heatpump_monitor.performance.plant import (
    CapacityPoint,
    HeatMethod,
    Plant,
    SourceKind,
)

from .drawn_cloud import Delivery, Thresholds, Window
from .drawn_plant import DAY_S, HOUR_S, DrawnPlant

START = datetime(2026, 1, 5, tzinfo=UTC)
# Winter, spring, summer and autumn.
FOUR_SEASONS = (15, 105, 195, 288)
_SUMMER = 170
_SHORT_RUN_MIN = 10.0
_SHORT_CHARGE_MIN = 20.0
_DELAY_S = 300.0
_CLOCK_AHEAD_S = 120.0
_STUCK_EVERY_DAYS = 10
# From the late morning on, so that 3 h meet a running heat pump in winter.
_STUCK_FROM_H = 10.0
_LENGTHS_MIN = ((10.0, 20.0), (25.0, 45.0), (60.0, 90.0))
_DRAWN_PLANTS = 4
# Where data sheets of brine units state the capacity.
_DATA_SHEET_C = ((0.0, 35.0), (0.0, 55.0), (10.0, 35.0))


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """By how many percent a figure may be off; None shows it without a limit."""

    jaz_pct: float | None
    mode_cop_pct: float | None
    """Of heating and hot water, over the whole time."""
    windows_pct: float | None = None
    """Of hot water in 95 % of the windows of 60 charges."""
    mode_electricity_pct: float | None = 0.5
    """Of any mode; None where a part of the time cannot be paired."""
    electricity_pct: float = 0.1
    moved_pct: float | None = None
    """By how much the JAZ may differ from that of the case it is compared with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A plant, its cloud, and what is to be reached."""

    name: str
    plant: DrawnPlant
    delivery: Delivery
    limits: Limits
    days: int = 40
    seasons: tuple[int, ...] = FOUR_SEASONS
    seed: int = 1
    owner: Plant | None = None
    """What the owner entered; None is the kind of source only."""
    extra_polls: bool = False
    """Whether the cloud is asked every minute after the meter sees a start."""
    compared_with: str | None = None
    """The name of the same case with nothing stuck."""

    @property
    def by_flow(self) -> bool:
        """Return whether the heat is known by flow or heat counters."""
        return self.plant.source is SourceKind.AIR


def cases(source: SourceKind) -> list[Case]:
    """Return the cases of a kind of heat pump, those of the same plant in a row."""
    found = _brine_cases() if source is SourceKind.BRINE else _air_cases()
    return list(found)


def drawn_plant(source: SourceKind, random: Random) -> DrawnPlant:
    """Return a plant whose start, slopes and habits differ from what we assume.

    The slopes spread as on measured maps: 92 brine and 8 air units.
    """
    is_air = source is SourceKind.AIR
    return DrawnPlant(
        source=source,
        inverter=is_air or random.random() < 0.5,
        rated_heat_w=round(random.uniform(5000.0, 14_000.0), -2),
        source_slope_per_k=(
            random.gauss(0.026, 0.0045) if is_air else random.uniform(0.0235, 0.032)
        ),
        supply_slope_per_k=(
            random.gauss(-0.0017, 0.0046) if is_air else random.uniform(-0.0068, -0.003)
        ),
        theta_s=random.uniform(5.0, 60.0),
        brine_c=random.uniform(0.0, 12.0),
        carnot_share=random.uniform(0.44, 0.54),
        standby_w=random.uniform(8.0, 25.0),
        circulation_pump_w=random.uniform(20.0, 70.0),
        after_run_s=random.uniform(120.0, 300.0),
        run_min=random.uniform(12.0, 60.0),
        charge_min=random.uniform(25.0, 90.0),
        charges_a_day=random.uniform(1.0, 3.0),
        delta_t_k=random.uniform(5.0, 8.0),
        sensor_tau_s=random.uniform(10.0, 40.0),
    )


def drawn_delivery(random: Random) -> Delivery:
    """Return a cloud with thresholds and delays of its own."""
    return Delivery(
        max_delay_s=random.uniform(30.0, _DELAY_S),
        common_delay=random.random() < 0.3,
        thresholds=Thresholds(
            water_k=random.uniform(0.1, 1.0),
            air_k=random.uniform(0.1, 1.0),
            flow_lph=random.uniform(5.0, 20.0),
            modulation_pct=random.choice((1.0, 2.0, 5.0)),
        ),
        seed=random.randrange(1_000_000),
    )


def data_sheet(plant: DrawnPlant) -> tuple[CapacityPoint, ...]:
    """Return what the data sheet says, in steps of 100 W and for the mean unit."""
    rated_w = plant.rated_heat_w * (1 + plant.rated_error)
    return tuple(
        CapacityPoint(
            source_c, supply_c, round(rated_w * plant.capacity(source_c, supply_c), -2)
        )
        for source_c, supply_c in _DATA_SHEET_C
    )


def _brine_cases() -> Iterator[Case]:
    late = Delivery(max_delay_s=_DELAY_S)
    for run_min, charge_min in _LENGTHS_MIN:
        plant = DrawnPlant(
            source=SourceKind.BRINE, run_min=run_min, charge_min=charge_min
        )
        yield from _delays(plant, late)
        if run_min == 25.0:
            yield from _stuck(plant, late)
    brine = DrawnPlant(source=SourceKind.BRINE)
    yield _case("20-min charges", replace(brine, charge_min=20.0), late)
    for run_min, charge_min in _LENGTHS_MIN[:2]:
        plant = replace(brine, inverter=True, run_min=run_min, charge_min=charge_min)
        yield _case(f"inverter, {run_min:.0f}-min runs", plant, late)
    for brine_c in (8.0, 12.0):
        plant = replace(brine, brine_c=brine_c)
        yield _case(f"source of {brine_c:.0f} °C", plant, late)
    yield from _brine_flow(brine, late)
    yield _case("two compressors", replace(brine, compressors=2), late)
    yield _case("cooling", replace(brine, cools=True), late, seasons=(_SUMMER,))
    yield _case("backup heater on its own", _with_backup_heater(brine), late)
    yield from _drawn(SourceKind.BRINE)
    yield _quiet(_with_backup_heater(brine), late)


def _air_cases() -> Iterator[Case]:
    late = Delivery(max_delay_s=_DELAY_S, has_heat_counters=False)
    for run_min, charge_min in _LENGTHS_MIN:
        plant = DrawnPlant(
            source=SourceKind.AIR,
            inverter=True,
            run_min=run_min,
            charge_min=charge_min,
            # A window of 60 charges is 15 days.
            charges_a_day=4.0,
        )
        yield from _delays(plant, late)
        if run_min == _SHORT_RUN_MIN:
            name = "10-min runs, delay per feature, extra readings"
            yield replace(_case(name, plant, late), extra_polls=True)
        if run_min == 25.0:
            yield from _stuck(plant, late)
    air = DrawnPlant(source=SourceKind.AIR, inverter=True, charges_a_day=4.0)
    yield _case("20-min charges", replace(air, charge_min=20.0), late)
    yield from _counters(air, late)
    cooling = replace(air, cools=True)
    counting = replace(late, has_heat_counters=True)
    yield _case("cooling, flow", cooling, late, seasons=(_SUMMER,))
    yield _case("cooling, flow and counters", cooling, counting, seasons=(_SUMMER,))
    hybrid = _case("hybrid", replace(air, burner_w=12_000.0), late, seasons=(15,))
    # What it draws beside the burner is not paired.
    yield replace(hybrid, limits=replace(hybrid.limits, mode_electricity_pct=None))
    yield _case("backup heater on its own", _with_backup_heater(air), late)
    yield from _drawn(SourceKind.AIR)
    yield _quiet(_with_backup_heater(air), late)


def _delays(plant: DrawnPlant, late: Delivery) -> Iterator[Case]:
    """Yield one plant with each kind of delay and of time stamp."""
    runs = f"{plant.run_min:.0f}-min runs"
    for name, delivery in (
        ("no delay", replace(late, max_delay_s=0.0)),
        ("delay per feature", late),
        ("common delay", replace(late, common_delay=True)),
        ("arrival stamps", replace(late, arrival_stamps=True)),
    ):
        yield _case(f"{runs}, {name}", plant, delivery)


def _stuck(plant: DrawnPlant, late: Delivery) -> Iterator[Case]:
    """Yield the plant of 25-min runs with answers that are stuck once in ten days."""
    base = _case("25-min runs, delay per feature", plant, late)
    moved_pct = 1.0 if base.by_flow else 0.5
    limits = replace(base.limits, moved_pct=moved_pct, mode_electricity_pct=None)
    for hours in (3.0, 12.0, 24.0):
        yield replace(
            base,
            name=f"answers stuck for {hours:.0f} h",
            delivery=replace(late, stuck=tuple(_windows(base.days, hours))),
            limits=limits,
            compared_with=base.name,
        )
    ahead = replace(late, clock_offset_s=_CLOCK_AHEAD_S)
    yield replace(base, name="clock of the unit 2 min ahead", delivery=ahead)
    window = next(_windows(base.days, 24.0))
    for field, name in (("supply_c", "supply"), ("compressor_on", "compressor")):
        yield replace(
            base,
            name=f"{name} frozen for 24 h",
            delivery=replace(late, frozen={field: window}),
            limits=limits,
            compared_with=base.name,
        )


def _windows(days: int, hours: float) -> Iterator[Window]:
    for day in range(_STUCK_EVERY_DAYS // 2, days, _STUCK_EVERY_DAYS):
        begin_s = START.timestamp() + day * DAY_S + _STUCK_FROM_H * HOUR_S
        yield begin_s, begin_s + hours * HOUR_S


def _counters(air: DrawnPlant, late: Delivery) -> Iterator[Case]:
    """Yield heat counters that come late, beside the flow and alone."""
    for minutes in (0, 30, 60):
        delivery = replace(
            late, has_heat_counters=True, counters_every_s=minutes * 60.0
        )
        when = f"every {minutes} min" if minutes else "at once"
        yield _case(f"flow, counters {when}", air, delivery)
        alone = replace(delivery, has_flow=False)
        case = _case(f"counters only, {when}", air, alone)
        # Nobody knows which mode made which part of a step.
        jaz_only = replace(
            case.limits,
            mode_cop_pct=None,
            windows_pct=None,
            mode_electricity_pct=None,
        )
        yield replace(case, limits=jaz_only)


def _brine_flow(brine: DrawnPlant, late: Delivery) -> Iterator[Case]:
    """Yield a brine unit whose owner knows the brine flow."""
    owner = Plant(source=SourceKind.BRINE, brine_flow_lph=brine.brine_flow_lph)
    case = _case("brine flow known", brine, late)
    yield replace(case, owner=owner)
    # A part of the time is not paired by it.
    limits = replace(case.limits, mode_electricity_pct=None)
    owner = replace(owner, heat_method=HeatMethod.SOURCE_BALANCE)
    yield replace(case, name="source balance only", owner=owner, limits=limits)


def _drawn(source: SourceKind) -> Iterator[Case]:
    """Yield plants that differ from what the code assumes."""
    for number in range(1, _DRAWN_PLANTS + 1):
        random = Random(f"{source} {number}")
        plant = drawn_plant(source, random)
        delivery = replace(drawn_delivery(random), has_heat_counters=False)
        case = _case(f"drawn plant {number}", plant, delivery, as_assumed=False)
        yield case
        if source is SourceKind.BRINE:
            owner = Plant(source=source, capacity_points=data_sheet(plant))
            yield replace(case, name=f"{case.name}, data sheet", owner=owner)


def _with_backup_heater(plant: DrawnPlant) -> DrawnPlant:
    return replace(plant, backup_heater_w=3000.0)


def _quiet(plant: DrawnPlant, late: Delivery) -> Case:
    """Return a summer in which nothing but hot water is made."""
    plant = replace(plant, charges_a_day=1.0)
    case = _case("100 quiet days", plant, late, days=100, seasons=(_SUMMER - 20,))
    # A single charge a day and standby: no JAZ of a year to be held against.
    return replace(case, limits=Limits(jaz_pct=None, mode_cop_pct=None))


def _case(
    name: str,
    plant: DrawnPlant,
    delivery: Delivery,
    *,
    days: int = 40,
    seasons: tuple[int, ...] = FOUR_SEASONS,
    as_assumed: bool = True,
) -> Case:
    """Return a case with the limits that belong to its method and its runs."""
    return Case(
        name=name,
        plant=plant,
        delivery=delivery,
        limits=_limits(plant, delivery, as_assumed=as_assumed),
        days=days,
        seasons=seasons,
    )


def _limits(plant: DrawnPlant, delivery: Delivery, *, as_assumed: bool) -> Limits:
    """Return what is to be reached: 2 % of a mode is what timing alone may cost."""
    short_runs = plant.run_min <= _SHORT_RUN_MIN
    short = short_runs or plant.charge_min <= _SHORT_CHARGE_MIN
    if plant.source is SourceKind.BRINE:
        known = as_assumed and not delivery.arrival_stamps
        return Limits(
            jaz_pct=6.0 if short_runs else 3.0,
            mode_cop_pct=2.0 if known else (6.0 if short else 3.0),
        )
    if delivery.arrival_stamps:
        return Limits(jaz_pct=3.0 if short_runs else 1.5, mode_cop_pct=None)
    return Limits(jaz_pct=3.0 if short_runs else 1.5, mode_cop_pct=3.0, windows_pct=6.0)
