"""Parse line protocol strictly: what a writer should not rely on is refused."""

import math
import re
from typing import Final, NamedTuple

from .store import Identity

_ESCAPED: Final = r"(?:\\[,= ]|[^,= \\\n])+"
_PAIR: Final = re.compile(rf"({_ESCAPED})=({_ESCAPED})")
_KEY: Final = re.compile(_ESCAPED)
_FIELD: Final = re.compile(rf"({_ESCAPED})=([^,= \n]+)")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
_MILLISECONDS: Final = re.compile(r"-?\d{1,15}")


class LineError(ValueError):
    """A line is none; the message says why, as InfluxDB does."""


class Line(NamedTuple):
    """A point as it was written."""

    identity: Identity
    fields: dict[str, float]
    """Whole numbers (`1i`) as int."""


def parse(text: str) -> Line:
    """Return the point of a line, or raise `LineError`.

    The order of tags, a time and their uniqueness are demanded here, not there.
    """
    measurement, at = _match(_KEY, text, 0, "missing measurement")
    tags: list[tuple[str, str]] = []
    while text.startswith(",", at):
        pair = _PAIR.match(text, at + 1)
        if pair is None:
            raise LineError("missing tag value")
        tags.append((_plain(pair[1]), _plain(pair[2])))
        at = pair.end()
    names = [name for name, _ in tags]
    if names != sorted(set(names)):
        raise LineError("tags are not in order")
    if not text.startswith(" ", at):
        raise LineError("missing fields")
    fields, at = _fields(text, at + 1)
    if not text.startswith(" ", at):
        raise LineError("missing time")
    if _MILLISECONDS.fullmatch(text, at + 1) is None:
        raise LineError("bad timestamp")
    identity = Identity(_plain(measurement), tuple(tags), int(text[at + 1 :]))
    return Line(identity, fields)


def _fields(text: str, at: int) -> tuple[dict[str, float], int]:
    fields: dict[str, float] = {}
    while True:
        pair = _FIELD.match(text, at)
        if pair is None:
            raise LineError("invalid field format")
        name = _plain(pair[1])
        if name in fields:
            raise LineError("duplicate field")
        fields[name] = _number(pair[2])
        at = pair.end()
        if not text.startswith(",", at):
            return fields, at
        at += 1


def _number(text: str) -> float:
    whole = text.endswith("i")
    if _NUMBER.fullmatch(text.removesuffix("i")) is None:
        raise LineError("invalid number")
    value = int(text[:-1]) if whole else float(text)
    if not math.isfinite(value):
        raise LineError("invalid number")
    return value


def _match(
    pattern: re.Pattern[str], text: str, at: int, otherwise: str
) -> tuple[str, int]:
    found = pattern.match(text, at)
    if found is None:
        raise LineError(otherwise)
    return found[0], found.end()


def _plain(text: str) -> str:
    return re.sub(r"\\([,= ])", r"\1", text)
