"""What a second start has to know of the first."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
import fcntl
import json
from pathlib import Path
import shutil
import time
from typing import Self

from .errors import DemoError
from .processes import free_ports, is_free

_SIMULATOR_PORTS = (
    "viessmann",
    "shelly-brine",
    "shelly-air",
    "p1",
    "thermoworks",
    "database",
    "control",
)
_FIRST_PORT = 8200
_FILE = "demo.json"
_LOCK = "demo.lock"


@dataclass(kw_only=True, slots=True)
class Keepsake:
    """The simulated world, and what was set up for it."""

    seed: int = 1
    start_epoch_s: float
    """When the history of the simulated plants ended: the first start."""
    ports: dict[str, int]
    """The simulators' ports, by name: the config entries remember them."""
    entries: dict[str, str] = field(default_factory=dict)
    """Ids of the config entries by the variant of the heat pump."""

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return what the last start in this folder left, or a new world.

        Raises:
            DemoError: Another program took one of its ports.
        """
        path = folder / _FILE
        if not path.exists():
            ports = free_ports(_FIRST_PORT, len(_SIMULATOR_PORTS))
            named = dict(zip(_SIMULATOR_PORTS, ports, strict=True))
            return cls(start_epoch_s=time.time(), ports=named)
        kept = cls(**json.loads(path.read_text(encoding="utf-8")))
        if taken := [port for port in kept.ports.values() if not is_free(port)]:
            raise DemoError(
                f"other programs use the ports {taken} of this demo; "
                "end them, or start afresh with --reset"
            )
        return kept

    def save(self, folder: Path) -> None:
        """Leave it for the next start."""
        text = json.dumps(asdict(self), indent=2)
        (folder / _FILE).write_text(text, encoding="utf-8")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep a second demo out of the folder.

    Raises:
        DemoError: One is there already.
    """
    folder.mkdir(exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoError(f"a demo is running in {folder.name}/ already") from None
        yield


def wipe(folder: Path) -> None:
    """Delete what earlier starts left in a locked folder."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != _LOCK:
            path.unlink()
