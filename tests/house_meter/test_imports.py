"""The arithmetic of quarter-hours knows nothing of Home Assistant."""

import ast
from pathlib import Path

ROOM = Path("custom_components/heatpump_monitor/house_meter")
ARITHMETIC = {
    "engine",
    "import_counter",
    "limits",
    "model",
    "open_quarter",
    "outlook",
    "peaks",
    "quarter_log",
    "reading_time",
}
BELOW = {"readings", "time_units", "performance.electricity.counters"}


def test_arithmetic() -> None:
    """It imports readings, the counters of electricity, itself, and no clock."""
    for name in ARITHMETIC:
        tree = ast.parse((ROOM / f"{name}.py").read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level == 2:
                assert node.module in BELOW, name
            elif isinstance(node, ast.ImportFrom) and node.level == 1:
                assert node.module in ARITHMETIC, name
            elif isinstance(node, ast.ImportFrom):
                assert not str(node.module).startswith("homeassistant"), name
            elif isinstance(node, ast.Attribute):
                assert node.attr not in ("now", "utcnow", "today"), name
