"""Time stamps by the wall clock of a smart meter, which name no time zone."""

from datetime import UTC, datetime, tzinfo
import re
from typing import Final

# As in the telegrams of the meter: 221203190000W, where W is winter time.
_TELEGRAM: Final = re.compile(r"(\d{12})([WS]?)")
_OF_LETTER: Final = {"S": 0, "W": 1}


class WallClock:
    """Finds the moment that a time stamp means."""

    def __init__(self, time_zone: tzinfo) -> None:
        """Prepare for a meter in this time zone."""
        self._time_zone = time_zone
        self._known: tuple[object, datetime | None] = (None, None)

    def moment(self, stamp: object, arrived: datetime) -> datetime | None:
        """Return the moment in UTC, or None if the stamp cannot be read.

        In the hour that the clocks repeat in autumn, a stamp can mean two moments:
        it is the one nearer to its arrival.
        """
        try:
            return self._moment(stamp, arrived)
        except OverflowError, ValueError:
            return None

    def kept_moment(self, stamp: object, arrived: datetime) -> datetime | None:
        """Return the moment of a stamp that is sent again and again: it stays."""
        known, moment = self._known
        if stamp != known:
            moment = self.moment(stamp, arrived)
            self._known = stamp, moment
        return moment

    def _moment(self, stamp: object, arrived: datetime) -> datetime | None:
        # A number in version 1 of the API, whose first year is 2000.
        text = f"{stamp:012d}" if type(stamp) is int else stamp
        if not isinstance(text, str):
            return None
        if (found := _TELEGRAM.fullmatch(text)) is not None:
            wall = datetime.strptime(found[1], "%y%m%d%H%M%S")
            folds = [_OF_LETTER[found[2]]] if found[2] else [0, 1]
        else:
            wall, folds = datetime.fromisoformat(text), [0, 1]
        if wall.tzinfo is not None:
            return wall.astimezone(UTC)
        moments = [
            wall.replace(tzinfo=self._time_zone, fold=fold).astimezone(UTC)
            for fold in folds
        ]
        return min(moments, key=lambda each: abs(each - arrived))
