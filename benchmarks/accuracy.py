"""One heat pump, through all scenarios."""

from collections.abc import Sequence
from itertools import groupby
import sys
from time import monotonic

from simulator.state import Variant

from .drawn_cases import Case
from .drawn_replay import DrawnOutcome, life_of, replay_case
from .entities.cases import EntityCase
from .entities.replay import replay_by_entities
from .recording import record
from .replay import replay
from .report import Row, rows_of
from .scenarios import scenarios

SINGLE_FAULT_DAYS = 92
"""How long faults that come once are lived with: they weigh more in a quarter."""


def measured(variant: Variant, *, days: int, meter_s: int, seed: int) -> list[Row]:
    """Return the rows of one heat pump, telling the progress on standard error."""
    begun = monotonic()
    recording = record(variant, days=days, meter_s=meter_s, seed=seed)
    _tell(f"{variant}: {days} days simulated, {monotonic() - begun:.0f} s")
    season = recording.first(SINGLE_FAULT_DAYS)
    year = [each for each in scenarios(recording) if each.is_throughout]
    rest = [each for each in scenarios(season) if not each.is_throughout]
    outcomes = []
    for scenario in (*year, *rest):
        lived = recording if scenario.is_throughout else season
        outcomes.append(replay(lived, scenario))
        _tell(f"{variant}: {scenario.name}, {monotonic() - begun:.0f} s")
    return rows_of(variant, outcomes)


def by_plant(cases: Sequence[Case]) -> list[list[Case]]:
    """Return the cases in groups that live the same life, in the order given."""
    groups = groupby(
        cases, key=lambda case: (case.plant, case.days, case.seasons, case.seed)
    )
    return [list(group) for _, group in groups]


def measured_cases(cases: Sequence[Case]) -> list[DrawnOutcome]:
    """Return what becomes of cases that live the same life."""
    begun = monotonic()
    life = life_of(cases[0])
    outcomes = [replay_case(case, life) for case in cases]
    names = ", ".join(case.name for case in cases)
    _tell(f"{cases[0].plant.source}: {names}, {monotonic() - begun:.0f} s")
    return outcomes


def measured_by_entities(ways: Sequence[EntityCase]) -> list[DrawnOutcome]:
    """Return what becomes of one life that is told in several ways."""
    begun = monotonic()
    life = life_of(ways[0].case)
    outcomes = [replay_by_entities(way, life) for way in ways]
    names = ", ".join(way.case.name for way in ways)
    _tell(f"{life.plant.source}: {names}, {monotonic() - begun:.0f} s")
    return outcomes


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
