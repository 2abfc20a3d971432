"""An interval: the time between two consecutive good heat-pump readings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .heat import AUTOMATIC_ORDER, SAMPLE_HOLD_S, Halves
from .modes import Mode
from .plant import HeatMethod

# Below this mean power no compressor runs (emoncms: 100 W on the server).
_RUNNING_W = 100.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """What is known of the time between two heat-pump readings."""

    start: datetime
    end: datetime
    start_mode: Mode | None
    end_mode: Mode | None
    electricity_wh: float | None
    run_s: float | None
    """How long the compressor ran."""
    heats: Mapping[HeatMethod, Halves]
    """The heat by every method available."""
    method: HeatMethod | None
    """The method chosen."""
    starts: int = 0
    """How often the compressor started."""
    defrosts: int = 0
    """How many defrosts were seen to begin."""
    rod_wh: float | None = None
    """What the heating rod drew."""
    outside_c: float | None = None
    beyond_carnot_s: float = 0.0
    """For how long a COP that cannot be true has lasted, told at the end."""

    @property
    def seconds(self) -> float:
        """Return the length in seconds."""
        return (self.end - self.start).total_seconds()

    @property
    def heat(self) -> Halves | None:
        """Return the heat by the chosen method."""
        return self.heats[self.method] if self.method else None

    @property
    def heat_wh(self) -> float | None:
        """Return the heat by the chosen method, in Wh."""
        return self.heat.total_wh if self.heat else None

    @property
    def warmth_wh(self) -> float:
        """Return the heat of the halves that did not cool, in Wh."""
        if self.heat is None:
            return 0.0
        halves = (
            (self.start_mode, self.heat.first_wh),
            (self.end_mode, self.heat.second_wh),
        )
        return sum(heat_wh for mode, heat_wh in halves if mode is not Mode.COOLING)

    @property
    def gap_cop(self) -> float | None:
        """Return heat over electricity where a counter alone tells the heat of a gap.

        How the heat was spread over the gap is not known: it is best guessed to
        go with the electricity.
        """
        gap = self.method is HeatMethod.COUNTER and self.seconds > SAMPLE_HOLD_S
        if not gap or not self.electricity_wh or self.heat_wh is None:
            return None
        return self.heat_wh / self.electricity_wh

    @property
    def cop(self) -> float | None:
        """Return heat over electricity, None unless the compressor made heat throughout.

        A heat meter needs nobody to say that heat was made.
        """
        if self.electricity_wh is None or self.heat_wh is None:
            return None
        told = self.method is HeatMethod.HEAT_METER
        making_heat = {self.start_mode, self.end_mode} <= _MAKING_HEAT[told]
        if not making_heat or self.electricity_wh * 3600 < _RUNNING_W * self.seconds:
            return None
        return self.heat_wh / self.electricity_wh


_HEAT_MODES = frozenset({Mode.HEATING, Mode.HOT_WATER})
_MAKING_HEAT = {False: _HEAT_MODES, True: _HEAT_MODES | {None}}


def chosen_method(
    available: Mapping[HeatMethod, object], wish: HeatMethod | None
) -> HeatMethod | None:
    """Return the method to use of those available, None if there is none.

    The owner's wish is kept even where another method would know more: a JAZ
    that changes its method unasked compares with nothing.
    """
    order = AUTOMATIC_ORDER if wish is None else (wish,)
    return next((method for method in order if method in available), None)
