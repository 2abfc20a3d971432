"""What other integrations write of a drawn plant: resolution, pace and units."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import floor

from benchmarks.drawn_cloud import Cloud
from benchmarks.drawn_plant import Life
from custom_components.heatpump_monitor.readings import Mode

type Value = bool | float | str
type ValueAt = Callable[[str, float], Value]
"""Returns the value of a field at a moment, in the unit of a reading."""

_MODE_WORDS: Mapping[Mode, str] = {
    Mode.HEATING: "heating",
    Mode.HOT_WATER: "hot_water",
    Mode.COOLING: "cooling",
    Mode.DEFROST: "defrost",
    Mode.STANDBY: "standby",
}
_CURVES = (
    "supply_c",
    "return_c",
    "flow_lph",
    "modulation_pct",
    "source_in_c",
    "source_out_c",
    "outside_c",
    "hot_water_c",
)
_MINUTE_S = 60.0
_METER_BASE_WH = 50_000.0
_HEAT_BASE_WH = 3_000_000.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """How an integration writes one entity."""

    field: str
    every_s: float
    unit: str = ""
    step: float = 0.1
    """The resolution, in the unit of the entity."""
    per_unit: float = 1.0
    """How many units of a reading one unit of the entity is."""
    domain: str = "sensor"
    only_changes: bool = False
    """Whether it is pushed, and not written again where nothing changed."""

    def text(self, value: Value) -> str:
        """Return the state that shows a value."""
        if isinstance(value, bool):
            return "on" if value else "off"
        if isinstance(value, str):
            return value
        steps = value / self.per_unit / self.step
        # Counters show what is full, all others the nearest.
        steps = floor(steps + 1e-9) if self.field.endswith("_wh") else round(steps)
        return f"{steps * self.step:.6g}" if self.step < 1 else f"{steps * self.step:g}"


def temperature(field: str, every_s: float, *, only_changes: bool = False) -> Sender:
    """Return the sender of a temperature in steps of 0.1 °C."""
    return Sender(field=field, every_s=every_s, unit="°C", only_changes=only_changes)


def energy(field: str, every_s: float, step_kwh: float, *, pushed: bool) -> Sender:
    """Return the sender of a counter."""
    return Sender(
        field=field,
        every_s=every_s,
        unit="kWh",
        step=step_kwh,
        per_unit=1000.0,
        only_changes=pushed,
    )


def flow(every_s: float, step: float) -> Sender:
    """Return the sender of a flow in litres per minute."""
    return Sender(
        field="flow_lph", every_s=every_s, unit="L/min", step=step, per_unit=60.0
    )


def power(every_s: float, *, pushed: bool) -> Sender:
    """Return the sender of a meter's power in W."""
    return Sender(
        field="power_w", every_s=every_s, unit="W", step=1.0, only_changes=pushed
    )


def flag(field: str, every_s: float, *, only_changes: bool = True) -> Sender:
    """Return the sender of what is on or off."""
    return Sender(
        field=field, every_s=every_s, domain="binary_sensor", only_changes=only_changes
    )


def modulation(every_s: float) -> Sender:
    """Return the sender of the modulation."""
    return Sender(field="modulation_pct", every_s=every_s, unit="%", step=1.0)


class LocalValues:
    """What a plant measures itself, at once."""

    def __init__(self, life: Life) -> None:
        """Know a life."""
        self._life = life
        curves = life.curves
        self._curves = {name: getattr(curves, name) for name in _CURVES}
        # A counter never goes back: what a defrost takes, it waits for.
        self._heat_wh = list(accumulate(curves.counted_wh, max))

    def value(self, field: str, moment_s: float) -> Value:
        """Return the value of a field at a moment."""
        life = self._life
        if field == "energy_wh":
            minute_s = moment_s // _MINUTE_S * _MINUTE_S
            return _METER_BASE_WH + life.electricity_wh_at(minute_s)
        step = min(bisect_right(life.times_s, moment_s), len(life.power_w)) - 1
        if field == "power_w":
            return life.power_w[step]
        if field == "heat_meter_wh":
            return _HEAT_BASE_WH + self._heat_wh[step]
        segment = life.step_segment[step]
        if field == "compressor_on":
            return segment.running
        if field == "hot_water_charging":
            return segment.hot_water
        if field == "mode":
            mode = segment.mode if segment.running else Mode.STANDBY
            return _MODE_WORDS[Mode.DEFROST if segment.defrosting else mode]
        value: float = self._curves[field][step]
        return value


class CloudValues:
    """What a cloud knows of a plant."""

    def __init__(self, cloud: Cloud) -> None:
        """Ask a cloud."""
        self._cloud = cloud
        self._asked_s = -1.0
        self._answer = cloud.answer(cloud.first_poll_s)

    def value(self, field: str, moment_s: float) -> Value:
        """Return the value of a field at a moment."""
        if moment_s != self._asked_s:
            self._asked_s, self._answer = moment_s, self._cloud.answer(moment_s)
        answer = self._answer
        if field == "hot_water_charging":
            return bool(answer.hot_water_charging) or answer.valve == "domestichotwater"
        value: Value = getattr(answer, field)
        return value
