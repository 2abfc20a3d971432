"""Books an interval in the ledger."""

from ...readings import Mode
from ..heat.backup_heater import backup_heater_heat_wh
from ..heat.interval_data import Metered
from ..intervals import Interval
from ..plant import HeatMethod
from .ledger import Bucket, Comparison, Ledger, ModeSums


def book(ledger: Ledger, interval: Interval, metered: Metered) -> None:
    """Book an interval, cut at its segments and at every boundary.

    It is paired as a whole or not at all: without the electricity of a part, it is
    not known which heat belongs to the rest.
    """
    _book_conditions(ledger, interval)
    if (heat := interval.heat) is None:
        _book_unpaired(ledger, interval, metered)
        return
    for segment, heat_wh in zip(interval.segments, heat.by_segment_wh, strict=True):
        for start, end in ledger.pieces(segment.start, segment.end):
            seconds = (end - start).total_seconds()
            piece_wh = heat_wh * seconds / segment.seconds
            electricity_wh = metered(start, end)
            if interval.electricity_wh is None or electricity_wh is None:
                if segment.mode is not Mode.COOLING:
                    ledger.book(start, Bucket(unpaired_heat_wh=piece_wh))
                continue
            if (cop := interval.cop_of_gap) is not None:
                piece_wh = cop * electricity_wh
            sums = ModeSums.of(electricity_wh, piece_wh, seconds, segment.means)
            ledger.book(start, _paired(interval, segment.mode, sums))


def _book_unpaired(ledger: Ledger, interval: Interval, metered: Metered) -> None:
    for segment in interval.segments:
        if segment.mode is None or interval.in_doubt:
            continue
        for start, end in ledger.pieces(segment.start, segment.end):
            if (electricity_wh := metered(start, end)) is not None:
                entry = Bucket(unpaired_modes_wh={segment.mode: electricity_wh})
                ledger.book(start, entry)


def _book_conditions(ledger: Ledger, interval: Interval) -> None:
    """Book what is known evenly, and what was counted at the end."""
    for start, end in ledger.pieces(interval.start, interval.end):
        seconds = (end - start).total_seconds()
        entry, share = Bucket(), seconds / interval.seconds
        entry.parts_wh = {
            role: energy_wh * share
            for role, energy_wh in interval.parts_wh.items()
            if energy_wh is not None
        }
        if interval.run_s is not None:
            entry.run_s = interval.run_s * share
        if interval.outside_c is not None:
            entry.outside_s = seconds
            entry.outside_c_s = interval.outside_c * seconds
        if end == interval.end:
            entry.starts, entry.defrosts = interval.starts, interval.defrosts
            entry.beyond_carnot_s = interval.beyond_carnot_s
            entry.compared = _compared(interval)
        ledger.book(start, entry)


def _compared(interval: Interval) -> dict[HeatMethod, Comparison]:
    # Some methods cannot distinguish cold from heat.
    is_cooling = any(segment.mode is Mode.COOLING for segment in interval.segments)
    chosen_wh = interval.heat_wh
    if chosen_wh is None or interval.electricity_wh is None or is_cooling:
        return {}
    return {
        method: Comparison(heat.total_wh, chosen_wh)
        for method, heat in interval.heats.items()
        if method is not interval.method
    }


def _paired(interval: Interval, mode: Mode | None, sums: ModeSums) -> Bucket:
    electricity_wh, heat_wh, seconds = sums.electricity_wh, sums.heat_wh, sums.seconds
    entry = Bucket(paired_s=seconds)
    if mode is not None:
        entry.modes[mode] = sums
    if mode is Mode.COOLING or interval.method is None:
        # Cold is no heat and has no part in a JAZ.
        entry.backup_heater_known_s = seconds
        return entry
    entry.paired_electricity_wh, entry.heat_wh = electricity_wh, heat_wh
    entry.methods_wh[interval.method] = heat_wh
    if interval.boundary is not None:
        entry.boundaries[interval.boundary] = electricity_wh, heat_wh, seconds
    if interval.backup_heater_wh is not None:
        backup_heater_wh = interval.backup_heater_wh * seconds / interval.seconds
        entry.backup_heater_electricity_wh = backup_heater_wh
        entry.backup_heater_heat_wh = backup_heater_heat_wh(
            interval.method, backup_heater_wh
        )
        entry.backup_heater_known_s = seconds
    return entry
