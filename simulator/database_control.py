"""Commands to the database that takes an export, and the points that it has."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import asdict
from typing import Final

from .commands import Command, number, set_fault
from .databases import DatabaseServer, Identity

DATABASE: Final = "database"


def apply_to_database(database: DatabaseServer, fault: str, command: Command) -> bool:
    """Switch a fault of the database; return whether it has such a fault."""
    on = bool(command.get("on", True))
    values: dict[str, Callable[[], object]] = {
        "status": lambda: int(number(command, "value", 503)) * on,
        "retry_after": lambda: str(command.get("value", "10")) if on else "",
        "slow_s": lambda: number(command, "value", 5.0) * on,
        "most_bytes": lambda: int(number(command, "value", 10_000)) * on,
        "redirect": lambda: (
            str(command.get("value", "https://127.0.0.1/")) if on else ""
        ),
    }
    value = values[fault]() if fault in values else on
    return set_fault(database.faults, fault, value)


def shown_database(database: DatabaseServer) -> dict[str, object]:
    """Return the faults of the database, what it was asked, and how much it has."""
    return {
        "faults": asdict(database.faults),
        "requests": dict(Counter(asked.path for asked in database.asked)),
        "points": len(database.store.points),
    }


def points_of(
    database: DatabaseServer, measurements: Collection[str]
) -> dict[str, object]:
    """Return the points of some measurements, of all if none is named.

    With them, which of these were written again with another value.
    """
    store = database.store
    points = [
        {**_shown(identity), "fields": fields}
        for identity, fields in store.points.items()
        if not measurements or identity.measurement in measurements
    ]
    changed = [
        _shown(identity)
        for identity in sorted(store.changed)
        if not measurements or identity.measurement in measurements
    ]
    return {"points": points, "changed": changed}


def _shown(identity: Identity) -> dict[str, object]:
    return {
        "measurement": identity.measurement,
        "tags": dict(identity.tags),
        "time_ms": identity.time_ms,
    }
