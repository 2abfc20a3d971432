"""A few simulated days through the whole measurement."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
import json
from pathlib import Path
import sys
from unittest.mock import patch

import pytest

from benchmarks import __main__ as command
from benchmarks.recording import Recording, record
from benchmarks.replay import Outcome, replay
from benchmarks.report import as_markdown, as_text, rows_of
from benchmarks.scenarios import Scenario, lay_over, scenarios
from custom_components.heatpump_monitor.performance.plant import HeatMethod
from simulator.state import Variant

# The middle one of these days has 25 hours.
FIRST_DAY = date(2025, 10, 25)


@pytest.fixture(scope="module", name="recording")
def recording_fixture() -> Recording:
    """Return three days of the air unit."""
    return record(Variant.AIR, days=3, meter_s=60, first_day=FIRST_DAY)


@pytest.fixture(scope="module", name="clean")
def clean_fixture(recording: Recording) -> Outcome:
    """Return what becomes of them without any fault."""
    return replay(recording, Scenario(name="clean"))


def test_the_readings_have_the_steps_of_the_wires(recording: Recording) -> None:
    """Temperatures have 0.1 K, heat has 0.1 kWh, the counter moves once a minute."""
    poll = recording.polls[-1]
    assert poll.supply_c is not None
    assert poll.heat is not None
    assert poll.heat.hot_water_wh is not None
    assert poll.supply_c == round(poll.supply_c, 1)
    assert poll.heat.hot_water_wh % 100 == 0
    assert recording.counter_wh(60) - 50_000 == pytest.approx(
        recording.minute_electricity_wh[60], abs=0.01
    )


def test_a_day_of_25_hours_is_measured_as_one(clean: Outcome) -> None:
    """Its truth and ours lie between the same two local midnights."""
    (day,) = clean.days
    assert day.hours == 25
    assert day.ours.electricity_wh == pytest.approx(day.truth.electricity_wh, rel=0.001)


def test_clean_readings_meet_the_targets(clean: Outcome) -> None:
    """Electricity is exact, and the account covers all of the time."""
    (row, day) = rows_of(Variant.AIR, [clean])
    assert not list(row.missed())
    assert row.coverage == pytest.approx(1)
    assert day.scenario == "2025-10-26, 25 h"


def test_lost_polls_cost_the_helpers_and_not_us(recording: Recording) -> None:
    """The counter goes on over what was lost; the helpers' differences do not."""
    outcome = replay(recording, Scenario(name="lost", lost_share=0.05))
    (row,) = rows_of(Variant.AIR, [outcome])
    assert abs(row.electricity_pct) < 0.1
    assert row.utility_meter_pct is not None
    assert row.utility_meter_pct < -2


def test_a_restart_counts_nothing_twice(recording: Recording, clean: Outcome) -> None:
    """The account goes on from what was saved, and takes in the time it was down."""
    noon_s = recording.start_s + 36 * 3600
    outcome = replay(recording, Scenario(name="restart", restarts=(noon_s,)))
    assert outcome.ours.electricity_wh == pytest.approx(
        clean.ours.electricity_wh, rel=1e-4
    )
    assert outcome.coverage == pytest.approx(1)


def test_a_reset_is_seen_by_all(recording: Recording) -> None:
    """The counter begins again at 0 in the readings."""
    at_s = recording.start_s + 36 * 3600
    faults = lay_over(recording, Scenario(name="reset", counter_drop=(at_s, None)))
    index = 36 * 60
    assert faults.counter_wh(index - 1) > 50_000
    assert faults.counter_wh(index) == 0
    assert faults.counter_wh(index + 600) > 0


@pytest.mark.parametrize("catches_up", [True, False])
def test_frozen_counters_stand_still(recording: Recording, catches_up: bool) -> None:
    """Afterwards they show what they missed, or go on from where they stood."""
    window = (recording.start_s + 86_400, recording.start_s + 2 * 86_400)
    scenario = Scenario(name="frozen", frozen=window, catches_up=catches_up)
    polls = lay_over(recording, scenario).polls
    during = {poll.heat for poll in polls[300:570]}
    assert len(during) == 1
    assert (polls[-1] == recording.polls[-1]) is catches_up


def test_a_unit_without_counters_is_measured_by_its_flow(recording: Recording) -> None:
    """And one without flow by its counters, where the helpers have nothing."""
    for scenario, method in (
        (Scenario(name="flow", has_heat_counters=False), HeatMethod.FLOW),
        (Scenario(name="counters", has_flow=False), HeatMethod.COUNTER),
    ):
        outcome = replay(recording, scenario)
        assert set(outcome.methods_wh) == {method}
        row = rows_of(Variant.AIR, [outcome])[0]
        assert (row.riemann_heat_pct is None) is (method is HeatMethod.COUNTER)


def test_every_fault_has_its_scenario(recording: Recording) -> None:
    """Names are different, and only the first is clean."""
    found = list(scenarios(recording))
    assert len({one.name for one in found}) == len(found) == 12
    assert [one.is_clean for one in found] == [True] + [False] * 11


def test_misses_are_named(clean: Outcome) -> None:
    """Too much electricity and a wrong JAZ are told; modulation's JAZ is not."""
    row = rows_of(Variant.AIR, [clean])[0]
    wrong = replace(row, electricity_pct=0.2, jaz_pct=-0.7)
    assert [text.split(" is ")[0] for text in wrong.missed()] == [
        "air, clean: electricity",
        "air, clean: JAZ",
    ]
    assert not list(replace(row, scenario="reset", jaz_pct=-0.7).missed())
    (beyond,) = replace(row, variant=Variant.BRINE, jaz_pct=-9.0).missed()
    assert beyond == "brine, clean: the band does not hold the true JAZ"
    assert not list(replace(row, variant=Variant.BRINE, jaz_pct=-4).missed())


def test_tables_have_a_line_for_each_row(clean: Outcome) -> None:
    """Every line of a markdown table has the same number of cells."""
    rows = rows_of(Variant.AIR, [clean])
    lines = as_markdown(rows).splitlines()
    assert len(lines) == 2 + len(rows)
    assert len({line.count("|") for line in lines}) == 1
    assert "25 h" in as_text(rows)


@pytest.mark.parametrize(("off_pct", "code"), [(0.05, 0), (0.2, 1)])
def test_the_command_fails_if_a_target_is_missed(
    clean: Outcome,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    off_pct: float,
    code: int,
) -> None:
    """It says which, and writes all figures as JSON."""
    row = replace(rows_of(Variant.AIR, [clean])[0], electricity_pct=off_pct)
    path = tmp_path / "figures.json"
    with (
        patch.object(command, "_pool", ThreadPoolExecutor),
        patch.object(command, "measured", return_value=[row]),
    ):
        arguments = ["accuracy", "--rows", "year", "--variant", "air"]
        arguments += ["--json", str(path)]
        assert command.main(arguments) == code
    report = json.loads(path.read_text())
    assert len(report["missed"]) == code
    assert report["rows"][0]["electricity_pct"] == off_pct
    assert ("MISSED: air, clean" in capsys.readouterr().out) == bool(code)


def test_too_few_days_are_refused() -> None:
    """A week of frozen counters needs a week after it."""
    with patch.object(sys, "stderr"), pytest.raises(SystemExit) as exit_info:
        command.main(["accuracy", "--days", "5"])
    assert exit_info.value.code == 2
