"""Points of two homes, as an export sends them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from custom_components.heatpump_monitor.exporter.point import Point, point

ZONE: Final = ZoneInfo("Europe/Berlin")
NOW: Final = datetime(2025, 11, 10, 12, tzinfo=ZONE)
NORTH: Final = "north"
SOUTH: Final = "south"
"""Its heat pump is twice as good, and young."""
DEVICE: Final = "vitocal"
"""Both homes call it the same."""

DAYS: Final = [date(2024, 11, 20) + timedelta(each) for each in range(355)]
"""That ended, of which the heat pump of the north has figures."""
SUMMER, WINTER = date(2025, 3, 30), date(2025, 10, 26)
CORRECTED: Final = {
    date(2025, 3, 29): 2,
    SUMMER: 1,
    date(2025, 3, 31): 3,
    date(2025, 10, 25): 1,
    WINTER: 2,
    date(2025, 10, 27): 1,
    DAYS[-1]: 2,
}
"""How often these days were corrected."""
PAIRED: Final = 0.95
_FACTOR: Final = {NORTH: 1.0, SOUTH: 2.0}
_FIRST: Final = {NORTH: DAYS[0], SOUTH: date(2025, 9, 1)}
PEAK: Final = datetime(2025, 11, 3, 18, 15, tzinfo=ZONE)
PEAK_W: Final = 5_200.0
_QUARTER: Final = timedelta(minutes=15)
QUARTERS: Final = 40 * 96


def midnight(day: date) -> datetime:
    """Return when a day begins, in UTC."""
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def day_s(day: date) -> float:
    """Return how long a day is."""
    return (midnight(day + timedelta(1)) - midnight(day)).total_seconds()


def electricity_wh(day: date) -> float:
    """Return what the heat pump drew on a day."""
    return 8_000.0 + 100 * (day.toordinal() % 37)


def heat_wh(home: str, day: date) -> float:
    """Return the heat of a day."""
    return _FACTOR[home] * (25_000.0 + 170 * (day.toordinal() % 53))


def paired_wh(day: date) -> float:
    """Return the electricity of a day that made its heat."""
    return 0.9 * electricity_wh(day)


def jaz() -> float:
    """Return the JAZ of the north."""
    heat = sum(heat_wh(NORTH, day) for day in DAYS)
    return heat / sum(paired_wh(day) for day in DAYS)


def quarters() -> list[datetime]:
    """Return the starts of all quarter-hours, in UTC."""
    end = NOW.astimezone(UTC)
    return [end - _QUARTER * each for each in range(QUARTERS, 0, -1)]


def average_w(start: datetime) -> float:
    """Return the average of a quarter-hour."""
    if start == PEAK.astimezone(UTC):
        return PEAK_W
    return 300.0 + 40 * (int(start.timestamp()) // 900 % 41)


def import_wh(start: datetime) -> float:
    """Return the energy of a quarter-hour."""
    return average_w(start) / 4


def share_wh(start: datetime) -> float:
    """Return what of it the heat pump drew."""
    return import_wh(start) / 5


def points(home: str, *, replaces: bool) -> list[Point]:
    """Return all that a home sends, as it is sent to a database that (not) replaces."""
    made = [
        *_days(home),
        *_quarters(home),
        *_house(home),
        *_meters(home),
        *_heat_pump(home),
        *_probes(home),
    ]
    seen: dict[tuple[str, datetime, str], int] = {}
    sent = []
    for each in made:
        key = each.measurement, each.time, repr(sorted(each.tags.items()))
        corrections = seen.get(key, -1) + 1
        seen[key] = corrections
        sent.append(each if replaces else each.after(corrections))
    return sent


def _known(
    home: str, measurement: str, at: datetime, values: dict[str, float], **tags: str
) -> Point:
    made = point(measurement, {"home": home, "device": DEVICE, **tags}, at, values)
    assert made is not None
    return made


def _days(home: str) -> Iterator[Point]:
    for day in DAYS:
        if day < _FIRST[home]:
            continue
        for wrong in range(CORRECTED.get(day, 0), -1, -1):
            yield _known(
                home,
                "hpm_day",
                midnight(day),
                {
                    "electricity_wh": electricity_wh(day),
                    "metered_s": day_s(day),
                    "paired_electricity_wh": paired_wh(day),
                    "heat_wh": heat_wh(home, day) + 11_111 * wrong,
                    "paired_s": PAIRED * day_s(day),
                    "starts": 7.0,
                    "outside_c": -3.0,
                    "heating_electricity_wh": 0.6 * electricity_wh(day),
                    "hot_water_electricity_wh": 0.2 * electricity_wh(day),
                    "cooling_electricity_wh": 0.05 * electricity_wh(day),
                    "defrost_electricity_wh": 0.1 * electricity_wh(day),
                    "standby_electricity_wh": 0.05 * electricity_wh(day),
                },
            )


def _quarters(home: str) -> Iterator[Point]:
    for start in quarters():
        wrong_w = [9_000.0, 8_000.0] if start == PEAK.astimezone(UTC) else []
        for power_w in [*wrong_w, average_w(start)]:
            of_home = power_w * _FACTOR[home]
            values = {"average_w": of_home, "import_wh": of_home / 4}
            yield _known(home, "hpm_quarter", start, {**values, "is_complete": 1.0})
        share = {"energy_wh": share_wh(start)}
        yield _known(home, "hpm_quarter_share", start, share, heat_pump=DEVICE)


def _house(home: str) -> Iterator[Point]:
    imported = 1_234_567.0
    for start, end in pairwise(quarters()):
        imported += import_wh(start) * _FACTOR[home]
        values = {
            "power_w": -250.0 * _FACTOR[home],
            "import_wh": imported,
            "export_wh": 5_000.0 + imported / 2,
            "month_peak_w": PEAK_W,
        }
        yield _known(home, "hpm_house", end, values)


def _every(step: timedelta, times: int) -> list[datetime]:
    return [NOW.astimezone(UTC) - step * each for each in range(times, -1, -1)]


def _meters(home: str) -> Iterator[Point]:
    for at in _every(timedelta(seconds=10), 720):
        for meter, power_w in ("total", 1_800.0), ("backup_heater", 60.0):
            values = {"power_w": power_w * _FACTOR[home], "energy_wh": 1_000.0}
            yield _known(home, "hpm_meter", at, values, meter=meter)


def _heat_pump(home: str) -> Iterator[Point]:
    fields = (
        "supply_c return_c outside_c source_in_c source_out_c hot_water_c buffer_c "
        "modulation_pct"
    )
    for number, at in enumerate(_every(timedelta(minutes=5), 288)):
        values = dict.fromkeys(fields.split(), 30.0 * _FACTOR[home])
        yield _known(home, "hpm_heat_pump", at, values)
        cop = (3.0 + number % 2) * _FACTOR[home]
        yield _known(home, "hpm_interval", at, {"seconds": 300.0, "cop": cop})


def _probes(home: str) -> Iterator[Point]:
    for at in _every(timedelta(minutes=1), 120):
        for probe, celsius in ("roast", 60.0), ("pit", 120.0):
            values = {
                "temperature_c": celsius * _FACTOR[home],
                "battery_pct": 80.0,
                "signal_dbm": -60.0,
            }
            yield _known(home, "hpm_probe", at, values, probe=probe)
