"""The features of a brine unit like the Vitocal 300-G (CU401B_G)."""

from typing import Final

from ..state import Activity
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
    not_connected,
    number,
    on_off,
    reading,
    sensor,
    text,
)

_HOURS_BEFORE: Final = 942.4
_STARTS_BEFORE: Final = 363
_ECU_BEFORE_S: Final = 7_768_472
_LOAD_HOURS_BEFORE: Final = {"Five": 3, "Four": 249, "One": 5, "Two": 233}
_LOAD_HOURS_THREE_BEFORE: Final = 448

_CIRCUIT_PARTS: Final = (
    "",
    ".circulation.pump",
    ".frostprotection",
    ".heating.curve",
    ".heating.schedule",
    ".operating.modes.active",
    ".operating.modes.cooling",
    ".operating.modes.dhw",
    ".operating.modes.dhwAndHeating",
    ".operating.modes.dhwAndHeatingCooling",
    ".operating.modes.forcedNormal",
    ".operating.modes.forcedReduced",
    ".operating.modes.heating",
    ".operating.modes.heatingCooling",
    ".operating.modes.normalStandby",
    ".operating.modes.standby",
    ".operating.programs.active",
    ".operating.programs.comfort",
    ".operating.programs.eco",
    ".operating.programs.fixed",
    ".operating.programs.normal",
    ".operating.programs.reduced",
    ".operating.programs.screedDrying.heatpump",
    ".operating.programs.standby",
    ".sensors.temperature.room",
    ".sensors.temperature.supply",
    ".temperature",
    ".temperature.levels",
)

DISABLED: Final = (
    *(
        f"heating.circuits.{circuit}{part}"
        for circuit in range(3)
        for part in _CIRCUIT_PARTS
    ),
    "device.messages.errors.counter.d6",
    "heating.compressors.1",
    "heating.compressors.1.statistics",
    "heating.compressors.1.statistics.load",
    "heating.configuration.dhw.temperature.dhwCylinder.max",
    "heating.configuration.dhw.temperature.hotWaterStorage.max",
    "heating.configuration.flow.temperature.max",
    "heating.configuration.flow.temperature.min",
    "heating.configuration.smartGrid.heatingRod",
    "heating.dhw.configuration.temperature.dhwCylinder.max",
    "heating.dhw.pumps.primary",
    "heating.solar",
    "heating.solar.power.cumulativeProduced",
    "heating.solar.power.production",
    "heating.solar.pumps.circuit",
    "heating.solar.sensors.temperature.collector",
    "heating.solar.sensors.temperature.dhw",
    "ventilation",
    "ventilation.levels.levelFour",
    "ventilation.levels.levelOne",
    "ventilation.levels.levelThree",
    "ventilation.levels.levelTwo",
    "ventilation.operating.modes.active",
    "ventilation.operating.programs.active",
    "ventilation.schedule",
)

COMMANDS: Final[Commands] = {
    "heating.circuits.1.heating.curve": {"setCurve": {}},
    "heating.circuits.1.heating.schedule": {"resetSchedule": {}, "setSchedule": {}},
    "heating.circuits.1.operating.modes.active": {"setMode": {}},
    "heating.compressors.0": {"setActive": {}, "setPhase": {}},
    "heating.dhw.oneTimeCharge": {"activate": {}, "deactivate": {}},
    "heating.dhw.schedule": {"resetSchedule": {}, "setSchedule": {}},
    "heating.dhw.temperature.main": number_command(
        "setTargetTemperature", "temperature", 10, 60, 1
    ),
}

SETTINGS: Final = {
    ("heating.circuits.1.heating.curve", "shift"): "curve_shift_k",
    ("heating.circuits.1.heating.curve", "slope"): "curve_slope",
    ("heating.circuits.1.operating.programs.normal", "temperature"): "room_c",
    ("heating.dhw.temperature.hysteresis", "switchOnValue"): "hot_water_hysteresis_k",
    ("heating.dhw.temperature.hysteresis", "value"): "hot_water_hysteresis_k",
    ("heating.dhw.temperature.main", "value"): "hot_water_c",
}
"""Features and their properties that the plant follows."""

STATIC: Final[dict[str, Properties]] = {
    "heating.boiler.sensors.temperature.commonSupply": not_connected(),
    # Circuit 0 does not exist on this unit: the list must be read, not counted.
    "heating.circuits": {"enabled": array(["1"]), "internal": array([])},
    "heating.circuits.1": {
        "active": flag(True),
        "name": text(""),
        "type": text("heatingCircuit"),
    },
    "heating.circuits.1.frostprotection": on_off(False),
    "heating.circuits.1.heating.curve": {
        "shift": number(2, ""),
        "slope": number(1, ""),
    },
    "heating.circuits.1.heating.schedule": {
        "active": flag(True),
        "entries": every_day(
            ("00:00", "06:00", "reduced"),
            ("06:00", "22:00", "normal"),
            ("22:00", "24:00", "reduced"),
        ),
    },
    "heating.circuits.1.name": {"name": text("")},
    "heating.circuits.1.operating.modes.active": named("dhwAndHeating"),
    "heating.circuits.1.operating.modes.dhw": active(False),
    "heating.circuits.1.operating.modes.dhwAndHeating": active(True),
    "heating.circuits.1.operating.modes.standby": active(False),
    "heating.circuits.1.operating.programs.active": named("normal"),
    "heating.circuits.1.operating.programs.comfort": {
        "active": flag(False),
        "demand": text("unknown"),
        "temperature": number(22, "celsius"),
    },
    "heating.circuits.1.operating.programs.normal": {
        "active": flag(True),
        "demand": text("unknown"),
        "temperature": number(21, "celsius"),
    },
    "heating.circuits.1.operating.programs.reduced": {
        "active": flag(False),
        "demand": text("unknown"),
        "temperature": number(18, "celsius"),
    },
    "heating.circuits.1.operating.programs.standby": active(False),
    "heating.circuits.1.temperature.levels": {
        "max": number(40, "celsius"),
        "min": number(15, "celsius"),
    },
    "heating.compressors.0.sensors.temperature.ambient": not_connected(),
    "heating.condensors.0.sensors.temperature.subcooling": not_connected(),
    "heating.configuration.buffer.temperature.max": reading(65, "celsius"),
    "heating.configuration.dhwHeater": {"useApproved": flag(True)},
    "heating.configuration.heatingRod.dhw": {"useApproved": flag(True)},
    "heating.configuration.heatingRod.heating": {"useApproved": flag(False)},
    "heating.configuration.temperature.outside.DampingFactor": reading(180, "minute"),
    # The real unit's serial is not valid text.
    "heating.controller.serial": named("�" * 16),
    "heating.coolingCircuits.0.reverse": active(False),
    "heating.coolingCircuits.0.type": named("VC 3xx-G Emerson"),
    "heating.cop.cooling": reading(0, ""),
    "heating.cop.green": reading(0, ""),
    "heating.dhw": {"active": flag(True), "status": text("on")},
    "heating.dhw.oneTimeCharge": active(False),
    "heating.dhw.schedule": {
        "active": flag(True),
        "entries": every_day(("00:00", "24:00", "normal")),
    },
    "heating.dhw.sensors.temperature.dhwCylinder.bottom": not_connected(),
    "heating.dhw.sensors.temperature.hotWaterStorage.bottom": not_connected(),
    "heating.dhw.sensors.temperature.outlet": not_connected(),
    "heating.dhw.temperature.hysteresis": {
        "switchOffValue": number(5, "kelvin"),
        "switchOnValue": number(5, "kelvin"),
        "value": number(5, "kelvin"),
    },
    "heating.dhw.temperature.main": reading(50, "celsius"),
    "heating.dhw.temperature.temp2": reading(60, "celsius"),
    "heating.evaporators.0.sensors.temperature.overheat": not_connected(),
    "heating.operating.programs.holiday": {
        "active": flag(False),
        "end": text(""),
        "start": text(""),
    },
    "ventilation.operating.state": {
        "demand": text("ventilation"),
        "level": text("levelOne"),
        "reason": text("schedule"),
    },
}


def features(view: View) -> dict[str, Properties]:
    """Return the features that this unit has switched on."""
    return STATIC | _device(view) | _compressor(view) | _water(view) | _source(view)


def _device(view: View) -> dict[str, Properties]:
    settled = view.settled
    running_s = int(view.state.epoch_s - view.origin_s)
    hot_water_wh = settled.hot_water_electricity_wh
    return {
        "device.messages.logbook": {"entries": array(_logbook(view))},
        "device.serial": named(view.serial),
        "heating.boiler.serial": named(view.serial),
        "heating.cop.dhw": ratio(settled.hot_water_heat_wh, hot_water_wh),
        "heating.cop.heating": ratio(
            settled.heating_heat_wh, settled.heating_electricity_wh
        ),
        "heating.cop.total": ratio(
            settled.heat_wh, settled.heating_electricity_wh + hot_water_wh
        ),
        "heating.device.mainECU": {
            "runtime": number(_ECU_BEFORE_S + running_s, "seconds")
        },
        "heating.heatingRod.runtime": {
            "levelOne": number(int(view.counted.backup_heater_s), "seconds"),
            "levelTwo": number(0, "seconds"),
        },
    }


def _logbook(view: View) -> list[dict[str, object]]:
    return [
        {
            "actor": actor,
            "additionalInfo": 0,
            "circuit": circuit,
            "event": "Liquid_Temp_1",
            "stateMachine": machine,
            "status": 1,
            "timestamp": wall_clock(view.origin_s - age_s, view.zone),
        }
        for actor, circuit, machine, age_s in (
            ("VENTIL_HEIZ_WW1", "Warmwasser", "INTERN_WARMWASSER", 60),
            ("SEK_PUMPE1", "Heizkreis", "WAERMEPUMPE1", 3_600),
            ("VERDICHTER1", "Heizkreis", "WAERMEPUMPE1", 3_720),
        )
    ]


def _compressor(view: View) -> dict[str, Properties]:
    state = view.state
    first, *others = view.compressors
    run_h = first.run_s / 3600
    load_hours = _LOAD_HOURS_BEFORE | {"Three": _LOAD_HOURS_THREE_BEFORE + int(run_h)}
    features: dict[str, Properties] = {
        **enabled_compressors(view),
        **_one_compressor(view, first, _HOURS_BEFORE, _STARTS_BEFORE),
        "heating.compressors.0.sensors.pressure.inlet": _suction_pressure(view),
        "heating.compressors.0.sensors.temperature.inlet": celsius(state.suction_gas_c),
        "heating.compressors.0.sensors.temperature.outlet": celsius(state.hot_gas_c),
        "heating.compressors.0.sensors.temperature.overheat": sensor(
            4 if state.compressor_on else 0, "celsius"
        ),
        "heating.compressors.0.statistics.load": {
            f"hoursLoadClass{name}": number(hours, "hour")
            for name, hours in sorted(load_hours.items())
        },
    }
    for other in others:
        features |= _one_compressor(view, other, 0.0, 0)
    return features


def _one_compressor(
    view: View, compressor: Compressor, hours_before: float, starts_before: int
) -> dict[str, Properties]:
    cooling = view.state.activity is Activity.COOLING
    running = "cooling" if cooling else "heating"
    name = compressor.name
    return {
        name: {
            "active": flag(compressor.on),
            "phase": text(running if compressor.on else "off"),
        },
        f"{name}.power": reading(compressor.rated_heat_w / 1000, "kilowatt"),
        f"{name}.sensors.power": sensor(round(compressor.load * 100), "percent"),
        f"{name}.statistics": {
            "hours": number(_tenths(hours_before + compressor.run_s / 3600), "hour"),
            "starts": number(starts_before + compressor.starts, ""),
        },
    }


def _tenths(hours: float) -> float:
    """Return hours as the counter shows them: the last full tenth."""
    return int(hours * 10 + 1e-6) / 10


def _suction_pressure(view: View) -> Properties:
    return sensor(round(8 + view.state.suction_gas_c / 10, 1), "bar")


def _water(view: View) -> dict[str, Properties]:
    state = view.state
    return {
        **cylinder(
            state.buffer_c,
            "heating.buffer.sensors.temperature.main",
            "heating.buffer.sensors.temperature.top",
            "heating.bufferCylinder.sensors.temperature.main",
            "heating.bufferCylinder.sensors.temperature.top",
        ),
        "heating.circuits.1.circulation.pump": on_off(state.circuit_pump_on),
        "heating.dhw.pumps.circulation": on_off(state.circulation_pump_on),
        "heating.circuits.1.sensors.temperature.supply": celsius(
            state.circuit_supply_c
        ),
        "heating.circuits.1.temperature": reading(
            round(state.circuit_supply_c), "celsius"
        ),
        "heating.dhw.charging": active(state.activity is Activity.HOT_WATER),
        **cylinder(
            state.hot_water_c,
            "heating.dhw.sensors.temperature.dhwCylinder",
            "heating.dhw.sensors.temperature.dhwCylinder.top",
            "heating.dhw.sensors.temperature.hotWaterStorage",
            "heating.dhw.sensors.temperature.hotWaterStorage.top",
        ),
        "heating.secondaryCircuit.sensors.temperature.supply": celsius(state.supply_c),
        "heating.sensors.temperature.outside": celsius(state.outside_c),
        "heating.sensors.temperature.return": celsius(state.return_c),
    }


def _source(view: View) -> dict[str, Properties]:
    state = view.state
    return {
        "heating.evaporators.0.sensors.temperature.liquid": celsius(state.return_c),
        "heating.primaryCircuit.sensors.rotation": sensor(
            round(state.source_pump_pct), "percent"
        ),
        "heating.primaryCircuit.sensors.temperature.return": celsius(
            state.source_out_c
        ),
        "heating.primaryCircuit.sensors.temperature.supply": celsius(state.source_in_c),
        "heating.sensors.pressure.hotGas": sensor(
            round(8 + 0.45 * state.supply_c, 1), "bar"
        ),
        "heating.sensors.pressure.suctionGas": _suction_pressure(view),
        "heating.sensors.temperature.hotGas": celsius(state.hot_gas_c),
        "heating.sensors.temperature.liquidGas": celsius(state.return_c),
        "heating.sensors.temperature.suctionGas": celsius(state.suction_gas_c),
    }
