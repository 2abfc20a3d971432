"""The machine: heat from the source into the water, and what that costs."""

from math import exp

from ..state import Activity
from .design import Design
from .source import Source
from .tank import HotWaterTank
from .water import capacity_rate_w_per_k
from .wear import Health

_KELVIN = 273.15
_CONDENSING_ABOVE_SUPPLY_K = 2.0
_MIN_LIFT_K = 16.0
_BACKUP_HEATER_W = 3000.0
_FROST_COST = 0.08
"""Share of power and efficiency lost under a full coat of frost."""
_COOLING_SHARE = 0.8
"""Cold at full modulation, as a share of the rated heat."""
_DEFROST_TAKES_W = 4800.0
_DEFROST_COMPRESSOR_W = 1000.0
_FLOW_AT_LEAST = 0.85
"""Flow at lowest modulation, as a share of the full flow."""
_RATED_SUPPLY_C = 35.0
_CELLAR_C = 18.0
_PIPES_COOL_S = 5400.0


def carnot_cop(condensing_c: float, evaporating_c: float) -> float:
    """Return the best COP that physics allows between two temperatures."""
    return (condensing_c + _KELVIN) / (condensing_c - evaporating_c)


def real_cop(
    carnot_share: float, modulation: float, condensing_c: float, evaporating_c: float
) -> float:
    """Return the COP of the compressor alone.

    A share of Carnot, reached at half load and 40 K lift: inverter compressors are
    worse at both ends of their range, and losses that do not shrink with the lift
    weigh more when it is small.
    """
    lift_k = max(_MIN_LIFT_K, condensing_c - evaporating_c)
    off_best = modulation - 0.5
    load = 1.0 - 0.3 * off_best * off_best
    small_lift = 1.1 * lift_k / (lift_k + 4.0)
    return (
        carnot_share
        * load
        * small_lift
        * carnot_cop(evaporating_c + lift_k, evaporating_c)
    )


class HeatPump:
    """What the unit does during the present step.

    Attributes:
        heat_w: Heat to the water from compressor and backup heater; negative while defrosting
            and cooling.
        compressor_w: Electric power of the compressor.
        source_w: Electric power of brine pump or fan.
        backup_heater_w: Electric power, and heat, of the backup heater.
        burner_w: Heat of the burner behind the heat pump.
        evaporating_c: Evaporating temperature, while the compressor runs.
    """

    __slots__ = (
        "_design",
        "_health",
        "_source",
        "_tank",
        "backup_heater_w",
        "burner_w",
        "capacity_rate_w_per_k",
        "compressor_w",
        "evaporating_c",
        "flow_lph",
        "heat_w",
        "return_c",
        "source_w",
        "supply_c",
    )

    def __init__(
        self, design: Design, *, source: Source, tank: HotWaterTank, health: Health
    ) -> None:
        """Install a unit that stands still."""
        self._design = design
        self._health = health
        self._source = source
        self._tank = tank
        self.supply_c = self.return_c = self.evaporating_c = _CELLAR_C
        self.flow_lph = self.heat_w = self.capacity_rate_w_per_k = 0.0
        self.compressor_w = self.source_w = self.backup_heater_w = self.burner_w = 0.0

    def rest(self, step_s: float, foot_c: float, *, circuit_on: bool) -> None:
        """Stand by: the heating circuit's water runs through, or the pipes cool."""
        self.heat_w = self.compressor_w = self.source_w = self.backup_heater_w = 0.0
        self.burner_w = 0.0
        if circuit_on and self._design.flows_while_off:
            self._set_flow(_FLOW_AT_LEAST, foot_c)
            self.supply_c = foot_c
            return
        self.flow_lph = self.capacity_rate_w_per_k = 0.0
        cooling = step_s / _PIPES_COOL_S
        self.supply_c += (_CELLAR_C - self.supply_c) * cooling
        self.return_c += (_CELLAR_C - self.return_c) * cooling

    def run(
        self,
        activity: Activity,
        modulation: float,
        foot_c: float,
        *,
        backup_heater_on: bool,
        burner_share: float,
        running_s: float,
    ) -> None:
        """Heat or cool the buffer's foot water, heat the tank, or defrost.

        Args:
            activity: What is done.
            modulation: Share of the rated power; 0 leaves the work to the backup heater.
            foot_c: Temperature of the buffer's foot water.
            backup_heater_on: Whether the backup heater helps.
            burner_share: Modulation of the burner.
            running_s: How long the compressor has run at the middle of the step.
        """
        self.backup_heater_w = _BACKUP_HEATER_W if backup_heater_on else 0.0
        self.burner_w = self._design.burner_w * burner_share
        if activity is Activity.DEFROST:
            self._defrost(foot_c)
            return
        if activity is Activity.COOLING:
            self._cool(modulation, foot_c)
            return
        made_w = self._thermal_power_w(modulation)
        full = _FLOW_AT_LEAST + (1.0 - _FLOW_AT_LEAST) * modulation
        if activity is Activity.HOT_WATER:
            foot_c = self._tank.return_c(
                capacity_rate_w_per_k(self._flow_lph(full), self._tank.water_c),
                made_w + self.backup_heater_w,
            )
        self._set_flow(full, foot_c)
        self._deliver(made_w * self._started_share(running_s))
        if modulation > 0.0:
            self._compress(made_w, modulation)
        else:
            self.compressor_w = self.source_w = 0.0

    def _thermal_power_w(self, modulation: float) -> float:
        design = self._design
        warmer_k = self._source.in_c - design.rated_source_c
        power = 1.0 + design.power_per_source_k * warmer_k
        power += design.power_per_supply_k * (self.supply_c - _RATED_SUPPLY_C)
        power *= 1.0 - _FROST_COST * self._source.frost
        return modulation * design.rated_heat_w * power

    def _started_share(self, running_s: float) -> float:
        """Return how much of the heat arrives so long after the start."""
        if (start_up_s := self._design.start_up_s) == 0.0:
            return 1.0
        return 1.0 - exp(-running_s / start_up_s)

    def _set_flow(self, full: float, return_c: float) -> None:
        self.flow_lph = self._flow_lph(full)
        self.return_c = return_c
        self.capacity_rate_w_per_k = capacity_rate_w_per_k(self.flow_lph, return_c)

    def _flow_lph(self, full: float) -> float:
        return full * self._design.flow_lph * self._health.flow_share

    def _deliver(self, made_w: float) -> None:
        delta_t_k = (made_w + self.backup_heater_w) / self.capacity_rate_w_per_k
        self.supply_c = self.return_c + delta_t_k
        self.heat_w = self.capacity_rate_w_per_k * (self.supply_c - self.return_c)
        self.supply_c += self.burner_w / self.capacity_rate_w_per_k

    def _compress(self, made_w: float, modulation: float) -> None:
        design = self._design
        leaving_c = self.return_c + made_w / self.capacity_rate_w_per_k
        self.evaporating_c = self._source.evaporating_c(made_w)
        cop = real_cop(
            design.carnot_share,
            modulation,
            leaving_c + _CONDENSING_ABOVE_SUPPLY_K,
            self.evaporating_c,
        )
        cop *= 1.0 - _FROST_COST * self._source.frost
        self.compressor_w = made_w / cop
        self.source_w = self._source_power_w(modulation)

    def _source_power_w(self, modulation: float) -> float:
        design = self._design
        return design.source_min_w + modulation * modulation * (
            design.source_max_w - design.source_min_w
        )

    def _cool(self, modulation: float, foot_c: float) -> None:
        cold_w = _COOLING_SHARE * modulation * self._design.rated_heat_w
        self._set_flow(1.0, foot_c)
        self._deliver(-cold_w)
        self.evaporating_c = self.supply_c - 5.0
        condensing_c = self._source.in_c + 10.0
        cop = real_cop(
            self._design.carnot_share, modulation, condensing_c, self.evaporating_c
        )
        # What the compressor draws becomes heat, and that leaves with the rest.
        self.compressor_w = cold_w / (cop - 1.0)
        self.source_w = self._source_power_w(modulation)

    def _defrost(self, foot_c: float) -> None:
        self.backup_heater_w = self.burner_w = 0.0
        self._set_flow(1.0, foot_c)
        self._deliver(-_DEFROST_TAKES_W)
        self.evaporating_c = foot_c - 15.0
        self.compressor_w = _DEFROST_COMPRESSOR_W
        self.source_w = 0.0
