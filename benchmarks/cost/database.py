"""What Home Assistant's recorder has written."""

from contextlib import closing
from pathlib import Path
import sqlite3
from typing import Final

from .job import EntityRows

_SAME_STATE: Final = """
    SELECT meta.entity_id,
           COUNT(*) AS kept,
           SUM(states.state IS previous.state)
    FROM states
    JOIN states_meta AS meta ON meta.metadata_id = states.metadata_id
    LEFT JOIN states AS previous ON previous.state_id = states.old_state_id
    WHERE states.state_id > ?
    GROUP BY meta.entity_id
    ORDER BY kept DESC, meta.entity_id
"""


def row_counts(path: Path) -> dict[str, int]:
    """Return how many rows each table has."""
    with closing(_opened(path)) as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        return {
            name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in tables
        }


def last_state_id(path: Path) -> int:
    """Return the id of the newest state, 0 without one."""
    with closing(_opened(path)) as database:
        newest = database.execute("SELECT MAX(state_id) FROM states").fetchone()[0]
        return int(newest or 0)


def entity_rows(path: Path, after_id: int) -> list[EntityRows]:
    """Return what was kept of each entity after a state, the most rows first."""
    with closing(_opened(path)) as database:
        return [
            EntityRows(entity_id=entity_id, rows=rows, same_state=same or 0)
            for entity_id, rows, same in database.execute(_SAME_STATE, (after_id,))
        ]


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)
