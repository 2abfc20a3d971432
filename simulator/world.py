"""The whole simulator: plants, and servers in front of them."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Self

from aiohttp import web

from .clock import Clock, RealClock, SteppedClock
from .control import Control
from .databases import DatabaseServer, InfluxDb2Server
from .homewizard import P1, HomeWizard, SmartMeter, month_begin_s
from .house import Equipment, House
from .household import Household
from .physics import Preset, design_of, simulated_plant
from .shelly import MeterKind, Shelly
from .state import PlannedChange, Plant, Variant
from .thermoworks import ThermoWorksCloud, usual_accounts
from .viessmann import Cloud, Limits

ADDRESS: Final = "127.0.0.1"

# Some requests hang by order; nobody waits for them when the simulator ends.
_SHUTDOWN_S: Final = 0.1

# How often the units look whether a value has changed enough to be sent.
_SAMPLE_S: Final = 10.0
_REAL_SAMPLE_S: Final = 1.0

# A demo has minutes for a roast.
_FAST_PACE: Final = 60.0

type PlantMaker = Callable[[Variant, float], Plant]
"""Makes the plant of a variant that stands at a moment."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ports:
    """Where to listen; 0 takes any free port."""

    viessmann: int = 0
    shelly_brine: int = 0
    shelly_air: int = 0
    homewizard_brine: int = 0
    homewizard_air: int = 0
    thermoworks: int = 0
    p1: int = 0
    database: int = 0
    control: int = 0

    def shelly(self, variant: Variant) -> int:
        """Return the port of the meter on one plant."""
        return self.shelly_air if variant is Variant.AIR else self.shelly_brine

    def homewizard(self, variant: Variant) -> int:
        """Return the port of the HomeWizard on one plant."""
        is_air = variant is Variant.AIR
        return self.homewizard_air if is_air else self.homewizard_brine


class Simulator:
    """Heat pumps behind a Viessmann cloud, meters, a database and a control port.

    Each is measured by a Shelly and, in the same supply, a HomeWizard.

    Enter it as an asynchronous context; it listens on 127.0.0.1 only.

    Attributes:
        clock: What the servers take for the time.
        plants: The physical models.
        viessmann: The cloud; its faults are attributes.
        shellies: The meters; each has a host, "address:port".
        homewizards: The same of HomeWizard.
        thermoworks: The cloud of the probes; its faults are attributes.
        house: The grid connection of all of them, with its exact energies.
        p1: The HomeWizard P1 Meter at that connection; it has a host and a ca_file.
        database: An InfluxDB 2 that takes an export; its faults are attributes.
        viessmann_url: The cloud's sign-in (/idp/v3) and API (/iot/v2).
        thermoworks_url: All that is at four hosts of ThermoWorks and Google.
        database_url: Where the database is written to.
        control_url: Faults (/control), the truth (/truth), what a home's sensors
            measure (/readings), and the points in the database (/database).
    """

    def __init__(
        self,
        variants: Iterable[Variant] = (Variant.AIR,),
        *,
        clock: Clock | None = None,
        seed: int = 1,
        history_days: float = 0.0,
        start_epoch_s: float | None = None,
        running: bool = False,
        preset: Preset = Preset.USUAL,
        plan: Iterable[PlannedChange] = (),
        ports: Ports | None = None,
        limits: Limits | None = None,
        one_installation: bool = False,
        live_counters: bool = False,
        meter_kind: MeterKind = MeterKind.EM,
        make_plant: PlantMaker | None = None,
        equipment: Equipment | None = None,
        p1_directory: Path | None = None,
    ) -> None:
        """Build plants and servers; nothing listens yet.

        Args:
            variants: Which heat pumps the account has.
            clock: The real time if not given.
            seed: Chooses weather and habits.
            history_days: What the plants and meters have lived through at the start.
            start_epoch_s: The end of that history, now if not given. The same start,
                seed and history give the same plants on every run.
            running: Have the compressor heat at the start.
            preset: What is unusual about the heat pumps.
            plan: What their owner changes, and when.
            ports: Where to listen.
            limits: The cloud's limits on calls.
            one_installation: Put all heat pumps into one installation.
            live_counters: Move the meters' counters all the time.
            meter_kind: Which Shelly measures each heat pump.
            make_plant: Makes another plant than the physical model.
            equipment: What draws and generates in the house beside the heat pumps.
            p1_directory: Where certificates and users of the P1 Meter are kept.
        """
        self.clock = clock or RealClock()
        now_s = self.clock.now()
        physical = partial(
            _physical,
            seed=seed,
            running=running,
            preset=preset,
            plan=tuple(plan),
            history_s=history_days * 86_400,
        )
        make = make_plant or physical
        start_s = now_s if start_epoch_s is None else start_epoch_s
        self.plants = {variant: make(variant, start_s) for variant in variants}
        self.viessmann = Cloud(
            self.plants.values(),
            clock=self.clock,
            limits=limits,
            one_installation=one_installation,
        )
        self.shellies = {
            variant: Shelly(
                plant,
                clock=self.clock,
                kind=meter_kind,
                live_counters=live_counters,
            )
            for variant, plant in self.plants.items()
        }
        self.homewizards = {
            variant: HomeWizard(plant, clock=self.clock)
            for variant, plant in self.plants.items()
        }
        self._households = {
            variant: Household(plant, seed=seed, start_s=start_s)
            for variant, plant in self.plants.items()
        }
        self.thermoworks = ThermoWorksCloud(
            usual_accounts(seed, now_s),
            clock=self.clock,
            pace=_FAST_PACE if live_counters else 1.0,
        )
        self.house = House(
            self.plants.values(),
            seed=seed,
            start_s=_house_start_s(self.plants.values(), start_s),
            live_from_s=start_s,
            equipment=equipment,
        )
        self.p1 = P1(
            SmartMeter(house=self.house), clock=self.clock, directory=p1_directory
        )
        self.database = InfluxDb2Server()
        self._is_fast = live_counters
        self.viessmann_url = ""
        self.thermoworks_url = ""
        self.database_url = ""
        self.control_url = ""
        self._ports = ports or Ports()
        self._runners: list[web.AppRunner] = []
        self._observing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Listen."""
        try:
            await self._start()
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening."""
        await self._stop()

    async def step(self, seconds: float) -> None:
        """Let time pass, for the clock and for the plants.

        Who listens to the P1 Meter is sent the newest telegram, once.

        Raises:
            TypeError: The clock is not a stepped one.
        """
        if not isinstance(self.clock, SteppedClock):
            raise TypeError("only a stepped clock can be stepped")
        if self.viessmann.faults.messages is None:
            self._go_on(self.clock, seconds)
        else:
            self._observe(self.clock, seconds)
        await self.p1.push()

    def _observe(self, clock: SteppedClock, seconds: float) -> None:
        """Let time pass, and the units look often whether to send a value."""
        while seconds > 0:
            sample_s = min(seconds, _SAMPLE_S)
            self._go_on(clock, sample_s)
            self.viessmann.observe()
            seconds -= sample_s

    def _go_on(self, clock: SteppedClock, seconds: float) -> None:
        clock.step(seconds)
        for plant in self.plants.values():
            plant.advance(clock.now())

    async def _observe_all_the_time(self) -> None:
        while True:
            await asyncio.sleep(_REAL_SAMPLE_S)
            self.viessmann.observe()

    async def _start(self) -> None:
        cloud_port = self._ports.viessmann
        self.viessmann_url = f"http://{await self._listen(self.viessmann, cloud_port)}"
        for variant, shelly in self.shellies.items():
            shelly.host = await self._listen(shelly, self._ports.shelly(variant))
        for variant, homewizard in self.homewizards.items():
            port = self._ports.homewizard(variant)
            homewizard.host = await self._listen(homewizard, port)
        port = self._ports.thermoworks
        self.thermoworks_url = f"http://{await self._listen(self.thermoworks, port)}"
        await self.p1.start(self._ports.p1)
        port = self._ports.database
        self.database_url = f"http://{await self._listen(self.database, port)}"
        control = Control(
            clock=self.clock,
            cloud=self.viessmann,
            thermoworks=self.thermoworks,
            shellies=self.shellies,
            homewizards=self.homewizards,
            plants=self.plants,
            households=self._households,
            house=self.house,
            p1=self.p1,
            database=self.database,
            is_fast=self._is_fast,
        )
        self.control_url = f"http://{await self._listen(control, self._ports.control)}"
        if isinstance(self.clock, RealClock):
            # A month's history takes a second or two, which a client may not wait for.
            self.p1.meter.telegram(self.clock.now())
            self._observing = asyncio.create_task(self._observe_all_the_time())

    async def _listen(
        self,
        server: Cloud
        | Shelly
        | HomeWizard
        | ThermoWorksCloud
        | DatabaseServer
        | Control,
        port: int,
    ) -> str:
        """Serve on a port and return "address:port"."""
        runner = web.AppRunner(
            server.app(),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=_SHUTDOWN_S,
        )
        self._runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, ADDRESS, port).start()
        return f"{ADDRESS}:{runner.addresses[0][1]}"

    async def _stop(self) -> None:
        if self._observing is not None:
            self._observing.cancel()
            with suppress(asyncio.CancelledError):
                await self._observing
        await self.p1.stop()
        while self._runners:
            await self._runners.pop().cleanup()


def _house_start_s(plants: Iterable[Plant], start_s: float) -> float:
    """Return since when the house counts: this month, if its heat pumps are older."""
    newest_s = max((plant.origin_epoch_s for plant in plants), default=start_s)
    return max(newest_s, month_begin_s(start_s))


def _physical(
    variant: Variant,
    start_epoch_s: float,
    *,
    seed: int,
    running: bool,
    preset: Preset,
    plan: Iterable[PlannedChange],
    history_s: float,
) -> Plant:
    return simulated_plant(
        variant,
        design=design_of(variant, preset),
        seed=seed,
        start_epoch_s=start_epoch_s,
        running=running,
        history_s=history_s,
        plan=plan,
    )
