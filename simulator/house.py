"""The grid connection of a house with any number of heat pumps: exact energies.

Every power is constant within a step of 10 s (60 s in the history), so that the
integral of what is imported or exported is exact at any moment, to the float.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Final, NamedTuple

from .house_loads import STEP_S, Load, fridge_w, loads_around
from .household import base_load_w, photovoltaics_w
from .physics.calendar import HOUR_S, MINUTE_S
from .state import Plant

type Phases = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Equipment:
    """What the house has beside its heat pumps."""

    appliances: bool = True
    """A base load, fridge, hob, oven, kettle and washing machine."""
    photovoltaics: bool = True
    ev_w: float = 0.0
    """What a car draws that is charged in the evening; 0 without one."""


class Exchanged(NamedTuple):
    """Energy that crossed the grid connection, all phases netted."""

    import_wh: float
    export_wh: float

    def __sub__(self, other: Exchanged) -> Exchanged:
        """Return what was exchanged since an earlier moment."""
        return Exchanged(
            self.import_wh - other.import_wh, self.export_wh - other.export_wh
        )


class _Minute(NamedTuple):
    """What is drawn in one minute beside the heat pumps."""

    start_s: float
    steady_w: Phases
    loads: tuple[Load, ...]


_NO_MINUTE: Final = _Minute(-1.0, (0.0, 0.0, 0.0), ())


class House:
    """Sums up heat pumps, appliances and photovoltaics, and nets the phases.

    Attributes:
        start_s: The moment from which the energies count.
        plants: Its heat pumps.
    """

    def __init__(
        self,
        plants: Iterable[Plant],
        *,
        seed: int,
        start_s: float,
        live_from_s: float,
        equipment: Equipment | None = None,
    ) -> None:
        """Connect a house to the grid.

        Args:
            plants: Its heat pumps.
            seed: Chooses weather and habits.
            start_s: The moment from which the energies count; later if a heat pump
                is newer.
            live_from_s: The end of the history, whose steps are of one minute.
            equipment: What it has beside the heat pumps.
        """
        self.plants = tuple(plants)
        # A minute in which a heat pump was installed is not known as a whole.
        origins_s = (plant.origin_epoch_s for plant in self.plants)
        whole_s = (ceil(origin_s / MINUTE_S) * MINUTE_S for origin_s in origins_s)
        self.start_s = max([start_s // MINUTE_S * MINUTE_S, *whole_s])
        self._live_from_s = live_from_s // MINUTE_S * MINUTE_S
        self._seed = seed
        self._equipment = equipment or Equipment()
        self._added: list[Load] = []
        self._minute = _NO_MINUTE
        self._drawn = (-1.0, 0.0)
        self._import_wh = array("d", [0.0])
        self._export_wh = array("d", [0.0])

    def advance(self, now_s: float) -> None:
        """Run the heat pumps on until this moment."""
        for plant in self.plants:
            plant.advance(now_s)

    def draw_more(
        self, power_w: float, *, now_s: float, for_s: float, phases: str = "abc"
    ) -> None:
        """Switch on something for a while, from the next step on."""
        start_s = ceil(now_s / STEP_S) * STEP_S
        a_w, b_w, c_w = (power_w / len(phases) * (name in phases) for name in "abc")
        self._added.append(Load(start_s, start_s + for_s, (a_w, b_w, c_w)))
        self._minute = _NO_MINUTE

    def at(self, epoch_s: float) -> Exchanged:
        """Return what was exchanged until a moment that the plants have reached."""
        if epoch_s <= self.start_s:
            return Exchanged(0.0, 0.0)
        minutes = int((epoch_s - self.start_s) // MINUTE_S)
        while len(self._import_wh) <= minutes:
            self._count_minute()
        import_wh, export_wh = self._import_wh[minutes], self._export_wh[minutes]
        minute_s = self.start_s + minutes * MINUTE_S
        if minute_s == epoch_s:
            return Exchanged(import_wh, export_wh)
        more = self._between(minute_s, epoch_s)
        return Exchanged(import_wh + more.import_wh, export_wh + more.export_wh)

    def phases_w(self, epoch_s: float) -> Phases:
        """Return each phase's power just before a moment; negative is fed in."""
        begin_s = max(epoch_s - 1.0, self.start_s)
        if begin_s >= epoch_s:
            drawn = [plant.state().phases_w for plant in self.plants]
        else:
            drawn = [_mean_w(plant, begin_s, epoch_s) for plant in self.plants]
        own = self._others_w(begin_s)
        a_w, b_w, c_w = (sum(each) for each in zip(own, *drawn, strict=True))
        return (a_w, b_w, c_w)

    def heat_wh(self, epoch_s: float) -> float:
        """Return the heat that the heat pumps gave until a moment."""
        return sum(
            plant.energies_at(max(epoch_s, plant.origin_epoch_s)).heat_wh
            for plant in self.plants
        )

    def _count_minute(self) -> None:
        start_s = self.start_s + (len(self._import_wh) - 1) * MINUTE_S
        minute = self._between(start_s, start_s + MINUTE_S)
        self._import_wh.append(self._import_wh[-1] + minute.import_wh)
        self._export_wh.append(self._export_wh[-1] + minute.export_wh)

    def _between(self, start_s: float, end_s: float) -> Exchanged:
        """Return what was exchanged between two moments of one minute."""
        import_wh = export_wh = 0.0
        step_s = STEP_S if start_s >= self._live_from_s else MINUTE_S
        before_wh = self._drawn_wh(start_s)
        while start_s < end_s:
            next_s = min(start_s + step_s, end_s)
            after_wh = self._drawn_wh(next_s)
            hours = (next_s - start_s) / HOUR_S
            net_wh = after_wh - before_wh + sum(self._others_w(start_s)) * hours
            import_wh += max(net_wh, 0.0)
            export_wh += max(-net_wh, 0.0)
            start_s, before_wh = next_s, after_wh
        return Exchanged(import_wh, export_wh)

    def _drawn_wh(self, epoch_s: float) -> float:
        """Return the heat pumps' energy; the end of one minute begins the next."""
        known_s, drawn_wh = self._drawn
        if known_s != epoch_s:
            drawn_wh = sum(
                plant.energies_at(epoch_s).electricity_wh for plant in self.plants
            )
            self._drawn = (epoch_s, drawn_wh)
        return drawn_wh

    def _others_w(self, epoch_s: float) -> Phases:
        """Return what is drawn beside the heat pumps, less the photovoltaics."""
        minute_s = epoch_s // MINUTE_S * MINUTE_S
        if self._minute.start_s != minute_s:
            self._minute = self._look_at(minute_s)
        minute = self._minute
        step_s = (
            epoch_s // STEP_S * STEP_S if epoch_s >= self._live_from_s else minute_s
        )
        a_w, b_w, c_w = minute.steady_w
        for load in minute.loads:
            if load.start_s <= step_s < load.end_s:
                more_a_w, more_b_w, more_c_w = load.phases_w
                a_w, b_w, c_w = a_w + more_a_w, b_w + more_b_w, c_w + more_c_w
        return (a_w, b_w, c_w)

    def _look_at(self, minute_s: float) -> _Minute:
        equipment, seed = self._equipment, self._seed
        sun_w = photovoltaics_w(seed, minute_s) / 3 if equipment.photovoltaics else 0.0
        base_w = 0.0
        loads = tuple(self._added)
        if equipment.appliances:
            base_w = base_load_w(seed, minute_s) + fridge_w(minute_s)
            loads += loads_around(seed, minute_s, equipment.ev_w)
        end_s = minute_s + MINUTE_S
        return _Minute(
            start_s=minute_s,
            steady_w=(base_w - sun_w, -sun_w, -sun_w),
            loads=tuple(
                load for load in loads if load.start_s < end_s and load.end_s > minute_s
            ),
        )


def _mean_w(plant: Plant, start_s: float, end_s: float) -> Phases:
    before, after = (plant.energies_at(each) for each in (start_s, end_s))
    hours = (end_s - start_s) / HOUR_S
    a_w, b_w, c_w = (
        (now_wh - then_wh) / hours
        for then_wh, now_wh in zip(before.phases_wh, after.phases_wh, strict=True)
    )
    return (a_w, b_w, c_w)
