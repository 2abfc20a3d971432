"""Feeds recorded measurements through the account, as if they were read now."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from itertools import pairwise
from statistics import median_low
from typing import Final

from ...performance.flags import Flag
from ...performance.limits import RUNNING_W
from ...performance.monitor import PerformanceMonitor
from ...performance.plant import Plant
from ...performance.policy import RECORDING
from ...readings import EnergySpan, HeatPumpReading, MeterReading, Mode
from ...time_units import DAY
from .csv_format import CONDITIONS, Row

# A power says nothing of the time from then on.
_POWER_HOLD = timedelta(minutes=15)
# A row that comes more than this many usual spacings later leaves a gap.
_GAP_SPACINGS = 1.5
# Days are as far apart as the clock changes let them be.
_ABOUT_A_DAY_S = (23 * 3600, 25 * 3600)

PURPOSES: Final = {Mode.HEATING: "heating", Mode.HOT_WATER: "hot_water"}
"""The modes that have columns of their own, and how these begin."""

type _Extract = Callable[[Sequence[Row], Sequence[datetime]], Series]
"""Takes one energy out of rows and the moments until which they hold."""


@dataclass(frozen=True, slots=True)
class Series:
    """What is known of one energy: the values of a counter, or energies of spans."""

    counter: Sequence[tuple[datetime, float]] = ()
    spans: Sequence[EnergySpan] = ()

    @property
    def is_known(self) -> bool:
        """Return whether it says anything."""
        return bool(self.counter or self.spans)


class Energy:
    """One energy in rows: the first of a counter, interval energies, and power.

    Where there is none of its own, it is the sum of what was for heating and what
    was for hot water. What was found first is what is looked for from then on.
    """

    def __init__(self, name: str, power: str | None = None) -> None:
        """Name the energy, and the column of its power."""
        self.name = name
        splits = [f"{purpose}_{name}" for purpose in PURPOSES.values()]
        self._extracts: list[_Extract] = []
        for columns in ([name], splits):
            self._extracts.append(partial(_counted, columns))
            self._extracts.append(partial(_given, columns))
        if power:
            self._extracts.append(partial(_held, power))
        self.is_found = False

    def series(self, rows: Sequence[Row], ends: Sequence[datetime]) -> Series:
        """Return what rows say of it.

        Args:
            rows: In the order of time.
            ends: Until when each holds. A last row without an end is only there
                to end the one before.
        """
        for extract in self._extracts:
            if (series := extract(rows, ends)).is_known:
                self._extracts, self.is_found = [extract], True
                return series
        return Series()


class Feeder:
    """Feeds one account, piece by piece, in the order of time."""

    def __init__(
        self, time_zone: tzinfo, since: datetime, plant: Plant | None = None
    ) -> None:
        """Open an account of its own.

        Args:
            time_zone: Of the household, whose days are counted.
            since: When the recording begins.
            plant: What the owner told.
        """
        self.monitor = PerformanceMonitor.start(plant or Plant(), time_zone, RECORDING)
        self.monitor.ledger.since = since
        self.flags: list[Flag] = []
        """What was wrong so far, for whoever empties the list."""
        self._spans_wh = 0.0
        self._spans_until: datetime | None = None

    def feed(self, electricity: Series, heat_pump: Iterable[HeatPumpReading]) -> None:
        """Feed readings, the meter's first at every moment."""
        events: list[tuple[datetime, MeterReading | HeatPumpReading | None]] = [
            *self._meter_readings(electricity),
            *((reading.time, reading) for reading in heat_pump),
        ]
        # The meter's come first, as the sort keeps the order of what is simultaneous.
        for _, reading in sorted(events, key=lambda event: event[0]):
            if reading is None:
                self.monitor.replace_meter()
            elif isinstance(reading, MeterReading):
                self.flags += self.monitor.add_meter(reading).flags
            else:
                self.flags += self.monitor.add_heat_pump(reading).flags

    def _meter_readings(
        self, series: Series
    ) -> Iterator[tuple[datetime, MeterReading | None]]:
        """Yield the electricity as a counter's readings; None is a new beginning."""
        for time, value_wh in series.counter:
            yield time, _meter_reading(time, value_wh)
        for span in series.spans:
            if span.start != self._spans_until:
                yield span.start, None
                yield span.start, _meter_reading(span.start, self._spans_wh)
            self._spans_wh += span.energy_wh
            self._spans_until = span.end
            yield span.end, _meter_reading(span.end, self._spans_wh)


def ends_of(rows: Sequence[Row], time_zone: tzinfo) -> list[datetime]:
    """Return until when each row holds: as it says, but never beyond the next one.

    One that says nothing holds until the next, but for no more than a usual spacing.

    Args:
        rows: In the order of time.
        time_zone: Of the household, whose days have 23 to 25 hours.
    """
    apart_s = [(later.time - row.time).total_seconds() for row, later in pairwise(rows)]
    usual_s = median_low(apart_s) if apart_s else 0.0
    return [
        _end_of(row, later, usual_s, time_zone)
        for row, later in zip(rows, [*rows[1:], None], strict=True)
    ]


def _end_of(row: Row, later: Row | None, usual_s: float, time_zone: tzinfo) -> datetime:
    if row.until is not None:
        return row.until if later is None else min(row.until, later.time)
    longest = timedelta(seconds=_GAP_SPACINGS * usual_s)
    if later is not None and later.time - row.time <= longest:
        return later.time
    return _usual_end(row.time, usual_s, time_zone)


def _usual_end(start: datetime, usual_s: float, time_zone: tzinfo) -> datetime:
    """Return when a usual spacing is over; that of a day, by the calendar."""
    shortest_s, longest_s = _ABOUT_A_DAY_S
    if shortest_s <= usual_s <= longest_s:
        return (start.astimezone(time_zone) + DAY).astimezone(UTC)
    return start + timedelta(seconds=usual_s)


def heat_readings(heat: Series, rows: Sequence[Row] = ()) -> list[HeatPumpReading]:
    """Return heat as readings of a heat meter, or of its intervals.

    Args:
        heat: What is known of it.
        rows: Which tell the mode.
    """
    modes = {row.time: row.mode for row in rows}
    if heat.counter:
        return [
            HeatPumpReading(time=time, heat_meter_wh=value_wh, mode=modes.get(time))
            for time, value_wh in heat.counter
        ]
    heated = {span.end: span.energy_wh for span in heat.spans}
    moments = {span.start for span in heat.spans} | heated.keys()
    return [
        HeatPumpReading(
            time=moment, heated_wh=heated.get(moment), mode=modes.get(moment)
        )
        for moment in sorted(moments)
    ]


def flow_readings(rows: Iterable[Row]) -> list[HeatPumpReading]:
    """Return readings whose heat is flow times ΔT."""
    return [
        HeatPumpReading(
            time=row.time,
            compressor_on=_is_running(row),
            flow_lph=row.get("flow_lph"),
            mode=row.mode,
            outside_c=row.get("outside_c"),
            return_c=row.get("return_c"),
            source_in_c=row.get("source_c"),
            supply_c=row.get("supply_c"),
        )
        for row in rows
        if any(row.get(column) is not None for column in CONDITIONS)
    ]


def _counted(
    columns: Sequence[str], rows: Sequence[Row], _: Sequence[datetime]
) -> Series:
    return Series(
        [
            (row.time, value_wh)
            for row in rows
            if (value_wh := _sum(row, [f"{column}_wh" for column in columns]))
            is not None
        ]
    )


def _given(
    columns: Sequence[str], rows: Sequence[Row], ends: Sequence[datetime]
) -> Series:
    names = [f"{column}_interval_wh" for column in columns]
    return Series(
        spans=[
            EnergySpan(row.time, end, energy_wh)
            for row, end in zip(rows, ends, strict=False)
            if end > row.time and (energy_wh := _sum(row, names)) is not None
        ]
    )


def _held(column: str, rows: Sequence[Row], ends: Sequence[datetime]) -> Series:
    """Return power as energy: held until the next row, but not for long."""
    nexts = [*(row.time for row in rows[1:]), *ends[-1:]]
    return Series(
        spans=[
            EnergySpan(row.time, end, power_w * (end - row.time).total_seconds() / 3600)
            for row, later in zip(rows, nexts, strict=False)
            if (end := min(later, row.time + _POWER_HOLD)) > row.time
            and (power_w := row.get(column)) is not None
        ]
    )


def _sum(row: Row, columns: Sequence[str]) -> float | None:
    values = [row.get(column) for column in columns]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _meter_reading(time: datetime, total_wh: float) -> MeterReading:
    return MeterReading(time=time, energy_wh=total_wh, holds_back=False)


def _is_running(row: Row) -> bool | None:
    """Return whether the compressor runs, by the mode or else by the power."""
    if row.mode is not None:
        return row.mode is not Mode.STANDBY
    power_w = row.get("power_w")
    # Without either, the flow alone decides what is heat.
    return True if power_w is None else power_w >= RUNNING_W
