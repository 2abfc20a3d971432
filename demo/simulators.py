"""The simulators as the demo sees them: their addresses, and the truth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
import json
from typing import Any, Self

from aiohttp import ClientSession

from .comparison import Energies, Interval

ENTITIES = "entities"
"""The variant that is read from the entities of another integration."""
ALL = "all"
"""The variant with a house meter and temperature probes beside the heat pump."""
# The simulated heat pump of each variant.
PLANTS = {"brine": "brine", "air": "air", ENTITIES: "brine", ALL: "brine"}
PROBES_ACCOUNT = ("griller@example.com", "correct horse battery")
"""E-mail address and password at the simulated ThermoWorks cloud."""
# What the account calls each heat pump.
MODELS = {"brine": "CU401B_G", "air": "E3_Vitocal_16"}
# Of these the heat is measured: by the unit's flow and ΔT, or by a heat meter.
MEASURES_HEAT = frozenset({"air", ENTITIES})


@dataclass(frozen=True, kw_only=True, slots=True)
class Addresses:
    """Where the simulators listen."""

    viessmann_url: str
    client_id: str
    shellies: Mapping[str, str]
    """Address and port of the meter of each heat pump."""
    homewizards: Mapping[str, str]
    """The same of its HomeWizard."""
    thermoworks_url: str
    p1: Mapping[str, str]
    """Host, identifier and CA file of the P1 Meter at the grid connection."""
    database: Mapping[str, str]
    """URL, organisation, bucket and token of the InfluxDB 2 that takes an export."""
    control_url: str

    @classmethod
    def from_line(cls, line: bytes) -> Self:
        """Return the addresses as the simulators print them."""
        return cls(**json.loads(line))


class Truth:
    """What the integration has to find out, known to the simulators alone."""

    def __init__(self, session: ClientSession, control_url: str) -> None:
        """Remember where the truth is told."""
        self._session = session
        self._url = f"{control_url}/truth"

    async def of(self, variant: str, intervals: Sequence[Interval]) -> list[Energies]:
        """Return what flowed in each interval of one heat pump."""
        moments = sorted({moment for each in intervals for moment in _ends(each)})
        if not moments:
            return []
        known = dict(zip(moments, await self.until(variant, moments), strict=True))
        return [known[each.end] - known[each.start] for each in intervals]

    async def until(self, variant: str, moments: Sequence[datetime]) -> list[Energies]:
        """Return what one heat pump drew and gave until each of these moments."""
        query = [("at", str(moment.timestamp())) for moment in moments]
        async with self._session.get(self._url, params=query) as response:
            response.raise_for_status()
            truth: Mapping[str, Any] = await response.json()
        return [
            Energies(electricity_wh=at["electricity_wh"], heat_wh=at["heat_wh"])
            for at in truth[PLANTS[variant]]["at"]
        ]

    async def imported_until(self, moments: Sequence[datetime]) -> list[float]:
        """Return what the house drew from the grid until each moment, in Wh."""
        query = [("at", str(moment.timestamp())) for moment in moments]
        async with self._session.get(f"{self._url}/house", params=query) as response:
            response.raise_for_status()
            truth: Mapping[str, Any] = await response.json()
        return [float(each["import_wh"]) for each in truth["at"]]


class Servers:
    """The simulators' servers: what they were asked, and whether they answer."""

    def __init__(self, session: ClientSession, control_url: str) -> None:
        """Remember where they are controlled."""
        self._session = session
        self._url = f"{control_url}/control"

    async def meter_requests(self, variant: str) -> int:
        """Return how often the meter of a heat pump has answered so far."""
        return await self._requests(f"shelly-{variant}")

    async def cloud_requests(self) -> int:
        """Return how often the cloud was asked for anything so far."""
        return await self._requests("viessmann")

    async def _requests(self, server: str) -> int:
        async with self._session.get(self._url) as response:
            response.raise_for_status()
            servers: Mapping[str, Any] = await response.json()
        requests: Mapping[str, int] = servers[server]["requests"]
        return sum(requests.values())

    async def silence_cloud(self, *, silent: bool) -> None:
        """Have the cloud answer nothing that it is asked of a heat pump, or again."""
        await self.switch("viessmann", "timeout", on=silent)

    async def refuse_writes(self, *, refusing: bool) -> None:
        """Have the database answer 503 to all that it is sent, or take it again."""
        await self.switch("database", "status", on=refusing)

    async def press_button(self) -> None:
        """Press the button of the P1 Meter: it gives a token for 30 seconds."""
        await self.switch("p1", "button", on=True)

    async def switch(self, target: str, fault: str, *, on: bool) -> None:
        """Switch a fault of one of the servers on or off."""
        command = {"target": target, "fault": fault, "on": on}
        async with self._session.post(self._url, json=command) as response:
            response.raise_for_status()


def _ends(interval: Interval) -> tuple[datetime, datetime]:
    return interval.start, interval.end
