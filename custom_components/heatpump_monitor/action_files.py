"""The files that actions write."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final

from homeassistant.core import ServiceCall

from .const import DOMAIN
from .history.codec import Json
from .history.transfer import exporting
from .service_errors import failed, refused

ATTR_FILE: Final = "file"
ATTR_OVERWRITE: Final = "overwrite"


async def async_export(
    call: ServiceCall, rows: Iterable[exporting.Cells], **options: Any
) -> Json:
    """Write rows to the file that was asked for; return its path and their number.

    The rows are made in the thread that writes them. The `options` are those of
    `exporting.write`.

    Raises:
        HomeAssistantError: The file cannot be written.
        ServiceValidationError: Its name is not allowed, or it exists.
    """
    hass, name = call.hass, call.data[ATTR_FILE]
    options["overwrite"] = call.data[ATTR_OVERWRITE]
    job = partial(
        exporting.write, Path(hass.config.path(DOMAIN)), name, rows, **options
    )
    try:
        path, count = await hass.async_add_executor_job(job)
    except exporting.FileNameError as err:
        raise refused("file_not_allowed", field=ATTR_FILE, file=name) from err
    except exporting.FileExistsAlreadyError as err:
        raise refused("file_exists", field=ATTR_FILE, file=name) from err
    except OSError as err:
        reason = err.strerror or str(err)
        raise failed(
            "file_not_written", field=ATTR_FILE, file=name, reason=reason
        ) from err
    return {"path": str(path), "rows": count}
