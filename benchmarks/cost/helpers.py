"""The helpers by which an owner makes a COP and a JAZ of core's entities."""

from dataclasses import dataclass
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .entries import async_add_entry

# Wh that a cubic metre takes up per kelvin.
_WATER: Final = 1163
# A unit without a flow sensor is taken at its nominal flow.
_FLOW_M3H: Final = 1


@dataclass(frozen=True, slots=True)
class Helper:
    """One helper, as its config flow stores it."""

    domain: str
    version: tuple[int, int]
    options: dict[str, Any]


async def async_add_helpers(hass: HomeAssistant) -> None:
    """Set up 5 templates, a Riemann sum, a derivative, 2 statistics and 6 meters."""
    power, energy = _sensor(hass, "heatpump_power"), _sensor(hass, "heatpump_energy")
    supply = _sensor(hass, "_supply_temperature")
    back = _sensor(hass, "_return_temperature")
    flow = _sensor(hass, "_volumetric_flow", "sensor.none")

    async def add(helper: Helper) -> str:
        return await _async_add(hass, helper)

    spread = await add(_template("Spread", f"{_value(supply)} - {_value(back)}", "K"))
    volume = f"states('{flow}') | float({_FLOW_M3H})"
    formula = f"({volume}) * {_WATER} * ({_value(spread)})"
    thermal = await add(_template("Thermal power", formula, "W"))
    cop = await add(_ratio("COP", thermal, power))
    heat = await add(_riemann_sum("Heat", thermal))
    await add(_derivative("Mean power", energy))
    await add(_statistics("COP of a day", cop, 24))
    await add(_statistics("Power of an hour", power, 1))
    for cycle in ("daily", "monthly", "yearly"):
        electricity = await add(_meter(f"Electricity {cycle}", energy, cycle))
        made = await add(_meter(f"Heat {cycle}", heat, cycle))
        if cycle != "monthly":
            await add(_ratio(f"COP {cycle}", made, electricity))


async def _async_add(hass: HomeAssistant, helper: Helper) -> str:
    """Set up a helper; return the id of its sensor."""
    name = str(helper.options["name"])
    entry = await async_add_entry(
        hass,
        helper.domain,
        key=name,
        title=name,
        options=helper.options,
        version=helper.version,
    )
    registered = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    return registered[0].entity_id


def _sensor(hass: HomeAssistant, ending: str, otherwise: str | None = None) -> str:
    """Return the sensor whose id ends so, the shortest of several.

    Raises:
        RuntimeError: There is none.
    """
    found = [
        each for each in hass.states.async_entity_ids("sensor") if each.endswith(ending)
    ]
    if found:
        return min(found, key=len)
    if otherwise is None:
        raise RuntimeError(f"core has no sensor {ending}")
    return otherwise


def _value(entity_id: str) -> str:
    return f"states('{entity_id}') | float(0)"


def _template(name: str, formula: str, unit: str | None = None) -> Helper:
    options = {
        "name": name,
        "template_type": "sensor",
        "state": f"{{{{ ({formula}) | round(2) }}}}",
        "state_class": "measurement",
    }
    if unit is not None:
        options["unit_of_measurement"] = unit
    return Helper("template", (2, 1), options)


def _ratio(name: str, heat: str, electricity: str) -> Helper:
    return _template(name, f"{_value(heat)} / [{_value(electricity)}, 0.1] | max")


def _riemann_sum(name: str, source: str) -> Helper:
    return Helper(
        "integration",
        (1, 2),
        {
            "name": name,
            "source": source,
            "method": "left",
            "round": 3,
            "unit_prefix": "k",
            "unit_time": "h",
        },
    )


def _derivative(name: str, source: str) -> Helper:
    return Helper(
        "derivative",
        (1, 4),
        {
            "name": name,
            "source": source,
            "round": 3,
            "time_window": {"hours": 0, "minutes": 10, "seconds": 0},
            "unit_time": "h",
        },
    )


def _statistics(name: str, source: str, hours: int) -> Helper:
    return Helper(
        "statistics",
        (1, 3),
        {
            "name": name,
            "entity_id": source,
            "state_characteristic": "average_linear",
            "max_age": {"hours": hours, "minutes": 0, "seconds": 0},
            "keep_last_sample": False,
            "percentile": 50,
            "precision": 2,
        },
    )


def _meter(name: str, source: str, cycle: str) -> Helper:
    return Helper(
        "utility_meter",
        (2, 2),
        {
            "name": name,
            "source": source,
            "cycle": cycle,
            "offset": 0,
            "delta_values": False,
            "net_consumption": False,
            "periodically_resetting": True,
            "always_available": False,
            "tariffs": [],
        },
    )
