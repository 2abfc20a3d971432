"""The chunks of a spool in a SQLite file; used by the spool's thread alone."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
import sqlite3
from typing import Final
import zlib

from . import versions
from .chunks import Chunk, Chunks, State
from .point import Point
from .ranges import Range
from .sqlite_file import SqliteFile

_VERSION: Final = 1
_TABLES: Final = {
    # `state` is what changed with the commit: no other page is written for it.
    "chunks": """CREATE TABLE chunks (
        number INTEGER PRIMARY KEY, added_ms INTEGER, lines INTEGER,
        state TEXT, content BLOB
    )""",
    "state": "CREATE TABLE state (id INTEGER PRIMARY KEY, text TEXT)",
    "notes": "CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
    "versions": versions.SCHEMA,
}
_MOST_LINES_OF_CHUNK: Final = 1_000
_MOST_LOG_BYTES: Final = 8_000_000
_LINES_TO_DROP: Final = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """Lines that were read from the file."""

    chunks: Range
    added_ms: int
    """Of the first chunk."""
    lines: Sequence[str]


class SpoolFile:
    """Keeps chunks, and what is known of them, in one SQLite file."""

    def __init__(
        self,
        path: Path,
        encode: Callable[[Point], str],
        *,
        replaces: bool,
        most_bytes: int,
    ) -> None:
        """Prepare; nothing is opened yet."""
        self._file = SqliteFile(
            path, _TABLES, _VERSION, load=self._load, reopened=self._go_on
        )
        self._encode = encode
        self._replaces = replaces
        self._most_bytes = most_bytes
        self._saved_state = State()
        self._found = self.chunks = Chunks(State(), ())
        self._checkpoint_ms = 0
        self.notes: Mapping[str, str] = {}

    @property
    def size_bytes(self) -> int:
        """Return the size of the file and its log."""
        return self._file.size_bytes

    def open(self, now_ms: int) -> str | None:
        """Open the file; return the name under which a damaged one was set aside."""
        self._checkpoint_ms = now_ms
        aside = self._file.open(now_ms)
        self.chunks = self._found
        return aside

    def add(self, points: Sequence[Point], now_ms: int) -> int:
        """Commit points; return how many are new."""
        state = self.chunks.state()
        with self._file.transaction() as connection:
            lines = list(dict.fromkeys(self._lines(connection, points)))
            rows = [
                lines[begin : begin + _MOST_LINES_OF_CHUNK]
                for begin in range(0, len(lines), _MOST_LINES_OF_CHUNK)
            ]
            added = [
                Chunk(number=number, added_ms=now_ms, lines=len(row))
                for number, row in enumerate(rows, self.chunks.newest + 1)
            ]
            text = None if state == self._saved_state else state.encode()
            connection.executemany(
                "INSERT INTO chunks VALUES (?, ?, ?, ?, ?)",
                [
                    (chunk.number, now_ms, chunk.lines, text, _packed(row))
                    for chunk, row in zip(added, rows, strict=True)
                ],
            )
        if added:
            self._saved_state = state
            self.chunks.append(added)
        # It is committed: what fails from here on is seen at the next upkeep.
        with suppress(sqlite3.Error):
            self._keep_within_limits()
        return len(lines)

    def read(self, after: int, until: int, most_lines: int) -> Read | None:
        """Return the oldest unsent lines of the chunks in between, None if none."""
        while found := self.chunks.next_unsent(after, until, most_lines):
            added_ms = self.chunks.added_ms(found[0])
            if lines := self._read_lines(found):
                return Read(chunks=found, added_ms=added_ms, lines=lines)
        return None

    def upkeep(self, now_ms: int, *, drop_before_ms: int, checkpoint_ms: int) -> None:
        """Delete what is settled or too old and checkpoint, if it is time for it."""
        waited_ms = now_ms - self._checkpoint_ms
        if 0 <= waited_ms < checkpoint_ms and self._file.log_bytes < _MOST_LOG_BYTES:
            return
        too_old = self.chunks.oldest_unsent_until(drop_before_ms)
        self._delete([*self.chunks.acknowledged(with_recent=False), *too_old])
        self._drop_excess()
        self._file.checkpoint()
        self._file.shrink()
        self._checkpoint_ms = now_ms

    def keep(self, notes: Mapping[str, str]) -> None:
        """Keep short texts."""
        with self._file.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO notes VALUES (?, ?)", notes.items()
            )
        self.notes = {**self.notes, **notes}

    def close(self) -> None:
        """Save what is known of the chunks, checkpoint and close."""
        if not self._file.is_open:
            return
        try:
            self._delete([])
            self._file.checkpoint()
        finally:
            self._file.disconnect()

    def _load(self) -> None:
        """Read what is small."""
        self.notes = dict(self._file.query("SELECT key, value FROM notes"))
        self._saved_state = self._read_state()
        self._found = self._read_chunks()

    def _go_on(self) -> None:
        """Go on with what the file holds after an error."""
        self.chunks.replace_by(self._found)

    def _read_state(self) -> State:
        """Return what was last saved: with the chunks, or by itself."""
        saved = self._file.query("SELECT text FROM state")
        state = State.decode(saved[0][0]) if saved else State()
        newer = self._file.query(
            "SELECT state FROM chunks WHERE number > ? AND state IS NOT NULL"
            " ORDER BY number DESC LIMIT 1",
            (state.newest,),
        )
        return State.decode(newer[0][0]) if newer else state

    def _read_chunks(self) -> Chunks:
        """Return what is known of the chunks on the disk."""
        rows = self._file.query(
            "SELECT number, added_ms, lines FROM chunks ORDER BY number"
        )
        return Chunks(
            self._saved_state,
            (
                Chunk(number=number, added_ms=added_ms, lines=lines)
                for number, added_ms, lines in rows
            ),
        )

    def _lines(
        self, connection: sqlite3.Connection, points: Iterable[Point]
    ) -> Generator[str]:
        """Return the lines of the points that are new or have changed."""
        for point in points:
            if not point.may_change:
                yield self._encode(point)
            elif line := versions.changed_line(
                connection, point, self._encode, replaces=self._replaces
            ):
                yield line

    def _read_lines(self, chunks: Range) -> list[str]:
        """Return the lines of chunks; what cannot be read is dropped."""
        rows = self._file.query(
            "SELECT number, content FROM chunks WHERE number BETWEEN ? AND ?"
            " ORDER BY number",
            chunks,
        )
        readable = {number: _unpacked(content) for number, content in rows}
        for number in range(chunks[0], chunks[1] + 1):
            if not readable.get(number):
                self.chunks.give_up(number)
        return [line for lines in readable.values() for line in lines]

    def _delete(self, ranges: Sequence[Range]) -> None:
        """Delete chunks, and save what is known of the others."""
        state = self.chunks.state(without=ranges)
        if not ranges and state == self._saved_state:
            return
        with self._file.transaction() as connection:
            connection.executemany(
                "DELETE FROM chunks WHERE number BETWEEN ? AND ?", ranges
            )
            connection.execute(
                "INSERT OR REPLACE INTO state VALUES (0, ?)", (state.encode(),)
            )
        self.chunks.delete(ranges)
        self._saved_state = state

    def _keep_within_limits(self) -> None:
        """Shorten the log if it is long, and the file if it holds too much."""
        if self._file.log_bytes >= _MOST_LOG_BYTES:
            self._file.checkpoint()
        self._drop_excess()

    def _drop_excess(self) -> None:
        """Delete what exceeds the size: what was acknowledged, then the oldest."""
        for with_recent in False, True:
            if self._file.used_bytes() > self._most_bytes:
                self._delete(self.chunks.acknowledged(with_recent=with_recent))
        while self._file.used_bytes() > self._most_bytes:
            oldest = self.chunks.next_unsent(0, self.chunks.newest, _LINES_TO_DROP)
            if oldest is None:
                return
            self._delete([oldest])


def _packed(lines: Sequence[str]) -> bytes:
    """Return lines as they are kept."""
    return zlib.compress("\n".join(lines).encode(), 6)


def _unpacked(content: bytes) -> list[str]:
    """Return kept lines, none if they are damaged."""
    try:
        return zlib.decompress(content).decode().split("\n")
    except zlib.error, TypeError, UnicodeDecodeError:
        return []
