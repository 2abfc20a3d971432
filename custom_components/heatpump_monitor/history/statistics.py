"""Publish the hours of a ledger as long-term statistics of Home Assistant.

They have ids of their own (`heatpump_monitor:...`) and belong to no entity: hours that
were recovered or imported are corrected without changing what a sensor recorded. A
sum continues from the recorder's sum of the hour before, whoever wrote that: a ledger
that was lost or set up again continues the series it finds.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Final

from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import (
    async_add_external_statistics,
    get_last_statistics,
    statistic_during_period,
    statistics_during_period,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import UnitOfEnergy, UnitOfTemperature
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.recorder import get_instance
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util, slugify
from homeassistant.util.unit_conversion import (
    EnergyConverter,
    TemperatureConverter,
    UnitlessRatioConverter,
)

from ..const import DOMAIN
from ..performance.monitor import PerformanceMonitor
from ..performance.output import Update
from ..performance.totals.calendar import hour_of
from ..performance.totals.ledger import Bucket, ModeSums
from ..readings import Mode
from ..time_units import HOUR

# The name of our cursor: the first hour that is still to be published.
_CURSOR: Final = "statistics"
# An hour is published then, even if its last interval is not closed: a source is gone.
_PATIENCE: Final = timedelta(minutes=30)
# Years at once would block the recorder.
_HOURS_AT_ONCE: Final = 31 * 24
_EVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Series:
    """One of the statistics."""

    key: str
    sensor: str
    """The sensor whose name it shares."""
    value: Callable[[Bucket], float | None]
    unit: str | None
    unit_class: str | None
    mode: Mode | None = None


def _energy(key: str, value_wh: Callable[[Bucket], float]) -> _Series:
    return _Series(
        key,
        f"{key}_total",
        lambda bucket: value_wh(bucket) / 1000,
        UnitOfEnergy.KILO_WATT_HOUR,
        EnergyConverter.UNIT_CLASS,
    )


def _energy_of(mode: Mode, key: str, value_wh: Callable[[ModeSums], float]) -> _Series:
    series = _energy(key, lambda bucket: value_wh(bucket.of_mode(mode)))
    return replace(series, key=f"{key}_{mode}", mode=mode)


_SUMS: Final = (
    _energy("electricity", lambda bucket: bucket.electricity_wh),
    _energy("heat", lambda bucket: bucket.heat_wh + bucket.unpaired_heat_wh),
    *(_energy_of(mode, "heat", lambda sums: sums.heat_wh) for mode in Mode),
    *(
        _energy_of(mode, "electricity", lambda sums: sums.electricity_wh)
        for mode in Mode
    ),
)
_MEANS: Final = (
    _Series(
        "cop",
        "cop",
        lambda bucket: bucket.cop,
        None,
        UnitlessRatioConverter.UNIT_CLASS,
    ),
    _Series(
        "outside_temperature",
        "outside_temperature",
        lambda bucket: bucket.outside_c,
        UnitOfTemperature.CELSIUS,
        TemperatureConverter.UNIT_CLASS,
    ),
)


@dataclass(slots=True)
class _Recorded:
    """The recorder's rows of one series for some hours."""

    changes_kwh: Mapping[datetime, float]
    """The increase in each hour with a row; 0 for a mean."""
    before_kwh: float | None = None
    """The sum at the first hour; None if the series begins later, or never."""


class StatisticsPublisher:
    """Hands the hours of one ledger to the recorder."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        monitor: PerformanceMonitor,
        cursors: dict[str, datetime],
    ) -> None:
        """Prepare; the first hour to publish survives a restart in `cursors`."""
        self._cursors = cursors
        self._hass = hass
        self._entry = entry
        self._monitor = monitor
        self._lock = asyncio.Lock()
        self._caught_up = False

    def add(self, update: Update) -> None:
        """Remember the first hour that an update changed."""
        self._go_back_to(update.hours)

    def is_due(self, now: datetime) -> bool:
        """Return whether an hour that has ended changed, and can be handed over."""
        if self._lock.locked() or "recorder" not in self._hass.config.components:
            return False
        first = self._cursors.get(_CURSOR)
        return first is not None and first < self._ended(now)

    async def async_publish(self, now: datetime) -> None:
        """Publish all hours that have ended, from the first that changed on."""
        ledger = self._monitor.ledger
        async with self._lock:
            await self._async_catch_up()
            first, end = self._cursors.get(_CURSOR), self._ended(now)
            if first is None or first >= end:
                return
            recorded = await self._async_recorded(first, end)
            texts = await self._async_texts()
            hours = dict(ledger.hours_between(first, end))
            self._add(hours, recorded, end, texts)
            # Earlier hours may have changed meanwhile: they are published next.
            if self._cursors[_CURSOR] == first:
                del self._cursors[_CURSOR]
                self._go_back_to(hour for hour, _ in ledger.hours_between(end, _EVER))

    async def async_add_imported(
        self,
        hours: Mapping[datetime, Bucket],
        progress: Callable[[float], None] = lambda _: None,
    ) -> None:
        """Publish hours that were recorded elsewhere.

        The recorder's sums of later hours are raised by as much as these add,
        so that no hour after them falls. The same hours twice change nothing.
        `progress` is called with the share that the recorder has stored.
        """
        if "recorder" not in self._hass.config.components:
            return
        # Another import waits: the ledger took over its hours later.
        async with self._lock:
            texts = await self._async_texts()
            done = 0
            for batch in batched(sorted(hours), _HOURS_AT_ONCE, strict=False):
                end = batch[-1] + HOUR
                recorded = await self._async_recorded(batch[0], end)
                progress(done / len(hours))
                done += len(batch)
                self._add({hour: hours[hour] for hour in batch}, recorded, end, texts)
            # From now on, whoever reads statistics finds them.
            await get_instance(self._hass).async_block_till_done()

    def _ended(self, now: datetime) -> datetime:
        hour = hour_of(now)
        interval = self._monitor.interval
        booked = interval is not None and interval.end >= hour
        return hour if booked or now - hour >= _PATIENCE else hour - HOUR

    async def _async_catch_up(self) -> None:
        """Go back to the first hour that the recorder lacks, once after the start.

        It lacks some if it was killed, or its database restored or deleted.
        """
        if self._caught_up:
            return
        ledger = self._monitor.ledger
        last = await get_instance(self._hass).async_add_executor_job(
            _last_hour, self._hass, statistic_id(self._entry, "electricity")
        )
        self._go_back_to(hour for hour in ledger.hours if last is None or hour > last)
        self._caught_up = True

    def _go_back_to(self, hours: Iterable[datetime]) -> None:
        """Publish from the first of these hours on, or from an earlier one."""
        if first := min(hours, default=None):
            self._cursors[_CURSOR] = min(first, self._cursors.get(_CURSOR, first))

    async def _async_recorded(
        self, first: datetime, end: datetime
    ) -> dict[str, _Recorded]:
        recorder = get_instance(self._hass)
        # Its queue may still have rows of ours.
        await recorder.async_block_till_done()
        return await recorder.async_add_executor_job(
            _recorded, self._hass, self._entry, first, end
        )

    async def _async_texts(self) -> Mapping[str, str]:
        hass = self._hass
        texts = await async_get_translations(
            hass, hass.config.language, "entity", {DOMAIN}
        )
        prefix = f"component.{DOMAIN}.entity.sensor."
        return {place.removeprefix(prefix): text for place, text in texts.items()}

    @callback
    def _add(
        self,
        hours: Mapping[datetime, Bucket],
        recorded: Mapping[str, _Recorded],
        end: datetime,
        texts: Mapping[str, str],
    ) -> None:
        for series in _SUMS:
            metadata = self._metadata(series, texts)
            kept = recorded[series.key]
            values_kwh = {
                hour: series.value(bucket) or 0.0 for hour, bucket in hours.items()
            }
            # A series begins with its first value: who has no cooling sees none.
            has_begun = kept.before_kwh is not None or kept.changes_kwh
            if has_begun or any(values_kwh.values()):
                self._add_sums(metadata, values_kwh, kept, end)
        for series in _MEANS:
            metadata = self._metadata(series, texts)
            known = recorded[series.key].changes_kwh
            rows = [
                _mean(hour, value)
                for hour, bucket in hours.items()
                if (value := series.value(bucket)) is not None or hour in known
            ]
            if rows:
                async_add_external_statistics(self._hass, metadata, rows)

    def _add_sums(
        self,
        metadata: StatisticMetaData,
        values_kwh: Mapping[datetime, float],
        kept: _Recorded,
        end: datetime,
    ) -> None:
        """Add hours to a series, and raise the sums of later ones."""
        changes_kwh = {**kept.changes_kwh, **values_kwh}
        sum_kwh = kept.before_kwh or 0.0
        rows: list[StatisticData] = []
        for hour in sorted(changes_kwh):
            sum_kwh += changes_kwh[hour]
            rows.append(StatisticData(start=hour, sum=sum_kwh))
        async_add_external_statistics(self._hass, metadata, rows)
        get_instance(self._hass).async_adjust_statistics(
            metadata["statistic_id"],
            end,
            sum(changes_kwh.values()) - sum(kept.changes_kwh.values()),
            UnitOfEnergy.KILO_WATT_HOUR,
        )

    def _metadata(self, series: _Series, texts: Mapping[str, str]) -> StatisticMetaData:
        name = f"{self._entry.title} {texts[f'{series.sensor}.name']}"
        if series.mode is not None:
            name = f"{name} ({texts[f'mode.state.{series.mode}']})"
        has_sum = series in _SUMS
        mean_type = StatisticMeanType.NONE if has_sum else StatisticMeanType.ARITHMETIC
        return StatisticMetaData(
            has_sum=has_sum,
            mean_type=mean_type,
            name=name,
            source=DOMAIN,
            statistic_id=statistic_id(self._entry, series.key),
            unit_class=series.unit_class,
            unit_of_measurement=series.unit,
        )


def statistic_id(entry: ConfigEntry, key: str) -> str:
    """Return the id of one of an entry's statistics."""
    return f"{DOMAIN}:{slugify(entry.unique_id)}_{key}"


def _mean(hour: datetime, value: float | None) -> StatisticData:
    """Return a row; without a value, it clears the row that exists."""
    row = StatisticData(start=hour)
    if value is not None:
        row["mean"] = value
    return row


def _last_hour(hass: HomeAssistant, statistic_id: str) -> datetime | None:
    rows = get_last_statistics(hass, 1, statistic_id, False, {"sum"})
    if statistic_id not in rows:
        return None
    return dt_util.utc_from_timestamp(rows[statistic_id][0]["start"])


def _recorded(
    hass: HomeAssistant, entry: ConfigEntry, first: datetime, end: datetime
) -> dict[str, _Recorded]:
    """Return what the recorder has of some hours, by the key of the series."""
    ids = {series.key: statistic_id(entry, series.key) for series in (*_SUMS, *_MEANS)}
    rows = statistics_during_period(
        hass, first, end, set(ids.values()), "hour", None, {"change", "mean"}
    )
    recorded = {
        key: _Recorded(
            {
                dt_util.utc_from_timestamp(row["start"]): row.get("change") or 0.0
                for row in rows.get(each, ())
            }
        )
        for key, each in ids.items()
    }
    for series in _SUMS:
        # From the beginning on, the change is the sum.
        recorded[series.key].before_kwh = statistic_during_period(
            hass, None, first, ids[series.key], {"change"}, None
        ).get("change")
    return recorded
