"""Give a house meter its last days and months, as its owner would: by actions."""

from collections.abc import Callable, Sequence
import csv
from datetime import UTC, date, datetime, timedelta
from itertools import batched, pairwise
from pathlib import Path
from typing import Final

from .heat_pump import HeatPump
from .setup_flow import DOMAIN
from .stage import Stage

_QUARTER: Final = timedelta(minutes=15)
_DAYS: Final = 13
"""The simulated house began a day before."""
_AT_ONCE: Final = 96
_FILE: Final = "past_quarters.csv"
# What the bills say of the months before, in kW, the latest first.
_BILLED_KW: Final = (4.0, 3.5, 3.3, 3.4, 3.6, 3.9, 4.1, 4.5, 4.7, 4.6, 4.4)


async def import_past_quarters(
    stage: Stage,
    entry_id: str,
    heat_pump: HeatPump,
    say: Callable[[str], None],
) -> None:
    """Import the quarter-hours of the last days, and enter the peaks of the bills.

    Args:
        stage: What is running.
        entry_id: The entry of the house meter.
        heat_pump: Whose share is imported with them.
        say: Takes progress.

    Raises:
        DemoError: Home Assistant refused it.
    """
    say("Importing the past quarter-hours of the house")
    now = datetime.now(UTC)
    last = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    moments = [last - _QUARTER * back for back in range(_DAYS * 96, -1, -1)]
    file = stage.folder / DOMAIN / _FILE
    file.parent.mkdir(exist_ok=True)
    await _write(stage, file, moments, heat_pump)
    try:
        await _act(stage, "import_history", entry_id, file=f"{DOMAIN}/{_FILE}")
    finally:
        file.unlink()
    month = last.date().replace(day=1)
    for peak_kw in _BILLED_KW:
        month = (month - timedelta(days=1)).replace(day=1)
        await _enter(stage, entry_id, month, peak_kw)


async def _write(
    stage: Stage, file: Path, moments: Sequence[datetime], heat_pump: HeatPump
) -> None:
    variant, entry_id = heat_pump.variant, heat_pump.entry_id
    house_wh: list[float] = []
    heat_pump_wh: list[float] = []
    for some in batched(moments, _AT_ONCE, strict=False):
        house_wh += await stage.truth.imported_until(some)
        heat_pump_wh += [
            each.electricity_wh for each in await stage.truth.until(variant, some)
        ]
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(("time", "import_counter_wh", f"heat_pump_{entry_id}_wh"))
        for start, house, own in zip(
            moments, pairwise(house_wh), pairwise(heat_pump_wh), strict=False
        ):
            writer.writerow((start.isoformat(), house[1] - house[0], own[1] - own[0]))


async def _enter(stage: Stage, entry_id: str, month: date, peak_kw: float) -> None:
    await _act(
        stage, "correct_peak", entry_id, month=month.isoformat(), peak_kw=peak_kw
    )


async def _act(stage: Stage, action: str, entry_id: str, **fields: object) -> None:
    await stage.home_assistant.post(
        f"/api/services/{DOMAIN}/{action}", {"config_entry_id": entry_id, **fields}
    )
