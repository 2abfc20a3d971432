"""Some hours of a drawn plant, told by entities of Home Assistant."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
import json
from pathlib import Path
from unittest.mock import patch

import pytest

from benchmarks import __main__ as command
from benchmarks.drawn_plant import Life
from benchmarks.drawn_replay import DrawnOutcome, life_of
from benchmarks.drawn_report import drawn_rows
from benchmarks.entities.cases import EntityCase, Way, entity_cases, matching
from benchmarks.entities.home import Troubles
from benchmarks.entities.replay import replay_by_entities
from benchmarks.entities.senders import energy, flag, flow, temperature
from custom_components.heatpump_monitor.performance.plant import HeatMethod, SourceKind

HOUR_S = 3600.0


def _ways(source: SourceKind, *names: str) -> list[EntityCase]:
    """Return a day of some ways."""
    found = {way.case.name: way for way in entity_cases(source)}
    return [
        replace(found[name], case=replace(found[name].case, days=1)) for name in names
    ]


@pytest.fixture(scope="module", name="life")
def life_fixture() -> Life:
    """Return a winter day of the air unit."""
    return life_of(_ways(SourceKind.AIR, "direct")[0].case)


@pytest.fixture(scope="module", name="outcomes")
def outcomes_fixture(life: Life) -> list[DrawnOutcome]:
    """Return it as told directly, and by entities."""
    ways = _ways(SourceKind.AIR, "direct", "entities")
    return [replay_by_entities(way, life) for way in ways]


@pytest.mark.parametrize("source", list(SourceKind))
def test_every_way_has_a_name_and_what_it_is_compared_with(source: SourceKind) -> None:
    """No way is there twice, and those without delay are held against the direct one."""
    ways = entity_cases(source)
    assert len({way.case.name for way in ways}) == len(ways)
    assert {way.case.compared_with for way in ways} == {None, ways[0].case.name}
    asked = matching(ways, "heat meter")
    assert [way.case.name for way in asked[:1]] == ["direct"]
    assert {way.heat_pump for way in asked[1:]} == {
        Way.HEAT_METER,
        Way.HEAT_METER_1_KWH,
    }


def test_states_have_the_resolution_of_their_integration() -> None:
    """Counters show what is full, everything else the nearest."""
    assert temperature("supply_c", 10).text(35.26) == "35.3"
    assert flow(30, 0.1).text(1206.0) == "20.1"
    assert energy("energy_wh", 60, 0.1, pushed=True).text(1299.0) == "1.2"
    assert energy("energy_wh", 60, 1.0, pushed=True).text(1999.0) == "1"
    assert flag("compressor_on", 10).text(True) == "on"


def test_entities_tell_the_same(outcomes: list[DrawnOutcome]) -> None:
    """Electricity and heat are those of our own sources."""
    direct, entities = drawn_rows(outcomes)
    assert set(entities.methods) == {HeatMethod.FLOW.value}
    assert entities.coverage > 0.98
    # A day has eighteen runs, of which the direct way sees a value every 5 min.
    assert entities.moved_pct == pytest.approx(0, abs=2.0)
    assert not entities.flags
    assert direct.bands_hold
    assert entities.bands_hold


def test_troubles_reach_the_engine(life: Life) -> None:
    """A day with restarts, removed entities and hours without any loses heat only."""
    (way,) = _ways(SourceKind.AIR, "entities")
    start_s = life.start_s

    def hours(*each: float) -> tuple[float, ...]:
        return tuple(start_s + hour * HOUR_S for hour in each)

    away, gone = hours(8, 10), hours(14, 20)
    heat_pump = Troubles(
        away=((away[0], away[1]),),
        renamed={"supply_c": hours(12)[0]},
        removed={"flow_lph": (gone[0], gone[1])},
    )
    meter = Troubles(resets={"energy_wh": hours(11)[0]})
    with (
        patch.object(EntityCase, "restarts", hours(6.1)),
        patch.object(EntityCase, "heat_pump_troubles", return_value=heat_pump),
        patch.object(EntityCase, "meter_troubles", return_value=meter),
    ):
        outcome = replay_by_entities(way, life)
    (row,) = drawn_rows([outcome])
    assert abs(row.electricity_pct) < 0.5
    # Without temperatures or flow there is no heat, for 8 of 24 h.
    assert row.coverage == pytest.approx(1 - 8 / 24, abs=0.04)
    assert abs(row.jaz_pct or 100.0) < 3
    assert row.flags == {"electricity_reset": 1}


def test_the_command_measures_entities_alone(
    outcomes: list[DrawnOutcome], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It runs the ways that match, and writes all figures as JSON."""
    path = tmp_path / "figures.json"
    with (
        patch.object(command, "_pool", ThreadPoolExecutor),
        patch.object(
            command, "measured_by_entities", side_effect=[outcomes[:1], outcomes[1:]]
        ),
    ):
        arguments = ["accuracy", "--rows", "entities", "--variant", "air"]
        arguments += ["--match", "entities once", "--json", str(path)]
        code = command.main(arguments)
    report = json.loads(path.read_text())
    assert code == bool(report["missed"])
    assert (report["rows"], report["drawn"]) == ([], [])
    assert [row["case"] for row in report["entities"]] == ["direct", "entities"]
    assert "| entities" in capsys.readouterr().out.replace("  ", "| ")
