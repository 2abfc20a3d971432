"""Ranges of whole numbers: which chunks are still to be sent."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

type Range = tuple[int, int]
"""The first and the last number, both included."""


class Ranges:
    """Numbers as ranges: in order, disjoint, never adjacent."""

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        """Begin with some ranges."""
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        for first, last in ranges:
            self.add(first, last)

    def __iter__(self) -> Iterator[Range]:
        """Return the ranges in order."""
        return zip(self._firsts, self._lasts, strict=True)

    def __bool__(self) -> bool:
        """Return whether there is any number."""
        return bool(self._firsts)

    def add(self, first: int, last: int) -> None:
        """Add all numbers from first to last."""
        begin = bisect_left(self._lasts, first - 1)
        end = bisect_right(self._firsts, last + 1)
        if begin < end:
            first = min(first, self._firsts[begin])
            last = max(last, self._lasts[end - 1])
        self._firsts[begin:end] = [first]
        self._lasts[begin:end] = [last]

    def take(self, first: int, last: int) -> list[Range]:
        """Remove all numbers from first to last; return those that were there."""
        begin = bisect_left(self._lasts, first)
        end = bisect_right(self._firsts, last)
        if begin >= end:
            return []
        touched = list(
            zip(self._firsts[begin:end], self._lasts[begin:end], strict=True)
        )
        rest = []
        if touched[0][0] < first:
            rest.append((touched[0][0], first - 1))
        if touched[-1][1] > last:
            rest.append((last + 1, touched[-1][1]))
        self._firsts[begin:end] = [a for a, _ in rest]
        self._lasts[begin:end] = [b for _, b in rest]
        return [(max(a, first), min(b, last)) for a, b in touched]

    def first_from(self, number: int) -> Range | None:
        """Return the first range at or after a number, without what is before it."""
        index = bisect_left(self._lasts, number)
        if index == len(self._lasts):
            return None
        return max(number, self._firsts[index]), self._lasts[index]
