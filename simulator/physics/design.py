"""What distinguishes simulated plants: machine, source, hydraulics, house."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from ..state import Settings, Variant

PhaseShares = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Design:
    """Sizes of one plant, as a planner would write them down."""

    rated_heat_w: float
    carnot_share: float
    """Share of Carnot that the compressor alone reaches at half load and 40 K lift.

    With pumps, fan, frost and standby the whole plant comes to 0.44 (air) and 0.49
    (brine) over a year; 90 % of metered systems lie between 0.44 and 0.54
    (heatpumpmonitor.org, 2026).
    """
    power_per_source_k: float
    """Relative change of the thermal power per kelvin of source temperature."""
    rated_source_c: float
    """Source temperature at which modulation is exactly the thermal share."""
    frosts: bool
    """Whether the evaporator is in the air, frosts up and must be defrosted."""
    source_min_w: float
    source_max_w: float
    """Electric power of brine pump or fan at lowest and full modulation."""
    compressor_phases: PhaseShares
    flow_lph: float
    """Flow through the heat pump at full modulation."""
    flows_while_off: bool
    """Whether the heating circuit's water runs through the stopped heat pump."""
    circuit_flow_lph: float
    buffer_l: float
    heat_loss_w_per_k: float
    floor_w_per_k: float
    """Heat transfer from the floor's water to its screed."""
    room_w_per_k: float
    """Heat transfer from the floor to the room."""
    switch_on_k: float
    switch_off_k: float
    """Hysteresis around the heating curve, at the buffer's foot."""
    settings: Settings
    """With which the plant is as it was planned."""
    ground_c: float = 8.5
    """Yearly mean of the undisturbed ground, for a ground loop."""
    ground_swing_k: float = 3.5
    """How far the ground is above that in September and below in March."""
    power_per_supply_k: float = 0.0
    """Relative change of the thermal power per kelvin of supply above 35 °C."""
    start_up_s: float = 0.0
    """Time constant with which the heat rises after a start, at full electric power."""
    min_modulation: float = 0.3
    """Lowest modulation; 1 for a compressor that is only on or off."""
    curve_shift_k: float = 0.0
    """How much colder it must be outside for the same modulation."""
    tank_hysteresis_k: float = 5.0
    """How far the hot water cools until it is heated again, by the usual settings."""
    compressors: int = 1
    """1 or 2; two share the rated power, and the second helps above half of it."""
    cools: bool = False
    """Whether the plant cools the house in summer, through the floor."""
    burner_w: float = 0.0
    """Full heat of a hybrid's burner, behind the heat pump; 0 without burner."""

    @property
    def is_simple(self) -> bool:
        """Return whether there is one compressor, no burner and no cooling."""
        return self.compressors == 1 and not self.cools and self.burner_w == 0.0


# Slopes of the thermal power: six maps of brine units, eight of air units.
DESIGNS: Final = {
    Variant.BRINE: Design(
        rated_heat_w=12_000.0,
        carnot_share=0.585,
        power_per_source_k=0.028,
        power_per_supply_k=-0.0042,
        rated_source_c=0.0,
        frosts=False,
        source_min_w=60.0,
        source_max_w=125.0,
        compressor_phases=(1 / 3, 1 / 3, 1 / 3),
        flow_lph=1600.0,
        flows_while_off=False,
        circuit_flow_lph=1400.0,
        buffer_l=200.0,
        heat_loss_w_per_k=230.0,
        floor_w_per_k=1300.0,
        room_w_per_k=1600.0,
        switch_on_k=2.5,
        switch_off_k=2.8,
        settings=Settings(
            curve_slope=1.0,
            curve_shift_k=2.0,
            room_c=21.0,
            hot_water_c=50.0,
            hot_water_hysteresis_k=5.0,
        ),
    ),
    Variant.AIR: Design(
        rated_heat_w=7_000.0,
        carnot_share=0.595,
        power_per_source_k=0.026,
        power_per_supply_k=-0.0017,
        rated_source_c=2.0,
        frosts=True,
        source_min_w=60.0,
        source_max_w=150.0,
        compressor_phases=(0.0, 1.0, 0.0),
        flow_lph=1100.0,
        flows_while_off=True,
        circuit_flow_lph=950.0,
        buffer_l=100.0,
        heat_loss_w_per_k=150.0,
        floor_w_per_k=950.0,
        room_w_per_k=1200.0,
        switch_on_k=2.0,
        switch_off_k=2.3,
        settings=Settings(
            curve_slope=0.6,
            curve_shift_k=0.0,
            room_c=20.0,
            hot_water_c=50.0,
            hot_water_hysteresis_k=6.0,
        ),
    ),
}


class Preset(StrEnum):
    """A plant that is unlike the usual one in one respect."""

    USUAL = "usual"
    WARM_SOURCE = "warm-source"
    """Ground water of 12 °C, while the rated power holds at 0 °C."""
    SHORT_RUNS = "short-runs"
    """An on/off compressor on little water: runs of about 10 minutes."""
    LONG_CHARGES = "long-charges"
    """Hot water is charged for about 20 minutes at a time."""
    COOLING = "cooling"
    TWO_COMPRESSORS = "two-compressors"
    HYBRID = "hybrid"
    """A burner behind the heat pump helps below 4 °C outside."""


_PRESETS: Final[dict[Preset, Callable[[Design], Design]]] = {
    Preset.USUAL: lambda design: design,
    Preset.WARM_SOURCE: lambda design: replace(
        design, ground_c=12.0, ground_swing_k=0.5
    ),
    Preset.SHORT_RUNS: lambda design: replace(
        design,
        min_modulation=1.0,
        start_up_s=25.0,
        buffer_l=0.5 * design.buffer_l,
        switch_on_k=0.5 * design.switch_on_k,
        switch_off_k=0.5 * design.switch_off_k,
    ),
    Preset.LONG_CHARGES: lambda design: replace(
        design, tank_hysteresis_k=design.rated_heat_w / 1200.0
    ),
    Preset.COOLING: lambda design: replace(design, cools=True),
    Preset.TWO_COMPRESSORS: lambda design: replace(
        design, compressors=2, curve_shift_k=10.0
    ),
    Preset.HYBRID: lambda design: replace(design, burner_w=15_000.0),
}


def design_of(variant: Variant, preset: Preset = Preset.USUAL) -> Design:
    """Return the design of a variant as a preset changes it."""
    return _PRESETS[preset](DESIGNS[variant])
