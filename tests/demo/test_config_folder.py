"""Tests of the demo's configuration folder."""

from pathlib import Path

from demo.config_folder import ROOT, prepare


def test_both_integrations_are_linked(tmp_path: Path) -> None:
    """The one that is shown, and the other that has entities; a second start too."""
    prepare(tmp_path, 8123)
    prepare(tmp_path, 8123)
    manifests = (tmp_path / "custom_components").glob("*/manifest.json")
    found = {each.parent.name: each.resolve() for each in manifests}
    assert found.keys() == {"heatpump_monitor", "simulated_heat_pump"}
    assert all(each.is_relative_to(ROOT) for each in found.values())


def test_folder_of_an_earlier_version(tmp_path: Path) -> None:
    """What was one link becomes a folder; what it led to stays."""
    (tmp_path / "custom_components").symlink_to(ROOT / "custom_components")
    prepare(tmp_path, 8123)
    assert not (tmp_path / "custom_components").is_symlink()
    assert (ROOT / "custom_components" / "heatpump_monitor").is_dir()
