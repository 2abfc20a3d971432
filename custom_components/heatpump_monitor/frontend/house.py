"""What the cards show of a house meter; `frontend/src/data/contract.ts` mirrors it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..house_meter import heat_pumps
from ..house_meter.coordinator import HouseMeterEntry
from ..house_meter.model import Billing, MonthPeak, RunningQuarter
from ..house_meter.series import Span
from ..performance.totals.calendar import Calendar
from ..time_units import DAY
from .entities import enabled_entities


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """The quarter-hour that goes on, and the peaks; None is not known."""

    running: RunningQuarter | None
    limit_w: float | None
    """The household's own limit, None if it set none."""
    least_peak_w: float
    heat_pumps: Mapping[str, str]
    """Their names by the ids of their entries."""
    entities: Mapping[str, str]
    """The ids of the enabled ones by the key of what they show."""
    month_peak: MonthPeak | None
    billing: Billing
    currency: str


@dataclass(frozen=True, slots=True)
class QuarterHour:
    """A quarter-hour that has ended."""

    start: datetime
    average_w: float | None
    """None if it is not known as a whole."""
    parts_wh: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class HousePeak:
    """The highest quarter-hour of a day."""

    start: datetime
    average_w: float
    parts_wh: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class HouseDay:
    """A local day with its highest quarter-hour."""

    day: date
    peak: HousePeak | None
    """None if no quarter-hour of it is known as a whole."""
    incomplete: int
    """How many of its quarter-hours have ended and are not known as a whole."""


def house(hass: HomeAssistant, entry: HouseMeterEntry) -> House:
    """Return what is known now of a loaded house meter."""
    coordinator = entry.runtime_data
    snapshot, tariff = coordinator.data.snapshot, coordinator.engine.tariff
    return House(
        running=snapshot.running if coordinator.last_update_success else None,
        limit_w=tariff.limit_w,
        least_peak_w=tariff.least_peak_w,
        heat_pumps=heat_pumps.names(hass),
        entities=enabled_entities(hass, entry),
        month_peak=snapshot.month_peak,
        billing=snapshot.billing,
        currency=hass.config.currency,
    )


async def async_quarters(
    entry: HouseMeterEntry, first: date, last: date
) -> list[QuarterHour]:
    """Return the quarter-hours of local days, both included, as far as known."""
    calendar = _calendar()
    start, end = calendar.midnight(first), calendar.midnight(last + DAY)
    found = await entry.runtime_data.async_quarters_between(start, end)
    return [
        QuarterHour(each.start, each.average_w, each.parts_wh)
        for each in found.quarters
    ]


async def async_house_days(
    entry: HouseMeterEntry, first: date, last: date
) -> list[HouseDay]:
    """Return the local days of a span that were counted, both ends included."""
    calendar, coordinator = _calendar(), entry.runtime_data
    since, until = coordinator.counted
    first = max(first, calendar.local_day(since))
    days = (min(last, calendar.local_day(until)) - first).days + 1
    if days <= 0:
        return []
    bounds = [calendar.midnight(first + each * DAY) for each in range(days + 1)]
    counted = await coordinator.async_quarters_between(bounds[0], bounds[-1])
    return [
        HouseDay(calendar.local_day(each.start), _peak(each), each.incomplete)
        for each in counted.cut(bounds)
    ]


def _peak(span: Span) -> HousePeak | None:
    peak = span.peak
    if peak is None or peak.average_w is None:
        return None
    return HousePeak(peak.start, peak.average_w, peak.parts_wh)


def _calendar() -> Calendar:
    return Calendar(dt_util.get_default_time_zone())
