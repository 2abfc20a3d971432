"""What a test says to the process that exports, and what that answers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
import json
from typing import Final, Self

from benchmarks.export.home import Home

UNTIL: Final = "until"
DRAIN: Final = "drain"
END: Final = "end"
COMMITTED: Final = "committed"
REFUSED: Final = "refused"
"""The spool could not be written; the points of the cycle are kept for later."""
DRAINED: Final = "drained"
READY: Final = "ready"
"""With the id of the process."""
GONE: Final = "gone"


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """What is exported, and where."""

    folder: str
    """Of the spool."""
    kind: str
    """Of the target."""
    url: str
    access: Mapping[str, str]
    """What the target needs beside the URL."""
    home: str = "home"
    start: str
    """When the cycle 0 is, as an ISO text with a time zone."""
    seed: int
    first: int = 0
    """The number of the next cycle."""
    resend_s: float | None = None
    """None for what the target needs."""
    timeout_s: float
    """For how long an answer is waited for."""

    def as_json(self) -> str:
        """Return it as a line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Return what a line says."""
        return cls(**json.loads(line))

    def simulated(self) -> Home:
        """Return the home whose points are exported."""
        return Home(
            name=self.home, start=datetime.fromisoformat(self.start), seed=self.seed
        )
