"""The dashboards for Grafana, and every query of them against a real database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
import json
from typing import Any, Final

import pytest

from tools.dashboards.dashboards import FOLDER, built
from tools.dashboards.heat_pump import LEAST_PAIRED_DAYS

from .asking import Asked, InfluxDB, Series, VictoriaMetrics
from .filled import (
    DAYS,
    NORTH,
    NOW,
    PAIRED,
    PEAK,
    PEAK_W,
    SOUTH,
    SUMMER,
    WINTER,
    ZONE,
    average_w,
    day_s,
    electricity_wh,
    heat_wh,
    import_wh,
    jaz,
    midnight,
    paired_wh,
    quarters,
    share_wh,
)

_UNITS: Final = {
    *("watt", "kwatth", "celsius", "percent", "percentunit"),
    *("h", "d", "dBm", "none"),
}
_PATHS: Final = sorted(built())
_DATABASES: Final = ["victoria_metrics", "influxdb"]
_HOUR: Final = timedelta(hours=1)


def _load(path: str) -> dict[str, Any]:
    return dict(json.loads((FOLDER / path).read_text()))


def _panels() -> Iterator[tuple[str, str]]:
    for path in _PATHS:
        for panel in _load(path)["panels"]:
            yield path, panel["title"]


@pytest.fixture(params=_DATABASES)
def database(request: pytest.FixtureRequest) -> VictoriaMetrics | InfluxDB:
    """Return each of the filled databases."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, VictoriaMetrics | InfluxDB)
    return found


def _shown(
    database: VictoriaMetrics | InfluxDB,
    dashboard: str,
    title: str,
    home: str = NORTH,
    shown: timedelta = timedelta(days=7),
) -> Series:
    is_influx = isinstance(database, InfluxDB)
    content = _load(f"{_DATABASES[is_influx]}/{dashboard}.json")
    (panel,) = [each for each in content["panels"] if each["title"] == title]
    asked = Asked(panel=panel, home=home, shown=shown)
    series: Series = {}
    for target in panel["targets"]:
        series |= database.ask(asked, target)
    return series


def _by_day(values: dict[datetime, float]) -> dict[datetime, float]:
    """Return values by the midnight that is at most an hour away."""
    found = {}
    for at, value in values.items():
        (near,) = {
            midnight((at + off).astimezone(ZONE).date())
            for off in (-_HOUR, timedelta(0), _HOUR)
            if abs(midnight((at + off).astimezone(ZONE).date()) - at) <= _HOUR
        }
        assert near not in found
        found[near] = value
    return found


def test_committed() -> None:
    """The committed dashboards are what is built."""
    committed = {
        str(path.relative_to(FOLDER)): json.loads(path.read_text())
        for path in FOLDER.rglob("*.json")
    }
    assert committed == built(), "run python -m tools.dashboards"


@pytest.mark.parametrize("path", _PATHS)
def test_structure(path: str) -> None:
    """Grafana can read it: ids, places, sources, units and variables."""
    dashboard = _load(path)
    assert dashboard["schemaVersion"] == 39
    assert 0 < len(dashboard["uid"]) <= 40
    panels = dashboard["panels"]
    assert [panel["id"] for panel in panels] == list(range(1, len(panels) + 1))
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells = {
            (place["x"] + x, place["y"] + y)
            for x in range(place["w"])
            for y in range(place["h"])
        }
        assert not cells & taken
        taken |= cells
        assert panel["type"] in {"stat", "timeseries"}
        assert panel["fieldConfig"]["defaults"]["unit"] in _UNITS
        refs = [target["refId"] for target in panel["targets"]]
        assert refs
        assert len(set(refs)) == len(refs)
    names = {each["name"]: each for each in dashboard["templating"]["list"]}
    assert list(names) == ["datasource", "home", "device"]
    kind = "prometheus" if path.startswith("victoria") else "influxdb"
    assert names["datasource"]["query"] == kind
    sources = [
        *(each["datasource"] for each in (names["home"], names["device"])),
        *(panel["datasource"] for panel in panels),
        *(target["datasource"] for panel in panels for target in panel["targets"]),
    ]
    assert all(each == {"type": kind, "uid": "${datasource}"} for each in sources)


def test_uids() -> None:
    """No two dashboards have the same uid."""
    uids = [_load(path)["uid"] for path in _PATHS]
    assert len(set(uids)) == len(uids)


@pytest.mark.parametrize(("path", "title"), list(_panels()))
def test_every_query(
    path: str, title: str, victoria_metrics: VictoriaMetrics, influxdb: InfluxDB
) -> None:
    """Each target of each panel shows something of each home."""
    database = victoria_metrics if path.startswith("victoria") else influxdb
    (panel,) = [each for each in _load(path)["panels"] if each["title"] == title]
    for target in panel["targets"]:
        for home in NORTH, SOUTH:
            found = database.ask(Asked(panel=panel, home=home), target)
            if title == "JAZ" and home == SOUTH:
                assert not any(found.values()), "of a young heat pump"
            else:
                assert found
                assert all(found.values()), target
        none = database.ask(Asked(panel=panel, home="nowhere"), target)
        assert not any(none.values())


def test_variables(victoria_metrics: VictoriaMetrics, influxdb: InfluxDB) -> None:
    """Homes and devices are found by the dashboards' own queries."""
    for dashboard in "heat_pump", "house", "probes":
        content = _load(f"victoria_metrics/{dashboard}.json")
        of_home = content["templating"]["list"][1]["query"]["query"]
        metric = of_home.removeprefix("label_values(").removesuffix(", home)")
        found = victoria_metrics.get("label/home/values", **{"match[]": metric})
        assert found["data"] == [NORTH, SOUTH]
        content = _load(f"influxdb/{dashboard}.json")
        for variable, values in zip(
            content["templating"]["list"][1:],
            (["north", "south"], ["vitocal"]),
            strict=True,
        ):
            query = variable["query"].replace("$home", NORTH)
            (series,) = influxdb.run(query)
            assert [row[1] for row in series["values"]] == values


@pytest.mark.parametrize("home", [NORTH, SOUTH])
def test_days(database: VictoriaMetrics | InfluxDB, home: str) -> None:
    """Every day has its own value once: corrected, of 23 and of 25 hours."""
    series = _shown(database, "heat_pump", "Electricity and heat per day", home)
    heat = _by_day(series["Heat"])
    days = [day for day in DAYS[-30:] if midnight(day) >= min(heat)]
    assert len(days) >= 29
    assert WINTER in days
    assert heat == {
        midnight(day): pytest.approx(heat_wh(home, day) / 1000) for day in days
    }
    assert _by_day(series["Electricity"]) == {
        midnight(day): pytest.approx(electricity_wh(day) / 1000) for day in days
    }


def test_cop_per_day(database: VictoriaMetrics | InfluxDB) -> None:
    """A year of days, both with 23 and with 25 hours."""
    cops = _by_day(_shown(database, "heat_pump", "COP per day")["COP"])
    assert {midnight(SUMMER), midnight(WINTER)} <= cops.keys()
    assert cops == {
        midnight(day): pytest.approx(heat_wh(NORTH, day) / paired_wh(day))
        for day in DAYS
    }


@pytest.mark.parametrize("minutes", range(-600, 601, 120))
def test_other_alignment(victoria_metrics: VictoriaMetrics, minutes: int) -> None:
    """A day is found wherever within 10 h of its midnight it is looked for."""
    content = _load("victoria_metrics/heat_pump.json")
    (panel,) = [each for each in content["panels"] if each["title"] == "COP per day"]
    asked = Asked(panel=panel, home=NORTH)
    start = asked.aligned_start() + timedelta(minutes=minutes)
    found = victoria_metrics.ask(asked, panel["targets"][0], start)["COP"]
    expected = [heat_wh(NORTH, day) / paired_wh(day) for day in DAYS]
    assert list(found.values()) == pytest.approx(expected)


def test_jaz(database: VictoriaMetrics | InfluxDB) -> None:
    """Sums of corrected days before the ratio; none of a heat pump that is young."""
    assert PAIRED * len(DAYS) >= LEAST_PAIRED_DAYS
    (value,) = _shown(database, "heat_pump", "JAZ")["JAZ"].values()
    assert value == pytest.approx(jaz())
    of_south = _shown(database, "heat_pump", "JAZ", SOUTH)
    assert not any(of_south.values())
    (days,) = _shown(database, "heat_pump", "Known of 365 days")["Days"].values()
    assert days == pytest.approx(PAIRED * sum(map(day_s, DAYS)) / 86_400)


@pytest.mark.parametrize(
    "start",
    [
        midnight(WINTER),
        midnight(NOW.date().replace(day=1)),
        *(NOW.astimezone(UTC) - timedelta(days=days) for days in (2, 7, 300)),
    ],
)
def test_time_shown(database: VictoriaMetrics | InfluxDB, start: datetime) -> None:
    """Heat and COP of the full days of the time shown."""
    of_days = [day for day in DAYS if midnight(day) >= start]
    for title, expected in (
        ("Heat", sum(heat_wh(NORTH, day) for day in of_days) / 1000),
        ("Electricity", sum(map(electricity_wh, of_days)) / 1000),
        (
            "COP of the time shown",
            sum(heat_wh(NORTH, day) for day in of_days) / sum(map(paired_wh, of_days)),
        ),
    ):
        found = _shown(database, "heat_pump", title, shown=NOW - start)
        ((value,),) = (each.values() for each in found.values())
        assert value == pytest.approx(expected), title


def test_coverage(database: VictoriaMetrics | InfluxDB) -> None:
    """A day of 25 hours has 25."""
    shown = _shown(database, "heat_pump", "Coverage: known hours per day")
    assert _by_day(shown["Electricity"])[midnight(WINTER)] == pytest.approx(25)
    paired = _by_day(shown["Electricity and heat"])[midnight(WINTER)]
    assert paired == pytest.approx(PAIRED * 25)


def test_power(database: VictoriaMetrics | InfluxDB) -> None:
    """Of each meter of this home."""
    shown = timedelta(hours=1)
    series = _shown(database, "heat_pump", "Power of the meters", shown=shown)
    assert set(series["total"].values()) == {1_800.0}
    assert set(series["backup_heater"].values()) == {60.0}
    assert len(series["total"]) >= 60
    assert _shown(database, "heat_pump", "Power", SOUTH)["total"].popitem()[1] == 3_600


def test_cop_of_intervals(database: VictoriaMetrics | InfluxDB) -> None:
    """Those of intervals, never a mean of them."""
    shown = _shown(database, "heat_pump", "COP of each interval")["COP"]
    assert set(shown.values()) <= {3.0, 4.0}


def test_peak(database: VictoriaMetrics | InfluxDB) -> None:
    """The corrected value of the highest quarter-hour, and where it is."""
    peak = _shown(database, "house", "Highest quarter-hour of this month")
    assert list(peak["Counted"].values()) == [PEAK_W]
    by_meter = _shown(database, "house", "Month's peak by the meter")
    assert list(by_meter["By the meter"].values()) == [PEAK_W]
    shown = _shown(database, "house", "Quarter-hours")["Average"]
    assert shown[PEAK.astimezone(UTC)] == PEAK_W
    starts = [start for start in quarters() if start in shown]
    assert len(starts) >= 7 * 96 - 1
    assert shown == {start: average_w(start) for start in starts}


def test_quarters_of_a_long_time(database: VictoriaMetrics | InfluxDB) -> None:
    """With longer steps, the highest is still there, and no wrong one."""
    shown = _shown(database, "house", "Quarter-hours", shown=timedelta(days=35))
    assert max(shown["Average"].values()) == PEAK_W


def test_import_per_day(database: VictoriaMetrics | InfluxDB) -> None:
    """By the registers and by the quarter-hours; not on days of 23 and 25 hours."""
    by_register = _shown(database, "house", "Import and export per day")
    by_quarter = _shown(database, "house", "Import and heat pumps per day")
    imported: dict[datetime, float] = {}
    shares: dict[datetime, float] = {}
    for start in quarters():
        day = midnight(start.astimezone(ZONE).date())
        imported[day] = imported.get(day, 0) + import_wh(start) / 1000
        shares[day] = shares.get(day, 0) + share_wh(start) / 1000
    days = [midnight(day) for day in DAYS[-12:]]
    registers = _by_day(by_register["Import"])
    exports = _by_day(by_register["Export"])
    averages = _by_day(by_quarter["Import"])
    drawn = _by_day(by_quarter["vitocal"])
    for day in days:
        # At the last reading of a day, a quarter-hour before its end.
        assert registers[day] == pytest.approx(imported[day], abs=0.5)
        assert exports[day] == pytest.approx(imported[day] / 2, abs=0.25)
        assert averages[day] == pytest.approx(imported[day])
        assert drawn[day] == pytest.approx(shares[day])


def test_share(database: VictoriaMetrics | InfluxDB) -> None:
    """What the heat pump drew of what was imported."""
    shown = _shown(database, "house", "Import, and heat pumps")
    ((imported,), (drawn,)) = (shown[key].values() for key in ("Import", "vitocal"))
    assert drawn == pytest.approx(imported * 0.2)
    starts = [start for start in quarters() if start >= NOW - timedelta(days=7)]
    assert imported == pytest.approx(sum(map(import_wh, starts)) / 1000)


def test_probes(database: VictoriaMetrics | InfluxDB) -> None:
    """By the names of the probes."""
    shown = _shown(database, "probes", "Temperatures", shown=timedelta(hours=2))
    assert set(shown["roast"].values()) == {60.0}
    assert set(shown["pit"].values()) == {120.0}
