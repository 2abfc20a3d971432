"""What takes a thread: once a day the year's projection, what is usual, and effects."""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from . import const
from .changes.effects import EffectKeeper, Effects
from .changes.looks import HouseholdFacts
from .changes.recorder import ChangeRecorder
from .performance.expected.outlook import Outlook, look_out
from .performance.heat.method_errors import heat_errors
from .performance.monitor import PerformanceMonitor
from .performance.totals.periods import PeriodSummary
from .performance.totals.projection import (
    Projection,
    complete_days,
    measured_this_year_wh,
    project_year,
)
from .time_units import DAY, DAY_S


@dataclass(frozen=True, kw_only=True, slots=True)
class Insights:
    """What was worked out last."""

    projection: Projection | None = None
    """What the running year will come to; None without ground for it."""
    outlook: Outlook = field(default_factory=Outlook)
    """What is learned once a day."""
    effects: Effects = field(default_factory=Effects)
    """What the changes did."""
    looked_at: datetime | None = None
    """When the change log or what is known of the changes was another one last."""


class InsightKeeper:
    """Works out what is too slow for the event loop, and keeps it."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        monitor: PerformanceMonitor,
        changes: ChangeRecorder,
    ) -> None:
        """Prepare; nothing is worked out yet."""
        self._hass = hass
        self._entry = entry
        self._monitor = monitor
        self._effects = EffectKeeper(hass, changes)
        self._begun_on: date | None = None
        self.insights = Insights()

    def is_due(self, now: datetime) -> bool:
        """Return whether a day has begun for which nothing is worked out."""
        return self._monitor.ledger.calendar.local_day(now) != self._begun_on

    def forget(self) -> None:
        """Work out everything again: the past has changed."""
        self._effects.forget()
        self._begun_on = None

    def facts(self, year: PeriodSummary) -> HouseholdFacts:
        """Return what the effect of a change depends on beside the ledger.

        Args:
            year: The last 365 days.
        """
        price = self._monitor.tariff.price_per_kwh
        # A dynamic price of now says little of a year, nor that of the grid alone.
        is_mean = self._entry.options.get(const.CONF_PRICE_ENTITY) or year.sums.split_wh
        if is_mean and year.sums.priced_wh:
            price = year.sums.cost / year.sums.priced_wh * 1000
        return HouseholdFacts(
            source=self._monitor.plant.source,
            price_per_kwh=price,
            southern=self._southern,
        )

    async def async_update(self, now: datetime, facts: HouseholdFacts) -> None:
        """Work out everything: many years take some 10 ms, many changes a second."""
        today = self._monitor.ledger.calendar.local_day(now)
        self._begun_on = today
        projection = await self._async_projected(now, today)
        self.insights = replace(self.insights, projection=projection)
        plant = self._monitor.plant
        outlook = await self._hass.async_add_executor_job(
            look_out,
            deepcopy(self._monitor.ledger),
            today,
            plant.source,
            heat_errors(plant),
        )
        self.insights = replace(self.insights, outlook=outlook)
        await self.async_look(facts)

    async def async_look(self, facts: HouseholdFacts) -> None:
        """Look at what changes did, where a look is due."""
        ledger = self._monitor.ledger
        today = ledger.calendar.local_day(dt_util.utcnow())
        await self._effects.async_update(ledger, today, facts)
        self.insights = replace(
            self.insights, effects=self._effects.effects, looked_at=dt_util.utcnow()
        )

    @property
    def _southern(self) -> bool:
        return self._hass.config.latitude < 0

    async def _async_projected(self, now: datetime, today: date) -> Projection | None:
        ledger = self._monitor.ledger
        days = complete_days(ledger, today)
        today_wh = ledger.sums(today, today).electricity_wh
        rest = (ledger.calendar.midnight(today + DAY) - now).total_seconds() / DAY_S
        job = partial(
            project_year,
            days,
            measured_this_year_wh(days, today) + today_wh,
            today,
            rest_of_today=rest,
            degree_days_year=self._entry.options.get(const.CONF_DEGREE_DAYS),
            southern=self._southern,
        )
        return await self._hass.async_add_executor_job(job)
