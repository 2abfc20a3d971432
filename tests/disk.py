"""A real folder for what Home Assistant stores, on a disk that can be full."""

from collections.abc import Iterator
from dataclasses import dataclass, field
import errno
import json
import os
from pathlib import Path
from typing import Any
from unittest.mock import patch

import atomicwrites  # type: ignore[import-untyped]
import pytest

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

# What the test kit replaces, before it does.
REAL_STORE = {
    name: getattr(Store, name)
    for name in ("_async_load", "_async_write_data", "async_remove")
}


@dataclass
class Disk:
    """The folder of the store, and the names of files that cannot be written."""

    folder: Path
    full_for: set[str] = field(default_factory=set)

    def read(self, name: str) -> dict[str, Any]:
        """Return what a file holds."""
        data: dict[str, Any] = json.loads((self.folder / name).read_text())
        return data

    def edit(self, name: str, **content: object) -> None:
        """Change what a file holds."""
        data = self.read(name)
        data["data"] |= content
        (self.folder / name).write_text(json.dumps(data))

    def damaged(self) -> dict[str, str]:
        """Return what was set aside, by the first part of the names."""
        return {
            path.name.partition(".damaged.")[0]: path.read_text()
            for path in self.folder.glob("*.damaged.*")
        }


@pytest.fixture
def disk(hass: HomeAssistant, tmp_path: Path) -> Iterator[Disk]:
    """Return a real folder instead of the store that the test kit simulates."""
    disk = Disk(tmp_path / ".storage")
    replace_file = atomicwrites.replace_atomic

    def replace_if_there_is_room(source: str, target: str) -> None:
        if Path(target).name in disk.full_for:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace_file(source, target)

    with (
        patch.multiple(Store, **REAL_STORE),
        patch.object(hass.config, "config_dir", str(tmp_path)),
        patch.object(atomicwrites, "replace_atomic", replace_if_there_is_room),
    ):
        yield disk
