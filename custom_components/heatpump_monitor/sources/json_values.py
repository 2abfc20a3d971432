"""Values out of JSON that somebody else wrote: the wanted type, or nothing."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
import math


def number(value: object) -> float | None:
    """Return a finite number; None for anything else, truth values included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None


def text(value: object) -> str | None:
    """Return a string that is not empty, or None."""
    return value if isinstance(value, str) and value else None


def mapping(value: object) -> Mapping[str, object]:
    """Return a JSON object; an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> Sequence[object]:
    """Return a JSON array; an empty one in place of anything else."""
    return value if isinstance(value, list) else ()


def utc_time(epoch_s: object) -> datetime | None:
    """Return a time in UTC from seconds, a number or its text, or None."""
    try:
        return datetime.fromtimestamp(float(str(epoch_s)), UTC)
    except OverflowError, OSError, ValueError:
        return None
