"""The energy of quarter-hours, from a kind meter and from an unkind one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.heatpump_monitor.house_meter.model import QUARTER, Basis, Quarter
from custom_components.heatpump_monitor.readings import GridReading

from .builders import BRUSSELS, NOON, Meter, engine, feed, steady


def uneven(second: int) -> float:
    """Return a load that is switched at odd seconds, also near quarter-hours."""
    return 400.0 + 2600.0 * (second % 1711 < 460) + 1900.0 * (second % 893 > 880)


def energies(quarters: list[Quarter]) -> list[tuple[Basis, float]]:
    """Return how each is known, and its energy to 0.01 Wh."""
    return [(one.basis, round(one.import_wh, 2)) for one in quarters]


@pytest.mark.parametrize(
    ("is_p1", "basis"), [(True, Basis.METER), (False, Basis.COUNTER)]
)
def test_energy(is_p1: bool, basis: Basis) -> None:
    """A quarter-hour has what was drawn between its ends, by the clock."""
    meter = Meter(uneven, is_p1=is_p1)
    quarters = feed(engine(), meter.every(0, 3601, pace_s=1))
    expected = [meter.drawn_wh(start, start + 900) for start in range(0, 3600, 900)]
    assert [one.import_wh for one in quarters] == pytest.approx(expected, abs=0.01)
    assert [one.start for one in quarters] == [NOON + n * QUARTER for n in range(4)]
    assert {one.basis for one in quarters} == {basis}


def test_average() -> None:
    """The average of 250 Wh in a quarter-hour is 1 kW; of a part it is not known."""
    whole, part = (
        Quarter(start=NOON, import_wh=250.0, basis=basis)
        for basis in (Basis.COUNTER, Basis.INCOMPLETE)
    )
    assert whole.average_w == 1000.0
    assert part.average_w is None


@pytest.mark.parametrize("is_p1", [True, False])
def test_away_in_the_middle(is_p1: bool) -> None:
    """Ten minutes of silence within a quarter-hour lose nothing."""
    meter = Meter(uneven, is_p1=is_p1)
    quarters = feed(engine(), [*meter.every(0, 120), *meter.every(720, 902, 1)])
    assert quarters[0].average_w == pytest.approx(meter.drawn_wh(0, 900) * 4, abs=1)


def test_away_at_the_end_with_counter() -> None:
    """A counter alone cannot divide what was drawn over the end of a quarter-hour."""
    meter = Meter(steady(3600.0), is_p1=False)
    readings = [*meter.every(0, 811), *meter.every(990, 1801)]
    assert energies(feed(engine(), readings)) == [
        (Basis.INCOMPLETE, 810.0),
        (Basis.INCOMPLETE, 810.0),
    ]


def test_away_at_the_end_with_average() -> None:
    """The average of the next quarter-hour says what the counter cannot."""
    meter = Meter(uneven)
    quarters = feed(engine(), [*meter.every(0, 700), *meter.every(1200, 1802, 1)])
    assert [one.basis for one in quarters] == [Basis.COUNTER, Basis.METER]
    true_wh = [meter.drawn_wh(0, 900), meter.drawn_wh(900, 1800)]
    assert [one.import_wh for one in quarters] == pytest.approx(true_wh, abs=0.3)


def test_lost_hour() -> None:
    """Of quarter-hours of which nothing was seen there is none; the others are."""
    meter = Meter(steady(3600.0))
    readings = [*meter.every(0, 600), *meter.every(4200, 5402, 1)]
    quarters = feed(engine(), readings)
    assert energies(quarters) == [
        (Basis.INCOMPLETE, 590.0),
        (Basis.METER, 900.0),
        (Basis.METER, 900.0),
    ]
    assert [one.start for one in quarters] == [
        NOON,
        NOON + 4 * QUARTER,
        NOON + 5 * QUARTER,
    ]


def test_first_quarter_without_average() -> None:
    """A quarter-hour whose start was not seen is incomplete."""
    meter = Meter(steady(3600.0), is_p1=False)
    quarters = feed(engine(), meter.every(300, 1801))
    assert energies(quarters) == [(Basis.INCOMPLETE, 600.0), (Basis.COUNTER, 900.0)]


def test_first_quarter_with_average() -> None:
    """The meter's average knows what was drawn before the first reading."""
    quarters = feed(engine(), Meter(steady(3600.0)).every(300, 901, 1))
    assert energies(quarters) == [(Basis.METER, 900.0)]


@pytest.mark.parametrize("value_wh", [0.0, 5.0, 9e9, 4000.0])
def test_counter_goes_wrong(value_wh: float) -> None:
    """A reset, a jump or another meter makes no energy, and is not a whole quarter."""
    before, after = (
        Meter(steady(720.0), is_p1=False),
        Meter(steady(720.0), is_p1=False, counter_wh=value_wh),
    )
    readings = [*before.every(0, 300), *after.every(300, 1801)]
    quarters = feed(engine(), readings)
    assert quarters[0].basis is Basis.INCOMPLETE
    assert 0 < quarters[0].import_wh <= 180.0
    assert energies(quarters[1:]) == [(Basis.COUNTER, 180.0)]


def test_counter_goes_wrong_beside_average() -> None:
    """The meter's average does not need the counter."""
    before, after = Meter(steady(720.0)), Meter(steady(720.0), counter_wh=-10.0)
    readings = [*before.every(0, 300), *after.every(300, 901, 1)]
    assert energies(feed(engine(), readings)) == [(Basis.METER, 180.0)]


def test_counter_missing_for_a_moment() -> None:
    """A telegram without the counter loses nothing."""
    meter = Meter(steady(3600.0), is_p1=False)
    readings = [
        replace(one, import_wh=None) if one.time.minute == 5 else one
        for one in meter.every(0, 901)
    ]
    assert energies(feed(engine(), readings)) == [(Basis.COUNTER, 900.0)]


def test_counter_rounds_down() -> None:
    """A counter that is lower by its last digit is neither a reset nor energy."""
    meter = Meter(steady(3600.0), is_p1=False)
    readings = list(meter.every(0, 901))
    readings.insert(10, replace(readings[10], import_wh=5089.5))
    readings[10] = replace(readings[10], time=readings[9].time + timedelta(seconds=5))
    assert energies(feed(engine(), readings)) == [(Basis.COUNTER, 900.0)]


def stuck(reading: GridReading) -> GridReading:
    """Return a reading whose average stopped at 100 W."""
    return replace(reading, quarter_average_w=100.0)


def fallen(reading: GridReading) -> GridReading:
    """Return a reading whose average began again in the middle."""
    average_w = reading.quarter_average_w or 0.0
    return replace(reading, quarter_average_w=max(average_w - 600.0, 0.0))


def in_kw(reading: GridReading) -> GridReading:
    """Return a reading whose average is kW where W are expected."""
    return replace(reading, quarter_average_w=(reading.quarter_average_w or 0.0) / 1000)


@pytest.mark.parametrize("wrong", [stuck, fallen, in_kw])
def test_average_contradicts_the_counter(
    wrong: type[GridReading],
) -> None:
    """An average that cannot be true is not used; the counter is."""
    meter = Meter(steady(3600.0))
    readings = [*meter.every(0, 300), *map(wrong, meter.every(300, 1801))]
    quarters = feed(engine(), readings)
    assert energies(quarters[:1]) == [(Basis.COUNTER, 900.0)]
    assert quarters[1].import_wh == pytest.approx(900.0, abs=0.5)


def test_average_vanishes() -> None:
    """Where consent for the average expires, the counter goes on from it."""
    meter = Meter(steady(3600.0))
    readings = [
        *meter.every(300, 600),
        *(replace(one, quarter_average_w=None) for one in meter.every(600, 901)),
    ]
    assert energies(feed(engine(), readings)) == [(Basis.COUNTER, 900.0)]


@pytest.mark.parametrize("late_s", [0, 1, 5, -3])
def test_average_starts_again_near_the_end(late_s: int) -> None:
    """An average that starts again seconds beside the clock is of the right quarter."""
    meter, shown = Meter(steady(3600.0)), []
    for second in range(600, 1802):
        reading = meter.at(second)
        if late_s > 0 and 900 <= second < 900 + late_s:
            average_w = meter.drawn_wh(0, second) * 4
            reading = replace(reading, quarter_average_w=average_w)
        if late_s < 0 and 900 + late_s <= second < 900:
            average_w = meter.drawn_wh(900 + late_s, second) * 4
            reading = replace(reading, quarter_average_w=average_w)
        shown.append(reading)
    quarters = feed(engine(), shown)
    assert [one.start for one in quarters] == [NOON, NOON + QUARTER]
    assert [one.average_w for one in quarters] == pytest.approx(
        [3600, 3600], abs=4.1 * abs(late_s) + 0.1
    )


def test_feeding_in() -> None:
    """What is fed in is not negative import."""
    meter = Meter(lambda second: 3600.0 if second < 450 else -4000.0)
    house = engine()
    feed(house, meter.every(0, 800))
    running = house.snapshot.running
    assert running is not None
    assert running.so_far_w == pytest.approx(1800.0)
    assert running.forecast_w == pytest.approx(1800.0, abs=1)
    assert energies(feed(house, meter.every(800, 901, 1))) == [(Basis.METER, 450.0)]


def test_clock_of_the_meter() -> None:
    """The meter's clock decides, where it is off by seconds."""
    meter = Meter(lambda second: 3600.0 if second < 900 else 0.0)
    house = engine()
    for one in meter.every(0, 1801, 1):
        feed(house, [replace(one, time=one.time + timedelta(seconds=47))])
    quarters = house.quarters(NOON, NOON + 2 * QUARTER)
    assert energies(quarters) == [(Basis.METER, 900.0), (Basis.METER, 0.0)]


@pytest.mark.parametrize("hours", [-2, -1, 1, 2])
def test_clock_with_wrong_summer_time(hours: int) -> None:
    """A meter's clock that is off by full hours still tells the quarter-hour."""
    house, meter = engine(), Meter(steady(3600.0))
    for one in meter.every(0, 901, 1):
        assert one.measured_at is not None
        measured_at = one.measured_at + timedelta(hours=hours)
        feed(house, [replace(one, measured_at=measured_at)])
    assert energies(house.quarters(NOON, NOON + QUARTER)) == [(Basis.METER, 900.0)]


def test_clock_off_by_minutes() -> None:
    """A meter's clock that is off by minutes is not used, nor its average."""
    house, meter = engine(), Meter(steady(3600.0))
    for one in meter.every(0, 1801, 1):
        assert one.measured_at is not None
        measured_at = one.measured_at + timedelta(minutes=7)
        feed(house, [replace(one, measured_at=measured_at)])
    quarters = house.quarters(NOON, NOON + 2 * QUARTER)
    assert energies(quarters) == [(Basis.COUNTER, 900.0), (Basis.COUNTER, 900.0)]


def test_meter_that_stopped() -> None:
    """A telegram that is repeated is no reading: what follows is not seen."""
    meter = Meter(steady(3600.0))
    house, last = engine(), meter.at(600)
    feed(house, meter.every(0, 601))
    later = (replace(last, time=last.time + timedelta(seconds=s)) for s in range(3600))
    assert feed(house, later) == []
    assert energies(feed(house, meter.every(7200, 7220))) == [(Basis.INCOMPLETE, 600.0)]


def test_late_reading() -> None:
    """A reading that is not later than the last one changes nothing."""
    meter, house = Meter(uneven), engine()
    feed(house, meter.every(0, 500))
    before = house.snapshot
    feed(house, [meter.at(490), meter.at(120), meter.at(0)])
    assert house.snapshot == before


def test_clock_set_back() -> None:
    """After a clock that was wrong by a day is set back, counting goes on."""
    wrong = Meter(steady(3600.0), is_p1=False, start=NOON + timedelta(days=1))
    house = engine()
    feed(house, wrong.every(0, 600))
    quarters = feed(house, Meter(steady(3600.0), is_p1=False).every(0, 901))
    assert energies(quarters) == [(Basis.COUNTER, 900.0)]


@pytest.mark.parametrize(
    ("day", "count"), [(datetime(2026, 3, 29), 92), (datetime(2026, 10, 25), 100)]
)
def test_days_of_23_and_25_hours(day: datetime, count: int) -> None:
    """Each quarter-hour of such a day is there once."""
    start = day.replace(tzinfo=BRUSSELS).astimezone(UTC)
    end = (day + timedelta(days=1)).replace(tzinfo=BRUSSELS).astimezone(UTC)
    house, now, counter_wh = engine(), start, 0.0
    while now <= end:
        reading = GridReading(
            time=now,
            measured_at=now.astimezone(BRUSSELS).replace(fold=0),
            import_wh=counter_wh,
            power_w=720.0,
        )
        feed(house, [reading])
        now, counter_wh = now + timedelta(seconds=60), counter_wh + 12.0
    quarters = house.quarters(start, end)
    assert energies(quarters) == [(Basis.COUNTER, 180.0)] * count


def test_parts() -> None:
    """A heat pump's energy is that of its power, until it is known better."""
    house, meter = engine(), Meter(steady(3600.0))
    feed(house, meter.every(0, 450), {"hp": 2000.0})
    running = house.snapshot.running
    assert running is not None
    assert running.parts_wh == {"hp": pytest.approx(2000 * 440 / 3600)}
    quarters = feed(house, meter.every(450, 901, 1), {"hp": 2000.0})
    assert quarters[0].parts_wh == {"hp": pytest.approx(500.0)}
    house.book_part(NOON, "hp", 480.0)
    house.book_part(NOON + QUARTER, "hp", 1.0)
    assert house.quarters(NOON, NOON + 9 * QUARTER)[0].parts_wh == {"hp": 480.0}


def test_part_that_is_not_known() -> None:
    """A heat pump whose power was not always known has no energy, not too little."""
    house, meter = engine(), Meter(steady(3600.0))
    feed(house, meter.every(0, 450), {"hp": 2000.0, "other": 10.0})
    feed(house, meter.every(450, 500), {"other": 10.0})
    quarters = feed(house, meter.every(500, 901, 1), {"hp": 2000.0, "other": 10.0})
    assert quarters[0].parts_wh == {"other": pytest.approx(2.5)}


def test_import_keeps_what_is_known_better() -> None:
    """An import fills in what is not known, and replaces no complete quarter-hour."""
    house = engine()
    feed(house, Meter(steady(3600.0)).every(0, 901, 1))
    house.restore(
        [
            Quarter(start=NOON, import_wh=1.0, basis=Basis.INCOMPLETE),
            Quarter(start=NOON - QUARTER, import_wh=2000.0, basis=Basis.COUNTER),
        ]
    )
    quarters = house.quarters(NOON - QUARTER, NOON + QUARTER)
    assert energies(quarters) == [(Basis.COUNTER, 2000.0), (Basis.METER, 900.0)]
    assert house.snapshot.month_peak is not None
    assert house.snapshot.month_peak.peak_w == 8000.0
    odd = Quarter(start=NOON + QUARTER / 2, import_wh=1.0, basis=Basis.COUNTER)
    with pytest.raises(ValueError, match="No quarter-hour begins"):
        house.restore([odd])


def test_counter_is_stuck() -> None:
    """A source that repeats its last values is no meter that draws nothing."""
    meter, dead_s = Meter(steady(1800.0), is_p1=False), 1000
    readings = list(meter.every(0, 3601))
    for number, one in enumerate(readings):
        if dead_s * 10 <= number * 100 < 2800 * 10:
            readings[number] = replace(one, import_wh=readings[100].import_wh)
    quarters = feed(engine(), readings)
    bases = [one.basis for one in quarters]
    assert bases == [Basis.COUNTER, *[Basis.INCOMPLETE] * 3]


def test_average_that_never_was() -> None:
    """An average of 0 that the counter denies does not make a part a whole."""
    meter = Meter(steady(3600.0), fields={"quarter_average_w": 0.0})
    quarters = feed(engine(), meter.every(300, 1801, 1))
    assert energies(quarters) == [(Basis.INCOMPLETE, 600.0), (Basis.COUNTER, 900.0)]


@pytest.mark.parametrize("average_w", [0.0, 3000.0])
def test_wrong_average_after_a_gap(average_w: float) -> None:
    """An average that was denied does not divide what was drawn in a gap."""
    meter = Meter(steady(3600.0), fields={"quarter_average_w": average_w})
    quarters = feed(engine(), [*meter.every(0, 700, 1), *meter.every(1100, 1801, 1)])
    assert energies(quarters) == [(Basis.INCOMPLETE, 699.0), (Basis.INCOMPLETE, 700.0)]


def test_late_average_after_a_crash() -> None:
    """An average that has not started again yet is not that of the new quarter."""
    meter = Meter(steady(2400.0))
    late = replace(meter.at(903), quarter_average_w=2400.0)
    # The state is the one saved when the quarter-hour began.
    readings = [*meter.every(0, 3, 1), late, *meter.every(904, 1801, 1)]
    quarters = feed(engine(), readings)
    assert energies(quarters) == [(Basis.INCOMPLETE, 1.33), (Basis.METER, 600.0)]
