"""The simulator's own port: faults on command, the truth, and a home's sensors."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Final

from aiohttp import web

from .clock import Clock
from .commands import Command, names, number, set_fault, values
from .database_control import DATABASE, apply_to_database, points_of, shown_database
from .databases import DatabaseServer
from .faults import Messages, Stamp
from .homewizard import P1, HomeWizard, Model
from .house import House
from .house_control import (
    HOUSE,
    P1_METER,
    apply_to_house,
    apply_to_p1,
    shown_p1,
    true_house,
)
from .household import Household
from .probe_control import PROBES, apply_to_probes, shown_probes
from .readings import readings_of
from .shelly import Firmware, Shelly
from .state import Activity, Energies, Plant, Variant
from .thermoworks import ThermoWorksCloud
from .viessmann import Cloud

type Body = dict[str, object]

CLOUD: Final = "viessmann"

# What these faults hit if the command does not say.
_USUAL_FEATURES: Final = (
    "heating.secondaryCircuit.sensors.temperature.supply",
    "heating.sensors.temperature.return",
)
_OF_FEATURES: Final = frozenset(
    {"frozen_features", "missing_features", "missing_value", "sentinel_zero"}
)
_USUAL_ERROR: Final = "power_meter_failure"


class Control:
    """Switches faults and tells the truth."""

    def __init__(
        self,
        *,
        clock: Clock,
        cloud: Cloud,
        thermoworks: ThermoWorksCloud,
        shellies: Mapping[Variant, Shelly],
        homewizards: Mapping[Variant, HomeWizard],
        plants: Mapping[Variant, Plant],
        households: Mapping[Variant, Household],
        house: House,
        p1: P1,
        database: DatabaseServer,
        is_fast: bool,
    ) -> None:
        """Control some servers and the plants behind them."""
        self._clock = clock
        self._cloud = cloud
        self._thermoworks = thermoworks
        self._shellies = {
            f"shelly-{variant}": shelly for variant, shelly in shellies.items()
        }
        self._homewizards = {
            f"homewizard-{variant}": each for variant, each in homewizards.items()
        }
        self._plants = plants
        self._households = households
        self._house = house
        self._p1 = p1
        self._database = database
        self._is_fast = is_fast

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/control", self._show),
                web.post("/control", self._switch),
                web.get("/truth", self._truth),
                web.get("/truth/house", self._truth_of_house),
                web.get("/readings", self._readings),
                web.get("/database", self._points),
            ]
        )
        return app

    async def _show(self, _: web.Request) -> web.Response:
        return web.json_response(self._state())

    async def _switch(self, request: web.Request) -> web.Response:
        """Switch one fault: {"fault": …, "on": true, "target": …, …}."""
        command: Command = await request.json()
        fault, target = str(command.get("fault")), command.get("target")
        meters = [*self._shellies, *self._homewizards, P1_METER, HOUSE]
        everyone = [CLOUD, *meters, PROBES, DATABASE]
        targets = everyone if target is None else [str(target)]
        known = [each for each in targets if await self._apply(each, fault, command)]
        if not known:
            return web.json_response({"error": f"no fault {fault!r} here"}, status=400)
        return web.json_response(self._state())

    async def _apply(self, target: str, fault: str, command: Command) -> bool:
        """Switch a fault of one target; return whether it has such a fault."""
        on = bool(command.get("on", True))
        if target == CLOUD:
            return self._apply_to_cloud(fault, on, command)
        if target == PROBES:
            return apply_to_probes(self._thermoworks, fault, command)
        if target == DATABASE:
            return apply_to_database(self._database, fault, command)
        if (homewizard := self._homewizards.get(target)) is not None:
            return _apply_to_homewizard(homewizard, fault, on, command)
        now_s = self._clock.now()
        if target == P1_METER:
            return await apply_to_p1(self._p1, fault, command, now_s)
        if target == HOUSE:
            return apply_to_house(self._house, fault, command, now_s)
        shelly = self._shellies.get(target)
        return shelly is not None and _apply_to_shelly(shelly, fault, on, command)

    def _apply_to_cloud(self, fault: str, on: bool, command: Command) -> bool:
        cloud = self._cloud
        actions: dict[str, Callable[[], None]] = {
            "revoked_access": cloud.revoke_access,
            "heat_counter_jump": lambda: cloud.jump_heat_counters(
                number(command, "kwh", 500.0)
            ),
            "heat_counter_reset": cloud.reset_heat_counters,
            "setting": lambda: cloud.adjust(
                str(command.get("feature")), **values(command)
            ),
            "unit_fault": lambda: cloud.report_unit_fault(
                str(command.get("code", "F.160")), active=on
            ),
        }
        if fault in actions:
            actions[fault]()
            return True
        settings: dict[str, Callable[[], object]] = {
            "messages": lambda: _messages(command) if on else None,
            "late_counters_s": lambda: number(command, "value", 3600.0) * on,
            "replica_lag_s": lambda: number(command, "value", 3600.0) * on,
            "page_size": lambda: int(number(command, "value", 1)) * on,
            "missing_keys": lambda: names(command, "keys", ("roles",)),
        }
        if fault in _OF_FEATURES:
            value: object = names(command, "features", _USUAL_FEATURES)
        else:
            value = settings[fault]() if fault in settings else on
        return set_fault(cloud.faults, fault, value)

    def _state(self) -> Body:
        meters: Body = {name: _shown(each) for name, each in self._shellies.items()}
        for name, homewizard in self._homewizards.items():
            meters[name] = _shown_homewizard(homewizard)
        meters[P1_METER] = shown_p1(self._p1)
        cloud = {
            "faults": asdict(self._cloud.faults),
            "requests": dict(self._cloud.requests),
            "api_requests": self._cloud.api_requests,
        }
        return {
            "now": self._clock.now(),
            CLOUD: cloud,
            PROBES: shown_probes(self._thermoworks),
            DATABASE: shown_database(self._database),
            **meters,
        }

    async def _truth(self, request: web.Request) -> web.Response:
        """Tell what is: now, and the energies at the moments asked for."""
        now_s = self._clock.now()
        at = request.query.getall("at", [])
        try:
            moments = [float(moment) for moment in at]
            truth = {
                str(variant): _true(plant, now_s, moments)
                for variant, plant in self._plants.items()
            }
        except ValueError as error:
            return web.json_response({"error": str(error)}, status=400)
        probes = self._thermoworks.truth()
        return web.json_response({"now": now_s, **truth, PROBES: probes})

    async def _truth_of_house(self, request: web.Request) -> web.Response:
        """Tell what crosses the grid connection, and crossed it until some moments."""
        try:
            moments = [float(moment) for moment in request.query.getall("at", [])]
            truth = true_house(self._house, self._p1, self._clock.now(), moments)
        except ValueError as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response(truth)

    async def _readings(self, _: web.Request) -> web.Response:
        """Tell what sensors and meters at each plant measure now, and the demo's pace."""
        now_s = self._clock.now()
        plants = {
            str(variant): readings_of(plant, self._households[variant], now_s)
            for variant, plant in self._plants.items()
        }
        return web.json_response({"fast": self._is_fast, "plants": plants})

    async def _points(self, request: web.Request) -> web.Response:
        """Tell what was exported."""
        measurements = request.query.getall("measurement", [])
        return web.json_response(points_of(self._database, measurements))


def _messages(command: Command) -> Messages:
    return Messages(
        max_delay_s=number(command, "max_delay_s", 0.0),
        same_delay=bool(command.get("same_delay", False)),
        stamp=Stamp(str(command.get("stamp", Stamp.DEVICE))),
        clock_offset_s=number(command, "clock_offset_s", 0.0),
    )


def _apply_to_shelly(shelly: Shelly, fault: str, on: bool, command: Command) -> bool:
    phases = str(command.get("phases", "abc"))
    password = str(command.get("password", "secret"))
    firmware = Firmware(str(command.get("firmware", Firmware.OLD)))
    actions: dict[str, Callable[[], None]] = {
        "reboot": shelly.reboot,
        "counter_reset": shelly.reset_counters,
        "reversed_ct": lambda: shelly.reverse(phases if on else ""),
        "auth": lambda: shelly.set_password(password if on else None, firmware),
    }
    if fault == "errors":
        error = str(command.get("error", _USUAL_ERROR))
        shelly.faults.errors = (error,) if on else ()
        return True
    if fault not in actions:
        return set_fault(shelly.faults, fault, on)
    actions[fault]()
    return True


def _apply_to_homewizard(
    homewizard: HomeWizard, fault: str, on: bool, command: Command
) -> bool:
    if fault == "errors":
        return False
    if fault == "reboot":
        homewizard.reboot()
    elif fault == "reversed_ct":
        homewizard.reverse(on=on)
    elif fault == "api_disabled":
        homewizard.api_enabled = not on
    elif fault == "model":
        homewizard.model = Model(str(command.get("model", Model.THREE_PHASES)))
    else:
        return set_fault(homewizard.faults, fault, on)
    return True


def _shown_homewizard(homewizard: HomeWizard) -> Body:
    return {
        "faults": asdict(homewizard.faults),
        "requests": dict(homewizard.requests),
        "model": homewizard.model,
        "api_enabled": homewizard.api_enabled,
        "reversed": homewizard.is_reversed,
    }


def _shown(shelly: Shelly) -> Body:
    return {
        "faults": asdict(shelly.faults),
        "requests": dict(shelly.requests),
        "auth": shelly.password is not None,
        "firmware": shelly.firmware,
        "reversed_ct": "".join(sorted(shelly.reversed_phases)),
    }


def _true(plant: Plant, now_s: float, moments: Iterable[float]) -> Body:
    plant.advance(now_s)
    state = plant.state()
    power_w = sum(state.phases_w)
    heats = state.compressor_on and state.activity is not Activity.COOLING
    return {
        "activity": state.activity,
        "compressor_on": state.compressor_on,
        "power_w": power_w,
        "heat_w": state.heat_w,
        "cop": state.heat_w / power_w if heats and power_w else None,
        "energies": _energies(state.energies),
        "at": [
            {"epoch_s": moment, **_energies(plant.energies_at(moment))}
            for moment in moments
        ],
    }


def _energies(energies: Energies) -> Body:
    return asdict(energies) | {"heat_wh": energies.heat_wh}
