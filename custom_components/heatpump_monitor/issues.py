"""Repair issues: raised while something is wrong, and taken back afterwards."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
import hashlib
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.translation import async_get_cached_translations
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .meter_subentries import meters_of
from .performance.flags import Flag, FlagKind
from .performance.output import Snapshot, Update
from .sources.entities.states import Problem
from .sources.viessmann.budget import BURST_LIMIT, DAY_LIMIT, CallBudget

BUDGET_NOT_SAVED = "budget_not_saved"
ENTITIES_UNUSABLE = "entities_unusable"
EXPORT_DROPPED = "export_dropped"
EXPORT_LINES_REJECTED = "export_lines_rejected"
EXPORT_NOT_TAKEN = "export_not_taken"
EXPORT_SET_ASIDE = "export_set_aside"
CO2_ENTITY_GONE = "co2_entity_gone"
METER_REVERSED = "meter_reversed"
METER_SILENT = "meter_silent"
PRICE_ENTITY_GONE = "price_entity_gone"
SIGN_IN_DUE = "sign_in_due"
SIGN_IN_REFUSED = "sign_in_refused"
CALLS_USED_ELSEWHERE = "calls_used_elsewhere"
LEDGER_NOT_SAVED = "ledger_not_saved"
LEDGER_SET_ASIDE = "ledger_set_aside"
CALLS_USED_ELSEWHERE_UNNAMED = "calls_used_elsewhere_unnamed"
STALE = "stale"
CONTRADICTION = "contradiction"
BEYOND_CARNOT = "beyond_carnot"
HEAT_COUNTER_FROZEN = "heat_counter_frozen"
SUPPLY_FROZEN = "supply_frozen"
COMPRESSOR_FROZEN = "compressor_frozen"
RUN_TIME = "run_time"
HEAT_PUMP_MISSING = "heat_pump_missing"
HEAT_UNKNOWN = "heat_unknown"

METER_COUNTER_FAILED = "meter_counter_failed"
METER_CT_TYPE_NOT_SET = "meter_ct_type_not_set"
METER_ERROR = "meter_error"
METER_FAILED = "meter_failed"
METER_OUT_OF_RANGE = "meter_out_of_range"
METER_PHASE_SEQUENCE = "meter_phase_sequence"
METER_RELAY_OFF = "meter_relay_off"

# What the Shelly calls its errors, up to the colon.
_METER_ERRORS: Final = {
    "count_disabled": METER_COUNTER_FAILED,
    "ct_type_not_set": METER_CT_TYPE_NOT_SET,
    "database_error": METER_COUNTER_FAILED,
    "out_of_range": METER_OUT_OF_RANGE,
    "overcurrent": METER_RELAY_OFF,
    "overpower": METER_RELAY_OFF,
    "overtemp": METER_RELAY_OFF,
    "overvoltage": METER_RELAY_OFF,
    "phase_sequence": METER_PHASE_SEQUENCE,
    "power_meter_failure": METER_FAILED,
    "undervoltage": METER_RELAY_OFF,
}
# What `repairs.py` can fix when the user asks for it.
_FIXABLE: Final = frozenset(
    {CO2_ENTITY_GONE, METER_REVERSED, METER_SILENT, PRICE_ENTITY_GONE, SIGN_IN_DUE}
)
_METER_ISSUES: Final = frozenset({*_METER_ERRORS.values(), METER_ERROR})

# A COP beyond Carnot comes and goes with the compressor: over is a day without it.
_CARNOT_OVER = timedelta(days=1)


class BeyondCarnot:
    """Remembers since when the COP has been too high; no snapshot has that state."""

    def __init__(self, earlier: Iterable[Flag], now: datetime) -> None:
        """Add the flags of the day before a restart."""
        self._since: datetime | None = None
        self._last_at = now
        for flag in earlier:
            if now - flag.time < _CARNOT_OVER:
                self._add_flag(flag)

    def add(self, update: Update) -> None:
        """Add what a reading brought about."""
        for flag in update.flags:
            self._add_flag(flag)
        for interval in update.closed:
            if interval.beyond_carnot_s:
                self._last_at = interval.end

    def since(self, now: datetime) -> datetime | None:
        """Return since when the COP is too high; None if that is over."""
        if now - self._last_at >= _CARNOT_OVER:
            self._since = None
        return self._since

    def _add_flag(self, flag: Flag) -> None:
        if flag.kind is FlagKind.BEYOND_CARNOT:
            self._last_at = flag.time
            self._since = self._since or flag.time


def local_text(moment: datetime) -> str:
    """Return a moment as the household's clock shows it."""
    return dt_util.as_local(moment).strftime("%Y-%m-%d %H:%M")


def local_texts(placeholders: Mapping[str, str | datetime]) -> dict[str, str]:
    """Return what fills a text, with moments as the household's clock shows them."""
    return {
        name: value if isinstance(value, str) else local_text(value)
        for name, value in placeholders.items()
    }


@callback
def async_report(
    hass: HomeAssistant,
    entry: ConfigEntry,
    key: str,
    placeholders: dict[str, str] | None,
) -> None:
    """Raise an issue of an entry; delete it where the placeholders are None."""
    if placeholders is not None:
        placeholders = {"name": entry.title, **placeholders}
    _async_report(hass, key, entry.entry_id, placeholders)


@callback
def async_report_since(
    hass: HomeAssistant, entry: ConfigEntry, key: str, since: datetime | None
) -> None:
    """Raise an issue with the moment it began, or delete it."""
    placeholders = None if since is None else {"since": local_text(since)}
    async_report(hass, entry, key, placeholders)


@callback
def async_report_not_saved(
    hass: HomeAssistant, entry: ConfigEntry, reason: str | None
) -> None:
    """Raise the issue that figures are not on disk, and why, or delete it."""
    placeholders = None if reason is None else {"reason": reason}
    async_report(hass, entry, LEDGER_NOT_SAVED, placeholders)


@callback
def async_report_set_aside(
    hass: HomeAssistant, entry: ConfigEntry, files: Sequence[str]
) -> None:
    """Raise the issue of stored files that could not be read, or delete it."""
    placeholders = {"files": ", ".join(files)} if files else None
    async_report(hass, entry, LEDGER_SET_ASIDE, placeholders)


@callback
def async_report_lasting(
    hass: HomeAssistant,
    entry: ConfigEntry,
    snapshot: Snapshot,
    beyond_carnot_since: datetime | None,
) -> None:
    """Raise or delete the issues of what is wrong for some time."""
    since = {
        STALE: snapshot.stale_since,
        CONTRADICTION: snapshot.contradiction_since,
        BEYOND_CARNOT: beyond_carnot_since,
        HEAT_COUNTER_FROZEN: snapshot.heat_counters_frozen_since,
        SUPPLY_FROZEN: snapshot.supply_frozen_since,
        COMPRESSOR_FROZEN: snapshot.compressor_frozen_since,
        RUN_TIME: snapshot.run_time_disagrees_since,
    }
    for key, moment in since.items():
        async_report_since(hass, entry, key, moment)
    placeholders = None
    if snapshot.reversed_phases and snapshot.reversed_since is not None:
        meters = meters_of(entry)
        placeholders = {
            "meters": ", ".join(
                f"{meters[key].title} ({', '.join(phases).upper()})"
                for key, phases in snapshot.reversed_phases.items()
            ),
            "since": local_text(snapshot.reversed_since),
        }
    async_report(hass, entry, METER_REVERSED, placeholders)


@callback
def async_report_sign_in_due(
    hass: HomeAssistant, entry: ConfigEntry, due: datetime | None
) -> None:
    """Raise the issue that the sign-in may end, or delete it."""
    until = None if due is None else dt_util.as_local(due).date().isoformat()
    async_report(hass, entry, SIGN_IN_DUE, None if until is None else {"until": until})


@callback
def async_report_meter_errors(
    hass: HomeAssistant, entry: ConfigEntry, errors: Sequence[str]
) -> None:
    """Raise or delete an issue for each kind of error that the meter names."""
    found: dict[str, list[str]] = {}
    for error in errors:
        key = _METER_ERRORS.get(error.partition(":")[0], METER_ERROR)
        found.setdefault(key, []).append(error)
    for key in _METER_ISSUES:
        named = {"errors": ", ".join(found[key])} if key in found else None
        async_report(hass, entry, key, named)


@callback
def async_report_entities(
    hass: HomeAssistant, entry: ConfigEntry, problems: Iterable[Problem]
) -> None:
    """Raise or delete the issue that entities that were chosen give no value.

    Those that may come back by themselves are no issue: their silence is an alarm.
    """
    unusable = [each for each in problems if not each.passes]
    if not unusable:
        async_report(hass, entry, ENTITIES_UNUSABLE, None)
        return
    texts = async_get_cached_translations(
        hass, hass.config.language, "selector", DOMAIN
    )
    prefix = f"component.{DOMAIN}.selector.entity_problem.options."
    lines = sorted(
        {
            texts.get(f"{prefix}{each.reason}", each.reason).format(
                entity=each.entity, detail=each.detail
            )
            for each in unusable
        }
    )
    named = {"problems": "\n".join(f"* {line}" for line in lines)}
    async_report(hass, entry, ENTITIES_UNUSABLE, named)


@callback
def async_report_calls(
    hass: HomeAssistant, entry: ConfigEntry, budget: CallBudget
) -> None:
    """Raise or delete the issue that another program makes the calls.

    It is one issue for all entries of an API client, as the limit is.
    """
    key, placeholders = CALLS_USED_ELSEWHERE, None
    client = entry.data["auth_implementation"]
    by_us = budget.used_day > DAY_LIMIT / 2 or budget.used_burst > BURST_LIMIT / 2
    if (block := budget.block) is not None and not by_us:
        placeholders = {
            "names": ", ".join(each.title for each in _entries_of_client(hass, client)),
            "until": local_text(block.until),
            "used": str(budget.used_day),
        }
        if block.limit_name is None:
            key = CALLS_USED_ELSEWHERE_UNNAMED
        else:
            placeholders["limit_name"] = block.limit_name
    _async_report(hass, CALLS_USED_ELSEWHERE, _digest(client), placeholders, key)


@callback
def async_report_budget_not_saved(
    hass: HomeAssistant, client: str, reason: str | None
) -> None:
    """Raise or delete the issue that the count of calls cannot be saved.

    The reason is in the words of the operating system; None if it can be saved.
    """
    placeholders = None if reason is None else {"reason": reason}
    _async_report(hass, BUDGET_NOT_SAVED, _digest(client), placeholders)


@callback
def async_delete_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take back all issues of an entry that is removed."""
    subjects = [entry.entry_id]
    client = entry.data.get("auth_implementation")
    if client is not None and not _entries_of_client(hass, client):
        subjects.append(_digest(client))
    endings = tuple(f"_{subject}" for subject in subjects)
    for domain, issue_id in list(ir.async_get(hass).issues):
        if domain == DOMAIN and issue_id.endswith(endings):
            ir.async_delete_issue(hass, DOMAIN, issue_id)


def _entries_of_client(hass: HomeAssistant, client: str) -> list[ConfigEntry]:
    """Return the entries that sign in with an API client."""
    return [
        each
        for each in hass.config_entries.async_entries(DOMAIN)
        # An ignored discovery is an entry without data.
        if each.data.get("auth_implementation") == client
    ]


def _digest(client: str) -> str:
    """Return what stands for the client id in an issue id: diagnostics list those."""
    return hashlib.sha256(client.encode()).hexdigest()[:12]


@callback
def _async_report(
    hass: HomeAssistant,
    key: str,
    subject: str,
    placeholders: dict[str, str] | None,
    translation_key: str | None = None,
) -> None:
    issue_id = f"{key}_{subject}"
    if placeholders is None:
        ir.async_delete_issue(hass, DOMAIN, issue_id)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        data={"key": key, "entry_id": subject} if key in _FIXABLE else None,
        is_fixable=key in _FIXABLE,
        severity=ir.IssueSeverity.WARNING,
        translation_key=translation_key or key,
        translation_placeholders=placeholders,
    )
