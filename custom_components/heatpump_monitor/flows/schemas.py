"""The forms of the set-up: their fields, and what may not be entered."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Any, Final, Literal

import probatio

from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    CONF_HOST,
    CONF_PASSWORD,
    PERCENTAGE,
    UnitOfPower,
    UnitOfTemperature,
    UnitOfTime,
    UnitOfVolumeFlowRate,
)
from homeassistant.core import StateMachine
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    ObjectSelector,
    ObjectSelectorConfig,
    ObjectSelectorField,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from ..const import (
    CONF_BACKUP_HEATER_KW,
    CONF_BRINE_FLOW_LPH,
    CONF_BRINE_GLYCOL_PCT,
    CONF_CAPACITY_POINTS,
    CONF_CHANNELS,
    CONF_CO2,
    CONF_CO2_ENTITY,
    CONF_DEGREE_DAYS,
    CONF_EXTRA_READINGS,
    CONF_FLOW_LPH,
    CONF_GLYCOL_PCT,
    CONF_HEAT_METHOD,
    CONF_HEAT_PUMP_INTERVAL_S,
    CONF_METER_INTERVAL_S,
    CONF_METERED,
    CONF_POINT_HEAT_KW,
    CONF_POINT_SOURCE_C,
    CONF_POINT_SUPPLY_C,
    CONF_POWER_MAX_KW,
    CONF_PRICE,
    CONF_PRICE_ENTITY,
    CONF_RATED_HEAT_KW,
    CONF_REVERSED_PHASES,
    CONF_SEASON_START_MONTH,
    CONF_SOURCE_KIND,
    CONF_TEMPERATURE_MAX_C,
    CONF_TEMPERATURE_MIN_C,
    DEFAULT_EXTRA_READINGS,
    DEFAULT_HEAT_PUMP_INTERVAL_S,
    DEFAULT_METER_INTERVAL_S,
    HEAT_METHOD_AUTOMATIC,
)
from ..performance.plant import DEFAULT_BRINE_GLYCOL_PCT, HeatMethod, Part, SourceKind
from ..performance.totals.calendar import DEFAULT_SEASON_START_MONTH
from ..performance.totals.tariff import co2_g_per_kwh, price_per_kwh
from ..readings import PHASES
from ..sources.ranges import Ranges
from ..sources.viessmann.client import HeatPumpIdentity

CONF_HEAT_PUMP: Final = "heat_pump"

# No source brings the readings of a heat meter yet. What is combined follows from
# what the owner enters.
_NOT_CHOSEN = frozenset({HeatMethod.HEAT_METER, HeatMethod.COMBINED})
HEAT_METHODS: Final = (
    HEAT_METHOD_AUTOMATIC,
    *(method for method in HeatMethod if method not in _NOT_CHOSEN),
)


def _box(
    low: float, high: float, step: float | Literal["any"], unit: str
) -> NumberSelector:
    return NumberSelector(
        NumberSelectorConfig(
            min=low,
            max=high,
            step=step,
            unit_of_measurement=unit,
            mode=NumberSelectorMode.BOX,
        )
    )


def _choice(
    key: str, values: Iterable[str], *, multiple: bool = False
) -> SelectSelector:
    return SelectSelector(
        SelectSelectorConfig(
            options=[str(value) for value in values],
            multiple=multiple,
            mode=SelectSelectorMode.LIST if multiple else SelectSelectorMode.DROPDOWN,
            translation_key=key,
        )
    )


_NUMBER_ENTITY: Final = EntitySelector(
    EntitySelectorConfig(domain=["sensor", "input_number", "number"])
)

_USUAL: Final = Ranges()

PASSWORD_SCHEMA: Final = probatio.Schema(
    {
        probatio.Required(CONF_PASSWORD): TextSelector(
            TextSelectorConfig(
                type=TextSelectorType.PASSWORD, autocomplete="current-password"
            )
        )
    }
)

# The sections of the plant's form. Errors are shown at them: Home Assistant shows
# none at a field inside a section.
SECTION_METERING: Final = "metering"
SECTION_HEAT: Final = "heat"
SECTION_DATA_SHEET: Final = "data_sheet"

_POINTS_AT_LEAST: Final = 2
_POINTS_AT_MOST: Final = 4
_POINT_FIELDS: Final = {
    CONF_POINT_SOURCE_C: _box(-30, 30, "any", UnitOfTemperature.CELSIUS),
    CONF_POINT_SUPPLY_C: _box(20, 80, "any", UnitOfTemperature.CELSIUS),
    CONF_POINT_HEAT_KW: _box(0.5, 100, "any", UnitOfPower.KILO_WATT),
}

PLANT_SECTIONS: Final[Mapping[str, section]] = {
    SECTION_METERING: section(
        probatio.Schema(
            {
                probatio.Required(
                    CONF_METERED, default=[part.value for part in Part]
                ): _choice("metered", Part, multiple=True),
                probatio.Optional(CONF_REVERSED_PHASES, default=[]): _choice(
                    "phases", PHASES, multiple=True
                ),
            }
        )
    ),
    SECTION_HEAT: section(
        probatio.Schema(
            {
                probatio.Required(
                    CONF_HEAT_METHOD, default=HEAT_METHOD_AUTOMATIC
                ): _choice("heat_method", HEAT_METHODS),
                probatio.Optional(CONF_RATED_HEAT_KW): _box(
                    0.5, 100, 0.1, UnitOfPower.KILO_WATT
                ),
                probatio.Optional(CONF_FLOW_LPH): _box(
                    50, 20_000, 10, UnitOfVolumeFlowRate.LITERS_PER_HOUR
                ),
                probatio.Optional(CONF_GLYCOL_PCT, default=0): _box(
                    0, 60, 1, PERCENTAGE
                ),
                probatio.Optional(CONF_BACKUP_HEATER_KW): _box(
                    0.5, 20, 0.1, UnitOfPower.KILO_WATT
                ),
            }
        )
    ),
    SECTION_DATA_SHEET: section(
        probatio.Schema(
            {
                probatio.Optional(CONF_SOURCE_KIND): _choice("source_kind", SourceKind),
                probatio.Optional(CONF_CAPACITY_POINTS): ObjectSelector(
                    ObjectSelectorConfig(
                        fields={
                            name: ObjectSelectorField(required=True, selector=box)
                            for name, box in _POINT_FIELDS.items()
                        },
                        multiple=True,
                        label_field=CONF_POINT_HEAT_KW,
                        translation_key="capacity_points",
                    )
                ),
                probatio.Optional(CONF_BRINE_FLOW_LPH): _box(
                    50, 20_000, 10, UnitOfVolumeFlowRate.LITERS_PER_HOUR
                ),
                probatio.Optional(
                    CONF_BRINE_GLYCOL_PCT, default=DEFAULT_BRINE_GLYCOL_PCT
                ): _box(0, 60, 1, PERCENTAGE),
            }
        ),
        {"collapsed": True},
    ),
}
PLANT_SCHEMA: Final = probatio.Schema(
    {probatio.Required(name): each for name, each in PLANT_SECTIONS.items()}
)


class ReadingsBenefit(StrEnum):
    """What more readings of the heat pump improve, as the options form says."""

    NONE = "none"
    SHORT_RUNS = "short_runs"
    UNKNOWN = "unknown"
    """The method by which the heat is known is not clear now."""


POLLING_SCHEMA: Final = probatio.Schema(
    {
        probatio.Required(
            CONF_METER_INTERVAL_S, default=DEFAULT_METER_INTERVAL_S
        ): _box(5, 60, 1, UnitOfTime.SECONDS),
        probatio.Required(
            CONF_HEAT_PUMP_INTERVAL_S, default=DEFAULT_HEAT_PUMP_INTERVAL_S
        ): _box(60, 900, 1, UnitOfTime.SECONDS),
        probatio.Required(
            CONF_EXTRA_READINGS, default=DEFAULT_EXTRA_READINGS
        ): BooleanSelector(),
        probatio.Required(
            CONF_TEMPERATURE_MIN_C, default=_USUAL.temperature_c.low
        ): _box(-100, 200, 1, UnitOfTemperature.CELSIUS),
        probatio.Required(
            CONF_TEMPERATURE_MAX_C, default=_USUAL.temperature_c.high
        ): _box(-100, 200, 1, UnitOfTemperature.CELSIUS),
        probatio.Required(CONF_POWER_MAX_KW, default=_USUAL.power_w.high / 1000): _box(
            1, 100, 0.1, UnitOfPower.KILO_WATT
        ),
    }
)


def money_schema(currency: str) -> probatio.Schema:
    """Return the form for what electricity costs, in the household's currency."""
    return probatio.Schema(
        {
            probatio.Optional(CONF_PRICE): _box(0, 10_000, "any", f"{currency}/kWh"),
            probatio.Optional(CONF_PRICE_ENTITY): _NUMBER_ENTITY,
            probatio.Optional(CONF_CO2): _box(0, 2000, "any", "g/kWh"),
            probatio.Optional(CONF_CO2_ENTITY): _NUMBER_ENTITY,
            probatio.Optional(CONF_DEGREE_DAYS): _box(100, 10_000, 1, "Kd"),
            probatio.Required(
                CONF_SEASON_START_MONTH, default=DEFAULT_SEASON_START_MONTH
            ): NumberSelector(
                NumberSelectorConfig(min=1, max=12, mode=NumberSelectorMode.BOX)
            ),
        }
    )


def heat_pump_schema(heat_pumps: Mapping[str, HeatPumpIdentity]) -> probatio.Schema:
    """Return the form that offers some heat pumps."""
    options = [
        SelectOptionDict(
            value=unique_id,
            label=f"{pump.model} ({pump.gateway_serial}, {pump.device_id})",
        )
        for unique_id, pump in heat_pumps.items()
    ]
    return probatio.Schema(
        {
            probatio.Required(
                CONF_HEAT_PUMP, default=options[0]["value"]
            ): SelectSelector(
                SelectSelectorConfig(options=options, mode=SelectSelectorMode.LIST)
            )
        }
    )


def meter_schema(found: list[SelectOptionDict]) -> probatio.Schema:
    """Return the form for the meter's address: free text, with suggestions if any."""
    selector = SelectSelector(
        SelectSelectorConfig(
            options=found, custom_value=True, mode=SelectSelectorMode.DROPDOWN
        )
    )
    return probatio.Schema(
        {probatio.Required(CONF_HOST): selector if found else TextSelector()}
    )


def channels_schema(channels: Sequence[str]) -> probatio.Schema:
    """Return the form that offers the single-phase channels of a meter."""
    return probatio.Schema(
        {
            probatio.Required(CONF_CHANNELS, default=list(channels)): _choice(
                "channels", channels, multiple=True
            )
        }
    )


def plant_errors(entered: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return what is wrong with a plant, by section of its form."""
    errors: dict[str, str] = {}
    heat, data_sheet = entered[SECTION_HEAT], entered[SECTION_DATA_SHEET]
    method, brine_flow = heat[CONF_HEAT_METHOD], data_sheet.get(CONF_BRINE_FLOW_LPH)
    if Part.COMPRESSOR not in entered[SECTION_METERING][CONF_METERED]:
        errors[SECTION_METERING] = "compressor_required"
    if method == HeatMethod.ASSUMED_FLOW and heat.get(CONF_FLOW_LPH) is None:
        errors[SECTION_HEAT] = "flow_required"
    if method == HeatMethod.SOURCE_BALANCE and brine_flow is None:
        errors[SECTION_DATA_SHEET] = "brine_flow_required"
    elif data_sheet.get(CONF_SOURCE_KIND) == SourceKind.AIR and brine_flow is not None:
        errors[SECTION_DATA_SHEET] = "air_has_no_brine"
    elif error := _points_error(data_sheet.get(CONF_CAPACITY_POINTS) or ()):
        errors[SECTION_DATA_SHEET] = error
    return errors


def _points_error(points: Sequence[Mapping[str, float]]) -> str | None:
    """Return what is wrong with the points of a data sheet, None if nothing is."""
    error = None
    if points and not _POINTS_AT_LEAST <= len(points) <= _POINTS_AT_MOST:
        error = "points_two_to_four"
    elif any(
        point[CONF_POINT_SUPPLY_C] <= point[CONF_POINT_SOURCE_C] for point in points
    ):
        error = "points_supply_not_above_source"
    elif any(_is_same_point(*pair) for pair in combinations(points, 2)):
        error = "points_with_same_temperatures"
    return error


def _is_same_point(point: Mapping[str, float], other: Mapping[str, float]) -> bool:
    temperatures = (CONF_POINT_SOURCE_C, CONF_POINT_SUPPLY_C)
    return all(point[field] == other[field] for field in temperatures)


def money_errors(states: StateMachine, money: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with what electricity costs, by field.

    Whether an entity has a number does not matter now, only whether it could.
    """
    errors: dict[str, str] = {}
    for field, parse in (
        (CONF_PRICE_ENTITY, price_per_kwh),
        (CONF_CO2_ENTITY, co2_g_per_kwh),
    ):
        if (entity_id := money.get(field)) is None:
            continue
        if (state := states.get(entity_id)) is None:
            errors[field] = "entity_not_found"
        elif parse("0", state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)) is None:
            errors[field] = "unit_not_per_kwh"
    return errors


def plant_data(entered: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the config entry keeps of the plant; a field left empty is unknown."""
    return {
        str(field): entered[name].get(field)
        for name, each in PLANT_SECTIONS.items()
        for field in each.schema.schema
    }


def plant_form(kept: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what fills the plant's form, by section, out of what an entry keeps."""
    return {
        name: {str(field): kept[field] for field in each.schema.schema if field in kept}
        for name, each in PLANT_SECTIONS.items()
    }
