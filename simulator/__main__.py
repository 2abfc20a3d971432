"""Runs the simulator from the command line."""

import argparse
from argparse import ArgumentTypeError
import asyncio
from collections.abc import Sequence
from dataclasses import fields
import json
from pathlib import Path
import signal
from typing import Final

from .faults import Messages
from .house import Equipment
from .physics import Preset
from .shelly import MeterKind
from .state import PlannedChange, Settings, Variant
from .viessmann import CLIENT_ID, Limits
from .world import Ports, Simulator

_VARIANTS: Final = {
    "brine": (Variant.BRINE,),
    "air": (Variant.AIR,),
    "both": (Variant.BRINE, Variant.AIR),
}
_PORTS: Final = (
    "viessmann",
    *("shelly-brine", "shelly-air"),
    *("homewizard-brine", "homewizard-air", "p1"),
    "thermoworks",
    "database",
    "control",
)
_ENDINGS: Final = (signal.SIGINT, signal.SIGTERM)
_LONGEST_FAST_DELAY_S: Final = 5.0
_NO_LIMITS: Final = Limits(day=1_000_000, ten_minutes=1_000_000)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until SIGINT or SIGTERM."""
    asyncio.run(serve(arguments))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="Simulated heat pumps behind a Viessmann cloud, each with a Shelly "
        "and a HomeWizard kWh Meter, a P1 Meter for the house, a cloud of probes and "
        "an InfluxDB 2 for an export, on 127.0.0.1. Prints one line of JSON with all "
        "addresses when ready.",
    )
    parser.add_argument(
        "--variant", choices=_VARIANTS, default="air", help="which heat pumps"
    )
    parser.add_argument(
        "--preset",
        type=Preset,
        choices=Preset,
        default=Preset.USUAL,
        help="what is unusual about them",
    )
    parser.add_argument(
        "--meter-kind",
        type=MeterKind,
        choices=MeterKind,
        default=MeterKind.EM,
        help="which Shelly measures them; em and em1 are the profiles of a Pro 3EM",
    )
    parser.add_argument(
        "--changed",
        type=_changed,
        action="append",
        default=[],
        metavar="ITEM=BY",
        help="a setting that the owner has changed long ago: "
        + ", ".join(field.name for field in fields(Settings)),
    )
    parser.add_argument("--seed", type=int, default=1, help="weather and habits")
    parser.add_argument(
        "--history-days",
        type=float,
        default=0.0,
        metavar="DAYS",
        help="what the plants have lived through at the start",
    )
    parser.add_argument(
        "--start-epoch",
        type=float,
        metavar="SECONDS",
        help="when that history ends (default: now); "
        "the same start and seed go on with the same plants",
    )
    parser.add_argument(
        "--running", action="store_true", help="have the compressor heat at the start"
    )
    parser.add_argument(
        "--fast",
        action="store_true",
        help="lift the cloud's limits on calls and move the meters' counters all "
        "the time, for polling every few seconds",
    )
    parser.add_argument(
        "--delay",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help="let each value reach the cloud by a message of its own that takes up to "
        "this long; at most 5 with --fast",
    )
    parser.add_argument(
        "--one-installation",
        action="store_true",
        help="put both heat pumps into one installation, with a gateway each",
    )
    parser.add_argument(
        "--car-kw",
        type=float,
        default=0.0,
        metavar="KW",
        help="what a car draws that is charged in the evening (default: no car)",
    )
    parser.add_argument(
        "--p1-directory",
        type=Path,
        metavar="DIRECTORY",
        help="where the P1 Meter keeps its certificate authority and its users, so "
        "that a token outlasts the simulator (default: a temporary one)",
    )
    for name in _PORTS:
        parser.add_argument(
            f"--port-{name}",
            type=int,
            default=0,
            metavar="PORT",
            help="default: any free port",
        )
    return parser


def _changed(text: str) -> PlannedChange:
    item, _, by = text.partition("=")
    if item not in {field.name for field in fields(Settings)}:
        raise ArgumentTypeError(f"no setting {item!r}")
    return PlannedChange(epoch_s=0.0, item=item, by=float(by))


async def serve(arguments: Sequence[str] | None = None) -> None:
    """Serve until SIGINT or SIGTERM; print the addresses when ready."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.fast and options.delay > _LONGEST_FAST_DELAY_S:
        parser.error("--fast allows a --delay of 5 seconds at most")
    simulator = _simulator(options)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _ENDINGS:
        loop.add_signal_handler(number, stop.set)
    try:
        async with simulator:
            print(json.dumps(_addresses(simulator)), flush=True)
            await stop.wait()
    finally:
        for number in _ENDINGS:
            loop.remove_signal_handler(number)


def _simulator(options: argparse.Namespace) -> Simulator:
    simulator = Simulator(
        _VARIANTS[options.variant],
        seed=options.seed,
        history_days=options.history_days,
        start_epoch_s=options.start_epoch,
        running=options.running,
        preset=options.preset,
        plan=options.changed,
        live_counters=options.fast,
        meter_kind=options.meter_kind,
        limits=_NO_LIMITS if options.fast else None,
        one_installation=options.one_installation,
        equipment=Equipment(ev_w=options.car_kw * 1000),
        p1_directory=options.p1_directory,
        ports=Ports(
            viessmann=options.port_viessmann,
            shelly_brine=options.port_shelly_brine,
            shelly_air=options.port_shelly_air,
            homewizard_brine=options.port_homewizard_brine,
            homewizard_air=options.port_homewizard_air,
            thermoworks=options.port_thermoworks,
            p1=options.port_p1,
            database=options.port_database,
            control=options.port_control,
        ),
    )
    if options.delay > 0:
        simulator.viessmann.faults.messages = Messages(max_delay_s=options.delay)
    return simulator


def _addresses(simulator: Simulator) -> dict[str, object]:
    return {
        "viessmann_url": simulator.viessmann_url,
        "client_id": CLIENT_ID,
        "shellies": {
            str(variant): shelly.host for variant, shelly in simulator.shellies.items()
        },
        "homewizards": {
            str(variant): homewizard.host
            for variant, homewizard in simulator.homewizards.items()
        },
        "thermoworks_url": simulator.thermoworks_url,
        "p1": {
            "host": simulator.p1.host,
            "identifier": simulator.p1.identifier,
            "ca_file": str(simulator.p1.ca_file),
        },
        "database": {
            "url": simulator.database_url,
            "org": simulator.database.org,
            "bucket": simulator.database.bucket,
            "token": simulator.database.token,
        },
        "control_url": simulator.control_url,
    }


if __name__ == "__main__":
    main()
