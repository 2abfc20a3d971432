"""The features of an air unit like the Vitocal 252-A (E3 generation)."""

from functools import lru_cache
from typing import Final

from ..state import Activity
from .books import Books, arrays, summary
from .features import Commands
from .view import (
    Compressor,
    View,
    cylinder,
    enabled_compressors,
    every_day,
    named,
    number_command,
    ratio,
    wall_clock,
)
from .wire import (
    Properties,
    active,
    array,
    celsius,
    flag,
    number,
    on_off,
    reading,
    sensor,
    text,
)

_HOURS_BEFORE: Final = 582
_STARTS_BEFORE: Final = 836
_INVERTER_V: Final = 184.0
_FULL_FLOW_LPH: Final = 1900.0
_SPEED_AT_FULL_RPS: Final = 90.0

_CIRCUIT_PARTS: Final = (
    "",
    ".circulation.pump",
    ".configuration.summerEco.absolute",
    ".cooling.hysteresis",
    ".cooling.hysteresis.switch",
    ".frostprotection",
    ".heating.curve",
    ".heating.hysteresis.switch",
    ".heating.schedule",
    ".name",
    ".operating.modes.active",
    ".operating.modes.cooling",
    ".operating.modes.heating",
    ".operating.modes.heatingCooling",
    ".operating.modes.standby",
    ".operating.programs.active",
    ".operating.programs.comfortCooling",
    ".operating.programs.comfortCoolingEnergySaving",
    ".operating.programs.comfortEnergySaving",
    ".operating.programs.comfortHeating",
    ".operating.programs.fixed",
    ".operating.programs.forcedLastFromSchedule",
    ".operating.programs.frostprotection",
    ".operating.programs.normalCooling",
    ".operating.programs.normalCoolingEnergySaving",
    ".operating.programs.normalEnergySaving",
    ".operating.programs.normalHeating",
    ".operating.programs.reducedCooling",
    ".operating.programs.reducedCoolingEnergySaving",
    ".operating.programs.reducedEnergySaving",
    ".operating.programs.reducedHeating",
    ".operating.programs.standby",
    ".operating.programs.summerEco",
    ".sensors.humidity.dewpoint",
    ".sensors.temperature.room",
    ".sensors.temperature.supply",
    ".temperature",
    ".temperature.levels",
    ".zone.demand",
    ".zone.mode",
)

DISABLED: Final = (
    *(
        f"heating.circuits.{circuit}{part}"
        for circuit in range(4)
        for part in _CIRCUIT_PARTS
    ),
    "device.demand.external",
    "device.remoteReset",
    "device.setDefaultValues",
    "heating.buffer.sensors.temperature.main",
    "heating.bufferCylinder.sensors.temperature.main",
    "heating.configuration.dhw.highDemand.threshold",
    "heating.configuration.dhw.highDemand.timeframe",
    "heating.device.time",
    "heating.dhw.actuator",
    "heating.dhw.hygiene.trigger",
    "heating.dhw.operating.modes.balanced",
    "heating.dhw.pumps.circulation",
    "heating.dhw.pumps.circulation.schedule",
    "heating.dhw.pumps.secondary",
    "heating.dhw.sensors.temperature.dhwCylinder.middle",
    "heating.dhw.sensors.temperature.dhwCylinder.top",
    "heating.dhw.sensors.temperature.hotWaterStorage.middle",
    "heating.dhw.sensors.temperature.hotWaterStorage.top",
    "heating.dhw.temperature.hygiene",
    "heating.heater.condensatePan",
    "heating.heater.fanRing",
    "heating.heatingRod.maximumOutsideTemperature",
    "heating.noise.reduction.levels.maxReduced",
    "heating.noise.reduction.levels.notReduced",
    "heating.noise.reduction.levels.slightlyReduced",
    "heating.noise.reduction.operating.programs.active",
    "heating.noise.reduction.operating.programs.maxReduced",
    "heating.noise.reduction.operating.programs.notReduced",
    "heating.noise.reduction.operating.programs.slightlyReduced",
    "heating.outdoor.defrosting.thermalEnergy",
    "heating.power.consumption.cooling",
    "heating.secondaryHeatGenerator.state",
    "heating.secondaryHeatGenerator.status",
    "heating.secondaryHeatGenerator.temperature.current",
    "heating.secondaryHeatGenerator.valves.threeWay",
    "heating.seer.cooling",
    "heating.sensors.temperature.hydraulicSeparator",
)

COMMANDS: Final[Commands] = {
    "heating.circuits.0.heating.curve": {"setCurve": {}},
    "heating.circuits.0.heating.schedule": {"resetSchedule": {}, "setSchedule": {}},
    "heating.circuits.0.operating.modes.active": {"setMode": {}},
    "heating.compressors.0": {"setActive": {}, "setPhase": {}},
    "heating.dhw.oneTimeCharge": {"activate": {}, "deactivate": {}},
    "heating.dhw.operating.modes.active": {"setMode": {}},
    "heating.dhw.schedule": {"resetSchedule": {}, "setSchedule": {}},
    "heating.dhw.temperature.main": number_command(
        "setTargetTemperature", "temperature", 10, 60, 1
    ),
}

SETTINGS: Final = {
    ("heating.circuits.0.heating.curve", "shift"): "curve_shift_k",
    ("heating.circuits.0.heating.curve", "slope"): "curve_slope",
    ("heating.circuits.0.operating.programs.normalHeating", "temperature"): "room_c",
    ("heating.dhw.temperature.hysteresis", "switchOnValue"): "hot_water_hysteresis_k",
    ("heating.dhw.temperature.hysteresis", "value"): "hot_water_hysteresis_k",
    ("heating.dhw.temperature.main", "value"): "hot_water_c",
}
"""Features and their properties that the plant follows."""

_NOTHING: Final = {
    name: number(0, "kilowattHour")
    for name in (
        "currentDay",
        "currentMonth",
        "currentYear",
        "lastMonth",
        "lastSevenDays",
        "lastYear",
    )
}

STATIC: Final[dict[str, Properties]] = {
    "device.actorSensorTest": {"active": flag(False), "status": text("standby")},
    "device.brand": named("Viessmann"),
    "device.configuration.houseLocation": {"altitude": number(0, "meter")},
    "device.lock.external": active(False),
    "device.lock.malfunction": active(False),
    "device.messages.service.raw": {"entries": array([])},
    "device.parameterIdentification.version": named("0030.0515.2521.0054"),
    "device.power.consumption.limitation": named("14aOff"),
    "device.time.daylightSaving": {
        "active": flag(True),
        "begin": text("25-03"),
        "end": text("25-10"),
    },
    "device.type": named("mono"),
    "device.variant": named("Vitocal252A"),
    "device.zigbee.active": active(True),
    "device.zigbee.status": {"status": text("connected")},
    "heating.circuits": {"enabled": array(["0"])},
    "heating.circuits.0": {
        "active": flag(True),
        "name": text("Fußboden"),
        "type": text("heatingCircuit"),
    },
    "heating.circuits.0.configuration.summerEco.absolute": {
        "active": flag(True),
        "threshold": number(20, "celsius"),
    },
    "heating.circuits.0.frostprotection": on_off(False),
    "heating.circuits.0.heating.curve": {
        "shift": number(0, ""),
        "slope": number(0.6, ""),
    },
    "heating.circuits.0.heating.hysteresis.switch": {
        "switchOffValue": number(2, "kelvin"),
        "switchOnValue": number(2, "kelvin"),
    },
    "heating.circuits.0.heating.schedule": {
        "active": flag(True),
        "entries": every_day(("06:00", "22:00", "normal")),
    },
    "heating.circuits.0.name": {"name": text("Fußboden")},
    "heating.circuits.0.operating.modes.active": named("heating"),
    "heating.circuits.0.operating.modes.heating": active(True),
    "heating.circuits.0.operating.modes.standby": active(False),
    "heating.circuits.0.operating.programs.active": named("normalHeating"),
    "heating.circuits.0.operating.programs.comfortHeating": {
        "active": flag(False),
        "demand": text("heating"),
        "temperature": number(22, "celsius"),
    },
    "heating.circuits.0.operating.programs.normalHeating": {
        "active": flag(True),
        "demand": text("heating"),
        "temperature": number(20, "celsius"),
    },
    "heating.circuits.0.operating.programs.reducedHeating": {
        "active": flag(False),
        "demand": text("heating"),
        "temperature": number(18, "celsius"),
    },
    "heating.circuits.0.operating.programs.standby": active(False),
    "heating.circuits.0.operating.programs.summerEco": active(False),
    "heating.circuits.0.temperature.levels": {
        "max": number(65, "celsius"),
        "min": number(20, "celsius"),
    },
    "heating.circuits.0.zone.mode": active(False),
    "heating.compressors.0.heater.crankcase": active(False),
    "heating.configuration.bufferCylinderSize": reading(0, "liter"),
    "heating.configuration.dhwCylinderSize": reading(0, "liter"),
    "heating.configuration.heatingRod.dhw": {"useApproved": flag(True)},
    "heating.configuration.heatingRod.heating": {"useApproved": flag(True)},
    "heating.configuration.pressure.total": {
        "defaultPressure": number(1.8, "bar"),
        "errorThreshold": number(3.5, "bar"),
        "maximumPressure": number(2.7, "bar"),
        "normalPressureDelta": number(0.5, "bar"),
    },
    "heating.configuration.temperature.outside.DampingFactor": reading(10, "minute"),
    "heating.device.variant": named("Vitocal252A"),
    "heating.dhw": {"active": flag(True), "status": text("on")},
    "heating.dhw.hygiene": {"enabled": flag(False)},
    "heating.dhw.oneTimeCharge": active(False),
    "heating.dhw.operating.modes.active": named("efficient"),
    "heating.dhw.operating.modes.efficient": active(True),
    "heating.dhw.operating.modes.off": active(False),
    "heating.dhw.schedule": {
        "active": flag(True),
        "entries": every_day(("04:00", "05:30", "on"), ("12:00", "16:00", "on")),
    },
    "heating.dhw.temperature.hysteresis": {
        "switchOffValue": number(2, "kelvin"),
        "switchOnValue": number(6, "kelvin"),
        "value": number(6, "kelvin"),
    },
    # A maximum of 10 °C is nonsense; the real unit sends it.
    "heating.dhw.temperature.levels": {
        "default": number(50, "celsius"),
        "max": number(10, "celsius"),
        "min": number(10, "celsius"),
    },
    "heating.dhw.temperature.main": reading(50, "celsius"),
    "heating.external.lock": active(False),
    "heating.heat.production.summary.cooling": _NOTHING,
    # True because there is a backup heater, not because it runs.
    "heating.heatingRod": active(True),
    "heating.operating.programs.holiday": {
        "active": flag(False),
        "end": text(""),
        "start": text(""),
    },
    "heating.operating.programs.holidayAtHome": {
        "active": flag(False),
        "end": text("2000-01-01"),
        "start": text("2000-01-01"),
    },
    "heating.power.consumption.summary.cooling": _NOTHING,
    "heating.primaryCircuit.valves.fourThreeWay": active(False),
    "heating.secondaryCircuit.temperature.return.minimum": reading(5, "celsius"),
    "heating.secondaryHeatGenerator": {
        "active": flag(False),
        "connectionType": text("unknown"),
    },
    "heating.sensors.pressure.supply": sensor(1.6, "bar"),
    # The real unit reports 0 here for good while it is "connected".
    "heating.sensors.temperature.allengra": sensor(0, "celsius"),
    "tcu.wifi": {"strength": number(-66, "")},
}

# The misspelt position is the real unit's. A hot-water run is reported as the valve
# says, while the operation state goes on to say "heating".
_VALVE: Final = {
    Activity.STANDBY: "climateCircuitOne",
    Activity.HEATING: "climateCircuitOne",
    Activity.HOT_WATER: "domesticHotWater",
    Activity.DEFROST: "climatCircuitTwoDefrost",
    Activity.COOLING: "climateCircuitOne",
}
_OPERATION: Final = {Activity.STANDBY: "standby", Activity.COOLING: "cooling"}


def features(view: View) -> dict[str, Properties]:
    """Return the features that this unit has switched on."""
    return (
        STATIC
        | _device(view)
        | _compressor(view)
        | _water(view)
        | _energy(view.books)
        | _performance(view)
    )


def _device(view: View) -> dict[str, Properties]:
    installed = wall_clock(view.origin_s, view.zone)
    product = {
        "busAddress": 1,
        "busType": "CanExternal",
        "productFamily": "B_00049_VC252",
        "viessmannIdentificationNumber": view.serial,
    }
    return {
        "device.messages.info.raw": {"entries": array([_message("I.114", installed)])},
        "device.messages.status.raw": {
            "entries": array(
                [
                    *(_message(code, installed) for code in ("S.115", "S.125")),
                    *(
                        _message(code, wall_clock(since_s, view.zone))
                        for code, since_s in view.fault_since_s.items()
                    ),
                ]
            )
        },
        "device.productIdentification": {
            "product": {"type": "object", "value": product}
        },
        "device.productMatrix": {"product": array([product])},
        "device.serial": named(view.serial),
        "heating.boiler.serial": named(view.serial),
    }


def _message(code: str, stamp: str) -> dict[str, object]:
    return {
        "accessLevel": "customer",
        "audiences": ["IS-SUPPLIER", "IS-DEVELOPMENT", "IS-AFTERSALES"],
        "errorCode": code,
        "priority": "info" if code.startswith("I") else "status",
        "timestamp": stamp,
    }


def _compressor(view: View) -> dict[str, Properties]:
    state = view.state
    ampere = round(state.compressor_w / _INVERTER_V, 1)
    first, *others = view.compressors
    speed_rps = _SPEED_AT_FULL_RPS * first.load if others else state.speed_rps
    features: dict[str, Properties] = {
        **enabled_compressors(view),
        **_one_compressor(first, speed_rps, _HOURS_BEFORE, _STARTS_BEFORE),
        "heating.compressors.0.sensors.pressure.inlet": sensor(
            round(3.5 + state.suction_gas_c / 20, 2), "bar"
        ),
        "heating.compressors.0.sensors.temperature.inlet": celsius(state.suction_gas_c),
        "heating.compressors.0.sensors.temperature.oil": celsius(state.hot_gas_c - 4),
        "heating.compressors.0.sensors.temperature.outlet": celsius(state.hot_gas_c),
        "heating.condensors.0.sensors.temperature.liquid": celsius(state.supply_c - 4),
        "heating.evaporators.0.sensors.temperature.liquid": celsius(
            state.source_out_c - 2
        ),
        "heating.heatingRod.statistics": {
            "hours": number(int(view.counted.backup_heater_s / 3600), "hour"),
            "starts": number(1, ""),
        },
        "heating.inverters.0.sensors.power.current": sensor(ampere, "ampere"),
        "heating.inverters.0.sensors.power.output": sensor(
            round(state.compressor_w), "watt"
        ),
        "heating.inverters.0.sensors.temperature.powerModule": celsius(
            26 + state.compressor_w / 200
        ),
        "heating.outdoor.defrosting": active(state.activity is Activity.DEFROST),
        "heating.primaryCircuit.fans.0.current": sensor(
            round(state.source_pump_pct), "percent"
        ),
        "heating.primaryCircuit.fans.1.current": sensor(
            round(state.source_pump_pct), "percent"
        ),
        "heating.primaryCircuit.sensors.temperature.supply": celsius(state.source_in_c),
    }
    for other in others:
        speed_rps = _SPEED_AT_FULL_RPS * other.load
        features |= _one_compressor(other, speed_rps, 0, 0)
    return features


def _one_compressor(
    compressor: Compressor, speed_rps: float, hours_before: int, starts_before: int
) -> dict[str, Properties]:
    name = compressor.name
    return {
        # Ready even while it runs: the real unit contradicts itself like this.
        name: {"active": flag(compressor.on), "phase": text("ready")},
        f"{name}.speed.current": reading(
            round(speed_rps * 2) / 2, "revolutionsPerSecond"
        ),
        f"{name}.statistics": {
            "hours": number(hours_before + int(compressor.run_s / 3600), "hour"),
            "starts": number(starts_before + compressor.starts, ""),
        },
    }


def _water(view: View) -> dict[str, Properties]:
    state = view.state
    operation = text(_OPERATION.get(state.activity, "heating"))
    pump_pct = min(round(state.flow_lph / _FULL_FLOW_LPH * 100), 100)
    return {
        "heating.boiler.pumps.internal": on_off(state.flow_lph > 0),
        "heating.boiler.pumps.internal.current": reading(pump_pct, "percent"),
        "heating.boiler.pumps.internal.target": reading(pump_pct, "percent"),
        "heating.boiler.sensors.temperature.commonSupply": celsius(state.supply_c),
        "heating.boiler.temperature.current": reading(round(state.supply_c), "celsius"),
        "heating.circuits.0.circulation.pump": on_off(state.circuit_pump_on),
        "heating.circuits.0.sensors.temperature.supply": celsius(
            state.circuit_supply_c
        ),
        "heating.circuits.0.temperature": reading(
            round(state.circuit_supply_c), "celsius"
        ),
        **cylinder(
            state.hot_water_c,
            "heating.dhw.sensors.temperature.dhwCylinder",
            "heating.dhw.sensors.temperature.hotWaterStorage",
        ),
        "heating.secondaryCircuit.operation.state": {
            "currentValue": operation,
            "targetValue": operation,
        },
        "heating.secondaryCircuit.sensors.temperature.supply": celsius(state.supply_c),
        "heating.sensors.temperature.outside": celsius(state.outside_c),
        "heating.sensors.temperature.return": celsius(state.return_c),
        "heating.sensors.volumetricFlow.allengra": sensor(
            round(state.flow_lph), "liter/hour"
        ),
        "heating.valves.fourThreeWay.position": named(_VALVE[state.activity]),
    }


@lru_cache(maxsize=4)
def _energy(books: Books) -> dict[str, Properties]:
    """Return the unit's books; they move once in some minutes only."""
    heating, hot_water = books.heating_electricity, books.hot_water_electricity
    return {
        "heating.heat.production.summary.dhw": summary(books.hot_water_heat),
        "heating.heat.production.summary.heating": summary(books.heating_heat),
        # The backup heater is there for legionella and the coldest hours of hot water.
        "heating.heatingRod.power.consumption.summary.dhw": summary(
            books.backup_heater_electricity
        ),
        "heating.heatingRod.power.consumption.summary.heating": _NOTHING,
        "heating.power.consumption.dhw": arrays([hot_water], books.read_at_s),
        "heating.power.consumption.heating": arrays([heating], books.read_at_s),
        "heating.power.consumption.summary.dhw": summary(hot_water),
        "heating.power.consumption.summary.heating": summary(heating),
        "heating.power.consumption.total": arrays(
            [heating, hot_water], books.read_at_s
        ),
    }


def _performance(view: View) -> dict[str, Properties]:
    settled = view.settled
    hot_water_wh = (
        settled.hot_water_electricity_wh + settled.backup_heater_electricity_wh
    )
    figures = {
        "dhw": ratio(settled.hot_water_heat_wh, hot_water_wh),
        "heating": ratio(settled.heating_heat_wh, settled.heating_electricity_wh),
        "total": ratio(settled.heat_wh, settled.heating_electricity_wh + hot_water_wh),
    }
    return {
        f"heating.{name}.{part}": figure
        for name in ("scop", "spf")
        for part, figure in figures.items()
    }
