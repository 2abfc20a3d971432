"""The integration's files as these tests look at them."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
import json
from pathlib import Path
import re
from types import ModuleType
from typing import Any

from custom_components import heatpump_monitor
from custom_components.heatpump_monitor import heat_pump
from homeassistant.helpers.entity import EntityDescription
from homeassistant.util.yaml import load_yaml_dict

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "custom_components" / "heatpump_monitor"
PLATFORMS = [platform.value for platform in heat_pump.PLATFORMS]

_PLACEHOLDER = re.compile(r"{(\w+)}")


def load(path: Path) -> dict[str, Any]:
    """Return what a JSON file holds."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def services() -> dict[str, dict[str, dict[str, Any]]]:
    """Return the fields of each action as services.yaml has them."""
    described = load_yaml_dict(str(PACKAGE / "services.yaml"))
    return {name: action["fields"] for name, action in described.items()}


def module(name: str) -> ModuleType:
    """Return a module of the integration."""
    return import_module(f"{heatpump_monitor.__name__}.{name}")


@cache
def trees() -> dict[Path, ast.Module]:
    """Return the syntax tree of each of the integration's modules."""
    return {path: ast.parse(path.read_bytes()) for path in PACKAGE.rglob("*.py")}


def nodes[NodeT: ast.AST](kind: type[NodeT]) -> Iterator[NodeT]:
    """Yield every node of a kind in the integration's code."""
    for tree in trees().values():
        yield from (node for node in ast.walk(tree) if isinstance(node, kind))


def words() -> set[str]:
    """Return every string constant of the integration's code."""
    return {node.value for node in nodes(ast.Constant) if isinstance(node.value, str)}


def called(call: ast.Call) -> str:
    """Return the last part of the name that is called."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def keyword_words(keyword: str) -> set[str]:
    """Return the string constants that are passed as this keyword anywhere."""
    return {
        passed.value.value
        for passed in nodes(ast.keyword)
        if passed.arg == keyword
        and isinstance(passed.value, ast.Constant)
        and isinstance(passed.value.value, str)
    }


def argument_words(function: str) -> set[str]:
    """Return the string constants that are passed by position to a function."""
    return {
        argument.value
        for call in nodes(ast.Call)
        if called(call) == function
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def descriptions(platform: str) -> dict[str, EntityDescription]:
    """Return the entity descriptions of a platform by their translation key."""
    return {
        description.translation_key or description.key: description
        for value in vars(module(platform)).values()
        if isinstance(value, tuple)
        for description in value
        if isinstance(description, EntityDescription)
    }


def leaves(tree: object, path: str = "") -> dict[str, str]:
    """Return the texts of a tree by their path, as in `entity.sensor.cop.name`."""
    if isinstance(tree, str):
        return {path: tree}
    assert isinstance(tree, dict), f"{path} is neither a text nor a section"
    return {
        place: text
        for key, branch in tree.items()
        for place, text in leaves(branch, f"{path}.{key}".lstrip(".")).items()
    }


def placeholders(text: str) -> set[str]:
    """Return the names of the placeholders in a text."""
    return set(_PLACEHOLDER.findall(text))
