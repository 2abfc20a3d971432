"""The configuration folder of the demo's Home Assistant."""

import json
from pathlib import Path

ROOT = Path(__file__).parent.parent
_INTEGRATIONS = (
    ROOT / "custom_components" / "heatpump_monitor",
    ROOT / "demo" / "custom_components" / "simulated_heat_pump",
)

# No default_config: it would reach for clouds, Bluetooth and USB.
_CONFIGURATION = """\
homeassistant:
  name: Demo
  country: DE
  currency: EUR
  language: en
  time_zone: Europe/Berlin
  unit_system: metric
  latitude: 52.52
  longitude: 13.405
  elevation: 40
frontend:
recorder:
  commit_interval: 1
history:
logbook:
energy:
system_health:
logger:
"""

# Everything but the owner, who is created through the API: the other steps
# would add integrations that fetch from the internet.
_ONBOARDING_DONE = ["core_config", "analytics", "integration"]


def prepare(folder: Path, port: int) -> None:
    """Make a folder that Home Assistant can start from, or start from again.

    Args:
        folder: The configuration folder; what it already keeps stays.
        port: Where Home Assistant is to listen on this machine.
    """
    storage = folder / ".storage"
    storage.mkdir(parents=True, exist_ok=True)
    (folder / "configuration.yaml").write_text(_CONFIGURATION, encoding="utf-8")
    _link_components(folder / "custom_components")
    # As Home Assistant 2026.10 writes it; later ones bring it up to date.
    _store(storage / "http", 2, 1, _http_settings(port))
    onboarding = storage / "onboarding"
    if not onboarding.exists():
        _store(onboarding, 4, 1, {"done": _ONBOARDING_DONE})


def _link_components(folder: Path) -> None:
    if folder.is_symlink():
        # As an earlier version of the demo left it.
        folder.unlink()
    folder.mkdir(exist_ok=True)
    for integration in _INTEGRATIONS:
        link = folder / integration.name
        if not link.is_symlink():
            link.symlink_to(integration, target_is_directory=True)


def _http_settings(port: int) -> dict[str, object]:
    # Settings in configuration.yaml are only tried for five minutes, after
    # which Home Assistant goes back to its own and ends; these are confirmed.
    stable = {
        "server_host": ["127.0.0.1"],
        "server_port": port,
        "cors_allowed_origins": [],
        "login_attempts_threshold": -1,
        "ip_ban_enabled": True,
        "ssl_profile": "intermediate",
        "use_x_frame_options": True,
    }
    return {"stable": stable, "pending": None, "yaml_migration_done": True}


def _store(path: Path, version: int, minor_version: int, data: object) -> None:
    stored = {
        "version": version,
        "minor_version": minor_version,
        "key": path.name,
        "data": data,
    }
    path.write_text(json.dumps(stored, indent=2), encoding="utf-8")
