"""No import of the arithmetic climbs, or goes round in a circle."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path("custom_components/heatpump_monitor")
NEUTRAL = {"readings", "time_units"}
LAYERS = ("electricity", "clocks", "heat", "totals", "effect", "expected")
"""Rooms of performance/, each of which knows those before it only."""
BELOW = {
    "limits",
    "modes",
    "plant",
    "regression",
    "rounding",
    "segments",
    "student",
}
"""Modules of performance/ that every room may know."""
BETWEEN = {"intervals": "clocks"}
"""Modules that the rooms after this one may know."""


def imported(path: Path) -> Iterator[str]:
    """Yield the modules of the package that a module imports, by dotted name."""
    here = path.relative_to(PACKAGE).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        base = [*here[: len(here) + 1 - node.level], *(node.module or "").split(".")]
        name = ".".join(part for part in base if part)
        if (PACKAGE / name.replace(".", "/")).is_dir():
            yield from (f"{name}.{alias.name}" for alias in node.names)
        else:
            yield name


def graph() -> dict[str, set[str]]:
    """Return what every module of the arithmetic imports of the package."""
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts): set(imported(path))
        for path in (PACKAGE / "performance").rglob("*.py")
        if path.stem != "__init__"
    }


def test_no_circle() -> None:
    """Every module can be read after those that it imports."""
    order = list(TopologicalSorter(graph()).static_order())
    assert order.index("performance.plant") < order.index("performance.monitor")


def test_no_import_climbs() -> None:
    """A room knows only the rooms below it, and the arithmetic only neutral words."""
    climbing: list[tuple[str, str]] = []
    for module, others in graph().items():
        for other in others - NEUTRAL - {f"performance.{name}" for name in BELOW}:
            room, known = module.split(".")[1], other.split(".")
            if known[0] != "performance":
                climbing.append((module, other))
            elif room in LAYERS:
                layer = BETWEEN.get(known[1], known[1])
                allowed = LAYERS[: LAYERS.index(room) + (layer == known[1])]
                if layer not in allowed:
                    climbing.append((module, other))
    assert climbing == []


def test_numpy_is_loaded_when_needed_only() -> None:
    """Numpy takes 26 MB: no module that Home Assistant loads at its start has it."""
    need_numpy = {"regression", "comparison", "learned"}
    using = {
        path.stem
        for path in PACKAGE.rglob("*.py")
        for node in ast.parse(path.read_bytes()).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        and {"numpy", *need_numpy} & set(ast.unparse(node).replace(".", " ").split())
    }
    assert using == need_numpy
