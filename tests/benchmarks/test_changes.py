"""The measurement of changes on a few days and winters."""

from argparse import Namespace
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import exp, log
from pathlib import Path

import pytest

from benchmarks.changes import command, records, winter as winters
from benchmarks.changes.coverage import cases_of, covered
from benchmarks.changes.fitted import HOT_WATER_EFFECT, HOUSE, SLOPE_AFTER
from benchmarks.changes.fitting import agreements, fitted
from benchmarks.changes.life import (
    FIRST_DAY,
    PLAN,
    WEAR,
    Lived,
    Look,
    beside,
    found_after,
    live_changed,
    live_healthy,
    others,
    true_ratio,
)
from benchmarks.changes.report import Row, coverage_rows, life_rows, table, winter_rows
from benchmarks.changes.unit import WatchedUnit
from benchmarks.changes.winter import FAULTS, HEALTHY, WinterRow
from benchmarks.changes.years import SimulatedDay, as_json, counted, day_of
from benchmarks.daily_model import CHANGE_DAY, House, cop_of_heating, lived
from benchmarks.recording import midnight_s, record
from custom_components.heatpump_monitor.changes.model import Change, Source
from custom_components.heatpump_monitor.performance.alarms.board import (
    AlarmChange,
    AlarmEvent,
    AlarmKey,
)
from custom_components.heatpump_monitor.performance.effect.result import (
    Estimate,
    Touched,
    Verdict,
)
from custom_components.heatpump_monitor.readings import Mode
from simulator.state import PlannedChange, Variant

FILTER = WEAR[0]


def days_of(house: House, seed: int, before: int = 120) -> list[SimulatedDay]:
    """Return the days of a drawn winter, as those of a simulated one."""
    winter = lived(house, seed, before=before)
    days = []
    for day, bucket in winter.ledger.days.items():
        heating, hot_water = map(bucket.of_mode, (Mode.HEATING, Mode.HOT_WATER))
        days.append(
            SimulatedDay(
                day=day.isoformat(),
                outside_c=bucket.outside_c or 0.0,
                electricity_kwh=heating.electricity_wh / 1000,
                heat_kwh=heating.heat_wh / 1000,
                supply_c=house.supply_at_20_c
                + house.slope * (20 - (bucket.outside_c or 0.0)),
                source_in_c=None,
                hot_water_electricity_kwh=hot_water.electricity_wh / 1000,
                hot_water_heat_kwh=hot_water.heat_wh / 1000,
            )
        )
    return days


def raised(key: AlarmKey, epoch_s: float) -> AlarmEvent:
    """Return an alarm."""
    return AlarmEvent(
        time=datetime.fromtimestamp(epoch_s, UTC),
        key=key,
        part="",
        change=AlarmChange.RAISED,
        causes={},
    )


def told(*alarms: AlarmEvent, looks: Sequence[Look] = (), entries: int = 2) -> Lived:
    """Return what became of a life."""
    return Lived(
        variant=Variant.AIR,
        entries=tuple(
            Change(
                time=datetime.fromtimestamp(each.change.epoch_s, UTC),
                source=Source.UNIT,
                item=each.logged_as,
                old=1.0,
                new=2.0,
            )
            for each in PLAN[:entries]
        ),
        alarms=alarms,
        looks=tuple(looks),
        truth={},
    )


@pytest.mark.parametrize("variant", list(Variant))
def test_unit_is_watched_through_an_unkind_wire(variant: Variant) -> None:
    """What was changed is logged once, and nothing else, whatever the wire does."""
    first = date(2025, 1, 10)
    unit = WatchedUnit()
    plan = [
        PlannedChange(
            epoch_s=midnight_s(first) + 30 * 3600, item="curve_slope", by=-0.2
        )
    ]
    record(variant, days=2, meter_s=60, first_day=first, plan=plan, watch=unit.watch)
    (entry,) = unit.log.changes
    assert entry.item == "heating_curve_slope"
    assert entry.new == pytest.approx(float(str(entry.old)) - 0.2)
    assert 0 <= entry.time.timestamp() - plan[0].epoch_s < 3 * 3600


def test_healthy_days() -> None:
    """A life without changes and faults has no entry and no alarm, but a truth."""
    healthy = live_healthy(Variant.AIR, days=3)
    assert (healthy.entries, healthy.alarms, healthy.looks) == ((), (), ())
    day = FIRST_DAY + timedelta(days=1)
    drawn_wh, heat_wh = healthy.truth[Touched.HOT_WATER][day]
    assert 2 < heat_wh / drawn_wh < 5
    changed = live_changed(Variant.AIR, days=3)[Touched.HOT_WATER][day]
    assert changed[1] / changed[0] < heat_wh / drawn_wh


def test_recording_is_counted() -> None:
    """The engine's days are those that the years are made of."""
    recording = record(Variant.AIR, days=3, meter_s=60, first_day=date(2025, 1, 10))
    ledger = counted(recording)
    day = date(2025, 1, 11)
    truth = recording.truth_of_day(day)
    bucket = ledger.days[day]
    assert bucket.electricity_wh == pytest.approx(truth.electricity_wh, rel=0.01)
    assert bucket.heat_wh == pytest.approx(truth.heat_wh, rel=0.02)


def test_truth_of_a_look() -> None:
    """The truth is the mean of the days compared, each beside its twin."""
    days = (date(2025, 1, 1), date(2025, 1, 2), date(2025, 1, 3))
    look = Look(
        name="curve",
        days_after=60,
        verdict=Verdict.BETTER,
        ratio=Estimate(1.15, 1.1, 1.2),
        days=days,
        touched=Touched.HEATING,
    )
    healthy = {Touched.HEATING: {days[0]: (1.0, 3.0), days[1]: (2.0, 8.0)}}
    changed = {Touched.HEATING: {days[0]: (1.0, 3.3), days[1]: (2.0, 9.68)}}
    truth = true_ratio(look, healthy, changed)
    assert log(truth) == pytest.approx((log(1.1) + log(1.21)) / 2)
    usual = replace(told(entries=0), truth=healthy)
    far = replace(look, ratio=Estimate(1.3, 1.2, 1.4))
    for each, is_missed in ((look, False), (far, True)):
        rows = life_rows(told(looks=[each]), usual, changed)
        (row,) = (row for row in rows if row.figure == "curve after 60 days")
        assert bool(row.missed) == is_missed


def test_alarms_of_a_fault() -> None:
    """A fault is found by its own alarm in its time; all others are told apart."""
    begun_s = FILTER.fault.from_s
    flow = raised(AlarmKey.FLOW, begun_s + 20 * 86_400)
    early = raised(AlarmKey.FLOW, begun_s - 86_400)
    alongside = raised(AlarmKey.EFFICIENCY, begun_s + 86_400)
    lived_ = told(early, alongside, flow)
    assert found_after(lived_, FILTER) == timedelta(days=20)
    assert others(lived_, WEAR) == [early]
    assert beside(lived_, WEAR) == [alongside]
    assert found_after(told(early, alongside), FILTER) is None


def test_entries_are_compared() -> None:
    """An entry too few is missed, and so is an alarm of a healthy life."""
    rows = list(life_rows(told(entries=1), told(raised(AlarmKey.FLOW, 0.0)), {}))
    missed = [row.figure for row in rows if row.missed]
    assert missed[0] == "entries of the log"
    assert missed[-2:] == ["entries of the log", "alarms"]
    assert "flow 1x" in table(rows, markdown=True)


def test_intervals_of_drawn_winters() -> None:
    """Of a few winters most intervals hold the truth, and the verdicts are right."""
    curve, hot_water, nothing, *_ = cases_of(HOUSE, SLOPE_AFTER, HOT_WATER_EFFECT)
    found = [covered(each, range(12), 365, 60) for each in (curve, hot_water, nothing)]
    assert [each.winters for each in found] == [12, 12, 12]
    assert all(each.holding >= 0.75 and each.right >= 0.75 for each in found)
    assert all(0.003 < each.half_width < 0.03 for each in found)
    rows = list(coverage_rows([*found, replace(found[0], holding=0.5)]))
    assert [bool(row.missed) for row in rows] == [False, False, False, True]


def test_fit_finds_what_was_drawn() -> None:
    """The parameters of drawn winters are found again, and then both agree."""
    years = [days_of(HOUSE, seed) for seed in range(4)]
    factor = exp(HOT_WATER_EFFECT)
    changed = [
        replace(
            each,
            heat_kwh=each.heat_kwh
            * cop_of_heating(each.outside_c, SLOPE_AFTER, HOUSE)
            / cop_of_heating(each.outside_c, HOUSE.slope, HOUSE),
            hot_water_heat_kwh=each.hot_water_heat_kwh * factor,
        )
        for each in years[0]
    ]
    house, slope_after, effect = fitted(years, changed, range(10))
    assert house.slope == pytest.approx(HOUSE.slope, abs=1e-6)
    assert slope_after == pytest.approx(SLOPE_AFTER, abs=0.01)
    assert effect == pytest.approx(HOT_WATER_EFFECT, abs=1e-6)
    assert house.scatter == pytest.approx(HOUSE.scatter, rel=0.3)
    assert house.loss_kwh_per_k == pytest.approx(HOUSE.loss_kwh_per_k, rel=0.1)
    far = replace(house, carnot_share=1.2 * house.carnot_share)
    assert not all(each.agrees for each in agreements(years, far, range(10)))
    found = agreements(years, house, range(10))
    assert sum(each.agrees for each in found) >= len(found) - 2


def test_winters() -> None:
    """A fault that is found too late or not at all is missed, and a false alarm, too."""
    healthy = WinterRow(
        variant="air",
        seed=1,
        name=HEALTHY,
        asked_days=None,
        found_after_h=None,
        others=(),
    )
    fault = FAULTS[0]
    found = replace(
        healthy, name=fault.name, asked_days=fault.asked_days, found_after_h=10.0
    )
    assert not any(row.missed for row in winter_rows([healthy, found]))
    late = replace(found, found_after_h=24.0 * 30, others=("flow",))
    unseen = replace(found, found_after_h=None)
    false = replace(healthy, others=("flow",))
    for rows in ([healthy, late], [healthy, unseen], [false, found]):
        assert sum(bool(row.missed) for row in winter_rows(rows)) == 1
    assert "also flow 1x" in list(winter_rows([healthy, late]))[1].measured


def test_days_are_read_again() -> None:
    """A day is the same after JSON."""
    (day, *_) = days = days_of(House(), 1, before=5)
    assert [day_of(each) for each in as_json(days)] == days
    assert date.fromisoformat(day.day) < CHANGE_DAY


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep records somewhere else."""
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    return tmp_path


def rows_of(part: str, seeds: int = 3) -> list[Row]:
    """Return the rows of a part of the table."""
    options = Namespace(record=False, variant=None, part=part, seeds=seeds)
    with ThreadPoolExecutor(1) as pool:
        return command.rows(options, pool, lambda _: None)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("part", ["model", "winters"])
def test_nothing_recorded(part: str) -> None:
    """What was not recorded is missed, and it is said how to record it."""
    (row,) = rows_of(part)
    assert "changes --record" in str(row.missed)
    assert records.origin() == "nothing is recorded"


def test_record_is_made_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is recorded, with its commit, and shown from then on."""
    made = []

    def winter() -> list[dict[str, object]]:
        made.append(1)
        row = WinterRow(
            variant="air",
            seed=31,
            name=HEALTHY,
            asked_days=None,
            found_after_h=None,
            others=("flow",),
        )
        return winters.as_json([row])

    record_ = records.Record("winter-air-31", winter)
    monkeypatch.setattr(records, "all_records", lambda: iter([record_]))
    with ThreadPoolExecutor(1) as pool:
        for _ in range(2):
            records.record_missing(pool, lambda _: None)
    assert len(made) == 1
    assert (folder / "winter-air-31.json").exists()
    assert records.origin().startswith("1 records of commit ")
    (row,) = rows_of("winters")
    assert row.missed == "1 winters, air, healthy: alarms: flow 1x, asked none"


def test_drawn_winters_are_rows() -> None:
    """Each change is drawn for each number of days."""
    rows = rows_of("drawn", seeds=2)
    assert len({(row.part, row.figure) for row in rows}) == len(rows) == 12
    assert {row.part for row in rows} == {"2 drawn winters"}
