"""Complete the list of an account's installations for PyViCare.

PyViCare fails on an installation, gateway or device without one of the keys it
expects, and on texts that merely look like a date. Here everything else is left
out, and what may be missing is filled in.
"""

from collections.abc import Mapping
import re
from typing import Final

from ..json_values import mapping, number, sequence, text

_DIGITS: Final = re.compile(r"[0-9]{1,15}")
# What PyViCare takes for a date, whether it is one or not.
_LIKE_A_DATE: Final = re.compile(r".{10}T.{12}Z", re.DOTALL)


def complete(installations: object) -> list[dict[str, object]]:
    """Return the installations that can be asked for, with every key that is needed."""
    return [
        {"id": identifier, "gateways": _gateways(entry)}
        for entry in map(mapping, sequence(installations))
        if (identifier := _whole_number(entry.get("id"))) is not None
    ]


def _gateways(installation: Mapping[str, object]) -> list[dict[str, object]]:
    return [
        {"serial": serial, "devices": _devices(entry)}
        for entry in map(mapping, sequence(installation.get("gateways")))
        if (serial := _name(entry.get("serial"))) is not None
    ]


def _devices(gateway: Mapping[str, object]) -> list[dict[str, object]]:
    return [
        {
            "id": identifier,
            "modelId": _name(entry.get("modelId")) or "Viessmann",
            "status": _name(entry.get("status")) or "",
            "deviceType": _name(entry.get("deviceType")) or "heating",
            "roles": list(filter(None, map(_name, sequence(entry.get("roles"))))),
        }
        for entry in map(mapping, sequence(gateway.get("devices")))
        if (identifier := _name(entry.get("id"))) is not None
    ]


def _name(value: object) -> str | None:
    name = text(value)
    return None if name is None or _LIKE_A_DATE.fullmatch(name) else name


def _whole_number(value: object) -> int | None:
    written = text(value) or ""
    known = number(int(written) if _DIGITS.fullmatch(written) else value)
    return None if known is None else int(known)
