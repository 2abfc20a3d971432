"""A clock that stands still, shared by two processes and moved by one of them."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
import mmap
from pathlib import Path
import struct
import sys
import time
from typing import Final

START_S: Final = 1_768_431_600.0
"""2026-01-15 00:00 in Berlin, in seconds since the epoch."""
_PAGE_BYTES: Final = 4096
_ELAPSED: Final = struct.Struct("d")
# An event loop compares times with a resolution of 1 ns, which needs small numbers.
_MONOTONIC_S: Final = 1000.0


class SharedClock:
    """Seconds since the start, in a file that both processes map into memory."""

    def __init__(self, path: Path) -> None:
        """Map the file, which is made if it is not there."""
        if not path.exists():
            path.write_bytes(bytes(_PAGE_BYTES))
        with path.open("r+b") as file:
            self._page = mmap.mmap(file.fileno(), _PAGE_BYTES)

    @property
    def elapsed_s(self) -> float:
        """Return the seconds since the start."""
        elapsed_s: float = _ELAPSED.unpack_from(self._page)[0]
        return elapsed_s

    def now(self) -> float:
        """Return seconds since the epoch."""
        return START_S + self.elapsed_s

    def set(self, elapsed_s: float) -> None:
        """Move the clock for both processes."""
        _ELAPSED.pack_into(self._page, 0, elapsed_s)


class ProcessClock:
    """The time of this process: Home Assistant knows no other."""

    def __init__(self, shared: SharedClock) -> None:
        """Start at the shared time."""
        self._shared = shared
        self.elapsed_s = shared.elapsed_s

    def time(self) -> float:
        """Return seconds since the epoch."""
        return START_S + self.elapsed_s

    def monotonic(self) -> float:
        """Return the time of event loops, in seconds."""
        return _MONOTONIC_S + self.elapsed_s

    def advance(self, seconds: float) -> None:
        """Jump ahead, in this process and for the simulator."""
        self.elapsed_s += seconds
        self._shared.set(self.elapsed_s)

    def install(self) -> None:
        """Replace the time of this process.

        Raises:
            RuntimeError: Home Assistant was imported before and knows the real time.
        """
        if "homeassistant" in sys.modules:
            raise RuntimeError("the clock must be installed before Home Assistant")
        time.time = self.time
        time.monotonic = self.monotonic
        _replace_datetimes(self.time)


def _replace_datetimes(now_s: Callable[[], float]) -> None:
    from PyViCare.PyViCareUtils import ViCareTimer

    from homeassistant.util import dt as dt_util

    def utcnow() -> datetime:
        return datetime.fromtimestamp(now_s(), UTC)

    def now(time_zone: tzinfo | None = None) -> datetime:
        return datetime.fromtimestamp(now_s(), time_zone or dt_util.DEFAULT_TIME_ZONE)

    replaced = {id(dt_util.utcnow): utcnow, id(dt_util.now): now}
    modules = [name for name in sys.modules if name.startswith("homeassistant")]
    for name in modules:
        module = sys.modules[name]
        for attribute, value in list(vars(module).items()):
            if id(value) in replaced:
                setattr(module, attribute, replaced[id(value)])
    ViCareTimer.now = lambda _: datetime.fromtimestamp(now_s())
