"""Alarms about the heat pump itself, as its readings and its days show it."""

from collections.abc import Mapping
from itertools import takewhile
from typing import Final

from ...time_units import HOUR, HOUR_S
from .board import Cause, Condition
from .daily import DayStarts
from .evidence import Evidence

# A compressor that starts often has short runs or much to do: only both is a fault.
_CYCLING_STARTS: Final = 24
_CYCLING_RUN_S: Final = 12 * 60.0
# A start every half hour is often even in frost, when the runs in between are longer.
_OFTEN_STARTS: Final = 48
_OFTEN_RUN_S: Final = 20 * 60.0

# A backup heater may help with hygiene and while it is very cold.
_HEATER_HOURS: Final = 72
_HEATER_NEEDED_C: Final = -5.0
_HEATER_WH: Final = 8000.0
_HEATER_SHARE: Final = 0.15

_SUSTAINED_HOURS: Final = 48.0
"""Of run time within the last two weeks."""
_EFFICIENCY_LOSS: Final = 0.05
"""Beyond the interval."""
_STANDBY_RISE: Final = 0.30
_STANDBY_RISE_W: Final = 10.0


def faults(evidence: Evidence) -> Mapping[str, Condition] | None:
    """Measure which faults the unit reports, each by its code."""
    reading = evidence.reading
    if reading is None or reading.fault_codes is None:
        return None
    found: dict[str, Condition] = {}
    for code in reading.fault_codes:
        causes: dict[str, Cause] = {"code": code}
        if (local_time := reading.fault_times.get(code)) is not None:
            causes["local_time"] = local_time
        found[code] = Condition(1.0, causes)
    return found


def counted_faults(evidence: Evidence) -> Mapping[str, Condition] | None:
    """Measure which faults occurred once more in the last day, each by its code."""
    known = evidence.memory.faults
    if not known.counts:
        return None
    return {
        code: Condition(1.0, {"code": code, "count": float(known.counts[code])})
        for code in known.risen_at
    }


def efficiency(evidence: Evidence) -> Mapping[str, Condition] | None:
    """Measure how far even the high end of the efficiency index is below 1."""
    recent = evidence.surroundings.outlook.recent
    if recent is None or recent.run_hours < _SUSTAINED_HOURS:
        return None
    causes = {
        "index_pct": 100 * recent.index.value,
        "cop": recent.cop,
        "expected_cop": recent.expected_cop,
        "run_hours": recent.run_hours,
    }
    return {"": Condition((1 - recent.index.high) / _EFFICIENCY_LOSS, causes)}


def short_cycling(evidence: Evidence) -> Mapping[str, Condition] | None:
    """Count the days in a row on which the compressor started often and ran shortly."""
    newest, *_ = days = evidence.daily.starts
    if newest is None:
        return None
    cycling = [each for each in takewhile(_is_cycling, days) if each is not None]
    causes: dict[str, Cause] = {}
    if newest.starts:
        minutes = newest.run_s / newest.starts / 60
        causes = {"starts": float(newest.starts), "minutes": minutes}
    return {"": Condition(float(len(cycling)), causes)}


def _is_cycling(day: DayStarts | None) -> bool:
    if day is None or day.starts < _CYCLING_STARTS:
        return False
    longest_s = _OFTEN_RUN_S if day.starts >= _OFTEN_STARTS else _CYCLING_RUN_S
    return day.run_s < day.starts * longest_s


def backup_heater(evidence: Evidence) -> Mapping[str, Condition] | None:
    """Measure what the backup heater drew in three days, without the very cold hours."""
    now, ledger = evidence.now, evidence.snapshot.ledger
    hours = ledger.hours_between(now - _HEATER_HOURS * HOUR, now)
    mild = [
        bucket
        for _, bucket in hours
        if bucket.outside_c is not None and bucket.outside_c > _HEATER_NEEDED_C
    ]
    if sum(each.backup_heater_known_s for each in mild) < HOUR_S:
        return None
    heater_wh = sum(each.backup_heater_electricity_wh for each in mild)
    all_wh = sum(each.paired_electricity_wh for each in mild)
    share = heater_wh / all_wh if all_wh else 0.0
    level = min(heater_wh / _HEATER_WH, share / _HEATER_SHARE)
    return {"": Condition(level, {"kwh": heater_wh / 1000, "share_pct": 100 * share})}


def defrosts(evidence: Evidence) -> Mapping[str, Condition] | None:
    """Measure the share of the heat that defrosts took back in the last week."""
    if (share := evidence.daily.defrost_share) is None:
        return None
    return {"": Condition(share, {"share_pct": 100 * share})}


def standby_power(evidence: Evidence) -> Mapping[str, Condition] | None:
    """Measure how far the power in standby rose above what was usual."""
    if (found := evidence.daily.standby_w) is None:
        return None
    rise_w = found.value - found.usual
    limit_w = max(_STANDBY_RISE * found.usual, _STANDBY_RISE_W)
    causes = {"power_w": found.value, "usual_w": found.usual}
    return {"": Condition(rise_w / limit_w, causes)}


def water_flow(evidence: Evidence) -> Mapping[str, Condition] | None:
    """Measure how far the flow is from what was usual at the same thermal power."""
    daily = evidence.daily
    if daily.flow_share is None or daily.delta_t_k is None:
        return None
    causes = {
        "change_pct": 100 * (daily.flow_share - 1),
        "delta_t_k": daily.delta_t_k,
        "usual_delta_t_k": daily.delta_t_k * daily.flow_share,
    }
    return {"": Condition(abs(daily.flow_share - 1), causes)}


def hot_water(evidence: Evidence) -> Mapping[str, Condition] | None:
    """Measure what each of the last three charges missed of its target at least."""
    shortfall_k = evidence.memory.charges.least_shortfall_k
    if shortfall_k is None:
        return None
    return {"": Condition(shortfall_k, {"missing_k": shortfall_k})}
