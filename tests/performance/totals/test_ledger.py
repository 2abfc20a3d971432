"""Buckets of hours and days, and the sums over them."""

from copy import deepcopy
import dataclasses
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.plant import HeatMethod
from custom_components.heatpump_monitor.performance.segments import Quantity
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    HOURS_KEPT,
    Bucket,
    Changes,
    Comparison,
    Ledger,
    Merge,
    ModeSums,
)
from custom_components.heatpump_monitor.performance.totals.periods import (
    Period,
    summaries,
)
from custom_components.heatpump_monitor.performance.totals.tariff import Tariff
from custom_components.heatpump_monitor.readings import Mode, Role
from tests.performance.builders import START, at, merge_imported

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "UTC",
        # Half hours; daylight saving of half an hour, and at midnight.
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "America/Santiago",
        "America/Havana",
        "America/St_Johns",
        "Pacific/Apia",
    ]
).map(ZoneInfo)
MOMENTS = st.datetimes(
    datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)
)


def test_every_sum_adds_up() -> None:
    """Every field of a bucket is added, those by mode and method one by one."""
    one = Bucket(
        electricity_wh=1,
        metered_s=2,
        paired_electricity_wh=3,
        heat_wh=4,
        unpaired_heat_wh=5,
        paired_s=6,
        run_s=7,
        starts=8,
        defrosts=9,
        backup_heater_electricity_wh=10,
        backup_heater_heat_wh=11,
        backup_heater_known_s=12,
        beyond_carnot_s=13,
        outside_c_s=14,
        outside_s=15,
        cost=16,
        priced_wh=17,
        co2_g=18,
        co2_wh=19,
        modes={Mode.HEATING: ModeSums(1, 2, 3, {Quantity.SUPPLY_C: (70, 2)})},
        methods_wh={HeatMethod.FLOW: 4},
        compared={HeatMethod.MODULATION: Comparison(5, 4)},
        boundaries={"H3": (1, 2, 3)},
        unpaired_modes_wh={Mode.STANDBY: 5},
        parts_wh={Role.COMPRESSOR: 6},
    )
    total = Bucket(modes={Mode.HOT_WATER: ModeSums(1, 1, 1)})
    total.add(one)
    total.add(one)
    assert (total.electricity_wh, total.cost, total.co2_wh) == (2, 32, 38)
    assert (total.starts, total.defrosts, total.backup_heater_known_s) == (16, 18, 24)
    assert (total.outside_c_s, total.outside_s, total.beyond_carnot_s) == (28, 30, 26)
    assert total.modes == {
        Mode.HEATING: ModeSums(2, 4, 6, {Quantity.SUPPLY_C: (140, 4)}),
        Mode.HOT_WATER: ModeSums(1, 1, 1),
    }
    assert total.methods_wh == {HeatMethod.FLOW: 8}
    assert total.compared == {HeatMethod.MODULATION: Comparison(10, 8)}
    assert total.boundaries == {"H3": (2, 4, 6)}
    assert total.unpaired_modes_wh == {Mode.STANDBY: 10}
    assert total.parts_wh == {Role.COMPRESSOR: 12}
    assert one.modes[Mode.HEATING].weighted == {Quantity.SUPPLY_C: (70, 2)}


@pytest.mark.parametrize(
    ("tariff", "cost", "priced_wh", "co2_g", "co2_wh"),
    [
        (Tariff(), 0, 0, 0, 0),
        (Tariff(0.25, 400.0), 0.5, 2000, 800, 2000),
        (Tariff(-0.05), -0.1, 2000, 0, 0),
        (Tariff(0.0, 0.0), 0, 2000, 0, 2000),
    ],
)
def test_electricity_at_its_price(
    tariff: Tariff, cost: float, priced_wh: float, co2_g: float, co2_wh: float
) -> None:
    """What has no price is known to have none, and nothing may be what it cost."""
    ledger = Ledger(Calendar(BERLIN))
    ledger.book_electricity(START, at(3600), 2000, tariff)
    bucket = ledger.sums(START.date(), START.date())
    assert bucket.electricity_wh == 2000
    assert (bucket.cost, bucket.priced_wh) == (pytest.approx(cost), priced_wh)
    assert (bucket.co2_g, bucket.co2_wh) == (pytest.approx(co2_g), co2_wh)


@given(
    zone=ZONES,
    start=MOMENTS,
    lengths_s=st.lists(st.floats(1, 200_000), min_size=1, max_size=8),
)
@settings(max_examples=60)
def test_electricity_is_where_it_flowed(
    zone: ZoneInfo, start: datetime, lengths_s: list[float]
) -> None:
    """In any zone, each hour and each local day have the energy of their own time."""
    ledger, moment = Ledger(Calendar(zone)), start
    for length_s in lengths_s:
        end = moment + timedelta(seconds=length_s)
        # A steady watt, so that each bucket's energy is its time.
        energy_wh = (end - moment) / HOUR
        ledger.book_electricity(moment, end, energy_wh)
        moment = end
    for hour, bucket in ledger.hours.items():
        shared = min(hour + HOUR, moment) - max(hour, start)
        assert bucket.electricity_wh == pytest.approx(shared / HOUR, abs=1e-6)
    for day, bucket in ledger.days.items():
        midnight, next_midnight = (
            ledger.calendar.midnight(day),
            ledger.calendar.midnight(day + DAY),
        )
        shared = min(next_midnight, moment) - max(midnight, start)
        assert bucket.electricity_wh == pytest.approx(shared / HOUR, abs=1e-6)
        assert bucket.metered_s == pytest.approx(shared.total_seconds(), abs=1e-3)
    changes = ledger.take_changes()
    assert changes.days == set(ledger.days)
    assert changes.hours >= set(ledger.hours)


@given(zone=ZONES, start=MOMENTS, length_s=st.floats(1, 400_000))
@settings(max_examples=60)
def test_pieces_cross_no_boundary(
    zone: ZoneInfo, start: datetime, length_s: float
) -> None:
    """The pieces of a stretch are its time, each within one hour and one day."""
    ledger, end = Ledger(Calendar(zone)), start + timedelta(seconds=length_s)
    pieces = list(ledger.pieces(start, end))
    assert [piece[0] for piece in pieces[1:]] == [piece[1] for piece in pieces[:-1]]
    assert (pieces[0][0], pieces[-1][1]) == (start, end)
    for first, last in pieces:
        inside = last - timedelta(microseconds=1)
        assert ledger.calendar.local_day(first) == ledger.calendar.local_day(inside)
        assert first.replace(minute=0, second=0, microsecond=0) + HOUR >= last


BOOKINGS = st.lists(
    st.tuples(
        st.integers(-40, 40),
        st.integers(0, 23),
        st.booleans(),
        st.tuples(st.integers(-45, 45), st.integers(0, 60)),
    ),
    max_size=40,
)


def book_all(
    ledger: Ledger, bookings: list[tuple[int, int, bool, tuple[int, int]]]
) -> None:
    """Book a Wh and a start in each of some hours."""
    for day, hour, electric, _ in bookings:
        moment = START.replace(hour=hour) + day * DAY
        if electric:
            ledger.book_electricity(moment, moment + HOUR, 1)
        else:
            modes = {Mode.HEATING: ModeSums(1, 1)}
            ledger.book(moment, Bucket(starts=1, modes=modes))


@given(before=BOOKINGS, first=BOOKINGS, second=BOOKINGS)
def test_a_copy_goes_its_own_way(
    before: list[tuple[int, int, bool, tuple[int, int]]],
    first: list[tuple[int, int, bool, tuple[int, int]]],
    second: list[tuple[int, int, bool, tuple[int, int]]],
) -> None:
    """What one of the two counts later is not in the other."""
    ledger, one, other = (Ledger(Calendar(BERLIN)) for _ in range(3))
    for each, bookings in ((ledger, before), (one, before + first)):
        book_all(each, bookings)
    book_all(other, before + second)
    copy = deepcopy(ledger)
    book_all(ledger, first)
    book_all(copy, second)
    assert (ledger.hours, ledger.days) == (one.hours, one.days)
    assert (copy.hours, copy.days) == (other.hours, other.days)
    whole = date.min, date.max
    assert ledger.sums(*whole) == one.sums(*whole)
    assert copy.sums(*whole) == other.sums(*whole)


@given(bookings=BOOKINGS)
def test_sums_are_those_of_the_days(
    bookings: list[tuple[int, int, bool, tuple[int, int]]],
) -> None:
    """What is remembered of past days never hides a booking, in whatever order."""
    # Whole numbers throughout, whose sums are exact in any order.
    ledger = Ledger(Calendar(BERLIN))
    for place, (day, hour, electric, (first, length)) in enumerate(bookings):
        moment = START.replace(hour=hour) + day * DAY
        if electric:
            ledger.book_electricity(moment, moment + HOUR / 2, place, Tariff(1000.0))
        else:
            modes = {Mode.HEATING: ModeSums(place, place)}
            ledger.book(moment, Bucket(heat_wh=place, starts=1, modes=modes))
        start = START.date() + first * DAY
        end = start + length * DAY
        naive = Bucket()
        for each, bucket in ledger.days.items():
            if start <= each <= end:
                naive.add(bucket)
        assert ledger.sums(start, end) == naive
        # Asked again, it comes from memory.
        assert ledger.sums(start, end) == naive


def test_a_new_day_adds_up_no_year_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Months gone by are added as a whole, until a day in them changes."""
    ledger, today = Ledger(Calendar(BERLIN), since=START), START + 3000 * DAY
    for day in range(3001):
        ledger.book(START + day * DAY, Bucket(heat_wh=1))
    summaries(ledger, today)
    added = 0
    add = Bucket.add

    def counted_add(bucket: Bucket, other: Bucket) -> None:
        nonlocal added
        added += 1
        add(bucket, other)

    monkeypatch.setattr(Bucket, "add", counted_add)
    ledger.book(today + DAY, Bucket(heat_wh=1))
    assert summaries(ledger, today + DAY)[Period.ALL].sums.heat_wh == 3002
    assert added < 500
    ledger.book(START + 700 * DAY, Bucket(heat_wh=1))
    assert summaries(ledger, today + DAY)[Period.ALL].sums.heat_wh == 3003


@given(
    hours=st.lists(st.integers(-500, 500), max_size=30),
    first=st.integers(-500, 500),
    length=st.integers(0, 500),
)
def test_buckets_of_a_time_are_in_order(
    hours: list[int], first: int, length: int
) -> None:
    """In whatever order they were booked or loaded, and without those outside."""
    ledger = Ledger(Calendar(BERLIN))
    for hour in hours:
        ledger.book(START + hour * HOUR, Bucket(starts=1))
    loaded = Ledger(Calendar(BERLIN), hours=ledger.hours, days=ledger.days)
    start, end = START + first * HOUR, START + (first + length) * HOUR
    days = start.date(), end.date()
    for each in (ledger, loaded):
        assert each.first_hour == min(ledger.hours, default=None)
        found = [hour for hour, _ in each.hours_between(start, end)]
        assert found == [hour for hour in sorted(ledger.hours) if start <= hour < end]
        known = [day for day, _ in each.days_between(*days)]
        assert known == [
            day for day in sorted(ledger.days) if days[0] <= day <= days[1]
        ]


def test_sums_belong_to_whoever_asked() -> None:
    """What a caller adds to a sum is not in the next one."""
    ledger = Ledger(Calendar(BERLIN))
    ledger.book(START, Bucket(modes={Mode.HEATING: ModeSums(1, 2, 3)}))
    ledger.book(at(86_400), Bucket(heat_wh=5))
    first, last = START.date(), START.date() + DAY
    ledger.sums(first, last).add(Bucket(heat_wh=100))
    ledger.sums(first, last).modes[Mode.HEATING].add(ModeSums(9, 9, 9))
    sums = ledger.sums(first, last)
    assert sums.heat_wh == 5
    assert sums.modes == {Mode.HEATING: ModeSums(1, 2, 3)}


def test_changes_are_given_out_once() -> None:
    """Consumers learn which hours and days changed since the last update."""
    ledger = Ledger(Calendar(BERLIN))
    ledger.book(at(7200), Bucket(heat_wh=1))
    ledger.book(at(3600 + 10), Bucket(heat_wh=1))
    assert ledger.take_changes().hours == {at(3600), at(7200)}
    ledger.book(at(3600 + 20), Bucket(heat_wh=1))
    assert ledger.take_changes() == Changes({at(3600)}, {at(3600).date()})
    assert ledger.take_changes() == Changes()


@given(
    hours=st.lists(st.integers(0, 800 * 24), min_size=1, max_size=60),
)
def test_hours_are_let_go_and_days_are_not(hours: list[int]) -> None:
    """The newest year has its hours, in whatever order they were booked."""
    ledger = Ledger(Calendar(BERLIN))
    for hour in hours:
        ledger.book(START + hour * HOUR, Bucket(electricity_wh=1.0, starts=1))
    newest = START + max(hours) * HOUR
    kept = [hour for hour in hours if newest - START - hour * HOUR <= HOURS_KEPT]
    assert sum(bucket.starts for bucket in ledger.hours.values()) == len(kept)
    assert ledger.sums(date.min, date.max).starts == len(hours)


MIDNIGHT = datetime(2026, 3, 27, 23, tzinfo=UTC)
"""When the 28th of March begins in Berlin; the day after has 23 hours."""


def counted(hours: dict[int, float]) -> Ledger:
    """Return a ledger with energy in hours since that midnight."""
    ledger = Ledger(Calendar(BERLIN))
    for hour, energy_wh in hours.items():
        start = MIDNIGHT + hour * HOUR
        ledger.since = min(start, ledger.since or start)
        ledger.book_electricity(start, start + HOUR, energy_wh)
    return ledger


def taken_into(ledger: Ledger, other: Ledger, *, replace: bool = False) -> Merge:
    """Take over all that another ledger may tell."""
    return merge_imported(
        ledger, other, date(2026, 3, 1), date(2026, 4, 30), replace=replace
    )


def test_plan_of_an_import_changes_nothing() -> None:
    """Days that are counted here before it is carried out stay."""
    ledger, recording = counted({60: 500.0}), counted(dict.fromkeys(range(47), 100.0))
    before = counted({60: 500.0})
    merge = ledger.plan_merge(recording, date(2026, 3, 1), date(2026, 4, 30))
    assert (ledger, ledger.changes) == (before, before.changes)
    first, second = sorted(recording.days)
    ledger.book_electricity(MIDNIGHT + 30 * HOUR, MIDNIGHT + 31 * HOUR, 7.0)
    ledger.merge(merge)
    assert ledger.days[first].electricity_wh == pytest.approx(2400)
    assert ledger.days[second].electricity_wh == 7
    assert ledger.since == MIDNIGHT


@given(
    own=st.dictionaries(st.integers(0, 200), st.floats(1, 5000)),
    other=st.dictionaries(st.integers(0, 200), st.floats(1, 5000)),
)
@settings(max_examples=60)
def test_taken_over_once_is_taken_over_twice(
    own: dict[int, float], other: dict[int, float]
) -> None:
    """Days counted here stay, the others are the recording's, and again is once."""
    ledger, recording = counted(own), counted(other)
    before = {day: bucket.electricity_wh for day, bucket in ledger.days.items()}
    first = taken_into(ledger, recording)
    days = {day: bucket.electricity_wh for day, bucket in ledger.days.items()}
    recorded = {day: each.electricity_wh for day, each in recording.days.items()}
    assert days == recorded | before
    assert set(first.own) == before.keys() & recorded.keys()
    assert ledger.sums(date.min, date.max).electricity_wh == pytest.approx(
        sum(days.values())
    )
    assert sum(hour.electricity_wh for hour in first.hours.values()) == pytest.approx(
        sum(bucket.electricity_wh for bucket in first.taken.values())
    )
    since = ledger.since
    again = taken_into(ledger, recording)
    assert (first.replaced, {*again.replaced}) == ([], first.taken.keys())
    assert dataclasses.replace(again, replaced=[]) == first
    assert {day: each.electricity_wh for day, each in ledger.days.items()} == days
    assert ledger.since == since
    assert ledger.hours == counted(own).hours


def test_a_wrong_recording_is_corrected_by_another() -> None:
    """Its days are replaced; those that the right one does not know, when told to."""
    ledger = counted({100: 7.0})
    taken_into(ledger, counted({0: 1000.0, 30: 1000.0}))
    taken_into(ledger, counted({0: 10.0}))
    assert [ledger.days[day].electricity_wh for day in sorted(ledger.days)] == [
        10.0,
        1000.0,
        7.0,
    ]
    result = taken_into(ledger, counted({0: 10.0}), replace=True)
    assert ledger.days[date(2026, 3, 29)] == Bucket(imported=True)
    assert len(result.hours) == 24 + 23
    assert ledger.sums(date.min, date.max).electricity_wh == 17.0


def test_a_recording_of_a_wrong_year_leaves_no_gap() -> None:
    """Days that are forgotten again are not time that nothing is known of."""
    ledger = counted({100: 7.0})
    taken_into(ledger, counted({0: 1000.0}))
    taken_into(ledger, counted({54: 10.0}), replace=True)
    assert ledger.since == ledger.calendar.midnight(date(2026, 3, 30))


def test_days_taken_over_are_kept_and_covered() -> None:
    """They are saved, told as imported, and count from their first moment on."""
    ledger = counted({100: 7.0})
    ledger.sums(date(2026, 3, 1), date(2026, 4, 30))
    ledger.take_changes()
    taken_into(ledger, counted({5: 1000.0}))
    assert ledger.take_changes().days == {date(2026, 3, 28)}
    assert ledger.days[date(2026, 3, 28)].imported
    assert ledger.since == MIDNIGHT + 5 * HOUR
    assert ledger.sums(date(2026, 3, 1), date(2026, 4, 30)).electricity_wh == 1007.0


def test_only_the_days_asked_for_are_taken_over() -> None:
    """A recording may know more than is wanted."""
    ledger = counted({100: 7.0})
    result = merge_imported(
        ledger,
        counted({0: 1.0, 30: 2.0, 60: 3.0}),
        date(2026, 3, 29),
        date(2026, 3, 29),
    )
    assert list(result.taken) == [date(2026, 3, 29)]
    assert set(ledger.days) == {date(2026, 3, 29), date(2026, 4, 1)}
    assert ledger.since == ledger.calendar.midnight(date(2026, 3, 29))


def test_what_is_counted_here_goes_first() -> None:
    """A day that was taken over, and is counted here later, is counted once."""
    ledger = counted({100: 7.0})
    taken_into(ledger, counted({0: 1000.0, 1: 1000.0}))
    ledger.book_electricity(MIDNIGHT, MIDNIGHT + 2 * HOUR, 30.0)
    assert ledger.days[date(2026, 3, 28)].electricity_wh == 30.0
    assert not ledger.days[date(2026, 3, 28)].imported
    assert ledger.sums(date.min, date.max).electricity_wh == 37.0


def test_all_hours_are_kept_where_told() -> None:
    """A recording is published in hours, however long it is."""
    ledger = Ledger(Calendar(BERLIN), hours_kept=None)
    for moment in (MIDNIGHT + 2 * HOURS_KEPT, MIDNIGHT):
        ledger.book_electricity(moment, moment + HOUR, 1.0)
    assert set(ledger.hours) == {MIDNIGHT, MIDNIGHT + 2 * HOURS_KEPT}


def test_an_hour_that_midnight_divides_is_taken_with_both_its_days() -> None:
    """Half of it is of a day that is not taken over, and may be counted here."""
    kolkata = ZoneInfo("Asia/Kolkata")
    midnight = datetime(2026, 3, 27, 18, 30, tzinfo=UTC)
    first, second = date(2026, 3, 28), date(2026, 3, 29)
    recorded = Ledger(Calendar(kolkata), hours_kept=None)
    recorded.book_electricity(midnight, midnight + 2 * DAY, 48_000.0)
    both = merge_imported(Ledger(Calendar(kolkata)), recorded, first, second)
    assert len(both.hours) == 49
    total_wh = sum(hour.electricity_wh for hour in both.hours.values())
    assert total_wh == pytest.approx(48_000)

    ledger = Ledger(Calendar(kolkata))
    later = merge_imported(ledger, recorded, second, second)
    assert min(later.hours) == midnight + DAY - timedelta(minutes=30)
    # Only of the day that is new: the half before is in the recorder already.
    earlier = merge_imported(ledger, recorded, first, first)
    assert max(earlier.hours) == midnight + DAY - timedelta(minutes=90)
