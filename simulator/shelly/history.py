"""The meter's history: one record a minute for sixty days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .counters import MINUTE_S, Counters, Energy
from .kinds import LETTERS

KEPT_S: Final = 60 * 86_400
PERIODS_S: Final = (300, 900, 1800, 3600)
_POWER_FACTOR: Final = 0.95
_VOLTAGE_V: Final = 230.0

_ENERGY_KEYS: Final = ("total_act_energy", "total_act_ret_energy")
_FUNDAMENTAL_KEYS: Final = (
    "total_act_energy",
    "fund_act_energy",
    "total_act_ret_energy",
    "fund_act_ret_energy",
)
_OTHER_KEYS: Final = (
    "lag_react_energy",
    "lead_react_energy",
    "max_act_power",
    "min_act_power",
    "max_aprt_power",
    "min_aprt_power",
    "max_voltage",
    "min_voltage",
    "avg_voltage",
    "max_current",
    "min_current",
    "avg_current",
)
_NEUTRAL_KEYS: Final = ("n_max_current", "n_min_current", "n_avg_current")


@dataclass(frozen=True, slots=True)
class Channel:
    """What one data component tells of: all phases, or one in the monophase profile."""

    phases: str

    @property
    def is_triphase(self) -> bool:
        """Return whether keys carry the phase in front."""
        return len(self.phases) > 1

    def keys(self) -> list[str]:
        """Return the columns of a record."""
        if not self.is_triphase:
            return [*_ENERGY_KEYS, *_OTHER_KEYS]
        columns = (*_FUNDAMENTAL_KEYS, *_OTHER_KEYS)
        phases = [f"{phase}_{key}" for phase in self.phases for key in columns]
        return [*phases, *_NEUTRAL_KEYS]

    def net_keys(self) -> list[str]:
        """Return the columns of net energies."""
        if not self.is_triphase:
            return ["net_act_energy"]
        return [f"{phase}_net_act_energy" for phase in self.phases]

    def values(self, energy: Energy) -> list[float]:
        """Return a minute's record, in the order of the keys."""
        values: list[float] = []
        for phase in self.phases:
            index = LETTERS.index(phase)
            values += self._phase(energy.imported_wh[index], energy.returned_wh[index])
        return values + [0.0] * (3 if self.is_triphase else 0)

    def net_values(self, energy: Energy) -> list[float]:
        """Return net energies in Wh: consumed less returned."""
        indices = [LETTERS.index(phase) for phase in self.phases]
        return [
            round(energy.imported_wh[index] - energy.returned_wh[index], 4)
            for index in indices
        ]

    def _phase(self, imported_wh: float, returned_wh: float) -> list[float]:
        directions = [round(imported_wh, 4), round(returned_wh, 4)]
        if self.is_triphase:
            directions = [each for each in directions for _ in range(2)]
        average_w = (imported_wh - returned_wh) * 3600 / MINUTE_S
        apparent_va = abs(average_w) / _POWER_FACTOR
        current_a = apparent_va / _VOLTAGE_V
        return [
            *directions,
            0.0,
            round((imported_wh + returned_wh) * 0.3, 4),
            *(round(average_w * part, 1) for part in (1.02, 0.98)),
            *(round(apparent_va * part, 1) for part in (1.02, 0.98)),
            *(round(_VOLTAGE_V * part, 3) for part in (1.003, 0.997, 1.0)),
            *(round(current_a * part, 3) for part in (1.02, 0.98, 1.0)),
        ]


@dataclass(frozen=True, slots=True)
class Record:
    """One minute, told by its beginning."""

    ts: int
    values: Sequence[float]


class History:
    """The records that the meter holds at a moment."""

    def __init__(self, counters: Counters, now_s: float) -> None:
        """Look at the records there are now; the running minute has none yet."""
        kept_from_s = max(counters.installed_s, now_s - KEPT_S)
        self._counters = counters
        self.first_s = int(-(-kept_from_s // MINUTE_S) * MINUTE_S)
        self.end_s = int(now_s // MINUTE_S * MINUTE_S)

    def blocks(self, ts: int) -> list[dict[str, int]]:
        """Return what GetRecords tells: where records lie from a moment on."""
        start_s = max(self.first_s, _align(ts, MINUTE_S))
        count = (self.end_s - start_s) // MINUTE_S
        if count <= 0:
            return []
        return [{"ts": start_s, "period": MINUTE_S, "records": count}]

    def records(
        self, channel: Channel, ts: int, end_ts: int | None
    ) -> Iterator[Record]:
        """Yield the minutes that lie in a span."""
        for start_s, energy in self._spans(ts, end_ts, MINUTE_S):
            yield Record(start_s, channel.values(energy))

    def net(
        self, channel: Channel, ts: int, end_ts: int | None, period_s: int
    ) -> Iterator[Record]:
        """Yield net energies of the whole periods that lie in a span."""
        for start_s, energy in self._spans(ts, end_ts, period_s):
            yield Record(start_s, channel.net_values(energy))

    def _spans(
        self, ts: int, end_ts: int | None, period_s: int
    ) -> Iterator[tuple[int, Energy]]:
        start_s = max(_align(ts, period_s), -(-self.first_s // period_s) * period_s)
        until_s = self.end_s if end_ts is None else min(end_ts, self.end_s)
        while start_s + period_s <= until_s:
            yield start_s, self._counters.between(start_s, start_s + period_s)
            start_s += period_s


def _align(ts: int, period_s: int) -> int:
    return ts // period_s * period_s
