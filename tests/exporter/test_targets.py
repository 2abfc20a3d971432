"""Each target against a strict stand-in: what is sent, and what answers mean."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from custom_components.heatpump_monitor.exporter.connection import (
    async_check,
    async_deduplicates,
)
from custom_components.heatpump_monitor.exporter.targets import errors, http
from custom_components.heatpump_monitor.exporter.targets.base import (
    LinesRejected,
    TargetError,
    TargetMisconfigured,
    TargetRefused,
    TargetUnavailable,
)
from custom_components.heatpump_monitor.exporter.targets.influxdb2 import InfluxDb2
from custom_components.heatpump_monitor.exporter.targets.influxdb3 import InfluxDb3
from simulator.databases import InfluxDb2Server, InfluxDb3Server
from simulator.databases.server import DatabaseServer

from .stand_ins import NOON, NOON_MS, StandIn, only, power


async def test_points_arrive_and_replace_themselves(
    stand_in: StandIn[DatabaseServer],
) -> None:
    """Every value arrives, and sending it again changes nothing."""
    points = [power(100 + at / 3, at * 10) for at in range(1200)]
    await stand_in.write(*points)
    first = deepcopy(stand_in.server.store.points)
    assert len(first) == 1200
    await stand_in.write(*points)
    await stand_in.write(power(7, 0))
    store = stand_in.server.store
    assert store.points.keys() == first.keys()
    changed = [key for key in first if store.points[key] != first[key]]
    assert [key.time_ms for key in changed] == [NOON_MS]
    assert store.writes == 2401
    assert stand_in.target.replaces
    assert stand_in.target.resend_s == 0


@only("influxdb2")
async def test_large_bodies_are_packed(stand_in: StandIn[InfluxDb2Server]) -> None:
    """A batch is packed, a single point is not worth it."""
    await stand_in.write(power(1))
    await stand_in.write(*(power(1, at) for at in range(5000)))
    small, large = stand_in.server.asked
    assert "Content-Encoding" not in small.headers
    assert large.headers["Content-Encoding"] == "gzip"
    assert int(large.headers["Content-Length"]) < large.size_bytes / 10


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, TargetRefused),
        (403, TargetRefused),
        (408, TargetUnavailable),
        (413, LinesRejected),
        (429, TargetUnavailable),
        (500, TargetUnavailable),
        (503, TargetUnavailable),
        (404, errors.NotThatServer),
        (405, errors.NotThatServer),
        (410, TargetMisconfigured),
    ],
)
async def test_what_a_status_means(
    stand_in: StandIn[DatabaseServer], status: int, expected: type[TargetError]
) -> None:
    """Each status is the same error of all databases."""
    stand_in.server.faults.status = status
    with pytest.raises(TargetError) as raised:
        await stand_in.write(power(1))
    assert type(raised.value) is expected
    assert str(status) in str(raised.value)
    assert raised.value.placeholders["host"] == "127.0.0.1"
    assert not stand_in.server.store.points


@pytest.mark.parametrize(
    ("header", "expected_s"),
    [("120", 120), ("", None), ("soon", None), ("-5", None)],
)
@only("influxdb2")
async def test_retry_after_in_seconds(
    stand_in: StandIn[InfluxDb2Server], header: str, expected_s: float | None
) -> None:
    """How long the server asks to wait is passed on."""
    stand_in.server.faults.status = 503
    stand_in.server.faults.retry_after = header
    with pytest.raises(TargetUnavailable) as raised:
        await stand_in.write(power(1))
    assert raised.value.retry_after_s == expected_s


@only("influxdb3")
async def test_retry_after_as_a_date(stand_in: StandIn[InfluxDb3Server]) -> None:
    """A date is taken by the clock of the server, one that is past as no wait."""
    faults = stand_in.server.faults
    faults.status = 429
    for offset, low, high in (
        (timedelta(minutes=5), 290, 301),
        (-timedelta(days=1), 0, 0),
    ):
        date = datetime.now(UTC) + offset
        faults.retry_after = date.strftime("%a, %d %b %Y %H:%M:%S GMT")
        with pytest.raises(TargetUnavailable) as raised:
            await stand_in.write(power(1))
        assert raised.value.retry_after_s is not None
        assert low <= raised.value.retry_after_s <= high


async def test_redirects_are_not_followed(stand_in: StandIn[DatabaseServer]) -> None:
    """Points and tokens go to no other server than the one that was entered."""
    stand_in.server.faults.redirect = f"{stand_in.url}/elsewhere"
    with pytest.raises(TargetMisconfigured, match="elsewhere"):
        await stand_in.write(power(1))
    assert len(stand_in.server.asked) == 1


async def test_a_page_acknowledges_nothing(stand_in: StandIn[DatabaseServer]) -> None:
    """A hotel's sign-in answers everything with 200."""
    stand_in.server.faults.page = True
    with pytest.raises(errors.NotThatServer):
        await stand_in.write(power(1))


async def test_cut_connections(stand_in: StandIn[DatabaseServer]) -> None:
    """A connection that is cut is a failure of the network, stored or not."""
    stand_in.server.faults.cut = True
    with pytest.raises(TargetUnavailable):
        await stand_in.write(power(1))
    stand_in.server.faults.cut = False
    stand_in.server.faults.lost_answer = True
    with pytest.raises(TargetUnavailable):
        await stand_in.write(power(1))
    assert len(stand_in.server.store.points) == 1


async def test_a_server_that_never_answers(
    stand_in: StandIn[DatabaseServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A half-open connection ends with the time limit."""
    monkeypatch.setattr(http, "_TIMEOUT", aiohttp.ClientTimeout(total=0.05))
    stand_in.server.faults.half_open = True
    with pytest.raises(errors.TimedOut):
        await stand_in.write(power(1))


async def test_a_body_that_is_too_large(stand_in: StandIn[DatabaseServer]) -> None:
    """413 asks for fewer lines, not for another try."""
    stand_in.server.faults.most_bytes = 1000
    with pytest.raises(LinesRejected):
        await stand_in.write(*(power(1, at) for at in range(100)))
    await stand_in.write(power(1))
    assert len(stand_in.server.store.points) == 1


@pytest.mark.parametrize("stand_in", ["influxdb2", "influxdb3"], indirect=True)
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("no line", "no line|parse"),
        ("hpm_meter,home=h power_w=1i 1", "type"),
        ("hpm_meter,b=1,a=1 power_w=1.0 1", "not in order"),
    ],
)
async def test_rejected_lines(
    stand_in: StandIn[DatabaseServer], line: str, reason: str
) -> None:
    """What the server says about a line is the reason."""
    await stand_in.write(power(1))
    with pytest.raises(LinesRejected, match=reason):
        await stand_in.target.write([line])


@only("influxdb2")
async def test_lines_that_are_too_old_count_as_delivered(
    stand_in: StandIn[InfluxDb2Server],
) -> None:
    """What the retention would drop at once need not be sent again."""
    stand_in.server.oldest_ms = NOON_MS
    await stand_in.write(power(1, -60), power(2, 60))
    assert len(stand_in.server.store.points) == 1


@only("influxdb2")
async def test_unknown_bucket_and_organisation(
    stand_in: StandIn[InfluxDb2Server], http_session: aiohttp.ClientSession
) -> None:
    """The error says which of the two it is."""
    right = {"org": InfluxDb2Server.org, "bucket": InfluxDb2Server.bucket}
    for wrong, said in (({"org": "x"}, "organization"), ({"bucket": "x"}, "bucket")):
        token = InfluxDb2Server.token
        target = InfluxDb2(http_session, stand_in.url, token=token, **(right | wrong))
        with pytest.raises(errors.BucketUnknown, match=said):
            await async_check(target, home="h", now=NOON)


@only("influxdb3")
async def test_unknown_database(
    stand_in: StandIn[InfluxDb3Server], http_session: aiohttp.ClientSession
) -> None:
    """A database that a token cannot create is named."""
    token = InfluxDb3Server.token
    target = InfluxDb3(http_session, stand_in.url, database="x", token=token)
    with pytest.raises(errors.DatabaseUnknown, match="x was not found"):
        await async_check(target, home="h", now=NOON)


async def test_the_check_writes_one_point(stand_in: StandIn[DatabaseServer]) -> None:
    """What the flow tests is what will be done."""
    await async_check(stand_in.target, home="my home", now=NOON)
    [(identity, fields)] = stand_in.server.store.points.items()
    assert identity.time_ms == NOON_MS
    assert list(fields.values()) == [1.0]
    assert await async_deduplicates(stand_in.target)
