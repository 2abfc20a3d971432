"""Ranges hold the same numbers as a set would."""

from hypothesis import given, strategies as st

from custom_components.heatpump_monitor.exporter.ranges import Range, Ranges


def _numbers(ranges: Ranges) -> set[int]:
    """Return the numbers one by one."""
    return {number for first, last in ranges for number in range(first, last + 1)}


_RANGE = st.tuples(st.integers(1, 40), st.integers(0, 8)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)


@given(st.lists(st.tuples(st.booleans(), _RANGE), max_size=40), st.integers(0, 50))
def test_ranges_are_a_set(steps: list[tuple[bool, Range]], number: int) -> None:
    """Whatever is added and taken, in order and without two adjacent ranges."""
    ranges, model = Ranges(), set[int]()

    for is_added, (first, last) in steps:
        numbers = set(range(first, last + 1))
        if is_added:
            ranges.add(first, last)
            model |= numbers
        else:
            taken = ranges.take(first, last)
            assert _numbers(Ranges(taken)) == numbers & model
            model -= numbers

    assert _numbers(ranges) == model
    ends = [end for one in ranges for end in one]
    assert all(
        after > before + 1
        for before, after in zip(ends[1:-1:2], ends[2::2], strict=True)
    )
    found = ranges.first_from(number)
    later = [known for known in model if known >= number]
    assert (found and found[0]) == min(later, default=None)
