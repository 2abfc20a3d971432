"""The points of what a heat pump's engine counted: intervals, hours and days."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from ...performance.intervals import Interval
from ...performance.totals.ledger import Bucket
from ..point import Point, point

_EMPTY: Final = Bucket()
_EMPTY_IMPORT: Final = Bucket(imported=True)
# A database keeps what it was sent before, until another value replaces it.
_NOTHING_COUNTED: Final = dict.fromkeys(
    (
        "electricity_wh",
        "metered_s",
        "paired_electricity_wh",
        "heat_wh",
        "paired_s",
        "run_s",
        "starts",
        "defrosts",
        "backup_heater_electricity_wh",
    ),
    0.0,
)


def interval_point(interval: Interval, tags: Mapping[str, str]) -> Point | None:
    """Return the point of a closed interval."""
    values: dict[str, float | None] = {
        "seconds": interval.seconds,
        "electricity_wh": interval.electricity_wh,
        "heat_wh": interval.heat_wh,
        "cop": interval.cop,
        "run_s": interval.run_s,
        "starts": interval.starts,
        "defrosts": interval.defrosts,
        "backup_heater_wh": interval.backup_heater_wh,
        "outside_c": interval.outside_c,
    }
    for segment in interval.segments:
        if segment.mode is not None:
            name = f"{segment.mode}_s"
            values[name] = (values.get(name) or 0.0) + segment.seconds
    return point("hpm_interval", tags, interval.end, values)


def hour_point(
    start: datetime, bucket: Bucket | None, tags: Mapping[str, str]
) -> Point | None:
    """Return the point of an hour; None for the bucket of one that was discarded."""
    return point("hpm_hour", tags, start, _values(bucket), may_change=True)


def day_point(
    midnight: datetime, bucket: Bucket | None, tags: Mapping[str, str]
) -> Point | None:
    """Return the point of a day; None for the bucket of one that was discarded."""
    return point("hpm_day", tags, midnight, _values(bucket), may_change=True)


def _values(bucket: Bucket | None) -> Mapping[str, float | None]:
    """Return the sums of a bucket that are known, and for how long they are.

    Of a bucket that was emptied, all sums are 0: it replaces a point sent before.
    """
    if bucket is None or bucket in (_EMPTY, _EMPTY_IMPORT):
        return _NOTHING_COUNTED
    is_paired, is_metered = bucket.paired_s > 0, bucket.metered_s > 0
    knows_backup_heater = bucket.backup_heater_known_s > 0
    values: dict[str, float | None] = {
        "electricity_wh": _if(
            is_metered or bucket.electricity_wh, bucket.electricity_wh
        ),
        "metered_s": bucket.metered_s,
        "paired_electricity_wh": _if(is_paired, bucket.paired_electricity_wh),
        "heat_wh": _if(is_paired, bucket.heat_wh),
        "paired_s": bucket.paired_s,
        "cop": bucket.cop,
        "run_s": bucket.run_s,
        "starts": bucket.starts,
        "defrosts": bucket.defrosts,
        "backup_heater_electricity_wh": _if(
            knows_backup_heater, bucket.backup_heater_electricity_wh
        ),
        "outside_c": bucket.outside_c,
        "cost": _if(bucket.priced_wh, bucket.cost),
        "co2_g": _if(bucket.co2_wh, bucket.co2_g),
        "own_wh": _if(bucket.split_wh, bucket.own_wh),
    }
    for mode, sums in bucket.modes.items():
        values[f"{mode}_electricity_wh"] = sums.electricity_wh
        values[f"{mode}_heat_wh"] = sums.heat_wh
        values[f"{mode}_s"] = sums.seconds
    return values


def _if(is_known: float, value: float) -> float | None:
    return value if is_known else None
