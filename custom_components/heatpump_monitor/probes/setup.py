"""Set up an entry of probes."""

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from ..const import LOGGER
from ..entity import identifier
from ..issues import async_report_set_aside
from .build import async_probe_source
from .coordinator import AccountCoordinator, ProbesConfigEntry
from .store import ProbeStore

PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.EVENT,
    Platform.NUMBER,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TEXT,
]


async def async_setup_entry(hass: HomeAssistant, entry: ProbesConfigEntry) -> bool:
    """Set up the probes of an account."""
    source = await async_probe_source(hass, entry)
    store = ProbeStore(hass, entry.entry_id)
    kept = await store.async_load()
    async_report_set_aside(hass, entry, await store.async_set_aside())
    account = AccountCoordinator(hass, entry, source, store, kept)
    await _async_first_refresh(account)
    entry.runtime_data = account
    account.async_start()
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: ProbesConfigEntry) -> bool:
    """Unload the probes of an account, keeping what is known of them."""
    unloaded = await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
    if unloaded:
        await entry.runtime_data.async_save()
    return unloaded


@callback
def async_remove_device(entry: ProbesConfigEntry, device: dr.DeviceEntry) -> bool:
    """Forget a probe that is gone, or an instrument without probes; return if so."""
    account = entry.runtime_data
    if not account.last_update_success:
        # What is gone is not known.
        return False
    parts = {part for each in account.data for part in (each.key, each.device)}
    if device.identifiers & {identifier(entry, part) for part in parts if part}:
        return False
    for key in list(account.probes):
        if identifier(entry, key) in device.identifiers:
            account.async_forget(key)
    return True


async def _async_first_refresh(account: AccountCoordinator) -> None:
    """Read the account; probes that were seen before wait until it answers.

    Raises:
        ConfigEntryAuthFailed: The password is wrong, and no probe was seen before.
        ConfigEntryNotReady: The account does not answer, and none was seen before.
    """
    if not account.probes:
        await account.async_config_entry_first_refresh()
        return
    await account.async_refresh()
    if not account.last_update_success:
        LOGGER.warning(
            "%s starts without its source: %s",
            account.config_entry.title,
            account.last_exception,
        )
