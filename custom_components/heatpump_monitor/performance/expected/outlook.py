"""What is learned once a day: the last two weeks beside the usual, and the house."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import hypot
from typing import TYPE_CHECKING, Final

from ...readings import Mode
from ...time_units import DAY
from ..effect.result import Estimate
from ..heat.method_errors import HEAT_ERRORS
from ..plant import HeatMethod, SourceKind
from ..segments import Quantity
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
    learned_days: int
    learned_first: date
    learned_last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Recent:
    """The last two weeks of all modes."""

    cop: float
    """Of heating and hot water, without standby and defrosts."""
    expected_cop: float
    run_hours: float
    index: Estimate
    share_of_carnot: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """What is learned once a day; empty before the first time."""

    modes: Mapping[Mode, RecentMode] = field(default_factory=dict)
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
        source: Where the heat pump takes its heat from; None if nobody said.
        errors: By how much each heat method can be off, as a share.
    """
    modes = dict(_modes(ledger, today, source or _recognised_source(ledger, today)))
    return Outlook(
        modes=modes,
        recent=_together([each.reached for each in modes.values()]) if modes else None,
        heat_loss=heat_loss(ledger, today - _YEAR, today - DAY, errors),
    )


def _recognised_source(ledger: Ledger, today: date) -> SourceKind:
    """Return the source by the inlet's temperature and the defrosts of a year."""
    days = [bucket for _, bucket in ledger.days_between(today - _YEAR, today - DAY)]
    inlets_c = (each.of_mode(Mode.HEATING).mean(Quantity.SOURCE_IN_C) for each in days)
    has_inlet = any(inlet_c is not None for inlet_c in inlets_c)
    is_iced = any(each.of_mode(Mode.DEFROST).seconds for each in days)
    return SourceKind.BRINE if has_inlet and not is_iced else SourceKind.AIR


def _modes(
    ledger: Ledger, today: date, source: SourceKind
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
                    learned_days=learned.days,
                    learned_first=usual[0].day,
                    learned_last=usual[-1].day,
                ),
            )


def _together(modes: Sequence[Performance]) -> Recent:
    """Return the sums over modes before their ratios."""
    heat_kwh = sum(each.heat_kwh for each in modes)
    drawn_kwh = sum(each.heat_kwh / each.cop for each in modes)
    needed_kwh = sum(each.heat_kwh / each.expected_cop for each in modes)
    ideal_kwh = sum(each.heat_kwh / each.cop * each.share_of_carnot for each in modes)
    index = needed_kwh / drawn_kwh
    half = hypot(
        *(
            each.heat_kwh
            / each.cop
            / drawn_kwh
            * (each.index.high - each.index.low)
            / 2
            for each in modes
        )
    )
    return Recent(
        cop=heat_kwh / drawn_kwh,
        expected_cop=heat_kwh / needed_kwh,
        run_hours=sum(each.run_hours for each in modes),
        index=Estimate(index, index - half, index + half),
        share_of_carnot=ideal_kwh / drawn_kwh,
    )
