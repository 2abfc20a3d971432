"""The call budgets in use: one for each Viessmann API client, shared by its entries."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN
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
