"""What hassfest says of the manifest."""

import ast
from importlib.metadata import requires
from pathlib import Path
import re
import sys

from awesomeversion import AwesomeVersion
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
import pytest

from homeassistant.components import vicare
from homeassistant.const import Platform

from .package import PACKAGE, load, nodes, trees

MANIFEST = load(PACKAGE / "manifest.json")

REQUIRED = {
    "codeowners",
    "config_flow",
    "documentation",
    "domain",
    "integration_type",
    "iot_class",
    "issue_tracker",
    "name",
    "requirements",
    "version",
}
OPTIONAL = {
    "after_dependencies",
    "bluetooth",
    "dependencies",
    "dhcp",
    "homekit",
    "import_executor",
    "loggers",
    "mqtt",
    "preview_features",
    "quality_scale",
    "single_config_entry",
    "ssdp",
    "usb",
    "zeroconf",
}

# What hassfest lets any integration use without declaring it.
ALWAYS_THERE = {
    *(platform.value for platform in Platform),
    "automation",
    "conversation",
    "device_automation",
    "frontend",
    "homeassistant",
    "panel_custom",
    "persistent_notification",
    "script",
    "system_health",
    "websocket_api",
}


def _imported_modules() -> set[str]:
    """Return every module that the integration imports from."""
    modules = {
        f"{node.module}.{name.name}"
        for node in nodes(ast.ImportFrom)
        if node.module and not node.level
        for name in node.names
    }
    return modules | {name.name for node in nodes(ast.Import) for name in node.names}


def test_keys_are_known_and_complete() -> None:
    """An unknown key is an error for hassfest, as is one that is missing."""
    assert REQUIRED <= set(MANIFEST) <= REQUIRED | OPTIONAL


def test_keys_are_sorted() -> None:
    """Domain and name come first, then the alphabet."""
    keys = list(MANIFEST)
    assert keys[:2] == ["domain", "name"]
    assert keys[2:] == sorted(keys[2:])


def test_domain_is_the_folder() -> None:
    """Home Assistant looks an integration up by its folder."""
    assert MANIFEST["domain"] == PACKAGE.name
    assert re.fullmatch(r"[a-z0-9_]+", MANIFEST["domain"])


def test_version_is_one_that_home_assistant_loads() -> None:
    """A version of no known strategy keeps a custom integration from loading."""
    assert AwesomeVersion(MANIFEST["version"]).valid


@pytest.mark.parametrize("key", ["documentation", "issue_tracker"])
def test_addresses_are_https(key: str) -> None:
    """Home Assistant's own pages are not ours to name."""
    assert MANIFEST[key].startswith("https://")
    assert "home-assistant.io" not in MANIFEST[key]


def test_words_are_of_the_known_ones() -> None:
    """Types and classes are enumerated by hassfest."""
    assert MANIFEST["integration_type"] in {"device", "hub", "service"}
    assert MANIFEST["iot_class"] in {
        "assumed_state",
        "calculated",
        "cloud_polling",
        "cloud_push",
        "local_polling",
        "local_push",
    }


def test_has_an_owner() -> None:
    """Code owners are GitHub names."""
    assert MANIFEST["codeowners"]
    assert all(owner.startswith("@") for owner in MANIFEST["codeowners"])


def test_discovery_is_lower_case() -> None:
    """Home Assistant compares announced names in lower case."""
    for matcher in MANIFEST["zeroconf"]:
        assert matcher["name"] == matcher["name"].lower()
        assert re.fullmatch(r"_[a-z0-9]+\._(tcp|udp)\.local\.", matcher["type"])


def test_requirements_leave_core_its_own_version() -> None:
    """Core pins PyViCare: ours must neither pin, cap, nor ask for more."""
    ours = {(each := Requirement(line)).name: each for line in MANIFEST["requirements"]}
    assert ours.keys() == {"PyViCare", "mashumaro"}
    for requirement in ours.values():
        assert [each.operator for each in requirement.specifier] == [">="]
    (specifier,) = ours["PyViCare"].specifier
    core = load(Path(vicare.__path__[0]) / "manifest.json")
    (pinned,) = (Requirement(line) for line in core["requirements"])
    (pin,) = pinned.specifier
    assert Version(specifier.version) <= Version(pin.version)


def test_requirements_are_not_core_s_own() -> None:
    """What Home Assistant itself always brings must not be asked for again."""
    brought = {
        canonicalize_name(Requirement(line).name)
        for line in requires("homeassistant") or ()
    }
    ours = {
        canonicalize_name(Requirement(line).name) for line in MANIFEST["requirements"]
    }
    assert not ours & brought


def test_components_used_are_declared() -> None:
    """What is imported from another integration must be set up before ours."""
    declared = {
        *MANIFEST.get("dependencies", ()),
        *MANIFEST.get("after_dependencies", ()),
    }
    # A file named after an integration is loaded by that integration.
    platforms = {path.stem for path in trees() if path.parent == PACKAGE}
    used = {
        name.split(".")[2]
        for name in _imported_modules()
        if name.startswith("homeassistant.components.")
    }
    assert used <= declared | platforms | ALWAYS_THERE


def test_components_declared_exist() -> None:
    """A dependency that Home Assistant does not have keeps it from loading us."""
    declared = {
        *MANIFEST.get("dependencies", ()),
        *MANIFEST.get("after_dependencies", ()),
    }
    folder = Path(vicare.__path__[0]).parent
    assert [name for name in declared if not (folder / name).is_dir()] == []


def test_core_s_pyvicare_comes_first() -> None:
    """After `vicare` means: with the version of PyViCare that core pins."""
    assert "vicare" in MANIFEST["after_dependencies"]


def test_libraries_used_are_declared_or_core_s() -> None:
    """Nothing may be imported that only happens to be installed."""
    brought = {
        Requirement(line).name.lower() for line in requires("homeassistant") or ()
    }
    foreign = {
        name.split(".")[0]
        for name in _imported_modules()
        if name.split(".")[0].lower() not in brought
    }
    assert (
        foreign - {"homeassistant", "PyViCare", "mashumaro"} <= sys.stdlib_module_names
    )
