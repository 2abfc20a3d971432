"""One heat pump, through all scenarios."""

import sys
from time import monotonic

from simulator.state import Variant

from .recording import record
from .replay import replay
from .report import Row, rows_of
from .scenarios import scenarios


def measured(variant: Variant, *, days: int, meter_s: int, seed: int) -> list[Row]:
    """Return the rows of one heat pump, telling the progress on standard error."""
    begun = monotonic()
    recording = record(variant, days=days, meter_s=meter_s, seed=seed)
    _tell(f"{variant}: {days} days simulated, {monotonic() - begun:.0f} s")
    outcomes = []
    for scenario in scenarios(recording):
        outcomes.append(replay(recording, scenario))
        _tell(f"{variant}: {scenario.name}, {monotonic() - begun:.0f} s")
    return rows_of(variant, outcomes)


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
