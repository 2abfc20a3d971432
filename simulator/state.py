"""What the physical model shows of itself to the servers in front of it.

The servers read these values and nothing else of the model, so that either side
can change alone. Values are exact; rounding to what a wire carries (0.1 °C,
0.1 kWh, 1 l/h) is the servers' work.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol


class Variant(StrEnum):
    """Which of the two heat pumps is simulated."""

    BRINE = "brine"
    """Like the Vitocal 300-G (CU401B_G)."""
    AIR = "air"
    """Like the Vitocal 252-A."""


class Activity(StrEnum):
    """What the heat pump is doing."""

    STANDBY = "standby"
    HEATING = "heating"
    HOT_WATER = "hot_water"
    DEFROST = "defrost"
    COOLING = "cooling"


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What the owner can set, and the plant follows."""

    curve_slope: float
    """Of the heating curve."""
    curve_shift_k: float
    room_c: float
    """In the program "normal", in which the plant always is."""
    hot_water_c: float
    hot_water_hysteresis_k: float
    """How far the hot water cools until it is heated again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedChange:
    """A setting that the owner changes at a moment."""

    epoch_s: float
    item: str
    """A name of `Settings`."""
    by: float

    def of(self, settings: Settings) -> Settings:
        """Return the settings with this change."""
        value = round(getattr(settings, self.item) + self.by, 2)
        return replace(settings, **{self.item: value})


@dataclass(frozen=True, kw_only=True, slots=True)
class Energies:
    """True energies since the model's start, in Wh. Defrost lowers the heat."""

    electricity_wh: float
    """Everything behind the meter: compressor, source, backup heater, pumps, controls."""
    phases_wh: tuple[float, float, float]
    """The same, per phase."""
    heating_heat_wh: float
    hot_water_heat_wh: float
    heating_electricity_wh: float
    """What the unit's own books call electricity for heating: unit only."""
    hot_water_electricity_wh: float
    backup_heater_electricity_wh: float
    backup_heater_heat_wh: float
    run_s: float
    """Compressor run time."""
    starts: int
    backup_heater_s: float
    cooling_wh: float = 0.0
    """Heat taken out of the water by cooling; no part of the heat."""
    cooling_electricity_wh: float = 0.0
    """What the unit's own books call electricity for cooling: unit only."""
    burner_heat_wh: float = 0.0
    """Heat of a hybrid's burner; no part of the heat."""
    second_run_s: float = 0.0
    """Run time of the second compressor, which runs only beside the first."""
    second_starts: int = 0

    @property
    def heat_wh(self) -> float:
        """Return the heat delivered to the water by heat pump and backup heater, net of defrost."""
        return self.heating_heat_wh + self.hot_water_heat_wh


@dataclass(frozen=True, kw_only=True, slots=True)
class PlantState:
    """The plant at one moment."""

    epoch_s: float
    activity: Activity
    compressor_on: bool
    modulation: float
    """Share of the rated thermal power, 0..1; 0 while the compressor is off."""
    speed_rps: float
    compressor_w: float
    """Electric power of the compressor alone (inverter output)."""
    phases_w: tuple[float, float, float]
    phases_v: tuple[float, float, float]
    heat_w: float
    """Net heat of heat pump and backup heater to the water; negative in defrost and cooling."""
    flow_lph: float
    outside_c: float
    supply_c: float
    return_c: float
    source_in_c: float
    source_out_c: float
    buffer_c: float
    hot_water_c: float
    circuit_supply_c: float
    room_c: float
    circuit_pump_on: bool
    """The heating circuit's pump."""
    circulation_pump_on: bool
    """The pump that keeps hot water at the taps."""
    backup_heater_on: bool
    hot_gas_c: float
    suction_gas_c: float
    source_pump_pct: float
    energies: Energies
    loads: tuple[float, ...] = ()
    """Share of its own rated power at which each compressor runs; empty for one."""
    burner_share: float | None = None
    """Modulation of a hybrid's burner, 0..1; None where there is no burner."""
    settings: Settings | None = None
    """None for a plant that follows no settings."""
    backup_heater_w: float = 0.0
    """Electric power of the backup heater."""


class Plant(Protocol):
    """The physical model as the servers see it."""

    variant: Variant
    rated_heat_w: float
    origin_epoch_s: float
    """The moment from which the energies count."""

    def advance(self, epoch_s: float) -> None:
        """Run the model on until this moment; a moment already reached is no work."""

    def state(self) -> PlantState:
        """Return the plant at the moment last advanced to."""

    def energies_at(self, epoch_s: float) -> Energies:
        """Return the true energies at any moment from the start until now."""

    def adjust(self, changes: Mapping[str, float]) -> None:
        """Follow these settings from now on, by the names of `Settings`."""
