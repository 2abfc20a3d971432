"""What entities can give: the fields of a reading, and what each accepts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from homeassistant.const import (
    PERCENTAGE,
    REVOLUTIONS_PER_MINUTE,
    Platform,
    UnitOfEnergy,
    UnitOfFrequency,
    UnitOfPower,
    UnitOfTemperature,
    UnitOfTime,
    UnitOfVolumeFlowRate,
)
from homeassistant.util.unit_conversion import (
    BaseUnitConverter,
    DurationConverter,
    EnergyConverter,
    FrequencyConverter,
    PowerConverter,
    TemperatureConverter,
    VolumeFlowRateConverter,
)

from ...readings import Mode

_RPS: Final = "rps"


class _SpeedConverter(FrequencyConverter):
    """Convert speeds of rotation, too."""

    _UNIT_CONVERSION = {
        **FrequencyConverter._UNIT_CONVERSION,  # noqa: SLF001
        REVOLUTIONS_PER_MINUTE: 60.0,
        _RPS: 1.0,
    }
    VALID_UNITS = {*FrequencyConverter.VALID_UNITS, REVOLUTIONS_PER_MINUTE, _RPS}


class _ShareConverter(BaseUnitConverter):
    """Accept percent alone."""

    UNIT_CLASS = "share"
    _UNIT_CONVERSION = {PERCENTAGE: 1.0}
    VALID_UNITS = {PERCENTAGE}


class Kind(StrEnum):
    """What the state of an entity is read as."""

    NUMBER = "number"
    FLAG = "flag"
    MODE = "mode"
    WORD = "word"
    """A word of the controller."""


# How integrations spell units that Home Assistant writes in another way.
SPELLINGS: Final = {
    "c": UnitOfTemperature.CELSIUS,
    "℃": UnitOfTemperature.CELSIUS,
    "l/m": UnitOfVolumeFlowRate.LITERS_PER_MINUTE,
    "lpm": UnitOfVolumeFlowRate.LITERS_PER_MINUTE,
    "m3/h": UnitOfVolumeFlowRate.CUBIC_METERS_PER_HOUR,
    "r/min": REVOLUTIONS_PER_MINUTE,
    "u/min": REVOLUTIONS_PER_MINUTE,
    "hour": UnitOfTime.HOURS,
    "hours": UnitOfTime.HOURS,
    "std": UnitOfTime.HOURS,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """What is measured, and in which unit a reading has it."""

    kind: Kind = Kind.NUMBER
    converter: type[BaseUnitConverter] | None = None
    """None where it has no unit."""
    unit: str | None = None
    domains: tuple[str, ...] = (Platform.SENSOR, Platform.NUMBER, "input_number")
    device_classes: tuple[str, ...] = ()
    """What a selector offers; empty for all."""

    def known_unit(self, unit: str | None) -> str | None:
        """Return a unit as Home Assistant spells it; None if it is of another quantity.

        A spelling that differs in case counts if it can mean one unit only: mW and MW
        are two.
        """
        if self.converter is None or unit is None:
            return None
        known = self.converter.VALID_UNITS
        if unit in known:
            return unit
        plain = unit.strip().casefold()
        spelled = [each for each in known if each and each.casefold() == plain]
        if len(spelled) == 1:
            return spelled[0]
        other = SPELLINGS.get(plain)
        return other if other in known else None


TEMPERATURE: Final = Quantity(
    converter=TemperatureConverter,
    unit=UnitOfTemperature.CELSIUS,
    device_classes=("temperature",),
)
_FLOW: Final = Quantity(
    converter=VolumeFlowRateConverter, unit=UnitOfVolumeFlowRate.LITERS_PER_HOUR
)
POWER: Final = Quantity(
    converter=PowerConverter, unit=UnitOfPower.WATT, device_classes=("power",)
)
ENERGY: Final = Quantity(
    converter=EnergyConverter,
    unit=UnitOfEnergy.WATT_HOUR,
    domains=(Platform.SENSOR,),
    device_classes=("energy",),
)
_SHARE: Final = Quantity(converter=_ShareConverter, unit=PERCENTAGE)
_SPEED: Final = Quantity(converter=_SpeedConverter, unit=UnitOfFrequency.HERTZ)
_HOURS: Final = Quantity(converter=DurationConverter, unit=UnitOfTime.HOURS)
_COUNT: Final = Quantity()
FLAG: Final = Quantity(
    kind=Kind.FLAG,
    domains=(
        Platform.BINARY_SENSOR,
        Platform.SENSOR,
        Platform.SWITCH,
        Platform.SELECT,
        "input_boolean",
    ),
)
_MODE: Final = Quantity(
    kind=Kind.MODE,
    domains=(Platform.SENSOR, Platform.SELECT, Platform.CLIMATE, "input_select"),
)
_WORD: Final = Quantity(kind=Kind.WORD, domains=(Platform.SENSOR, Platform.SELECT))


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A field that an entity can give."""

    key: str
    """As in a reading, but for what `source.py` derives."""
    quantity: Quantity
    attributes: Mapping[str, str]
    """Which attribute has the value, by domain; the state has it elsewhere."""
    is_water: bool = False
    """Whether it is the temperature of heating water or hot water."""
    is_advanced: bool = False
    """Whether few owners need it."""

    @property
    def domains(self) -> tuple[str, ...]:
        """Return the domains of entities that can give it."""
        extra = (each for each in self.attributes if each not in self.quantity.domains)
        return (*self.quantity.domains, *extra)


def _field(
    key: str,
    quantity: Quantity,
    *,
    attributes: Mapping[str, str] | None = None,
    is_water: bool = False,
    is_advanced: bool = False,
) -> Field:
    return Field(
        key=key,
        quantity=quantity,
        attributes=attributes or {},
        is_water=is_water,
        is_advanced=is_advanced,
    )


def _by_key(fields: Iterable[Field]) -> dict[str, Field]:
    return {field.key: field for field in fields}


HEAT_PUMP_FIELDS: Final = _by_key(
    [
        _field("supply_c", TEMPERATURE, is_water=True),
        _field("return_c", TEMPERATURE, is_water=True),
        _field("flow_lph", _FLOW),
        _field("compressor_on", FLAG),
        _field("mode", _MODE, attributes={Platform.CLIMATE: "hvac_action"}),
        _field("modulation_pct", _SHARE),
        _field("reported_heat_w", POWER),
        _field("heat_meter_wh", ENERGY),
        _field("outside_c", TEMPERATURE),
        _field("source_in_c", TEMPERATURE),
        _field("source_out_c", TEMPERATURE),
        _field(
            "hot_water_c",
            TEMPERATURE,
            attributes={Platform.WATER_HEATER: "current_temperature"},
            is_water=True,
        ),
        _field(
            "hot_water_target_c",
            TEMPERATURE,
            attributes={Platform.WATER_HEATER: "temperature"},
            is_water=True,
        ),
        _field("defrosting", FLAG),
        _field("hot_water_charging", FLAG),
        _field("backup_heater_on", FLAG),
        _field("buffer_c", TEMPERATURE, is_water=True, is_advanced=True),
        _field("heating_wh", ENERGY, is_advanced=True),
        _field("hot_water_wh", ENERGY, is_advanced=True),
        _field("starts", _COUNT, is_advanced=True),
        _field("run_hours", _HOURS, is_advanced=True),
        _field("speed_rps", _SPEED, is_advanced=True),
        _field("inverter_w", POWER, is_advanced=True),
        _field("rated_heat_w", POWER, is_advanced=True),
        _field("compressor_phase", _WORD, is_advanced=True),
        _field("valve", _WORD, is_advanced=True),
        _field("backup_heater_hours", _HOURS, is_advanced=True),
        _field("circulation_pump_on", FLAG, is_advanced=True),
    ]
)
METER_FIELDS: Final = _by_key(
    [
        _field("energy_wh", ENERGY),
        _field("power_w", POWER),
        _field("returned_wh", ENERGY, is_advanced=True),
    ]
)
# Some meters count each tariff apart, and give no sum.
GRID_FIELDS: Final = _by_key(
    [
        _field("energy_wh", ENERGY),
        _field("energy_2_wh", ENERGY),
        _field("power_w", POWER),
        _field("returned_wh", ENERGY),
        _field("returned_2_wh", ENERGY),
    ]
)

# In lower case, without spaces, hyphens and underscores at the ends or between.
MODE_WORDS: Final[Mapping[str, Mode]] = {
    word: mode
    for mode, words in {
        Mode.HEATING: "heat heating centralheating ch spaceheating heatingmode preheating",
        Mode.HOT_WATER: "dhw hotwater hotwatercharging domestichotwater warmwater water "
        "dhwheating dhwcharging heatingwater",
        Mode.COOLING: "cool cooling activecooling passivecooling",
        Mode.DEFROST: "defrost defrosting defreeze",
        Mode.STANDBY: "off idle standby ready none pause paused stop stopped waiting",
    }.items()
    for word in words.split()
}
FLAG_WORDS: Final[Mapping[str, bool]] = {
    word: is_on
    for is_on, words in {
        True: "on true yes active running open",
        False: "off false no inactive idle standby ready stopped closed",
    }.items()
    for word in words.split()
}
