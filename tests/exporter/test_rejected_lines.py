"""The file of refused lines is complete, readable and bounded."""

import errno
import json
import os
from pathlib import Path
import resource

import pytest

from custom_components.heatpump_monitor.exporter.rejected_lines import RejectedLines

from .spooling import START


def _lines(path: Path) -> list[str]:
    return [json.loads(each)["line"] for each in path.read_text().splitlines()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the file is."""
    return tmp_path / "rejected.jsonl"


def test_lines_are_added_at_the_end(path: Path) -> None:
    """Also by the next start."""
    RejectedLines(path).append({"a": "why", "ä": "warum"}, START)
    RejectedLines(path).append({"b": "why"}, START)

    assert _lines(path) == ["a", "ä", "b"]


def test_a_long_reason_is_shortened(path: Path) -> None:
    """Servers answer with whole pages."""
    RejectedLines(path).append({"a": "x" * 100_000}, START)

    assert json.loads(path.read_text())["reason"] == "x" * 500


def test_the_full_file_replaces_the_one_before(path: Path) -> None:
    """Two of at most 10 MB are kept."""
    file = RejectedLines(path)
    for name in "abcdefg":
        file.append({name * 4_000_000: "why"}, START)
        assert path.stat().st_size <= 10_000_000

    before = path.with_name("rejected.jsonl.1")
    assert [line[0] for line in _lines(before)] == ["e", "f"]
    assert [line[0] for line in _lines(path)] == ["g"]
    assert len(list(path.parent.iterdir())) == 2


def test_a_full_disk_leaves_no_half_line(path: Path) -> None:
    """What was there stays, and the next attempt writes all of it once."""
    file = RejectedLines(path)
    file.append({"a": "why"}, START)
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 50, limits[1]))
    try:
        with pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
            file.append({"b" * 100: "why"}, START)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert path.read_bytes() == before
    file.append({"b": "why"}, START)
    assert _lines(path) == ["a", "b"]


def test_what_a_power_cut_left_spoils_no_other_line(path: Path) -> None:
    """The half line stays alone."""
    path.write_text('{"at": "2026-0')

    RejectedLines(path).append({"a": "why"}, START)

    half, whole = path.read_text().splitlines()
    assert half == '{"at": "2026-0'
    assert json.loads(whole)["line"] == "a"
