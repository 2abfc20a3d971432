"""The table of what households cost, and the limits that ours is to keep."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.table import as_markdown_table, as_text_table

from .job import EntityRows, Household, Outcome

_MB: Final = 1_000_000
_DAY_HOURS: Final = 24.0
MOST_STATE_ROWS: Final = 6_500
MOST_WRITTEN_BYTES: Final = 150 * _MB
MOST_OF_CORE: Final = 0.40
MOST_OF_REQUESTS: Final = 1.3

_TITLES: Final = {
    Household.EMPTY: "recorder only",
    Household.OURS: "this integration",
    Household.CORE: "shelly and vicare of core",
    Household.HELPERS: "core, with helpers",
    Household.REQUESTS: "a request every 10 s, no Home Assistant",
}
_HEADERS: Final = (
    "household",
    "what runs",
    "CPU s",
    "event loop s",
    "recorder s",
    "other threads s",
    "state rows",
    "other rows",
    "MB written",
    "requests",
    "callbacks > 10 ms",
)


@dataclass(frozen=True, slots=True)
class Costs:
    """What all households of one run cost."""

    hours: float
    outcomes: Mapping[Household, Outcome]

    def missed(self) -> list[str]:
        """Return the limits that ours does not keep, as far as they were measured."""
        ours = self.outcomes.get(Household.OURS)
        if ours is None:
            return []
        missed = [*_slow(ours), *self._missed_ratios()]
        # An hour is no share of a day: the heat pump runs, or it does not.
        if self.hours == _DAY_HOURS:
            missed += _missed_sums(ours)
        return missed

    @property
    def of_core(self) -> float | None:
        """Return our CPU beside core's, both without that of an empty household."""
        return self._ratio(
            self._net(Household.OURS, "cpu_s"), self._net(Household.CORE, "cpu_s")
        )

    @property
    def of_requests(self) -> float | None:
        """Return the CPU of our event loop beside that of requests alone."""
        requests = self.outcomes.get(Household.REQUESTS)
        ours = self._net(Household.OURS, "main_cpu_s")
        return self._ratio(ours, None if requests is None else requests.main_cpu_s)

    def _missed_ratios(self) -> list[str]:
        ratios = (
            ("CPU is {} of core's", self.of_core, MOST_OF_CORE),
            ("event loop is {} of bare requests", self.of_requests, MOST_OF_REQUESTS),
        )
        return [
            f"{text.format(f'{ratio:.2f}')}, at most {most} allowed"
            for text, ratio, most in ratios
            if ratio is not None and ratio > most
        ]

    def _net(self, household: Household, value: str) -> float | None:
        outcome = self.outcomes.get(household)
        empty = self.outcomes.get(Household.EMPTY)
        if outcome is None or empty is None:
            return None
        net: float = getattr(outcome, value) - getattr(empty, value)
        return net

    @staticmethod
    def _ratio(ours: float | None, other: float | None) -> float | None:
        return ours / other if ours is not None and other else None


def _missed_sums(ours: Outcome) -> list[str]:
    missed = []
    if ours.state_rows > MOST_STATE_ROWS:
        missed.append(
            f"{ours.state_rows} state rows, at most {MOST_STATE_ROWS} allowed"
        )
    if ours.written_bytes > MOST_WRITTEN_BYTES:
        missed.append(
            f"{ours.written_bytes / _MB:.0f} MB written, "
            f"at most {MOST_WRITTEN_BYTES / _MB:.0f} MB allowed"
        )
    return missed


def _slow(ours: Outcome) -> list[str]:
    longest: dict[str, list[float]] = {}
    for each in ours.slow:
        longest.setdefault(each.what, []).append(each.cpu_ms)
    return [
        f"{len(taken)} callbacks over 10 ms, the longest {max(taken):.1f} ms: {what}"
        for what, taken in longest.items()
    ]


def costs_text(costs: Costs, *, markdown: bool) -> str:
    """Return the table of all households, and the two ratios."""
    rows = [_cells(each) for each in costs.outcomes.values()]
    as_table = as_markdown_table if markdown else as_text_table
    ratios = (
        ("CPU of ours beside core's, both without empty", costs.of_core),
        ("event loop of ours without empty, beside bare requests", costs.of_requests),
    )
    lines = [f"{text}: {ratio:.2f}" for text, ratio in ratios if ratio is not None]
    return "\n\n".join(
        [as_table(_HEADERS, rows), *(["\n".join(lines)] if lines else [])]
    )


def _cells(outcome: Outcome) -> Sequence[str]:
    return (
        str(outcome.household),
        _TITLES[outcome.household],
        f"{outcome.cpu_s:.1f}",
        f"{outcome.main_cpu_s:.1f}",
        f"{outcome.recorder_cpu_s:.1f}",
        f"{outcome.other_cpu_s:.1f}",
        f"{outcome.state_rows}",
        f"{outcome.other_rows}",
        f"{outcome.written_bytes / _MB:.1f}",
        f"{sum(outcome.requests.values())}",
        f"{len(outcome.slow)}",
    )


def details_text(outcome: Outcome) -> str:
    """Return rows by table, requests by kind and rows by entity of one household."""
    return "\n".join(
        [
            f"{outcome.household}:",
            f"  rows: {_named(outcome.rows)}",
            f"  requests: {_named(outcome.requests)}",
            *_forced(outcome),
            *_entities(outcome.entities),
        ]
    )


def _forced(outcome: Outcome) -> list[str]:
    if not outcome.forced_jumps:
        return []
    return [f"  the clock jumped {outcome.forced_jumps} times while there was work"]


def _named(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "none"


def _entities(entities: Iterable[EntityRows]) -> list[str]:
    return [
        f"  {each.rows:6}  {each.same_state:6} with the same state  {each.entity_id}"
        for each in entities
    ]
