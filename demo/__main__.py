"""Runs the demo from the command line."""

import argparse
import asyncio
from collections.abc import Callable, Coroutine
import json
import os
from pathlib import Path
import shutil
import signal
import sys
import tempfile

from . import live
from .crash import crash
from .errors import DemoError
from .outcome import Outcome
from .past_year import judge_past_year
from .processes import free_ports
from .simulators import ENTITIES, PLANTS
from .smoke import smoke
from .stage import Stage, stage

type Test = Callable[
    [Stage, str, Callable[[str], None]], Coroutine[object, object, Outcome]
]
"""Judges what the integration makes of one variant of the heat pump."""

# Away from the port that a demo would take.
# Tests may run beside each other: each looks from another port on.
_TEST_PORTS = range(10_000, 30_000)


def main() -> int:
    """Run what the command line asks for; return the exit code."""
    options = _parser().parse_args()
    test: Test | None = options.test
    if test is not None and options.variant == "both":
        _parser().error("a test takes one variant at a time")
    if test is crash and options.variant == ENTITIES:
        _parser().error("what --crash does to the cloud says nothing of entities")
    if options.history and test is smoke:
        test = judge_past_year
    work = _judge(test, options.variant) if test else _show(options)
    try:
        return asyncio.run(_until_stopped(work))
    except DemoError as error:
        _say(f"script/demo: {error}")
        return 1


def _parser() -> argparse.ArgumentParser:
    # The help is in script/demo: there it needs no environment.
    parser = argparse.ArgumentParser(prog="script/demo", add_help=False)
    parser.add_argument("--variant", choices=live.VARIANTS, default="brine")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--reset", action="store_true")
    history = parser.add_mutually_exclusive_group()
    history.add_argument("--history", action="store_true")
    history.add_argument("--no-history", action="store_true")
    parser.add_argument("--screenshot", type=Path, metavar="DIR")
    tests = parser.add_mutually_exclusive_group()
    for option, test in (("--once", smoke), ("--crash", crash)):
        tests.add_argument(option, action="store_const", const=test, dest="test")
    return parser


async def _show(options: argparse.Namespace) -> int:
    await live.show(
        live.Options(
            variants=live.VARIANTS[options.variant],
            fast=options.fast,
            history=not options.no_history,
            pictures=options.screenshot,
        ),
        print,
        reset=options.reset,
    )
    return 0


async def _judge(test: Test, variant: str) -> int:
    """Run a test; its folder is kept if anything is off."""
    folder = Path(tempfile.mkdtemp(prefix="heatpump-demo-"))
    try:
        outcome = await _run(test, folder, variant)
    except BaseException:
        _say(f"What was written is in {folder}")
        raise
    print(json.dumps(outcome.figures))
    for complaint in outcome.complaints:
        _say(f"OFF: {complaint}")
    if outcome.complaints:
        _say(f"What was written is in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


async def _run(test: Test, folder: Path, variant: str) -> Outcome:
    _say("Starting the simulators and Home Assistant")
    options = ("--variant", PLANTS[variant], "--running")
    port = free_ports(_TEST_PORTS[os.getpid() % len(_TEST_PORTS)])[0]
    async with stage(folder, options, port=port, fast=True) as running:
        return await running.run(test(running, variant, _say))


async def _until_stopped(work: Coroutine[object, object, int]) -> int:
    """Return the exit code of some work, or end it when a signal asks for that."""
    task = asyncio.ensure_future(work)
    stopping = False

    def stop() -> None:
        # Once only: a second signal must not cut short what the first began.
        nonlocal stopping
        if not stopping:
            stopping = True
            _say("\nStopping")
            task.cancel()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop)
    try:
        return await task
    except asyncio.CancelledError:
        return 130


def _say(text: str) -> None:
    """Say how it goes; standard output is for results."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
