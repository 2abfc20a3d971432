"""What the meter has counted, by the way it is connected."""

from typing import NamedTuple

from ..state import Plant


class Counted(NamedTuple):
    """Energy over all phases, by the direction in which the meter sees it."""

    import_wh: float
    export_wh: float


class Counters:
    """The meter's counters since it was installed.

    Attributes:
        is_reversed: Whether supply and load are at each other's terminals.
    """

    def __init__(self, plant: Plant) -> None:
        """Count a plant's electricity from its first moment on."""
        self.is_reversed = False
        self._plant = plant
        self._since_s = plant.origin_epoch_s
        self._before = Counted(0.0, 0.0)

    def at(self, epoch_s: float) -> Counted:
        """Return the counters at a moment since the meter was last connected."""
        start, end = (
            self._plant.energies_at(each) for each in (self._since_s, epoch_s)
        )
        drawn_wh = end.electricity_wh - start.electricity_wh
        import_wh, export_wh = self._before
        if self.is_reversed:
            return Counted(import_wh, export_wh + drawn_wh)
        return Counted(import_wh + drawn_wh, export_wh)

    def connect(self, *, is_reversed: bool, now_s: float) -> None:
        """Connect the meter this way from now on."""
        self._before, self._since_s = self.at(now_s), now_s
        self.is_reversed = is_reversed
