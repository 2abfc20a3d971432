"""What Carnot says of a COP: the physical test of design rule 6."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ...readings import HeatPumpReading

_KELVIN = 273.15
# The refrigerant condenses warmer than the water leaves, and boils colder than
# the brine leaves: at one temperature each, so that the end of the exchanger
# decides. A plate of brine comes within 3 K of it. What air leaves with is not
# known; it enters some 6 K warmer than it makes the refrigerant boil.
_ABOVE_SUPPLY_K = 2.0
_BELOW_SOURCE_OUT_K = 3.0
_BELOW_SOURCE_IN_K = 6.0
# The fleet reaches 44 to 54 %.
_HIGHEST_SHARE = 0.70
_TOLERATED = timedelta(minutes=16)


def carnot_share(
    cop: float, start: HeatPumpReading, end: HeatPumpReading
) -> float | None:
    """Return which share of the highest COP possible an interval's COP is.

    Carnot's COP is that of the mean condensing and evaporating temperatures, by
    the supply, and by the source's outlet, which only brine units show, else by
    its inlet, else by the outside air. None if they are not known, or if there
    was nothing to lift. Source: emoncms, My Heatpump (supply and air); the brine
    from exchangers as they are built.
    """
    first, second = _refrigerant_c(start), _refrigerant_c(end)
    if first is None or second is None:
        return None
    condensing_c = (first[0] + second[0]) / 2
    lift_k = condensing_c - (first[1] + second[1]) / 2
    return cop * lift_k / (condensing_c + _KELVIN) if lift_k > 0 else None


def highest_cop(supply_c: float, source_in_c: float) -> float | None:
    """Return Carnot's COP for a supply and a source's inlet; None without a lift.

    The inlet is the brine or the outside air. See `carnot_share`.
    """
    condensing_c = supply_c + _ABOVE_SUPPLY_K
    lift_k = condensing_c - (source_in_c - _BELOW_SOURCE_IN_K)
    return (condensing_c + _KELVIN) / lift_k if lift_k > 0 else None


@dataclass(slots=True)
class CarnotGate:
    """How long a COP that cannot be true has lasted.

    A sensor that lags behind makes short spikes, a wrong one lasts: more than
    70 % of Carnot for more than 16 minutes is an error of measurement. Source:
    the error detectors of emoncms, My Heatpump. No energy is left out for it.
    """

    since: datetime | None = None
    """When the episode began; None outside of one."""
    until: datetime | None = None
    """The end of its last interval."""
    raised: bool = False
    """Whether the episode has lasted for too long."""

    def take(
        self, start: datetime, end: datetime, share: float | None
    ) -> tuple[bool, float]:
        """Take the next closed interval; what is not known, or a gap, ends an episode.

        Return whether the episode has just become too long, and how many seconds are
        beyond Carnot: none before that, then all since it began, and from then on
        those of each interval.
        """
        if share is None or share <= _HIGHEST_SHARE:
            self.since = None
            return False, 0.0
        if self.since is None or start != self.until:
            self.since, self.raised = start, False
        self.until = end
        if self.raised:
            return False, (end - start).total_seconds()
        lasted = end - self.since
        self.raised = lasted > _TOLERATED
        return self.raised, lasted.total_seconds() if self.raised else 0.0


def _refrigerant_c(reading: HeatPumpReading) -> tuple[float, float] | None:
    """Return where the refrigerant condenses and where it evaporates, in °C."""
    source_c, below_k = reading.source_out_c, _BELOW_SOURCE_OUT_K
    if source_c is None:
        source_c, below_k = reading.source_in_c, _BELOW_SOURCE_IN_K
    if source_c is None:
        source_c = reading.outside_c
    if reading.supply_c is None or source_c is None:
        return None
    return reading.supply_c + _ABOVE_SUPPLY_K, source_c - below_k
