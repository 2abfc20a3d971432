"""The call budgets in use: one for each Viessmann API client, shared by its entries."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from .const import CONF_HEAT_PUMP_INTERVAL_S, DEFAULT_HEAT_PUMP_INTERVAL_S, DOMAIN
from .performance.periods import DAY_S
from .sources.budget import CallBudget

_BUDGETS: HassKey[dict[str, CallBudget]] = HassKey(f"{DOMAIN}_budgets")
_STORAGE_VERSION = 1


async def async_get_budget(hass: HomeAssistant, auth_implementation: str) -> CallBudget:
    """Return the budget of an API client, as it was before a restart.

    Its store outlives the config entries: what was called still counts at
    Viessmann when a heat pump is removed and added again.

    Args:
        hass: Home Assistant.
        auth_implementation: Which API client, as config entries name it.
    """
    budgets = hass.data.setdefault(_BUDGETS, {})
    if auth_implementation in budgets:
        return budgets[auth_implementation]
    store: Store[dict[str, object]] = Store(
        hass,
        _STORAGE_VERSION,
        f"{DOMAIN}.budget.{auth_implementation}",
        atomic_writes=True,
    )
    stored = await store.async_load()

    def save() -> None:
        # Calls are counted in the executor, where PyViCare makes them.
        hass.loop.call_soon_threadsafe(store.async_delay_save, budget.as_dict)

    budget = CallBudget.from_dict(stored, dt_util.utcnow, on_change=save)
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
