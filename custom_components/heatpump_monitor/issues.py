"""What the user can put right: raised as issues, and taken back when it is."""

from datetime import datetime, timedelta

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN
from .performance.readings import MeterReading
from .sources.budget import BURST_LIMIT, DAY_LIMIT, CallBudget

METER_REVERSED = "meter_reversed"
CALLS_USED_ELSEWHERE = "calls_used_elsewhere"
HEAT_PUMP_MISSING = "heat_pump_missing"
HEAT_UNKNOWN = "heat_unknown"

_ALL = (METER_REVERSED, CALLS_USED_ELSEWHERE, HEAT_PUMP_MISSING, HEAT_UNKNOWN)

# Pumps and electronics at rest read a few watts either way.
_NOISE_W = 50.0
_NOISE_WH = 5.0
# Longer than a compressor takes to start or stop.
_PERSISTENT = timedelta(minutes=10)


class MeterDirection:
    """Watches for current transformers that are mounted the wrong way round.

    A heat pump feeds nothing back: a phase that shows negative power for a
    while, while the energy counted as returned grows, is a reversed one. Power
    within the noise, as in standby, says nothing either way.
    """

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.reversed_phases: tuple[str, ...] = ()
        self._since: datetime | None = None
        self._returned_wh = 0.0

    def add(self, reading: MeterReading) -> None:
        """Take a reading."""
        powers_w = {phase.name: phase.power_w or 0.0 for phase in reading.phases}
        negative = tuple(name for name in powers_w if powers_w[name] < -_NOISE_W)
        if not negative or reading.returned_wh is None:
            self._since = None
            if any(power_w > _NOISE_W for power_w in powers_w.values()):
                self.reversed_phases = ()
            return
        if self._since is None:
            self._since, self._returned_wh = reading.time, reading.returned_wh
        elif (
            reading.time - self._since >= _PERSISTENT
            and reading.returned_wh - self._returned_wh > _NOISE_WH
        ):
            self.reversed_phases = negative


@callback
def async_report_meter(
    hass: HomeAssistant, entry: ConfigEntry, reversed_phases: tuple[str, ...]
) -> None:
    """Raise or take back the issue that the meter counts backwards."""
    phases = ", ".join(phase.upper() for phase in reversed_phases)
    _async_report(hass, entry, METER_REVERSED, {"phases": phases} if phases else None)


@callback
def async_report_calls(
    hass: HomeAssistant, entry: ConfigEntry, budget: CallBudget, *, refused: bool
) -> None:
    """Raise or take back the issue that somebody else makes the calls.

    Args:
        hass: Home Assistant.
        entry: The config entry concerned.
        budget: The calls that we made.
        refused: Whether no call was allowed.
    """
    by_us = budget.used_day > DAY_LIMIT / 2 or budget.used_burst > BURST_LIMIT / 2
    _async_report(
        hass,
        entry,
        CALLS_USED_ELSEWHERE,
        {"used": str(budget.used_day)} if refused and not by_us else None,
    )


@callback
def async_report_heat_pump(
    hass: HomeAssistant, entry: ConfigEntry, *, missing: bool
) -> None:
    """Raise or take back the issue that Viessmann does not know the heat pump."""
    _async_report(hass, entry, HEAT_PUMP_MISSING, {} if missing else None)


@callback
def async_report_heat(hass: HomeAssistant, entry: ConfigEntry, *, known: bool) -> None:
    """Raise or take back the issue that no method can know the heat."""
    _async_report(hass, entry, HEAT_UNKNOWN, None if known else {})


@callback
def async_delete_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take back all issues of an entry."""
    for key in _ALL:
        ir.async_delete_issue(hass, DOMAIN, f"{key}_{entry.entry_id}")


@callback
def _async_report(
    hass: HomeAssistant,
    entry: ConfigEntry,
    key: str,
    placeholders: dict[str, str] | None,
) -> None:
    issue_id = f"{key}_{entry.entry_id}"
    if placeholders is None:
        ir.async_delete_issue(hass, DOMAIN, issue_id)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key=key,
        translation_placeholders={"name": entry.title, **placeholders},
    )
