"""What the manifest declares, against the code and Home Assistant."""

import ast
from importlib.metadata import requires
from pathlib import Path
import sys
import tomllib

from awesomeversion import AwesomeVersion
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from homeassistant.components import homewizard, vicare

from .package import MANIFEST, PACKAGE, ROOT, load, nodes

KEYS = "codeowners config_flow documentation domain iot_class name requirements version"
# Whose library has another name than the project.
PROJECTS = {"homewizard_energy": "python-homewizard-energy"}
REQUIREMENTS = [Requirement(line) for line in MANIFEST["requirements"]]


def _brought() -> set[str]:
    """Return the projects that Home Assistant itself requires."""
    lines = requires("homeassistant") or ()
    return {canonicalize_name(Requirement(line).name) for line in lines}


def test_keys_are_complete_and_in_order() -> None:
    """Domain and name come first, then the alphabet."""
    keys = list(MANIFEST)
    assert set(KEYS.split()) <= set(keys)
    assert keys == ["domain", "name", *sorted(set(keys) - {"domain", "name"})]


def test_home_assistant_loads_it() -> None:
    """Home Assistant looks for the folder, and refuses a version it cannot read."""
    assert MANIFEST["domain"] == PACKAGE.name
    assert AwesomeVersion(MANIFEST["version"]).valid


def test_versions_agree_with_the_project() -> None:
    """Version, oldest Home Assistant and requirements stand in two files each."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == MANIFEST["version"]
    assert set(MANIFEST["requirements"]) <= set(project["dependencies"])
    oldest = load(ROOT / "hacs.json")["homeassistant"].removesuffix(".0")
    assert f"homeassistant>={oldest}" in project["dependencies"]


def test_requirements_accept_the_versions_of_core() -> None:
    """Core pins two of them: a pin, cap or higher minimum of ours would break it."""
    for ours in REQUIREMENTS:
        assert [each.operator for each in ours.specifier] == [">="]
        assert canonicalize_name(ours.name) not in _brought()
    for integration in (homewizard, vicare):
        core = load(Path(integration.__path__[0]) / "manifest.json")
        (pinned,) = map(Requirement, core["requirements"])
        (pin,) = pinned.specifier
        (ours,) = (each for each in REQUIREMENTS if each.name == pinned.name)
        assert SpecifierSet(str(ours.specifier)).contains(pin.version)
        assert core["domain"] in MANIFEST["after_dependencies"]


def test_imported_libraries_are_declared() -> None:
    """A library that only happens to be installed is missing elsewhere."""
    allowed = {canonicalize_name(each.name) for each in REQUIREMENTS} | _brought()
    names = {name.name for node in nodes(ast.Import) for name in node.names}
    names |= {str(node.module) for node in nodes(ast.ImportFrom) if not node.level}
    roots = {name.split(".")[0] for name in names} - sys.stdlib_module_names
    projects = {PROJECTS.get(name, name) for name in roots - {"homeassistant"}}
    assert {canonicalize_name(name) for name in projects} <= allowed


def test_performance_imports_nothing_of_home_assistant() -> None:
    """The arithmetic works, and is tested, without Home Assistant."""
    for path in (PACKAGE / "performance").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert "homeassistant" not in ast.unparse(node), path
