"""All alarms. A new one is a row here, its texts, and what measures it."""

from datetime import timedelta
from typing import Final

from . import sources, unit
from .board import Alarm, AlarmKey
from .evidence import Evidence

_QUARTER: Final = timedelta(minutes=15)
# What is worked out once a day must say so twice.
_NEXT_DAY: Final = timedelta(hours=30)
_HALF_HOUR: Final = timedelta(minutes=30)

ALARMS: Final[tuple[Alarm[Evidence], ...]] = (
    # A message that comes and goes with every answer is one fault.
    Alarm(key=AlarmKey.FAULT, measure=unit.faults, clear_after=_QUARTER),
    Alarm(key=AlarmKey.FAULT_COUNT, measure=unit.counted_faults),
    Alarm(key=AlarmKey.SOURCE_SILENT, measure=sources.silent_sources),
    Alarm(key=AlarmKey.VALUES_FROZEN, measure=sources.frozen_values),
    Alarm(key=AlarmKey.COUNTERS_FROZEN, measure=sources.frozen_counters),
    Alarm(key=AlarmKey.CONTRADICTION, measure=sources.contradictions, hold=_HALF_HOUR),
    Alarm(
        key=AlarmKey.EFFICIENCY,
        measure=unit.efficiency,
        off=0.5,
        hold=_NEXT_DAY,
        clear_after=_NEXT_DAY,
    ),
    # In days.
    Alarm(key=AlarmKey.SHORT_CYCLING, measure=unit.short_cycling, on=3.0, off=1.0),
    Alarm(key=AlarmKey.BACKUP_HEATER, measure=unit.backup_heater, off=0.5),
    # As a share of the heat.
    Alarm(key=AlarmKey.DEFROST, measure=unit.defrosts, on=0.15, off=0.10),
    Alarm(key=AlarmKey.STANDBY_POWER, measure=unit.standby_power, off=0.5),
    # As a share of what is usual.
    Alarm(key=AlarmKey.FLOW, measure=unit.water_flow, on=0.25, off=0.15),
    # In kelvins.
    Alarm(key=AlarmKey.HOT_WATER, measure=unit.hot_water, on=4.0, off=2.0),
    Alarm(key=AlarmKey.CALL_BUDGET, measure=sources.used_calls, on=0.95, off=0.85),
    Alarm(key=AlarmKey.SIGN_IN_DUE, measure=sources.due_sign_in),
)
