"""The live line: what is shown of a heat pump, and the true COP beside it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import ClientError

from .errors import DemoError
from .heat_pump import HeatPump, Shown, last_interval
from .simulators import Truth

INTERVAL_S = 10
_UNKNOWN = "-"


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What the live line tells of one heat pump at one moment."""

    variant: str
    shown: Shown
    calls_left: int | None
    """None where no account is asked."""
    true_cop: float | None
    """Of the interval that the shown COP is of."""

    @property
    def line(self) -> str:
        """Return it in one line."""
        shown = self.shown
        return "  ".join(
            (
                f"{self.variant:<8}",
                f"power {_kw(shown.power_w)}",
                f"heat {_kw(shown.heat_w)}",
                f"COP {_ratio(shown.cop)} (true {_ratio(self.true_cop)})",
                f"JAZ {_ratio(shown.jaz)}{_measured(shown.jaz_days)}",
                "no calls"
                if self.calls_left is None
                else f"calls left {self.calls_left}",
            )
        )


async def report(heat_pump: HeatPump, truth: Truth) -> Report:
    """Return what there is to tell of a heat pump now."""
    diagnostics = await heat_pump.diagnostics()
    calls = diagnostics.get("budget")
    shown = await heat_pump.shown()
    interval = last_interval(diagnostics)
    true_cop = None
    if interval is not None and shown.cop is not None:
        true_cop = (await truth.of(heat_pump.variant, [interval]))[0].cop
    return Report(
        variant=heat_pump.variant,
        shown=shown,
        calls_left=calls["left_day"] if calls else None,
        true_cop=true_cop,
    )


async def report_for_ever(
    heat_pumps: Sequence[HeatPump], truth: Truth, say: Callable[[str], None]
) -> None:
    """Say one line for each heat pump every ten seconds."""
    while True:
        for heat_pump in heat_pumps:
            try:
                line = (await report(heat_pump, truth)).line
            except (ClientError, DemoError) as error:
                # Whoever tries things out may restart, reload or disable.
                line = f"{heat_pump.variant:<8}  nothing to be read: {error}"
            say(f"{datetime.now():%H:%M:%S}  {line}")
        await asyncio.sleep(INTERVAL_S)


def _kw(power_w: float | None) -> str:
    return f"{_UNKNOWN:>5} kW" if power_w is None else f"{power_w / 1000:5.2f} kW"


def _measured(days: float | None) -> str:
    """Return of how much measured time a figure is."""
    if days is None:
        return ""
    return f" of {days:.1f} days" if days >= 1 else f" of {days * 24 * 60:.0f} min"


def _ratio(ratio: float | None) -> str:
    return f"{_UNKNOWN:>4}" if ratio is None else f"{ratio:4.2f}"
