"""The result of comparing the days before and after a change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ...readings import Mode


class Touched(StrEnum):
    """What a change of the settings acts on."""

    HEATING = "heating"
    """Heating with its defrosts."""
    HOT_WATER = "hot_water"
    BOTH = "both"
    """All electricity but that of cooling, standby included."""

    @property
    def modes(self) -> frozenset[Mode]:
        """Return the modes of which the electricity counts."""
        return _MODES[self]

    def overlaps(self, other: Touched) -> bool:
        """Return whether two changes act on the same energy."""
        return self is other or Touched.BOTH in (self, other)


_MODES = {
    Touched.HEATING: frozenset({Mode.HEATING, Mode.DEFROST}),
    Touched.HOT_WATER: frozenset({Mode.HOT_WATER}),
    Touched.BOTH: frozenset(Mode) - {Mode.COOLING},
}


@dataclass(frozen=True, slots=True)
class ChangeMoment:
    """When something was changed, and what it acts on."""

    time: datetime
    touched: Touched = Touched.BOTH
    of_measuring: bool = False
    """Whether heat or electricity is known otherwise from then on."""


class Excluded(StrEnum):
    """Why a day is not compared."""

    TRANSITION = "transition"
    """The days of the change, and the day after."""
    OTHER_CHANGE = "other_change"
    """Another change acts on it: before the one before, or from the next one on."""
    LOW_COVERAGE = "low_coverage"
    """Heat, electricity or a temperature is not known for nearly the whole day."""
    OTHER_METHOD = "other_method"
    """Heat was known by another method, or other electricity was metered."""
    LITTLE_ENERGY = "little_energy"
    """The heat pump hardly ran in the mode, as in summer."""
    UNUSUAL = "unusual"
    """Much less heat than on other days as cold, as in a holiday."""
    DISINFECTION = "disinfection"
    """A weekday on which hot water takes far more electricity than on others."""
    OTHER_WEATHER = "other_weather"
    """Colder or warmer than any day of the other side."""


class Verdict(StrEnum):
    """What can be said about the COP after a change."""

    BETTER = "better"
    WORSE = "worse"
    NO_VISIBLE_EFFECT = "no_visible_effect"
    """The interval contains no change, and is not wider than 5 % up and down."""
    NOT_ENOUGH_DATA = "not_enough_data"


class Lack(StrEnum):
    """What is missing for a verdict."""

    DAYS_BEFORE = "days_before"
    """Too few days, which cannot grow any more."""
    DAYS_AFTER = "days_after"
    """More days are needed."""
    NEXT_CHANGE = "next_change"
    """Another change ended the time after this one."""
    SAME_WEATHER = "same_weather"
    """The days after the change are colder or warmer than those before."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the ends of its interval."""

    value: float
    low: float
    high: float

    def scaled(self, factor: float) -> Estimate:
        """Return the estimate times a factor that is not negative."""
        return Estimate(self.value * factor, self.low * factor, self.high * factor)


@dataclass(frozen=True, kw_only=True, slots=True)
class BeforeAfter:
    """A daily figure on both sides of the change, at the same weather."""

    before: Estimate
    after: Estimate
    change: Estimate
    """After over before; for a temperature after minus before, in K."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """The days on one side of a change."""

    used: int
    excluded: Mapping[Excluded, int]
    first: date | None = None
    """The first day used; None without any."""
    last: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Yearly:
    """What the change saves in a year like the last one; negative if it costs.

    Nothing is claimed of days on which a tank is disinfected.
    """

    saved_kwh: Estimate
    """By the COP alone, for the same heat."""
    saved_in_all_kwh: Estimate
    """By COP and heat demand together."""
    saved_money: Estimate | None
    """Of `saved_kwh`, in the household's currency; None without a price."""
    saved_in_all_money: Estimate | None
    share_measured: float
    """Which share of the year was measured; the rest is extrapolated."""
    share_in_range: float
    """Which share of the electricity was drawn on days as cold as those compared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """The figures of both sides, at the same weather."""

    cop: BeforeAfter
    heat_kwh_per_day: BeforeAfter
    electricity_kwh_per_day: BeforeAfter
    heat_kwh_per_degree_day: BeforeAfter | None
    """None for hot water."""
    supply_c: BeforeAfter | None
    """Explains a change of the COP; the COP is not adjusted for it."""
    outside_c: tuple[float, float]
    """Lowest and highest mean outside temperature of the days compared."""
    mean_outside_c: float
    """The weather for which the figures are."""
    correlation: float
    """Of the COP's deviations on two days in a row."""
    source_adjusted: bool
    """Whether the COP is that at the same brine temperature."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """What a change did."""

    verdict: Verdict
    touched: Touched
    together_with: tuple[datetime, ...]
    """Other changes within a week, which cannot be told apart from this one."""
    before: Side
    after: Side
    figures: Figures | None = None
    """None as long as there is nothing to compare."""
    yearly: Yearly | None = None
    """None without figures, or if too little of the last 12 months was measured."""
    lack: Lack | None = None
    days_needed: int | None = None
    """About how many more usable days are needed; None if not known or for none."""
