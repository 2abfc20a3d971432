"""The defects D1 to D14, found in peers: none of them is here.

Each has tests named after it. Those that belong to a module stand beside its
other tests; here are those that belong to none, and that there is one for each.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import chain
import json
from pathlib import Path
import re

import pytest

from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import Plant
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket
from custom_components.heatpump_monitor.performance.totals.periods import Period
from homeassistant.components.sensor import SensorEntityDescription, SensorStateClass
from tests.validation.package import PACKAGE, descriptions, leaves

from .builders import START, at, heating
from .test_monitor import FLOW_PLANT, metered, new, polled, restarted, run

TESTS = Path(__file__).parents[1]
SENSORS = [
    description
    for description in descriptions("sensor").values()
    if isinstance(description, SensorEntityDescription)
]
RATIOS = [each for each in SENSORS if re.match(r"(cop|jaz)(?!_measured)", each.key)]


@pytest.mark.parametrize("number", range(1, 15))
def test_every_defect_has_a_test(number: int) -> None:
    """A test carries the number in its name, and so will be found."""
    named = re.compile(rf"^(async )?def test_(d\d+_)*d{number}_", re.MULTILINE)
    assert any(named.search(path.read_text()) for path in TESTS.rglob("test_*.py"))


def test_d4_a_gap_of_days_is_booked_and_flagged() -> None:
    """D4: more than 100 kWh at once are booked whole, and told."""
    days, load_w = 4, 2000.0
    monitor = run(new(Plant()), metered(0, 600, load_w))
    back_s = days * 86_400
    run(monitor, metered(back_s, back_s + 600, load_w))
    booked_wh = sum(day.electricity_wh for day in monitor.ledger.days.values())
    assert booked_wh > 190_000
    assert booked_wh == pytest.approx(load_w * (back_s + 600) / 3600, rel=1e-3)
    (flag,) = monitor.flags
    assert (flag.kind, flag.time) == ("gap", at(back_s))
    (gap,) = monitor.gaps
    assert gap.end - gap.start == timedelta(days=days, minutes=-10)


def test_d4_a_gap_of_hours_is_no_news() -> None:
    """D4: what is shorter than any day is booked without a flag."""
    monitor = run(new(Plant()), metered(0, 600), metered(25 * 3600, 25 * 3600 + 60))
    assert not monitor.flags
    assert monitor.gaps


def test_d6_a_cop_is_never_capped() -> None:
    """D6: a ratio beyond what can be true is shown, counted and flagged."""
    polls = [heating(seconds, delta_t_k=30.0) for seconds in range(60, 7261, 300)]
    monitor = run(new(), metered(0, 7300, 500.0), polls)
    summary = monitor.snapshot(at(7300)).summaries[Period.TODAY]
    assert summary.cop is not None
    assert summary.cop > 60
    assert summary.sums.beyond_carnot_s == pytest.approx(7200)
    assert [flag.kind for flag in monitor.flags] == ["beyond_carnot"]


def test_d6_a_true_one_passes() -> None:
    """D6: a COP of 8.9 at a small lift is no error."""
    polls = [
        replace(poll, supply_c=28.0, return_c=23.0, outside_c=15.0)
        for poll in polled(60, 7260)
    ]
    monitor = run(new(), metered(0, 7300, 650.0), polls)
    summary = monitor.snapshot(at(7300)).summaries[Period.TODAY]
    assert summary.cop == pytest.approx(8.9, abs=0.1)
    assert summary.sums.beyond_carnot_s == 0
    assert not monitor.flags


def test_d8_idle_days_do_not_pull_a_month_down() -> None:
    """D8: the month is the ratio of its sums, not the mean of its days."""
    monitor = new()
    monitor.ledger.since = START - timedelta(days=9)
    for back, (electricity_wh, heat_wh) in enumerate(((10_000, 40_000), (100, 50))):
        moment = START - timedelta(days=back)
        paired = Bucket(paired_electricity_wh=electricity_wh, heat_wh=heat_wh)
        monitor.ledger.book(moment, paired)
    month = monitor.snapshot(START).summaries[Period.MONTH]
    assert month.cop == pytest.approx(40_050 / 10_100)


def test_d10_no_measurement_is_called_a_scop() -> None:
    """D10: SCOP is a laboratory figure; no key and no text of ours uses the word."""
    texts = chain.from_iterable(
        leaves(
            json.loads((PACKAGE / "translations" / f"{language}.json").read_text())
        ).values()
        for language in ("en", "de")
    )
    import_result = [*texts, *(sensor.key for sensor in SENSORS)]
    assert len(import_result) > 500
    assert not [
        text for text in import_result if re.search(r"\bscop\b|14825", text.lower())
    ]


@pytest.mark.parametrize("sensor", RATIOS, ids=lambda sensor: sensor.key)
def test_d11_a_cop_has_no_unit(sensor: SensorEntityDescription) -> None:
    """D11: a ratio has no unit and is a measurement, so that graphs can show it."""
    assert sensor.native_unit_of_measurement is None
    assert sensor.device_class is None
    assert sensor.state_class is SensorStateClass.MEASUREMENT
    assert sensor.suggested_display_precision == 2


def test_d11_all_ratios_were_looked_at() -> None:
    """D11: the figures of every period are among those looked at."""
    keys = {sensor.key for sensor in RATIOS}
    assert {"cop", "cop_today", "cop_month", "jaz_year", "jaz_rolling"} <= keys


@pytest.mark.parametrize("counted", [None, 4321.0])
def test_d12_a_first_reading_is_no_start(counted: float | None) -> None:
    """D12: neither the first reading ever nor the first after a restart counts."""
    polls = [replace(poll, starts=counted) for poll in polled(60, 7260)]
    before = run(new(FLOW_PLANT), metered(0, 3600), polls[:12])
    after = run(restarted(before), metered(3610, 7300), polls[12:])
    assert _starts(before) == _starts(after) == 0
    assert after.state.meters.total_wh == pytest.approx(1800 * 7300 / 3600, rel=5e-3)


def test_d12_a_start_while_nobody_looked_is_one() -> None:
    """D12: the unit's counter tells what happened during a restart."""
    polls = [
        replace(poll, starts=100.0 + 3 * (poll.time > at(3600)))
        for poll in polled(60, 7260)
    ]
    before = run(new(FLOW_PLANT), metered(0, 3000), polls[:10])
    after = run(restarted(before), metered(5000, 7300), polls[18:])
    assert _starts(after) == 3


def _starts(monitor: PerformanceMonitor) -> int:
    return sum(day.starts for day in monitor.ledger.days.values())


def test_d14_a_meter_that_starts_again_adds_nothing() -> None:
    """D14: after a reset of the device, days hold what was seen to flow."""
    reset = [
        replace(reading, energy_wh=(reading.energy_wh or 0) - 71_000)
        for reading in metered(3600, 7200)
    ]
    monitor = run(new(), metered(0, 3590), reset, polled(60, 7100))
    booked_wh = sum(day.electricity_wh for day in monitor.ledger.days.values())
    assert booked_wh == pytest.approx(3600, abs=1800 * 60 / 3600)
    assert [flag.kind for flag in monitor.flags] == ["electricity_reset"]
