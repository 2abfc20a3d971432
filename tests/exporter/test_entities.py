"""The entities of an export: what they show, and how many rows that costs."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from pytest_homeassistant_custom_component.common import snapshot_platform
from syrupy.assertion import SnapshotAssertion

from custom_components.heatpump_monitor.exporter import setup
from custom_components.heatpump_monitor.exporter.sender import SenderStatus
from custom_components.heatpump_monitor.exporter.sensors import EXPORT
from custom_components.heatpump_monitor.exporter.spool import (
    DROPPED,
    REJECTED,
    SENT_BYTES,
    Spool,
    SpoolStatus,
)
from custom_components.heatpump_monitor.exporter.status import ExportStatus, with_shown
from custom_components.heatpump_monitor.exporter.targets.base import (
    LinesRejected,
    TargetError,
    TargetMisconfigured,
    TargetRefused,
    TargetUnavailable,
)
from homeassistant.const import STATE_UNKNOWN, Platform
from homeassistant.core import Event, EventStateChangedData, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from .home import ExportingHome
from .spooling import START

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize("platform", setup.PLATFORMS)
@pytest.mark.usefixtures("all_enabled")
async def test_entities(
    home: ExportingHome,
    entity_registry: er.EntityRegistry,
    monkeypatch: pytest.MonkeyPatch,
    platform: Platform,
    snapshot: SnapshotAssertion,
) -> None:
    """An export has these entities."""
    monkeypatch.setattr(setup, "PLATFORMS", [platform])
    # Its size is that of SQLite's version.
    empty = SpoolStatus(size_bytes=40_960)
    monkeypatch.setattr(Spool, "status", property(lambda _: empty))
    await home.set_up()
    await snapshot_platform(home.hass, entity_registry, snapshot, home.entry.entry_id)


async def test_nothing_is_claimed_before_the_first_attempt(
    home: ExportingHome,
) -> None:
    """Whether the database answers is known once something was sent."""
    await home.set_up()
    assert home.state("binary_sensor", "export_connected").state == STATE_UNKNOWN
    assert home.value("last_export") == STATE_UNKNOWN
    assert home.value("unsent_points") == "0"
    await home.measure()
    await home.sent()
    await home.live(MINUTE)
    assert home.state("binary_sensor", "export_connected").state == "on"
    assert home.value("last_export") == START.isoformat()


async def test_a_failure_is_shown_at_once(home: ExportingHome) -> None:
    """The connection is lost with the first failure and back with the first success."""
    await home.set_up()
    home.database.error = TargetUnavailable("503")
    await home.measure(5)
    await home.failed()
    connection = home.state("binary_sensor", "export_connected")
    assert connection.state == "off"
    assert connection.attributes["reason"] == "export_unavailable"
    since = dt_util.parse_datetime(connection.attributes["since"])
    assert since is not None and since - START < timedelta(seconds=1)
    # Also what was measured just now: nothing of it is on its way.
    assert home.value("unsent_points") == "5"
    assert home.value("oldest_unsent") == START.isoformat()

    home.database.error = None
    # The longest wait.
    await home.live(15 * MINUTE)
    await home.sent()
    await home.until(
        lambda: home.state("binary_sensor", "export_connected").state == "on"
    )
    await home.live(MINUTE)
    assert home.value("unsent_points") == "0"
    assert home.value("oldest_unsent") == STATE_UNKNOWN


async def test_a_token_is_asked_for_once(home: ExportingHome) -> None:
    """A refused token starts one sign-in, and another one after the next refusal."""

    def flows() -> int:
        found = home.hass.config_entries.flow.async_progress()
        return sum(each["context"]["source"] == "reauth" for each in found)

    started = 0

    @callback
    def count(*_: object) -> None:
        nonlocal started
        started += 1

    home.database.error = TargetRefused("401")
    await home.set_up()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(type(home.entry), "async_start_reauth", count)
        await home.measure()
        await home.failed()
        await home.live(3 * MINUTE)
        assert started == 1
        # An outage in between changes nothing.
        home.database.error = TargetUnavailable()
        await home.live(timedelta(hours=2), step_s=1800)
        await home.failed()
        home.database.error = TargetRefused("401")
        await home.live(timedelta(hours=2), step_s=1800)
        await home.failed()
        assert started == 1
        home.database.error = None
        await home.live(timedelta(hours=2), step_s=1800)
        await home.sent()
        home.database.error = TargetRefused("401")
        await home.measure()
        await home.failed()
        assert started == 2
    assert flows() == 0


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (
            TargetMisconfigured("404 bucket not found"),
            "Database takes nothing with these settings (404 bucket not found)",
        ),
        (LinesRejected(), "Database refuses all lines"),
    ],
)
async def test_what_only_a_person_can_correct(
    home: ExportingHome, error: TargetError, reason: str
) -> None:
    """An issue says why nothing is taken, and goes with the first success."""
    home.database.error = error
    await home.set_up()
    # A rejection of few lines might be that of these lines.
    await home.measure(100)
    await home.failed()
    assert home.issue("export_not_taken") == {"name": "Database", "reason": reason}
    home.database.error = None
    await home.live(timedelta(hours=2), step_s=1800)
    await home.sent()
    await home.until(lambda: home.issue("export_not_taken") is None)


async def test_a_database_that_is_away_is_no_issue(home: ExportingHome) -> None:
    """Nothing is lost for days: the binary sensor is enough."""
    home.database.error = TargetUnavailable()
    await home.set_up()
    await home.measure()
    await home.failed()
    await home.live(timedelta(hours=3), step_s=600)
    assert home.issue("export_not_taken") is None
    assert home.issue("ledger_not_saved") is None
    assert home.state("binary_sensor", "export_connected").state == "off"


async def test_rejected_lines_are_an_issue_while_their_file_is_there(
    home: ExportingHome,
) -> None:
    """A line that is refused holds up no other; the issue names the file with it."""
    await home.set_up()
    home.database.error = TargetUnavailable()
    await home.measure(20)
    await home.measure_odd()
    await home.measure(20)
    await home.failed()
    home.database.error = None
    await home.live(15 * MINUTE)
    await home.sent()
    await home.emptied()
    assert home.issue("export_lines_rejected") == {
        "name": "Database",
        "count": "1",
        "file": f"heatpump_monitor/{home.rejected_file.name}",
    }
    assert home.value("rejected_points") == "1"
    assert home.value("dropped_points") == "0"
    home.rejected_file.unlink()
    await home.live(MINUTE)
    assert home.issue("export_lines_rejected") is None


async def test_rows_of_a_good_day(home: ExportingHome) -> None:
    """A day on which all goes well costs few rows."""
    await home.set_up()
    rows = Counter[str]()

    @callback
    def count(event: Event[EventStateChangedData]) -> None:
        rows[event.data["entity_id"]] += 1

    stop = home.hass.bus.async_listen("state_changed", count)
    for _ in range(60):
        await home.measure(6)
        await home.sent()
        await home.live(MINUTE)
    stop()
    # The last success moves every five minutes, the size of what was sent once an hour.
    assert rows.total() <= 20, rows
    assert rows.total() * 24 <= 400


def test_rows_of_a_bad_day() -> None:
    """A day without database, with a spool that is full, costs few rows, too."""
    rows, written = Counter[str](), dict[str, tuple[object, datetime]]()
    began, status = START - 40 * DAY, None
    for minute in range(24 * 60):
        now = START + minute * MINUTE
        status = with_shown(
            ExportStatus(
                time=now,
                spool=SpoolStatus(
                    unsent=5_000_000 + 13 * (minute % 7),
                    oldest_unsent=began + minute * MINUTE,
                    size_bytes=500_000_000 - 4096 * (minute % 3),
                    counters={DROPPED: 78 * minute, REJECTED: 0, SENT_BYTES: 10**9},
                ),
                sender=SenderStatus(failure=TargetUnavailable(), failing_since=began),
                dropped=78 * minute,
            ),
            status,
        )
        for each in EXPORT:
            value = each.value_fn(status)
            before = written.get(each.key)
            if before is None or each.is_worth_writing(
                before[0], value, now - before[1]
            ):
                written[each.key] = value, now
                rows[each.key] += 1
    assert min(rows[key] for key in ("dropped_points", "oldest_unsent")) >= 90
    assert rows.total() <= 400, rows


def test_the_last_success_moves_in_steps() -> None:
    """While all goes well, it is up to five minutes old; a failure shows it exactly."""

    def shown(sender: SenderStatus, before: ExportStatus | None) -> ExportStatus:
        return with_shown(ExportStatus(time=START, sender=sender), before)

    status = None
    for minute in range(11):
        status = shown(SenderStatus(last_success=START + minute * MINUTE), status)
        assert status.shown_success == START + 5 * (minute // 5) * MINUTE
    failing = SenderStatus(last_success=START + 13 * MINUTE, failure=TargetError())
    assert shown(failing, status).shown_success == START + 13 * MINUTE
    # A clock that is set back does not hold it up.
    back = SenderStatus(last_success=START - DAY)
    assert shown(back, status).shown_success == START - DAY
    assert shown(SenderStatus(), None).shown_success is None
