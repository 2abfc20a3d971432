"""What the cards show of the present moment; `frontend/src/data/contract.ts` mirrors it."""

from collections.abc import Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from homeassistant.core import HomeAssistant

from ..const import CONF_SOURCE, HeatPumpSource
from ..coordinator import HeatpumpConfigEntry, PerformanceCoordinator
from ..performance.heat.method_errors import heat_errors
from ..performance.output import RunSoFar, Snapshot
from ..performance.plant import HeatMethod, SourceKind
from ..performance.rounding import rounded
from ..performance.totals.periods import Period
from ..performance.totals.report import Report, report
from ..readings import CT_NOISE_W, HeatPumpReading, Mode, Role
from ..sources.viessmann.budget import DAY_LIMIT
from .alarms import RaisedAlarm, raised_alarms
from .entities import known_keys
from .meters import Meter, electricity_w, own_share, power_w, shown_meters

# The entities that show what a unit has.
_PARTS: Final = {
    "buffer": "buffer_temperature",
    "hot_water": "hot_water_temperature",
    "backup_heater": "backup_heater",
    "return": "return_temperature",
}
_SOURCE_INLET: Final = "source_inlet_temperature"
_SOURCE_OUTLET: Final = "source_outlet_temperature"
_NOTHING: Final = HeatPumpReading(time=datetime.min)


@dataclass(frozen=True, slots=True)
class Source:
    """How the source of the heat pump's values is doing."""

    failure: str | None
    measured_at: datetime | None
    stale_since: datetime | None


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls to the cloud in 24 hours."""

    day: int
    allowed: int


@dataclass(frozen=True, slots=True)
class Circuit:
    """One heating circuit."""

    number: str
    supply_c: float | None
    target_supply_c: float | None


@dataclass(frozen=True, slots=True)
class Run:
    """The run that goes on now."""

    start: datetime
    cop: float | None
    cop_without_heater: float | None


@dataclass(frozen=True, slots=True)
class Maker:
    """The annual performance factors as the unit calculates them."""

    all: float
    heating: float | None
    hot_water: float | None
    measured_at: datetime | None
    """When the unit changed them last."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Live:
    """All that the cards show of the present moment; None is not known."""

    title: str
    time: datetime
    source_kind: SourceKind | None
    is_account: bool
    """Whether the heat pump is read from an account, and not from entities."""
    heat_pump: Source
    meters: tuple[Meter, ...]
    """The main one first."""
    calls: Calls | None
    """None if no call is counted."""
    alarms: tuple[RaisedAlarm, ...]
    alarms_changed_at: datetime | None
    """When one was raised or cleared last, since the start of Home Assistant."""
    changes_at: datetime | None
    """When the change log or what is known of the changes was another one last."""
    mode: Mode | None
    mode_since: datetime | None
    starts_today: int | None
    runs: bool | None
    modulation_pct: float | None
    electricity_w: float | None
    """Of all meters of the heat pump's electricity."""
    own_share: float | None
    """Which share of it is the household's own."""
    heat_w: float | None
    heat_method: HeatMethod | None
    heat_error: float | None
    """By how much the method can be off, as a share."""
    backup_heater_on: bool | None
    backup_heater_w: float | None
    cop: float | None
    run: Run | None
    outside_c: float | None
    source_in_c: float | None
    source_out_c: float | None
    supply_c: float | None
    return_c: float | None
    flow_lph: float | None
    buffer_c: float | None
    hot_water_c: float | None
    hot_water_target_c: float | None
    circuits: tuple[Circuit, ...]
    has: Mapping[str, bool]
    """What the unit has ever reported, whether its value is known now or not."""
    maker: Maker | None
    today: Report
    rolling_year: Report
    first_day: date | None
    """The first local day that was counted."""
    season_start_month: int


def live(
    hass: HomeAssistant, entry: HeatpumpConfigEntry, language: str | None = None
) -> Live:
    """Return what is known now of a loaded entry.

    Args:
        hass: Home Assistant.
        entry: The entry.
        language: Of the words, by default that of Home Assistant.
    """
    data = entry.runtime_data
    status, meters = data.performance.data, shown_meters(data)
    events = data.performance.alarm_events
    snapshot, plant = status.snapshot, status.snapshot.plant
    reading, calendar = snapshot.reading or _NOTHING, snapshot.ledger.calendar
    method, heat_w = _heat(data.performance, meters)
    heater_on, heater_w = _backup_heater(snapshot, meters)
    roles = {each.role for each in meters}
    today, known = status.summary(Period.TODAY), known_keys(hass, entry)
    return Live(
        title=entry.title,
        time=snapshot.time,
        source_kind=plant.source or _recognised_source(known),
        is_account=is_account(entry),
        heat_pump=Source(
            status.heat_pump.failure,
            status.heat_pump.last_reading_at,
            snapshot.stale_since,
        ),
        meters=meters,
        calls=Calls(status.calls.day, DAY_LIMIT) if status.calls else None,
        alarms=raised_alarms(hass, entry, language or hass.config.language),
        alarms_changed_at=events[-1].time if events else None,
        changes_at=status.insights.looked_at,
        mode=snapshot.mode,
        mode_since=_mode_since(snapshot),
        starts_today=today.sums.starts if today.sums.paired_s else None,
        runs=snapshot.is_running,
        modulation_pct=reading.modulation_pct,
        electricity_w=electricity_w(meters),
        own_share=own_share(meters),
        heat_w=heat_w,
        heat_method=method,
        heat_error=heat_errors(plant)[method] if method else None,
        backup_heater_on=heater_on,
        backup_heater_w=heater_w if heater_on else None,
        cop=rounded(snapshot.cop),
        run=_run(snapshot.run),
        outside_c=reading.outside_c,
        source_in_c=reading.source_in_c,
        source_out_c=reading.source_out_c,
        supply_c=reading.supply_c,
        return_c=reading.return_c,
        flow_lph=reading.flow_lph,
        buffer_c=reading.buffer_c,
        hot_water_c=reading.hot_water_c,
        hot_water_target_c=reading.hot_water_target_c,
        circuits=tuple(
            Circuit(each.number, each.supply_c, each.target_supply_c)
            for each in reading.circuits
        ),
        has={part: key in known or part in roles for part, key in _PARTS.items()},
        maker=_maker(reading),
        today=report(today, plant),
        rolling_year=report(status.summary(Period.ROLLING_YEAR), plant),
        first_day=calendar.local_day(snapshot.since) if snapshot.since else None,
        season_start_month=calendar.season_start_month,
    )


def is_account(entry: HeatpumpConfigEntry) -> bool:
    """Return whether an entry is read from an account, and not from entities."""
    source = entry.data.get(CONF_SOURCE, HeatPumpSource.VIESSMANN)
    return HeatPumpSource(source) is HeatPumpSource.VIESSMANN


def _heat(
    performance: PerformanceCoordinator, meters: Sequence[Meter]
) -> tuple[HeatMethod | None, float | None]:
    """Return the thermal power, and the method that knows it.

    A heat meter is none of the methods that sample what the unit says.
    """
    snapshot = performance.data.snapshot
    metered_w = power_w(meters, Role.HEAT)
    is_metered = performance.heat_method is HeatMethod.HEAT_METER
    if is_metered and (metered_w is not None or snapshot.heat_method is None):
        return HeatMethod.HEAT_METER, metered_w
    return snapshot.heat_method, snapshot.thermal_power_w


def _backup_heater(
    snapshot: Snapshot, meters: Sequence[Meter]
) -> tuple[bool | None, float | None]:
    """Return whether the backup heater is on, and the power that it has then."""
    metered_w = power_w(meters, Role.BACKUP_HEATER)
    if metered_w is None:
        return snapshot.backup_heater_on, snapshot.plant.backup_heater_w
    return metered_w > CT_NOISE_W, metered_w


def _recognised_source(known: AbstractSet[str]) -> SourceKind | None:
    """Return the source by the temperatures that the unit has ever reported."""
    if known.isdisjoint({_SOURCE_INLET, _SOURCE_OUTLET}):
        return None
    return SourceKind.by_sensors(has_outlet=_SOURCE_OUTLET in known)


def _mode_since(snapshot: Snapshot) -> datetime | None:
    run = snapshot.run
    return run.start if run is not None and run.mode is snapshot.mode else None


def _run(run: RunSoFar | None) -> Run | None:
    if run is None:
        return None
    without_heater = rounded(run.cop_without_backup_heater)
    return Run(run.start, rounded(run.cop), without_heater)


def _maker(reading: HeatPumpReading) -> Maker | None:
    if reading.spf_total is None:
        return None
    return Maker(
        reading.spf_total,
        reading.spf_heating,
        reading.spf_hot_water,
        reading.spf_measured_at,
    )
