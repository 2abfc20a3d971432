"""Bands are counted over drawn plants, each with errors of its own."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
import json
from pathlib import Path
from statistics import stdev
from unittest.mock import patch

import pytest

from benchmarks import __main__ as command
from benchmarks.accuracy import measured_cases
from benchmarks.bands import (
    BandPlant,
    BandRow,
    band_figures,
    band_plant,
    bands_missed,
    bands_text,
)
from benchmarks.drawn_report import DrawnRow, ModeRow, drawn_rows
from custom_components.heatpump_monitor.performance.plant import (
    CapacityPoint,
    SourceKind,
)
from custom_components.heatpump_monitor.readings import Mode


@pytest.fixture(scope="module", name="row")
def row_fixture() -> DrawnRow:
    """Return the row of two days of a drawn plant, with bands of 10 %."""
    case = replace(band_plant(SourceKind.BRINE, 0).case, days=2, seasons=(15,))
    (row,) = drawn_rows(measured_cases([case]))
    mode = ModeRow(electricity_pct=0.0, cop_pct=3.0, band_pct=10.0)
    return replace(
        row,
        jaz_pct=3.0,
        band_pct=10.0,
        modes={Mode.HEATING: mode, Mode.HOT_WATER: mode},
    )


def _points(drawn: BandPlant) -> tuple[CapacityPoint, ...]:
    assert drawn.case.owner is not None
    return drawn.case.owner.capacity_points


def test_errors_are_drawn_with_their_spread() -> None:
    """Points on the data sheet go with a smaller error of the rated power."""
    brine = [band_plant(SourceKind.BRINE, number) for number in range(400)]
    known = [one.case.plant.rated_error for one in brine if _points(one)]
    unknown = [one.case.plant.rated_error for one in brine if not _points(one)]
    assert stdev(known) == pytest.approx(0.02, rel=0.2)
    assert stdev(unknown) == pytest.approx(0.05, rel=0.2)
    plants = [one.case.plant for one in brine]
    offsets_k = [plant.brine_delta_t_offset_k for plant in plants]
    assert stdev(offsets_k) == pytest.approx(0.1, rel=0.2)
    air = [band_plant(SourceKind.AIR, number).case.plant for number in range(400)]
    assert stdev(plant.flow_error for plant in air) == pytest.approx(0.025, rel=0.2)
    assert stdev(plant.delta_t_offset_k for plant in air) == pytest.approx(0.1, rel=0.2)


def test_every_third_owner_knows_the_brine_flow() -> None:
    """What the commissioning record states has an error, too; air has no brine."""
    errors = []
    for number in range(300):
        drawn = band_plant(SourceKind.BRINE, number)
        assert drawn.case.owner is not None
        stated_lph = drawn.case.owner.brine_flow_lph
        assert (stated_lph is not None) == drawn.known_by.startswith("combined")
        if stated_lph is not None:
            errors.append(stated_lph / drawn.case.plant.brine_flow_lph - 1)
    assert len(errors) == 100
    assert stdev(errors) == pytest.approx(0.05, rel=0.2)
    air = band_plant(SourceKind.AIR, 0).case.owner
    assert air is not None
    assert air.brine_flow_lph is None


def test_the_data_sheet_is_that_of_the_mean_unit() -> None:
    """At the rated point it states the rated power, in steps of 100 W."""
    drawn = band_plant(SourceKind.BRINE, 1)
    rated, *_ = _points(drawn)
    assert (rated.source_c, rated.supply_c) == (0, 35)
    assert rated.heat_w == pytest.approx(drawn.case.plant.stated_heat_w, abs=50)
    assert rated.heat_w % 100 == 0


def test_a_share_of_the_bands_holds(row: DrawnRow) -> None:
    """Too few is a miss, and so is a figure without a band."""
    wrong = replace(row, jaz_pct=12.0)
    jaz, heating, _ = band_figures([row] * 19 + [wrong])
    assert (jaz.plants, jaz.holding, jaz.band_pct) == (20, 0.95, 10.0)
    assert heating.error_pct == pytest.approx(3)
    without = replace(row, modes={Mode.HEATING: replace_band(row)})
    rows = [BandRow("flow", one) for one in (row, wrong, without)]
    missed = bands_missed(rows)
    assert [text.split(" holds")[0] for text in missed] == [
        "brine: the band of the JAZ",
        "brine: the band of the heating COP",
    ]
    lines = bands_text(rows, markdown=True).splitlines()
    assert len(lines) == 4
    assert len({line.count("|") for line in lines}) == 1


def replace_band(row: DrawnRow) -> ModeRow:
    """Return the heating of a row, without its band."""
    return replace(row.modes[Mode.HEATING], band_pct=None)


def test_the_command_counts_the_plants_asked_for(
    row: DrawnRow, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ends with 1 if a band holds too seldom."""
    path = tmp_path / "bands.json"
    arguments = ["bands", "--variant", "brine", "--plants", "3", "--json", str(path)]
    for jaz_pct, code in ((3.0, 0), (30.0, 1)):
        found = BandRow("flow", replace(row, jaz_pct=jaz_pct))
        with (
            patch.object(command, "_pool", ThreadPoolExecutor),
            patch.object(command, "measured_band", return_value=found),
        ):
            assert command.main(arguments) == code
        assert len(json.loads(path.read_text())["rows"]) == 3
        assert ("MISSED" in capsys.readouterr().out) == bool(code)
