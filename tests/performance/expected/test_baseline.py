"""From which days the usual behaviour is learned."""

from datetime import UTC, date, timedelta

from custom_components.heatpump_monitor.performance.expected.baseline import (
    learning_days,
    learning_span,
)
from custom_components.heatpump_monitor.performance.plant import HeatMethod, SourceKind
from custom_components.heatpump_monitor.performance.segments import Quantity
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.readings import Mode

TODAY = date(2026, 1, 20)


def _ledger(days: int, method_since: date = date.min) -> Ledger:
    ledger = Ledger(Calendar(UTC))
    means = {Quantity.SUPPLY_C: 35.0, Quantity.OUTSIDE_C: 5.0}
    for number in range(days, 0, -1):
        day = TODAY - timedelta(number)
        method = HeatMethod.FLOW if day >= method_since else HeatMethod.MODULATION
        ledger.days[day] = Bucket(
            paired_s=86_400,
            modes={Mode.HEATING: ModeSums.of(1e4, 4e4, 5e4, means)},
            methods_wh={method: 4e4},
        )
    return ledger


def test_the_first_year() -> None:
    """All days but the last four weeks, as long as there was no year before."""
    assert learning_span(_ledger(300), TODAY)[1] == date(2025, 12, 22)


def test_a_season_does_not_teach_itself() -> None:
    """After a year, the days before the season, and no day of it."""
    assert learning_span(_ledger(600), TODAY) == (date(2023, 9, 2), date(2025, 8, 31))


def test_the_method_is_the_same() -> None:
    """Days of another heat method are no measure; without days there is none."""
    ledger = _ledger(100, method_since=date(2025, 12, 1))
    days = learning_days(ledger, Mode.HEATING, TODAY, SourceKind.AIR)
    assert [days[0].day, days[-1].day] == [date(2025, 12, 1), date(2025, 12, 22)]
    empty = Ledger(Calendar(UTC))
    assert learning_days(empty, Mode.HEATING, TODAY, SourceKind.AIR) == []
