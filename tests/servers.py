"""Real databases for tests: find, start, kill and delete them.

They are on the PATH, or where `script/setup servers` unpacks them.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
import json
from pathlib import Path
import shutil
import socket
import ssl
import subprocess
from typing import Any, Final, override

import aiohttp
import pytest

from custom_components.heatpump_monitor.exporter.targets.http import counting

_UNPACKED: Final = Path(__file__).parents[1] / ".servers/usr/bin"
_LONGEST_START_S: Final = 20.0
_LONGEST_STOP_S: Final = 20.0
_PAUSE_S: Final = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class TlsFiles:
    """The certificate that a server shows, its key, and who issued it."""

    certificate: Path
    key: Path
    authority: Path


def find(name: str) -> str:
    """Return the path of a server's program; skip the test without it."""
    if found := shutil.which(name) or shutil.which(name, path=_UNPACKED):
        return found
    pytest.skip(f"{name} is not on this machine; script/setup servers gets it")


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


class RealServer:
    """A program that is started with a folder of its own.

    Attributes:
        port: Where it listens, also after a restart.
    """

    program: str
    ready_path: str

    def __init__(self, folder: Path, *, tls: TlsFiles | None = None) -> None:
        """Prepare; its data is in a folder of its own below the given one."""
        self.port = free_port()
        self.tls = tls
        self._folder = folder / f"{self.program}-{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return its URL; by TLS, with the name that the certificate is for."""
        if self.tls is None:
            return f"http://127.0.0.1:{self.port}"
        return f"https://localhost:{self.port}"

    @property
    def pid(self) -> int:
        """Return the id of its process."""
        assert self._process is not None
        return self._process.pid

    @property
    def data(self) -> Path:
        """Return the folder of its data."""
        return self._folder / "data"

    def arguments(self) -> Sequence[str]:
        """Return what it is started with."""
        raise NotImplementedError

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        self._launch()
        async with asyncio.timeout(_LONGEST_START_S):
            while not await self._is_ready():
                await asyncio.sleep(_PAUSE_S)

    def stop(self) -> None:
        """End it as a service is ended, and wait until it has written all."""
        self._end(kill=False)

    def kill(self) -> None:
        """End it at once (kill -9)."""
        self._end(kill=True)

    def delete_data(self) -> None:
        """Delete what it has stored; it must not run."""
        assert self._process is None
        shutil.rmtree(self.data, ignore_errors=True)

    async def ask(
        self, method: str, path: str, **arguments: Any
    ) -> tuple[int, str, Mapping[str, str]]:
        """Return status, text and headers of an answer, whatever its certificate."""
        async with (
            local_session(False) as session,
            session.request(method, f"{self.url}{path}", **arguments) as response,
        ):
            return response.status, await response.text(), response.headers

    async def _is_ready(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise RuntimeError((self._folder / "log").read_text()[-2000:])
        try:
            status, _, _ = await self.ask("GET", self.ready_path)
        except aiohttp.ClientError:
            return False
        return 200 <= status < 300

    def _launch(self) -> None:
        assert self._process is None
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [find(self.program), *self.arguments()],
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
            )

    def _end(self, *, kill: bool) -> None:
        if (process := self._process) is None:
            return
        self._process = None
        if kill:
            process.kill()
        else:
            process.terminate()
        try:
            process.wait(_LONGEST_STOP_S)
        finally:
            process.kill()
            process.wait()


class RealVictoriaMetrics(RealServer):
    """A single node of VictoriaMetrics, as the documentation says to start it."""

    program = "victoria-metrics"
    ready_path = "/health"

    def __init__(
        self,
        folder: Path,
        *,
        tls: TlsFiles | None = None,
        flags: Sequence[str] = ("-dedup.minScrapeInterval=1ms",),
    ) -> None:
        """Prepare."""
        super().__init__(folder, tls=tls)
        self._flags = flags

    @override
    def arguments(self) -> Sequence[str]:
        tls: tuple[str, ...] = ()
        if self.tls is not None:
            tls = (
                "-tls",
                f"-tlsCertFile={self.tls.certificate}",
                f"-tlsKeyFile={self.tls.key}",
            )
        return (
            f"-storageDataPath={self.data}",
            f"-httpListenAddr=127.0.0.1:{self.port}",
            "-retentionPeriod=100y",
            "-search.latencyOffset=0s",
            *tls,
            *self._flags,
        )

    async def export(self, metric: str, **labels: str) -> list[dict[str, Any]]:
        """Return the series of a metric with what is stored of each, as it was sent."""
        await self.ask("GET", "/internal/force_flush")
        filters = "".join(f",{key}={json.dumps(text)}" for key, text in labels.items())
        match = f"{{__name__=~{json.dumps(metric)}{filters}}}"
        status, text, _ = await self.ask(
            "GET", "/api/v1/export", params={"match[]": match}
        )
        assert status == 200, text
        return [json.loads(line) for line in text.splitlines()]

    async def points(self, metric: str, **labels: str) -> dict[int, float]:
        """Return the values of the only series of a metric by their times in ms."""
        found = await self.export(metric, **labels)
        assert len(found) <= 1, found
        return {
            time: value
            for series in found
            for time, value in zip(series["timestamps"], series["values"], strict=True)
        }

    async def count(self, metric: str, start: datetime, *, hours: int) -> int:
        """Return how many values a query sees from a time on, repeated ones once."""
        end = start + timedelta(hours=hours) - timedelta(milliseconds=1)
        status, text, _ = await self.ask(
            "GET",
            "/api/v1/query",
            params={
                "query": f"count_over_time({metric}[{hours}h])",
                "time": str(end.timestamp()),
                "nocache": "1",
            },
        )
        assert status == 200, text
        found = json.loads(text)["data"]["result"]
        return sum(int(each["value"][1]) for each in found)


class RealVmAuth(RealServer):
    """vmauth, which lets each token write to one place."""

    program = "vmauth"
    ready_path = "/health"

    def __init__(self, folder: Path, places: Mapping[str, str]) -> None:
        """Prepare; `places` has the URLs behind the tokens."""
        super().__init__(folder)
        self._places = places

    @override
    def arguments(self) -> Sequence[str]:
        file = self._folder / "auth.yml"
        users = [
            {
                "bearer_token": token,
                "url_map": [{"src_paths": ["/write"], "url_prefix": url}],
            }
            for token, url in self._places.items()
        ]
        # JSON is YAML.
        file.write_text(json.dumps({"users": users}))
        return (f"-auth.config={file}", f"-httpListenAddr=127.0.0.1:{self.port}")


class RealInfluxDb(RealServer):
    """InfluxDB 1, where users must sign in.

    Attributes:
        username: The administrator, who is created with the first start.
        password: What the administrator signs in with.
        database: Created with the first start.
    """

    program = "influxd"
    ready_path = "/ping"
    username = "admin"
    password = "a pass:wörd"
    database = "home"

    @override
    def arguments(self) -> Sequence[str]:
        file = self._folder / "influxdb.conf"
        file.write_text(self._configuration())
        return ("-config", str(file))

    @override
    async def start(self) -> None:
        is_new = not self.data.exists()
        await super().start()
        if is_new:
            await self.query(
                f"CREATE USER {self.username} WITH PASSWORD '{self.password}' "
                "WITH ALL PRIVILEGES"
            )
            await self.query(f"CREATE DATABASE {self.database}")

    async def query(self, statement: str) -> list[dict[str, Any]]:
        """Return the series that answer a statement, with times in ms."""
        authorization = aiohttp.encode_basic_auth(self.username, self.password)
        status, text, _ = await self.ask(
            "POST",
            "/query",
            params={"db": self.database, "epoch": "ms"},
            data={"q": statement},
            headers={"Authorization": authorization},
        )
        assert status == 200, text
        [result] = json.loads(text)["results"]
        assert "error" not in result, result
        series: list[dict[str, Any]] = result.get("series", [])
        return series

    async def points(self, measurement: str, field: str) -> dict[int, float]:
        """Return the values of the only series of a field by their times in ms."""
        found = await self.query(f'SELECT "{field}" FROM "{measurement}" GROUP BY *')  # noqa: S608
        assert len(found) <= 1, found
        return {time: value for series in found for time, value in series["values"]}

    def _configuration(self) -> str:
        tls = ""
        if self.tls is not None:
            tls = f"""
https-enabled = true
https-certificate = "{self.tls.certificate}"
https-private-key = "{self.tls.key}"
"""
        return f"""
reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
dir = "{self.data}/meta"
[data]
dir = "{self.data}/data"
wal-dir = "{self.data}/wal"
query-log-enabled = false
[http]
bind-address = "127.0.0.1:{self.port}"
auth-enabled = true
log-enabled = false
{tls}
[monitor]
store-enabled = false
"""


def trusting(authority: Path) -> ssl.SSLContext:
    """Return what trusts one authority only."""
    context = ssl.create_default_context()
    context.load_verify_locations(authority)
    return context


def local_session(verified: ssl.SSLContext | bool = True) -> aiohttp.ClientSession:
    """Return what asks by IPv4 only, as the servers listen at 127.0.0.1 only."""
    connector = aiohttp.TCPConnector(ssl=verified, family=socket.AF_INET)
    return aiohttp.ClientSession(connector=connector, trace_configs=[counting()])


@pytest.fixture
async def http_session(socket_enabled: None) -> AsyncGenerator[aiohttp.ClientSession]:
    """Return what asks over HTTP."""
    async with local_session() as session:
        yield session


@pytest.fixture
async def influxdb(
    socket_enabled: None, tmp_path: Path
) -> AsyncGenerator[RealInfluxDb]:
    """Return a running InfluxDB 1 with an administrator and a database."""
    server = RealInfluxDb(tmp_path)
    try:
        await server.start()
        yield server
    finally:
        server.kill()


@pytest.fixture
async def victoria_metrics(
    socket_enabled: None, tmp_path: Path
) -> AsyncGenerator[RealVictoriaMetrics]:
    """Return a running single node of VictoriaMetrics."""
    server = RealVictoriaMetrics(tmp_path)
    try:
        await server.start()
        yield server
    finally:
        server.kill()
