"""What the cloud knows of a plant when it is asked, and what both units share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ..state import Energies, PlantState
from .books import Books
from .wire import Properties, Property, active, array, celsius, number, reading, text

_WEEKDAYS = ("fri", "mon", "sat", "sun", "thu", "tue", "wed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Compressor:
    """One compressor and what the unit has counted of it."""

    name: str
    """The name of its feature."""
    on: bool
    load: float
    """Share of its own rated power, 0..1."""
    rated_heat_w: float
    run_s: float
    starts: int


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A plant as its cloud sees it now."""

    state: PlantState
    rated_heat_w: float
    serial: str
    origin_s: float
    zone: ZoneInfo
    counted: Energies
    """What hours and starts are told from: behind the state when counters freeze."""
    books: Books
    settled: Energies
    """At the last local midnight; the unit's own performance figures lag as much."""
    fault_since_s: Mapping[str, float]
    """Since when the unit has each fault, by its code."""

    @property
    def compressors(self) -> list[Compressor]:
        """Return the unit's compressors, the one that starts first in front."""
        state, counted = self.state, self.counted
        if not state.loads:
            first = Compressor(
                name="heating.compressors.0",
                on=state.compressor_on,
                load=state.modulation,
                rated_heat_w=self.rated_heat_w,
                run_s=counted.run_s,
                starts=counted.starts,
            )
            return [first]
        statistics = (
            (counted.run_s, counted.starts),
            (counted.second_run_s, counted.second_starts),
        )
        return [
            Compressor(
                name=f"heating.compressors.{number_}",
                on=load > 0,
                load=load,
                rated_heat_w=self.rated_heat_w / len(state.loads),
                run_s=run_s,
                starts=starts,
            )
            for number_, (load, (run_s, starts)) in enumerate(
                zip(state.loads, statistics, strict=True)
            )
        ]


def enabled_compressors(view: View) -> dict[str, Properties]:
    """Return the feature that names the unit's compressors."""
    numbers = [str(number_) for number_ in range(len(view.compressors))]
    return {"heating.compressors": {"enabled": array(numbers)}}


def burner(view: View) -> dict[str, Properties]:
    """Return the features of a hybrid's burner, none where there is no burner."""
    share = view.state.burner_share
    if share is None:
        return {}
    return {
        "heating.burners": {"enabled": array(["0"])},
        "heating.burners.0": active(share > 0),
        "heating.burners.0.modulation": reading(round(share * 100), "percent"),
        "heating.burners.0.statistics": {
            "hours": number(1639, "hour"),
            "starts": number(1306, ""),
        },
    }


def ratio(heat_wh: float, electricity_wh: float) -> Properties:
    """Return a performance figure of the unit, 0 while it has none."""
    if electricity_wh < 1.0:
        return reading(0, "")
    return reading(round(heat_wh / electricity_wh, 1), "")


def cylinder(value_c: float, *names: str) -> dict[str, Properties]:
    """Return one cylinder temperature under all names it goes by."""
    return dict.fromkeys(names, celsius(value_c))


def every_day(*spans: tuple[str, str, str]) -> Property:
    """Return a week plan that has the same (start, end, mode) spans each day."""
    plan = [
        {"end": end, "mode": mode, "position": position, "start": start}
        for position, (start, end, mode) in enumerate(spans)
    ]
    return {"type": "Schedule", "value": dict.fromkeys(_WEEKDAYS, plan)}


def wall_clock(epoch_s: float, zone: ZoneInfo) -> str:
    """Return local time marked as UTC, the error the units make in messages."""
    return f"{datetime.fromtimestamp(epoch_s, zone):%Y-%m-%dT%H:%M:%S}.000Z"


def number_command(
    command: str, parameter: str, low: float, high: float, step: float
) -> dict[str, dict[str, object]]:
    """Return the description of a command that takes one number, by its name."""
    constraints = {"max": high, "min": low, "stepping": step}
    described = {"constraints": constraints, "required": True, "type": "number"}
    return {command: {parameter: described}}


def named(value: str) -> Properties:
    """Return the properties of a feature that is one text."""
    return {"value": text(value)}
