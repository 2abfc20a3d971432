"""A few days of drawn plants through the whole measurement."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
import json
from pathlib import Path
from unittest.mock import patch

import pytest

from benchmarks import __main__ as command
from benchmarks.accuracy import by_plant, measured_cases
from benchmarks.drawn_cases import START, Case, cases
from benchmarks.drawn_cloud import Delivery
from benchmarks.drawn_plant import DAY_S, HOUR_S, DrawnPlant
from benchmarks.drawn_replay import DrawnOutcome
from benchmarks.drawn_report import DrawnRow, drawn_markdown, drawn_rows, drawn_text
from custom_components.heatpump_monitor.performance.flags import Flag, FlagKind
from custom_components.heatpump_monitor.performance.plant import HeatMethod, SourceKind
from custom_components.heatpump_monitor.readings import Mode

STUCK_S = START.timestamp() + 1.4 * DAY_S


def _kind_case() -> Case:
    """Return three winter days of an air unit without any delay."""
    (case,) = [
        case for case in cases(SourceKind.AIR) if case.name == "25-min runs, no delay"
    ]
    return replace(case, days=3, seasons=(15,))


@pytest.fixture(scope="module", name="outcomes")
def outcomes_fixture() -> list[DrawnOutcome]:
    """Return them as they are, and with 12 h of old answers."""
    case = _kind_case()
    window = (STUCK_S, STUCK_S + 12 * HOUR_S)
    stuck = replace(
        case,
        name="stuck",
        delivery=replace(case.delivery, stuck=(window,)),
        compared_with=case.name,
    )
    return measured_cases([case, stuck])


@pytest.fixture(scope="module", name="row")
def row_fixture(outcomes: list[DrawnOutcome]) -> DrawnRow:
    """Return the row of the first."""
    return drawn_rows(outcomes)[0]


@pytest.mark.parametrize("source", list(SourceKind))
def test_every_case_has_a_name_and_plants_are_lived_once(source: SourceKind) -> None:
    """The group of a plant also holds what its stuck cases are compared with."""
    found = cases(source)
    groups = by_plant(found)
    assert len({case.name for case in found}) == len(found)
    assert all(
        one.plant != other.plant or one.seasons != other.seasons
        for (one, *_), (other, *_) in pairwise(groups)
    )
    for group in groups:
        names = {case.name for case in group}
        assert {case.compared_with for case in group} - {None} <= names


def test_flow_without_delay_is_true(row: DrawnRow) -> None:
    """Three days hold a few charges only, but all of the electricity."""
    assert row.coverage == pytest.approx(1)
    assert abs(row.electricity_pct) < 0.1
    assert row.jaz_pct is not None
    assert abs(row.jaz_pct) < 5
    assert set(row.methods) == {HeatMethod.FLOW.value}
    assert row.windows == 0


def test_stuck_answers_are_compared_with_fresh_ones(
    outcomes: list[DrawnOutcome],
) -> None:
    """The row says for how many minutes the compressor ran until they were found."""
    stuck = drawn_rows(outcomes)[1]
    assert stuck.moved_pct is not None
    assert stuck.minutes_until_found is not None
    assert 0 < stuck.minutes_until_found < 12 * 60
    flag = Flag(START, FlagKind.STALE, "")
    found = replace(outcomes[1], flags=(flag, flag), found_after_s=(120.0,))
    row = drawn_rows([outcomes[0], replace(found, false_alarms=2)])[1]
    assert row.minutes_until_found == 2
    assert row.flags == {"stale": 2}
    assert any("2 false alarms" in text for text in row.missed())


def test_windows_hold_sixty_charges() -> None:
    """They slide by a day."""
    case = replace(
        _kind_case(),
        plant=DrawnPlant(source=SourceKind.AIR, charges_a_day=30.0, charge_min=8.0),
        delivery=Delivery(has_heat_counters=False),
        days=4,
    )
    (outcome,) = measured_cases([case])
    assert len(outcome.windows_pct) in (1, 2, 3)


def test_misses_are_named(row: DrawnRow) -> None:
    """Each limit has its own text; a figure without a limit is only shown."""
    hot_water = replace(row.modes[Mode.HOT_WATER], electricity_pct=0.7, cop_pct=-7.0)
    wrong = replace(
        row,
        electricity_pct=0.2,
        jaz_pct=20.0,
        coverage=1.0,
        modes={Mode.HOT_WATER: replace(hot_water, band_pct=5.0)},
        windows=3,
        windows_pct=9.0,
        minutes_until_found=90.0,
    )
    assert [text.split(": ")[1].split(" is ")[0] for text in wrong.missed()] == [
        "electricity",
        "JAZ",
        "hot-water COP in 95 % of windows",
        "electricity of hot water",
        "COP of hot water",
        "the band does not hold the true COP of hot water",
        "the band does not hold the true JAZ",
        "old answers are found after 90 min of operation, allowed are 60",
    ]
    shown = replace(wrong.limits, jaz_pct=None, mode_cop_pct=None, windows_pct=None)
    assert len(list(replace(wrong, limits=shown).missed())) == 4
    moved = replace(wrong, limits=replace(shown, moved_pct=1.0), moved_pct=None)
    assert "JAZ, moved, is unknown" in next(
        text for text in moved.missed() if "moved" in text
    )


def test_tables_have_a_line_for_each_row(row: DrawnRow) -> None:
    """Every line of a markdown table has the same number of cells."""
    lines = drawn_markdown([row, row]).splitlines()
    assert len(lines) == 4
    assert len({line.count("|") for line in lines}) == 1
    assert row.case in drawn_text([row])


def test_the_command_measures_drawn_plants_alone(
    outcomes: list[DrawnOutcome], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It runs the cases that match, and writes all figures as JSON."""
    path = tmp_path / "figures.json"
    with (
        patch.object(command, "_pool", ThreadPoolExecutor),
        patch.object(command, "cases", return_value=[_kind_case()]),
        patch.object(command, "measured_cases", return_value=outcomes[:1]),
    ):
        arguments = ["accuracy", "--rows", "drawn", "--variant", "air"]
        arguments += ["--match", "25-min", "--json", str(path)]
        code = command.main(arguments)
    report = json.loads(path.read_text())
    assert code == bool(report["missed"])
    assert report["rows"] == []
    assert report["drawn"][0]["case"] == "25-min runs, no delay"
    assert "25-min runs, no delay" in capsys.readouterr().out
