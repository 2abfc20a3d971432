"""What the two processes of a measurement tell each other."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
import json
from typing import Any, Self

from .loop import SlowCallback


class Household(StrEnum):
    """What is installed."""

    EMPTY = "empty"
    OURS = "ours"
    CORE = "core"
    HELPERS = "helpers"
    """Core with the helpers that an owner adds to it."""
    REQUESTS = "requests"
    """No Home Assistant: what no integration that polls can fall below."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeatPump:
    """Where the simulated heat pump is, and what its entry names."""

    variant: str
    viessmann_url: str
    client_id: str
    token: dict[str, Any]
    installation_id: int
    gateway_serial: str
    model: str
    shelly_host: str
    shelly_mac: str
    pushing_port: int
    """Where the Shelly speaks over a websocket, too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """What is to be measured."""

    household: Household
    folder: str
    """Of Home Assistant's configuration."""
    clock: str
    """The file of the clock."""
    seconds: float
    warm_up_s: float
    heat_pump: HeatPump
    ledger: str = ""
    """CSV file to import, in that folder; none if empty."""
    by_entity: bool = False
    profile: str = ""
    """File that takes the profile of the event loop; none if empty."""

    def as_json(self) -> str:
        """Return it as a line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Return what a line says."""
        values = json.loads(line)
        return cls(
            **values
            | {
                "household": Household(values["household"]),
                "heat_pump": HeatPump(**values["heat_pump"]),
            }
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class EntityRows:
    """What the recorder kept of one entity."""

    entity_id: str
    rows: int
    same_state: int
    """Rows whose state is that of the row before: only an attribute changed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a household cost while it was measured."""

    household: Household
    main_cpu_s: float
    recorder_cpu_s: float
    other_cpu_s: float
    """Of all other threads."""
    rows: dict[str, int]
    """Added to the database, by table."""
    written_bytes: int
    """By the process, through write calls."""
    to_disk_bytes: int
    """By the kernel for the process."""
    jumps: int
    forced_jumps: int
    requests: dict[str, int] = field(default_factory=dict)
    """Answered by the simulator."""
    slow: list[SlowCallback] = field(default_factory=list)
    entities: list[EntityRows] = field(default_factory=list)

    @property
    def cpu_s(self) -> float:
        """Return the CPU time of all threads."""
        return self.main_cpu_s + self.recorder_cpu_s + self.other_cpu_s

    @property
    def state_rows(self) -> int:
        """Return how many states were kept."""
        return self.rows.get("states", 0)

    @property
    def other_rows(self) -> int:
        """Return how many rows were added besides."""
        return sum(self.rows.values()) - self.state_rows

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Return what was sent."""
        return cls(
            **values
            | {
                "household": Household(values["household"]),
                "slow": [SlowCallback(**each) for each in values["slow"]],
                "entities": [EntityRows(**each) for each in values["entities"]],
            }
        )
