"""What a killed export had committed to its disk."""

from collections.abc import Iterator
from pathlib import Path
import shutil
import sqlite3
import tempfile
import zlib

from simulator.databases.line_protocol import parse

from .exported import Exported


def committed_points(folder: Path) -> list[Exported]:
    """Return the points in the spools of a Home Assistant that does not run.

    Copies are read, so that its next start finds them as they were left.
    """
    with tempfile.TemporaryDirectory() as copies:
        for path in folder.glob("heatpump_monitor/export_*.db*"):
            shutil.copy(path, copies)
        return [
            Exported.of(parse(line))
            for path in Path(copies).glob("*.db")
            for line in _lines(path)
        ]


def _lines(path: Path) -> Iterator[str]:
    connection = sqlite3.connect(path)
    try:
        for (content,) in connection.execute("SELECT content FROM chunks"):
            yield from zlib.decompress(content).decode().splitlines()
    finally:
        connection.close()
