"""Alarms of simulated months: none in a healthy life, and how soon a fault is found."""

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

from custom_components.heatpump_monitor.performance.alarms.board import (
    AlarmChange,
    AlarmEvent,
    AlarmKey,
)
from custom_components.heatpump_monitor.performance.alarms.evidence import (
    SourceLife,
    Surroundings,
)
from custom_components.heatpump_monitor.performance.expected.outlook import (
    Outlook,
    look_out,
)
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import Plant
from custom_components.heatpump_monitor.readings import HeatPumpReading, MeterReading
from simulator.state import PlannedChange, Variant

from .recording import ZONE, Recording, record
from .replay import POLICY
from .table import as_markdown_table, as_text_table

FEWEST_DAYS: Final = 100
_FIRST_DAY: Final = date(2025, 9, 1)
_SILENCE: Final = timedelta(hours=1)
_CHECKED_EVERY: Final = timedelta(minutes=15)
_RUNNING_W: Final = 300.0
_HEATER_W: Final = 2000.0
_CLOGS_IN: Final = timedelta(days=30)

type Seen = Callable[[HeatPumpReading, timedelta], HeatPumpReading | None]
"""What the heat pump says so long after the fault began; None if it is silent."""
type Drawn = Callable[[float], float | None]
"""What the meter shows for a power in W; None if it is silent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something that is wrong from a moment on."""

    name: str
    expected: AlarmKey
    seen: Seen = lambda reading, _: reading
    drawn: Drawn = lambda power_w: power_w


@dataclass(frozen=True, kw_only=True, slots=True)
class AlarmRow:
    """What became of a life."""

    variant: Variant
    name: str
    expected: AlarmKey | None
    found_after: timedelta | None
    """From the beginning of the fault until its alarm."""
    others: tuple[str, ...]
    """All other alarms."""

    @property
    def missed(self) -> str | None:
        """Return what should not be, None if all is well."""
        if self.expected is not None and self.found_after is None:
            return f"{self.variant}, {self.name}: not found"
        # A fault may rightly raise others beside its own.
        if self.expected is None and self.others:
            return f"{self.variant}, {self.name}: {', '.join(self.others)}"
        return None


def _with_heater(reading: HeatPumpReading, since: timedelta) -> HeatPumpReading:
    hours = (reading.backup_heater_hours or 0.0) + since / timedelta(hours=1) + 0.01
    return replace(reading, backup_heater_hours=hours)


def _lukewarm(reading: HeatPumpReading, _: timedelta) -> HeatPumpReading:
    """Return the reading of a unit that ends each charge too early."""
    water_c = reading.hot_water_c
    return replace(reading, hot_water_c=None if water_c is None else water_c - 7.0)


def _clogged(reading: HeatPumpReading, since: timedelta) -> HeatPumpReading:
    """Return the reading with less flow and as much more ΔT, so that the heat stays."""
    share = 1 - 0.4 * min(since / _CLOGS_IN, 1.0)
    if reading.supply_c is None or reading.return_c is None:
        return reading
    flow_lph = reading.flow_lph
    delta_t_k = (reading.supply_c - reading.return_c) / share
    return replace(
        reading,
        flow_lph=None if flow_lph is None else flow_lph * share,
        return_c=reading.supply_c - delta_t_k,
    )


SETTINGS: Final = {"curve_slope": -0.2, "hot_water_c": 5.0}
"""What an owner changes, by how much: it changes the COP, and is no fault."""
_CHANGED: Final = "curve 0.2 lower, hot water 5 K warmer"

FAULTS: Final = (
    Fault(
        name="fault F.454",
        expected=AlarmKey.FAULT,
        seen=lambda reading, _: replace(reading, fault_codes=("F.454",)),
    ),
    Fault(
        name="heat pump silent",
        expected=AlarmKey.SOURCE_SILENT,
        seen=lambda _, __: None,
    ),
    Fault(
        name="meter silent",
        expected=AlarmKey.SOURCE_SILENT,
        drawn=lambda _: None,
    ),
    Fault(
        name="15 % less efficient",
        expected=AlarmKey.EFFICIENCY,
        drawn=lambda power_w: power_w / 0.85 if power_w > _RUNNING_W else power_w,
    ),
    Fault(
        name="backup heater sticks (2 kW)",
        expected=AlarmKey.BACKUP_HEATER,
        seen=_with_heater,
        drawn=lambda power_w: power_w + _HEATER_W,
    ),
    Fault(
        name="25 W more at rest",
        expected=AlarmKey.STANDBY_POWER,
        drawn=lambda power_w: power_w + 25.0,
    ),
    Fault(
        name="hot water 7 K short",
        expected=AlarmKey.HOT_WATER,
        seen=_lukewarm,
    ),
    Fault(
        name="filter clogs by 40 % in 30 days",
        expected=AlarmKey.FLOW,
        seen=_clogged,
    ),
)


@dataclass(slots=True)
class Life:
    """A plant that is monitored, and its alarms."""

    recording: Recording
    monitor: PerformanceMonitor
    index: int = 0
    polls: int = 0
    energy_wh: float = 50_000.0
    heat_pump_at: datetime | None = None
    meter_at: datetime | None = None
    checked_at: datetime | None = None
    looked_on: date | None = None
    outlook: Outlook = field(default_factory=Outlook)
    events: list[AlarmEvent] = field(default_factory=list)

    @property
    def next_s(self) -> float:
        """Return when the meter is read next, in epoch seconds."""
        return self.recording.meter_time_s(self.index)

    def ended(self, fault: Fault | None = None) -> list[AlarmEvent]:
        """Return the alarms of this life if it goes on with a fault; it stays here."""
        other = replace(self, monitor=deepcopy(self.monitor), events=list(self.events))
        other.live_until(float("inf"), fault)
        return other.events

    def live_until(self, end_s: float, fault: Fault | None = None) -> None:
        """Read both sources, and check the alarms."""
        recording, begun_s = self.recording, self.next_s
        while self.index < len(recording.power_w) and self.next_s < end_s:
            now = datetime.fromtimestamp(self.next_s, UTC)
            for reading in self._polled(now):
                since = timedelta(seconds=reading.time.timestamp() - begun_s)
                seen = fault.seen(reading, since) if fault else reading
                if seen is not None:
                    self.heat_pump_at = seen.time
                    self.monitor.add_heat_pump(seen)
            self._read_meter(now, fault)
            if self.checked_at is None or now - self.checked_at >= _CHECKED_EVERY:
                self._check(now)
            self.index += 1

    def _polled(self, now: datetime) -> Iterator[HeatPumpReading]:
        polls = self.recording.polls
        while self.polls < len(polls) and polls[self.polls].time <= now:
            hours = self.recording.heater_hours[self.polls]
            yield replace(polls[self.polls], fault_codes=(), backup_heater_hours=hours)
            self.polls += 1

    def _read_meter(self, now: datetime, fault: Fault | None) -> None:
        true_w = self.recording.power_w[self.index]
        power_w = fault.drawn(true_w) if fault else true_w
        self.energy_wh += (power_w or true_w) * self.recording.meter_s / 3600
        if power_w is not None:
            self.meter_at = now
            self.monitor.add_meter(
                MeterReading(
                    time=now,
                    power_w=power_w,
                    energy_wh=round(self.energy_wh, 2),
                    holds_back=False,
                )
            )

    def _check(self, now: datetime) -> None:
        self.checked_at = now
        self._look_out(now)
        around = Surroundings(
            started_at=datetime.fromtimestamp(self.recording.start_s, UTC),
            silence=_SILENCE,
            sources={
                "heat_pump": SourceLife(self.heat_pump_at),
                "meter": SourceLife(self.meter_at),
            },
            outlook=self.outlook,
        )
        snapshot = self.monitor.snapshot(now)
        self.events += self.monitor.check_alarms(snapshot, around).alarms

    def _look_out(self, now: datetime) -> None:
        """Learn once a day what to expect, as the integration does."""
        ledger = self.monitor.ledger
        today = ledger.calendar.local_day(now)
        if today != self.looked_on:
            self.looked_on = today
            self.outlook = look_out(ledger, today, self.monitor.plant.source)


def measured_alarms(variant: Variant, *, days: int, seed: int) -> list[AlarmRow]:
    """Live through days from September on: healthy, and with each fault at the end.

    A fault begins 35 days before the end, so that there is a past to compare with.
    Then the owner of another healthy life changes settings.
    """
    recorded = partial(
        record, variant, days=days, meter_s=60, seed=seed, first_day=_FIRST_DAY
    )
    recording = recorded()
    plant = Plant(backup_heater_w=_HEATER_W)
    life = Life(recording, PerformanceMonitor.start(plant, ZONE, POLICY))
    fault_s = recording.start_s + (days - 35) * 86_400
    life.live_until(fault_s)
    plan = [
        PlannedChange(epoch_s=fault_s, item=item, by=by)
        for item, by in SETTINGS.items()
    ]
    # Until then both recordings are the same.
    changed = replace(life, recording=recorded(plan=plan))
    return [
        _row(variant, "healthy", None, life.ended(), fault_s),
        _row(variant, _CHANGED, None, changed.ended(), fault_s),
        *(
            _row(variant, fault.name, fault.expected, life.ended(fault), fault_s)
            for fault in FAULTS
        ),
    ]


def _row(
    variant: Variant,
    name: str,
    expected: AlarmKey | None,
    events: list[AlarmEvent],
    fault_s: float,
) -> AlarmRow:
    begun = datetime.fromtimestamp(fault_s, UTC)
    raised = [each for each in events if each.change is AlarmChange.RAISED]
    is_found = [each.key == expected and each.time >= begun for each in raised]
    found = [e.time for e, is_it in zip(raised, is_found, strict=True) if is_it]
    other = [e.key for e, is_it in zip(raised, is_found, strict=True) if not is_it]
    return AlarmRow(
        variant=variant,
        name=name,
        expected=expected,
        found_after=found[0] - begun if found else None,
        others=tuple(dict.fromkeys(other)),
    )


_HEADERS: Final = ("plant", "life", "alarm", "found after", "other alarms")


def alarms_text(rows: list[AlarmRow], *, markdown: bool) -> str:
    """Return the rows as a table."""
    cells = [
        (
            str(row.variant),
            row.name,
            str(row.expected or "-"),
            _duration(row.found_after),
            ", ".join(row.others) or "-",
        )
        for row in rows
    ]
    table = as_markdown_table if markdown else as_text_table
    return table(_HEADERS, cells)


def alarms_json(rows: Iterable[AlarmRow]) -> list[dict[str, object]]:
    """Return the rows as what JSON can hold."""
    return [
        asdict(row)
        | {"found_after": row.found_after and row.found_after.total_seconds()}
        for row in rows
    ]


def _duration(time: timedelta | None) -> str:
    if time is None:
        return "-"
    hours = time / timedelta(hours=1)
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.1f} d"
