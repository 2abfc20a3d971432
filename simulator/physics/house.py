"""The house: buffer, underfloor heating, rooms."""

from math import exp

from .design import Design
from .water import capacity_rate_w_per_k

_WATER_J_PER_LK = 4150.0
_FLOOR_J_PER_K = 20e6
"""About 150 m² of 65 mm screed."""
_ROOMS_J_PER_K = 40e6
_INNER_GAINS_W = 350.0
_COMFORT_C = 21.0
_CHILLED_C = 20.0
_WINDOWS_OPEN_C = 23.5
_AIRING_W_PER_K = 350.0
_FLOOR_PIPES_C = 30.0
"""Where the circuit's water properties are taken; they hardly change."""


class House:
    """Two buffer layers, a warm floor and the rooms above it, each one temperature.

    Attributes:
        circuit_on: Whether the heating circuit's pump runs.
    """

    __slots__ = (
        "_circuit_w_per_k",
        "_effectiveness",
        "_floor_c",
        "_layer_j_per_k",
        "_loss_w_per_k",
        "_room_w_per_k",
        "buffer_foot_c",
        "buffer_top_c",
        "circuit_on",
        "room_c",
    )

    def __init__(self, design: Design, *, water_c: float) -> None:
        """Furnish a house at comfort temperature with the buffer at this one."""
        self._circuit_w_per_k = capacity_rate_w_per_k(
            design.circuit_flow_lph, _FLOOR_PIPES_C
        )
        self._effectiveness = 1.0 - exp(-design.floor_w_per_k / self._circuit_w_per_k)
        self._layer_j_per_k = 0.5 * design.buffer_l * _WATER_J_PER_LK
        self._loss_w_per_k = design.heat_loss_w_per_k
        self._room_w_per_k = design.room_w_per_k
        self._floor_c = _COMFORT_C + 1.5
        self.buffer_top_c = self.buffer_foot_c = water_c
        self.circuit_on = False
        self.room_c = _COMFORT_C

    def chill(self, water_c: float) -> None:
        """Cool the buffer to this temperature, and floor and rooms below comfort."""
        self.buffer_top_c = self.buffer_foot_c = water_c
        self._floor_c = min(self._floor_c, _CHILLED_C)
        self.room_c = min(self.room_c, _CHILLED_C)

    def step(
        self,
        step_s: float,
        *,
        outside_c: float,
        solar_w: float,
        supply_c: float,
        supplied_w_per_k: float,
    ) -> None:
        """Let a step pass with this much water of this temperature from the heat pump."""
        circuit_w_per_k = self._circuit_w_per_k if self.circuit_on else 0.0
        top_c, foot_c = self.buffer_top_c, self.buffer_foot_c
        cooled_k = self._effectiveness * (top_c - self._floor_c)
        floor_w = circuit_w_per_k * cooled_k
        self._mix_buffer(
            step_s / self._layer_j_per_k,
            top_w=supplied_w_per_k * (supply_c - top_c),
            foot_w=circuit_w_per_k * (top_c - cooled_k - foot_c),
            down_w_per_k=supplied_w_per_k - circuit_w_per_k,
        )
        room_w = self._room_w_per_k * (self._floor_c - self.room_c)
        loss_w_per_k = self._loss_w_per_k
        if self.room_c > _WINDOWS_OPEN_C:
            loss_w_per_k += _AIRING_W_PER_K
        loss_w = loss_w_per_k * (self.room_c - outside_c)
        self._floor_c += (floor_w - room_w) * step_s / _FLOOR_J_PER_K
        gains_w = _INNER_GAINS_W + solar_w
        self.room_c += (room_w + gains_w - loss_w) * step_s / _ROOMS_J_PER_K

    def _mix_buffer(
        self, k_per_w: float, *, top_w: float, foot_w: float, down_w_per_k: float
    ) -> None:
        """Warm both layers; what more flows in above than out goes down, or up."""
        between_k = self.buffer_top_c - self.buffer_foot_c
        if down_w_per_k > 0.0:
            foot_w += down_w_per_k * between_k
        else:
            top_w += down_w_per_k * between_k
        self.buffer_top_c += top_w * k_per_w
        self.buffer_foot_c += foot_w * k_per_w
