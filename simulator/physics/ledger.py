"""All energies since the start, at the end of every step, and at any moment between."""

from array import array
from collections.abc import Sequence

from ..state import Energies

_SIMPLE_ROW = 11
_FULL_ROW = 16


class EnergyLedger:
    """Cumulative energies: coarse steps for the past, fine ones from then on.

    Power is constant within a step, so that the straight line between the ends of
    a step is exact. One step takes 96 bytes, or 136 for a plant that is not simple.
    """

    __slots__ = (
        "_coarse_rows",
        "_coarse_step_s",
        "_fine_from_s",
        "_fine_step_s",
        "_origin_s",
        "_row",
        "_rows",
        "_starts",
        "_totals",
    )

    def __init__(
        self,
        origin_s: float,
        *,
        fine_from_s: float,
        coarse_step_s: float,
        fine_step_s: float,
        simple: bool,
    ) -> None:
        """Open a ledger at the moment from which energies count."""
        self._row = _SIMPLE_ROW if simple else _FULL_ROW
        self._origin_s = origin_s
        self._fine_from_s = fine_from_s
        self._coarse_step_s = coarse_step_s
        self._fine_step_s = fine_step_s
        self._coarse_rows = round((fine_from_s - origin_s) / coarse_step_s)
        self._totals = [0.0] * self._row
        self._rows = array("d", self._totals)
        self._starts = array("L", [0])

    def add(self, step_s: float, powers_w: Sequence[float], *, started: bool) -> None:
        """Add the next step.

        Args:
            step_s: Length of the step.
            powers_w: Phases A, B, C; heat for heating and for hot water; the unit's
                electricity for heating and for hot water; backup heater electricity and heat;
                then 3600 while the compressor and while the backup heater runs, else 0. For a
                plant that is not simple also cold, electricity for cooling and heat
                of the burner; then 3600 while the second compressor runs, else 0;
                then 3600 divided by the step's length if it has started, else 0.
            started: Whether the compressor started with this step.
        """
        hours = step_s / 3600.0
        self._totals = [
            total + power * hours
            for total, power in zip(self._totals, powers_w, strict=True)
        ]
        self._rows.extend(self._totals)
        self._starts.append(self._starts[-1] + started)

    def at(self, epoch_s: float) -> Energies:
        """Return the energies at a moment within the steps added so far.

        Raises:
            ValueError: If the moment is before the start or not reached yet.
        """
        row, part = self._place(epoch_s)
        if row < 0 or row + 1 >= len(self._starts):
            raise ValueError(f"no energies are known at {epoch_s}")
        size = self._row
        first = row * size
        before = self._rows[first : first + size]
        after = self._rows[first + size : first + 2 * size]
        now = [a + (b - a) * part for a, b in zip(before, after, strict=True)]
        extras = now[_SIMPLE_ROW:] or [0.0] * (_FULL_ROW - _SIMPLE_ROW)
        cooling_wh, cooling_electricity_wh, burner_wh, second_s, second_starts = extras
        return Energies(
            electricity_wh=now[0] + now[1] + now[2],
            phases_wh=(now[0], now[1], now[2]),
            heating_heat_wh=now[3],
            hot_water_heat_wh=now[4],
            heating_electricity_wh=now[5],
            hot_water_electricity_wh=now[6],
            backup_heater_electricity_wh=now[7],
            backup_heater_heat_wh=now[8],
            run_s=now[9],
            starts=self._starts[row + 1],
            backup_heater_s=now[10],
            cooling_wh=cooling_wh,
            cooling_electricity_wh=cooling_electricity_wh,
            burner_heat_wh=burner_wh,
            second_run_s=second_s,
            second_starts=int(second_starts + 1e-6),
        )

    def _place(self, epoch_s: float) -> tuple[int, float]:
        """Return the row before a moment, and what part of the step has passed."""
        if epoch_s < self._fine_from_s:
            steps = (epoch_s - self._origin_s) / self._coarse_step_s
            whole = steps // 1
            return int(whole), steps - whole
        steps = (epoch_s - self._fine_from_s) / self._fine_step_s
        whole = steps // 1
        return self._coarse_rows + int(whole), steps - whole
