"""The Shelly itself: identity, status, counters and history by HTTP."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator
from enum import StrEnum
from itertools import batched, islice
from typing import Final

from aiohttp import web

from ..clock import Clock
from ..faults import MeterFaults, hang
from ..state import Plant, Variant
from . import status
from .counters import MINUTE_S, Counters
from .digest import Gate, Verdict
from .history import PERIODS_S, Channel, History, Record
from .kinds import DEVICES, Device, MeterKind
from .rpc import Params, Result, RpcError, integer, optional_integer

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_MACS: Final = {Variant.BRINE: "FCE8C0AA0001", Variant.AIR: "FCE8C0AA0002"}
_ANOTHER_MAC: Final = "FCE8C0AA00FF"

# A live device returned six records a page; a day of net energies came in one.
_DATA_PAGE: Final = 6
_NET_PAGE_S: Final = 86_400
_CSV_CHUNK: Final = 60

_OTHER_PAGE: Final = "<html><body><h1>Not Found</h1></body></html>"

_OPEN_METHODS: Final = frozenset({"Shelly.GetDeviceInfo"})


class Profile(StrEnum):
    """How the three CTs of a Pro 3EM are used."""

    TRIPHASE = "triphase"
    MONOPHASE = "monophase"


_KINDS: Final = {
    Profile.TRIPHASE: MeterKind.EM,
    Profile.MONOPHASE: MeterKind.EM1,
}


class Firmware(StrEnum):
    """The firmwares that differ on the wire."""

    OLD = "1.6.2"
    NEW = "2.0.1"
    """Strict nonces: see digest."""


class Shelly:
    """A Shelly in, or around, a heat pump's supply.

    Attributes:
        faults: What goes wrong now.
        requests: How often each method was called.
        password: None while signing in is off.
        firmware: Decides the kind of nonce.
        live_counters: Move the counters all the time instead of once a minute.
        csv_rows_per_s: How fast the history is sent; the real device manages 55.
        host: Where it listens, "address:port", once it does.
    """

    def __init__(
        self,
        plant: Plant,
        *,
        clock: Clock,
        kind: MeterKind = MeterKind.EM,
        live_counters: bool = False,
    ) -> None:
        """Put a meter on a plant's supply."""
        self.faults = MeterFaults()
        self.requests: Counter[str] = Counter()
        self.password: str | None = None
        self.firmware = Firmware.OLD
        self.live_counters = live_counters
        self.csv_rows_per_s: float | None = None
        self.host = ""
        self.mac = _MACS[plant.variant]
        self._plant = plant
        self._clock = clock
        self._kind = kind
        self._counters = Counters(plant, DEVICES[kind].circuits)
        self._booted_s = plant.origin_epoch_s
        self._gate = Gate(self.device_id, clock)

    @property
    def name(self) -> str:
        """Return by which name it announces itself."""
        return f"{self._device.name}-{self.mac}"

    @property
    def device_id(self) -> str:
        """Return its id, which is also its realm."""
        return self.name.lower()

    @property
    def profile(self) -> Profile:
        """Return how the CTs of a Pro 3EM are used."""
        return Profile(str(self._device.profile))

    @property
    def reversed_phases(self) -> frozenset[str]:
        """Return the phases whose CT is the wrong way round."""
        return self._counters.reversed_phases

    @property
    def _device(self) -> Device:
        return DEVICES[self._kind]

    @property
    def _shown_mac(self) -> str:
        return _ANOTHER_MAC if self.faults.another_mac else self.mac

    def set_password(
        self, password: str | None, firmware: Firmware = Firmware.OLD
    ) -> None:
        """Ask for a password from now on, or for none, as some firmware does."""
        self.password = password
        self.firmware = firmware
        self._gate.expire()

    def set_profile(self, profile: Profile) -> None:
        """Use the CTs of a Pro 3EM in another way, which resets the counters."""
        self._kind = _KINDS[profile]
        self.reset_counters()

    def set_kind(self, kind: MeterKind) -> None:
        """Be another kind of Shelly, which begins to count now."""
        self._kind = kind
        self._counters = Counters(self._plant, self._device.circuits)
        self._gate = Gate(self.device_id, self._clock)
        self.reset_counters()

    def reverse(self, phases: Collection[str]) -> None:
        """Turn the CTs so that these phases ("a", "b", "c") are reversed."""
        self._counters.reverse(phases, self._now())

    def reset_counters(self) -> None:
        """Begin to count at 0 again."""
        self._counters.reset(self._now())

    def reboot(self) -> None:
        """Restart: the counters fall back a little, sessions are forgotten."""
        self._booted_s = self._now()
        self._counters.reboot(self._booted_s)
        self._gate.expire()

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application(middlewares=[self._spoil])
        app.add_routes(
            [
                web.get("/shelly", self._get_info),
                web.post("/rpc", self._post_frame),
                web.get("/rpc/{method}", self._call_by_path),
                web.post("/rpc/{method}", self._call_by_path),
                web.get("/emdata/{id}/data.csv", self._csv),
                web.post("/emdata/{id}/data.csv", self._csv),
                web.get("/em1data/{id}/data.csv", self._csv),
                web.post("/em1data/{id}/data.csv", self._csv),
            ]
        )
        return app

    @web.middleware
    async def _spoil(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Let the faults have their way with a request."""
        if self.faults.unreachable and request.transport is not None:
            request.transport.abort()
        if self.faults.timeout or self.faults.unreachable:
            await hang()
        if self.faults.not_a_shelly:
            return web.Response(status=404, text=_OTHER_PAGE, content_type="text/html")
        if self.faults.first_generation and request.path != "/shelly":
            return web.Response(status=404, text="Not Found")
        if self.faults.server_error:
            return _json({"code": -114, "message": "Internal error"}, status=500)
        response = await handler(request)
        if self.faults.wrong_json and isinstance(response, web.Response):
            whole = response.text or ""
            response.text = whole[: len(whole) // 2]
        return response

    async def _get_info(self, _: web.Request) -> web.Response:
        self.requests["shelly"] += 1
        return _json(self._old_info() if self.faults.first_generation else self._info())

    async def _call_by_path(self, request: web.Request) -> web.Response:
        """Answer GET /rpc/Method?id=0, or the same with the parameters posted."""
        method = request.match_info["method"]
        if method not in _OPEN_METHODS and (refusal := self._refuse(request)):
            return refusal
        params: Params = (
            await request.json() if request.can_read_body else request.query
        )
        try:
            return _json(self._call(method, params))
        except RpcError as error:
            body = {"code": error.code, "message": error.message}
            return _json(body, status=error.http_status)

    async def _post_frame(self, request: web.Request) -> web.Response:
        """Answer POST /rpc with a frame that names the method."""
        frame = await request.json()
        method = str(frame.get("method"))
        if method not in _OPEN_METHODS and (refusal := self._refuse(request)):
            return refusal
        reply: Result = {"id": frame.get("id"), "src": self.device_id}
        if "src" in frame:
            reply["dst"] = frame["src"]
        try:
            reply["result"] = self._call(method, frame.get("params") or {})
        except RpcError as error:
            reply["error"] = {"code": error.code, "message": error.message}
        return _json(reply)

    def _refuse(self, request: web.Request) -> web.Response | None:
        """Return a challenge where a request is not signed in, else None."""
        if self.password is None:
            return None
        strict = self.firmware is Firmware.NEW
        verdict = self._gate.check(
            request.headers.get("Authorization", ""),
            method=request.method,
            path=request.raw_path,
            password=self.password,
            strict=strict,
        )
        if verdict is Verdict.GOOD:
            return None
        self.requests["challenge"] += 1
        stale = verdict is Verdict.STALE
        challenge = self._gate.challenge(strict=strict, stale=stale)
        return web.Response(status=401, headers={"WWW-Authenticate": challenge})

    def _call(self, method: str, params: Params) -> Result:
        handler = self._handlers().get(method)
        if handler is None:
            raise RpcError(404, f"No handler for {method}")
        self.requests[method] += 1
        return handler(params)

    def _handlers(self) -> dict[str, Callable[[Params], Result]]:
        """Return the methods the device has in its present profile."""
        common: dict[str, Callable[[Params], Result]] = {
            "Shelly.GetDeviceInfo": lambda _: self._info(),
            "Shelly.GetStatus": lambda _: self._status(),
        }
        if self.faults.no_meter:
            return common
        live, data = self._device.live, self._device.data
        common[f"{live}.GetStatus"] = self._live
        if data is None:
            return common
        return common | {
            f"{data}.GetStatus": self._energy,
            f"{data}.GetRecords": self._records,
            f"{data}.GetData": self._data,
            f"{data}.GetNetEnergies": self._net_energies,
        }

    def _info(self) -> Result:
        info: Result = {
            "name": "heatpump",
            "id": self.device_id,
            "mac": self._shown_mac,
            "slot": 0,
            "model": self._device.model,
            "gen": self._device.gen,
            "fw_id": f"20250508-110823/{self.firmware}-gc8a76e2",
            "ver": str(self.firmware),
            "app": self._device.app,
            "auth_en": self.password is not None,
            "auth_domain": self.device_id if self.password is not None else None,
        }
        if self.faults.no_meter:
            return info | {"model": "SNSW-001X16EU", "app": "Plus1"}
        profile = self._device.profile
        return info if profile is None else info | {"profile": profile}

    def _old_info(self) -> Result:
        """Return what a Shelly 3EM of the first generation says of itself."""
        return {
            "type": "SHEM-3",
            "mac": self._shown_mac,
            "auth": False,
            "fw": "20230913-114244/v1.14.0-gcb84623",
            "longid": 1,
            "num_outputs": 1,
            "num_meters": 0,
            "num_emeters": 3,
        }

    def _status(self) -> Result:
        now_s = self._now()
        board = status.board(
            now_s, mac=self._shown_mac, uptime_s=now_s - self._booted_s
        )
        if self.faults.no_meter:
            return board | {"switch:0": {"id": 0, "source": "init", "output": True}}
        live, data = self._device.live.lower(), self._device.data
        meters: Result = {}
        for index in range(len(self._device.channels)):
            meters[f"{live}:{index}"] = self._live({"id": index})
            if data is not None:
                meters[f"{data.lower()}:{index}"] = self._energy({"id": index})
        return dict(sorted((board | meters).items()))

    def _live(self, params: Params) -> Result:
        self._now()
        state = self._plant.state()
        back = self._counters.reversed_phases
        index, channel = integer(params, "id"), self._channel(params)
        circuits = self._device.circuits
        if self._device.data is not None:
            live = status.live(index, channel, circuits, state, back)
        else:
            live = status.power_meter(
                index,
                circuits[index],
                state,
                is_reversed=channel.phases in back,
                is_switch=self._device.live == "Switch",
            )
            live |= self._minutes(index)
        return (
            live | {"errors": list(self.faults.errors)} if self.faults.errors else live
        )

    def _minutes(self, index: int) -> Result:
        """Return the counters of one circuit: of both directions, and of one."""
        now_s = self._now()
        counted = self._counters.at(self._counted_s(now_s))
        minute_s = now_s // MINUTE_S * MINUTE_S
        ends_s = [minute_s - each * MINUTE_S for each in range(3)]
        first_s = self._counters.installed_s
        past = [
            self._counters.between(max(end_s - MINUTE_S, first_s), max(end_s, first_s))
            for end_s in ends_s
        ]
        returned_wh = counted.returned_wh[index]
        moved_wh = counted.imported_wh[index] + returned_wh
        moved = [each.imported_wh[index] + each.returned_wh[index] for each in past]
        returned = [each.returned_wh[index] for each in past]
        return {
            "aenergy": status.minutes(moved_wh, moved, minute_s),
            "ret_aenergy": status.minutes(returned_wh, returned, minute_s),
        }

    def _energy(self, params: Params) -> Result:
        counted = self._counters.at(self._counted_s(self._now()))
        return status.energy(integer(params, "id"), self._channel(params), counted)

    def _counted_s(self, now_s: float) -> float:
        """Return up to when the counters have counted."""
        return now_s if self.live_counters else self._counters.last_minute_s(now_s)

    def _records(self, params: Params) -> Result:
        self._channel(params)
        return {"data_blocks": self._history().blocks(integer(params, "ts", 0))}

    def _data(self, params: Params) -> Result:
        channel, ts = self._channel(params), integer(params, "ts")
        records = self._history().records(
            channel, ts, optional_integer(params, "end_ts")
        )
        return _page(channel.keys(), 60, records, _DATA_PAGE)

    def _net_energies(self, params: Params) -> Result:
        channel, ts = self._channel(params), integer(params, "ts")
        period_s = integer(params, "period", 300)
        if period_s not in PERIODS_S:
            raise RpcError(-103, f"Invalid value '{period_s}' for 'period'!")
        records = self._history().net(
            channel, ts, optional_integer(params, "end_ts"), period_s
        )
        page = _NET_PAGE_S // period_s
        return _page(channel.net_keys(), period_s, records, page)

    def _channel(self, params: Params) -> Channel:
        index = integer(params, "id")
        channels = self._device.channels
        if not 0 <= index < len(channels):
            raise RpcError(-105, f"Argument 'id', value {index} not found!")
        return Channel(channels[index])

    async def _csv(self, request: web.Request) -> web.StreamResponse:
        """Send the history as a table, as slowly as asked for."""
        if (refusal := self._refuse(request)) is not None:
            return refusal
        data = self._device.data
        if data is None or not request.path.startswith(f"/{data.lower()}/"):
            raise web.HTTPNotFound
        self.requests["data.csv"] += 1
        posted = await request.post()
        asked = {**request.query, **{key: str(value) for key, value in posted.items()}}
        try:
            channel = self._channel(request.match_info)
            start, end = integer(asked, "ts", 0), optional_integer(asked, "end_ts")
        except RpcError as error:
            raise web.HTTPBadRequest(text=error.message) from error
        response = web.StreamResponse(headers={"Content-Type": "text/csv"})
        await response.prepare(request)
        if asked.get("add_keys") != "false":
            heading = ",".join(["timestamp", *channel.keys()])
            await response.write(f"{heading}\n".encode())
        records = self._history().records(channel, start, end)
        for rows in batched(records, _CSV_CHUNK, strict=False):
            await response.write("".join(map(_row, rows)).encode())
            await self._pause(len(rows))
        await response.write_eof()
        return response

    async def _pause(self, rows: int) -> None:
        """Take the time that sending some rows takes."""
        await asyncio.sleep(rows / self.csv_rows_per_s if self.csv_rows_per_s else 0)

    def _history(self) -> History:
        return History(self._counters, self._now())

    def _now(self) -> float:
        """Return the time, up to which the plant has then run."""
        now_s = self._clock.now()
        self._plant.advance(now_s)
        return now_s


def _page(
    keys: list[str], period_s: int, records: Iterator[Record], size: int
) -> Result:
    """Return one page of records, and where the next one begins."""
    page = list(islice(records, size))
    blocks: list[Result] = []
    if page:
        values = [record.values for record in page]
        blocks.append({"ts": page[0].ts, "period": period_s, "values": values})
    result: Result = {"keys": keys, "data": blocks}
    if (following := next(records, None)) is not None:
        result["next_record_ts"] = following.ts
    return result


def _row(record: Record) -> str:
    return (
        ",".join([str(record.ts), *(f"{value:.4f}" for value in record.values)]) + "\n"
    )


def _json(body: Result, status: int = 200) -> web.Response:
    return web.json_response(body, status=status)
