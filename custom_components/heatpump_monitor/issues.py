"""What the user can put right: raised as issues, and taken back when it is."""

from collections.abc import Sequence
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN
from .sources.budget import BURST_LIMIT, DAY_LIMIT, CallBudget

METER_REVERSED = "meter_reversed"
CALLS_USED_ELSEWHERE = "calls_used_elsewhere"

METER_COUNTER_FAILED = "meter_counter_failed"
METER_CT_TYPE_NOT_SET = "meter_ct_type_not_set"
METER_ERROR = "meter_error"
METER_FAILED = "meter_failed"
METER_OUT_OF_RANGE = "meter_out_of_range"
METER_PHASE_SEQUENCE = "meter_phase_sequence"

# What the Shelly calls its errors, up to the colon.
_METER_ERRORS: Final = {
    "count_disabled": METER_COUNTER_FAILED,
    "ct_type_not_set": METER_CT_TYPE_NOT_SET,
    "database_error": METER_COUNTER_FAILED,
    "out_of_range": METER_OUT_OF_RANGE,
    "phase_sequence": METER_PHASE_SEQUENCE,
    "power_meter_failure": METER_FAILED,
}
_METER_ISSUES: Final = frozenset({*_METER_ERRORS.values(), METER_ERROR})


@callback
def async_report_reversed(
    hass: HomeAssistant, entry: ConfigEntry, reversed_phases: tuple[str, ...]
) -> None:
    """Raise or take back the issue that the meter counts backwards."""
    phases = ", ".join(phase.upper() for phase in reversed_phases)
    _async_report(hass, entry, METER_REVERSED, {"phases": phases} if phases else None)


@callback
def async_report_meter_errors(
    hass: HomeAssistant, entry: ConfigEntry, errors: Sequence[str]
) -> None:
    """Raise or take back an issue for each kind of error that the meter names."""
    found: dict[str, list[str]] = {}
    for error in errors:
        key = _METER_ERRORS.get(error.partition(":")[0], METER_ERROR)
        found.setdefault(key, []).append(error)
    for key in _METER_ISSUES:
        named = {"errors": ", ".join(found[key])} if key in found else None
        _async_report(hass, entry, key, named)


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
def async_delete_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take back all issues of an entry."""
    for key in (METER_REVERSED, CALLS_USED_ELSEWHERE, *_METER_ISSUES):
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
