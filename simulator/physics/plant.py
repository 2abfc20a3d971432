"""The whole plant, stepped on a fixed grid of time."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import override

from ..state import (
    Activity,
    Energies,
    PlannedChange,
    Plant,
    PlantState,
    Settings,
    Variant,
)
from .calendar import DAY_S
from .control import Controller
from .design import Design
from .heat_pump import HeatPump
from .house import House
from .ledger import EnergyLedger
from .noise import noise_at, smooth_noise
from .source import AirSource, BrineSource, Source
from .tank import HotWaterTank
from .wear import Health, PlantFault
from .weather import Weather

STEP_S = 10.0
HISTORY_STEP_S = 60.0
_SETTLING_S = 3.0 * DAY_S

_CONTROLS_W = 11.0
_CIRCUIT_PUMP_W = 22.0
_CHARGING_PUMP_W = 28.0
_CIRCULATION_PUMP_W = 12.0
_SPEED_AT_FULL_RPS = 90.0
_SUCTION_SUPERHEAT_K = 5.0
_VOLTAGE_V = 232.0


class SimulatedPlant(Plant):
    """A heat pump, its house and its weather. See simulated_plant.

    Attributes:
        origin_epoch_s: The moment from which the energies count.
    """

    def __init__(
        self,
        variant: Variant,
        design: Design,
        *,
        seed: int,
        start_epoch_s: float,
        history_s: float,
        running: bool,
        plan: Iterable[PlannedChange] = (),
        faults: Iterable[PlantFault] = (),
    ) -> None:
        """Build the plant and live through its history. See simulated_plant."""
        fine_from_s = start_epoch_s // HISTORY_STEP_S * HISTORY_STEP_S
        origin_s = (start_epoch_s - history_s) // HISTORY_STEP_S * HISTORY_STEP_S
        settling_from_s = origin_s - _SETTLING_S
        self.variant = variant
        self.rated_heat_w = design.rated_heat_w
        self.origin_epoch_s = origin_s
        self._design = design
        self._seed = seed
        self._weather = Weather(seed)
        self._health = Health(faults)
        self._source: Source = (
            AirSource(design.rated_heat_w, self._health)
            if design.frosts
            else BrineSource(
                design.rated_heat_w,
                mean_c=design.ground_c,
                swing_k=design.ground_swing_k,
            )
        )
        self._house = House(design, water_c=27.0)
        self._tank = HotWaterTank(seed, water_c=46.0)
        self._machine = HeatPump(
            design, source=self._source, tank=self._tank, health=self._health
        )
        self._control = Controller(
            design,
            epoch_s=settling_from_s,
            house=self._house,
            tank=self._tank,
            source=self._source,
            health=self._health,
        )
        self._plan = sorted(plan, key=lambda each: -each.epoch_s)
        self._outside_c = 0.0
        self._phases_w = (0.0, 0.0, 0.0)
        self._was_on = self._second_was_on = False
        self._now_s = self._grid_s = settling_from_s
        self._ledger = self._open_ledger(settling_from_s, origin_s)
        self._run_until(origin_s, HISTORY_STEP_S)
        self._ledger = self._open_ledger(origin_s, fine_from_s)
        self._run_until(fine_from_s, HISTORY_STEP_S)
        if running:
            self._control.start_heating(fine_from_s)
        self.advance(start_epoch_s)

    @override
    def advance(self, epoch_s: float) -> None:
        if epoch_s < self._now_s:
            return
        # Into the step that holds the moment: its powers are then known, and every
        # moment up to its end could be told, whoever asked before.
        self._run_until(epoch_s // STEP_S * STEP_S + STEP_S, STEP_S)
        self._now_s = epoch_s

    @override
    def energies_at(self, epoch_s: float) -> Energies:
        """Return the true energies at any moment from the start until now.

        Raises:
            ValueError: If the moment is before the start or not reached yet.
        """
        if epoch_s > self._now_s:
            raise ValueError(f"the model has not reached {epoch_s}")
        return self._ledger.at(epoch_s)

    @property
    def activity(self) -> Activity:
        """Return what the heat pump is doing."""
        return self._control.activity

    @property
    def return_error_k(self) -> float:
        """Return by how much the return sensor shows too much."""
        return self._health.return_error_k

    @property
    def settings(self) -> Settings:
        """Return what the owner has set."""
        return self._control.settings

    def fail(self, fault: PlantFault) -> None:
        """Let something go wrong, from its moment on."""
        self._health.add(fault)

    @override
    def adjust(self, changes: Mapping[str, float]) -> None:
        self._control.settings = replace(self._control.settings, **changes)

    @override
    def state(self) -> PlantState:
        control, machine = self._control, self._machine
        on = control.compressor_on
        defrosting = control.activity is Activity.DEFROST
        modulation = 0.0 if defrosting else control.modulation
        speed = 0.7 if defrosting else control.modulation
        return PlantState(
            epoch_s=self._now_s,
            activity=control.activity,
            compressor_on=on,
            modulation=modulation,
            speed_rps=_SPEED_AT_FULL_RPS * speed,
            compressor_w=machine.compressor_w,
            phases_w=self._phases_w,
            phases_v=self._phases_v(),
            heat_w=machine.heat_w,
            flow_lph=machine.flow_lph,
            outside_c=self._outside_c,
            supply_c=machine.supply_c,
            return_c=machine.return_c + self._health.return_error_k,
            source_in_c=self._source.in_c,
            source_out_c=self._source.out_c,
            buffer_c=self._house.buffer_top_c,
            hot_water_c=self._tank.water_c,
            circuit_supply_c=self._house.buffer_top_c,
            room_c=self._house.room_c,
            circuit_pump_on=self._house.circuit_on,
            circulation_pump_on=self._tank.circulation_on,
            backup_heater_on=control.backup_heater_on,
            hot_gas_c=machine.supply_c + (12.0 + 23.0 * speed if on else 0.0),
            suction_gas_c=self._suction_gas_c(),
            source_pump_pct=50.0 + 40.0 * modulation if machine.source_w > 0.0 else 0.0,
            energies=self._ledger.at(self._now_s),
            loads=self._loads(speed),
            burner_share=control.burner_share if self._design.burner_w else None,
            settings=control.settings,
            backup_heater_w=machine.backup_heater_w,
        )

    def _loads(self, speed: float) -> tuple[float, ...]:
        """Return the load of each of two compressors; they share the rated power."""
        if self._design.compressors == 1:
            return ()
        if self._control.second_on:
            return (speed, speed)
        return (min(1.0, 2.0 * speed), 0.0)

    def _suction_gas_c(self) -> float:
        if self._control.compressor_on:
            return self._machine.evaporating_c + _SUCTION_SUPERHEAT_K
        return self._source.in_c

    def _phases_v(self) -> tuple[float, float, float]:
        return (self._phase_v("A"), self._phase_v("B"), self._phase_v("C"))

    def _phase_v(self, phase: str) -> float:
        slow = smooth_noise(self._seed, f"grid {phase}", self._now_s, 1800.0)
        fast = noise_at(self._seed, f"flicker {phase}", int(self._now_s // STEP_S))
        return _VOLTAGE_V + 4.5 * slow + 0.5 * fast

    def _open_ledger(self, origin_s: float, fine_from_s: float) -> EnergyLedger:
        return EnergyLedger(
            origin_s,
            fine_from_s=fine_from_s,
            coarse_step_s=HISTORY_STEP_S,
            fine_step_s=STEP_S,
            simple=self._design.is_simple,
        )

    def _run_until(self, epoch_s: float, step_s: float) -> None:
        while self._grid_s < epoch_s:
            self._step(step_s)

    def _step(self, step_s: float) -> None:
        epoch_s = self._grid_s
        control, machine, house = self._control, self._machine, self._house
        while self._plan and self._plan[-1].epoch_s <= epoch_s:
            control.settings = self._plan.pop().of(control.settings)
        self._health.look(epoch_s)
        self._outside_c = outside_c = self._weather.outside_c(epoch_s)
        self._source.look(epoch_s, outside_c)
        control.decide(epoch_s, step_s, outside_c)
        if control.activity is Activity.STANDBY:
            machine.rest(step_s, house.buffer_foot_c, circuit_on=house.circuit_on)
        else:
            machine.run(
                control.activity,
                control.modulation,
                house.buffer_foot_c,
                backup_heater_on=control.backup_heater_on,
                burner_share=control.burner_share,
                running_s=epoch_s + 0.5 * step_s - control.switched_s,
            )
        self._account(step_s)
        self._warm(epoch_s, step_s)
        self._grid_s = epoch_s + step_s

    def _account(self, step_s: float) -> None:
        """Split the step's powers by phase and purpose, and enter them."""
        control, machine = self._control, self._machine
        on = control.compressor_on
        unit_w = machine.compressor_w + machine.source_w
        part_a, part_b, part_c = self._design.compressor_phases
        backup_heater_w = machine.backup_heater_w / 3.0
        a_w = part_a * machine.compressor_w + backup_heater_w + self._auxiliary_w()
        b_w = part_b * machine.compressor_w + backup_heater_w
        c_w = part_c * machine.compressor_w + backup_heater_w
        self._phases_w = (a_w, b_w, c_w)
        hot_water = 1.0 if control.activity is Activity.HOT_WATER else 0.0
        cooling = 1.0 if control.activity is Activity.COOLING else 0.0
        heating = 1.0 - hot_water - cooling
        extras = () if self._design.is_simple else self._extra_powers_w(step_s, cooling)
        self._ledger.add(
            step_s,
            (
                a_w,
                b_w,
                c_w,
                heating * machine.heat_w,
                hot_water * machine.heat_w,
                heating * unit_w,
                hot_water * unit_w,
                machine.backup_heater_w,
                machine.backup_heater_w,
                3600.0 if on else 0.0,
                3600.0 if machine.backup_heater_w > 0.0 else 0.0,
                *extras,
            ),
            started=on and not self._was_on,
        )
        self._was_on = on

    def _extra_powers_w(self, step_s: float, cooling: float) -> tuple[float, ...]:
        """Return what only plants have that are not simple. See EnergyLedger.add."""
        control, machine = self._control, self._machine
        second_started = control.second_on and not self._second_was_on
        self._second_was_on = control.second_on
        return (
            -cooling * machine.heat_w,
            cooling * (machine.compressor_w + machine.source_w),
            machine.burner_w,
            3600.0 if control.second_on else 0.0,
            3600.0 / step_s if second_started else 0.0,
        )

    def _auxiliary_w(self) -> float:
        """Return what controls, pumps and fan draw."""
        auxiliary_w = _CONTROLS_W + self._machine.source_w
        if self._house.circuit_on:
            auxiliary_w += _CIRCUIT_PUMP_W
        if self._control.activity is not Activity.STANDBY:
            auxiliary_w += _CHARGING_PUMP_W
        if self._tank.circulation_on:
            auxiliary_w += _CIRCULATION_PUMP_W
        return auxiliary_w

    def _warm(self, epoch_s: float, step_s: float) -> None:
        """Let the heat arrive, and tank, house and source live on."""
        machine = self._machine
        charging = self._control.activity is Activity.HOT_WATER
        self._tank.step(epoch_s, step_s, heat_w=machine.heat_w if charging else 0.0)
        self._house.step(
            step_s,
            outside_c=self._outside_c,
            solar_w=self._weather.solar_w,
            supply_c=machine.supply_c,
            supplied_w_per_k=0.0 if charging else machine.capacity_rate_w_per_k,
        )
        heat_pump_w = machine.heat_w - machine.backup_heater_w
        cold_w = (
            max(0.0, heat_pump_w - machine.compressor_w) * self._control.compressor_on
        )
        self._source.step(step_s, cold_w=cold_w, humidity=self._weather.humidity)
