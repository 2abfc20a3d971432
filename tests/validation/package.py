"""Read the integration's files and code for the tests beside."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
import json
from pathlib import Path
from types import ModuleType
from typing import Any, TypeIs, cast

from custom_components import heatpump_monitor
from homeassistant.helpers.entity import EntityDescription
from homeassistant.util.yaml import load_yaml_dict

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "custom_components" / "heatpump_monitor"


def load(path: Path) -> dict[str, Any]:
    """Return the content of a JSON file."""
    return cast("dict[str, Any]", json.loads(path.read_text()))


ENGLISH = load(PACKAGE / "translations" / "en.json")
GERMAN = load(PACKAGE / "translations" / "de.json")
ICONS = load(PACKAGE / "icons.json")
MANIFEST = load(PACKAGE / "manifest.json")
SERVICES: dict[str, dict[str, dict[str, Any]]] = {
    name: action["fields"]
    for name, action in load_yaml_dict(str(PACKAGE / "services.yaml")).items()
}


def module(name: str) -> ModuleType:
    """Import a module of the integration."""
    return import_module(f"{heatpump_monitor.__name__}.{name}")


@cache
def _all_nodes() -> list[ast.AST]:
    trees = (ast.parse(path.read_bytes()) for path in PACKAGE.rglob("*.py"))
    return [node for tree in trees for node in ast.walk(tree)]


def nodes[NodeT: ast.AST](kind: type[NodeT]) -> Iterator[NodeT]:
    """Yield every node of a kind in the integration's code."""
    return (node for node in _all_nodes() if isinstance(node, kind))


def calls(*functions: str) -> list[ast.Call]:
    """Return the calls of the named functions, methods and classes."""
    return [
        call
        for call in nodes(ast.Call)
        if getattr(call.func, "attr", getattr(call.func, "id", None)) in functions
    ]


def strings(found: Iterable[ast.AST]) -> set[str]:
    """Return the values of those nodes that are string constants."""
    values = (node.value for node in found if isinstance(node, ast.Constant))
    return {value for value in values if isinstance(value, str)}


def keyword_strings(keyword: str, found: Iterable[ast.Call]) -> set[str]:
    """Return the strings that calls pass as a keyword."""
    passed = [each for call in found for each in call.keywords]
    return strings(each.value for each in passed if each.arg == keyword)


def descriptions(platform: str) -> dict[str, EntityDescription]:
    """Return the entity descriptions of a platform by their translation key.

    Kinds of entry other than heat pumps have theirs in rooms of their own.
    """
    rooms = [path.parent.name for path in PACKAGE.glob(f"*/{platform}s.py")]
    modules = [platform, *(f"{room}.{platform}s" for room in rooms)]
    return {
        each.translation_key or each.key: each
        for name in modules
        for table in vars(module(name)).values()
        if isinstance(table, tuple)
        for each in table
        if _is_description(each)
    }


def _is_description(value: object) -> TypeIs[EntityDescription]:
    # An object of a class that is not ours is of a copy of that class.
    names = {base.__name__ for base in type(value).__mro__}
    return EntityDescription.__name__ in names


def leaves(tree: dict[str, Any], path: str = "") -> dict[str, str]:
    """Return the texts of a tree by their path, as in `entity.sensor.cop.name`."""
    texts: dict[str, str] = {}
    for key, branch in tree.items():
        place = f"{path}.{key}".lstrip(".")
        texts |= {place: branch} if isinstance(branch, str) else leaves(branch, place)
    return texts
