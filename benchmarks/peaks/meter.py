"""What the grid meter of a house shows, and the truth behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from custom_components.heatpump_monitor.house_meter.model import QUARTER
from custom_components.heatpump_monitor.readings import GridReading

from .house import DAY_S, QUARTER_S, ZONE, Day, Watts

_LATENCY: Final = timedelta(milliseconds=400)
# Read faster around the end of a quarter-hour, where the pace decides: a year of
# every second would take hours.
_CLOSE_S: Final = 4
_NEAR_S: Final = 60
_BETWEEN_S: Final = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Shows:
    """What a kind of meter shows, and how well."""

    is_p1: bool = True
    """Its clock, its average of the quarter-hour and its month peak."""
    resets_late: bool = False
    """Whether the average starts again a second after the quarter-hour."""
    counter_step_wh: float = 1.0
    counter_every_s: int = 1
    pace_s: int = 1
    """Near the end of a quarter-hour; in between it is read every 30 s."""
    host_ahead_s: float = 0.0


@dataclass(kw_only=True, slots=True)
class Truth:
    """What was really drawn, by the clock of the meter."""

    quarters_w: dict[datetime, float] = field(default_factory=dict)
    heat_pump_wh: dict[datetime, float] = field(default_factory=dict)
    months_w: dict[date, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A reading, and what the heat pump draws with it."""

    reading: GridReading
    heat_pump_w: float
    second: int
    """Of the day in UTC from a local midnight of the first day."""


class Meter:
    """Reads the load of one day after the other."""

    def __init__(self, shows: Shows) -> None:
        """Start with a counter that is not new."""
        self.truth = Truth()
        self._shows = shows
        self._total_wh = 13_779_338.4
        self._month_peak: tuple[float, datetime] | None = None

    def read(self, day: Day) -> Iterator[Shown]:
        """Yield what is shown on a day; its truth is known then, too."""
        drawn_w = np.maximum(day.net_w, 0.0)
        # What was drawn before each second of the day.
        sums_wh: Watts = np.concatenate([[0.0], np.cumsum(drawn_w)]) / 3600
        for second in self._seconds():
            start = second - second % QUARTER_S
            if start == second and second:
                self._end(day, second, sums_wh)
            is_late = self._shows.resets_late and start == second and second
            since = second - QUARTER_S if is_late else start
            average_w = (sums_wh[second] - sums_wh[since]) * 4
            yield self._shown(day, second, sums_wh, average_w)
        self._end(day, DAY_S, sums_wh)
        self._total_wh += sums_wh[-1]

    def _seconds(self) -> Iterator[int]:
        pace_s = self._shows.pace_s
        near_s = _CLOSE_S if pace_s == 1 else _NEAR_S
        for second in range(0, DAY_S, 1 if pace_s == 1 else 10):
            to_end = QUARTER_S - second % QUARTER_S
            is_near = to_end <= near_s or to_end > QUARTER_S - near_s
            if second % (pace_s if is_near else _BETWEEN_S) == 0:
                yield second

    def _shown(self, day: Day, second: int, sums_wh: Watts, average_w: float) -> Shown:
        shows, now = self._shows, day.start + timedelta(seconds=second)
        renewed = second - second % shows.counter_every_s
        import_wh = self._total_wh + sums_wh[renewed]
        power_w = round(float(day.net_w[max(second - 1, 0)]))
        reading = GridReading(
            time=now + _LATENCY + timedelta(seconds=shows.host_ahead_s),
            power_w=float(power_w),
            import_wh=float(import_wh // shows.counter_step_wh * shows.counter_step_wh),
        )
        if shows.is_p1:
            peak_w, peak_at = self._month_peak or (None, None)
            reading = GridReading(
                time=reading.time,
                measured_at=now.astimezone(ZONE),
                power_w=reading.power_w,
                import_wh=reading.import_wh,
                quarter_average_w=float(round(average_w)),
                month_peak_w=peak_w,
                month_peak_at=peak_at,
            )
        heat_pump_w = float(day.heat_pump_w[max(second - 1, 0)])
        return Shown(reading=reading, heat_pump_w=heat_pump_w, second=second)

    def _end(self, day: Day, second: int, sums_wh: Watts) -> None:
        """End a quarter-hour."""
        begin = second - QUARTER_S
        end = day.start + timedelta(seconds=second)
        start = end - QUARTER
        average_w = float((sums_wh[second] - sums_wh[begin]) * 4)
        month = start.astimezone(ZONE).date().replace(day=1)
        truth = self.truth
        truth.quarters_w[start] = average_w
        truth.heat_pump_wh[start] = float(day.heat_pump_w[begin:second].sum() / 3600)
        is_first = month not in truth.months_w
        if is_first or average_w > truth.months_w[month]:
            truth.months_w[month] = average_w
            self._month_peak = (float(round(average_w)), end.astimezone(ZONE))
