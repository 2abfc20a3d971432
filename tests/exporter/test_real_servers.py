"""The real InfluxDB 1 and VictoriaMetrics: every value is read back, errors are known."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from custom_components.heatpump_monitor.exporter.connection import (
    async_check,
    async_deduplicates,
)
from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.targets import errors
from custom_components.heatpump_monitor.exporter.targets.base import (
    LinesRejected,
    Target,
    TargetError,
    TargetRefused,
    TargetUnavailable,
)
from custom_components.heatpump_monitor.exporter.targets.influxdb1 import InfluxDb1
from custom_components.heatpump_monitor.exporter.targets.influxdb2 import InfluxDb2
from custom_components.heatpump_monitor.exporter.targets.victoria_metrics import (
    VictoriaMetrics,
)
from tests.certificates import certificates
from tests.servers import (
    RealInfluxDb,
    RealServer,
    RealVictoriaMetrics,
    RealVmAuth,
    local_session,
    trusting,
)

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
NOON_MS = 1_768_478_400_000


def power(value: float, seconds: float = 0) -> Point:
    """Return a reading of a meter so long after noon."""
    return Point(
        measurement="hpm_meter",
        tags={"home": "my home", "device": "vitocal", "meter": "shelly"},
        fields={"power_w": value},
        time=NOON + timedelta(seconds=seconds),
    )


def a_day() -> dict[int, float]:
    """Return readings each 10 s, by their times in ms."""
    return {NOON_MS + 10_000 * at: round(100 + at / 7, 3) for at in range(8640)}


async def write_day(target: Target) -> None:
    """Write a day in batches, and a part of it again."""
    lines = [
        target.encode(power(value, (time_ms - NOON_MS) / 1000))
        for time_ms, value in a_day().items()
    ]
    await target.write(lines[:5000])
    await target.write(lines[5000:])
    await target.write(lines[2500:7500])


def influxdb1(
    session: aiohttp.ClientSession,
    server: RealInfluxDb,
    *,
    database: str = RealInfluxDb.database,
    password: str = RealInfluxDb.password,
) -> InfluxDb1:
    """Return what writes to InfluxDB 1."""
    return InfluxDb1(
        session,
        URL(server.url),
        database=database,
        username=server.username,
        password=password,
    )


async def test_influxdb_keeps_a_day_once(
    influxdb: RealInfluxDb, http_session: aiohttp.ClientSession
) -> None:
    """Every value is there once, by batches that are packed and partly repeated."""
    await write_day(influxdb1(http_session, influxdb))
    assert await influxdb.points("hpm_meter", "power_w") == a_day()


async def test_influxdb_replaces_a_corrected_value(
    influxdb: RealInfluxDb, http_session: aiohttp.ClientSession
) -> None:
    """The newer point of the same time counts."""
    target = influxdb1(http_session, influxdb)
    assert target.replaces
    for value in (1, 2.5):
        await target.write([target.encode(power(value))])
    assert await influxdb.points("hpm_meter", "power_w") == {NOON_MS: 2.5}


async def test_what_influxdb_rejects(
    influxdb: RealInfluxDb, http_session: aiohttp.ClientSession
) -> None:
    """The good lines beside bad ones are stored, and the reason is passed on."""
    target = influxdb1(http_session, influxdb)
    good = target.encode(power(1))
    with pytest.raises(LinesRejected, match="invalid field format"):
        await target.write([good, "no line"])
    with pytest.raises(LinesRejected, match="field type conflict"):
        await target.write([target.encode(power(2, 10)), good.replace("1.0", "1i")])
    points = await influxdb.query('SELECT "power_w" FROM "hpm_meter"')
    assert len(points[0]["values"]) == 2


async def test_influxdb_drops_what_is_too_old(
    influxdb: RealInfluxDb, http_session: aiohttp.ClientSession
) -> None:
    """What is beyond the retention policy counts as delivered."""
    await influxdb.query(
        'CREATE RETENTION POLICY "short" ON "home" DURATION 1h REPLICATION 1 DEFAULT'
    )
    target = influxdb1(http_session, influxdb)
    now = datetime.now(UTC)
    old, new = (power(1, (at - NOON).total_seconds()) for at in (NOON, now))
    await target.write([target.encode(old), target.encode(new)])
    assert len(await influxdb.points("hpm_meter", "power_w")) == 1


async def test_what_the_check_says_of_influxdb(
    influxdb: RealInfluxDb, http_session: aiohttp.ClientSession
) -> None:
    """Each mistake of whoever enters it has its own error."""
    await async_check(influxdb1(http_session, influxdb), home="my home", now=NOON)
    assert await influxdb.points("hpm_export", "connected") == {NOON_MS: 1}
    unknown = influxdb1(http_session, influxdb, database="nowhere")
    with pytest.raises(errors.DatabaseUnknown, match="nowhere"):
        await async_check(unknown, home="my home", now=NOON)
    refused = influxdb1(http_session, influxdb, password="not it")
    with pytest.raises(TargetRefused, match="authorization failed"):
        await async_check(refused, home="my home", now=NOON)
    nobody = InfluxDb1(http_session, URL(influxdb.url), database=influxdb.database)
    with pytest.raises(TargetRefused):
        await async_check(nobody, home="my home", now=NOON)
    another = InfluxDb2(http_session, URL(influxdb.url), org="o", bucket="b", token="t")
    with pytest.raises(errors.NotThatServer):
        await async_check(another, home="my home", now=NOON)


async def test_victoria_metrics_keeps_a_day_once(
    victoria_metrics: RealVictoriaMetrics, http_session: aiohttp.ClientSession
) -> None:
    """Every value is there; what was sent twice is seen once by each query."""
    target = VictoriaMetrics(http_session, URL(victoria_metrics.url))
    await write_day(target)
    assert await victoria_metrics.points("hpm_meter_power_w") == a_day()
    assert await victoria_metrics.count("hpm_meter_power_w", NOON, hours=24) == 8640


async def test_a_restart_between_two_lines_is_seen(
    victoria_metrics: RealVictoriaMetrics, http_session: aiohttp.ClientSession
) -> None:
    """Killed and started again it has lost lines, and no request failed."""
    target = VictoriaMetrics(http_session, URL(victoria_metrics.url))
    for second in range(3):
        await target.write([target.encode(power(1.0, second))])
    assert target.connections == 1
    victoria_metrics.kill()
    await victoria_metrics.start()
    await target.write([target.encode(power(1.0, 3))])
    assert target.connections == 2


async def test_corrections_in_victoria_metrics(
    victoria_metrics: RealVictoriaMetrics, http_session: aiohttp.ClientSession
) -> None:
    """A correction comes some milliseconds later, as the old value stays."""
    target = VictoriaMetrics(http_session, URL(victoria_metrics.url))
    assert not target.replaces
    assert target.resend_s == 60
    for corrections, value in enumerate((1.5, 2.5, 2.0)):
        await target.write([target.encode(power(value).after(corrections))])
    points = await victoria_metrics.points("hpm_meter_power_w")
    assert points == {NOON_MS: 1.5, NOON_MS + 1: 2.5, NOON_MS + 2: 2.0}


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (("-dedup.minScrapeInterval=1ms",), True),
        (("-dedup.minScrapeInterval=30s",), False),
        ((), False),
        (("-dedup.minScrapeInterval=1ms", "-flagsAuthKey=x"), True),
        (("-flagsAuthKey=x", "-metricsAuthKey=x"), None),
    ],
)
async def test_how_victoria_metrics_was_started(
    http_session: aiohttp.ClientSession,
    tmp_path: Path,
    flags: tuple[str, ...],
    expected: bool | None,
) -> None:
    """Without the flag, what is sent twice would be counted twice."""
    server = RealVictoriaMetrics(tmp_path, flags=flags)
    try:
        await server.start()
        target = VictoriaMetrics(http_session, URL(server.url))
        assert await async_deduplicates(target) is expected
    finally:
        server.kill()


async def test_what_the_check_says_of_victoria_metrics(
    victoria_metrics: RealVictoriaMetrics, http_session: aiohttp.ClientSession
) -> None:
    """A wrong path or kind is no fault of the lines."""
    url = URL(victoria_metrics.url)
    for target in (
        VictoriaMetrics(http_session, url / "prefix"),
        VictoriaMetrics(http_session, url, tenant="0"),
        InfluxDb1(http_session, url, database="home"),
    ):
        with pytest.raises(errors.NotThatServer):
            await async_check(target, home="my home", now=NOON)


async def test_victoria_metrics_behind_vmauth(
    victoria_metrics: RealVictoriaMetrics,
    http_session: aiohttp.ClientSession,
    tmp_path: Path,
) -> None:
    """A token opens one path, and how the node was started cannot be seen."""
    vmauth = RealVmAuth(tmp_path, {"s3cr3t": f"{victoria_metrics.url}/"})
    try:
        await vmauth.start()
        url = URL(vmauth.url)
        target = VictoriaMetrics(http_session, url, token="s3cr3t")
        await async_check(target, home="my home", now=NOON)
        assert await async_deduplicates(target) is None
        for token in ("", "wrong"):
            refused = VictoriaMetrics(http_session, url, token=token)
            with pytest.raises(TargetRefused):
                await async_check(refused, home="my home", now=NOON)
        elsewhere = VictoriaMetrics(http_session, url / "other", token="s3cr3t")
        with pytest.raises(errors.NotThatServer):
            await async_check(elsewhere, home="my home", now=NOON)
    finally:
        vmauth.kill()
    assert await victoria_metrics.points("hpm_export_connected") == {NOON_MS: 1}


@pytest.mark.parametrize("kind", [RealInfluxDb, RealVictoriaMetrics])
async def test_a_killed_server_is_found_again(
    http_session: aiohttp.ClientSession, tmp_path: Path, kind: type[RealServer]
) -> None:
    """While it is away nothing is acknowledged; afterwards all goes on."""
    server = kind(tmp_path)
    try:
        await server.start()
        target = target_of(http_session, server)
        await target.write([target.encode(power(1))])
        server.kill()
        # The first one on the connection that was kept open.
        for expected in (TargetUnavailable, errors.ConnectionRefused):
            with pytest.raises(expected):
                await target.write([target.encode(power(2, 10))])
        await server.start()
        await target.write([target.encode(power(2, 10))])
    finally:
        server.kill()


@pytest.mark.parametrize(
    ("kind", "without_tls"),
    [
        (RealInfluxDb, errors.NotThatServer),
        # It cuts the connection without a word.
        (RealVictoriaMetrics, TargetUnavailable),
    ],
)
async def test_tls(
    socket_enabled: None,
    tmp_path: Path,
    kind: type[RealServer],
    without_tls: type[TargetError],
) -> None:
    """A valid certificate is accepted, and plain HTTP does not reject any line."""
    files = certificates(tmp_path / "tls")
    server = kind(tmp_path, tls=files)
    try:
        await server.start()
        async with local_session(trusting(files.authority)) as session:
            await async_check(target_of(session, server), home="my home", now=NOON)
            plain = target_of(session, server, scheme="http", host="127.0.0.1")
            with pytest.raises(without_tls):
                await async_check(plain, home="my home", now=NOON)
    finally:
        server.kill()


@pytest.mark.parametrize(
    ("kind_of_fault", "problem"),
    [
        ("expired", "certificate has expired"),
        ("self-signed", "self-signed certificate"),
        ("another name", "another.example|localhost"),
        ("unknown authority", "unable to get local issuer certificate"),
    ],
)
async def test_certificates_that_are_refused(
    socket_enabled: None, tmp_path: Path, kind_of_fault: str, problem: str
) -> None:
    """The error says what is wrong with the certificate."""
    files = certificates(
        tmp_path / "tls",
        name="another.example" if kind_of_fault == "another name" else "localhost",
        lasts=timedelta(days=30 if kind_of_fault == "expired" else 20_000),
        self_signed=kind_of_fault == "self-signed",
    )
    authority = files.authority
    if kind_of_fault == "unknown authority":
        authority = certificates(tmp_path / "other").authority
    server = RealVictoriaMetrics(tmp_path, tls=files)
    try:
        await server.start()
        async with local_session(trusting(authority)) as session:
            with pytest.raises(errors.TlsFailed, match=problem) as raised:
                await async_check(target_of(session, server), home="h", now=NOON)
        assert raised.value.placeholders["host"] == "localhost"
    finally:
        server.kill()


async def test_https_to_a_server_without_tls(
    victoria_metrics: RealVictoriaMetrics, http_session: aiohttp.ClientSession
) -> None:
    """The handshake fails, which is no fault of the network."""
    target = target_of(http_session, victoria_metrics, scheme="https", host="localhost")
    with pytest.raises(errors.TlsFailed):
        await async_check(target, home="my home", now=NOON)


def target_of(
    session: aiohttp.ClientSession, server: RealServer, **changed: str
) -> Target:
    """Return what writes to a server, perhaps by another scheme or host."""
    url = URL(server.url)
    if changed:
        url = URL.build(port=url.port, **changed)  # type: ignore[arg-type]
    if isinstance(server, RealInfluxDb):
        return InfluxDb1(
            session,
            url,
            database=server.database,
            username=server.username,
            password=server.password,
        )
    return VictoriaMetrics(session, url)
