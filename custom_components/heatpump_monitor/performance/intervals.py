"""An interval: the time between two consecutive good heat-pump readings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ..readings import Mode, Role
from .limits import RUNNING_W
from .plant import HeatMethod
from .segments import Heat, Segment

# A shorter run says nothing of the COP: sensors lag behind.
_LEAST_COP_S = 120.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """What is known of the time between two heat-pump readings."""

    start: datetime
    end: datetime
    segments: tuple[Segment, ...]
    electricity_wh: float | None
    run_s: float | None
    """How long the compressor ran."""
    heats: Mapping[HeatMethod, Heat]
    """The heat by every method available; none where the readings are in doubt."""
    method: HeatMethod | None
    """The method chosen."""
    has_shape: bool = True
    """Whether it is known how the heat was spread over the interval."""
    starts: int = 0
    """How often the compressor started."""
    defrosts: int = 0
    """How many defrosts were seen to begin."""
    backup_heater_wh: float | None = None
    """What the backup heater drew."""
    parts_wh: Mapping[Role, float | None] = field(default_factory=dict)
    """What each meter of a part drew; None where it said nothing."""
    outside_c: float | None = None
    beyond_carnot_s: float = 0.0
    """For how long a COP that cannot be true has lasted, known at the end."""
    boundary: str | None = None
    """The key of the boundary inside which the electricity was metered."""
    in_doubt: bool = False
    """Whether the heat pump is not believed for this time."""

    @property
    def seconds(self) -> float:
        """Return the length in seconds."""
        return (self.end - self.start).total_seconds()

    @property
    def heat(self) -> Heat | None:
        """Return the heat by the chosen method."""
        return self.heats[self.method] if self.method else None

    @property
    def heat_wh(self) -> float | None:
        """Return the heat by the chosen method, in Wh."""
        return self.heat.total_wh if self.heat else None

    @property
    def warmth_wh(self) -> float:
        """Return the heat of the segments that did not cool, in Wh."""
        return self.heat.outside_wh(Mode.COOLING, self.segments) if self.heat else 0.0

    @property
    def cop_of_gap(self) -> float | None:
        """Return heat over electricity where a counter alone gives the sum of heat.

        How the heat was spread is not known: the best guess is that it went with
        the electricity; that of the compressor, where its runs are known.
        """
        if self.has_shape or not self.electricity_wh or self.heat_wh is None:
            return None
        if all(segment.is_running is not None for segment in self.segments):
            return None
        return self.heat_wh / self.electricity_wh

    @property
    def cop(self) -> float | None:
        """Return heat over electricity of the time in which heat was made.

        None unless the compressor made heat, and nothing else, for two minutes. A
        heat meter needs nobody to say that heat was made.
        """
        if self.heat is None or not self.has_shape:
            return None
        making: set[Mode | None] = {Mode.HEATING, Mode.HOT_WATER}
        if self.method is HeatMethod.HEAT_METER:
            making.add(None)
        if any(each.mode not in making | {Mode.STANDBY} for each in self.segments):
            return None
        parts = zip(self.segments, self.heat.by_segment_wh, strict=True)
        warm = [
            (segment, heat_wh) for segment, heat_wh in parts if segment.mode in making
        ]
        if all(segment.is_running is False for segment, _ in warm):
            return None
        seconds = sum(segment.seconds for segment, _ in warm)
        parts_wh = [segment.electricity_wh for segment, _ in warm]
        electricity_wh = sum(each for each in parts_wh if each is not None)
        if None in parts_wh or seconds < min(_LEAST_COP_S, self.seconds):
            return None
        if not electricity_wh or electricity_wh * 3600 < RUNNING_W * seconds:
            return None
        return sum(heat_wh for _, heat_wh in warm) / electricity_wh


def chosen_method(
    available: Mapping[HeatMethod, object], wish: HeatMethod | None
) -> HeatMethod | None:
    """Return the method to use of those available, None if there is none.

    The owner's wish is kept even where another method would know more: a JAZ
    that changes its method unasked compares with nothing.
    """
    order: Iterable[HeatMethod] = HeatMethod if wish is None else (wish,)
    return next((method for method in order if method in available), None)
