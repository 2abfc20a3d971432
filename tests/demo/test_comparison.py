"""Tests of what the smoke test calls off."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from demo.comparison import Comparison, Energies, Interval, compare

START = datetime(2026, 11, 21, 12, tzinfo=UTC)
STEP = timedelta(seconds=5)
TRUE = Energies(electricity_wh=2.0, heat_wh=8.0)


def intervals(count: int) -> list[Interval]:
    """Return intervals that agree with the truth."""
    return [
        Interval(
            start=START + number * STEP,
            end=START + (number + 1) * STEP,
            electricity_wh=2.0,
            heat_wh=8.0,
        )
        for number in range(count)
    ]


def compared(given: list[Interval]) -> Comparison:
    """Compare intervals of which the same is true each."""
    return compare(given, [TRUE] * len(given))


def test_twelve_intervals_that_agree_are_enough() -> None:
    """Nothing is off, and the sums are those of all of them."""
    comparison = compared(intervals(12))
    assert comparison.complaints(heat_is_measured=True) == []
    assert comparison.counted == Energies(electricity_wh=24.0, heat_wh=96.0)
    assert comparison.counted.cop == 4.0


def test_eleven_intervals_are_too_few() -> None:
    """The twelfth is waited for."""
    (complaint,) = compared(intervals(11)).complaints(heat_is_measured=True)
    assert complaint == "11 intervals are paired, not 12"


def test_electricity_may_be_off_by_half_a_percent() -> None:
    """More than that is told, with how much it is."""
    within = [replace(each, electricity_wh=2.009) for each in intervals(12)]
    beyond = [replace(each, electricity_wh=2.011) for each in intervals(12)]
    assert compared(within).complaints(heat_is_measured=True) == []
    (complaint,) = compared(beyond).complaints(heat_is_measured=True)
    assert complaint.startswith("electricity in Wh: 24.13, truly 24.00: +0.55%")


def test_heat_counts_only_where_it_is_measured() -> None:
    """A unit without a flow meter cannot know its heat that well."""
    given = [replace(each, heat_wh=7.7) for each in intervals(12)]
    assert compared(given).complaints(heat_is_measured=False) == []
    (complaint,) = compared(given).complaints(heat_is_measured=True)
    assert complaint.startswith("heat in Wh: 92.40, truly 96.00: -3.75%")


def test_first_interval_may_lack_electricity() -> None:
    """The heat pump may have answered before the meter did; the sums do without."""
    first, *others = intervals(13)
    comparison = compared([replace(first, electricity_wh=None), *others])
    assert comparison.complaints(heat_is_measured=True) == []
    assert comparison.true == Energies(electricity_wh=24.0, heat_wh=96.0)


def test_later_interval_must_not_lack_heat() -> None:
    """A gap while both sources answer is a fault."""
    *others, last = intervals(13)
    comparison = compared([*others, replace(last, heat_wh=None)])
    assert comparison.complaints(heat_is_measured=True) == [
        "1 intervals lack electricity or heat"
    ]


def test_standing_still_proves_nothing() -> None:
    """Zero agrees with zero, but no COP was seen."""
    still = [replace(each, electricity_wh=0.0, heat_wh=0.0) for each in intervals(12)]
    nothing = [Energies(electricity_wh=0.0, heat_wh=0.0)] * 12
    comparison = compare(still, nothing)
    assert comparison.complaints(heat_is_measured=True) == [
        "the simulated heat pump made no heat"
    ]
    assert comparison.counted.cop is None


def test_interval_is_read_from_diagnostics() -> None:
    """The heat is the chosen method's, all segments of it."""
    interval = Interval.from_json(
        {
            "start": "2026-11-21T12:00:00+00:00",
            "end": "2026-11-21T12:00:05+00:00",
            "electricity_wh": 2.0,
            "heats": {
                "flow": {"by_segment_wh": [3.5, 4.5]},
                "counter": {"by_segment_wh": [50.0, 50.0]},
            },
            "method": "flow",
        }
    )
    assert interval == intervals(1)[0]


def test_interval_without_a_method_has_no_heat() -> None:
    """Unknown heat is not zero."""
    interval = Interval.from_json(
        {
            "start": "2026-11-21T12:00:00+00:00",
            "end": "2026-11-21T12:00:05+00:00",
            "electricity_wh": 2.0,
            "heats": {},
            "method": None,
        }
    )
    assert interval.heat_wh is None
    assert interval.energies is None
