"""Figures beside their limits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.table import as_markdown_table, as_text_table


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """What was measured, and what it may be at most."""

    part: str
    name: str
    value: float
    unit: str = ""
    most: float | None = None

    @property
    def missed(self) -> str | None:
        """Return what is over the limit; None if nothing is."""
        if self.most is None or self.value <= self.most:
            return None
        return f"{self.part}, {self.name}: {self._number(self.value)} {self.unit}"

    @property
    def cells(self) -> Sequence[str]:
        """Return part, name, value, unit and limit."""
        most = "" if self.most is None else f"≤ {self._number(self.most)}"
        return (self.part, self.name, self._number(self.value), self.unit, most)

    @staticmethod
    def _number(value: float) -> str:
        if abs(value) >= 100 or value == round(value):
            return f"{value:,.0f}"
        return f"{value:.3g}"


def figures_text(figures: Iterable[Figure], *, markdown: bool) -> str:
    """Return a table of figures."""
    as_table = as_markdown_table if markdown else as_text_table
    heads = ("part", "figure", "measured", "unit", "limit")
    return as_table(heads, [each.cells for each in figures])
