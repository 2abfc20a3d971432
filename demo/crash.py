"""The crash test: Home Assistant is killed again and again, and nothing is lost."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from . import log
from .errors import DemoError
from .export import WAITS, complaints_after_kills, database_of
from .exported import Exported, Span
from .heat_pump import HeatPump
from .outcome import Outcome, kwh
from .setup_flow import DOMAIN
from .simulators import MEASURES_HEAT, Servers
from .spooled import committed_points
from .stage import Stage
from .standing import Passage, Standing

_PATIENCE_S = 180
_LOOK_AGAIN_S = 0.05
_INTERVALS_BEFORE = 3
_INTERVALS_AFTER = 2
# Intervals last five seconds here.
_MID_INTERVAL_S = 2.5
_IDLE_S = 20
_HEAT_OFF_AT_MOST = 0.03
# The rated power that modulation refers to holds at one operating point.
_SUPPOSED_HEAT_OFF_AT_MOST = 0.15


async def crash(stage: Stage, variant: str, say: Callable[[str], None]) -> Outcome:
    """Set one heat pump up, kill Home Assistant several times, and judge the account.

    Raises:
        DemoError: It did not come back, or takes too long.
    """
    await stage.start()
    say("Home Assistant is up; setting the heat pump up")
    entry_id = await stage.add_heat_pump(variant)
    await stage.add_export()
    heat_pump = HeatPump(stage.home_assistant, variant, entry_id)
    trial = Trial(stage, heat_pump, say)
    try:
        async with asyncio.timeout(_PATIENCE_S):
            before = await trial.intervals(_INTERVALS_BEFORE)
            await _crash_often(trial)
            after = await trial.intervals(_INTERVALS_AFTER)
    except TimeoutError:
        raise DemoError(f"the crashes took longer than {_PATIENCE_S} s") from None
    passage = await _passage(stage, variant, before, after)
    return await _outcome(trial, passage)


class Trial:
    """One heat pump whose Home Assistant is killed."""

    def __init__(
        self, stage: Stage, heat_pump: HeatPump, say: Callable[[str], None]
    ) -> None:
        """Nothing is killed yet."""
        self.stage = stage
        self.heat_pump = heat_pump
        self.kills = 0
        self.records: dict[str, None] = {}
        """What the logs of all runs say of this integration, in order."""
        self.committed: list[Exported] = []
        """What the export had on disk at each kill."""
        self.unsent = 0
        """How much of it was not in the database then."""
        self.downs: list[Span] = []
        """From each kill until Home Assistant was up again."""
        self._down_since: datetime | None = None
        self._say = say
        self._closed_until: datetime | None = None

    async def intervals(self, count: int) -> Standing:
        """Wait until so many intervals were closed; return the account then."""
        self._say(f"Waiting for {count} intervals")
        for _ in range(count - 1):
            await self.interval()
        return await self.interval()

    async def interval(self) -> Standing:
        """Wait until an interval is closed; return the account then."""
        while True:
            standing = Standing.from_diagnostics(await self.heat_pump.diagnostics())
            if standing and standing.closed_until != self._closed_until:
                self._closed_until = standing.closed_until
                return standing
            await asyncio.sleep(_LOOK_AGAIN_S)

    async def kill(self, moment: str) -> None:
        """Kill Home Assistant."""
        await self.stage.hass.kill()
        self._down_since = self._down_since or datetime.now(UTC)
        self._say(f"Killed {moment}")
        self.kills += 1
        await self._look_at_spool()
        self.read_log()

    async def restart(self) -> None:
        """Start Home Assistant again, and wait until it shows the account."""
        await self.stage.hass.start()
        await self.stage.start()
        await self.stage.home_assistant.wait_for_diagnostics(DOMAIN)
        if self._down_since is not None:
            self.downs.append(Span(self._down_since, datetime.now(UTC)))
            self._down_since = None

    async def refuse_writes(self, *, refusing: bool) -> None:
        """Have the export's database refuse what it is sent, or take it again."""
        servers = Servers(self.stage.session, self.stage.addresses.control_url)
        await servers.refuse_writes(refusing=refusing)

    async def kill_in_set_up(self) -> None:
        """Start Home Assistant again, and kill it while it waits for the cloud."""
        stage = self.stage
        servers = Servers(stage.session, stage.addresses.control_url)
        before = await servers.meter_requests(self.heat_pump.variant)
        await servers.silence_cloud(silent=True)
        await stage.hass.start()
        while await servers.meter_requests(self.heat_pump.variant) == before:
            await asyncio.sleep(_LOOK_AGAIN_S)
        await self.kill("while the heat pump was being set up")
        await servers.silence_cloud(silent=False)

    async def _look_at_spool(self) -> None:
        """Note what the killed export had on disk."""
        committed = committed_points(self.stage.folder)
        contents = await database_of(self.stage).contents()
        self.committed += committed
        self.unsent += len(contents.lacking(committed))

    def read_log(self) -> None:
        """Keep what the log says: it is gone with the start after the next."""
        path = self.stage.folder / "home-assistant.log"
        self.records |= dict.fromkeys(log.complaints(path))


async def _crash_often(trial: Trial) -> None:
    """Kill Home Assistant at moments that differ in what it had to lose."""
    await trial.kill("as an interval was just closed")
    await trial.restart()
    await trial.interval()
    # What is not sent has to survive the next two kills.
    await trial.refuse_writes(refusing=True)
    await asyncio.sleep(_MID_INTERVAL_S)
    await trial.kill("in the middle of an interval")
    await trial.kill_in_set_up()
    await trial.refuse_writes(refusing=False)
    await trial.restart()
    await trial.interval()
    await trial.kill(f"for {_IDLE_S} s")
    await asyncio.sleep(_IDLE_S)
    await trial.restart()


async def _passage(
    stage: Stage, variant: str, before: Standing, after: Standing
) -> Passage:
    """Return two standings with the truth about the time between."""
    closed, metered, closed_then, metered_then = await stage.truth.until(
        variant,
        [
            before.closed_until,
            before.metered_until,
            after.closed_until,
            after.metered_until,
        ],
    )
    return Passage(
        before=before,
        after=after,
        true=closed_then - closed,
        true_metered_wh=metered_then.electricity_wh - metered.electricity_wh,
    )


async def _outcome(trial: Trial, passage: Passage) -> Outcome:
    measured = trial.heat_pump.variant in MEASURES_HEAT
    complaints = passage.complaints(
        heat_off_at_most=_HEAT_OFF_AT_MOST if measured else _SUPPOSED_HEAT_OFF_AT_MOST
    )
    complaints += await complaints_after_kills(
        trial.stage, trial.heat_pump.variant, trial.downs, trial.committed, passage
    )
    trial.read_log()
    records, _ = log.split(trial.records, WAITS)
    config = await trial.stage.home_assistant.get("/api/config")
    figures = {
        "ha_version": config["version"],
        "kills": trial.kills,
        "seconds": round(passage.seconds, 3),
        "electricity_kwh": kwh(passage.total.electricity_wh),
        "true_electricity_kwh": kwh(passage.true_metered_wh),
        "paired_electricity_kwh": kwh(passage.paired.electricity_wh),
        "true_paired_electricity_kwh": kwh(passage.true.electricity_wh),
        "heat_kwh": kwh(passage.total.heat_wh),
        "true_heat_kwh": kwh(passage.true.heat_wh),
        "committed_points": len({each.identity for each in trial.committed}),
        "unsent_at_kills": trial.unsent,
        "log_errors": len(records),
    }
    return Outcome(figures=figures, complaints=[*complaints, *records])
