"""Tests of what is read of the spool of a Home Assistant that was killed."""

from datetime import UTC, datetime
from pathlib import Path

from custom_components.heatpump_monitor.exporter.line_protocol import line
from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.spool import Spool, SpoolLimits
from demo.exported import Exported
from demo.spooled import committed_points

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def reading(energy_wh: float) -> Point:
    """Return a reading of a meter."""
    return Point(
        measurement="hpm_meter",
        tags={"home": "a house"},
        fields={"energy_wh": energy_wh},
        time=NOON,
    )


async def test_committed_points(tmp_path: Path) -> None:
    """They are read from files that nobody closed, and these stay as they are."""
    folder = tmp_path / "heatpump_monitor"
    folder.mkdir()
    spool = Spool(
        folder / "export_1.db",
        line,
        replaces=True,
        resend_s=0,
        limits=SpoolLimits(),
        now=lambda: NOON,
    )
    await spool.async_open()
    await spool.async_add([reading(5.0)])
    await spool.async_add([reading(6.0)])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    expected = Exported(
        measurement="hpm_meter",
        tags={"home": "a house"},
        time=NOON,
        fields={"energy_wh": 5.0},
    )
    first, second = committed_points(tmp_path)
    assert first == expected
    assert second.fields == {"energy_wh": 6.0}
    assert "export_1.db-wal" in before
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    await spool.async_close()


def test_nothing_was_exported(tmp_path: Path) -> None:
    """Without an export there is nothing to read."""
    assert committed_points(tmp_path) == []
