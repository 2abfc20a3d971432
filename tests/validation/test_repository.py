"""What HACS says of the repository, and what a stranger's checkout needs."""

import ast
from pathlib import Path
import re
import shutil
import struct
import subprocess
import tomllib

import pytest

from custom_components.heatpump_monitor.sources.endpoints import VIESSMANN_URL_VARIABLE
from custom_components.heatpump_monitor.sources.pace import FAST_VARIABLE
from homeassistant.util.yaml import load_yaml_dict

from .package import PACKAGE, ROOT, load

SCRIPTS = sorted(path.name for path in (ROOT / "script").iterdir())
PICTURES = ("icon", "dark_icon", "logo", "dark_logo")
MARKDOWN = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "info.md")


def _committed() -> list[Path]:
    """Return the files that are, or are about to be, committed."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def _size(picture: Path) -> tuple[int, int]:
    """Return width and height of a PNG."""
    head = picture.read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n"), picture
    width, height = struct.unpack(">II", head[16:])
    return width, height


def test_hacs_json_has_known_keys_only() -> None:
    """HACS rejects a key that it does not know."""
    known = {
        "content_in_root",
        "country",
        "filename",
        "hacs",
        "hide_default_branch",
        "homeassistant",
        "name",
        "persistent_directory",
        "render_readme",
        "zip_release",
    }
    hacs = load(ROOT / "hacs.json")
    assert {"name", "homeassistant"} <= set(hacs) <= known
    assert hacs["name"] == load(PACKAGE / "manifest.json")["name"]


def test_oldest_home_assistant_is_the_one_of_our_pyvicare() -> None:
    """On anything older, core would install another PyViCare than ours."""
    assert load(ROOT / "hacs.json")["homeassistant"] == "2026.10.0"


def test_there_is_one_integration() -> None:
    """HACS takes the first folder that it finds."""
    manifests = (ROOT / "custom_components").glob("*/manifest.json")
    assert [path.parent for path in manifests] == [PACKAGE]


@pytest.mark.parametrize("name", ["README.md", "info.md", "LICENSE", "CHANGELOG.md"])
def test_papers_are_there(name: str) -> None:
    """HACS and the Marketplace show them."""
    assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_licence_is_the_apache_licence() -> None:
    """HACS asks for a licence that GitHub recognises."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_have_the_sizes_of_the_brands(name: str) -> None:
    """An icon is a square of 256, a logo at most as high; @2x is twice that."""
    width, height = _size(PACKAGE / "brand" / f"{name}.png")
    assert height == 256
    assert width == 256 if "icon" in name else width > 256
    assert _size(PACKAGE / "brand" / f"{name}@2x.png") == (2 * width, 2 * height)


def test_versions_agree() -> None:
    """Manifest, project and changelog tell of one version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version = load(PACKAGE / "manifest.json")["version"]
    assert project["project"]["version"] == version
    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MARKDOWN)
def test_links_within_the_repository_lead_somewhere(name: str) -> None:
    """A relative link names a file that is there."""
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_environment_variables_are_documented() -> None:
    """Whoever works on the integration finds both of them."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert VIESSMANN_URL_VARIABLE in text
    assert FAST_VARIABLE in text


@pytest.mark.parametrize("name", SCRIPTS)
def test_commands_tell_what_they_do(name: str) -> None:
    """Each command runs, and --help tells its use without doing anything."""
    import_result = subprocess.run(
        [ROOT / "script" / name, "--help"], capture_output=True, check=True, text=True
    )
    assert import_result.stdout.startswith(f"Usage: script/{name}")


@pytest.mark.parametrize("name", ["setup", "check"])
def test_commands_refuse_what_they_do_not_know(name: str) -> None:
    """A spelling mistake is not taken for the default."""
    refused = subprocess.run(
        [ROOT / "script" / name, "nonsense"],
        capture_output=True,
        check=False,
        text=True,
    )
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"Usage: script/{name}")


def test_nothing_tells_of_one_machine() -> None:
    """No path of the machine, and no host of a package registry, is committed."""
    registries = (("pypi", "org"), ("debian", "org"), ("npmjs", "org"))
    forbidden = [str(ROOT), *(".".join(parts) for parts in registries)]
    import_result = {
        (str(path.relative_to(ROOT)), word)
        for path in _committed()
        for word in forbidden
        if word.encode() in path.read_bytes()
    }
    assert not import_result


def test_locks_match_what_they_are_made_from() -> None:
    """Every requirement of an .in file is pinned in the .txt beside it."""
    for name in ("test", "demo"):
        folder = ROOT / "requirements"
        wanted = (folder / f"{name}.in").read_text(encoding="utf-8")
        locked = (folder / f"{name}.txt").read_text(encoding="utf-8").lower()
        for line in re.findall(r"^[A-Za-z][^\s#]*", wanted, re.MULTILINE):
            project, _, version = re.split(r"(==|>=|$)", line, maxsplit=1)
            pin = f"{project}=={version if '==' in line else ''}".lower()
            assert f"\n{pin}" in f"\n{locked}", line


def test_workflows_ask_for_no_more_than_reading() -> None:
    """A workflow that is tricked can do no harm."""
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        workflow = load_yaml_dict(str(path))
        assert workflow["permissions"] == {}, path.name
        for job in workflow["jobs"].values():
            assert job["permissions"] == {"contents": "read"}, path.name


def test_arithmetic_knows_nothing_of_home_assistant() -> None:
    """What is reckoned can be tested, and used, without it."""
    for path in (PACKAGE / "performance").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            modules = (
                [name.name for name in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not any(name.startswith("homeassistant") for name in modules), path
