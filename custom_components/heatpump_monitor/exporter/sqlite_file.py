"""A SQLite file that one thread writes, with few bytes, and opens again by itself.

Power cuts: in WAL mode with synchronous=NORMAL the file stays consistent, and what
was committed since the last checkpoint may be rolled back (sqlite.org/pragma.html).
A checkpoint syncs the log, then the file (sqlite.org/wal.html), so that what came
before it is certainly on disk. A killed process loses nothing: what it committed is
in the system's cache. Checkpoints are ours alone, for few bytes on SD cards.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
import sqlite3
from typing import Any, Final

_PAGE_BYTES: Final = 1024
"""Chosen by what a day of two lines (513 bytes) every 10 s writes, all acknowledged.

512: 24 MB, 1024: 29 MB, 2048: 36 MB, 4096: 57 MB; in blocks of 4 KiB of the file
system, synced every 30 s: 39, 42, 52, 71 MB.
"""
_EMPTY_BYTES_TO_SHRINK: Final = 16_000_000
_DAMAGE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class DamagedError(Exception):
    """The file is not what it should be."""


class SqliteFile:
    """Tables in one file; after an error, the next access opens it again."""

    def __init__(
        self,
        path: Path,
        tables: Mapping[str, str],
        version: int,
        *,
        load: Callable[[], None],
        reopened: Callable[[], None],
    ) -> None:
        """Prepare; nothing is opened yet.

        Args:
            path: Of the file.
            tables: How each is made, by its name.
            version: Of these tables.
            load: Reads what must be known, each time that the file was opened; raises
                ValueError or TypeError if that cannot be understood.
            reopened: Called when the file was opened again after an error.
        """
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._tables = tables
        self._version = version
        self._load = load
        self._reopened = reopened
        self._connection: sqlite3.Connection | None = None
        self.size_bytes = 0
        """With its log."""

    @property
    def is_open(self) -> bool:
        """Return whether there is a connection."""
        return self._connection is not None

    @property
    def log_bytes(self) -> int:
        """Return the size of the log."""
        return _size(self._log)

    def open(self, now_ms: int) -> str | None:
        """Open the file; return the name under which a damaged one was set aside."""
        self.disconnect()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connect(check=True)
        except DamagedError:
            aside = self._set_aside(now_ms)
            self._connect(check=True)
            return aside
        return None

    def disconnect(self) -> None:
        """Close the file as it is."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def query(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows, so that no reader is left that blocks a checkpoint."""
        connection = self._connection or self._reconnect()
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.Error as err:
            if _needs_another_connection(err):
                self.disconnect()
            raise

    @contextmanager
    def transaction(self) -> Generator[sqlite3.Connection]:
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

    def checkpoint(self) -> None:
        """Sync all that was committed to the disk, and empty the log."""
        self.query("PRAGMA wal_checkpoint(TRUNCATE)")
        self._measure()

    def used_bytes(self) -> int:
        """Return the size of the file without its empty pages."""
        return self._pages("page_count") * _PAGE_BYTES - self._empty_bytes()

    def shrink(self) -> None:
        """Give empty pages back, if that means to write few others."""
        if self._empty_bytes() > max(_EMPTY_BYTES_TO_SHRINK, 3 * self.used_bytes()):
            self.query("VACUUM")
            self.checkpoint()

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
            self.query(f"PRAGMA {pragma}")
        if check:
            self._check()
        self._load()
        self._measure()

    def _check(self) -> None:
        """Raise `DamagedError` if the file is not what it should be."""
        ((version,),) = self.query("PRAGMA user_version")
        rows = self.query("SELECT name FROM sqlite_schema WHERE type = 'table'")
        tables = {name for (name,) in rows}
        if version == 0 and not tables:
            with self.transaction() as connection:
                for statement in self._tables.values():
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {self._version}")
        elif version != self._version:
            raise DamagedError(f"schema version {version}")
        elif tables != self._tables.keys():
            raise DamagedError("other tables")
        ((found,),) = self.query("PRAGMA quick_check(1)")
        if found != "ok":
            raise DamagedError(found)

    def _reconnect(self) -> sqlite3.Connection:
        """Open the file again after an error, and go on with what it holds."""
        try:
            connection = self._connect(check=False)
        except DamagedError as err:
            raise sqlite3.DatabaseError(str(err)) from err
        self._reopened()
        return connection

    def _empty_bytes(self) -> int:
        return self._pages("freelist_count") * _PAGE_BYTES

    def _pages(self, which: str) -> int:
        """Return a number of pages."""
        ((count,),) = self.query(f"PRAGMA {which}")
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
