"""What the measurement of alarms says of a life."""

from datetime import timedelta

import pytest

from benchmarks.alarms import FAULTS, SETTINGS, AlarmRow, alarms_json, alarms_text
from custom_components.heatpump_monitor.performance.alarms.board import AlarmKey
from simulator.state import PlannedChange, Settings, Variant

HEALTHY = AlarmRow(
    variant=Variant.AIR, name="healthy", expected=None, found_after=None, others=()
)
FOUND = AlarmRow(
    variant=Variant.AIR,
    name="25 W more",
    expected=AlarmKey.STANDBY_POWER,
    found_after=timedelta(days=5),
    others=(AlarmKey.EFFICIENCY,),
)


@pytest.mark.parametrize(
    ("expected", "found_after", "others", "missed"),
    [
        (None, None, (), None),
        (None, None, ("flow",), "air, a life: flow"),
        (AlarmKey.FLOW, timedelta(days=3), ("efficiency",), None),
        (AlarmKey.FLOW, None, (), "air, a life: not found"),
    ],
)
def test_what_is_missed(
    expected: AlarmKey | None,
    found_after: timedelta | None,
    others: tuple[str, ...],
    missed: str | None,
) -> None:
    """A healthy life has no alarm, and a fault has its own; it may have others."""
    row = AlarmRow(
        variant=Variant.AIR,
        name="a life",
        expected=expected,
        found_after=found_after,
        others=others,
    )
    assert row.missed == missed


def test_table() -> None:
    """The table says how soon each fault was found."""
    table = alarms_text([HEALTHY, FOUND], markdown=True).splitlines()
    assert table[2] == "| air | healthy | - | - | - |"
    assert table[3] == "| air | 25 W more | standby_power | 5.0 d | efficiency |"


def test_json() -> None:
    """JSON has seconds."""
    healthy, found = alarms_json([HEALTHY, FOUND])
    assert (healthy["found_after"], found["found_after"]) == (None, 432_000.0)


def test_settings_are_those_of_the_plant() -> None:
    """The owner changes what there is to set."""
    settings = Settings(
        curve_slope=0.6,
        curve_shift_k=0.0,
        room_c=20.0,
        hot_water_c=50.0,
        hot_water_hysteresis_k=5.0,
    )
    for item, by in SETTINGS.items():
        settings = PlannedChange(epoch_s=0, item=item, by=by).of(settings)
    assert (settings.curve_slope, settings.hot_water_c) == (0.4, 55)


def test_faults_have_names_of_their_own() -> None:
    """No two rows are mistaken for each other."""
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
