"""The smoke test: does the account agree with the truth, and is the log clean?"""

import asyncio
from collections.abc import Callable
import time

from . import log
from .beside import complaints_beside
from .comparison import INTERVALS_AT_LEAST, Comparison, Interval, compare, deviation
from .export import WAITS, complaints_of_export, refuse_for_a_while
from .heat_pump import HeatPump, Shown, last_interval
from .outcome import Outcome, kwh
from .simulators import ALL, ENTITIES, MEASURES_HEAT, Servers
from .stage import Stage

_PATIENCE_S = 180
# Intervals last five seconds here, so none is missed.
_LOOK_AGAIN_S = 1
# An interval may be closed between two looks.
_JAZ_OFF_AT_MOST = 0.01


async def smoke(stage: Stage, variant: str, say: Callable[[str], None]) -> Outcome:
    """Set one heat pump up, let it run for a while, and judge what was counted."""
    await stage.start()
    say("Home Assistant is up; setting the heat pump up")
    set_up = await stage.set_up_heat_pump(variant)
    heat_pump = HeatPump(stage.home_assistant, variant, set_up.entry_id)
    say(f"Waiting for {INTERVALS_AT_LEAST} intervals")
    export_id = await stage.add_export() if variant == ALL else None
    beside = await _complaints_in_outage(stage) if variant == ALL else []
    intervals: list[Interval] = []
    comparison, shown, complaints = await _watch(stage, heat_pump, intervals, say)
    complaints += beside
    if export_id is not None:
        complaints += await complaints_of_export(stage, export_id, intervals)
    servers = Servers(stage.session, stage.addresses.control_url)
    cloud_requests = await servers.cloud_requests()
    if variant == ENTITIES and cloud_requests:
        complaints.append(f"the cloud was asked {cloud_requests} times")
    records = log.complaints(stage.folder / "home-assistant.log")
    if export_id is not None:
        records, waits = log.split(records, WAITS)
        complaints += [] if waits else ["the export did not notice the outage"]
    figures = await _figures(stage, heat_pump, shown, comparison)
    return Outcome(
        figures={
            **figures,
            "set_up_steps": set_up.steps,
            "set_up_answers": set_up.answers,
            "set_up_s": round(set_up.seconds, 1),
            "cloud_requests": cloud_requests,
            "log_errors": len(records),
        },
        complaints=complaints + records,
    )


async def _complaints_in_outage(stage: Stage) -> list[str]:
    """Return what is off beside the heat pump, while the export's database fails."""
    beside, _ = await asyncio.gather(
        complaints_beside(stage), refuse_for_a_while(stage)
    )
    return beside


async def _watch(
    stage: Stage,
    heat_pump: HeatPump,
    intervals: list[Interval],
    say: Callable[[str], None],
) -> tuple[Comparison, Shown, list[str]]:
    """Compare the intervals that are closed until they are enough and agree."""
    deadline = time.monotonic() + _PATIENCE_S
    measured = heat_pump.variant in MEASURES_HEAT
    while True:
        await asyncio.sleep(_LOOK_AGAIN_S)
        interval = last_interval(await heat_pump.diagnostics())
        if interval is not None and interval not in intervals:
            intervals.append(interval)
            say(_line(interval))
        true = await stage.truth.of(heat_pump.variant, intervals)
        comparison = compare(intervals, true)
        shown = await heat_pump.shown()
        complaints = comparison.complaints(heat_is_measured=measured)
        complaints += _jaz_complaints(shown, comparison)
        if not complaints or time.monotonic() > deadline:
            return comparison, shown, complaints


def _jaz_complaints(shown: Shown, comparison: Comparison) -> list[str]:
    """Return what is off in the JAZ, which is of the very same intervals."""
    cop = comparison.counted.cop
    if shown.jaz is None or cop is None:
        return ["there is no JAZ"]
    complaints = deviation("JAZ", shown.jaz, cop, _JAZ_OFF_AT_MOST)
    if shown.jaz_state is not None:
        complaints.append(f"JAZ {shown.jaz_state} is shown after a few minutes")
    return complaints


async def _figures(
    stage: Stage, heat_pump: HeatPump, shown: Shown, comparison: Comparison
) -> dict[str, object]:
    diagnostics = await heat_pump.diagnostics()
    calls = diagnostics.get("budget")
    config = await stage.home_assistant.get("/api/config")
    return {
        "ha_version": config["version"],
        "entities": len(await heat_pump.entities()),
        "power_w": shown.power_w,
        "electricity_kwh": kwh(comparison.counted.electricity_wh),
        "heat_kwh": kwh(comparison.counted.heat_wh),
        "cop": _rounded(shown.cop),
        "jaz": _rounded(shown.jaz),
        "coverage": shown.coverage,
        "true_electricity_kwh": kwh(comparison.true.electricity_wh),
        "true_heat_kwh": kwh(comparison.true.heat_wh),
        "api_calls": calls["used_day"] if calls else 0,
    }


def _line(interval: Interval) -> str:
    return (
        f"{interval.end:%H:%M:%S} closed: {_wh(interval.electricity_wh)} in, "
        f"{_wh(interval.heat_wh)} out"
    )


def _wh(energy_wh: float | None) -> str:
    return "unknown" if energy_wh is None else f"{energy_wh:.2f} Wh"


def _rounded(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 3)
