"""The simulated house around the process that is measured."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack, closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
import json
import os
from pathlib import Path
import socket
import sys
from typing import Any, Final

import aiohttp
from yarl import URL

from demo import config_folder
from demo.year import write_history
from simulator import CLIENT_ID, Simulator, Variant
from simulator.viessmann.auth import challenge_of
from simulator.world import ADDRESS

from .clock import START_S, SharedClock
from .job import HeatPump, Household, Job, Outcome
from .push import PushingShelly
from .worker import LOG

_ROOT: Final = Path(__file__).parents[2]
_MODELS: Final = {Variant.BRINE: "CU401B_G", Variant.AIR: "E3_Vitocal_16"}
_WARM_UP_S: Final = 3600.0
# So that counters of hours, starts and energy look lived in.
_HISTORY_DAYS: Final = 14
_LEDGER: Final = "ledger.csv"
_REDIRECT: Final = "http://127.0.0.1/auth/external/callback"
_VERIFIER: Final = "the verifier of a client that keeps no secret at all"
_URL_VARIABLE: Final = "HEATPUMP_MONITOR_VIESSMANN_URL"
_LOG_LINES: Final = 30
_LINE_BYTES: Final = 50_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """How every household is measured."""

    variant: Variant = Variant.AIR
    seed: int = 1
    hours: float = 24.0
    years: int = 1
    by_entity: bool = False
    profile: str = ""


async def measured(household: Household, folder: Path, settings: Settings) -> Outcome:
    """Return what a household costs.

    Args:
        household: What is installed.
        folder: An empty one for everything that it writes.
        settings: How it is measured.

    Raises:
        RuntimeError: The process ended without an outcome.
    """
    clock = SharedClock(folder / "clock")
    simulator = Simulator(
        (settings.variant,),
        clock=clock,
        seed=settings.seed,
        start_epoch_s=START_S,
        history_days=_HISTORY_DAYS,
    )
    if household is Household.OURS and settings.years:
        end = datetime.fromtimestamp(START_S, UTC)
        with (folder / _LEDGER).open("w", encoding="utf-8") as ledger:
            write_history(settings.variant, end, ledger, settings.years)
    config_folder.prepare(folder, _free_port())
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(simulator)
        push = PushingShelly(simulator.shellies[settings.variant])
        stack.push_async_callback(push.stop)
        job = Job(
            household=household,
            folder=str(folder),
            clock=str(folder / "clock"),
            seconds=settings.hours * 3600,
            warm_up_s=_WARM_UP_S,
            heat_pump=await _heat_pump(simulator, settings.variant, push),
            ledger=_LEDGER if settings.years else "",
            by_entity=settings.by_entity,
            profile=settings.profile if household is Household.OURS else "",
        )
        pushes = household in {Household.CORE, Household.HELPERS}
        house = _House(simulator, clock, push if pushes else None)
        return await _run(job, house)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((ADDRESS, 0))
        port: int = probe.getsockname()[1]
        return port


async def _heat_pump(
    simulator: Simulator, variant: Variant, push: PushingShelly
) -> HeatPump:
    (gateway,) = simulator.viessmann.gateways
    shelly = simulator.shellies[variant]
    return HeatPump(
        variant=str(variant),
        viessmann_url=simulator.viessmann_url,
        client_id=CLIENT_ID,
        token=await _sign_in(simulator.viessmann_url),
        installation_id=gateway.installation_id,
        gateway_serial=gateway.serial,
        model=_MODELS[variant],
        shelly_host=shelly.host,
        pushing_port=int((await push.start()).partition(":")[2]),
        shelly_mac=shelly.mac,
    )


async def _sign_in(url: str) -> dict[str, Any]:
    """Return the token that a browser's sign-in would give."""
    query = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": _REDIRECT,
        "scope": "IoT offline_access",
        "state": "state",
        "code_challenge": challenge_of(_VERIFIER),
        "code_challenge_method": "S256",
    }
    async with aiohttp.ClientSession(raise_for_status=True) as session:
        authorize = f"{url}/idp/v3/authorize"
        async with session.get(
            authorize, params=query, allow_redirects=False
        ) as response:
            code = URL(response.headers["Location"]).query["code"]
        form = {
            "client_id": CLIENT_ID,
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": _REDIRECT,
            "code_verifier": _VERIFIER,
        }
        async with session.post(f"{url}/idp/v3/token", data=form) as response:
            token: dict[str, Any] = await response.json()
            return token


@dataclass(frozen=True, slots=True)
class _House:
    """What answers the process that is measured."""

    simulator: Simulator
    clock: SharedClock
    push: PushingShelly | None

    def requests(self) -> Counter[str]:
        """Return how many requests were answered so far, by what was asked for."""
        answered = Counter(self.simulator.viessmann.requests)
        for shelly in self.simulator.shellies.values():
            answered += shelly.requests
        return answered

    async def reach(self) -> float | None:
        """Do what is due now; return how far time may jump, None without a limit."""
        if self.push is None:
            return None
        return await self.push.push(self.clock.elapsed_s)


async def _run(job: Job, house: _House) -> Outcome:
    """Run the process that is measured, and answer what it asks.

    Raises:
        RuntimeError: It ended without an outcome.
    """
    ours, theirs = socket.socketpair()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.cost.worker", str(theirs.fileno())),
        cwd=_ROOT,
        env={**os.environ, _URL_VARIABLE: house.simulator.viessmann_url},
        pass_fds=(theirs.fileno(),),
    )
    theirs.close()
    reader, writer = await asyncio.open_connection(sock=ours, limit=_LINE_BYTES)
    try:
        return await _serve(reader, writer, job, house)
    finally:
        writer.close()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        await process.wait()


async def _serve(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, job: Job, house: _House
) -> Outcome:
    marks: list[Counter[str]] = []
    writer.write(f"{job.as_json()}\n".encode())
    while line := await reader.readline():
        asked = json.loads(line)
        match asked["ask"]:
            case "mark":
                marks.append(house.requests())
            case "end":
                requests = marks[1] - marks[0]
                outcome = Outcome.from_json(asked["outcome"])
                return replace(outcome, requests=dict(sorted(requests.items())))
        answer = {"horizon_s": await house.reach()}
        writer.write(f"{json.dumps(answer)}\n".encode())
    raise RuntimeError(f"{job.household} ended without an outcome:\n{_last_words(job)}")


def _last_words(job: Job) -> str:
    log = Path(job.folder, LOG).read_text(encoding="utf-8").splitlines()
    return "\n".join(log[-_LOG_LINES:])
