"""A curve with fewer points that looks the same."""

from collections.abc import Collection, Sequence
from heapq import heapify, heappop, heappush

type Point = tuple[float, float]
"""Time in epoch seconds, and °C."""


def thinned(
    points: Sequence[Point], most: int, stay_s: Collection[float] = ()
) -> list[Point]:
    """Return at most so many points; the lowest, the highest and both ends stay.

    So do the points of the times in `stay_s`, of which there are fewer.

    Removes the point that makes the smallest triangle with its neighbours, again and
    again (Visvalingam and Whyatt 1993). A point never counts less than one that was
    removed beside it.
    """
    if len(points) <= most:
        return list(points)
    count = len(points)
    values = [value for _, value in points]
    kept = {0, count - 1, values.index(min(values)), values.index(max(values))}
    kept |= {index for index, point in enumerate(points) if point[0] in stay_s}
    before = list(range(-1, count - 1))
    after = list(range(1, count + 1))

    def area(index: int) -> float:
        return _area(points[before[index]], points[index], points[after[index]])

    areas = {index: area(index) for index in range(count) if index not in kept}
    heap = [(size, index) for index, size in areas.items()]
    heapify(heap)
    while len(areas) + len(kept) > most and heap:
        size, index = heappop(heap)
        if areas.get(index) != size:
            continue
        del areas[index]
        left, right = before[index], after[index]
        after[left], before[right] = right, left
        for neighbour in (left, right):
            if neighbour in areas:
                areas[neighbour] = max(area(neighbour), size)
                heappush(heap, (areas[neighbour], neighbour))
    return [points[index] for index in sorted(kept | areas.keys())]


def _area(first: Point, second: Point, third: Point) -> float:
    return abs(
        (first[0] - third[0]) * (second[1] - first[1])
        - (first[0] - second[0]) * (third[1] - first[1])
    )
