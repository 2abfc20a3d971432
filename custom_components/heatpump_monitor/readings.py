"""What the sources say, whichever wire it came by.

Every value carries its unit in its name, and None stands for what is not known:
never 0, never the last good value.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

PHASES: Final = ("a", "b", "c")
"""The phases of a three-phase meter."""
CHANNELS: Final = (*PHASES, "d")
"""The single-phase meters that one device has, by their letter."""
CT_NOISE_W: Final = 50.0
"""What a phase at rest may show, either way. A more negative power is backwards."""


class Mode(StrEnum):
    """What the energy of an interval was for."""

    HEATING = "heating"
    HOT_WATER = "hot_water"
    COOLING = "cooling"
    DEFROST = "defrost"
    STANDBY = "standby"


class Role(StrEnum):
    """What a meter measures."""

    WHOLE = "whole"
    """All circuits of the heat pump that are metered."""
    COMPRESSOR = "compressor"
    BACKUP_HEATER = "backup_heater"
    SOURCE_PUMP = "source_pump"
    CIRCULATION_PUMPS = "circulation_pumps"
    HEAT = "heat"
    PHOTOVOLTAICS = "photovoltaics"
    GRID = "grid"


PART_ROLES: Final = (
    Role.COMPRESSOR,
    Role.BACKUP_HEATER,
    Role.SOURCE_PUMP,
    Role.CIRCULATION_PUMPS,
)
"""Of a part of the heat pump; those that show most of it come first."""
HEAT_PUMP_ROLES: Final = (Role.WHOLE, *PART_ROLES)
"""Of the electricity of the heat pump: it only draws."""
COMPRESSOR_ROLES: Final = (Role.WHOLE, Role.COMPRESSOR)
"""Which show when the compressor runs."""
HOUSE_ROLES: Final = (Role.GRID, Role.PHOTOVOLTAICS)
"""Of the house: with both, own electricity is told from that of the grid."""


def summed_roles(roles: Collection[Role]) -> tuple[Role, ...]:
    """Return the roles whose sum is the electricity: the whole, or else its parts."""
    return (Role.WHOLE,) if Role.WHOLE in roles else PART_ROLES


def sum_if_known(values: Iterable[float | None]) -> float | None:
    """Return a sum; None of nothing, or where a part is not known."""
    given = list(values)
    known = [value for value in given if value is not None]
    return sum(known) if known and len(known) == len(given) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseReading:
    """One phase, or one channel, of the electricity meter."""

    name: str
    """One of `CHANNELS`."""
    power_w: float | None = None
    voltage_v: float | None = None
    current_a: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MeterReading:
    """What the electricity meter of the heat pump's circuits says at one moment."""

    time: datetime
    """When the meter answered, aware and in UTC."""
    power_w: float | None = None
    """Sum of the phases, drawn from the grid positive."""
    energy_wh: float | None = None
    """The meter's own cumulative counter of energy drawn."""
    holds_back: bool = True
    """Whether the counter may move up to a minute late, as a Shelly's does."""
    returned_wh: float | None = None
    """The meter's own cumulative counter of energy fed back."""
    phases: tuple[PhaseReading, ...] = ()
    reversed_phases: tuple[str, ...] = ()
    """Phases whose sign the source changed, as their CT is reversed."""
    channels: tuple[str, ...] = ()
    """The single-phase channels in the sums; empty where the phases are one circuit."""
    errors: tuple[str, ...] = ()
    """What the meter says is wrong with it, in its own words."""
    counter_failed: bool = False
    """Whether the meter says that its counter misses energy."""

    @property
    def counter_basis(self) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
        """Return what the counter adds up; a change makes its values incomparable."""
        return self.reversed_phases, self.channels, self.counter_failed

    @property
    def negative_phases(self) -> tuple[str, ...]:
        """Return where power flows backwards, as it does through a reversed CT."""
        return tuple(
            phase.name
            for phase in self.phases
            if phase.power_w is not None and phase.power_w < -CT_NOISE_W
        )

    def phase(self, name: str) -> PhaseReading | None:
        """Return one phase, None if the meter does not measure it."""
        return next((phase for phase in self.phases if phase.name == name), None)


class Submeter(StrEnum):
    """What a meter measures that a house meter reads."""

    GAS = "gas"
    WATER = "water"
    WARM_WATER = "warm_water"
    HEAT = "heat"
    INLET_HEAT = "inlet_heat"


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmeterReading:
    """What a meter says that a house meter reads, as the gas meter."""

    serial: str
    kind: Submeter
    value: float
    unit: str
    """`m3`, `GJ` or `kWh`, as the house meter spells it."""
    measured_at: datetime | None = None
    """Aware; gas is counted once an hour, or every five minutes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GridReading:
    """What the meter of the grid connection says at one moment."""

    time: datetime
    """When the answer arrived, aware and in UTC."""
    measured_at: datetime | None = None
    """By the meter's own clock, which decides the quarter-hours; aware."""
    power_w: float | None = None
    """All phases netted; what is drawn from the grid is positive."""
    phases: tuple[PhaseReading, ...] = ()
    import_wh: float | None = None
    """The cumulative counter of what is drawn, over all tariffs."""
    export_wh: float | None = None
    import_by_tariff_wh: Mapping[int, float] = field(default_factory=dict)
    export_by_tariff_wh: Mapping[int, float] = field(default_factory=dict)
    tariff: int | None = None
    """The one that counts now; in Belgium 1 is day and 2 is night."""
    quarter_average_w: float | None = None
    """Energy drawn since the quarter-hour began over 900 s: it starts at 0."""
    month_peak_w: float | None = None
    month_peak_at: datetime | None = None
    """The end of the month's highest quarter-hour, aware."""
    sags: Mapping[str, int] = field(default_factory=dict)
    """How often the voltage was too low so far, by the name of the phase."""
    swells: Mapping[str, int] = field(default_factory=dict)
    power_failures: int | None = None
    long_power_failures: int | None = None
    submeters: tuple[SubmeterReading, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ProbeReading:
    """What a temperature probe says at one moment."""

    key: str
    """The same as long as the probe is: serial number and channel, or an entity."""
    name: str
    temperature_c: float | None = None
    """None while no probe is plugged in."""
    measured_at: datetime | None = None
    """When the temperature was measured, aware; None if its source does not say."""
    device: str | None = None
    """Serial number of the device that it is plugged into."""
    model: str | None = None
    battery_pct: float | None = None
    signal_dbm: float | None = None
    last_seen_at: datetime | None = None
    """When the device last spoke to its cloud, aware."""
    transmit_s: float | None = None
    """How often the device sends."""


@dataclass(frozen=True, slots=True)
class EnergySpan:
    """What flowed between two moments, evenly as far as is known."""

    start: datetime
    """Aware and in UTC, as the end."""
    end: datetime
    energy_wh: float


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitEnergy:
    """The heat pump's own energy counters, each since the first of January.

    They have 0.1 kWh steps, start again every year, and are known to stand
    still for hours or days.
    """

    heating_wh: float | None = None
    hot_water_wh: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CircuitReading:
    """One enabled heating circuit."""

    number: str
    """As the controller counts: `0`, `1`, ... Not every unit has a circuit 0."""

    supply_c: float | None = None
    target_supply_c: float | None = None
    """What the circuit asks for, by its heating curve; None without a demand."""
    pump_on: bool | None = None


type SettingValue = bool | float | str
"""A float is rounded to 0.1; a week plan is a text of wall-clock times."""
OFF: Final = "off"
"""The value of a week plan without spans, and of a holiday that is not planned."""


def circuit_label(number: str) -> str:
    """Return what owners call a heating circuit: the controller counts from 0."""
    return str(int(number) + 1) if number.isdecimal() else number


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """What the owner or the installer adjusted, as the unit reports it."""

    value: SettingValue
    changed_at: datetime | None = None
    """The time stamp of the answer's part that holds it, aware."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeatPumpReading:
    """What the heat pump says at one moment."""

    time: datetime
    """When the answer was asked for, aware and in UTC: it ends an interval."""

    measured_at: datetime | None = None
    """The newest time stamp inside the answer: how fresh the device's data is."""
    stamps: dict[str, datetime] = field(default_factory=dict)
    """When each value was measured or last changed, by the name of its field, aware.

    A field that is missing has no time stamp of its own. Values of a circuit are
    under `circuits.<number>.<field>`.
    """

    outside_c: float | None = None
    supply_c: float | None = None
    """Secondary side, leaving the heat pump."""
    return_c: float | None = None
    """Secondary side, coming back."""
    source_in_c: float | None = None
    """Brine or air as it reaches the heat pump."""
    source_out_c: float | None = None
    buffer_c: float | None = None
    hot_water_c: float | None = None
    hot_water_target_c: float | None = None
    circuits: tuple[CircuitReading, ...] = ()

    compressor_on: bool | None = None
    """Whether any compressor runs."""
    compressor_count: int | None = None
    """How many compressors `run_hours`, `starts` and the heat powers add up."""
    compressor_phase: str | None = None
    """The controller's word, in lower case: `off`, `ready`, `heating`, ..."""
    modulation_pct: float | None = None
    """Share of `rated_heat_w` that is used; of all compressors if there are several."""
    speed_rps: float | None = None
    inverter_w: float | None = None
    """Electric power behind the inverter: the compressor alone."""
    flow_lph: float | None = None
    run_hours: float | None = None
    starts: float | None = None

    rated_heat_w: float | None = None
    """Rated thermal power of all compressors, running or not."""
    reported_heat_w: float | None = None
    """Thermal power as the unit itself reports it."""
    heat_meter_wh: float | None = None
    """The cumulative counter of a heat meter of its own."""
    heated_wh: float | None = None
    """Heat since the reading before, where a source gives it by intervals."""
    mode: Mode | None = None
    """The mode from this reading until the next, where a source gives it."""
    heat: UnitEnergy | None = None
    heat_last_year: UnitEnergy | None = None
    """What `heat` had come to when the last year ended."""
    heat_week: UnitEnergy | None = None
    """The same of this week, for units that count by the week only."""
    backup_heater_electricity: UnitEnergy | None = None
    spf_total: float | None = None
    """The maker's own seasonal performance factor: late, rounded, mostly of this year."""
    spf_heating: float | None = None
    spf_hot_water: float | None = None
    spf_measured_at: datetime | None = None
    """When `spf_total` last changed, aware."""

    hot_water_charging: bool | None = None
    circulation_pump_on: bool | None = None
    defrosting: bool | None = None
    burner_on: bool | None = None
    """Whether the burner of a hybrid fires; None where there is no burner."""
    backup_heater_hours: float | None = None
    backup_heater_on: bool | None = None
    valve: str | None = None
    """Where the diverting valve stands, in lower case, as the controller spells it."""
    operation_state: str | None = None
    """What the secondary circuit does, in lower case: `heating`, `standby`, ..."""
    fault_codes: tuple[str, ...] | None = None
    """Active fault messages; an empty tuple is no fault, None is not known."""
    fault_times: dict[str, str] = field(default_factory=dict)
    """Since when, by the wall clock of the controller, which tells no time zone."""
    fault_counts: dict[str, int] = field(default_factory=dict)
    """How often each fault has occurred, by the controller's code."""
    settings: dict[str, Setting] = field(default_factory=dict)
    """What can be adjusted, by `item` or `item.circuit`; a missing one is not known."""

    def circuit(self, number: str) -> CircuitReading | None:
        """Return one heating circuit, None if it is not enabled."""
        return next((one for one in self.circuits if one.number == number), None)

    @property
    def delta_t_k(self) -> float | None:
        """Return supply minus return temperature, in K."""
        if self.supply_c is None or self.return_c is None:
            return None
        return self.supply_c - self.return_c
