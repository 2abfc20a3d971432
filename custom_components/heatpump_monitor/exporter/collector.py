"""Collect what is exported: everything that the chosen entries read and count."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..const import (
    CONF_EXPORTED,
    CONF_HOME,
    CONF_LEAST_PAUSE_S,
    CONF_SERIES,
    CONF_TAGS,
    DEFAULT_LEAST_PAUSE_S,
    Kind,
    SeriesGroup,
)
from ..coordinator import HeatpumpData, PerformanceCoordinator, async_entries_of
from ..house_meter.coordinator import HouseMeterCoordinator
from ..house_meter.model import Quarter
from ..performance.clocks.host_clock import is_plausible_time
from ..performance.totals.ledger import Bucket
from ..probes.coordinator import AccountCoordinator
from ..readings import GridReading, HeatPumpReading, ProbeReading
from ..telemetry import TELEMETRY, Counted, OfMeter, OfProbes, Quarters, Telemetry
from ..time_units import DAY
from .counts import Counts
from .followed import Followed
from .history import HistoryQueue, Pause, Take, let_others_run
from .labels import Labels
from .point import Point
from .points.counted import hour_point, interval_point
from .points.heat_pump import heat_pump_points
from .points.house import house_point, quarter_points, submeter_point
from .points.meters import meter_point
from .points.probes import probe_point

_TICK: Final = timedelta(minutes=1)
# A time stamp that is further off shows that a clock is wrong, or that the value is old.
_FURTHEST_OFF: Final = DAY
_QUARTERS_AT_ONCE: Final = timedelta(hours=6)


class Collector:
    """Makes points of all telemetry of the chosen entries, and of their history."""

    def __init__(
        self,
        hass: HomeAssistant,
        options: Mapping[str, Any],
        labels: Labels,
        take: Take,
        *,
        pause: Pause = let_others_run,
    ) -> None:
        """Prepare with the options of an export.

        `take` is called in the event loop. `pause` is awaited after each slice of the
        history: where it can wait until what was taken is on disk.
        """
        self._hass = hass
        self._labels = labels
        self._history = HistoryQueue(hass, take, pause)
        self._chosen = frozenset(options.get(CONF_EXPORTED) or ())
        self._series = frozenset(options.get(CONF_SERIES, SeriesGroup))
        pause_s = options.get(CONF_LEAST_PAUSE_S, DEFAULT_LEAST_PAUSE_S)
        self._least_pause = timedelta(seconds=pause_s)
        tags = {**options.get(CONF_TAGS, {}), "home": options[CONF_HOME]}
        self._tags = {key: value for key, value in tags.items() if value}
        self._followed: dict[str, Followed] = {}

    @callback
    def async_start(self, entry: ConfigEntry) -> None:
        """Collect until the entry of the export is unloaded."""
        hass = self._hass
        self._history.async_start(entry)
        entry.async_on_unload(async_dispatcher_connect(hass, TELEMETRY, self._receive))
        entry.async_on_unload(async_track_time_interval(hass, self._tick, _TICK))
        # Home Assistant sets all entries up at once: others may have been faster.
        for kind in (Kind.HEAT_PUMP, Kind.HOUSE_METER, Kind.PROBES):
            for each in async_entries_of(hass, kind):
                if self._is_chosen(each) and hasattr(each, "runtime_data"):
                    self._look_at_history(self._followed_of(each), each)
                    for news in _newest(each):
                        self._receive(each, news)

    def _is_chosen(self, entry: ConfigEntry) -> bool:
        return not self._chosen or entry.entry_id in self._chosen

    def _followed_of(self, entry: ConfigEntry) -> Followed:
        entry_id = entry.entry_id
        if (followed := self._followed.get(entry_id)) is None:
            tags = {**self._tags, "device": self._label_of(entry_id, entry.title)}
            followed = Followed(entry_id, tags, self._labels)
            self._followed[entry_id] = followed
        return followed

    def _label_of(self, entry_id: str, title: str) -> str:
        return self._labels.label("device", entry_id, title)

    @callback
    def _receive(self, entry: ConfigEntry, news: Telemetry) -> None:
        if self._is_chosen(entry):
            followed = self._followed_of(entry)
            self._look_at_history(followed, entry)
            self._history.async_pass(self._points(followed, entry, news))

    def _points(
        self, followed: Followed, entry: ConfigEntry, news: Telemetry
    ) -> Iterator[Point]:
        match news:
            case OfMeter() if SeriesGroup.METERS in self._series:
                yield from self._of_meter(followed, entry, news)
            case HeatPumpReading() if SeriesGroup.HEAT_PUMP in self._series:
                yield from heat_pump_points(news, followed.tags)
            case Counted():
                yield from self._of_counted(followed, news)
            case GridReading() if SeriesGroup.HOUSE in self._series:
                yield from self._of_house(followed, news)
            case Quarters() if SeriesGroup.QUARTERS in self._series:
                yield from self._of_quarters(followed, news.quarters)
            case OfProbes() if SeriesGroup.PROBES in self._series:
                yield from self._of_probes(followed, news.readings)

    def _of_meter(
        self, followed: Followed, entry: ConfigEntry[HeatpumpData], news: OfMeter
    ) -> Iterator[Point]:
        key, reading = news.key, news.reading
        if not followed.is_due(key, reading.time, self._least_pause):
            return
        if (tags := followed.known_tags(key)) is None:
            title = entry.runtime_data.meters[key].subentry.title
            tags = followed.tags_of("meter", key, title)
        if found := meter_point(reading, tags):
            yield found

    def _of_counted(self, followed: Followed, news: Counted) -> Iterator[Point]:
        if SeriesGroup.INTERVALS in self._series:
            for interval in news.closed:
                if found := interval_point(interval, followed.tags):
                    yield found
        if SeriesGroup.HISTORY in self._series and followed.counts is not None:
            if news.imported:
                self._history.async_add(_imported(news.imported, followed.tags))
            followed.counts.add(news.hours, news.days)
            yield from _ended(followed)

    def _of_house(self, followed: Followed, reading: GridReading) -> Iterator[Point]:
        if _is_clock_wrong(reading):
            return
        if not followed.is_due("", reading.time, self._least_pause):
            return
        if found := house_point(reading, followed.tags):
            yield found
        for each in reading.submeters:
            if not followed.is_repeated(each.serial, each):
                tags = followed.tags_of("submeter", each.serial, each.kind)
                if found := submeter_point(each, reading.time, tags):
                    yield found

    def _of_quarters(
        self, followed: Followed, quarters: Iterable[Quarter]
    ) -> Iterator[Point]:
        for quarter in quarters:
            labels = {key: self._heat_pump_label(key) for key in quarter.parts_wh}
            yield from quarter_points(quarter, followed.tags, labels)

    def _heat_pump_label(self, entry_id: str) -> str:
        entry = self._hass.config_entries.async_get_entry(entry_id)
        # It may have been removed before it had a label.
        return self._label_of(entry_id, entry.title if entry else Kind.HEAT_PUMP)

    def _of_probes(
        self, followed: Followed, readings: Iterable[ProbeReading]
    ) -> Iterator[Point]:
        now = dt_util.utcnow()
        if not is_plausible_time(now):
            return
        for each in readings:
            if not followed.is_repeated(each.key, each):
                tags = followed.tags_of("probe", each.key, each.name)
                if found := probe_point(each, now, tags):
                    yield found

    @callback
    def _tick(self, _: datetime) -> None:
        """Export hours and days that end while nothing is read."""
        for followed in self._followed.values():
            self._history.async_pass(_ended(followed))

    @callback
    def _look_at_history(self, followed: Followed, entry: ConfigEntry) -> None:
        """Export the history of an entry once each time that it was loaded."""
        data = getattr(entry, "runtime_data", None)
        runtime = data.performance if isinstance(data, HeatpumpData) else data
        if runtime is None or runtime is followed.runtime:
            return
        followed.runtime = runtime
        if isinstance(runtime, PerformanceCoordinator):
            if SeriesGroup.HISTORY in self._series:
                counts = followed.counts = Counts(runtime.monitor, followed.tags)
                self._history.async_add(_all_counts(followed, counts, runtime))
        elif isinstance(runtime, HouseMeterCoordinator):
            if SeriesGroup.QUARTERS in self._series:
                self._history.async_add(self._all_quarters(followed, runtime))

    def _all_quarters(
        self, followed: Followed, house: HouseMeterCoordinator
    ) -> Iterator[Point]:
        start, until = house.counted
        while start < until and followed.runtime is house:
            end = min(start + _QUARTERS_AT_ONCE, until)
            yield from self._of_quarters(followed, house.engine.quarters(start, end))
            start = end


def _newest(entry: ConfigEntry) -> Iterator[Telemetry]:
    """Yield what a loaded entry read last; of what fails, nothing."""
    match entry.runtime_data:
        case HeatpumpData() as data:
            if data.performance.monitor.clock.is_in_doubt:
                return
            for key, meter in data.meters.items():
                if meter.last_update_success and meter.data is not None:
                    yield OfMeter(key=key, reading=meter.data)
            if data.heat_pump.last_update_success and data.heat_pump.data is not None:
                yield data.heat_pump.data
        case HouseMeterCoordinator() as house:
            if house.last_update_success and house.data is not None:
                yield house.data.reading
        case AccountCoordinator() as account:
            if account.last_update_success and account.data is not None:
                yield OfProbes(readings=account.data)


def _all_counts(
    followed: Followed, counts: Counts, performance: PerformanceCoordinator
) -> Iterator[Point]:
    for found in counts.all_ended(_counted_until(performance)):
        yield found
        if followed.runtime is not performance:
            # It was loaded again: all of its history is still to come.
            return


def _ended(followed: Followed) -> Iterator[Point]:
    """Yield the hours and days that changed and have ended."""
    performance, counts = followed.runtime, followed.counts
    if counts is None or not isinstance(performance, PerformanceCoordinator):
        return
    # Nothing was published yet while the entry is being set up.
    if performance.data is not None:
        yield from counts.points(*counts.take_due(_counted_until(performance)))


def _counted_until(performance: PerformanceCoordinator) -> datetime:
    """Return up to when all is counted, by a clock that is trusted."""
    shown = performance.data.snapshot if performance.data else performance.snapshot()
    until, clock = min(shown.counted_until, dt_util.utcnow()), performance.monitor.clock
    if clock.is_in_doubt and clock.last is not None:
        return min(until, clock.last)
    return until


def _imported(
    hours: Mapping[datetime, Bucket], tags: Mapping[str, str]
) -> Iterator[Point]:
    for hour, bucket in hours.items():
        if found := hour_point(hour, bucket, tags):
            yield found


def _is_clock_wrong(reading: GridReading) -> bool:
    """Return whether the time of a reading cannot be believed."""
    if not is_plausible_time(reading.time):
        return True
    at = reading.measured_at
    return at is not None and abs(at - reading.time) > _FURTHEST_OFF
