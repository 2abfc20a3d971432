"""Many homes on one VictoriaMetrics: each token is for the data of its home only."""

from collections.abc import Iterator, Sequence
import http.client
import json
from pathlib import Path
from typing import Any, Final, override
from urllib.parse import urlencode

import aiohttp
import pytest
from yarl import URL

from custom_components.heatpump_monitor.exporter.targets.base import (
    TargetMisconfigured,
    TargetRefused,
)
from custom_components.heatpump_monitor.exporter.targets.victoria_metrics import (
    VictoriaMetrics as Target,
)
from tests.servers import RealServer, RealVictoriaMetrics

from .asking import VictoriaMetrics
from .conftest import SERVER, start

_BACKEND: Final = "http://victoria-metrics:8428"
_TOKENS: Final = {"north": "token-n", "south": "token-s", "public": "token-p"}
_ALL: Final = '{__name__=~"hpm_.+"}'
_TIME_MS: Final = 1_762_765_200_000
_STORED: Final = {("hpm_x_v", "north", 1.0), ("hpm_x_v", "south", 2.0)}


class _VmAuth(RealServer):
    program = "vmauth"
    ready_path = "/health"

    def __init__(self, folder: Path, backend: str) -> None:
        super().__init__(folder)
        text = (SERVER / "vmauth.yaml").read_text()
        assert text.count(_BACKEND) == 5
        self._config = folder / "vmauth.yaml"
        self._config.write_text(text.replace(_BACKEND, backend))

    @override
    def arguments(self) -> Sequence[str]:
        return (
            f"-auth.config={self._config}",
            f"-httpListenAddr=127.0.0.1:{self.port}",
        )


class _Homes:
    """A VictoriaMetrics behind vmauth."""

    def __init__(self, database: VictoriaMetrics, port: int) -> None:
        self.database = database
        self.port = port

    def ask(
        self,
        token: str | None,
        path: str,
        body: str | None = None,
        *,
        form: dict[str, str] | None = None,
        method: str | None = None,
    ) -> tuple[int, str]:
        """Return status and text; the path is sent as it is."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            method = method or ("GET" if body is None else "POST")
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def write(self, token: str | None, line: str, arguments: str = "") -> int:
        """Write a line and return the status."""
        status, _ = self.ask(token, f"/write?precision=ms{arguments}", line)
        return status

    def stored(self) -> set[tuple[str, str, float]]:
        """Return metric, home and value of all that is stored."""
        self.database.write([])
        found = self.database.get(
            "query", query=f"last_over_time({_ALL}[1h])", time=_TIME_MS / 1000 + 60
        )
        return {
            (
                each["metric"]["__name__"],
                each["metric"].get("home", ""),
                float(each["value"][1]),
            )
            for each in found["data"]["result"]
        }


@pytest.fixture
def homes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Homes]:
    """Return two homes that have written one value each."""
    for name, token in _TOKENS.items():
        monkeypatch.setenv(f"TOKEN_{name.upper()}", token)
    backend = RealVictoriaMetrics(folder)
    proxy = _VmAuth(folder, backend.url)
    try:
        start(backend)
        start(proxy)
        made = _Homes(VictoriaMetrics(url=backend.url), proxy.port)
        for home, value in ("north", 1.0), ("south", 2.0):
            line = f"hpm_x,device=d,home={home} v={value} {_TIME_MS}"
            assert made.write(_TOKENS[home], line) == 204
        assert made.stored() == _STORED
        yield made
    finally:
        proxy.kill()
        backend.kill()


@pytest.mark.parametrize("arguments", ["", "&extra_label=home=south", "&extra_label="])
def test_writes_as_itself_only(homes: _Homes, arguments: str) -> None:
    """Whatever home it names, it is its own, also without a name."""
    token = _TOKENS["north"]
    line = f"hpm_y,device=d,home=south v=3 {_TIME_MS}"
    assert homes.write(token, line, arguments) == 204
    assert homes.write(token, f"hpm_z,device=d v=4 {_TIME_MS}", arguments) == 204
    added = {("hpm_y_v", "north", 3.0), ("hpm_z_v", "north", 4.0)}
    assert homes.stored() == _STORED | added


_TRICKS: Final[list[dict[str, str]]] = [
    {},
    {"extra_label": "home=south"},
    {"extra_filters": '{home="south"}'},
    {"extra_filters[]": '{home="south"}'},
]


@pytest.mark.parametrize("trick", _TRICKS)
@pytest.mark.parametrize("query", [_ALL, '{home="south"}', "hpm_x_v"])
@pytest.mark.parametrize("in_body", [False, True])
def test_reads_its_own_only(
    homes: _Homes, trick: dict[str, str], query: str, in_body: bool
) -> None:
    """No query, label or argument gives what is another home's."""
    times = {"time": f"{_TIME_MS // 1000 + 5}", "start": f"{_TIME_MS // 1000}"}
    times["end"] = times["time"]
    asked = {"query": query, "match[]": query, "step": "10s", **times, **trick}
    for name in "query", "query_range", "series", "export":
        path = f"/api/v1/{name}"
        if in_body:
            status, text = homes.ask(_TOKENS["north"], path, form=asked)
        else:
            status, text = homes.ask(_TOKENS["north"], f"{path}?{urlencode(asked)}")
        assert status == 200, text
        assert "south" not in text
        if not trick and query == _ALL:
            assert "north" in text
    path = f"/api/v1/label/home/values?{urlencode(trick | times)}"
    status, text = homes.ask(_TOKENS["north"], path)
    assert status == 200
    assert set(json.loads(text)["data"]) <= {"north"}


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/admin/tsdb/delete_series",
        "/api/v1/query/../admin/tsdb/delete_series",
        "/api/v1/query/%2e%2e/admin/tsdb/delete_series",
        "//api/v1/admin/tsdb/delete_series",
        "/prometheus/api/v1/admin/tsdb/delete_series",
        "/api/v1/import",
        "/api/v1/import/prometheus",
        "/federate",
        "/snapshot/create",
        "/api/v1/status/tsdb",
    ],
)
def test_nothing_else(homes: _Homes, path: str) -> None:
    """Neither is anything deleted, nor is there another way in or out."""
    arguments = urlencode({"match[]": _ALL})
    line = f'hpm_w{{home="south"}} 5 {_TIME_MS}'
    for body in None, line:
        status, text = homes.ask(_TOKENS["north"], f"{path}?{arguments}", body)
        assert 400 <= status < 500
        assert "hpm_x_v" not in text.replace(path, "")
    assert homes.stored() == _STORED


def test_refused(homes: _Homes) -> None:
    """Without a token: 401. With a wrong one, 401 too; before version 1.80, 400."""
    line = f"hpm_y,home=north v=3 {_TIME_MS}"
    assert homes.write(None, line) == 401
    assert homes.write("", line) in {400, 401}
    assert homes.write("token-x", line) in {400, 401}
    assert homes.ask("token-x", f"/api/v1/export?match[]={_ALL}")[0] in {400, 401}
    assert homes.stored() == _STORED


def test_public(homes: _Homes) -> None:
    """The public token reads one home, and writes nothing."""
    token = _TOKENS["public"]
    asked = urlencode({"query": _ALL, "time": _TIME_MS // 1000 + 60})
    status, text = homes.ask(token, f"/api/v1/query?{asked}")
    assert status == 200
    found: list[dict[str, Any]] = json.loads(text)["data"]["result"]
    assert [each["metric"]["home"] for each in found] == ["north"]
    assert homes.write(token, f"hpm_y v=3 {_TIME_MS}") == 400
    assert homes.ask(token, "/api/v1/export?match[]=hpm_x_v")[0] == 400
    assert homes.stored() == _STORED


async def test_target(homes: _Homes) -> None:
    """An export writes through it; a token that is not known is no fault of lines."""
    url = URL(f"http://127.0.0.1:{homes.port}")
    line = f"hpm_y,device=d,home=south v=3.0 {_TIME_MS}"
    async with aiohttp.ClientSession() as session:
        target = Target(session, url, token=_TOKENS["north"])
        await target.write([line])
        assert await target.async_deduplicates() is None
        for token in "token-x", "":
            with pytest.raises(TargetRefused):
                await Target(session, url, token=token).write([line])
        with pytest.raises(TargetMisconfigured):
            await Target(session, url, token=_TOKENS["public"]).write([line])
    assert homes.stored() == _STORED | {("hpm_y_v", "north", 3.0)}
