"""Keep serial numbers and installation ids out of the logs of the HTTP library."""

import logging
import re
from typing import Final, override

_IDS: Final = re.compile(r"/(installations|gateways|devices)/[^/?\s]+")


class _HideIds(logging.Filter):
    """Replaces the ids in the addresses that urllib3 logs at level DEBUG."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = _IDS.sub(r"/\1/**", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True


def hide_ids_in_logs() -> None:
    """Hide the ids from now on; to do so twice changes nothing."""
    logger = logging.getLogger("urllib3.connectionpool")
    if not any(isinstance(each, _HideIds) for each in logger.filters):
        logger.addFilter(_HideIds())
