"""The periods of the household's calendar, and what an account says of one."""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.plant import HeatMethod
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Comparison,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.performance.totals.periods import (
    Period,
    PeriodSummary,
    days_of,
    period_summary,
    summaries,
)
from custom_components.heatpump_monitor.readings import Mode

from .test_ledger import BERLIN, DAY, HOUR, MOMENTS, ZONES

DAYS = st.dates(date(2023, 1, 1), date(2033, 1, 1))
NOON = datetime(2026, 3, 15, 11, 0, tzinfo=UTC)


def _of(
    sums: Bucket, hours: float = 24, counted_h: float | None = None
) -> PeriodSummary:
    """Return an account with these sums, all of its time counted if not given."""
    day = NOON.date()
    return PeriodSummary(
        first=day,
        last=day,
        start=NOON - hours * HOUR,
        counted_from=NOON - (hours if counted_h is None else counted_h) * HOUR,
        end=NOON,
        sums=sums,
    )


@given(today=DAYS, day=DAYS, near=st.integers(-800, 5), month=st.integers(1, 12))
def test_a_day_is_in_the_periods_of_the_calendar(
    today: date, day: date, near: int, month: int
) -> None:
    """In leap years too, each day belongs to exactly what the calendar says."""
    ledger = Ledger(Calendar(BERLIN, month))
    for each in (day, today + near * DAY):
        found = set()
        for period in set(Period) - {Period.ALL}:
            first, last = days_of(period, ledger, today)
            assert first <= last <= today
            if first <= each <= last:
                found.add(period)
        assert found == set(_by_calendar(each, today, month))


def _by_calendar(day: date, today: date, season_start: int) -> list[Period]:
    """Return the periods of a day, each told in another way than by its ends."""
    if day > today:
        return []
    month, this_month = day.year * 12 + day.month, today.year * 12 + today.month
    season, this_season = month - season_start, this_month - season_start
    import_result = {
        Period.TODAY: day == today,
        Period.YESTERDAY: (today - day).days == 1,
        Period.MONTH: month == this_month,
        Period.LAST_MONTH: month == this_month - 1,
        Period.YEAR: day.year == today.year,
        Period.LAST_YEAR: day.year == today.year - 1,
        Period.SEASON: season // 12 == this_season // 12,
        Period.ROLLING_MONTH: (today - day).days < 30,
        Period.ROLLING_YEAR: (today - day).days < 365,
    }
    return [period for period, within in import_result.items() if within]


@pytest.mark.parametrize(
    ("today", "month", "first"),
    [
        (date(2026, 8, 31), 9, date(2025, 9, 1)),
        (date(2026, 9, 1), 9, date(2026, 9, 1)),
        (date(2028, 2, 29), 3, date(2027, 3, 1)),
        (date(2028, 2, 29), 2, date(2028, 2, 1)),
        (date(2026, 12, 31), 1, date(2026, 1, 1)),
    ],
)
def test_season(today: date, month: int, first: date) -> None:
    """A season goes from the first of its month until today, for a year at most."""
    ledger = Ledger(Calendar(BERLIN, month))
    assert days_of(Period.SEASON, ledger, today) == (first, today)


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2028, 3, 31), date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 3, 30), date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 1, 1), date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_last_month(today: date, first: date, last: date) -> None:
    """The month before is a whole one, whatever today's day of the month."""
    assert days_of(Period.LAST_MONTH, Ledger(Calendar(BERLIN)), today) == (first, last)


def test_all_begins_with_the_counting() -> None:
    """Since the beginning is since the local day on which the counting began."""
    ledger = Ledger(Calendar(BERLIN), since=datetime(2026, 1, 15, 23, 30, tzinfo=UTC))
    today = date(2026, 3, 1)
    assert days_of(Period.ALL, ledger, today) == (date(2026, 1, 16), today)
    assert days_of(Period.ALL, Ledger(Calendar(BERLIN)), today) == (today, today)


@given(zone=ZONES, now=MOMENTS)
def test_a_period_lasts_as_long_as_its_days(zone: ZoneInfo, now: datetime) -> None:
    """In any zone each period begins at a local midnight and ends now or at one."""
    ledger = Ledger(Calendar(zone), since=now - 1000 * DAY)
    for period, each in summaries(ledger, now).items():
        local = each.start.astimezone(zone)
        if period is not Period.ALL:
            assert local.date() == each.first
            # Midnight, or what the clocks were put forward to.
            before = (each.start - timedelta(seconds=1)).astimezone(zone)
            assert before.date() == each.first - DAY
        assert each.start <= now
        if each.last == now.astimezone(zone).date():
            assert each.end == now
        else:
            end = each.end.astimezone(zone)
            assert end.date() == each.last + DAY
            assert (each.end - timedelta(seconds=1)).astimezone(
                zone
            ).date() == each.last
        assert each.elapsed_s == (each.end - each.start).total_seconds()


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Europe/Berlin", date(2026, 3, 28), 24),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("America/Santiago", date(2026, 9, 6), 23),
        ("America/Santiago", date(2026, 4, 4), 25),
        ("Asia/Kolkata", date(2026, 3, 29), 24),
    ],
)
def test_d13_a_day_has_the_hours_that_it_has(
    zone: str, day: date, hours: float
) -> None:
    """D13: days of other than 24 h are covered by just their hours."""
    ledger = Ledger(Calendar(ZoneInfo(zone)))
    ledger.since = ledger.calendar.midnight(day - DAY)
    start, end = ledger.calendar.midnight(day), ledger.calendar.midnight(day + DAY)
    for first, last in ledger.pieces(start, end):
        ledger.book(first, Bucket(paired_s=(last - first).total_seconds()))
    found = period_summary(ledger, day, day, end + 5 * DAY)
    assert found.elapsed_s == hours * 3600
    assert found.coverage == 1


def test_a_period_that_is_older_than_the_account() -> None:
    """Time before the set-up is not covered, except since the beginning."""
    ledger = Ledger(Calendar(BERLIN), since=NOON - HOUR)
    ledger.book(NOON - HOUR, Bucket(paired_s=3600))
    found = summaries(ledger, NOON)
    assert found[Period.TODAY].coverage == pytest.approx(1 / 12)
    assert found[Period.YESTERDAY].coverage == 0
    assert found[Period.ROLLING_YEAR].coverage == pytest.approx(1 / (364 * 24 + 12))
    assert found[Period.ALL].coverage == 1


def test_coverage_ends_with_what_could_be_closed() -> None:
    """The last minutes, which nobody could close yet, are no gap."""
    ledger = Ledger(Calendar(BERLIN), since=NOON - 100 * DAY)
    ledger.book(NOON - 2 * HOUR, Bucket(paired_s=11 * 3600))
    found = summaries(ledger, NOON, until=NOON - HOUR)[Period.TODAY]
    assert found.coverage == 1
    midnight = ledger.calendar.midnight(NOON.date())
    just_begun = summaries(ledger, midnight + HOUR, until=midnight)[Period.TODAY]
    assert just_begun.coverage is None


@given(today=DAYS)
def test_length_of_a_year(today: date) -> None:
    """A rolling year has 365 days, a calendar year those of its February."""
    first, last = days_of(Period.ROLLING_YEAR, Ledger(Calendar(BERLIN)), today)
    assert (last - first).days == 364
    first, last = days_of(Period.LAST_YEAR, Ledger(Calendar(BERLIN)), today)
    february = monthrange(today.year - 1, 2)[1]
    assert (last - first).days + 1 == 337 + february


@pytest.mark.parametrize(
    ("sums", "cop"),
    [
        (Bucket(), None),
        (Bucket(paired_electricity_wh=1000), None),
        (Bucket(paired_electricity_wh=0.9, heat_wh=50), None),
        (Bucket(paired_electricity_wh=1000, heat_wh=4000), 4.0),
        (Bucket(electricity_wh=5000, paired_electricity_wh=1000, heat_wh=4000), 4.0),
        (Bucket(paired_electricity_wh=100, heat_wh=-50), -0.5),
    ],
)
def test_d5_a_cop_is_earned_or_none(sums: Bucket, cop: float | None) -> None:
    """D5: without heat, or without electricity, there is no ratio, rather than 0."""
    assert _of(sums).cop == cop
    assert _of(sums).mode_cop(Mode.HEATING) is None


BACKUP_HEATER = Bucket(
    paired_electricity_wh=5000,
    heat_wh=14_000,
    paired_s=86_400,
    backup_heater_known_s=86_400,
    backup_heater_electricity_wh=1000,
    backup_heater_heat_wh=1000,
)


def test_two_boundaries() -> None:
    """Without the backup heater both what it drew and what it made are left out."""
    assert _of(BACKUP_HEATER).cop == pytest.approx(14 / 5)
    assert _of(BACKUP_HEATER).cop_without_backup_heater == pytest.approx(13 / 4)
    unseen = _of(replace(BACKUP_HEATER, backup_heater_heat_wh=0.0))
    assert unseen.cop_without_backup_heater == pytest.approx(14 / 4)


@pytest.mark.parametrize(
    ("known_s", "known"), [(0, False), (80_000, False), (83_000, True)]
)
def test_the_backup_heater_is_known_or_not(known_s: float, known: bool) -> None:
    """There is no second boundary for a backup heater that was not watched nearly always."""
    found = _of(replace(BACKUP_HEATER, backup_heater_known_s=known_s))
    assert (found.cop_without_backup_heater is not None) is known


def test_unpaired_electricity() -> None:
    """What was drawn without its heat being known, and not for cold either."""
    sums = Bucket(electricity_wh=5000, paired_electricity_wh=3000)
    sums.modes[Mode.COOLING] = ModeSums(500, -1500, 3600)
    assert _of(sums).unpaired_electricity_wh == 1500
    rounding = Bucket(electricity_wh=1, paired_electricity_wh=1.0001)
    assert _of(rounding).unpaired_electricity_wh == 0


def test_costs() -> None:
    """Costs are those of what had a price; heat is priced by the COP."""
    sums = Bucket(
        electricity_wh=10_000,
        paired_electricity_wh=8000,
        heat_wh=32_000,
        cost=3.0,
        priced_wh=10_000,
        co2_g=4000,
        co2_wh=10_000,
    )
    found = _of(sums)
    assert found.cost == 3
    assert found.priced_share == 1
    assert found.cost_per_kwh_heat == pytest.approx(0.30 / 4)
    assert found.co2_kg == 4


@pytest.mark.parametrize(("priced_wh", "known"), [(9499, False), (9500, True)])
def test_costs_of_a_part_are_not_costs(priced_wh: float, known: bool) -> None:
    """Cost and CO2 are unknown where too much of the electricity had no price."""
    found = _of(
        Bucket(
            electricity_wh=10_000,
            paired_electricity_wh=10_000,
            heat_wh=40_000,
            cost=3,
            priced_wh=priced_wh,
            co2_g=4000,
            co2_wh=priced_wh,
        )
    )
    figures = (found.cost, found.cost_per_kwh_heat, found.co2_kg)
    assert {figure is not None for figure in figures} == {known}


def test_without_a_price_nothing_costs() -> None:
    """No price is no cost of 0, and no heat has no price."""
    found = _of(Bucket(electricity_wh=1000, paired_electricity_wh=1000, heat_wh=4000))
    assert found.cost is None
    assert found.co2_kg is None
    assert found.cost_per_kwh_heat is None
    assert found.priced_share == 0
    assert _of(Bucket()).priced_share is None
    assert _of(Bucket(priced_wh=100, cost=1)).cost_per_kwh_heat is None


def test_cycles_and_weather() -> None:
    """Mean run time and temperature are known where there was something to see."""
    sums = Bucket(run_s=7200, starts=4, outside_c_s=-36_000, outside_s=7200)
    assert _of(sums).mean_cycle_s == 1800
    assert _of(sums).outside_c == -5
    assert _of(Bucket(run_s=7200)).mean_cycle_s is None
    assert _of(Bucket()).outside_c is None


def test_deviations_of_the_methods() -> None:
    """Every method is held against the chosen one for the time of both."""
    sums = Bucket(
        compared={
            HeatMethod.MODULATION: Comparison(11_000, 10_000),
            HeatMethod.ASSUMED_FLOW: Comparison(0, 5000),
            HeatMethod.REPORTED: Comparison(3, 0.5),
        }
    )
    assert _of(sums).deviations() == {
        HeatMethod.MODULATION: pytest.approx(0.1),
        HeatMethod.ASSUMED_FLOW: -1,
    }


def test_shares_of_the_methods() -> None:
    """What a defrost took back counts by its size: no share is below 0 or above 1."""
    methods_wh = {HeatMethod.COUNTER: 4000.0, HeatMethod.FLOW: -1000.0}
    assert _of(Bucket(methods_wh=methods_wh)).method_shares() == {
        HeatMethod.COUNTER: 0.8,
        HeatMethod.FLOW: 0.2,
    }
    assert _of(Bucket()).method_shares() == {}


def test_uncertainty_takes_coverage_in() -> None:
    """What was not covered widens the band; without a COP there is none.

    The time before the counting began does not: the band is that of the time
    looked at, and the coverage says how much of the period that is.
    """
    sums = Bucket(
        paired_electricity_wh=1000,
        heat_wh=4000,
        paired_s=86_400,
        methods_wh={HeatMethod.FLOW: 4000},
    )
    narrow, wide = _of(sums).uncertainty, _of(sums, 48).uncertainty
    assert narrow == pytest.approx(4 * 0.07566, rel=1e-2)
    assert wide == pytest.approx(4 * (0.07566**2 + 0.15**2) ** 0.5, rel=1e-2)
    assert _of(Bucket()).uncertainty is None
    young = _of(sums, 365 * 24, counted_h=24)
    assert young.uncertainty == narrow
    assert young.coverage == pytest.approx(1 / 365)


def _paired(
    days: float, electricity_wh: float = 10_000, standby_wh: float = 0
) -> PeriodSummary:
    """Return an account with some paired days, of which standby drew a part."""
    sums = Bucket(
        paired_s=days * 86_400,
        paired_electricity_wh=electricity_wh,
        heat_wh=4 * electricity_wh,
    )
    sums.modes[Mode.STANDBY] = ModeSums(standby_wh, 0, 600)
    return _of(sums)


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (Period.TODAY, 1 / 24),
        (Period.YESTERDAY, 1 / 24),
        (Period.MONTH, 3),
        (Period.LAST_MONTH, 3),
        (Period.ROLLING_MONTH, 3),
        (Period.YEAR, 30),
        (Period.LAST_YEAR, 30),
        (Period.SEASON, 30),
        (Period.ROLLING_YEAR, 30),
        (Period.ALL, 30),
    ],
)
def test_a_ratio_is_earned_by_paired_time(period: Period, days: float) -> None:
    """An hour earns a day's ratio, three days a month's, thirty a year's."""
    assert _paired(days).has_earned(period)
    assert not _paired(days * 0.999).has_earned(period)


def test_a_days_ratio_is_earned_by_the_compressor() -> None:
    """Half a kWh must be drawn while it runs; standby is no ground for a ratio."""
    assert _paired(0.5, 600, 100).has_earned(Period.TODAY)
    assert not _paired(0.5, 600, 101).has_earned(Period.TODAY)
    assert _paired(3, 600, 101).has_earned(Period.MONTH)


def test_a_modes_ratio_is_earned_by_its_own_electricity() -> None:
    """A mode needs half a kWh of its own, and the paired time of the period."""
    for days, electricity_wh, earned in (
        (30, 500, True),
        (30, 499, False),
        (29, 500, False),
    ):
        found = _paired(days)
        found.sums.modes[Mode.HOT_WATER] = ModeSums(electricity_wh, 1500, 3600)
        assert found.has_earned_mode(Period.ROLLING_YEAR, Mode.HOT_WATER) is earned


def test_cooling_has_an_eer_and_no_cop() -> None:
    """Cold over its own electricity; the COP knows nothing of either."""
    sums = Bucket(paired_electricity_wh=1000, heat_wh=4000)
    sums.modes[Mode.COOLING] = ModeSums(500, -2000, 3600)
    assert _of(sums).eer == 4
    assert _of(sums).mode_cop(Mode.COOLING) is None
    assert _of(sums).cop == 4
    assert _of(Bucket()).eer is None


def test_d1_midnight_is_the_households() -> None:
    """D1: the day begins at local midnight, in winter and in summer."""
    ledger = Ledger(Calendar(BERLIN))
    for day, hour in ((date(2026, 1, 16), 23), (date(2026, 7, 16), 22)):
        midnight = datetime.combine(day - DAY, time(hour), UTC)
        assert ledger.calendar.midnight(day) == midnight
