"""What the meter has counted, through reversed CTs, reboots and resets."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ..state import Plant
from .kinds import LETTERS, Circuit

type Channels = tuple[float, ...]

MINUTE_S: Final = 60

# The counters are written to flash now and then; a reboot forgets what came since.
_REBOOT_LOSS_WH: Final = 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class Energy:
    """Energy of each channel, by the direction in which the meter sees it."""

    imported_wh: Channels
    returned_wh: Channels


@dataclass(frozen=True, kw_only=True, slots=True)
class _Span:
    """A time in which the meter was not tampered with."""

    from_s: float
    reversed_phases: frozenset[str]
    shown: Energy
    """The counters at its beginning."""


class Counters:
    """The meter's counters at any moment since it was installed."""

    def __init__(self, plant: Plant, circuits: Sequence[Circuit]) -> None:
        """Count some circuits of a plant from its first moment on."""
        self._plant = plant
        self._circuits = tuple(circuits)
        self._spans_of = [
            _Span(
                from_s=plant.origin_epoch_s,
                reversed_phases=frozenset(),
                shown=self._nothing,
            )
        ]

    @property
    def _nothing(self) -> Energy:
        zero = (0.0,) * len(self._circuits)
        return Energy(imported_wh=zero, returned_wh=zero)

    @property
    def installed_s(self) -> float:
        """Return when the meter began to count."""
        return self._spans_of[0].from_s

    @property
    def reversed_phases(self) -> frozenset[str]:
        """Return the phases whose CT is the wrong way round now."""
        return self._spans_of[-1].reversed_phases

    def last_minute_s(self, now_s: float) -> float:
        """Return when the counters last moved: each minute, and at every change."""
        return max(now_s // MINUTE_S * MINUTE_S, self._spans_of[-1].from_s)

    def at(self, epoch_s: float) -> Energy:
        """Return the counters at a moment."""
        stretch = self._span(epoch_s)
        since = self._between(stretch.from_s, epoch_s, stretch.reversed_phases)
        return Energy(
            imported_wh=_sum(stretch.shown.imported_wh, since.imported_wh),
            returned_wh=_sum(stretch.shown.returned_wh, since.returned_wh),
        )

    def between(self, start_s: float, end_s: float) -> Energy:
        """Return what a record of the meter's history says of an interval."""
        return self._between(start_s, end_s, self._span(start_s).reversed_phases)

    def reboot(self, now_s: float) -> None:
        """Fall back by what had not been written to flash."""
        shown = self.at(now_s)
        self._begin(
            now_s,
            Energy(
                imported_wh=_lower(shown.imported_wh),
                returned_wh=_lower(shown.returned_wh),
            ),
        )

    def reset(self, now_s: float) -> None:
        """Begin again at 0."""
        self._begin(now_s, self._nothing)

    def reverse(self, phases: Collection[str], now_s: float) -> None:
        """Turn the CTs so that these phases, and no others, are reversed."""
        self._begin(now_s, self.at(now_s))
        self._spans_of[-1] = replace(
            self._spans_of[-1], reversed_phases=frozenset(phases)
        )

    def _begin(self, now_s: float, shown: Energy) -> None:
        self._spans_of.append(replace(self._spans_of[-1], from_s=now_s, shown=shown))

    def _span(self, epoch_s: float) -> _Span:
        return next(
            (each for each in reversed(self._spans_of) if each.from_s <= epoch_s),
            self._spans_of[0],
        )

    def _between(
        self, start_s: float, end_s: float, reversed_phases: Collection[str]
    ) -> Energy:
        before = self._plant.energies_at(start_s)
        after = self._plant.energies_at(end_s)
        drawn_wh = [
            each.energy_wh(after) - each.energy_wh(before) for each in self._circuits
        ]
        back = [name in reversed_phases for name in LETTERS[: len(drawn_wh)]]
        pairs = list(zip(drawn_wh, back, strict=True))
        return Energy(
            imported_wh=tuple(wh * (not is_back) for wh, is_back in pairs),
            returned_wh=tuple(wh * is_back for wh, is_back in pairs),
        )


def _sum(first: Channels, second: Channels) -> Channels:
    return tuple(a + b for a, b in zip(first, second, strict=True))


def _lower(counted_wh: Channels) -> Channels:
    return tuple(max(each - _REBOOT_LOSS_WH, 0.0) for each in counted_wh)
