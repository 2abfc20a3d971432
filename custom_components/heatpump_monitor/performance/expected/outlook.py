"""What is learned once a day: the last two weeks beside the usual, and the house."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import TYPE_CHECKING, Final

from ...readings import Mode
from ...time_units import DAY
from ..effect.result import Estimate
from ..heat.method_errors import HEAT_ERRORS
from ..plant import HeatMethod, SourceKind
from ..totals.ledger import Ledger
from .baseline import RECENT, learning_days
from .days import operating_days
from .heat_loss import HeatLoss, heat_loss

if TYPE_CHECKING:
    from .learned import Performance

_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, kw_only=True, slots=True)
class RecentMode:
    """The last two weeks of a mode, beside what was expected."""

    reached: Performance
    heat_kwh: float
    learned_days: int
    learned_first: date
    learned_last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Recent:
    """The last two weeks of all modes."""

    cop: float
    """Of heating and hot water, without standby and defrosts."""
    expected_cop: float
    index: Estimate
    share_of_carnot: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """What is learned once a day; empty before the first time."""

    modes: Mapping[Mode, RecentMode]
    recent: Recent | None = None
    heat_loss: HeatLoss | None = None


def look_out(
    ledger: Ledger,
    today: date,
    source: SourceKind | None,
    errors: Mapping[HeatMethod, float] = HEAT_ERRORS,
) -> Outlook:
    """Return what is learned before today; call it in a thread.

    Args:
        ledger: What was counted; no other thread changes it.
        today: The local day, which is not complete yet.
        source: Where the heat pump takes its heat from.
        errors: By how much each heat method can be off, as a share.
    """
    modes = dict(_modes(ledger, today, source))
    return Outlook(
        modes=modes,
        recent=_together(list(modes.values())) if modes else None,
        heat_loss=heat_loss(ledger, today - _YEAR, today - DAY, errors),
    )


def _modes(
    ledger: Ledger, today: date, source: SourceKind | None
) -> Iterator[tuple[Mode, RecentMode]]:
    # numpy takes 26 MB: it is not loaded before a figure needs it.
    from .learned import LEAST_DAYS, learn

    for mode in (Mode.HEATING, Mode.HOT_WATER):
        usual = learning_days(ledger, mode, today, source)
        if len(usual) < LEAST_DAYS or (learned := learn(usual, source)) is None:
            continue
        days = operating_days(ledger, mode, today - RECENT, today - DAY, source)
        if (reached := learned.performance(days)) is not None:
            yield (
                mode,
                RecentMode(
                    reached=reached,
                    heat_kwh=sum(day.heat_kwh for day in days),
                    learned_days=learned.days,
                    learned_first=usual[0].day,
                    learned_last=usual[-1].day,
                ),
            )


def _together(modes: list[RecentMode]) -> Recent:
    """Return the sums over modes before their ratios."""
    heat_kwh = sum(each.heat_kwh for each in modes)
    drawn_kwh = sum(each.heat_kwh / each.reached.cop for each in modes)
    needed_kwh = sum(each.heat_kwh / each.reached.expected_cop for each in modes)
    ideal_kwh = sum(
        each.heat_kwh / each.reached.cop * each.reached.share_of_carnot
        for each in modes
    )
    index, weights = (
        needed_kwh / drawn_kwh,
        [each.heat_kwh / each.reached.cop / drawn_kwh for each in modes],
    )
    halves = [
        weight * (each.reached.index.high - each.reached.index.low) / 2
        for weight, each in zip(weights, modes, strict=True)
    ]
    half = sqrt(sum(each**2 for each in halves))
    return Recent(
        cop=heat_kwh / drawn_kwh,
        expected_cop=heat_kwh / needed_kwh,
        index=Estimate(index, index - half, index + half),
        share_of_carnot=ideal_kwh / drawn_kwh,
    )
