"""The file of lines that a database refused, for whoever wants to know why."""

from collections.abc import Mapping
from datetime import datetime
import json
import os
from pathlib import Path
from typing import Final

_MOST_BYTES: Final = 10_000_000
_MOST_REASON: Final = 500
"""Characters of a reason that are kept."""


class RejectedLines:
    """Keeps refused lines with their reasons, one JSON object each.

    When the file is full it replaces the one before it, whose name ends with ".1".
    """

    def __init__(self, path: Path) -> None:
        """Prepare; nothing is opened yet."""
        self._path = path

    def append(self, reasons: Mapping[str, str], at: datetime) -> None:
        """Write lines by their reasons, in a thread; they are on disk on return.

        Raises OSError, and the file is as it was before.
        """
        content = b"".join(
            _encoded(line, reason, at) for line, reason in reasons.items()
        )
        self._make_room(len(content))
        with self._path.open("a+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            try:
                # What a power cut left of a line must not spoil the next one.
                rest = content if _ends_line(file.fileno(), size) else b"\n" + content
                while rest:
                    rest = rest[file.write(rest) :]
                os.fsync(file.fileno())
            except OSError:
                file.truncate(size)
                raise

    def _make_room(self, more_bytes: int) -> None:
        if self._path.exists() and self._path.stat().st_size + more_bytes > _MOST_BYTES:
            self._path.replace(self._path.with_name(f"{self._path.name}.1"))


def _encoded(line: str, reason: str, at: datetime) -> bytes:
    kept = {"at": at.isoformat(), "reason": reason[:_MOST_REASON], "line": line}
    return json.dumps(kept, ensure_ascii=False).encode() + b"\n"


def _ends_line(descriptor: int, size: int) -> bool:
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
