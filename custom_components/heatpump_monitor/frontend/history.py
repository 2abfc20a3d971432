"""What the cards show of the past: days, runs, flags and the last 24 hours."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from homeassistant.components.recorder.history import state_changes_during_period
from homeassistant.components.recorder.statistics import statistics_during_period
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util

from ..coordinator import HeatpumpConfigEntry
from ..history.past_hours import WHOLE, async_hours_of_day
from ..performance.flags import Flag, FlagKind
from ..performance.output import Snapshot
from ..performance.rounding import kwh, rounded
from ..performance.segments import Quantity
from ..performance.totals.ledger import Bucket
from ..performance.totals.periods import PeriodSummary
from ..performance.totals.run_log import Run
from ..performance.totals.series import Point
from ..readings import Mode, sum_if_known
from ..time_units import DAY, HOUR
from .entities import enabled_entities, power_entities

_FIVE_MINUTES: Final = timedelta(minutes=5)
_PARTS_OF_HOUR: Final = HOUR // _FIVE_MINUTES
_HEAT: Final = "thermal_power"


@dataclass(frozen=True, slots=True)
class DayMode:
    """What was paired in one mode on a day."""

    electricity_kwh: float
    heat_kwh: float
    hours: float
    supply_c: float | None
    """Mean over the heat."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """One local day; None is not known."""

    start: date
    electricity_kwh: float | None
    paired_electricity_kwh: float | None
    unpaired_electricity_kwh: float | None
    heat_kwh: float | None
    coverage: float | None
    outside_c: float | None
    modes: Mapping[Mode, DayMode]
    starts: int | None
    run_hours: float | None
    cost: float | None
    co2_kg: float | None


@dataclass(frozen=True, slots=True)
class Defrost:
    """A defrost within a run."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PastRun:
    """A time in one mode."""

    start: datetime
    end: datetime
    mode: Mode
    electricity_kwh: float | None
    heat_kwh: float | None
    heat_error_kwh: float | None
    starts: int
    is_whole: bool
    defrosts: Sequence[Defrost]
    supply_c: float | None
    outside_c: float | None


@dataclass(frozen=True, slots=True)
class Moment:
    """Five minutes."""

    start: datetime
    electricity_w: float | None
    heat_w: float | None
    mode: Mode | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was wrong with the data."""

    kind: FlagKind
    start: datetime
    end: datetime | None
    """None while it lasts; what is known of one moment only ends when it starts."""
    values: Mapping[str, str]


def findings(snapshot: Snapshot) -> list[Finding]:
    """Return the latest flags, newest first."""
    lasting, found = _lasting(snapshot), list[Finding]()
    for flag in reversed(snapshot.flags):
        # Only the newest of a kind can still last.
        since = lasting.pop(flag.kind, None)
        lasts = since is not None and since <= flag.time
        found.append(_finding(flag, None if lasts else flag.time))
    return found


def _lasting(snapshot: Snapshot) -> dict[FlagKind, datetime | None]:
    frozen = snapshot.supply_frozen_since or snapshot.compressor_frozen_since
    return {
        FlagKind.STALE: snapshot.stale_since,
        FlagKind.STALE_VALUE: frozen,
        FlagKind.CONTRADICTION: snapshot.contradiction_since,
        FlagKind.HEAT_COUNTER_FROZEN: snapshot.heat_counters_frozen_since,
        FlagKind.METER_BACKWARDS: snapshot.reversed_since,
        FlagKind.RUN_TIME: snapshot.run_time_disagrees_since,
    }


def _finding(flag: Flag, end: datetime | None) -> Finding:
    return Finding(flag.kind, flag.time, end, {"detail": flag.detail})


async def async_last_day(
    hass: HomeAssistant, entry: HeatpumpConfigEntry
) -> list[Moment]:
    """Return the last 24 hours as the recorder knows them; none without it.

    An hour in which no entity showed anything, as before an import or while Home
    Assistant was away, has its means.
    """
    if "recorder" not in hass.config.components:
        return []
    snapshot = entry.runtime_data.performance.data.snapshot
    entities, powers = enabled_entities(hass, entry), power_entities(hass, entry)
    moments = await get_instance(hass).async_add_executor_job(
        _last_day, hass, entities, powers
    )
    ends = moments[0].start, moments[-1].start
    days = {snapshot.ledger.calendar.local_day(end) for end in ends}
    hours = [await async_hours_of_day(hass, entry, snapshot, day) for day in days]
    return _with_hours(moments, [hour for day in hours for hour in day])


def _with_hours(moments: list[Moment], hours: Iterable[Point]) -> list[Moment]:
    places = {moment.start: place for place, moment in enumerate(moments)}
    for hour in hours:
        start = dt_util.as_utc(hour.start)
        parts = [start + number * _FIVE_MINUTES for number in range(_PARTS_OF_HOUR)]
        known = [places[part] for part in parts if part in places]
        is_whole = hour.coverage is None or hour.coverage > WHOLE
        if is_whole and not any(_shows_power(moments[place]) for place in known):
            for place in known:
                moments[place] = _mean_of(hour, moments[place].start)
    return moments


def _shows_power(moment: Moment) -> bool:
    return moment.electricity_w is not None or moment.heat_w is not None


def _mean_of(hour: Point, start: datetime) -> Moment:
    heats_kwh = hour.heat_by_mode_kwh
    rest = Mode.STANDBY if hour.heat_kwh == 0 else None
    return Moment(
        start,
        _mean_w(hour.electricity_kwh),
        _mean_w(hour.heat_kwh),
        max(heats_kwh, key=lambda mode: abs(heats_kwh[mode]), default=rest),
    )


def _mean_w(energy_kwh: float | None) -> float | None:
    """Return the mean power of an hour."""
    return None if energy_kwh is None else round(energy_kwh * 1000, 1)


def _last_day(
    hass: HomeAssistant, entities: Mapping[str, str], powers: Sequence[str]
) -> list[Moment]:
    now = dt_util.utcnow()
    end = now - timedelta(minutes=now.minute % 5, seconds=now.second)
    end, start = end.replace(microsecond=0), end.replace(microsecond=0) - DAY
    heats = [entities[_HEAT]] if _HEAT in entities else []
    means = _means(hass, start, {*powers, *heats})
    modes = _modes(hass, start, now, entities.get("mode"))
    begun = [state.last_changed for state in modes]
    moments = []
    for number in range(DAY // _FIVE_MINUTES):
        at = start + number * _FIVE_MINUTES
        place = bisect_right(begun, at + _FIVE_MINUTES / 2)
        mode = _mode(modes[place - 1]) if place else None
        electricity_w, heat_w = (
            rounded(sum_if_known([means.get((each, at)) for each in entity_ids]), 1)
            for entity_ids in (powers, heats)
        )
        moments.append(Moment(at, electricity_w, heat_w, mode))
    return moments


def _means(
    hass: HomeAssistant, start: datetime, entity_ids: set[str]
) -> dict[tuple[str, datetime], float]:
    rows = statistics_during_period(
        hass, start, None, entity_ids, "5minute", None, {"mean"}
    )
    return {
        (entity_id, dt_util.utc_from_timestamp(row["start"])): mean
        for entity_id, parts in rows.items()
        for row in parts
        if (mean := row.get("mean")) is not None
    }


def _modes(
    hass: HomeAssistant, start: datetime, end: datetime, entity_id: str | None
) -> Sequence[State]:
    if entity_id is None:
        return ()
    found = state_changes_during_period(
        hass, start, end, entity_id, no_attributes=True, include_start_time_state=True
    )
    return found.get(entity_id, ())


def _mode(state: State) -> Mode | None:
    return Mode(state.state) if state.state in list(Mode) else None


def counted_span(snapshot: Snapshot, first: date, last: date) -> tuple[date, date]:
    """Return a span without the days before the first counted, and after today."""
    ledger = snapshot.ledger
    today = ledger.calendar.local_day(snapshot.time)
    return max(first, min(ledger.days, default=today)), min(last, today)


def days(snapshot: Snapshot, first: date, last: date) -> Iterator[Day]:
    """Yield the counted days in a span, both ends included."""
    ledger, until = snapshot.ledger, snapshot.counted_until
    day, last = counted_span(snapshot, first, last)
    start = ledger.calendar.midnight(day)
    while day <= last:
        end = ledger.calendar.midnight(day + DAY)
        # `period_summary` would copy each bucket, and remember the copies.
        sums = ledger.days.get(day) or Bucket()
        summary = PeriodSummary(
            first=day,
            last=day,
            start=start,
            counted_from=start,
            end=min(end, until),
            sums=sums,
        )
        yield _day(summary)
        day, start = day + DAY, end


def _day(summary: PeriodSummary) -> Day:
    sums = summary.sums
    is_metered, is_paired = bool(sums.metered_s), bool(sums.paired_s)
    return Day(
        start=summary.first,
        electricity_kwh=kwh(sums.electricity_wh) if is_metered else None,
        paired_electricity_kwh=kwh(sums.paired_electricity_wh) if is_paired else None,
        unpaired_electricity_kwh=(
            kwh(summary.unpaired_electricity_wh) if is_metered else None
        ),
        heat_kwh=kwh(sums.heat_wh) if is_paired else None,
        coverage=rounded(summary.coverage),
        outside_c=rounded(summary.outside_c, 1),
        modes={
            mode: DayMode(
                kwh(each.electricity_wh),
                kwh(each.heat_wh),
                round(each.seconds / 3600, 2),
                rounded(each.mean(Quantity.SUPPLY_C), 1),
            )
            for mode, each in sums.modes.items()
        },
        starts=sums.starts if sums.run_s else None,
        run_hours=rounded(sums.run_s / 3600, 2) if sums.run_s else None,
        cost=rounded(summary.cost, 2),
        co2_kg=rounded(summary.co2_kg),
    )


def runs(snapshot: Snapshot, first: date, last: date) -> list[PastRun]:
    """Return the runs that were under way in a span of days, both included."""
    calendar = snapshot.ledger.calendar
    start, end = calendar.midnight(first), calendar.midnight(last + DAY)
    return [
        _past_run(run) for run in snapshot.runs.ended_after(start) if run.start < end
    ]


def _past_run(run: Run) -> PastRun:
    return PastRun(
        start=run.start,
        end=run.end,
        mode=run.mode,
        electricity_kwh=_kwh(run.electricity_wh),
        heat_kwh=_kwh(run.heat_wh),
        heat_error_kwh=_kwh(run.heat_error_wh),
        starts=run.starts,
        is_whole=run.is_whole,
        defrosts=[Defrost(start, end) for start, end in run.defrosts],
        supply_c=run.means.get(Quantity.SUPPLY_C),
        outside_c=run.means.get(Quantity.OUTSIDE_C),
    )


def _kwh(energy_wh: float | None) -> float | None:
    return None if energy_wh is None else kwh(energy_wh)
