"""What Home Assistant's log says of this integration."""

from collections.abc import Iterable, Iterator
from pathlib import Path
import re

_NAME = "heatpump_monitor"
_RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \S+ (?P<level>[A-Z]+) \([^)]*\) \[(?P<logger>[^]]+)\]"
)
_BAD = frozenset({"WARNING", "ERROR", "CRITICAL"})
# Says of every custom integration that it is not tested by Home Assistant.
_NOT_OURS = "homeassistant.loader"


def complaints(path: Path) -> list[str]:
    """Return the warnings and errors that name this integration, tracebacks included."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return [record for record in _records(text) if _is_ours(record)]


def split(records: Iterable[str], text: str) -> tuple[list[str], list[str]]:
    """Return the records without a text, and those with it."""
    without: list[str] = []
    having: list[str] = []
    for record in records:
        (having if text in record else without).append(record)
    return without, having


def _records(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in text.splitlines():
        if _RECORD.match(line) and lines:
            yield "\n".join(lines)
            lines = []
        lines.append(line)
    if lines:
        yield "\n".join(lines)


def _is_ours(record: str) -> bool:
    found = _RECORD.match(record)
    if found is None or found["level"] not in _BAD:
        return False
    return _NAME in record and found["logger"] != _NOT_OURS
