"""The shadow of the settings: two newer answers in a row make a change."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from custom_components.heatpump_monitor.changes.model import Change
from custom_components.heatpump_monitor.changes.shadow import Shadow
from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.readings import Setting, SettingValue

START = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
POLL = timedelta(minutes=5)
SLOPE = "heating_curve_slope.1"


class Unit:
    """A unit that is polled every five minutes."""

    def __init__(self) -> None:
        """Begin before the first poll."""
        self.shadow = Shadow()
        self.polls = 0

    @property
    def now(self) -> datetime:
        """Return the time of the last poll."""
        return START + self.polls * POLL

    def poll(
        self,
        settings: Mapping[str, SettingValue],
        *,
        measured_at: datetime | None = None,
        changed_at: datetime | None = None,
    ) -> list[Change]:
        """Return the changes of a poll."""
        self.polls += 1
        shown = {
            key: Setting(value=value, changed_at=changed_at)
            for key, value in settings.items()
        }
        return self.shadow.add(self.now, measured_at or self.now, shown)


def slope(value: float) -> dict[str, SettingValue]:
    """Return the settings of a unit that reports a slope only."""
    return {SLOPE: value}


def settled(settings: Mapping[str, SettingValue]) -> Unit:
    """Return a unit whose settings are known."""
    unit = Unit()
    for _ in range(2):
        assert unit.poll(settings) == []
    return unit


def test_confirmed_change() -> None:
    """The second poll confirms what the first one showed, and the third is silent."""
    unit = settled(slope(1.4))
    assert unit.poll(slope(1.2)) == []
    shown_at = unit.now
    (change,) = unit.poll(slope(1.2))
    assert (change.item, change.place) == ("heating_curve_slope", "1")
    assert (change.old, change.new, change.time) == (1.4, 1.2, shown_at)
    assert unit.poll(slope(1.2)) == []


def test_change_of_one_poll() -> None:
    """A value that one answer shows alone is no change."""
    unit = settled(slope(1.4))
    for value in (1.2, 1.4, 1.2, 1.4, 1.4):
        assert unit.poll(slope(value)) == []


def test_change_on_the_way() -> None:
    """Who tries several values made one change, to the last."""
    unit = settled(slope(1.4))
    for value in (1.3, 1.2, 1.1):
        assert unit.poll(slope(value)) == []
    (change,) = unit.poll(slope(1.1))
    assert (change.old, change.new) == (1.4, 1.1)


def test_first_sight() -> None:
    """Neither the first start nor a setting that is reported later makes an entry."""
    unit = settled(slope(1.4))
    for _ in range(3):
        assert unit.poll(slope(1.4) | {"hot_water_c": 50.0}) == []
    unit.poll(slope(1.4) | {"hot_water_c": 55.0})
    assert len(unit.poll(slope(1.4) | {"hot_water_c": 55.0})) == 1


def test_wrong_first_answer() -> None:
    """A value that only the very first answer shows is not compared with."""
    unit = Unit()
    unit.poll(slope(0.0))
    for _ in range(3):
        assert unit.poll(slope(1.4)) == []


def test_partial_answers() -> None:
    """A setting that is missing has not changed, and a change outlasts its absence."""
    unit = settled(slope(1.4))
    assert unit.poll({}) == unit.poll(slope(1.4)) == unit.poll({}) == []
    unit.poll(slope(1.2))
    unit.poll({})
    assert len(unit.poll(slope(1.2))) == 1


def test_answers_that_are_not_newer() -> None:
    """An old answer says nothing, and the same answer confirms nothing."""
    unit = settled(slope(1.4))
    unit.poll(slope(1.2))
    newest = unit.now
    for _ in range(3):
        assert unit.poll(slope(1.2), measured_at=newest) == []
        assert unit.poll(slope(1.4), measured_at=newest - POLL) == []
    (change,) = unit.poll(slope(1.2))
    assert change.time == newest


def test_answers_without_time_stamps() -> None:
    """Where the answer has none, each poll counts as newer."""
    shadow, settings = Shadow(), {SLOPE: Setting(value=1.4)}
    for number in range(2):
        shadow.add(START + number * POLL, None, settings)
    settings = {SLOPE: Setting(value=1.2)}
    assert shadow.add(START + 2 * POLL, None, settings) == []
    assert len(shadow.add(START + 3 * POLL, None, settings)) == 1


def test_own_time_stamp() -> None:
    """The time stamp of the setting is used if it lies between two polls."""
    for ahead, used in (
        (timedelta(minutes=-2), True),
        (timedelta(minutes=-6), False),
        (timedelta(minutes=1), False),
    ):
        unit = settled(slope(1.4))
        stamp = unit.now + POLL + ahead
        unit.poll(slope(1.2), changed_at=stamp)
        shown_at = unit.now
        (change,) = unit.poll(slope(1.2), changed_at=stamp)
        assert change.time == (stamp if used else shown_at)


def test_several_at_once() -> None:
    """Each is an entry of its own, at the same time."""
    unit = settled(slope(1.4) | {"hot_water_c": 50.0, "hot_water_mode": "eco"})
    settings = slope(1.2) | {"hot_water_c": 50.0, "hot_water_mode": "off"}
    unit.poll(settings)
    first, second = unit.poll(settings)
    assert (first.item, second.item) == ("heating_curve_slope", "hot_water_mode")
    assert first.time == second.time


def days_of(unit: Unit, values: list[float], *, hours: float = 24) -> list[Change]:
    """Poll twice a day, or so: the changes of a setting with these values."""
    found = []
    for value in values:
        unit.polls += round(hours * 12) - 2
        found += [*unit.poll(slope(value)), *unit.poll(slope(value))]
    return found


def test_changes_every_day() -> None:
    """What a program changes every day is logged four times, not for ever."""
    unit = settled(slope(1.4))
    assert len(days_of(unit, [1.2, 1.4] * 50, hours=12)) == 4


def test_rest_after_changes_every_day() -> None:
    """After a week of rest the log shows where the setting came to, and since when."""
    unit = settled(slope(1.4))
    days_of(unit, [1.2, 1.4, 1.2, 1.4, 1.2], hours=12)
    last_at = unit.now - POLL
    assert days_of(unit, [1.2] * 6) == []
    (change,) = days_of(unit, [1.2] * 2)
    assert (change.old, change.new, change.time) == (1.4, 1.2, last_at)
    assert len(days_of(unit, [1.0])) == 1


def test_rest_at_the_logged_value() -> None:
    """A setting that rests where the log saw it last makes no entry."""
    unit = settled(slope(1.4))
    days_of(unit, [1.2, 1.4, 1.2, 1.4, 1.2, 1.4], hours=12)
    assert days_of(unit, [1.4] * 10) == []


def test_change_after_less_than_a_week_of_rest() -> None:
    """Fewer changes a week are logged again, from the value that the log shows."""
    unit = settled(slope(1.4))
    days_of(unit, [1.2, 1.4, 1.2, 1.4, 1.2], hours=12)
    days_of(unit, [1.2] * 6)
    (change,) = days_of(unit, [1.0])
    assert (change.old, change.new) == (1.4, 1.0)


def test_holiday_that_ends() -> None:
    """The unit removes a holiday that is over; who cancels one made a change."""
    for last_day, entries in (("2026-01-14", 0), ("2026-01-20", 1)):
        unit = settled({"holiday": f"2026-01-09 - {last_day}"})
        unit.poll({"holiday": "off"})
        assert len(unit.poll({"holiday": "off"})) == entries
        unit.poll({"holiday": "2026-02-01 - 2026-02-08"})
        assert len(unit.poll({"holiday": "2026-02-01 - 2026-02-08"})) == 1


@given(st.lists(st.sampled_from([1.2, 1.4, None]), max_size=12))
def test_restart_at_any_moment(slopes: list[float | None]) -> None:
    """What is saved and loaded between two polls gives the same changes."""
    one, other = Unit(), Unit()
    for value in slopes:
        settings = {} if value is None else slope(value)
        other.shadow = load(Shadow, dump(other.shadow))
        assert one.poll(settings) == other.poll(settings)
