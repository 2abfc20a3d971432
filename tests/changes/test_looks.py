"""On which days a change is looked at, and what a look depends on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from benchmarks.daily_model import CHANGE_DAY, House, Winter, lived
from custom_components.heatpump_monitor.changes.looks import (
    HouseholdFacts,
    PlannedLook,
    look,
    plan_looks,
)
from custom_components.heatpump_monitor.changes.model import (
    Category,
    Change,
    Entry,
    Note,
    Source,
)
from custom_components.heatpump_monitor.performance.effect.result import Verdict
from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.time_units import DAY, HOUR

UTC_CALENDAR = Calendar(UTC)
TIME = datetime(2026, 1, 15, 12, tzinfo=UTC)
DAY_OF = TIME.date()
HOUSEHOLD = HouseholdFacts(source=SourceKind.AIR, price_per_kwh=0.3, southern=False)


def changed(
    number: int, time: datetime = TIME, item: str = "heating_curve_slope"
) -> Change:
    """Return a change of the unit."""
    return Change(id=number, time=time, source=Source.UNIT, item=item)


def planned(*newest_first: Entry, after: int) -> list[PlannedLook]:
    """Return the looks so many days after the change."""
    return plan_looks(newest_first, UTC_CALENDAR, DAY_OF + timedelta(days=after))


@pytest.mark.parametrize(
    ("after", "looked", "following"),
    [
        (0, 0, 14),
        (13, 0, 14),
        (14, 14, 30),
        (59, 30, 60),
        (130, 120, 240),
        (364, 240, 365),
        (365, 365, None),
        (4000, 365, None),
    ],
)
def test_fixed_days(after: int, looked: int, following: int | None) -> None:
    """The last look stays until the next one, and the one after a year for good."""
    (found,) = planned(changed(1), after=after)
    assert found.looked_on == DAY_OF + timedelta(days=looked)
    following_day = None if following is None else DAY_OF + timedelta(days=following)
    assert found.next_look == following_day


def test_what_is_not_looked_at() -> None:
    """Entries that act on nothing, and all but the newest fifty."""
    holiday, curve = changed(2, item="holiday"), changed(1)
    assert [each.entry_id for each in planned(holiday, curve, after=1)] == [1]
    many = [changed(number) for number in range(60, 0, -1)]
    found = planned(*many, after=1)
    assert [each.entry_id for each in found] == list(range(60, 10, -1))


def test_later_changes_leave_a_look_alone() -> None:
    """A look depends on the changes until its day; a note can add one of them."""
    curve = changed(1)
    before = planned(curve, after=20)
    later = changed(2, TIME + 15 * DAY)
    assert planned(later, curve, after=20)[1] == before[0]
    earlier = Note(id=3, time=TIME + 5 * DAY, category=Category.REPAIR, text="x")
    *_, look_again = planned(later, earlier, curve, after=20)
    assert look_again.looked_on == before[0].looked_on
    assert [each.time for each in look_again.others] == [earlier.time]


def test_others_of_long_ago() -> None:
    """What was changed long before is not a part of a look."""
    old = changed(1, TIME - 500 * DAY)
    assert planned(changed(2), old, after=20)[0].others == ()


def test_automation() -> None:
    """A setting that an automation changes each hour does not make a look slow."""
    hourly = [
        changed(9000 - number, TIME - number * HOUR, "hot_water_c")
        for number in range(1, 5000)
    ]
    (found, *_) = planned(changed(9000), *hourly, after=1)
    # All of the week before, then one of each day.
    assert len(found.others) == pytest.approx(7 * 24 + (5000 / 24 - 7), abs=2)


def verdicts(winter: Winter) -> list[Verdict]:
    """Return the verdict of each look."""
    entry = changed(1, winter.change_time)
    found, today = [], CHANGE_DAY
    while today <= winter.today:
        plans = plan_looks([entry], winter.ledger.calendar, today)
        (shown,) = look(winter.ledger, plans, HOUSEHOLD).values()
        found.append(shown.effect.verdict)
        if (following := plans[0].next_look) is None:
            break
        today = following
    return found


def test_a_change_that_helps() -> None:
    """The first looks have not enough data; then it is better, and stays so."""
    house = House(scatter=0.01, slope_after=0.8)
    found = verdicts(lived(house, 1, after=130))
    assert found[:2] == [Verdict.NOT_ENOUGH_DATA] * 2
    assert found[3:] == [Verdict.BETTER] * 2


def test_changes_that_do_nothing() -> None:
    """Few of them are called better or worse by all looks together."""
    wrong = {Verdict.BETTER, Verdict.WORSE}
    found = [verdicts(lived(House(), seed, after=130)) for seed in range(15)]
    assert sum(bool(wrong & set(each)) for each in found) <= 2


def test_look_is_deterministic() -> None:
    """What came after the day of a look does not change it."""
    winter = lived(House(scatter=0.01), 1, after=60)
    plans = plan_looks(
        [changed(1, winter.change_time)], winter.ledger.calendar, CHANGE_DAY + 30 * DAY
    )
    before = look(winter.ledger, plans, HOUSEHOLD)
    gone = [day for day in winter.ledger.days if day >= date(2026, 2, 20)]
    for day in gone:
        del winter.ledger.days[day]
    assert gone
    shown, again = (
        next(iter(each.values())).effect
        for each in (before, look(winter.ledger, plans, HOUSEHOLD))
    )
    assert again.figures == shown.figures
    assert again.verdict is shown.verdict
