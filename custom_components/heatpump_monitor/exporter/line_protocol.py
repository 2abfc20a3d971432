"""Write points in InfluxDB's line protocol, always the same for the same point."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import isfinite
import re
from typing import Final

from .point import Point

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_MICROSECONDS: Final = 1000
"""In a millisecond."""
# A backslash before a comma or at the end means something else in each database, and
# a line break ends the line in all of them: neither can be escaped.
_UNWRITABLE: Final = str.maketrans(
    {
        "\\": "/",
        **dict.fromkeys(map(chr, [*range(0x20), 0x7F, 0x85, 0x2028, 0x2029]), " "),
    }
)
_SPECIAL: Final = re.compile(r"[,= ]")


def line(point: Point) -> str:
    """Return a point as one line, with tags and fields in order and times in ms.

    A backslash becomes a slash, a control character a space.

    Raises:
        ValueError: No field of the point is a finite number.
    """
    tags = "".join(
        f",{_escaped(key)}={_escaped(value)}"
        for key, value in sorted(point.tags.items())
        if key and value
    )
    fields = ",".join(
        f"{_escaped(key)}={float(value)!r}"
        for key, value in sorted(point.fields.items())
        if isfinite(value)
    )
    if not fields:
        raise ValueError(f"no field of {point.measurement} is a finite number")
    time_ms = milliseconds(point.time)
    return f"{_escaped(point.measurement)}{tags} {fields} {time_ms}"


def milliseconds(time: datetime) -> int:
    """Return an aware time in ms since 1970 in UTC, halves rounded up.

    It is calculated in whole numbers, as a float is not exact enough.
    """
    microseconds = (time - _EPOCH) // _MICROSECOND
    return (microseconds + _MICROSECONDS // 2) // _MICROSECONDS


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    """Return a name or value of a tag as it is written."""
    writable = text.translate(_UNWRITABLE).encode(errors="replace").decode()
    return _SPECIAL.sub(r"\\\g<0>", writable)
