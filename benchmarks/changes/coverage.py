"""How often the effect of a change is told rightly, over many drawn winters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt
from statistics import median

from benchmarks.daily_model import House, lived
from custom_components.heatpump_monitor.performance.effect.analysis import analyse
from custom_components.heatpump_monitor.performance.effect.result import (
    ChangeMoment,
    Touched,
    Verdict,
)
from custom_components.heatpump_monitor.performance.plant import SourceKind

ASKED_SHARE = 0.91
SPANS = ((120, 60), (365, 60))
"""Days before and after a change."""
SEEDS = 400
_HARSHER = (0.6, 0.8)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A change, and the house in which it is made."""

    name: str
    house: House
    touched: Touched
    right: Verdict
    """What there is to say, if there are enough days to say anything."""
    is_asked: bool = True
    """Whether a share is asked of it, or it only shows what harsher noise does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Winter:
    """What was said of one drawn winter."""

    verdict: Verdict
    holds: bool
    half_width: float
    """Of the logarithm of the ratio."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """What was said of many drawn winters."""

    case: Case
    before: int
    after: int
    winters: int
    """Of which figures are known."""
    unknown: int
    holding: float
    """Share of the intervals that contain the truth."""
    right: float
    """Share of the right verdicts."""
    not_seen: float
    """Share of those that see no effect of a change that has one."""
    wrong: float
    """Share of those that call better or worse what is not."""
    half_width: float
    """Median, of the ratio."""

    @property
    def error(self) -> float:
        """Return the standard deviation of the share that holds, by chance alone."""
        return sqrt(self.holding * (1 - self.holding) / max(self.winters, 1))


def cases_of(house: House, slope_after: float, hot_water_effect: float) -> list[Case]:
    """Return the changes that are made in a house.

    Those of which nothing is asked have days that deviate alike for longer, as a
    house with people in it may, and as much when it is mild as when it is cold.
    """
    if (hot_water := house.hot_water) is None:
        raise ValueError("a house without hot water")
    hotter = replace(hot_water, effect=hot_water_effect)
    return [
        Case(
            name="curve -0.2",
            house=replace(house, slope_after=slope_after),
            touched=Touched.HEATING,
            right=Verdict.BETTER,
        ),
        Case(
            name="hot water +5 K",
            house=replace(house, hot_water=hotter),
            touched=Touched.HOT_WATER,
            right=Verdict.WORSE,
        ),
        Case(
            name="nothing (heating)",
            house=house,
            touched=Touched.HEATING,
            right=Verdict.NO_VISIBLE_EFFECT,
        ),
        Case(
            name="nothing (hot water)",
            house=house,
            touched=Touched.HOT_WATER,
            right=Verdict.NO_VISIBLE_EFFECT,
        ),
        *(
            Case(
                name=f"curve -0.2, correlation {correlation}",
                house=replace(
                    house,
                    slope_after=slope_after,
                    correlation=correlation,
                    small_days=0.0,
                ),
                touched=Touched.HEATING,
                right=Verdict.BETTER,
                is_asked=False,
            )
            for correlation in _HARSHER
        ),
    ]


def covered(case: Case, seeds: Sequence[int], before: int, after: int) -> Coverage:
    """Return what is said of many winters with this change."""
    told = [_told(case, seed, before, after) for seed in seeds]
    winters = [each for each in told if each is not None]
    verdicts = [each.verdict for each in winters]
    claims = {Verdict.BETTER, Verdict.WORSE} - {case.right}
    unseen = {Verdict.NO_VISIBLE_EFFECT} - {case.right}
    count = max(len(winters), 1)
    return Coverage(
        case=case,
        before=before,
        after=after,
        winters=len(winters),
        unknown=len(told) - len(winters),
        holding=sum(each.holds for each in winters) / count,
        right=verdicts.count(case.right) / count,
        not_seen=sum(each in unseen for each in verdicts) / count,
        wrong=sum(each in claims for each in verdicts) / count,
        half_width=exp(median(each.half_width for each in winters)) - 1,
    )


def _told(case: Case, seed: int, before: int, after: int) -> Winter | None:
    winter = lived(case.house, seed, before=before, after=after)
    change = ChangeMoment(winter.change_time, case.touched)
    effect = analyse(winter.ledger, change, (), winter.today, source=SourceKind.AIR)
    if (figures := effect.figures) is None:
        return None
    if case.touched is Touched.HEATING:
        truth = winter.true_ratio(*figures.outside_c)
    else:
        truth = exp(case.house.hot_water.effect) if case.house.hot_water else 1.0
    cop = figures.cop.change
    return Winter(
        verdict=effect.verdict,
        holds=cop.low <= truth <= cop.high,
        half_width=log(cop.high / cop.low) / 2,
    )
