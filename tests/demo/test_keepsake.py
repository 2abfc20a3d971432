"""Tests of what a second start of the demo knows of the first."""

from pathlib import Path
import socket

import pytest

from demo.errors import DemoError
from demo.keepsake import Keepsake, locked, wipe


@pytest.mark.usefixtures("socket_enabled")
def test_second_start_goes_on_with_the_first(tmp_path: Path) -> None:
    """World, ports and entries are the same."""
    first = Keepsake.load(tmp_path)
    first.entries["air"] = "01M7Y3GP30XV633KGNJB28YSZX"
    first.save(tmp_path)
    assert Keepsake.load(tmp_path) == first


@pytest.mark.usefixtures("socket_enabled")
def test_taken_port_is_told(tmp_path: Path) -> None:
    """The config entries know the ports, so that others will not do."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        Keepsake(start_epoch_s=0.0, ports={"shelly-air": port}).save(tmp_path)
        with pytest.raises(DemoError, match=str(port)):
            Keepsake.load(tmp_path)


def test_only_one_demo_at_a_time(tmp_path: Path) -> None:
    """A second one is told that there is a first, until that is over."""
    second = locked(tmp_path)
    with locked(tmp_path), pytest.raises(DemoError, match="running"):
        second.__enter__()
    with locked(tmp_path):
        pass


def test_wipe_keeps_what_is_linked(tmp_path: Path) -> None:
    """The integration's own files are only linked into the folder."""
    source, folder = tmp_path / "source", tmp_path / "demo"
    source.mkdir()
    (source / "manifest.json").touch()
    with locked(folder):
        (folder / "custom_components").symlink_to(source, target_is_directory=True)
        (folder / ".storage").mkdir()
        (folder / ".storage" / "http").touch()
        (folder / "demo.json").touch()
        wipe(folder)
    assert [path.name for path in folder.iterdir()] == ["demo.lock"]
    assert (source / "manifest.json").exists()
