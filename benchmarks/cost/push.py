"""A Shelly that pushes over a websocket, as core's integration has it."""

import json
from typing import Final

from aiohttp import ClientSession, WSMsgType, web

from simulator import Shelly
from simulator.world import ADDRESS

_LIVE_S: Final = 10
_ENERGY_S: Final = 60
_ENERGY_AT_S: Final = 1
_METHODS: Final = (
    "Shelly.GetDeviceInfo",
    "Shelly.GetStatus",
    "Shelly.GetConfig",
    "Shelly.GetComponents",
    "Shelly.ListMethods",
    "EM.GetStatus",
    "EMData.GetStatus",
    "Script.List",
)


class PushingShelly:
    """A websocket in front of a simulated Shelly, which answers over HTTP only."""

    def __init__(self, shelly: Shelly) -> None:
        """Listen nowhere yet."""
        self._shelly = shelly
        self._session = ClientSession()
        self._runner: web.AppRunner | None = None
        self._sockets: dict[str, web.WebSocketResponse] = {}
        self._next_s = 0

    async def start(self) -> str:
        """Listen; return "address:port"."""
        app = self._shelly.app()
        app.router.add_get("/rpc", self._connect)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, ADDRESS, 0).start()
        return f"{ADDRESS}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close all connections."""
        for websocket in self._sockets.values():
            await websocket.close()
        if self._runner is not None:
            await self._runner.cleanup()
        await self._session.close()

    async def push(self, elapsed_s: float) -> float:
        """Send what is due; return when there is more, in seconds since the start."""
        if elapsed_s >= self._next_s:
            second = self._next_s % _ENERGY_S
            await self._notify("EMData" if second == _ENERGY_AT_S else "EM", elapsed_s)
            # In one moment with the power, core's derivative would divide by zero.
            self._next_s += {0: _ENERGY_AT_S, _ENERGY_AT_S: _LIVE_S - _ENERGY_AT_S}.get(
                second, _LIVE_S
            )
        return self._next_s

    async def _notify(self, component: str, elapsed_s: float) -> None:
        status = await self._call(f"{component}.GetStatus", {"id": 0})
        params = {"ts": elapsed_s, f"{component.lower()}:0": status}
        for source, websocket in self._sockets.items():
            await websocket.send_json(
                {
                    "src": self._shelly.device_id,
                    "dst": source,
                    "method": "NotifyStatus",
                    "params": params,
                }
            )

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        websocket = web.WebSocketResponse()
        await websocket.prepare(request)
        async for message in websocket:
            if message.type is not WSMsgType.TEXT:
                continue
            frame = json.loads(message.data)
            self._sockets[frame["src"]] = websocket
            self._shelly.requests["websocket"] += 1
            await websocket.send_json(
                {
                    "id": frame["id"],
                    "src": self._shelly.device_id,
                    "dst": frame["src"],
                    "result": await self._answer(frame["method"], frame.get("params")),
                }
            )
        return websocket

    async def _answer(self, method: str, params: object) -> object:
        answers: dict[str, object] = {
            "Shelly.GetConfig": self._config(),
            "Shelly.GetComponents": {"components": [], "offset": 0, "total": 0},
            "Shelly.ListMethods": {"methods": _METHODS},
            "Script.List": {"scripts": []},
        }
        return (
            answers[method] if method in answers else await self._call(method, params)
        )

    async def _call(self, method: str, params: object) -> object:
        """Return what the simulated Shelly answers over HTTP."""
        url = f"http://{self._shelly.host}/rpc"
        frame = {"id": 1, "method": method, "params": params or {}}
        async with self._session.post(url, json=frame) as response:
            # What is asked for in this house is no request of the household.
            self._shelly.requests[method] -= 1
            answer: dict[str, object] = await response.json()
        return answer["result"]

    def _config(self) -> dict[str, object]:
        return {
            "ble": {"enable": False, "rpc": {"enable": False}},
            "cloud": {"enable": False, "server": None},
            "em:0": {"id": 0, "name": None, "blink_mode_selector": "active_energy"},
            "emdata:0": {"id": 0},
            "eth": {"enable": False},
            "modbus": {"enable": False},
            "mqtt": {"enable": False},
            "sys": {
                "device": {
                    "name": "heatpump",
                    "mac": self._shelly.mac,
                    "fw_id": "20250508-110823/1.6.2-gc8a76e2",
                    "profile": "triphase",
                    "addon_type": None,
                },
                "location": {"tz": "Europe/Berlin"},
                "cfg_rev": 20,
            },
            "temperature:0": {"id": 0, "name": None},
            "wifi": {"ap": {"enable": False}, "sta": {"enable": True}},
            "ws": {"enable": False, "server": None},
        }
