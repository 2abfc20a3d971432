"""The call budgets in use: one for each Viessmann API client, shared by its entries."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from .const import CONF_HEAT_PUMP_INTERVAL_S, DEFAULT_HEAT_PUMP_INTERVAL_S, DOMAIN
from .history.codec import Json
from .issues import async_report_budget_not_saved
from .sources.viessmann.budget import CallBudget
from .stored_file import StoredFile, reason_not_saved
from .time_units import DAY_S

_BUDGETS: HassKey[dict[str, CallBudget]] = HassKey(f"{DOMAIN}_budgets")


async def async_get_budget(hass: HomeAssistant, auth_implementation: str) -> CallBudget:
    """Return the budget of an API client, as it was before a restart.

    Its store outlives the config entries: what was called still counts at
    Viessmann when a heat pump is removed and added again. A file that cannot be
    understood is renamed, and nothing counts as used.

    Raises:
        ConfigEntryNotReady: The disk fails, or the file is of a newer version.
    """
    budgets = hass.data.setdefault(_BUDGETS, {})
    if auth_implementation in budgets:
        return budgets[auth_implementation]
    file = StoredFile(hass, f"{DOMAIN}.budget.{auth_implementation}")
    stored = await file.async_read(_checked)

    async def async_save() -> None:
        reason = await reason_not_saved(file.async_write(budget.as_dict()))
        async_report_budget_not_saved(hass, auth_implementation, reason)

    def save() -> None:
        hass.async_create_task(async_save(), "save the call budget")

    budget = CallBudget(dt_util.utcnow, stored, on_change=save)
    # Another entry may have come first while the store was read.
    return budgets.setdefault(auth_implementation, budget)


@callback
def regular_calls_day(hass: HomeAssistant, entry: ConfigEntry) -> float:
    """Return the calls in 24 hours for the regular readings that share a budget.

    Entries that are not loaded now count as well, as they may be soon.
    """
    implementation = entry.data["auth_implementation"]
    intervals_s: list[float] = [
        each.options.get(CONF_HEAT_PUMP_INTERVAL_S, DEFAULT_HEAT_PUMP_INTERVAL_S)
        for each in hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        if each.data.get("auth_implementation") == implementation
    ]
    return sum(DAY_S / interval_s for interval_s in intervals_s)


def _checked(stored: Json) -> Json:
    """Return the content of a file if it is a budget's."""
    if not isinstance(stored, dict) or not isinstance(stored.get("calls"), dict):
        raise TypeError("there is no count of calls")
    return stored
