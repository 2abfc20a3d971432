"""emoncms: the bulk input, which answers nearly all errors with the status 200.

Answers: Modules/input/input_controller.php and input_methods.php of emoncms/emoncms
"""

import json
import re
from typing import Final, override

from aiohttp import web

from .server import DatabaseServer
from .store import Identity

_REMOVED: Final = re.compile(r"[^\w\s.-]")


class EmoncmsServer(DatabaseServer):
    """A server with one account. A node is kept as a measurement without tags.

    Attributes:
        most_nodes: How many nodes the account may have.
    """

    write_key: Final = "0123456789abcdef0123456789abcdef"
    read_key: Final = "fedcba9876543210fedcba9876543210"

    def __init__(self) -> None:
        """Prepare an empty account."""
        super().__init__()
        self.most_nodes = 32

    @override
    def routes(self) -> list[web.RouteDef]:
        return [web.post("/input/bulk", self._bulk)]

    @override
    def error(self, status: int, reason: str = "") -> web.Response:
        return web.Response(status=status, text=reason)

    async def _bulk(self, request: web.Request) -> web.Response:
        key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if key not in (self.write_key, self.read_key):
            return self.error(401, "Invalid API key")
        if key == self.read_key:
            # PHP prints false as nothing.
            return web.Response()
        # PHP reads no form of another kind, and none that is packed.
        is_form = request.content_type == "application/x-www-form-urlencoded"
        if not is_form or "Content-Encoding" in request.headers:
            return _failed("Format error, json string supplied is not valid")
        form = await request.post()
        # Without a time, those of the items are taken relative to now.
        if form.get("time") != "0":
            return _failed("times are not absolute")
        try:
            items = json.loads(str(form.get("data", "")))
        except ValueError:
            items = []
        if not items:
            return _failed("Format error, json string supplied is not valid")
        for item in items:
            if reason := self._store(item):
                return _failed(reason)
        return web.Response(text="ok")

    def _store(self, item: object) -> str:
        """Store one item, or return why it is not; what came before it stays."""
        match item:
            case [int(time_s), str(node), *inputs] if inputs:
                pass
            case _:
                return "Format error"
        nodes = {identity.measurement for identity in self.store.points}
        if node not in nodes and len(nodes) >= self.most_nodes:
            return (
                "Error: Reached the maximal allowed number of different NodeIds, "
                f"limit is {self.most_nodes}. Node '{node}' was ignored."
            )
        fields = {}
        for each in inputs:
            # Of an object with several inputs, the real one takes the first only.
            if not isinstance(each, dict) or len(each) != 1:
                return "Format error, one input in each object"
            [(name, value)] = each.items()
            if _REMOVED.search(name) or _REMOVED.search(node):
                return "Format error, a character that is removed"
            if not isinstance(value, float):
                return "Format error, not a number"
            fields[name] = value
        self.store.write(Identity(node, (), time_s * 1000), fields)
        return ""


def _failed(message: str) -> web.Response:
    content = {"success": False, "message": message.replace('"', "'")}
    return web.Response(text=json.dumps(content))
