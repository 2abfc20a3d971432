"""The smart meter that a P1 dongle is plugged into: registers, quarters, peaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import floor, inf
from typing import Final
from zoneinfo import ZoneInfo

from ..house import Exchanged, House, Phases
from ..physics.noise import noise_at, smooth_noise

QUARTER_S: Final = 900
TIME_ZONE: Final = ZoneInfo("Europe/Brussels")
DAY_TARIFF, NIGHT_TARIFF = 1, 2

_EXTERNAL_S: Final = 300
"""How often the gas and water meters send."""
_DAY_HOURS: Final = range(7, 22)
_SATURDAY: Final = 5
_VOLTAGE_V: Final = 232.0
_SEED: Final = 1
_GAS_M3_PER_H: Final = 0.011
_WATER_M3_PER_H: Final = 0.0104
_GJ_PER_WH: Final = 3.6e-6
_INSTALLED_S: Final = 1_650_000_000.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Which meter it is, and what its registers showed at the house's start."""

    number: str
    model: str = "Fluvius253769484_A"
    import_wh: Mapping[int, float]
    export_wh: Mapping[int, float]


USUAL_METER: Final = Identity(
    number="1SAG1100001234",
    import_wh={DAY_TARIFF: 4_871_250.4, NIGHT_TARIFF: 5_013_902.7},
    export_wh={DAY_TARIFF: 6_100_731.2, NIGHT_TARIFF: 2_300_198.9},
)
ANOTHER_METER: Final = Identity(
    number="1SAG1100009876",
    import_wh={DAY_TARIFF: 0.0, NIGHT_TARIFF: 0.0},
    export_wh={DAY_TARIFF: 0.0, NIGHT_TARIFF: 0.0},
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Peak:
    """The highest quarter-hour of a month."""

    average_w: float
    ended_at: datetime
    """Local and naive, as all times of the meter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class External:
    """What another meter sent to the smart meter."""

    kind: str
    number: str
    value: float
    unit: str
    sent_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Telegram:
    """What the smart meter says at one moment."""

    time: datetime
    is_summer_time: bool
    identity: Identity
    tariff: int
    import_wh: Mapping[int, float]
    export_wh: Mapping[int, float]
    phases_w: Phases
    phases_v: Phases
    average_w: float
    """Energy since the quarter began over 900 s."""
    peak: Peak | None
    """None during the first quarter-hour of a month."""
    sags: tuple[int, int, int]
    externals: tuple[External, ...]


def local_time(epoch_s: float) -> datetime:
    """Return the wall-clock time of a moment, without its time zone."""
    return datetime.fromtimestamp(epoch_s, TIME_ZONE).replace(tzinfo=None)


def month_begin_s(epoch_s: float) -> float:
    """Return the moment at which the local month of a moment began."""
    local = datetime.fromtimestamp(epoch_s, TIME_ZONE)
    begin = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0, fold=0)
    return begin.timestamp()


@dataclass
class _Books:
    """What the meter keeps from quarter to quarter."""

    import_wh: dict[int, float]
    export_wh: dict[int, float]
    quarter: int
    """Number of the running quarter-hour since 1970, by the meter's clock."""
    since_s: float
    """When it began, by the true time."""
    exchanged: Exchanged
    """What the house had exchanged by then."""
    peak: Peak | None = None


@dataclass(kw_only=True)
class SmartMeter:
    """A Belgian smart meter in the grid connection of a house.

    Its clock decides when a quarter-hour, a tariff and a month begin.
    """

    house: House
    period_s: int = 1
    """How often it sends a telegram: 1 by SMR 5, 10 by DSMR 4."""
    sags: list[int] = field(default_factory=lambda: [1, 1, 0])
    """How often the voltage of each phase was too low."""
    submeters: tuple[str, ...] = ("gas_meter", "water_meter", "heat_meter")
    _identity: Identity = USUAL_METER
    _offset_s: float = 0.0
    _clock_set_s: float = -inf
    _books: _Books | None = None
    _heat_gj: float = 0.0

    @property
    def clock_offset_s(self) -> float:
        """Return how far the meter's clock is ahead of the true time."""
        return self._offset_s

    @property
    def identity(self) -> Identity:
        """Return which meter it is."""
        return self._identity

    def sag(self, phases: str) -> None:
        """Let the voltage of some phases be too low for a moment."""
        for index, name in enumerate("abc"):
            self.sags[index] += name in phases

    def set_clock(self, offset_s: float, now_s: float) -> None:
        """Set the meter's clock, at this true moment."""
        self._close_quarters(now_s)
        self._offset_s, self._clock_set_s = offset_s, now_s
        self._close_quarters(now_s)

    def replace(self, identity: Identity, now_s: float) -> None:
        """Put another meter in its place; its registers begin at its own values."""
        self.house.advance(now_s)
        self._identity = identity
        self._books = self._open(now_s)

    def telegram(self, now_s: float) -> Telegram:
        """Return the newest telegram."""
        self.house.advance(now_s)
        meter_s = floor((now_s + self._offset_s) / self.period_s) * self.period_s
        at_s = min(max(meter_s - self._offset_s, self.house.start_s), now_s)
        books = self._close_quarters(at_s)
        # A clock that is set back does not take back what was booked.
        at_s = max(at_s, books.since_s)
        running = self.house.at(at_s) - books.exchanged
        tariff = _tariff(books.quarter)
        import_wh, export_wh = dict(books.import_wh), dict(books.export_wh)
        import_wh[tariff] += running.import_wh
        export_wh[tariff] += running.export_wh
        return Telegram(
            time=local_time(meter_s),
            is_summer_time=bool(datetime.fromtimestamp(meter_s, TIME_ZONE).dst()),
            identity=self._identity,
            tariff=tariff,
            import_wh=import_wh,
            export_wh=export_wh,
            phases_w=self.house.phases_w(at_s),
            phases_v=_voltages(at_s),
            average_w=_average_w(running),
            peak=books.peak,
            sags=(self.sags[0], self.sags[1], self.sags[2]),
            externals=self._externals(meter_s, now_s),
        )

    def _open(self, since_s: float) -> _Books:
        return _Books(
            import_wh=dict(self._identity.import_wh),
            export_wh=dict(self._identity.export_wh),
            quarter=self._quarter_at(since_s),
            since_s=since_s,
            exchanged=self.house.at(since_s),
        )

    def _quarter_at(self, true_s: float) -> int:
        return floor((true_s + self._offset_s) / QUARTER_S)

    def _close_quarters(self, until_s: float) -> _Books:
        """Book all quarter-hours that have ended by the meter's clock."""
        self.house.advance(until_s)
        if self._books is None:
            self._books = self._open(self.house.start_s)
        books = self._books
        while (end_s := self._end_of(books)) <= until_s:
            self._close(books, end_s)
        return books

    def _end_of(self, books: _Books) -> float:
        """Return when the running quarter ends: now if the clock is set beyond it."""
        end_s = (books.quarter + 1) * QUARTER_S - self._offset_s
        return max(end_s, books.since_s, self._clock_set_s)

    def _close(self, books: _Books, end_s: float) -> None:
        at_end = self.house.at(end_s)
        ended = at_end - books.exchanged
        tariff = _tariff(books.quarter)
        books.import_wh[tariff] += ended.import_wh
        books.export_wh[tariff] += ended.export_wh
        average_w = _average_w(ended)
        # The meter knows whole watts only: an equal one leaves the first.
        if books.peak is None or round(average_w) > round(books.peak.average_w):
            ended_at = local_time((books.quarter + 1) * QUARTER_S)
            books.peak = Peak(average_w=average_w, ended_at=ended_at)
        before, books.quarter = books.quarter, books.quarter + 1
        if _month(before) != _month(books.quarter):
            books.peak = None
        books.since_s, books.exchanged = end_s, at_end

    def _externals(self, meter_s: float, now_s: float) -> tuple[External, ...]:
        """Return what the other meters sent last."""
        sent_s = meter_s // _EXTERNAL_S * _EXTERNAL_S
        hours = (sent_s - _INSTALLED_S) / 3600
        # Heat of a defrost flows backwards, which a heat meter does not count.
        known_s = min(sent_s, now_s)
        self._heat_gj = max(self._heat_gj, self.house.heat_wh(known_s) * _GJ_PER_WH)
        values = {
            "gas_meter": (hours * _GAS_M3_PER_H, "m3"),
            "water_meter": (hours * _WATER_M3_PER_H, "m3"),
            "heat_meter": (81.2 + self._heat_gj, "GJ"),
        }
        return tuple(
            External(
                kind=kind,
                number=f"7FLO21{index:08}",
                value=values[kind][0],
                unit=values[kind][1],
                sent_at=local_time(sent_s),
            )
            for index, kind in enumerate(self.submeters)
        )


def _average_w(exchanged: Exchanged) -> float:
    return exchanged.import_wh * 3600 / QUARTER_S


def _tariff(quarter: int) -> int:
    begin = local_time(quarter * QUARTER_S)
    is_day = begin.weekday() < _SATURDAY and begin.hour in _DAY_HOURS
    return DAY_TARIFF if is_day else NIGHT_TARIFF


def _month(quarter: int) -> tuple[int, int]:
    begin = local_time(quarter * QUARTER_S)
    return begin.year, begin.month


def _voltages(epoch_s: float) -> Phases:
    return (_voltage("A", epoch_s), _voltage("B", epoch_s), _voltage("C", epoch_s))


def _voltage(phase: str, epoch_s: float) -> float:
    slow = smooth_noise(_SEED, f"grid {phase}", epoch_s, 1800.0)
    fast = noise_at(_SEED, f"flicker {phase}", int(epoch_s // 10))
    return _VOLTAGE_V + 4.5 * slow + 0.5 * fast
