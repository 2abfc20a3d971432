"""The spool's SQLite file; used by the spool's thread alone.

Power cuts: in WAL mode with synchronous=NORMAL the file stays consistent, and what
was committed since the last checkpoint may be rolled back (sqlite.org/pragma.html).
A checkpoint syncs the log, then the file (sqlite.org/wal.html), so that what came
before it is certainly on disk. A killed process loses nothing: what it committed is
in the system's cache. Checkpoints are ours alone, for few bytes on SD cards.
"""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
import sqlite3
from typing import Any, Final
import zlib

from . import versions
from .chunks import Chunk, Chunks, State
from .point import Point
from .ranges import Range

_SCHEMA_VERSION: Final = 1
_SCHEMA: Final = (
    # `state` is what changed with the commit: no other page is written for it.
    """CREATE TABLE chunks (
        number INTEGER PRIMARY KEY, added_ms INTEGER, lines INTEGER,
        state TEXT, content BLOB
    )""",
    "CREATE TABLE state (id INTEGER PRIMARY KEY, text TEXT)",
    "CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
    versions.SCHEMA,
    f"PRAGMA user_version = {_SCHEMA_VERSION}",
)
_TABLES: Final = {"chunks", "state", "notes", "versions"}
_PAGE_BYTES: Final = 1024
"""Chosen by what a day of two lines (513 bytes) every 10 s writes, all acknowledged.

512: 24 MB, 1024: 29 MB, 2048: 36 MB, 4096: 57 MB; in blocks of 4 KiB of the file
system, synced every 30 s: 39, 42, 52, 71 MB.
"""
_MOST_LINES_OF_CHUNK: Final = 1_000
_MOST_LOG_BYTES: Final = 8_000_000
_EMPTY_BYTES_TO_SHRINK: Final = 16_000_000
_LINES_TO_DROP: Final = 500
_DAMAGE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class DamagedError(Exception):
    """The file is not what it should be."""


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
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._encode = encode
        self._replaces = replaces
        self._most_bytes = most_bytes
        self._connection: sqlite3.Connection | None = None
        self._saved_state = State()
        self._found = self.chunks = Chunks(State(), ())
        self._checkpoint_ms = 0
        self.notes: Mapping[str, str] = {}
        self.size_bytes = 0

    def open(self, now_ms: int) -> str | None:
        """Open the file; return the name under which a damaged one was set aside."""
        self.disconnect()
        self._checkpoint_ms = now_ms
        self._path.parent.mkdir(parents=True, exist_ok=True)
        aside = None
        try:
            self._connect(check=True)
        except DamagedError:
            aside = self._set_aside(now_ms)
            self._connect(check=True)
        self.chunks = self._found
        return aside

    def add(self, points: Sequence[Point], now_ms: int) -> int:
        """Commit points; return how many are new."""
        state = self.chunks.state()
        with self._transaction() as connection:
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
        if 0 <= waited_ms < checkpoint_ms and _size(self._log) < _MOST_LOG_BYTES:
            return
        too_old = self.chunks.oldest_unsent_until(drop_before_ms)
        self._delete([*self.chunks.acknowledged(with_recent=False), *too_old])
        self._drop_excess()
        self._checkpoint()
        self._shrink()
        self._checkpoint_ms = now_ms

    def keep(self, notes: Mapping[str, str]) -> None:
        """Keep short texts."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO notes VALUES (?, ?)", notes.items()
            )
        self.notes = {**self.notes, **notes}

    def close(self) -> None:
        """Save what is known of the chunks, checkpoint and close."""
        if self._connection is None:
            return
        try:
            self._delete([])
            self._checkpoint()
        finally:
            self.disconnect()

    def disconnect(self) -> None:
        """Close the file as it is."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _connect(self, *, check: bool) -> sqlite3.Connection:
        """Open the file and make its tables, if it is new."""
        connection = sqlite3.connect(self._path, timeout=1, isolation_level=None)
        self._connection = connection
        try:
            self._prepare(check=check)
        except BaseException as err:
            self.disconnect()
            if _is_damage(err):
                raise DamagedError(str(err)) from err
            raise
        return connection

    def _prepare(self, *, check: bool) -> None:
        """Set how the file is written, look at it, and read what is small."""
        for pragma in (
            f"page_size = {_PAGE_BYTES}",
            # Nobody else reads it: without a third file for shared memory.
            "locking_mode = EXCLUSIVE",
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "wal_autocheckpoint = 0",
            "secure_delete = OFF",
        ):
            self._query(f"PRAGMA {pragma}")
        if check:
            self._check()
        self.notes = dict(self._query("SELECT key, value FROM notes"))
        self._saved_state = self._read_state()
        self._found = self._read_chunks()
        self._measure()

    def _check(self) -> None:
        """Raise `DamagedError` if the file is not what it should be."""
        ((version,),) = self._query("PRAGMA user_version")
        tables = {
            name
            for (name,) in self._query(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
            )
        }
        if version == 0 and not tables:
            with self._transaction() as connection:
                for statement in _SCHEMA:
                    connection.execute(statement)
        elif version != _SCHEMA_VERSION:
            raise DamagedError(f"schema version {version}")
        elif tables != _TABLES:
            raise DamagedError("other tables")
        ((found,),) = self._query("PRAGMA quick_check(1)")
        if found != "ok":
            raise DamagedError(found)

    def _read_state(self) -> State:
        """Return what was last saved: with the chunks, or by itself."""
        saved = self._query("SELECT text FROM state")
        state = State.decode(saved[0][0]) if saved else State()
        newer = self._query(
            "SELECT state FROM chunks WHERE number > ? AND state IS NOT NULL"
            " ORDER BY number DESC LIMIT 1",
            (state.newest,),
        )
        return State.decode(newer[0][0]) if newer else state

    def _read_chunks(self) -> Chunks:
        """Return what is known of the chunks on the disk."""
        rows = self._query("SELECT number, added_ms, lines FROM chunks ORDER BY number")
        return Chunks(
            self._saved_state,
            (
                Chunk(number=number, added_ms=added_ms, lines=lines)
                for number, added_ms, lines in rows
            ),
        )

    def _reconnect(self) -> sqlite3.Connection:
        """Open the file again after an error, and go on with what it holds."""
        try:
            connection = self._connect(check=False)
        except DamagedError as err:
            raise sqlite3.DatabaseError(str(err)) from err
        self.chunks.replace_by(self._found)
        return connection

    def _query(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows, so that no reader is left that blocks a checkpoint."""
        connection = self._connection or self._reconnect()
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.Error as err:
            if _needs_another_connection(err):
                self.disconnect()
            raise

    @contextmanager
    def _transaction(self) -> Generator[sqlite3.Connection]:
        """Commit what is done, or nothing of it."""
        connection = self._connection or self._reconnect()
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException as err:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            if _needs_another_connection(err) or connection.in_transaction:
                self.disconnect()
            raise
        self._measure()

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
        rows = self._query(
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
        with self._transaction() as connection:
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
        if _size(self._log) >= _MOST_LOG_BYTES:
            self._checkpoint()
        self._drop_excess()

    def _drop_excess(self) -> None:
        """Delete what exceeds the size: what was acknowledged, then the oldest."""
        for with_recent in False, True:
            if self._used_bytes() > self._most_bytes:
                self._delete(self.chunks.acknowledged(with_recent=with_recent))
        while self._used_bytes() > self._most_bytes:
            oldest = self.chunks.next_unsent(0, self.chunks.newest, _LINES_TO_DROP)
            if oldest is None:
                return
            self._delete([oldest])

    def _checkpoint(self) -> None:
        """Sync all that was committed to the disk, and empty the log."""
        self._query("PRAGMA wal_checkpoint(TRUNCATE)")
        self._measure()

    def _shrink(self) -> None:
        """Give empty pages back, if that means to write few others."""
        empty = self._pages("freelist_count") * _PAGE_BYTES
        if empty > max(_EMPTY_BYTES_TO_SHRINK, 3 * self._used_bytes()):
            self._query("VACUUM")
            self._checkpoint()

    def _used_bytes(self) -> int:
        """Return the size of the file without its empty pages."""
        pages = self._pages("page_count") - self._pages("freelist_count")
        return pages * _PAGE_BYTES

    def _pages(self, which: str) -> int:
        """Return a number of pages."""
        ((count,),) = self._query(f"PRAGMA {which}")
        return int(count)

    def _measure(self) -> None:
        """Look how large the files are."""
        self.size_bytes = _size(self._path) + _size(self._log)

    def _set_aside(self, now_ms: int) -> str:
        """Rename the file and its log; return the new name."""
        moment = datetime.fromtimestamp(now_ms / 1000, UTC)
        name = f"{self._path.name}.damaged.{moment:%Y%m%dT%H%M%SZ}"
        for suffix in "-wal", "-shm", "":
            with suppress(FileNotFoundError):
                self._path.with_name(f"{self._path.name}{suffix}").rename(
                    self._path.with_name(f"{name}{suffix}")
                )
        return name


def _packed(lines: Sequence[str]) -> bytes:
    """Return lines as they are kept."""
    return zlib.compress("\n".join(lines).encode(), 6)


def _unpacked(content: bytes) -> list[str]:
    """Return kept lines, none if they are damaged."""
    try:
        return zlib.decompress(content).decode().split("\n")
    except zlib.error, TypeError, UnicodeDecodeError:
        return []


def _size(path: Path) -> int:
    """Return the size of a file, 0 if it cannot be seen."""
    try:
        return path.stat().st_size
    except OSError:
        # Gone, or out of reach: a commit must not seem to have failed by this.
        return 0


def _code(err: sqlite3.Error) -> int | None:
    """Return SQLite's number of an error, None if it is of Python's module."""
    code: int | None = getattr(err, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _is_damage(err: BaseException) -> bool:
    """Return whether an error at opening means that the content is wrong."""
    if isinstance(err, sqlite3.Error):
        return _code(err) in _DAMAGE
    return isinstance(err, (DamagedError, ValueError, TypeError))


def _needs_another_connection(err: BaseException) -> bool:
    """Return whether an open file may be stale: not if the disk is only full."""
    return isinstance(err, sqlite3.Error) and _code(err) != sqlite3.SQLITE_FULL
