"""Whether the quality scale's rules are kept as quality_scale.yaml says."""

import ast
import tomllib

import pytest

from homeassistant.util.yaml import load_yaml_dict

from .package import PACKAGE, PLATFORMS, ROOT, load, module, trees

MANIFEST = load(PACKAGE / "manifest.json")
RULES = load_yaml_dict(str(PACKAGE / "quality_scale.yaml"))["rules"]

BRONZE = """
    action-setup appropriate-polling brands common-modules config-flow
    config-flow-test-coverage dependency-transparency docs-actions
    docs-conditions docs-high-level-description docs-installation-instructions
    docs-removal-instructions docs-triggers entity-event-setup entity-unique-id
    has-entity-name runtime-data test-before-configure test-before-setup
    unique-config-entry
"""
SILVER = """
    action-exceptions config-entry-unloading docs-configuration-parameters
    docs-installation-parameters entity-unavailable integration-owner
    log-when-unavailable parallel-updates reauthentication-flow test-coverage
"""
GOLD = """
    devices diagnostics discovery discovery-update-info docs-data-update
    docs-examples docs-known-limitations docs-supported-devices
    docs-supported-functions docs-troubleshooting docs-use-cases
    dynamic-devices entity-category entity-device-class
    entity-disabled-by-default entity-translations exception-translations
    icon-translations reconfiguration-flow repair-issues stale-devices
"""
PLATINUM = "async-dependency inject-websession strict-typing"

DOCUMENTED = {
    "docs-actions": "## Actions",
    "docs-configuration-parameters": "## Options",
    "docs-data-update": "## How data is updated",
    "docs-examples": "## Examples",
    "docs-high-level-description": "# Heat Pump Monitor",
    "docs-installation-instructions": "## Installation",
    "docs-installation-parameters": "## Set-up",
    "docs-known-limitations": "## Known limitations",
    "docs-removal-instructions": "## Removal",
    "docs-supported-devices": "## Supported devices",
    "docs-supported-functions": "## What each number means",
    "docs-troubleshooting": "## Troubleshooting",
    "docs-use-cases": "## What it is for",
}


def _status(rule: str) -> str:
    """Return what is said of a rule."""
    said = RULES[rule]
    return str(said if isinstance(said, str) else said["status"])


def _functions(name: str) -> set[str]:
    """Return the functions at the top of a module."""
    (tree,) = (tree for path, tree in trees().items() if path == PACKAGE / f"{name}.py")
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_every_rule_is_answered() -> None:
    """All 54 rules are there, in the order of their tiers, and no other."""
    assert list(RULES) == f"{BRONZE} {SILVER} {GOLD} {PLATINUM}".split()


@pytest.mark.parametrize("rule", RULES)
def test_answers_are_well_formed(rule: str) -> None:
    """A rule that is not done says why."""
    assert _status(rule) in {"done", "exempt", "todo"}
    if _status(rule) != "done":
        assert RULES[rule]["comment"].strip()


@pytest.mark.parametrize(("rule", "heading"), DOCUMENTED.items())
def test_documentation_has_its_section(rule: str, heading: str) -> None:
    """Each rule of the documentation has its place in the README."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert (_status(rule) == "done") == (heading in lines)


def test_brands() -> None:
    """The integration has a picture."""
    assert (_status("brands") == "done") == (PACKAGE / "brand" / "icon.png").exists()


def test_common_modules() -> None:
    """Coordinators and the base entity stand where one looks for them."""
    has = (PACKAGE / "coordinator.py").exists() and (PACKAGE / "entity.py").exists()
    assert (_status("common-modules") == "done") == has


@pytest.mark.parametrize(
    ("rule", "step"),
    [
        ("config-flow", "user"),
        ("discovery", "zeroconf"),
        ("reauthentication-flow", "reauth"),
        ("reconfiguration-flow", "reconfigure"),
    ],
)
def test_flow_has_the_step(rule: str, step: str) -> None:
    """A flow that is claimed is there."""
    flow = module("config_flow").HeatpumpMonitorFlow
    assert (_status(rule) == "done") == hasattr(flow, f"async_step_{step}")


def test_parallel_updates() -> None:
    """Each platform says how many updates may run at once."""
    said = all(hasattr(module(platform), "PARALLEL_UPDATES") for platform in PLATFORMS)
    assert (_status("parallel-updates") == "done") == said


def test_config_entry_unloading() -> None:
    """An entry can be unloaded without a restart."""
    has = "async_unload_entry" in _functions("__init__")
    assert (_status("config-entry-unloading") == "done") == has


def test_diagnostics() -> None:
    """An entry's diagnostics can be downloaded."""
    has = "async_get_config_entry_diagnostics" in _functions("diagnostics")
    assert (_status("diagnostics") == "done") == has


def test_integration_owner() -> None:
    """Somebody cares for the integration."""
    assert (_status("integration-owner") == "done") == bool(MANIFEST["codeowners"])


def test_has_entity_name() -> None:
    """Entities are named after what they show, and Home Assistant adds the device."""
    base = (PACKAGE / "entity.py").read_text(encoding="utf-8")
    named = "_attr_has_entity_name = True" in base
    assert (_status("has-entity-name") == "done") == named


def test_actions() -> None:
    """The rules on actions are exempt exactly as long as there are none."""
    has = (PACKAGE / "services.yaml").exists()
    for rule in ("action-setup", "action-exceptions", "docs-actions"):
        assert (_status(rule) == "exempt") == (not has), rule


def test_strict_typing() -> None:
    """Our own code is checked strictly; the rule also asks it of the libraries."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["mypy"]["strict"]
    assert _status("strict-typing") != "done"
