"""A period in figures, beside another one and beside the maker's word."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.heatpump_monitor.performance.plant import (
    Boundary,
    HeatMethod,
    Part,
    Plant,
)
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Comparison,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.performance.totals.periods import (
    PeriodSummary,
    period_summary,
)
from custom_components.heatpump_monitor.performance.totals.report import (
    Difference,
    differences,
    report,
    vendor_audit,
)
from custom_components.heatpump_monitor.readings import HeatPumpReading, Mode

DAY_S = 86_400
FIRST = date(2026, 1, 1)
LAST = date(2026, 1, 2)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=2)


def counted(*days: Bucket) -> PeriodSummary:
    """Return the account of the first two days of a year."""
    ledger = Ledger(Calendar(ZoneInfo("UTC")), since=SINCE)
    for ago, bucket in enumerate(days):
        ledger.book(SINCE + timedelta(days=ago), bucket)
    return period_summary(ledger, FIRST, LAST, UNTIL)


def winter_day() -> Bucket:
    """Return a day on which all that can be known is known, for half of it."""
    return Bucket(
        electricity_wh=20_000,
        metered_s=DAY_S,
        paired_electricity_wh=10_000,
        heat_wh=40_000,
        paired_s=DAY_S / 2,
        run_s=6 * 3600,
        starts=8,
        defrosts=3,
        backup_heater_electricity_wh=1_000,
        backup_heater_heat_wh=1_000,
        backup_heater_known_s=DAY_S / 2,
        beyond_carnot_s=900,
        outside_c_s=-2.0 * DAY_S,
        outside_s=DAY_S,
        cost=6.0,
        priced_wh=20_000,
        co2_g=4_000,
        co2_wh=20_000,
        modes={
            Mode.HOT_WATER: ModeSums(2_000, 5_000, 3600),
            Mode.HEATING: ModeSums(8_000, 35_000, 5 * 3600),
            Mode.COOLING: ModeSums(1_000, -3_000, 3600),
        },
        methods_wh={HeatMethod.FLOW: 30_000, HeatMethod.COUNTER: 10_000},
        compared={HeatMethod.MODULATION: Comparison(44_000, 40_000)},
    )


def test_all_that_is_known_of_a_period() -> None:
    """Every figure of a day in winter, reckoned by hand."""
    import_result = report(counted(winter_day()), Plant(metered=frozenset(Part)))
    assert (import_result.first, import_result.last, import_result.elapsed_days) == (
        FIRST,
        LAST,
        2.0,
    )
    assert (import_result.paired_days, import_result.is_full_year) == (0.5, False)
    assert import_result.coverage == 0.25
    assert import_result.electricity_kwh == 20.0
    assert import_result.paired_electricity_kwh == 10.0
    assert import_result.unpaired_electricity_kwh == 9.0
    assert (import_result.heat_kwh, import_result.cop) == (40.0, 4.0)
    assert import_result.cop_without_backup_heater == pytest.approx(39 / 9, abs=1e-3)
    assert import_result.boundary is Boundary.H4
    assert import_result.boundary_extra == import_result.boundary_missing == ()
    assert import_result.boundary_without_backup_heater is Boundary.H2_PLUS
    assert import_result.cooling_eer == 3.0
    assert list(import_result.modes) == [Mode.HEATING, Mode.HOT_WATER, Mode.COOLING]
    assert (
        import_result.modes[Mode.COOLING].heat_kwh,
        import_result.modes[Mode.COOLING].cop,
    ) == (
        -3.0,
        None,
    )
    assert import_result.modes[Mode.HEATING].cop == 4.375
    assert import_result.modes[Mode.HEATING].hours == 5.0
    assert import_result.modes[Mode.HOT_WATER].electricity_kwh == 2.0
    assert import_result.modes[Mode.HOT_WATER].heat_kwh == 5.0
    assert import_result.method_shares == {
        HeatMethod.FLOW: 0.75,
        HeatMethod.COUNTER: 0.25,
    }
    assert import_result.method_deviations == {HeatMethod.MODULATION: 0.1}
    assert (import_result.starts, import_result.run_hours, import_result.defrosts) == (
        8,
        6.0,
        3,
    )
    assert import_result.mean_cycle_minutes == 45.0
    assert import_result.hours_beyond_carnot == 0.25
    assert import_result.outside_c == -2.0
    assert (import_result.cost, import_result.priced_share) == (6.0, 1.0)
    assert import_result.cost_per_kwh_heat == pytest.approx(0.3 / 4)
    assert (import_result.co2_kg, import_result.co2_share) == (4.0, 1.0)


def test_band_is_as_wide_as_the_uncertainty() -> None:
    """The COP lies in the middle of what it can be."""
    period = counted(winter_day())
    import_result = report(period, Plant())
    assert period.uncertainty is not None
    assert import_result.cop_low == pytest.approx(4.0 - period.uncertainty, abs=1e-3)
    assert import_result.cop_high == pytest.approx(4.0 + period.uncertainty, abs=1e-3)
    assert import_result.own_uncertainty is not None
    assert 0 < import_result.own_uncertainty < period.uncertainty
    cooling = import_result.modes[Mode.COOLING]
    assert (cooling.cop, import_result.cooling_eer) == (None, 3.0)
    assert cooling.uncertainty is not None
    assert 0.2 < cooling.uncertainty < 1.0


def test_period_without_anything() -> None:
    """Nothing is known, and so nothing is zero."""
    import_result = report(counted(), Plant())
    unknown = (
        import_result.electricity_kwh,
        import_result.paired_electricity_kwh,
        import_result.unpaired_electricity_kwh,
        import_result.heat_kwh,
        import_result.cop,
        import_result.cop_low,
        import_result.cop_high,
        import_result.own_uncertainty,
        import_result.cop_without_backup_heater,
        import_result.starts,
        import_result.run_hours,
        import_result.mean_cycle_minutes,
        import_result.defrosts,
        import_result.hours_beyond_carnot,
        import_result.outside_c,
        import_result.cost,
        import_result.priced_share,
        import_result.cost_per_kwh_heat,
        import_result.co2_kg,
        import_result.co2_share,
    )
    assert unknown == (None,) * len(unknown)
    assert (
        import_result.modes
        == import_result.method_shares
        == import_result.method_deviations
        == {}
    )
    assert import_result.coverage == 0.0


def test_electricity_alone() -> None:
    """Without heat there is electricity, all of it unpaired, and no COP."""
    import_result = report(
        counted(Bucket(electricity_wh=5_000, metered_s=DAY_S)), Plant()
    )
    assert (
        import_result.electricity_kwh == import_result.unpaired_electricity_kwh == 5.0
    )
    assert import_result.paired_electricity_kwh is None
    assert import_result.heat_kwh is None
    assert import_result.cop is None


def test_starts_of_a_day_at_rest_are_zero() -> None:
    """A heat pump that was seen to rest did not start."""
    resting = Bucket(paired_s=DAY_S, modes={Mode.STANDBY: ModeSums(100, 0, DAY_S)})
    import_result = report(counted(resting), Plant())
    assert (import_result.starts, import_result.run_hours, import_result.defrosts) == (
        0,
        0.0,
        0,
    )
    assert import_result.mean_cycle_minutes is None


def test_starts_of_what_was_recorded_elsewhere_are_not_known() -> None:
    """A recording of energies says nothing of the compressor."""
    recorded = Bucket(
        electricity_wh=5_000,
        metered_s=DAY_S,
        paired_electricity_wh=5_000,
        heat_wh=20_000,
        paired_s=DAY_S,
        imported=True,
        modes={Mode.HEATING: ModeSums(5_000, 20_000, DAY_S)},
    )
    import_result = report(counted(recorded), Plant())
    assert (import_result.starts, import_result.run_hours, import_result.defrosts) == (
        None,
        None,
        None,
    )
    assert import_result.cop == 4.0


def test_a_year_is_called_one() -> None:
    """From 330 paired days on a COP may be called a JAZ."""
    ledger = Ledger(Calendar(ZoneInfo("UTC")), since=SINCE)
    for ago in range(330):
        start = SINCE + timedelta(days=ago)
        ledger.book(start, Bucket(paired_s=DAY_S, metered_s=DAY_S))
    until = SINCE + timedelta(days=365)
    almost = period_summary(ledger, FIRST, date(2026, 11, 25), until)
    enough = period_summary(ledger, FIRST, date(2026, 11, 26), until)
    assert report(almost, Plant()).is_full_year is False
    assert report(enough, Plant()).is_full_year is True


def test_two_periods_side_by_side() -> None:
    """By how much, and by how many percent; a temperature has no percent."""
    before = winter_day()
    after = winter_day()
    after.heat_wh, after.outside_c_s = 44_000, -1.0 * DAY_S
    compared = differences(
        report(counted(after), Plant()), report(counted(before), Plant())
    )
    assert compared["heat_kwh"] == Difference(4.0, 10.0)
    assert compared["cop"] == Difference(0.4, 10.0)
    assert compared["outside_c"] == Difference(1.0, None)
    assert compared["starts"] == Difference(0, 0.0)


def test_what_only_one_of_two_periods_knows_is_not_compared() -> None:
    """There is no difference to the unknown, and no percentage of nothing."""
    before = Bucket(electricity_wh=0, metered_s=DAY_S)
    compared = differences(
        report(counted(winter_day()), Plant()), report(counted(before), Plant())
    )
    assert compared["electricity_kwh"] == Difference(20.0, None)
    assert "heat_kwh" not in compared
    assert "cop" not in compared


def test_vendor_audit() -> None:
    """Our ratio of the year beside the maker's, with the age of the latter."""
    reading = HeatPumpReading(
        time=UNTIL,
        spf_total=4.5,
        spf_heating=5.5,
        spf_hot_water=2.6,
        spf_measured_at=UNTIL - timedelta(hours=30),
    )
    audit = vendor_audit(counted(winter_day()), reading, UNTIL)
    assert (audit.cop, audit.heating_cop, audit.hot_water_cop) == (4.0, 4.375, 2.5)
    assert (audit.paired_days, audit.is_full_year) == (0.5, False)
    assert audit.vendor_spf == 4.5
    assert (audit.vendor_spf_heating, audit.vendor_spf_hot_water) == (5.5, 2.6)
    assert audit.vendor_age_hours == 30.0


def test_vendor_audit_with_a_figure_of_last_year() -> None:
    """A factor that was last calculated before New Year is not this year's."""
    reading = HeatPumpReading(
        time=UNTIL, spf_total=4.5, spf_measured_at=SINCE - timedelta(hours=1)
    )
    audit = vendor_audit(counted(winter_day()), reading, UNTIL)
    assert (audit.cop, audit.vendor_spf, audit.vendor_age_hours) == (4.0, None, None)


def test_vendor_audit_of_a_unit_that_says_nothing() -> None:
    """Many units tell no seasonal performance factor."""
    audit = vendor_audit(counted(winter_day()), HeatPumpReading(time=UNTIL), UNTIL)
    assert audit.cop == 4.0
    assert audit.vendor_spf is None
    assert audit.vendor_age_hours is None
