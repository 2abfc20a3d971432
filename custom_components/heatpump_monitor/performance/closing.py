"""Closes intervals: estimates, checks and books each once all of it is known."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from ..readings import HeatPumpReading
from .checks import check_carnot, check_runs, check_unit_heat
from .heat.estimator import HeatEstimator
from .heat.interval_data import IntervalData
from .intervals import Interval
from .plant import HeatMethod, Plant
from .policy import Policy
from .state import MonitorState
from .totals.ledger import Ledger


@dataclass(slots=True)
class IntervalCloser:
    """Turns open intervals into closed ones, or into provisional ones."""

    plant: Plant
    policy: Policy
    ledger: Ledger
    state: MonitorState
    last: Interval | None
    """The last closed interval since the start."""

    def close_ready(self) -> list[Interval]:
        """Close all intervals that wait for nothing any more."""
        state, open_intervals = self.state, self.state.open_intervals
        closed: list[Interval] = []
        if open_intervals.opening is None and state.meters.since is not None:
            open_intervals.begin(state.meters.since, self.policy.start_lead)
        while open_intervals.pending and self._is_ready(open_intervals.pending[0].time):
            reading, opened = open_intervals.pending.popleft(), open_intervals.opening
            if opened is not None and state.estimator.awaits_counter(
                opened, reading, self.plant, state.meters.between
            ):
                continue
            open_intervals.opening = reading
            if (interval := self._closed(opened, reading)) is not None:
                closed.append(interval)
                self.last = interval
        if closed:
            needed_from = state.books.needed_from(state.meters.streams)
            state.meters.forget_before(closed[-1].end, needed_from)
        return closed

    def provisional(self) -> list[Interval]:
        """Return the intervals that are still open, as they look now."""
        estimator, state = self.state.estimator.copied(), self.state
        readings = (state.open_intervals.opening, *state.open_intervals.pending)
        intervals: list[Interval] = []
        for opened, reading in pairwise(filter(None, readings)):
            if state.meters.is_known(reading.time) and self._has_begun(opened):
                heat_wh, _ = estimator.metered(reading)
                in_doubt = self._is_in_doubt(opened, reading)
                intervals.append(
                    self._interval(
                        estimator, opened, reading, heat_wh, in_doubt=in_doubt
                    )
                )
        return intervals

    def _is_ready(self, end: datetime) -> bool:
        if not self._is_settled(end):
            return False
        # The method in use is that of the owner, or the one that was chosen last.
        method = self.plant.heat_method or (self.last and self.last.method)
        needs_heat = method is HeatMethod.HEAT_METER
        if not self.state.meters.is_waited_for(end, needs_heat=needs_heat):
            return True
        return self.state.open_intervals.pending[-1].time - end > self.policy.meter_wait

    def _is_settled(self, end: datetime) -> bool:
        """Return whether late values of an interval had the time to arrive."""
        if not (usual := self.policy.closing_delay):
            return True
        state, longest = self.state, self.policy.longest_delay
        polled_at = state.open_intervals.polled_at
        if state.checks.freshness.is_suspect:
            usual = longest
        if polled_at is not None and polled_at - end >= usual:
            return True
        known_until = state.meters.known_until
        return known_until is not None and known_until - end > longest

    def _closed(
        self, opened: HeatPumpReading | None, reading: HeatPumpReading
    ) -> Interval | None:
        """Close and book an interval; return None before the meters began."""
        state, flags, estimator = self.state, self.state.flags, self.state.estimator
        before_wh = estimator.heat_meter.value_wh
        heat_wh, event = estimator.metered(reading)
        flags.add_event(reading.time, "heat", event, before_wh, reading.heat_meter_wh)
        if opened is None or not self._has_begun(opened):
            estimator.unit_heat.add(reading)
            return None
        in_doubt = self._is_in_doubt(opened, reading)
        doubts_runs = in_doubt or estimator.run_time.is_frozen
        check_runs(state, opened, reading, in_doubt=doubts_runs)
        was_frozen = estimator.unit_heat.is_frozen
        interval = self._interval(
            estimator, opened, reading, heat_wh, in_doubt=in_doubt
        )
        check_unit_heat(estimator.unit_heat, reading, flags, was_frozen=was_frozen)
        interval = check_carnot(state, interval, opened, reading)
        self.ledger.since = self.ledger.since or opened.time
        state.books.add_interval(interval, self.ledger, state.meters)
        return interval

    def _has_begun(self, opened: HeatPumpReading) -> bool:
        """Return whether an interval that opens here is counted.

        The minute before the meter's counter was first seen to move is no gap.
        """
        since = self.state.meters.since
        return since is None or opened.time >= since

    def _is_in_doubt(self, opened: HeatPumpReading, reading: HeatPumpReading) -> bool:
        """Return whether the sources are not believed for any part of an interval."""
        start, end, state = opened.time, reading.time, self.state
        doubts = state.checks.freshness.doubts(start, end)
        return doubts or state.meters.ran_backwards(start, end)

    def _interval(
        self,
        estimator: HeatEstimator,
        start: HeatPumpReading,
        end: HeatPumpReading,
        heat_wh: float | None,
        *,
        in_doubt: bool,
    ) -> Interval:
        meters = self.state.meters
        if meters.heat:
            heat_wh = meters.heat_between(start.time, end.time)
        data = IntervalData(
            start=start,
            end=end,
            plant=self.plant,
            join=self.state.join,
            metered=meters.between,
            heat_wh=heat_wh,
            parts_wh=meters.parts_between(start.time, end.time),
            in_doubt=in_doubt,
        )
        return estimator.interval(data)
