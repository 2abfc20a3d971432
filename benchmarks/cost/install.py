"""What is installed in the Home Assistant that is measured."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from . import entries
from .helpers import async_add_helpers
from .home import async_settle
from .job import Household, Job
from .loop import Work


async def async_install(hass: HomeAssistant, work: Work, job: Job) -> None:
    """Install what a household has, and wait until it runs."""
    if job.household is Household.OURS:
        entry = await entries.async_add_ours(hass, job.heat_pump)
        if job.ledger:
            await _async_import(hass, entry, job.ledger)
    if job.household in {Household.CORE, Household.HELPERS}:
        shelly = await entries.async_add_shelly(hass, job.heat_pump)
        work.checks.append(lambda: _has_calls(shelly))
        await entries.async_add_vicare(hass, job.heat_pump)
    if job.household is Household.HELPERS:
        await async_settle(hass)
        await async_add_helpers(hass)
    await async_settle(hass)


def _has_calls(shelly: ConfigEntry) -> bool:
    """Return whether the meter was asked something over its websocket."""
    return bool(shelly.runtime_data.rpc.device._rpc._calls)  # noqa: SLF001


async def _async_import(hass: HomeAssistant, entry: ConfigEntry, name: str) -> None:
    """Import a recording into the ledger.

    Raises:
        RuntimeError: Rows were refused.
    """
    await async_settle(hass)
    response = await hass.services.async_call(
        entries.DOMAIN,
        "import_history",
        {"config_entry_id": entry.entry_id, "file": name},
        blocking=True,
        return_response=True,
    )
    if not response or response["bad_rows"]:
        raise RuntimeError(f"the ledger was not imported: {response}")
