"""What a Shelly remembers of the time in which nobody read it.

It stores a record a minute for some weeks and adds them up when asked for
`GetNetEnergies`: a day of quarter-hours is one short answer. The minutes
themselves (`data.csv`) are not asked for: a day of them takes the device half a
minute, and hours and quarter-hours are all that the ledger keeps.

The components `pm1` and `switch` remember the last three minutes only: nothing is
asked of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from ...readings import PHASES, EnergySpan
from ...time_units import DAY_S
from ..json_values import mapping, number, sequence, text
from ..ranges import Range
from .components import Wiring, single_phase_component

# What one call asks for: a day comes in one answer, a longer time in several.
# The finest that the device adds up to; for some hours it costs no more calls and
# tells when the compressor ran.
_FINE_S: Final = 300
_FINE_FOR: Final = timedelta(hours=6)
# Quarter-hours: 96 of them are a day in one answer.
_USUAL_S: Final = 900


class Component(NamedTuple):
    """One component of the device that remembers energies."""

    name: str
    """`EMData` or `EM1Data`: the first half of its methods' names."""
    number: int
    columns: Mapping[str, str]
    """The key of the net energy by phase."""


class Bucket(NamedTuple):
    """A time over which the device added up, in seconds since the epoch."""

    start_s: float
    period_s: float

    @property
    def end_s(self) -> float:
        """Return when it ends."""
        return self.start_s + self.period_s


class Day(NamedTuple):
    """What one call asks for: at most 24 h of whole buckets."""

    start_s: int
    end_s: int
    period_s: int


def components(status: Mapping[str, object], wiring: Wiring) -> list[Component]:
    """Return what remembers energies, by the device's whole status; it may be none."""
    if "emdata:0" in status:
        columns = {name: f"{name}_net_act_energy" for name in PHASES}
        return [Component("EMData", 0, columns)]
    if single_phase_component(status) != "em1":
        return []
    return [
        Component("EM1Data", index, {name: "net_act_energy"})
        for index, name in wiring.counted(status, "em1data")
    ]


def days(start: datetime, end: datetime) -> Iterator[Day]:
    """Yield what to ask for, in its order.

    The bucket in which the time begins is among it. The one in which it ends is
    not: as a rule it is still running, and has no record yet.
    """
    period_s = _FINE_S if end - start <= _FINE_FOR else _USUAL_S
    first_s, last_s = (
        int(moment.timestamp()) // period_s * period_s for moment in (start, end)
    )
    for since_s in range(first_s, last_s, DAY_S):
        yield Day(since_s, min(since_s + DAY_S, last_s), period_s)


def page(
    answer: Mapping[str, object], component: Component, wiring: Wiring
) -> tuple[dict[Bucket, float], float | None]:
    """Return the content of an answer to `GetNetEnergies`.

    It is the energy drawn from the grid, in Wh, of the buckets that are known, and
    where the next answer begins, None where this is the last.

    Raises:
        ValueError: It is none.
    """
    if "data" not in answer:
        raise ValueError("The answer has no data")
    keys = [text(key) for key in sequence(answer.get("keys"))]
    drawn_wh: dict[Bucket, float] = {}
    for bucket, values in _rows(sequence(answer["data"])):
        record = dict(zip(keys, values, strict=False))
        energy_wh = _drawn_wh(record, component, wiring.reversed_phases)
        if energy_wh is not None:
            drawn_wh[bucket] = energy_wh
    # Some firmware ends with 0 instead of leaving it out.
    return drawn_wh, number(answer.get("next_record_ts")) or None


def spans(
    day: Day, parts: Sequence[Mapping[Bucket, float]], power_w: Range
) -> list[EnergySpan]:
    """Return what flowed on a day, in its order and apart.

    A bucket is known where all parts, one for each component, know it and its mean
    power is within the range.
    """
    found: list[EnergySpan] = []
    known_until_s = 0.0
    for bucket in sorted(set.intersection(*map(set, parts))):
        # Each bucket belongs to the day in which it ends, so that none that the
        # device lists twice counts twice.
        if not day.start_s < bucket.end_s <= day.end_s:
            continue
        # Blocks overlap where the device's clock was set back.
        if bucket.start_s < known_until_s:
            continue
        energy_wh = sum(part[bucket] for part in parts)
        if power_w.keep(energy_wh * 3600 / bucket.period_s) is None:
            continue
        known_until_s = bucket.end_s
        start = datetime.fromtimestamp(bucket.start_s, UTC)
        end = datetime.fromtimestamp(bucket.end_s, UTC)
        found.append(EnergySpan(start, end, energy_wh))
    return found


def _rows(blocks: Sequence[object]) -> Iterator[tuple[Bucket, Sequence[object]]]:
    for block in map(mapping, blocks):
        first_s, period_s = number(block.get("ts")), number(block.get("period"))
        if first_s is None or period_s is None or not 0 < period_s <= DAY_S:
            raise ValueError("A block of data has no time")
        for index, row in enumerate(sequence(block.get("values"))):
            yield Bucket(first_s + index * period_s, period_s), sequence(row)


def _drawn_wh(
    record: Mapping[str | None, object],
    component: Component,
    reversed_phases: frozenset[str],
) -> float | None:
    """Return the energy drawn in a row, None if that of a phase is not known."""
    total_wh = 0.0
    for phase, key in component.columns.items():
        net_wh = number(record.get(key))
        if net_wh is None:
            return None
        # Net is drawn less fed back. The meter's counter, whose shape this is, adds
        # up what each phase draws: a phase that feeds back takes nothing from it.
        total_wh += max(-net_wh if phase in reversed_phases else net_wh, 0.0)
    return total_wh
