"""How often the compressor started, and how often a defrost began."""

from ...readings import HeatPumpReading, Mode
from ..limits import SAMPLE_HOLD_S
from ..modes import mode_of, unseen_defrost_end

# No compressor starts more often: its own protection waits for minutes.
_STARTS_PER_S = 1 / 60


def starts_between(start: HeatPumpReading, end: HeatPumpReading) -> int:
    """Return how often the compressor started between two readings.

    The unit's own counter knows, through any gap. Without one, or where it
    started again, a start is a compressor that rested at one reading and ran at
    the next; runs between two readings are missed, and nothing is known of a gap.
    """
    if start.starts is not None and end.starts is not None:
        counted = end.starts - start.starts
        elapsed_s = (end.time - start.time).total_seconds()
        if 0 <= counted <= 1 + elapsed_s * _STARTS_PER_S:
            return int(counted)
    if not _are_neighbours(start, end):
        return 0
    return int(start.compressor_on is False and end.compressor_on is True)


def defrosts_between(start: HeatPumpReading, end: HeatPumpReading) -> int:
    """Return whether a defrost began, be it over at the second reading."""
    if not _are_neighbours(start, end):
        return 0
    before = mode_of(start)
    began = before is not Mode.DEFROST and mode_of(end) is Mode.DEFROST
    is_over = unseen_defrost_end(start, end) is not None
    return int(before is not None and (began or is_over))


def _are_neighbours(start: HeatPumpReading, end: HeatPumpReading) -> bool:
    return (end.time - start.time).total_seconds() <= SAMPLE_HOLD_S
