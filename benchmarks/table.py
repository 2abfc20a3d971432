"""Tables of names and numbers, for a terminal and as markdown."""

from collections.abc import Sequence

type Cells = Sequence[str]


def as_text_table(headers: Cells, rows: Sequence[Cells]) -> str:
    """Return a table for a terminal, the long headers numbered above it."""
    heads = [f"[{number}]" for number in range(1, len(headers) + 1)]
    names = map(" ".join, zip(heads, headers, strict=True))
    table = [heads, *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        [", ".join(names), "", *(_aligned(cells, widths) for cells in table)]
    )


def as_markdown_table(headers: Cells, rows: Sequence[Cells]) -> str:
    """Return a markdown table whose columns from the third on are numbers."""
    rule = ["---", "---", *("---:" for _ in headers[2:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headers, rule, *rows))


def percent(value: float | None) -> str:
    """Return a signed percentage, a dash if it is not known."""
    # Adding 0 turns a rounded -0.0 into 0.0.
    return "-" if value is None else f"{round(value, 2) + 0.0:+.2f} %"


def _aligned(cells: Cells, widths: Sequence[int]) -> str:
    names = (cell.ljust(width) for cell, width in zip(cells[:2], widths, strict=False))
    numbers = (
        cell.rjust(width) for cell, width in zip(cells[2:], widths[2:], strict=True)
    )
    return "  ".join([*names, *numbers]).rstrip()
