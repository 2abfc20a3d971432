"""What was last sent of points that may change."""

from collections.abc import Callable
from hashlib import blake2b
import sqlite3
from typing import Final

from .point import Point

SCHEMA: Final = """
CREATE TABLE versions (
    series INTEGER, time_ms INTEGER, digest INTEGER, corrections INTEGER,
    PRIMARY KEY (series, time_ms)
) WITHOUT ROWID
"""


def _digest(value: object) -> int:
    """Return 64 bits that stand for a value, as SQLite keeps an integer."""
    digest = blake2b(repr(value).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def changed_line(
    connection: sqlite3.Connection,
    point: Point,
    encode: Callable[[Point], str],
    *,
    replaces: bool,
) -> str | None:
    """Return the line of a new or changed point and note it; None if unchanged."""
    key = (
        _digest((point.measurement, sorted(point.tags.items()))),
        round(point.time.timestamp() * 1000),
    )
    digest = _digest(sorted(point.fields.items()))
    known: tuple[int, int] | None = connection.execute(
        "SELECT digest, corrections FROM versions WHERE series = ? AND time_ms = ?",
        key,
    ).fetchone()
    if known and known[0] == digest:
        return None
    corrections = known[1] + 1 if known else 0
    connection.execute(
        "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?)",
        (*key, digest, corrections),
    )
    return encode(point if replaces else point.after(corrections))
