"""The forms of the set-up: their fields, and what may not be entered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
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
from homeassistant.core import HomeAssistant, StateMachine
from homeassistant.data_entry_flow import section
from homeassistant.helpers import selector
from homeassistant.helpers.translation import async_get_translations

from .. import const
from ..performance.plant import DEFAULT_BRINE_GLYCOL_PCT, HeatMethod, Part, SourceKind
from ..performance.totals.calendar import DEFAULT_SEASON_START_MONTH
from ..performance.totals.tariff import co2_g_per_kwh, price_per_kwh
from ..sources.ranges import Ranges
from ..sources.viessmann.client import HeatPumpIdentity

CONF_HEAT_PUMP: Final = "heat_pump"

# A heat meter comes before all others by itself. What is combined follows from what
# the owner enters.
_NOT_CHOSEN = frozenset({HeatMethod.HEAT_METER, HeatMethod.COMBINED})
HEAT_METHODS: Final = (
    const.HEAT_METHOD_AUTOMATIC,
    *(method for method in HeatMethod if method not in _NOT_CHOSEN),
)


type Texts = Mapping[str, str]


async def async_selector_texts(hass: HomeAssistant, key: str) -> Texts:
    """Return the texts of a selector in the household's language, by their options."""
    texts = await async_get_translations(
        hass, hass.config.language, "selector", {const.DOMAIN}
    )
    prefix = f"component.{const.DOMAIN}.selector.{key}.options."
    return {
        name.removeprefix(prefix): text
        for name, text in texts.items()
        if name.startswith(prefix)
    }


def box(
    low: float, high: float, step: float | Literal["any"], unit: str
) -> selector.NumberSelector:
    """Return a field for a number with a unit."""
    return selector.NumberSelector(
        selector.NumberSelectorConfig(
            min=low,
            max=high,
            step=step,
            unit_of_measurement=unit,
            mode=selector.NumberSelectorMode.BOX,
        )
    )


def choice(
    key: str, values: Iterable[str], *, multiple: bool = False
) -> selector.SelectSelector:
    """Return a field that offers values, with the texts of a selector."""
    modes = selector.SelectSelectorMode
    return selector.SelectSelector(
        selector.SelectSelectorConfig(
            options=[str(value) for value in values],
            multiple=multiple,
            mode=modes.LIST if multiple else modes.DROPDOWN,
            translation_key=key,
        )
    )


_NUMBER_ENTITY: Final = selector.EntitySelector(
    selector.EntitySelectorConfig(domain=["sensor", "input_number", "number"])
)

_MONTH: Final = selector.NumberSelector(
    selector.NumberSelectorConfig(min=1, max=12, mode=selector.NumberSelectorMode.BOX)
)

_USUAL: Final = Ranges()

_PASSWORD: Final = selector.TextSelector(
    selector.TextSelectorConfig(
        type=selector.TextSelectorType.PASSWORD, autocomplete="current-password"
    )
)
PASSWORD_SCHEMA: Final = probatio.Schema({probatio.Required(CONF_PASSWORD): _PASSWORD})

# The sections of the plant's form. Errors are shown at them: Home Assistant shows
# none at a field inside a section.
SECTION_METERING: Final = "metering"
SECTION_HEAT: Final = "heat"
SECTION_DATA_SHEET: Final = "data_sheet"

_FLOW: Final = box(50, 20_000, 10, UnitOfVolumeFlowRate.LITERS_PER_HOUR)
_GLYCOL: Final = box(0, 60, 1, PERCENTAGE)
_kilowatts: Final = partial(box, step=0.1, unit=UnitOfPower.KILO_WATT)
_POINT_FIELDS: Final = {
    const.CONF_POINT_SOURCE_C: box(-30, 30, "any", UnitOfTemperature.CELSIUS),
    const.CONF_POINT_SUPPLY_C: box(20, 80, "any", UnitOfTemperature.CELSIUS),
    const.CONF_POINT_HEAT_KW: box(0.5, 100, "any", UnitOfPower.KILO_WATT),
}
_CAPACITY_POINTS: Final = selector.ObjectSelector(
    selector.ObjectSelectorConfig(
        fields={
            name: selector.ObjectSelectorField(required=True, selector=box)
            for name, box in _POINT_FIELDS.items()
        },
        multiple=True,
        label_field=const.CONF_POINT_HEAT_KW,
        translation_key="capacity_points",
    )
)

_METERING: Final = {
    probatio.Required(
        const.CONF_METERED, default=[part.value for part in Part]
    ): choice("metered", Part, multiple=True),
}
_HEAT: Final = {
    probatio.Required(
        const.CONF_HEAT_METHOD, default=const.HEAT_METHOD_AUTOMATIC
    ): choice("heat_method", HEAT_METHODS),
    probatio.Optional(const.CONF_RATED_HEAT_KW): _kilowatts(0.5, 100),
    probatio.Optional(const.CONF_FLOW_LPH): _FLOW,
    probatio.Optional(const.CONF_GLYCOL_PCT, default=0): _GLYCOL,
    probatio.Optional(const.CONF_BACKUP_HEATER_KW): _kilowatts(0.5, 20),
}
_DATA_SHEET: Final = {
    probatio.Optional(const.CONF_SOURCE_KIND): choice("source_kind", SourceKind),
    probatio.Optional(const.CONF_CAPACITY_POINTS): _CAPACITY_POINTS,
    probatio.Optional(const.CONF_BRINE_FLOW_LPH): _FLOW,
    probatio.Optional(
        const.CONF_BRINE_GLYCOL_PCT, default=DEFAULT_BRINE_GLYCOL_PCT
    ): _GLYCOL,
}
PLANT_SECTIONS: Final[Mapping[str, section]] = {
    SECTION_METERING: section(probatio.Schema(_METERING)),
    SECTION_HEAT: section(probatio.Schema(_HEAT)),
    SECTION_DATA_SHEET: section(probatio.Schema(_DATA_SHEET), {"collapsed": True}),
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


_TEMPERATURE_LIMIT: Final = box(-100, 200, 1, UnitOfTemperature.CELSIUS)
POLLING_SCHEMA: Final = probatio.Schema(
    {
        probatio.Required(
            const.CONF_METER_INTERVAL_S, default=const.DEFAULT_METER_INTERVAL_S
        ): box(5, 60, 1, UnitOfTime.SECONDS),
        probatio.Required(
            const.CONF_HEAT_PUMP_INTERVAL_S, default=const.DEFAULT_HEAT_PUMP_INTERVAL_S
        ): box(60, 900, 1, UnitOfTime.SECONDS),
        probatio.Required(
            const.CONF_EXTRA_READINGS, default=const.DEFAULT_EXTRA_READINGS
        ): selector.BooleanSelector(),
        probatio.Required(
            const.CONF_TEMPERATURE_MIN_C, default=_USUAL.temperature_c.low
        ): _TEMPERATURE_LIMIT,
        probatio.Required(
            const.CONF_TEMPERATURE_MAX_C, default=_USUAL.temperature_c.high
        ): _TEMPERATURE_LIMIT,
        probatio.Required(
            const.CONF_POWER_MAX_KW, default=_USUAL.power_w.high / 1000
        ): _kilowatts(1, 100),
        probatio.Required(const.CONF_SILENCE_H, default=const.DEFAULT_SILENCE_H): box(
            0.5, 48, 0.5, UnitOfTime.HOURS
        ),
    }
)


DASHBOARD_SCHEMA: Final = probatio.Schema(
    {
        probatio.Required(
            const.CONF_DASHBOARD, default=const.DEFAULT_DASHBOARD
        ): selector.BooleanSelector()
    }
)


def money_schema(currency: str) -> probatio.Schema:
    """Return the form for what electricity costs, in the household's currency."""
    price = box(0, 10_000, "any", f"{currency}/kWh")
    return probatio.Schema(
        {
            probatio.Optional(const.CONF_PRICE): price,
            probatio.Optional(const.CONF_PRICE_ENTITY): _NUMBER_ENTITY,
            probatio.Optional(const.CONF_OWN_PRICE): price,
            probatio.Optional(const.CONF_CO2): box(0, 2000, "any", "g/kWh"),
            probatio.Optional(const.CONF_CO2_ENTITY): _NUMBER_ENTITY,
            probatio.Optional(const.CONF_DEGREE_DAYS): box(100, 10_000, 1, "Kd"),
            probatio.Required(
                const.CONF_SEASON_START_MONTH, default=DEFAULT_SEASON_START_MONTH
            ): _MONTH,
        }
    )


def capacity_tariff_schema(currency: str) -> probatio.Schema:
    """Return the form for the capacity tariff, in the household's currency."""
    price = box(0, 10_000, "any", f"{currency}/kW")
    return probatio.Schema(
        {
            probatio.Optional(const.CONF_CAPACITY_PRICE): price,
            probatio.Required(
                const.CONF_LEAST_PEAK_KW, default=const.DEFAULT_LEAST_PEAK_KW
            ): _kilowatts(0, 100),
            probatio.Optional(const.CONF_LIMIT_KW): _kilowatts(0.5, 100),
        }
    )


def tariff_schema(currency: str, fields: Collection[str]) -> probatio.Schema:
    """Return the form for some fields of what electricity costs."""
    whole = money_schema(currency).schema
    return probatio.Schema(
        {field: each for field, each in whole.items() if str(field) in fields}
    )


def heat_pump_schema(heat_pumps: Mapping[str, HeatPumpIdentity]) -> probatio.Schema:
    """Return the form that offers some heat pumps."""
    options = [
        selector.SelectOptionDict(
            value=unique_id,
            label=f"{pump.model} ({pump.gateway_serial}, {pump.device_id})",
        )
        for unique_id, pump in heat_pumps.items()
    ]
    field = probatio.Required(CONF_HEAT_PUMP, default=options[0]["value"])
    config = selector.SelectSelectorConfig(
        options=options, mode=selector.SelectSelectorMode.LIST
    )
    return probatio.Schema({field: selector.SelectSelector(config)})


def meter_schema(found: list[selector.SelectOptionDict]) -> probatio.Schema:
    """Return the form for the meter's address: free text, with suggestions if any."""
    suggestions = selector.SelectSelector(
        selector.SelectSelectorConfig(
            options=found, custom_value=True, mode=selector.SelectSelectorMode.DROPDOWN
        )
    )
    field = suggestions if found else selector.TextSelector()
    return probatio.Schema({probatio.Required(CONF_HOST): field})


def channels_schema(channels: Sequence[str]) -> probatio.Schema:
    """Return the form that offers the single-phase channels of a meter."""
    field = probatio.Required(const.CONF_CHANNELS, default=list(channels))
    return probatio.Schema({field: choice("channels", channels, multiple=True)})


def plant_errors(entered: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return what is wrong with a plant, by section of its form."""
    errors: dict[str, str] = {}
    heat, data_sheet = entered[SECTION_HEAT], entered[SECTION_DATA_SHEET]
    method, source = (
        heat[const.CONF_HEAT_METHOD],
        data_sheet.get(const.CONF_SOURCE_KIND),
    )
    brine_flow = data_sheet.get(const.CONF_BRINE_FLOW_LPH)
    if Part.COMPRESSOR not in entered[SECTION_METERING][const.CONF_METERED]:
        errors[SECTION_METERING] = "compressor_required"
    if method == HeatMethod.ASSUMED_FLOW and heat.get(const.CONF_FLOW_LPH) is None:
        errors[SECTION_HEAT] = "flow_required"
    if method == HeatMethod.SOURCE_BALANCE and brine_flow is None:
        errors[SECTION_DATA_SHEET] = "brine_flow_required"
    elif source == SourceKind.AIR and brine_flow is not None:
        errors[SECTION_DATA_SHEET] = "air_has_no_brine"
    elif error := _points_error(data_sheet.get(const.CONF_CAPACITY_POINTS) or ()):
        errors[SECTION_DATA_SHEET] = error
    return errors


def _points_error(points: Sequence[Mapping[str, float]]) -> str | None:
    """Return what is wrong with the points of a data sheet, None if nothing is."""
    error = None
    temperatures_c = [
        (point[const.CONF_POINT_SOURCE_C], point[const.CONF_POINT_SUPPLY_C])
        for point in points
    ]
    if points and not 2 <= len(points) <= 4:
        error = "points_two_to_four"
    elif any(supply_c <= source_c for source_c, supply_c in temperatures_c):
        error = "points_supply_not_above_source"
    elif len(set(temperatures_c)) < len(points):
        error = "points_with_same_temperatures"
    return error


def money_errors(states: StateMachine, money: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with what electricity costs, by field.

    Whether an entity has a number does not matter now, only whether it could.
    """
    errors: dict[str, str] = {}
    for field, parse in (
        (const.CONF_PRICE_ENTITY, price_per_kwh),
        (const.CONF_CO2_ENTITY, co2_g_per_kwh),
    ):
        if (entity_id := money.get(field)) is None:
            continue
        if (state := states.get(entity_id)) is None:
            errors[field] = "entity_not_found"
        elif parse("0", state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)) is None:
            errors[field] = "unit_not_per_kwh"
    return errors


def plant_data(entered: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the config entry keeps of a plant; an empty field is unknown."""
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
