"""Alarms about the sources: silent, frozen, contradicting, calls, sign-in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from ...time_units import DAY, HOUR
from .board import Cause, Condition
from .evidence import Evidence, SourceLife

SIGN_IN_NOTICE: Final = timedelta(days=14)
"""How long before its end a sign-in is to be renewed."""
_WITNESSES: Final = ("heat_pump", "meter")
# The slowest poll takes 15 min; a contradiction must last longer than this.
_PRESENT: Final = timedelta(minutes=20)


def silent_sources(evidence: Evidence) -> Mapping[str, Condition | None]:
    """Measure how long each source has said nothing, over what it may."""
    return {
        name: _silence(source, evidence)
        for name, source in evidence.surroundings.sources.items()
    }


def _silence(source: SourceLife, evidence: Evidence) -> Condition | None:
    limit, started_at = evidence.surroundings.silence, evidence.surroundings.started_at
    if source.last_at is None and evidence.now - started_at < limit:
        # Nobody listened before the start.
        return None
    silence = evidence.now - (source.last_at or started_at)
    causes: dict[str, Cause] = {"hours": silence / HOUR}
    if source.failure is not None:
        causes["reason"] = source.failure
    if source.name is not None:
        causes["name"] = source.name
    return Condition(silence / limit, causes)


def frozen_values(evidence: Evidence) -> Mapping[str, Condition]:
    """Measure which values of the heat pump stand still."""
    snapshot = evidence.snapshot
    return _lasting(
        all=snapshot.stale_since,
        supply=snapshot.supply_frozen_since,
        compressor=snapshot.compressor_frozen_since,
    )


def frozen_counters(evidence: Evidence) -> Mapping[str, Condition]:
    """Measure whether the unit's heat counters stand still."""
    return _lasting(heat=evidence.snapshot.heat_counters_frozen_since)


def contradictions(evidence: Evidence) -> Mapping[str, Condition] | None:
    """Measure whether meter and heat pump contradict each other.

    Not known while one of them is silent: its last word contradicts nobody.
    """
    snapshot, sources = evidence.snapshot, evidence.surroundings.sources
    if any(
        source.last_at is None or evidence.now - source.last_at > _PRESENT
        for name, source in sources.items()
        if name in _WITNESSES
    ):
        return None
    return _lasting(
        state=snapshot.contradiction_since, run_time=snapshot.run_time_disagrees_since
    )


def _lasting(**since: datetime | None) -> dict[str, Condition]:
    return {
        part: Condition(1.0, {"since": moment.isoformat()})
        for part, moment in since.items()
        if moment is not None
    }


def used_calls(evidence: Evidence) -> Mapping[str, Condition] | None:
    """Measure the share of the calls of 24 hours that is used."""
    calls, limit = evidence.surroundings.calls_day, evidence.surroundings.call_limit
    if not limit:
        return None
    return {
        "": Condition(calls / limit, {"calls": float(calls), "limit": float(limit)})
    }


def due_sign_in(evidence: Evidence) -> Mapping[str, Condition] | None:
    """Measure whether the sign-in may end soon."""
    if (due := evidence.surroundings.sign_in_due) is None:
        return None
    left = due - evidence.now
    level = 1.0 if left <= SIGN_IN_NOTICE else 0.0
    return {"": Condition(level, {"days": max(left / DAY, 0.0)})}
