"""The load of a drawn house, second by second, and what its grid meter shows of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

type Watts = npt.NDArray[np.float64]
type _Use = Callable[[float], None]

ZONE: Final = ZoneInfo("Europe/Brussels")
DAY_S: Final = 86_400
QUARTER_S: Final = 900


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """What the house has, beside a household's usual appliances."""

    name: str
    seed: int
    heat_pump_w: float = 0.0
    car_w: float = 0.0
    solar_w: float = 0.0


HOUSES: Final = (
    House(name="heat pump and solar", seed=1, heat_pump_w=2600.0, solar_w=4500.0),
    House(name="heat pump and car", seed=2, heat_pump_w=3200.0, car_w=7400.0),
    House(name="neither", seed=3),
    House(
        name="heat pump, car and solar",
        seed=4,
        heat_pump_w=2200.0,
        car_w=3700.0,
        solar_w=6000.0,
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """The load of 24 hours of UTC: the mean power of each second."""

    start: datetime
    net_w: Watts
    """What the house draws from the grid; fed in is negative."""
    heat_pump_w: Watts


def days(house: House, first: date, count: int) -> Iterator[Day]:
    """Yield the load of some days, from a local midnight on."""
    rng = np.random.default_rng(house.seed)
    start = datetime.combine(first, time.min, ZONE).astimezone(UTC)
    for number in range(count):
        yield _day(house, rng, start + timedelta(days=number))


def _day(house: House, rng: np.random.Generator, start: datetime) -> Day:
    # 1 in the middle of January, -1 in the middle of July.
    winter = np.cos((start.timetuple().tm_yday - 15) / 365.25 * 2 * np.pi)
    load = _Load(rng)
    load.household(is_weekend=start.weekday() >= 5)
    heat_pump = _Load(rng)
    if house.heat_pump_w:
        heat_pump.heat(house.heat_pump_w, winter)
    if house.car_w and rng.random() < 0.4:
        begin_h = rng.normal(19.0, 2.0)
        load.add(begin_h * 3600, rng.uniform(1.0, 5.0) * 3600, house.car_w)
    net_w = load.watts + heat_pump.watts
    if house.solar_w:
        net_w = net_w - _solar(rng, house.solar_w, winter)
    return Day(start=start, net_w=net_w, heat_pump_w=heat_pump.watts)


class _Load:
    """Appliances that are switched on and off at any moment of a day."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.watts: Watts = np.zeros(DAY_S)
        self._rng = rng

    def add(self, start_s: float, seconds: float, power_w: float) -> None:
        """Add a load; a second in which it is switched has a part of its power."""
        start_s = min(max(start_s, 0.0), DAY_S - 1.0)
        end_s = min(start_s + seconds, DAY_S - 1.0)
        first, last = int(start_s), int(end_s)
        self.watts[first : last + 1] += power_w
        self.watts[first] -= power_w * (start_s - first)
        self.watts[last] -= power_w * (last + 1 - end_s)

    def cycle(
        self, start_s: float, seconds: float, power_w: float, on_s: float, off_s: float
    ) -> None:
        """Add a load with a thermostat."""
        end_s = start_s + seconds
        while start_s < end_s:
            on = on_s * self._rng.uniform(0.7, 1.3)
            self.add(start_s, on, power_w)
            start_s += on + off_s * self._rng.uniform(0.7, 1.3)

    def household(self, *, is_weekend: bool) -> None:
        """Add what every household has."""
        rng = self._rng
        self.watts += 160 + 60 * np.repeat(rng.random(96), 900)
        self.cycle(rng.uniform(0, 3000), DAY_S, 95.0, 900, 2200)
        self.cycle(rng.uniform(0, 3000), DAY_S, 70.0, 1100, 1800)
        self._sometimes(8 if is_weekend else 5, 6, 22, self._kettle)
        self._sometimes(2, 6, 9, lambda s: self.add(s, rng.uniform(180, 500), 1600))
        self._sometimes(1, 17, 20, self._hob)
        self._sometimes(0.6, 11, 20, self._oven)
        self._sometimes(0.7, 8, 21, self._washing)
        self._sometimes(0.8, 12, 22, self._dishwasher)
        self._sometimes(0.4, 9, 21, lambda s: self.cycle(s, 4200, 2300, 500, 120))
        self._sometimes(2, 7, 23, lambda s: self.add(s, rng.uniform(90, 400), 1250))

    def heat(self, rated_w: float, winter: float) -> None:
        """Add a heat pump that modulates, with a run for hot water."""
        rng = self._rng
        need = max(0.42 + 0.45 * winter + rng.normal(0, 0.08), 0.0)
        at_s = rng.uniform(0, 3000)
        while need > 0.05 and at_s < DAY_S:
            run_s = rng.uniform(1500, 5400) * (0.5 + need)
            self.add(at_s, 400, 0.35 * rated_w)
            self.add(
                at_s + 400, run_s, rated_w * min(need + rng.uniform(0.1, 0.3), 1.0)
            )
            at_s += 400 + run_s + rng.uniform(600, 3000) / (need + 0.2)
        self.add(rng.uniform(12, 16) * 3600, rng.uniform(2000, 3600), 0.8 * rated_w)
        if winter > 0.8 and rng.random() < 0.1:
            self.add(rng.uniform(5, 7) * 3600, rng.uniform(900, 3000), 3000)

    def _sometimes(self, mean: float, from_h: int, to_h: int, what: _Use) -> None:
        for _ in range(self._rng.poisson(mean)):
            what(self._rng.uniform(from_h, to_h) * 3600)

    def _kettle(self, start_s: float) -> None:
        self.add(start_s, self._rng.uniform(60, 240), self._rng.uniform(1800, 2200))

    def _hob(self, start_s: float) -> None:
        for _ in range(self._rng.integers(1, 4)):
            power_w = self._rng.uniform(1200, 2200)
            begin_s = start_s + self._rng.uniform(0, 900)
            self.add(begin_s, self._rng.uniform(200, 500), power_w)
            self.cycle(begin_s + 400, self._rng.uniform(400, 1500), power_w, 6, 10)

    def _oven(self, start_s: float) -> None:
        self.add(start_s, self._rng.uniform(420, 780), 2600)
        self.cycle(start_s + 800, self._rng.uniform(1200, 3600), 2400, 70, 130)

    def _washing(self, start_s: float) -> None:
        self.add(start_s + 300, self._rng.uniform(600, 1500), 2050)
        self.cycle(start_s, 5400, 250, 15, 12)

    def _dishwasher(self, start_s: float) -> None:
        self.add(start_s + 400, self._rng.uniform(600, 900), 1950)
        self.add(start_s + 3300, self._rng.uniform(500, 800), 1950)


def _solar(rng: np.random.Generator, peak_w: float, winter: float) -> Watts:
    seconds = np.arange(DAY_S, dtype=np.float64)
    half_day_s = 3600 * (6.2 - 2.1 * winter)
    height = np.cos((seconds - 11.7 * 3600) / half_day_s * np.pi / 2)
    height[np.abs(seconds - 11.7 * 3600) > half_day_s] = 0.0
    clear = np.clip(rng.beta(1.2, 1.0), 0.1, 1.0)
    clouds = np.interp(
        seconds,
        np.arange(0, DAY_S + 60, 60),
        rng.uniform(clear / 3, clear, DAY_S // 60 + 1),
    )
    sun: Watts = peak_w * (0.62 - 0.3 * winter) * 1.4 * height.clip(0.0) * clouds
    return sun
