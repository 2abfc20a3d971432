"""Complete the list of an account's installations for PyViCare.

PyViCare fails on an installation, gateway or device without one of the keys it
expects, and on texts that merely look like a date. Here everything else is left
out, and what may be missing is filled in.
"""

from collections.abc import Mapping
import re
from typing import Final
from urllib.parse import quote

from ..json_values import mapping, number, sequence, text

_DIGITS: Final = re.compile(r"[0-9]{1,15}")
# What PyViCare takes for a date, whether it is one or not.
_LIKE_A_DATE: Final = re.compile(r".{10}T.{12}Z", re.DOTALL)
INSTALLATIONS: Final = "/equipment/installations"

_UNKNOWN_MODEL: Final = "Viessmann"
_USUAL_DEVICE_TYPE: Final = "heating"


def complete(installations: object) -> list[dict[str, object]]:
    """Return the installations that can be asked for, with every key that is needed."""
    found = (_installation(mapping(entry)) for entry in sequence(installations))
    return [installation for installation in found if installation is not None]


def next_page(url: str, answer: Mapping[str, object]) -> str | None:
    """Return where the list goes on, or None at its end."""
    cursor = text(mapping(answer.get("cursor")).get("next"))
    return None if cursor is None else f"{url}&cursor={quote(cursor, safe='')}"


def _installation(entry: Mapping[str, object]) -> dict[str, object] | None:
    if (identifier := _whole_number(entry.get("id"))) is None:
        return None
    gateways = (_gateway(mapping(item)) for item in sequence(entry.get("gateways")))
    return {
        "id": identifier,
        "gateways": [gateway for gateway in gateways if gateway is not None],
    }


def _gateway(entry: Mapping[str, object]) -> dict[str, object] | None:
    if (serial := _name(entry.get("serial"))) is None:
        return None
    devices = (_device(mapping(item)) for item in sequence(entry.get("devices")))
    return {
        "serial": serial,
        "devices": [device for device in devices if device is not None],
    }


def _device(entry: Mapping[str, object]) -> dict[str, object] | None:
    if (identifier := _name(entry.get("id"))) is None:
        return None
    roles = (_name(role) for role in sequence(entry.get("roles")))
    return {
        "id": identifier,
        "modelId": _name(entry.get("modelId")) or _UNKNOWN_MODEL,
        "status": _name(entry.get("status")) or "",
        "deviceType": _name(entry.get("deviceType")) or _USUAL_DEVICE_TYPE,
        "roles": [role for role in roles if role is not None],
    }


def _name(value: object) -> str | None:
    name = text(value)
    return None if name is None or _LIKE_A_DATE.fullmatch(name) else name


def _whole_number(value: object) -> int | None:
    written = text(value) or ""
    known = number(int(written) if _DIGITS.fullmatch(written) else value)
    return None if known is None else int(known)
