"""Sums and ratios over the periods of the household's calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .ledger import Bucket, Ledger, ModeSums
from .modes import Mode
from .plant import HeatMethod
from .uncertainty import relative_uncertainty

DAY_S = 86_400
# Paired days from which on a ratio may be called a year's.
FULL_YEAR_DAYS = 330
_ROLLING_YEAR = timedelta(days=364)
# Less than this is no ground for a ratio: a standby hour is not a COP.
_LEAST_ELECTRICITY_WH = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """What was counted in a period, and how much of the period that is."""

    start: datetime
    """When the period, or the counting if that is later, began."""
    end: datetime
    """Until when the period was looked at."""
    electricity_wh: float
    metered_s: float
    """Time for which the electricity is known."""
    paired_electricity_wh: float
    heat_wh: float
    unpaired_heat_wh: float
    paired_s: float
    modes: Mapping[Mode, ModeSums]
    methods_wh: Mapping[HeatMethod, float]

    @property
    def elapsed_s(self) -> float:
        """Return the length of the period so far, in seconds."""
        return max((self.end - self.start).total_seconds(), 0.0)

    @property
    def cop(self) -> float | None:
        """Return the sum of heat over the sum of paired electricity.

        None where nothing was paired, or no heat was made: then there is no
        ratio, only standby.
        """
        if self.paired_electricity_wh < _LEAST_ELECTRICITY_WH or self.heat_wh == 0:
            return None
        return self.heat_wh / self.paired_electricity_wh

    @property
    def uncertainty(self) -> float | None:
        """Return by how much the COP can be off, up or down; None without a COP."""
        if self.cop is None or self.coverage is None:
            return None
        share = relative_uncertainty(self.methods_wh, self.coverage)
        return None if share is None else abs(self.cop) * share

    @property
    def unpaired_electricity_wh(self) -> float:
        """Return the electricity whose heat is not known, in Wh."""
        return max(self.electricity_wh - self.paired_electricity_wh, 0.0)

    @property
    def coverage(self) -> float | None:
        """Return paired time over elapsed time, 0..1; None before any time passed."""
        if not self.elapsed_s:
            return None
        return min(self.paired_s / self.elapsed_s, 1.0)

    @property
    def paired_days(self) -> float:
        """Return the paired time in days."""
        return self.paired_s / DAY_S

    @property
    def is_full_year(self) -> bool:
        """Return whether enough is paired to speak of a year."""
        return self.paired_days >= FULL_YEAR_DAYS


def account(ledger: Ledger, first: date, last: date, until: datetime) -> Account:
    """Return the account over local days, both included.

    Args:
        ledger: What was counted.
        first: First local day.
        last: Last local day.
        until: The moment up to which counting can have come, in UTC.
    """
    sums: Bucket = ledger.sums(first, last)
    start = max(ledger.midnight(first), ledger.since or until)
    end = min(ledger.midnight(last + timedelta(days=1)), until)
    return Account(
        start=start,
        end=end,
        electricity_wh=sums.electricity_wh,
        metered_s=sums.metered_s,
        paired_electricity_wh=sums.paired_electricity_wh,
        heat_wh=sums.heat_wh,
        unpaired_heat_wh=sums.unpaired_heat_wh,
        paired_s=sums.paired_s,
        modes=sums.modes,
        methods_wh=sums.methods_wh,
    )


def today(ledger: Ledger, until: datetime) -> Account:
    """Return the account since local midnight."""
    day = _local_day(ledger, until)
    return account(ledger, day, day, until)


def this_month(ledger: Ledger, until: datetime) -> Account:
    """Return the account since the first of the month."""
    day = _local_day(ledger, until)
    return account(ledger, day.replace(day=1), day, until)


def this_year(ledger: Ledger, until: datetime) -> Account:
    """Return the account since the first of January."""
    day = _local_day(ledger, until)
    return account(ledger, day.replace(month=1, day=1), day, until)


def rolling_year(ledger: Ledger, until: datetime) -> Account:
    """Return the account of the last 365 local days, today included."""
    day = _local_day(ledger, until)
    return account(ledger, day - _ROLLING_YEAR, day, until)


def _local_day(ledger: Ledger, moment: datetime) -> date:
    return moment.astimezone(ledger.time_zone).date()
