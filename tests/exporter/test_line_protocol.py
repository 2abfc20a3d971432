"""Points as lines: order, numbers, times, and names with any character."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
import math
import random
import string
from zoneinfo import ZoneInfo

import aiohttp
from hypothesis import given, strategies as st
import pytest
from yarl import URL

from custom_components.heatpump_monitor.exporter.line_protocol import line, milliseconds
from custom_components.heatpump_monitor.exporter.point import Point, point
from custom_components.heatpump_monitor.exporter.targets.base import Target
from custom_components.heatpump_monitor.exporter.targets.influxdb1 import InfluxDb1
from custom_components.heatpump_monitor.exporter.targets.victoria_metrics import (
    VictoriaMetrics,
)
from simulator.databases.line_protocol import parse
from tests.servers import RealInfluxDb, RealVictoriaMetrics

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NASTY = ",= \\\"'\n\r\t\0{}/#é漢😀\u2028ai1."

CONTROL = {*map(chr, range(0x20)), "\x7f", "\x85", "\u2028", "\u2029"}
values = st.text(st.characters(codec="utf-8"), min_size=1)
names = st.text(
    st.characters(codec="utf-8", exclude_characters={"\\", *CONTROL}), min_size=1
)
numbers = st.floats(allow_nan=False, allow_infinity=False)
offsets = st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)


def a_point(
    tags: Mapping[str, str] | None = None,
    fields: Mapping[str, float] | None = None,
    time: datetime = NOON,
) -> Point:
    """Return a point."""
    return Point(
        measurement="hpm_meter",
        tags={"home": "h"} if tags is None else tags,
        fields={"power_w": 27.0} if fields is None else fields,
        time=time,
    )


def written(text: str) -> str:
    """Return what of a text can be written."""
    kept = text.replace("\\", "/")
    return "".join(" " if each in CONTROL else each for each in kept)


def test_tags_and_fields_are_in_order() -> None:
    """The order of the mappings makes no difference."""
    tags = {"meter": "m", "device": "d", "home": "h"}
    fields = {"voltage_v": 230.5, "energy_wh": 1.0, "power_w": 27}
    assert line(a_point(tags, fields)) == (
        "hpm_meter,device=d,home=h,meter=m energy_wh=1.0,power_w=27.0,voltage_v=230.5 "
        "1768478400000"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b", r"a\,b"),
        ("a=b c", r"a\=b\ c"),
        ("a\\", "a/"),
        ("a\\,b", r"a/\,b"),
        ("a\nb\r\tc", r"a\ b\ \ c"),
        ('"a"', '"a"'),
        ("a\ud800", "a?"),
    ],
)
def test_special_characters_are_escaped(text: str, expected: str) -> None:
    """What cannot be escaped in all databases is replaced."""
    assert line(a_point({text: "x"})).startswith(f"hpm_meter,{expected}=x ")
    assert line(a_point({"home": text})).startswith(f"hpm_meter,home={expected} ")


def test_empty_tags_are_left_out() -> None:
    """A tag without a value is no tag."""
    assert line(a_point({"home": "h", "device": ""})).startswith("hpm_meter,home=h ")


@given(st.dictionaries(names, numbers, min_size=1), st.dictionaries(names, values))
def test_a_line_is_read_back(fields: dict[str, float], tags: dict[str, str]) -> None:
    """Whatever names and values are, the strict stand-in reads the same point."""
    identity, read = parse(line(a_point(tags, fields)))
    assert identity.measurement == "hpm_meter"
    assert dict(identity.tags) == {key: written(text) for key, text in tags.items()}
    assert identity.time_ms == milliseconds(NOON)
    assert read == fields


@given(numbers)
def test_numbers_are_exact_and_never_whole(value: float) -> None:
    """The same float comes out; no field has the type integer."""
    text = line(a_point(fields={"x": value})).split(" ")[1].removeprefix("x=")
    assert float(text) == value
    assert not text.endswith("i")
    assert any(each in text for each in ".e")


@given(st.dictionaries(st.sampled_from("abc"), st.floats()))
def test_only_finite_numbers_are_written(fields: dict[str, float]) -> None:
    """NaN and infinity are left out; a point of nothing else is none."""
    finite = {key: value for key, value in fields.items() if math.isfinite(value)}
    made = point("hpm_meter", {}, NOON, fields)
    if finite:
        assert made is not None
        assert made.fields == finite
        assert line(a_point(fields=fields)) == line(a_point(fields=finite))
    else:
        assert made is None
        with pytest.raises(ValueError, match="finite"):
            line(a_point(fields=fields))


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=offsets))
def test_times_are_rounded_once_and_exactly(time: datetime) -> None:
    """The nearest millisecond, the later one of two; the time zone does not matter."""
    microseconds = (time - EPOCH) // timedelta(microseconds=1)
    expected = math.floor(Fraction(microseconds, 1000) + Fraction(1, 2))
    assert milliseconds(time) == expected
    assert milliseconds(time.astimezone(UTC)) == expected


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    """A local time of the night when clocks are set back is not ambiguous."""
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=berlin)
    assert milliseconds(first.replace(fold=1)) - milliseconds(first) == 3_600_000


def test_a_time_without_zone_is_refused() -> None:
    """Nobody can say which moment it is."""
    with pytest.raises(TypeError):
        milliseconds(datetime(2026, 1, 15))


def strange_texts(count: int) -> list[str]:
    """Return texts of characters that mean something somewhere."""
    chosen = random.Random(20_260_115)
    made = {
        "".join(chosen.choices(NASTY, k=chosen.randint(1, 8))) for _ in range(count)
    }
    return sorted(made | {each + "x" for each in string.printable} | set(NASTY))


async def write_strange(target: Target) -> dict[str, float]:
    """Write a point of each text as tag; return the values by what was written."""
    values = {written(text): float(at) for at, text in enumerate(strange_texts(300))}
    lines = [
        target.encode(
            Point(
                measurement="strange",
                tags={"home": text},
                fields={"x": value},
                time=NOON,
            )
        )
        for text, value in values.items()
    ]
    await target.write(lines)
    return values


async def test_influxdb_reads_strange_tags_back(
    influxdb: RealInfluxDb, http_session: aiohttp.ClientSession
) -> None:
    """Every value of a tag arrives in InfluxDB 1 as it was written."""
    target = InfluxDb1(
        http_session,
        URL(influxdb.url),
        database=influxdb.database,
        username=influxdb.username,
        password=influxdb.password,
    )
    values = await write_strange(target)
    series = await influxdb.query('SELECT "x" FROM "strange" GROUP BY "home"')
    assert {each["tags"]["home"]: each["values"][0][1] for each in series} == values


async def test_victoria_metrics_reads_strange_tags_back(
    victoria_metrics: RealVictoriaMetrics, http_session: aiohttp.ClientSession
) -> None:
    """Every value of a tag arrives in VictoriaMetrics as it was written."""
    values = await write_strange(
        VictoriaMetrics(http_session, URL(victoria_metrics.url))
    )
    series = await victoria_metrics.export("strange_x")
    assert {each["metric"]["home"]: each["values"][0] for each in series} == values
