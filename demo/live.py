"""The demo itself: it goes on until it is stopped, and where it stopped."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .beside import set_targets
from .browser import installed_browser
from .config_folder import ROOT
from .heat_pump import HeatPump
from .home_assistant import PASSWORD, USERNAME
from .keepsake import Keepsake, locked, wipe
from .past_quarters import import_past_quarters
from .past_year import import_past_year, log_past_changes
from .pictures import take_pictures
from .processes import free_ports
from .report import report_for_ever
from .setup_flow import DOMAIN
from .simulators import ALL, ENTITIES, PLANTS
from .stage import Stage, stage
from .year import PLAN

FOLDER = ROOT / ".demo"
VARIANTS: Mapping[str, tuple[str, ...]] = {
    "brine": ("brine",),
    "air": ("air",),
    "both": ("brine", "air"),
    ENTITIES: (ENTITIES,),
    ALL: (ALL,),
}
_HOUSE_METER = "house meter"
_PROBES = "probes"
_EXPORT = "export"

_PORT = 8123
# So that counters of hours, starts and energy look lived in.
_HISTORY_DAYS = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What the user asked for."""

    variants: Sequence[str]
    fast: bool
    history: bool
    """Whether a heat pump that is set up gets its past year."""
    pictures: Path | None
    """Folder that takes pictures, after which the demo ends."""


async def show(options: Options, say: Callable[[str], None], *, reset: bool) -> None:
    """Run the demo in its own folder, afresh or from where it stopped."""
    if options.pictures is not None:
        # Before minutes go by.
        installed_browser()
    with locked(FOLDER):
        if reset:
            wipe(FOLDER)
        kept = Keepsake.load(FOLDER)
        kept.save(FOLDER)
        say("Starting the simulators and Home Assistant")
        async with stage(
            FOLDER,
            [*_simulator_options(kept), "--p1-directory", str(FOLDER / "p1")],
            port=free_ports(_PORT)[0],
            fast=options.fast,
        ) as running:
            await running.run(_show(running, kept, options, say))


async def _show(
    stage: Stage, kept: Keepsake, options: Options, say: Callable[[str], None]
) -> None:
    await stage.start()
    earlier = set(kept.entries)
    heat_pumps = await _heat_pumps(stage, kept, options.variants, say)
    say(f"\n  {stage.home_assistant.url}   login {USERNAME} / {PASSWORD}\n")
    new = [each for variant, each in heat_pumps.items() if variant not in earlier]
    for each in new if options.history else []:
        await import_past_year(stage, each.variant, each.entry_id, say)
        await log_past_changes(stage, each.variant, each.entry_id)
        if each.variant == ALL:
            await import_past_quarters(stage, kept.entries[_HOUSE_METER], each, say)
            await set_targets(stage, kept.entries[_PROBES])
    if options.pictures is None:
        await report_for_ever(list(heat_pumps.values()), stage.truth, say)
    else:
        heat_pump = heat_pumps[options.variants[0]]
        house_meter = kept.entries.get(_HOUSE_METER)
        await take_pictures(stage, heat_pump, house_meter, options.pictures, say)


async def _heat_pumps(
    stage: Stage, kept: Keepsake, variants: Sequence[str], say: Callable[[str], None]
) -> dict[str, HeatPump]:
    """Return the heat pumps asked for and those of earlier starts, by variant."""
    entries = await stage.home_assistant.entries(DOMAIN)
    there = {entry["entry_id"] for entry in entries}
    kept.entries = {
        variant: entry_id
        for variant, entry_id in kept.entries.items()
        if entry_id in there
    }
    for variant in variants:
        if variant not in kept.entries:
            say(f"Setting up the {variant} heat pump")
            kept.entries[variant] = await stage.add_heat_pump(variant)
    if ALL in variants and _HOUSE_METER not in kept.entries:
        say("Setting up house meter, probes and export")
        kept.entries[_HOUSE_METER] = await stage.add_house_meter()
        kept.entries[_PROBES] = await stage.add_probes()
        kept.entries[_EXPORT] = await stage.add_export()
    kept.save(stage.folder)
    return {
        variant: HeatPump(stage.home_assistant, variant, entry_id)
        for variant, entry_id in kept.entries.items()
        if variant in PLANTS
    }


def _simulator_options(kept: Keepsake) -> list[str]:
    # Both heat pumps are always there, so that a later start may set up the
    # other one too.
    options = ["--variant", "both", "--running"]
    options += ["--seed", str(kept.seed)]
    options += ["--start-epoch", str(kept.start_epoch_s)]
    options += ["--history-days", str(_HISTORY_DAYS)]
    options += [f"--changed={each.item}={each.by}" for each in PLAN]
    for name, port in kept.ports.items():
        options += [f"--port-{name}", str(port)]
    return options
