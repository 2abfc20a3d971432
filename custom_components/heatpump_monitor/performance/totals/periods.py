"""Sums and ratios over the periods of the household's calendar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from ...readings import Mode
from ...time_units import DAY, DAY_S
from ..heat.method_errors import HEAT_ERRORS
from ..plant import HeatMethod, MeteredBoundary
from .ledger import Bucket, Ledger, ratio
from .uncertainty import mode_uncertainty, own_uncertainty, relative_uncertainty

# Paired days from which on a ratio may be called a year's.
FULL_YEAR_DAYS = 330
_ROLLING_YEAR = timedelta(days=364)
_ROLLING_MONTH = timedelta(days=29)
# Less heat by the chosen method says nothing of another.
_LEAST_COMPARED_WH = 1.0
# What the backup heater drew must be known for this share of the paired time.
_BACKUP_HEATER_KNOWN_SHARE = 0.95
# Cost, CO2 and own electricity are those of a period if they are known for this share
# of its electricity: what is missing is then less than prices vary within a day.
_PRICED_SHARE = 0.95


class Period(StrEnum):
    """The periods that are looked at."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    MONTH = "month"
    LAST_MONTH = "last_month"
    YEAR = "year"
    LAST_YEAR = "last_year"
    SEASON = "season"
    ROLLING_MONTH = "rolling_month"
    ROLLING_YEAR = "rolling_year"
    ALL = "all"


_DAYS = Period.TODAY, Period.YESTERDAY
_MONTHS = Period.MONTH, Period.LAST_MONTH, Period.ROLLING_MONTH
# A ratio is shown as the state of a sensor from this much paired time on. One
# compressor run makes a day's figure, three days a month's, a month a year's.
_PAIRED_S_TO_EARN = (
    dict.fromkeys(Period, 30.0 * DAY_S)
    | dict.fromkeys(_MONTHS, 3.0 * DAY_S)
    | dict.fromkeys(_DAYS, 3600.0)
)
# Electricity of the running compressor that a day's ratio, or a mode's, needs.
_RUNNING_WH_TO_EARN = 500.0


@dataclass(frozen=True, slots=True)
class BoundaryPart:
    """The part of a period in which the electricity was metered inside a boundary."""

    share: float
    """Of the electricity whose boundary is known, 0..1."""
    days: float
    """Paired time without cooling."""
    cop: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodSummary:
    """The sums of a period, and how much of the period they cover."""

    first: date
    """First local day of the period."""
    last: date
    """Last local day, included."""
    start: datetime
    """When the period began, also if that was before the set-up."""
    counted_from: datetime
    """When counting in the period began."""
    end: datetime
    """The last moment of the period that could be closed."""
    sums: Bucket
    heat_errors: Mapping[HeatMethod, float] = field(
        default_factory=lambda: HEAT_ERRORS, repr=False
    )
    """By how much each method's heat can be off, as a share."""

    @property
    def elapsed_s(self) -> float:
        """Return the length of the period so far, in seconds."""
        return max((self.end - self.start).total_seconds(), 0.0)

    def has_earned(self, period: Period) -> bool:
        """Return whether enough is paired to show the ratio of a period."""
        sums = self.sums
        if sums.paired_s < _PAIRED_S_TO_EARN[period]:
            return False
        standby_wh = sums.of_mode(Mode.STANDBY).electricity_wh
        running_wh = sums.paired_electricity_wh - standby_wh
        return period not in _DAYS or running_wh >= _RUNNING_WH_TO_EARN

    def has_earned_mode(self, period: Period, mode: Mode) -> bool:
        """Return whether enough is paired to show the ratio of one mode."""
        electricity_wh = self.sums.of_mode(mode).electricity_wh
        return self.has_earned(period) and electricity_wh >= _RUNNING_WH_TO_EARN

    @property
    def cop(self) -> float | None:
        """Return the sum of heat over the sum of paired electricity."""
        return self.sums.cop

    @property
    def cop_without_backup_heater(self) -> float | None:
        """Return the ratio inside the boundary that leaves the backup heater out.

        Both what it drew and what it made are taken off. None where that is not
        known for nearly all of the time. Source: SEPEMO-Build, SPF H2 beside H3.
        """
        sums = self.sums
        if (
            not sums.backup_heater_known_s
            or sums.backup_heater_known_s < _BACKUP_HEATER_KNOWN_SHARE * sums.paired_s
        ):
            return None
        return ratio(
            sums.heat_wh - sums.backup_heater_heat_wh,
            sums.paired_electricity_wh - sums.backup_heater_electricity_wh,
        )

    @property
    def boundaries(self) -> dict[str, BoundaryPart]:
        """Return the boundaries of the paired electricity by their key."""
        sums = self.sums.boundaries
        total_wh = sum(electricity_wh for electricity_wh, _, _ in sums.values())
        return {
            key: BoundaryPart(
                electricity_wh / total_wh if total_wh else 0.0,
                seconds / DAY_S,
                ratio(heat_wh, electricity_wh),
            )
            for key, (electricity_wh, heat_wh, seconds) in sums.items()
        }

    @property
    def boundary(self) -> MeteredBoundary | None:
        """Return the boundary; None if there are several, or none is known."""
        if len(self.sums.boundaries) != 1:
            return None
        return MeteredBoundary.of_key(next(iter(self.sums.boundaries)))

    @property
    def uncertainty(self) -> float | None:
        """Return by how much the COP can be off, up or down; None without a COP.

        It is that of the time since counting began in the period.
        """
        share = self._relative_uncertainty()
        return None if self.cop is None or share is None else abs(self.cop) * share

    @property
    def own_uncertainty(self) -> float | None:
        """Return the part of the uncertainty that other periods do not share."""
        share = self._relative_uncertainty(own_uncertainty)
        return None if self.cop is None or share is None else abs(self.cop) * share

    def mode_uncertainty(self, mode: Mode) -> float | None:
        """Return by how much the COP of a mode, or its EER, can be off."""
        share = self._relative_uncertainty()
        value = self.eer if mode is Mode.COOLING else self.mode_cop(mode)
        if share is None or value is None:
            return None
        of_mode_wh = self.sums.of_mode(mode).heat_wh
        return abs(value) * mode_uncertainty(share, self.sums.heat_wh, of_mode_wh)

    def _relative_uncertainty(
        self, uncertainty: Callable[..., float | None] = relative_uncertainty
    ) -> float | None:
        counted_s = (self.end - self.counted_from).total_seconds()
        if counted_s <= 0:
            return None
        sums = self.sums
        unseen_wh = sums.backup_heater_electricity_wh - sums.backup_heater_heat_wh
        covered = min(sums.paired_s / counted_s, 1.0)
        return uncertainty(sums.methods_wh, covered, unseen_wh, self.heat_errors)

    @property
    def unpaired_electricity_wh(self) -> float:
        """Return the electricity whose heat is not known, in Wh."""
        cooling_wh = self.sums.of_mode(Mode.COOLING).electricity_wh
        known_wh = self.sums.paired_electricity_wh + cooling_wh
        return max(self.sums.electricity_wh - known_wh, 0.0)

    @property
    def coverage(self) -> float | None:
        """Return paired time over elapsed time, 0..1; None before any time passed."""
        if not self.elapsed_s:
            return None
        return min(self.sums.paired_s / self.elapsed_s, 1.0)

    @property
    def paired_days(self) -> float:
        """Return the paired time in days."""
        return self.sums.paired_s / DAY_S

    @property
    def is_full_year(self) -> bool:
        """Return whether enough is paired to speak of a year."""
        return self.paired_days >= FULL_YEAR_DAYS

    @property
    def mean_cycle_s(self) -> float | None:
        """Return how long the compressor ran for each start, None without a start."""
        return self.sums.run_s / self.sums.starts if self.sums.starts else None

    @property
    def outside_c(self) -> float | None:
        """Return the mean outside temperature."""
        return self.sums.outside_c

    @property
    def cost(self) -> float | None:
        """Return what the electricity cost; None if too much of it had no price."""
        return self.sums.cost if _is_nearly_all(self.priced_share) else None

    @property
    def priced_share(self) -> float | None:
        """Return which share of the electricity had a price."""
        sums = self.sums
        return sums.priced_wh / sums.electricity_wh if sums.electricity_wh else None

    @property
    def own_cost(self) -> float | None:
        """Return the cost of own electricity; None if nothing was split."""
        if self.cost is None or not self.sums.split_wh:
            return None
        return self.sums.own_cost

    @property
    def grid_cost(self) -> float | None:
        """Return the rest of the cost; before there were meters, all of it is that."""
        if self.cost is None or self.own_cost is None:
            return None
        return self.cost - self.own_cost

    @property
    def split_share(self) -> float | None:
        """Return for which share of the electricity it is known how much was own.

        Time before there were meters for it does not count.
        """
        to_split_wh = self.sums.split_wh + self.sums.unsplit_wh
        return self.sums.split_wh / to_split_wh if to_split_wh else None

    @property
    def own_electricity_share(self) -> float | None:
        """Return the share of own electricity, 0..1; None if too little is known."""
        return self._own_share(self.sums.own_wh)

    @property
    def own_electricity_bounds(self) -> tuple[float | None, float | None]:
        """Return between which shares it lies, whatever the rule."""
        sums = self.sums
        return self._own_share(sums.own_least_wh), self._own_share(sums.own_most_wh)

    def _own_share(self, own_wh: float) -> float | None:
        return own_wh / self.sums.split_wh if _is_nearly_all(self.split_share) else None

    @property
    def cost_per_kwh_heat(self) -> float | None:
        """Return what a kWh of heat cost: the mean price over the COP."""
        if not self.cop or not _is_nearly_all(self.priced_share):
            return None
        return self.sums.cost / self.sums.priced_wh * 1000 / self.cop

    @property
    def co2_kg(self) -> float | None:
        """Return the CO2 of the electricity, in kg; None if too little is known."""
        return self.sums.co2_g / 1000 if _is_nearly_all(self.co2_share) else None

    @property
    def co2_share(self) -> float | None:
        """Return for which share of the electricity the CO2 intensity was known."""
        sums = self.sums
        return sums.co2_wh / sums.electricity_wh if sums.electricity_wh else None

    @property
    def eer(self) -> float | None:
        """Return the cold over the electricity of cooling, None without either."""
        sums = self.sums.of_mode(Mode.COOLING)
        return ratio(-sums.heat_wh, sums.electricity_wh)

    def mode_cop(self, mode: Mode) -> float | None:
        """Return the ratio of what was paired in one mode; cooling has an EER."""
        if mode is Mode.COOLING:
            return None
        sums = self.sums.of_mode(mode)
        return ratio(sums.heat_wh, sums.electricity_wh)

    def method_shares(self) -> dict[HeatMethod, float]:
        """Return the share of each method in the size of the heat."""
        sizes_wh = {method: abs(wh) for method, wh in self.sums.methods_wh.items()}
        if not (total_wh := sum(sizes_wh.values())):
            return {}
        return {method: wh / total_wh for method, wh in sizes_wh.items()}

    def deviations(self) -> dict[HeatMethod, float]:
        """Return by which share every other method is off the chosen one.

        Only for the time for which both said something.
        """
        return {
            method: compared.heat_wh / compared.chosen_wh - 1
            for method, compared in self.sums.compared.items()
            if abs(compared.chosen_wh) >= _LEAST_COMPARED_WH
        }


def _is_nearly_all(share: float | None) -> bool:
    return share is not None and share >= _PRICED_SHARE


def period_summary(
    ledger: Ledger,
    first: date,
    last: date,
    until: datetime,
    *,
    since: datetime | None = None,
    heat_errors: Mapping[HeatMethod, float] = HEAT_ERRORS,
) -> PeriodSummary:
    """Return the sums over local days, both included.

    Args:
        ledger: What was counted.
        first: First local day.
        last: Last local day.
        until: The moment up to which counting can have come, in UTC.
        since: When the period begins, if that is later than the first midnight.
        heat_errors: By how much each method's heat can be off, as a share.
    """
    start = ledger.calendar.midnight(first)
    if since is not None:
        start = max(start, since)
    return PeriodSummary(
        first=first,
        last=last,
        start=start,
        counted_from=max(start, ledger.since or until),
        end=min(ledger.calendar.midnight(last + DAY), until),
        sums=ledger.sums(first, last),
        heat_errors=heat_errors,
    )


def summaries(
    ledger: Ledger,
    now: datetime,
    *,
    until: datetime | None = None,
    heat_errors: Mapping[HeatMethod, float] = HEAT_ERRORS,
) -> dict[Period, PeriodSummary]:
    """Return all periods as they are at a moment; see `period_summary`.

    Only `Period.ALL` starts when the counting started.
    """
    today, until = ledger.calendar.local_day(now), until or now
    return {
        period: period_summary(
            ledger,
            *days_of(period, ledger, today),
            until,
            since=(ledger.since or until) if period is Period.ALL else None,
            heat_errors=heat_errors,
        )
        for period in Period
    }


def days_of(period: Period, ledger: Ledger, today: date) -> tuple[date, date]:
    """Return the first and the last local day of a period, as seen today.

    A heating season runs for a year, from the first of its month on.
    """
    calendar, since = ledger.calendar, ledger.since
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    yesterday, last_month, last_year = (day - DAY for day in (today, month, year))
    return {
        Period.TODAY: (today, today),
        Period.YESTERDAY: (yesterday, yesterday),
        Period.MONTH: (month, today),
        Period.LAST_MONTH: (last_month.replace(day=1), last_month),
        Period.YEAR: (year, today),
        Period.LAST_YEAR: (last_year.replace(month=1, day=1), last_year),
        Period.SEASON: (calendar.season_start(today), today),
        Period.ROLLING_MONTH: (today - _ROLLING_MONTH, today),
        Period.ROLLING_YEAR: (today - _ROLLING_YEAR, today),
        Period.ALL: (calendar.local_day(since) if since else today, today),
    }[period]
