"""Write to emoncms, by the names that its app My Heatpump looks for."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from itertools import batched
import json
from math import isfinite
import re
from typing import Final
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from ..line_protocol import milliseconds
from ..point import Point
from .authorization import bearer
from .base import LinesRejected, TargetError, TargetMisconfigured, TargetRefused
from .errors import NotThatServer
from .failures import failure_of, reason_of
from .http import Answer, Server

_CONTENT_TYPE: Final = "application/x-www-form-urlencoded"
_MOST_AT_ONCE: Final = 500
"""PHP takes some milliseconds for each, and is ended after 30 s as a rule."""
_PREFIX: Final = "hpm_"
_NODE_TAGS: Final = (
    "home",
    "device",
    "meter",
    "circuit",
    "submeter",
    "heat_pump",
    "probe",
)
# It removes all else from a name, and then does not find its input again.
_NOT_IN_A_NAME: Final = re.compile(r"[^\w.-]")
_LONGEST_NAME: Final = 64

type _Value = tuple[str, Callable[[float], float]]


def _same(value: float) -> float:
    return value


def _kwh(wh: float) -> float:
    return wh / 1000


def _litres_per_minute(litres_per_hour: float) -> float:
    return litres_per_hour / 60


_OF_METER: Final[Mapping[str, _Value]] = {
    "power_w": ("heatpump_elec", _same),
    "energy_wh": ("heatpump_elec_kwh", _kwh),
}
_OF_HEAT_PUMP: Final[Mapping[str, _Value]] = {
    "supply_c": ("heatpump_flowT", _same),
    "return_c": ("heatpump_returnT", _same),
    "outside_c": ("heatpump_outsideT", _same),
    "hot_water_c": ("heatpump_dhwT", _same),
    "hot_water_target_c": ("heatpump_dhwTargetT", _same),
    "hot_water_charging": ("heatpump_dhw", _same),
    "flow_lph": ("heatpump_flowrate", _litres_per_minute),
    "heat_meter_wh": ("heatpump_heat_kwh", _kwh),
}
_OF_CIRCUIT: Final[Mapping[str, _Value]] = {
    "target_supply_c": ("heatpump_targetT", _same),
}
_NAMED: Final = {
    "hpm_meter": _OF_METER,
    "hpm_heat_pump": _OF_HEAT_PUMP,
    "hpm_circuit": _OF_CIRCUIT,
}


class Emoncms:
    """An account of emoncms; its inputs get what a point has, each by a name."""

    replaces = True
    resend_s = 0.0

    def __init__(self, session: aiohttp.ClientSession, url: URL, *, token: str) -> None:
        """Prepare; the token is the account's read and write API key."""
        self.server = Server(session, url, bearer(token), secrets=(token,))

    @property
    def connections(self) -> int:
        """Return how many connections were opened."""
        return self.server.connections

    def encode(self, point: Point) -> str:
        """Return a point as one item of a bulk, always the same for the same point."""
        inputs = [{name: value} for name, value in _inputs(point)]
        item = [milliseconds(point.time) // 1000, _node(point), *inputs]
        return json.dumps(item, ensure_ascii=False, separators=(",", ":"))

    async def write(self, lines: Sequence[str]) -> None:
        """Write lines, or raise a `TargetError`."""
        for some in batched(lines, _MOST_AT_ONCE, strict=False):
            form = await asyncio.to_thread(_form, some)
            answer = await self.server.post("input/bulk", {}, form, _CONTENT_TYPE)
            if answer.status != HTTPStatus.OK or answer.text.strip() != "ok":
                raise self._failure_of(answer)

    def _failure_of(self, answer: Answer) -> TargetError:
        """Return the error that an answer stands for; most have the status 200."""
        if answer.status != HTTPStatus.OK or answer.is_html:
            return failure_of(self.server, answer)
        reason = reason_of(answer)
        detail = self.server.shortened(reason)
        kind: type[TargetError] = NotThatServer
        if reason.strip() in ("", "false") or "api key" in reason.lower():
            # What it answers to a key that may only read is empty.
            kind = TargetRefused
        elif "maximal allowed number" in reason or "not initialized" in reason:
            kind = TargetMisconfigured
        elif '"success"' in answer.text:
            kind = LinesRejected
        return kind(detail, placeholders=self.server.placeholders(detail))


def _form(lines: Sequence[str]) -> bytes:
    # Times are in seconds from `time`, here since 1970.
    return urlencode({"data": f"[{','.join(lines)}]", "time": 0}).encode()


def _inputs(point: Point) -> list[tuple[str, float]]:
    """Return names and values of the inputs of a point."""
    named = _NAMED.get(point.measurement, {})
    prefix = point.measurement.removeprefix(_PREFIX)
    values = []
    for key, value in sorted(point.fields.items()):
        if not isfinite(value):
            continue
        name, convert = named.get(key, (f"{prefix}_{key}", _same))
        values.append((_named(name), convert(float(value))))
    if not values:
        raise ValueError(f"no field of {point.measurement} is a finite number")
    if point.measurement == "hpm_interval":
        values.extend(_heat(point.fields))
    return values


def _heat(fields: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return the mean heat of an interval in watts."""
    heat_wh, seconds = fields.get("heat_wh"), fields.get("seconds")
    if heat_wh is None or not seconds:
        return []
    return [("heatpump_heat", heat_wh * 3600 / seconds)]


def _node(point: Point) -> str:
    """Return the name of the node that a point belongs to."""
    tags = (point.tags.get(key) for key in _NODE_TAGS)
    return _named("_".join(tag for tag in tags if tag))


def _named(text: str) -> str:
    return _NOT_IN_A_NAME.sub("-", text)[:_LONGEST_NAME]
