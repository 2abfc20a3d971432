"""Closes intervals: estimates, checks and books each once all of it is known."""

from dataclasses import dataclass

from ..readings import HeatPumpReading
from .checks import check_runs, check_unit_heat
from .heat.estimator import HeatEstimator
from .heat.interval_data import IntervalData
from .intervals import Interval
from .plant import HeatMethod, Plant
from .policy import Policy
from .state import MonitorState
from .totals.ledger import Ledger


@dataclass(frozen=True, kw_only=True, slots=True)
class IntervalCloser:
    """Turns open intervals into closed ones, or into provisional ones."""

    plant: Plant
    policy: Policy
    ledger: Ledger
    state: MonitorState

    def close_ready(self, last: Interval | None) -> list[Interval]:
        """Close all intervals that wait for nothing any more."""
        state, closed = self.state, list[Interval]()
        open_intervals = state.open_intervals
        open_intervals.begin(state.meters.since, self.policy.start_lead)
        while open_intervals.pending and self._is_ready(last):
            reading, opened = open_intervals.pending.popleft(), open_intervals.opening
            if opened is not None and state.estimator.awaits_counter(
                opened, reading, self.plant, state.meters.between
            ):
                continue
            open_intervals.opening = reading
            if (interval := self._closed(opened, reading)) is not None:
                closed.append(interval)
                last = interval
        if closed:
            state.meters.forget_before(closed[-1].end)
        return closed

    def provisional(self) -> list[Interval]:
        """Return the intervals that are still open, as they look now."""
        estimator, meters = self.state.estimator.copied(), self.state.meters
        intervals: list[Interval] = []
        for opened, reading in self.state.open_intervals.pairs():
            if meters.is_known(reading.time) and self._has_begun(opened):
                heat_wh, _ = estimator.metered(reading)
                in_doubt = self._is_in_doubt(opened, reading)
                intervals.append(
                    self._interval(
                        estimator, opened, reading, heat_wh, in_doubt=in_doubt
                    )
                )
        return intervals

    def _is_ready(self, last: Interval | None) -> bool:
        open_intervals, meters = self.state.open_intervals, self.state.meters
        is_suspect = self.state.checks.freshness.is_suspect
        if not open_intervals.is_settled(
            meters.known_until, self.policy, is_suspect=is_suspect
        ):
            return False
        # The method in use is that of the owner, or the one that was chosen last.
        method = self.plant.heat_method or (last and last.method)
        needs_heat = method is HeatMethod.HEAT_METER
        end = open_intervals.pending[0].time
        if not meters.is_waited_for(end, needs_heat=needs_heat):
            return True
        return open_intervals.has_waited(self.policy.meter_wait)

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
        check_runs(state.join, opened, reading, flags, in_doubt=doubts_runs)
        was_frozen = estimator.unit_heat.is_frozen
        interval = self._interval(
            estimator, opened, reading, heat_wh, in_doubt=in_doubt
        )
        check_unit_heat(estimator.unit_heat, reading, flags, was_frozen=was_frozen)
        is_mean = state.books.is_gap(interval.start, interval.end)
        interval = state.checks.check_carnot(
            interval, opened, reading, flags, is_mean=is_mean
        )
        self.ledger.since = self.ledger.since or opened.time
        state.books.add_interval(interval, self.ledger, state.meters)
        return interval

    def _has_begun(self, opened: HeatPumpReading) -> bool:
        """Return whether an interval that opens here is counted.

        The minute before the meter's counter was first seen to move is no gap.
        """
        since = self.state.meters.since
        return since is None or opened.time >= since

    def _is_in_doubt(self, start: HeatPumpReading, end: HeatPumpReading) -> bool:
        meters = self.state.meters
        return self.state.checks.is_in_doubt(start.time, end.time, meters)

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
