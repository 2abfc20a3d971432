"""Alarms about the sources."""

from typing import Any

import pytest

from custom_components.heatpump_monitor.performance.alarms.board import AlarmKey

from .evidence import DAY, HOUR, NOON, House, life


def test_each_source_is_silent_on_its_own() -> None:
    """An hour after its last reading, and until the next, a source is silent."""
    house = House()
    house.surround(sources={"heat_pump": life(NOON), "meter": life(NOON)})
    assert house.check() == []
    house.now = NOON + HOUR
    house.surround(
        sources={"heat_pump": life(house.now), "meter": life(NOON, "meter_unreachable")}
    )
    (event,) = house.events()
    assert (event.key, event.part, event.change) == ("source_silent", "meter", "raised")
    assert event.causes == {"hours": 1.0, "reason": "meter_unreachable"}
    house.now += 2 * HOUR
    house.surround(sources={"heat_pump": life(NOON + HOUR), "meter": life(house.now)})
    assert sorted(house.check()) == [
        ("source_silent", "heat_pump", "raised"),
        ("source_silent", "meter", "cleared"),
    ]


def test_silence_by_option() -> None:
    """The owner says how long a source may be silent."""
    house = House()
    house.surround(sources={"meter": life(NOON)}, silence=6 * HOUR)
    house.now = NOON + 5 * HOUR
    assert house.check() == []
    house.now = NOON + 6 * HOUR
    assert house.check() == [("source_silent", "meter", "raised")]


def test_silence_across_a_restart() -> None:
    """Nobody listened before the start: what was raised stays, nothing is raised."""
    house = House()
    house.surround(sources={"meter": life(NOON - HOUR), "heat_pump": life(NOON)})
    assert house.check() == [("source_silent", "meter", "raised")]
    house.now = NOON + 3 * DAY
    nothing = {"meter": life(None), "heat_pump": life(None)}
    house.surround(started_at=house.now, sources=nothing)
    assert house.check() == []
    assert house.is_raised(AlarmKey.SOURCE_SILENT)
    house.now += HOUR
    assert house.check() == [("source_silent", "heat_pump", "raised")]


@pytest.mark.parametrize(
    ("field", "key", "part"),
    [
        ("stale_since", "values_frozen", "all"),
        ("supply_frozen_since", "values_frozen", "supply"),
        ("compressor_frozen_since", "values_frozen", "compressor"),
        ("heat_counters_frozen_since", "counters_frozen", "heat"),
    ],
)
def test_what_stands_still(field: str, key: str, part: str) -> None:
    """What the snapshot says to stand still is an alarm until it moves."""
    house = House()
    assert house.check() == []
    frozen: dict[str, Any] = {field: NOON - HOUR}
    (event,) = house.events(**frozen)
    assert (event.key, event.part, event.change) == (key, part, "raised")
    assert event.causes == {"since": (NOON - HOUR).isoformat()}
    assert house.check() == [(key, part, "cleared")]


@pytest.mark.parametrize(
    ("field", "part"),
    [("contradiction_since", "state"), ("run_time_disagrees_since", "run_time")],
)
def test_contradiction_must_last(field: str, part: str) -> None:
    """A contradiction that is over after the next reading is none."""
    house = House()
    found: dict[str, Any] = {field: NOON}
    assert house.check(**found) == []
    house.now = NOON + HOUR / 12
    assert house.check() == []
    assert house.check(**found) == []
    house.now = NOON + HOUR
    assert house.check(**found) == [("contradiction", part, "raised")]


def test_a_silent_source_contradicts_nobody() -> None:
    """What the meter said before it fell silent is no contradiction."""
    house = House()
    house.surround(sources={"heat_pump": life(NOON), "meter": life(NOON)})
    assert house.check(contradiction_since=NOON) == []
    house.now = NOON + HOUR / 2
    house.surround(sources={"heat_pump": life(house.now), "meter": life(NOON)})
    assert house.check(contradiction_since=NOON) == []
    assert house.is_raised(AlarmKey.CONTRADICTION) is None


def test_calls_nearly_used() -> None:
    """The alarm ends a good deal below where it began."""
    house = House()
    assert house.check() == []
    assert house.is_raised(AlarmKey.CALL_BUDGET) is None
    found = []
    for calls in (1300, 1330, 1300, 1200, 1180):
        house.surround(calls_day=calls, call_limit=1400)
        found += [(calls, change) for _, _, change in house.check()]
    assert found == [(1330, "raised"), (1180, "cleared")]


def test_sign_in_is_due_14_days_ahead() -> None:
    """Two weeks are time enough; a new sign-in clears the alarm."""
    house = House()
    house.surround(sign_in_due=NOON + 15 * DAY)
    assert house.check() == []
    house.now = NOON + DAY
    (event,) = house.events()
    assert event.causes == {"days": 14.0}
    house.surround(sign_in_due=NOON + 180 * DAY)
    assert house.check() == [("sign_in_due", "", "cleared")]
