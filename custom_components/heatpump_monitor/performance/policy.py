"""How the engine treats readings: live, or of a recording."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Final

from .totals.ledger import HOURS_KEPT


@dataclass(frozen=True, kw_only=True)
class Policy:
    """How long the engine waits, and what it keeps."""

    closing_delay: timedelta = timedelta()
    """How long values of the heat pump may arrive late, before an interval is closed."""
    meter_wait: timedelta = timedelta(hours=24)
    """How long a heat-pump reading waits for the meter's electricity."""
    start_lead: timedelta = timedelta(minutes=2)
    """How long before the meter's first word a heat-pump reading may still hold.

    Longer than a meter delays what it counted.
    """
    flags_kept: int | None = 100
    gaps_kept: int = 200
    """More gaps than this in what the meter can remember is a meter that is never there."""
    hours_kept: timedelta | None = HOURS_KEPT
    """How far the hours of the ledger reach back; None keeps all."""

    @property
    def is_live(self) -> bool:
        """Return whether values may still arrive late."""
        return bool(self.closing_delay)

    @cached_property
    def longest_delay(self) -> timedelta:
        """Return how long an interval stays open at most for late values.

        So it does where it is doubtful whether the heat pump shows the present.
        """
        return 1.5 * self.closing_delay


LIVE: Final = Policy()
# A recording has all that will ever be known: nothing is too late, its rows say of
# which time they are, and there is no memory that knows more.
RECORDING: Final = Policy(
    meter_wait=timedelta(days=36_500),
    start_lead=timedelta(),
    # They are passed on with every update.
    flags_kept=0,
    gaps_kept=0,
    hours_kept=None,
)
