"""What is sent is what the cards read: the contract in TypeScript, field by field."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
import re
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest

from custom_components.heatpump_monitor.changes import looks
from custom_components.heatpump_monitor.frontend import (
    alarms,
    changes,
    expected,
    exports,
    health,
    history,
    house,
    live,
    meters,
    websocket,
)
from custom_components.heatpump_monitor.house_meter import model
from custom_components.heatpump_monitor.performance.effect import result
from custom_components.heatpump_monitor.performance.expected import fleet
from custom_components.heatpump_monitor.performance.expected.heat_loss import HeatLoss
from custom_components.heatpump_monitor.performance.expected.outlook import Recent
from custom_components.heatpump_monitor.performance.flags import FlagKind
from custom_components.heatpump_monitor.performance.plant import HeatMethod, SourceKind
from custom_components.heatpump_monitor.performance.totals import periods, report
from custom_components.heatpump_monitor.readings import Mode, Role
from tests.household import Household
from tests.validation.package import ROOT, descriptions

from .conftest import Opener

_SOURCE = ROOT / "frontend" / "src"
_DATA = _SOURCE / "data"
_CONTRACT = re.sub(
    r"/\*\*.*?\*/", "", (_DATA / "contract.ts").read_text(), flags=re.DOTALL
)
_FIELD = re.compile(r"^\s*(\w+)\??:(.*)$", re.DOTALL)


def _body(text: str) -> str:
    """Return what is between the first brace and its partner."""
    start = text.index("{")
    depth = 0
    for place, char in enumerate(text[start:], start):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if not depth:
            return text[start + 1 : place]
    raise ValueError(text)


def _parts(body: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the type of each field."""
    depth, part = 0, ""
    for char in f"{body};":
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char == ";" and not depth:
            if found := _FIELD.match(part):
                yield found[1], found[2]
            part = ""
        else:
            part += char


def fields_of(interface: str) -> dict[str, str]:
    """Return the types of an interface's fields; `Live.run` is one within."""
    name, *inner = interface.split(".")
    body = _body(_CONTRACT[_CONTRACT.index(f"export interface {name} ") :])
    for each in inner:
        body = _body(dict(_parts(body))[each])
    return dict(_parts(body))


def may_be_null(kind: str) -> bool:
    """Return whether a field itself may be null, and not only what is within."""
    outer = re.sub(r"\{.*\}", "", kind, flags=re.DOTALL)
    outer = re.sub(r"<.*>", "", outer, flags=re.DOTALL)
    outer = re.sub(r"\(.*?\)", "", outer, flags=re.DOTALL)
    return "null" in outer


@pytest.mark.parametrize(
    ("interface", "sent"),
    [
        ("Source", live.Source),
        ("Meter", meters.Meter),
        ("Circuit", live.Circuit),
        ("Live", live.Live),
        ("Live.calls", live.Calls),
        ("Live.run", live.Run),
        ("Live.maker", live.Maker),
        ("Bucket", history.Day),
        ("Bucket.modes", history.DayMode),
        ("Run", history.PastRun),
        ("Run.defrosts", history.Defrost),
        ("Moment", history.Moment),
        ("Flag", history.Finding),
        ("Health", health.Health),
        ("RaisedAlarm", alarms.RaisedAlarm),
        ("Alarms", alarms.Alarms),
        ("OverAlarm", alarms.OverAlarm),
        ("Expected", expected.Expected),
        ("Export", exports.Export),
        ("ExpectedMode", expected.ExpectedMode),
        ("Recent", Recent),
        ("Standing", fleet.Standing),
        ("Changes", changes.Changes),
        ("ChangeEntry", changes.ChangeEntry),
        ("CircuitCurves", changes.CircuitCurves),
        ("Curve", changes.Curve),
        ("Look", looks.Look),
        ("Effect", result.Effect),
        ("Side", result.Side),
        ("EffectFigures", result.Figures),
        ("BeforeAfter", result.BeforeAfter),
        ("Yearly", result.Yearly),
        ("Estimate", result.Estimate),
        ("HeatLoss", HeatLoss),
        ("ModeSums", report.ModeReport),
        ("Figures", report.Report),
        ("BoundaryPart", periods.BoundaryPart),
        ("House", house.House),
        ("House.billing", model.Billing),
        ("RunningQuarter", model.RunningQuarter),
        ("MonthPeak", model.MonthPeak),
        ("QuarterHour", house.QuarterHour),
        ("HouseDay", house.HouseDay),
        ("HouseDay.peak", house.HousePeak),
    ],
)
def test_fields(interface: str, sent: type) -> None:
    """Each field is sent, and is null only where the cards expect it."""
    assert is_dataclass(sent)
    wanted, hints = fields_of(interface), get_type_hints(sent)
    names = {each.name for each in fields(sent)}
    # The report has more, for the action.
    assert set(wanted) <= names if sent is report.Report else set(wanted) == names
    for name, kind in wanted.items():
        is_optional = hints[name] is NoneType or NoneType in get_args(hints[name])
        assert may_be_null(kind) or not is_optional, name


def test_parsing() -> None:
    """The contract is read as it is meant."""
    assert set(fields_of("Live.run")) == {"start", "cop", "cop_without_heater"}
    types = fields_of("Health")
    assert not may_be_null("(number | null)[]")
    assert may_be_null(types["calls"])
    assert may_be_null(types["hours_to_recover"])
    assert not may_be_null(fields_of("Bucket")["modes"])


def test_commands() -> None:
    """Each question of the cards has an answer."""
    asked = re.findall(r'ask<[^(]*\(hass, "(\w+)"', (_DATA / "ask.ts").read_text())
    asked += re.findall(
        r'type: "heatpump_monitor/(\w+)"', (_DATA / "live.ts").read_text()
    )
    commands: tuple[Any, ...] = websocket._COMMANDS  # noqa: SLF001
    answered = {each._ws_command.partition("/")[2] for each in commands}  # noqa: SLF001
    assert set(asked) == answered


def test_words() -> None:
    """Modes and sources are those of the contract; flags and methods have texts."""
    (modes,) = re.findall(r"export type Mode = (.*);", _CONTRACT)
    assert set(re.findall(r'"(\w+)"', modes)) == set(Mode)
    sources = fields_of("Live")["source_kind"]
    assert set(SourceKind) <= set(re.findall(r'"(\w+)"', sources))
    words = "".join(each.read_text() for each in (_SOURCE / "lib" / "texts").iterdir())
    texts = set(re.findall(r"^  (\w+): \[", words, re.MULTILINE))
    (roles,) = re.findall(r"export type MeterRole =(.*?);", _CONTRACT, re.DOTALL)
    assert set(re.findall(r'"(\w+)"', roles)) == set(Role)
    assert {f"role_{role}" for role in Role} <= texts
    assert {f"method_{method}" for method in HeatMethod} <= texts
    assert {f"flag_{kind}" for kind in FlagKind} <= texts
    assert {f"flag_{kind}_so" for kind in FlagKind} <= texts
    assert {f"fleet_{unknown}" for unknown in fleet.Unknown} <= texts
    assert {f"severity_{severity}" for severity in alarms.Severity} <= texts


def test_entities() -> None:
    """The dashboard looks for entities that there are."""
    script = (_SOURCE / "strategy" / "temperatures.ts").read_text()
    lists = re.findall(r"^const \w+ = \[(.*?)\];", script, re.DOTALL | re.MULTILINE)
    keys = {key for found in lists for key in re.findall(r'"(\w+)"', found)}
    sensors = "heat_pump", "meter", "periods", "totals", "status"
    described = {
        each.key
        for name in sensors
        for each in descriptions(f"sensors.{name}").values()
    }
    assert {"power", "thermal_power", "supply_temperature"} <= keys <= described


async def test_what_has_no_class(household: Household, open_page: Opener) -> None:
    """The entries, and the parts of a unit, as they are sent."""
    await household.set_up()
    page = await open_page()
    (entry,) = await page.ask("entries")
    assert entry.keys() == fields_of("HeatPumpEntry").keys()
    assert entry["has"].keys() == fields_of("HeatPumpEntry.has").keys()
    await page.ask("live")
    assert (await page.event())["has"].keys() == fields_of("Live.has").keys()
