"""What distinguishes the two simulated plants: machine, source, hydraulics, house."""

from dataclasses import dataclass

from ..state import Variant

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


DESIGNS = {
    Variant.BRINE: Design(
        rated_heat_w=12_000.0,
        carnot_share=0.585,
        power_per_source_k=0.008,
        rated_source_c=6.0,
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
    ),
    Variant.AIR: Design(
        rated_heat_w=7_000.0,
        carnot_share=0.595,
        power_per_source_k=0.01,
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
    ),
}
