"""The arithmetic of a probe stands alone."""

import ast
from pathlib import Path

ROOM = Path("custom_components/heatpump_monitor/probes")
ARITHMETIC = (
    "alarms",
    "curves",
    "engine",
    "heating_curve",
    "model",
    "recent",
    "sessions",
    "slope",
    "time_to_target",
)
STANDARD = {"collections", "dataclasses", "datetime", "enum", "heapq", "math", "typing"}


def test_the_arithmetic_imports_nothing_of_home_assistant() -> None:
    """Each module knows the standard library, readings, and its own room."""
    for name in ARITHMETIC:
        for node in ast.walk(ast.parse((ROOM / f"{name}.py").read_text())):
            if isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= STANDARD
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                assert (node.module or "").split(".")[0] in STANDARD
            elif isinstance(node, ast.ImportFrom):
                own = (1, node.module) if node.level == 1 else None
                assert (node.level, node.module) in (
                    (2, "readings"),
                    own if node.module in ARITHMETIC else None,
                )
