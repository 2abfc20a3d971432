"""Tests of which log records the smoke test takes for this integration's."""

from pathlib import Path

from demo.log import complaints, split

LOG = """\
2026-11-21 03:53:24.292+00:00 WARNING (SyncWorker_0) [homeassistant.loader] We found a custom integration heatpump_monitor which has not been tested by Home Assistant.
2026-11-21 03:53:25.000+00:00 ERROR (MainThread) [haffmpeg.core] FFmpeg fails
2026-11-21 03:53:26.000+00:00 INFO (MainThread) [custom_components.heatpump_monitor] All is well
{record}
2026-11-21 03:53:28.000+00:00 INFO (MainThread) [homeassistant.core] Done
"""
OURS = (
    "2026-11-21 03:53:27.000+00:00 WARNING (MainThread) "
    "[custom_components.heatpump_monitor] The meter does not answer"
)
TRACEBACK = """\
2026-11-21 03:53:27.000+00:00 ERROR (MainThread) [homeassistant] Error doing job
Traceback (most recent call last):
  File "custom_components/heatpump_monitor/coordinator.py", line 1, in _take
ValueError: 7"""


def test_clean_log(tmp_path: Path) -> None:
    """Others' faults and the loader's standing remark are none of ours."""
    path = tmp_path / "home-assistant.log"
    path.write_text(LOG.format(record=""), encoding="utf-8")
    assert complaints(path) == []


def test_own_warning(tmp_path: Path) -> None:
    """A warning by this integration is told."""
    path = tmp_path / "home-assistant.log"
    path.write_text(LOG.format(record=OURS), encoding="utf-8")
    assert complaints(path) == [OURS]


def test_traceback_through_this_integration(tmp_path: Path) -> None:
    """So is an error that others log, with all of its lines."""
    path = tmp_path / "home-assistant.log"
    path.write_text(LOG.format(record=TRACEBACK), encoding="utf-8")
    assert complaints(path) == [TRACEBACK]


def test_expected_record() -> None:
    """A record that has to be there is kept apart from the others."""
    waits = "WARNING The export waits: 503"
    assert split([OURS, waits, TRACEBACK], "The export waits") == (
        [OURS, TRACEBACK],
        [waits],
    )
