"""The simulated cooks obey physics, and the report says what was missed."""

from dataclasses import replace
from math import exp, pi

import numpy as np
import pytest

from benchmarks.probes import command, cooks
from benchmarks.probes.cooks import Kind, draw
from benchmarks.probes.report import ProbeRow, missed, rows


@pytest.fixture(scope="module", name="found")
def few_rows() -> list[ProbeRow]:
    """Return the figures of a few cooks of two kinds."""
    watched = command.watched_kind(Kind.ROAST, 3, 5)
    return rows([*watched, *command.watched_kind(Kind.BARBECUE, 4, 5)])


def test_a_slab_warms_as_the_series_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dry slab whose surface has the temperature of its bath."""
    slab = cooks._Draw(  # noqa: SLF001
        ambient_c=(60, 60),
        start_c=(10, 10),
        target_c=(55, 55),
        radius_m=(0.02, 0.02),
        transfer=(1e6, 1e6),
        step_s=4.0,
        hours=3.0,
    )
    monkeypatch.setitem(cooks._DRAWS, Kind.WATER_BATH, slab)  # noqa: SLF001
    (cook,) = draw(Kind.WATER_BATH, 1, 1)
    diffusivity = 0.48 / 3.5e6
    time_s = 3600.0
    # The tip is in the middle of the innermost cell.
    place = np.cos(pi / 2 * 0.05)
    decay = exp(-(pi**2) / 4 * diffusivity * time_s / 0.02**2)
    assert cook.at(time_s) == pytest.approx(60 - 50 * 4 / pi * place * decay, abs=0.3)


def test_a_cook_is_the_same_each_time() -> None:
    """The seed decides all, and another one draws others."""
    first, again, other = (draw(Kind.STEAK, 2, seed)[0] for seed in (3, 3, 4))
    assert first.target_c == again.target_c
    assert np.array_equal(first.truth_c, again.truth_c)
    assert first.target_c != other.target_c


def test_a_smoke_stalls_and_goes_on() -> None:
    """Evaporation slows a core down below 85 °C, and it reaches more."""
    smokes = draw(Kind.BARBECUE, 10, 2)
    slowest = []
    for smoke in smokes:
        hours = np.arange(2, smoke.reached_s / 3600 - 1, 0.25)
        rates = {h: smoke.k_per_h(h * 3600) for h in hours.tolist()}
        hour = min(rates, key=lambda h: rates[h])
        if 55 < smoke.at(hour * 3600) < 85:
            slowest.append(rates[hour])
    assert len(slowest) >= 7
    assert np.median(slowest) < 5


def test_figures_of_a_few_cooks(found: list[ProbeRow]) -> None:
    """All alarms ring in time, and times are given."""
    *_, everything = found
    assert everything.cooks == 7
    assert (everything.late, everything.early, everything.false) == (0, 0, 0)
    assert everything.known_pct > 50
    assert everything.session_pct > 70


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"late": 1}, "all: 1 target alarms too late, 0 too early, 0 false alarms"),
        ({"band_pct": 50.0}, "all: 50 % inside the band"),
        ({"twice_pct": 9.0}, "all: 9.0 % rang twice"),
        ({"stalled_pct": None}, "all: - % of stalls recognised"),
        ({"false_stall_pct": 20.0}, "all: 20 % false stalls"),
        ({"errors_pct": {}}, "25 %: median error - %"),
    ],
)
def test_what_is_missed_is_named(
    found: list[ProbeRow], change: dict[str, object], text: str
) -> None:
    """A figure beyond its limit makes the command fail."""
    row = replace(found[-1], **change)  # type: ignore[arg-type]
    assert text in missed([*found[:-1], row])
