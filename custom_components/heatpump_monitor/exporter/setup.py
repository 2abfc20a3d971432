"""Set up an entry of an export."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util

from ..const import (
    CONF_CHECKPOINT_MIN,
    CONF_KEEP_DAYS,
    CONF_KEEP_MB,
    CONF_RESEND_S,
    CONF_TARGET,
    DEFAULT_CHECKPOINT_MIN,
    DEFAULT_KEEP_DAYS,
    DEFAULT_KEEP_MB,
    DOMAIN,
    LOGGER,
    TargetKind,
)
from ..entity import identifier
from .build import async_counting_session, target_of
from .collector import Collector
from .coordinator import ExportCoordinator, ExportEntry
from .files import ExportFiles, files_of
from .labels import Labels
from .spool import Spool, SpoolError, SpoolLimits
from .targets.base import Target, TargetError

PLATFORMS = [Platform.BINARY_SENSOR, Platform.SENSOR]

_PRODUCTS: Final = {
    TargetKind.INFLUXDB1: ("InfluxData", "InfluxDB 1"),
    TargetKind.INFLUXDB2: ("InfluxData", "InfluxDB 2"),
    TargetKind.INFLUXDB3: ("InfluxData", "InfluxDB 3"),
    TargetKind.VICTORIA_METRICS: ("VictoriaMetrics", "VictoriaMetrics"),
    TargetKind.EMONCMS: ("OpenEnergyMonitor", "Emoncms"),
}
"""Who makes each kind of database, and its name."""


async def async_setup_entry(hass: HomeAssistant, entry: ExportEntry) -> bool:
    """Set up an export; whether its database answers does not matter."""
    target = _target(hass, entry)
    files = files_of(hass, entry.entry_id)
    spool = Spool(
        files.spool,
        target.encode,
        replaces=target.replaces,
        resend_s=entry.options.get(CONF_RESEND_S, target.resend_s),
        limits=limits_of(entry.options),
        now=dt_util.utcnow,
    )
    await _async_open(hass, spool, files)
    # It is open to one only: also a set-up that fails must close it.
    entry.async_on_unload(spool.async_close)
    labels = Labels(spool.notes)
    coordinator = ExportCoordinator(hass, entry, spool, target, labels, files)
    entry.runtime_data = coordinator
    collector = Collector(
        hass,
        entry.options,
        labels,
        coordinator.async_take,
        pause=coordinator.async_saved,
    )
    collector.async_start(entry)
    coordinator.async_start()
    await coordinator.async_refresh()
    _register_device(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: ExportEntry) -> bool:
    """Unload an export, with all that was collected on disk."""
    unloaded = await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
    if unloaded:
        await entry.runtime_data.async_stop()
    return unloaded


async def async_remove_files(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Delete what an export kept on disk."""
    files = files_of(hass, entry.entry_id)
    try:
        await hass.async_add_executor_job(files.remove)
    except OSError as err:
        LOGGER.warning("Files of %s cannot be deleted: %s", entry.title, err)


def limits_of(options: Mapping[str, Any]) -> SpoolLimits:
    """Return how much is kept on disk, as the options of an entry say."""
    return SpoolLimits(
        age=timedelta(days=options.get(CONF_KEEP_DAYS, DEFAULT_KEEP_DAYS)),
        size_bytes=round(1_000_000 * options.get(CONF_KEEP_MB, DEFAULT_KEEP_MB)),
        checkpoint=timedelta(
            minutes=options.get(CONF_CHECKPOINT_MIN, DEFAULT_CHECKPOINT_MIN)
        ),
    )


def _target(hass: HomeAssistant, entry: ExportEntry) -> Target:
    try:
        return target_of(hass, entry.data, async_counting_session(hass))
    except TargetError as err:
        raise ConfigEntryError(
            translation_domain=DOMAIN, translation_key="export_url"
        ) from err


async def _async_open(hass: HomeAssistant, spool: Spool, files: ExportFiles) -> None:
    """Open the spool; a damaged one is set aside.

    Raises:
        ConfigEntryNotReady: The disk fails.
    """
    try:
        await hass.async_add_executor_job(files.make_folder)
        name = await spool.async_open()
    except (OSError, SpoolError) as err:
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN,
            translation_key="ledger_unreadable",
            translation_placeholders={
                "file": files.shown(files.spool),
                "reason": getattr(err, "strerror", None) or str(err),
            },
        ) from err
    if name is not None:
        LOGGER.error("%s was damaged; kept as %s", files.shown(files.spool), name)


def _register_device(hass: HomeAssistant, entry: ExportEntry) -> None:
    maker, model = _PRODUCTS[TargetKind(entry.data[CONF_TARGET])]
    dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        entry_type=dr.DeviceEntryType.SERVICE,
        identifiers={identifier(entry)},
        manufacturer=maker,
        model=model,
        name=entry.title,
    )
