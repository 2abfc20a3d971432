"""Repair issues of an export."""

from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from .. import issues
from ..const import DOMAIN
from .files import ExportFiles
from .status import ExportStatus
from .targets.base import LinesRejected, TargetError, TargetMisconfigured

_REASONS: Final = (
    f"component.{DOMAIN}.entity.binary_sensor.export_connected"
    ".state_attributes.reason.state"
)


@callback
def async_report_problems(
    hass: HomeAssistant, entry: ConfigEntry, files: ExportFiles, status: ExportStatus
) -> None:
    """Raise or delete the issues of what somebody has to see to.

    A database that does not answer is none: nothing is lost for days, and there is a
    binary sensor for it.
    """
    issues.async_report_not_saved(hass, entry, status.not_saved)
    found = {
        issues.EXPORT_NOT_TAKEN: _not_taken(hass, status.sender.failure),
        issues.EXPORT_DROPPED: (
            {"count": str(status.dropped_lately)} if status.dropped_lately else None
        ),
        issues.EXPORT_LINES_REJECTED: (
            {"count": str(status.rejected), "file": files.shown(files.rejected)}
            if status.files.has_rejected
            else None
        ),
        issues.EXPORT_SET_ASIDE: (
            {"files": ", ".join(status.files.set_aside)}
            if status.files.set_aside
            else None
        ),
    }
    for key, placeholders in found.items():
        issues.async_report(hass, entry, key, placeholders)


def _not_taken(
    hass: HomeAssistant, failure: TargetError | None
) -> dict[str, str] | None:
    """Return why nothing is taken until somebody changes something."""
    if not isinstance(failure, (LinesRejected, TargetMisconfigured)):
        return None
    texts = async_get_cached_translations(hass, hass.config.language, "entity", DOMAIN)
    text = texts.get(f"{_REASONS}.{failure.key}", failure.key)
    detail = str(failure)
    return {"reason": f"{text} ({detail})" if detail else text}
