"""The simulated smart meter: quarter-hours, tariffs, months, and its own clock."""

from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest

from simulator import Equipment, House, SmartMeter, Variant
from simulator.homewizard import ANOTHER_METER
from simulator.homewizard.p1_fields import Reply, crc16, data_v1, measurement, raw
from simulator.homewizard.p1_meter import TIME_ZONE, USUAL_METER

from .conftest import NOON_S, steady_plant

DAY_S = 86_400


def at(text: str, *, fold: int = 0) -> float:
    """Return the moment of a local time."""
    return datetime.fromisoformat(text).replace(tzinfo=TIME_ZONE, fold=fold).timestamp()


def meter_of(start_s: float, base_w: float = 1000.0) -> SmartMeter:
    """Return the meter of a house that draws constant power."""
    house = House(
        [],
        seed=1,
        start_s=start_s,
        live_from_s=start_s,
        equipment=Equipment(appliances=False, photovoltaics=False),
    )
    house.draw_more(base_w, now_s=start_s, for_s=100 * DAY_S)
    return SmartMeter(house=house)


def registers_wh(meter: SmartMeter, now_s: float) -> dict[str, float]:
    """Return by how much each register grew since the meter was installed."""
    telegram = meter.telegram(now_s)
    before = telegram.identity
    return {
        "day": telegram.import_wh[1] - before.import_wh[1],
        "night": telegram.import_wh[2] - before.import_wh[2],
    }


def fields_of(meter: SmartMeter, now_s: float, reply: Reply = Reply.FULL) -> Any:
    """Return the newest measurement."""
    return measurement(meter.telegram(now_s), reply)


def test_running_quarter() -> None:
    """The average starts at 0 and climbs to that of the whole quarter-hour."""
    meter = meter_of(NOON_S)
    averages = [meter.telegram(NOON_S + s).average_w for s in (0, 9, 450, 899, 900)]
    assert averages == pytest.approx([0, 10, 500, 998.9, 0], abs=0.1)


def test_month_peak_is_the_highest_quarter() -> None:
    """It has the quarter's end as its time, and only more replaces it."""
    meter = meter_of(NOON_S)
    house = meter.house
    house.draw_more(4000, now_s=NOON_S + 1000, for_s=450)
    house.draw_more(4000, now_s=NOON_S + 4000, for_s=450)
    assert meter.telegram(NOON_S + 890).peak is None
    first = meter.telegram(NOON_S + 900).peak
    assert first is not None
    assert first.average_w == pytest.approx(1000)
    peak = meter.telegram(NOON_S + 9000).peak
    assert peak is not None
    # 450 of 900 seconds.
    assert peak.average_w == pytest.approx(3000)
    assert peak.ended_at == datetime(2026, 1, 15, 12, 30)
    start_s, end_s = NOON_S + 900, NOON_S + 1800
    truth_wh = house.at(end_s).import_wh - house.at(start_s).import_wh
    assert peak.average_w == pytest.approx(truth_wh * 4)


def test_month_begins_by_local_time() -> None:
    """The last quarter-hour of a month is the old month's; then none is known."""
    meter = meter_of(at("2026-01-31T22:00"))
    meter.house.draw_more(5000, now_s=at("2026-01-31T23:45"), for_s=900)
    before = meter.telegram(at("2026-01-31T23:59:59")).peak
    assert before is not None
    assert before.average_w == pytest.approx(1000)
    assert meter.telegram(at("2026-02-01T00:00")).peak is None
    assert meter.telegram(at("2026-02-01T00:14:59")).peak is None
    after = meter.telegram(at("2026-02-01T00:15")).peak
    assert after is not None
    assert after.average_w == pytest.approx(1000)
    assert after.ended_at == datetime(2026, 2, 1, 0, 15)


@pytest.mark.parametrize(
    ("start", "end", "day_h", "night_h"),
    [
        ("2026-01-15T21:00", "2026-01-16T08:00", 2, 9),
        ("2026-01-16T21:00", "2026-01-19T08:00", 2, 57),
        # The days of 23 and 25 hours are Sundays.
        ("2026-03-28T12:00", "2026-03-30T12:00", 5, 42),
        ("2026-10-24T12:00", "2026-10-26T12:00", 5, 44),
    ],
)
def test_tariffs(start: str, end: str, day_h: float, night_h: float) -> None:
    """On working days from 7 to 22 it is day, and no energy is lost or doubled."""
    meter = meter_of(at(start))
    counted = registers_wh(meter, at(end))
    assert counted == pytest.approx({"day": 1000 * day_h, "night": 1000 * night_h})


def test_tariff_of_now() -> None:
    """It changes with the first telegram of the hour."""
    meter = meter_of(at("2026-01-19T06:50"))
    assert meter.telegram(at("2026-01-19T06:59:59")).tariff == 2
    assert meter.telegram(at("2026-01-19T07:00")).tariff == 1


def test_hour_that_comes_twice() -> None:
    """Local times without a zone repeat; quarter-hours go on."""
    meter = meter_of(at("2026-10-25T01:00"))
    first, second = at("2026-10-25T02:20"), at("2026-10-25T02:20", fold=1)
    assert second - first == 3600
    telegrams = [meter.telegram(each) for each in (first, second)]
    assert telegrams[0].time == telegrams[1].time == datetime(2026, 10, 25, 2, 20)
    assert [each.is_summer_time for each in telegrams] == [True, False]
    assert "0-0:1.0.0(261025022000S)" in raw(telegrams[0])
    assert [each.average_w for each in telegrams] == pytest.approx(
        [333.3, 333.3], abs=1
    )


def test_clock_that_is_ahead() -> None:
    """Quarter-hours and time stamps follow the meter's clock."""
    meter = meter_of(NOON_S)
    meter.set_clock(7.0, NOON_S + 100)
    assert meter.telegram(NOON_S + 892).average_w == pytest.approx(991, abs=1)
    telegram = meter.telegram(NOON_S + 893)
    assert telegram.average_w == 0
    assert telegram.time == datetime(2026, 1, 15, 12, 15)
    # That quarter-hour was 7 s too short.
    assert telegram.peak is not None
    assert telegram.peak.average_w == pytest.approx(1000 * 893 / 900)


def test_clock_that_is_set_beyond_the_quarter() -> None:
    """The running quarter-hour ends at once, with what was drawn in it."""
    meter = meter_of(NOON_S)
    meter.set_clock(2000.0, NOON_S + 450)
    telegram = meter.telegram(NOON_S + 450)
    assert telegram.average_w == 0
    assert telegram.peak is not None
    assert telegram.peak.average_w == pytest.approx(500)
    assert telegram.peak.ended_at == datetime(2026, 1, 15, 12, 15)
    assert telegram.time == datetime(2026, 1, 15, 12, 40, 50)
    # 250 s until 12:45 by its clock.
    assert meter.telegram(NOON_S + 699).average_w == pytest.approx(276.7, abs=0.1)
    assert meter.telegram(NOON_S + 700).average_w == 0


@pytest.mark.parametrize("offset_s", [-40.0, -0.5, 0.3, 40.0, 2000.0])
def test_setting_the_clock_loses_no_energy(offset_s: float) -> None:
    """Close to a boundary, set ahead or back, all energy is in a register."""
    meter = meter_of(NOON_S)
    meter.telegram(NOON_S + 895)
    for now_s in (NOON_S + 899.6, NOON_S + 1810.4):
        meter.set_clock(offset_s, now_s)
        average_w = meter.telegram(now_s).average_w
        assert 0 <= average_w <= 1100
        meter.set_clock(0.0, now_s + 20)
    counted = registers_wh(meter, NOON_S + 3600)
    assert sum(counted.values()) == pytest.approx(1000)
    assert meter.telegram(NOON_S + 3600).time == datetime(2026, 1, 15, 13, 0)


def test_slow_telegrams() -> None:
    """A meter of DSMR 4 speaks every ten seconds."""
    meter = meter_of(NOON_S)
    meter.period_s = 10
    assert meter.telegram(NOON_S + 19.9).time == datetime(2026, 1, 15, 12, 0, 10)
    assert meter.telegram(NOON_S + 19.9).average_w == pytest.approx(11.1, abs=0.1)


def test_meter_replaced() -> None:
    """Another meter begins with registers and month of its own."""
    meter = meter_of(NOON_S)
    before = fields_of(meter, NOON_S + 1000)
    meter.replace(ANOTHER_METER, NOON_S + 1000)
    after = fields_of(meter, NOON_S + 1360)
    assert before["unique_id"] != after["unique_id"]
    assert before["energy_import_kwh"] > 9000
    assert after["energy_import_kwh"] == 0.1
    assert "monthly_power_peak_w" not in after


def test_registers_have_whole_wh() -> None:
    """Each is cut off at 1 Wh, and the sum is that of what is shown."""
    meter = meter_of(NOON_S)
    fields = fields_of(meter, NOON_S + 3)
    shown = [fields[f"energy_import_t{tariff}_kwh"] for tariff in (1, 2)]
    # 4871250.4 + 0.83, and 5013902.7
    assert shown == [4871.251, 5013.902]
    assert fields["energy_import_kwh"] == pytest.approx(9885.153, abs=1e-9)
    assert sum(USUAL_METER.import_wh.values()) > 9_885_153


def test_phases_are_netted() -> None:
    """One phase may feed in while the others draw; currents add up without sign."""
    meter = meter_of(NOON_S, base_w=3000.0)
    meter.house.draw_more(-1500, now_s=NOON_S, for_s=900, phases="b")
    fields = fields_of(meter, NOON_S + 360)
    assert [fields[f"power_l{phase}_w"] for phase in (1, 2, 3)] == [1000, -500, 1000]
    assert fields["power_w"] == 1500
    assert fields["current_l2_a"] < 0
    assert fields["current_a"] == pytest.approx(2500 / 230, rel=0.05)
    assert registers_wh(meter, NOON_S + 360)["day"] == pytest.approx(150)
    assert fields["energy_export_kwh"] == 8400.929


def test_export_counts_for_no_peak() -> None:
    """A quarter-hour that feeds in has an average of 0, and is a peak of 0."""
    meter = meter_of(NOON_S, base_w=-2000.0)
    fields = fields_of(meter, NOON_S + 1800)
    assert fields["power_w"] == -2000
    assert (fields["average_power_15m_w"], fields["monthly_power_peak_w"]) == (0, 0)
    # 6100731.2 + 1000
    assert fields["energy_export_t1_kwh"] == 6101.731


def test_replies() -> None:
    """A meter may say less: no peaks, or hardly anything."""
    meter = meter_of(NOON_S)
    full = fields_of(meter, NOON_S + 1000)
    assert full["monthly_power_peak_w"] == 1000
    assert full["monthly_power_peak_timestamp"] == "2026-01-15T12:15:00"
    no_peaks = fields_of(meter, NOON_S + 1000, Reply.NO_PEAKS)
    assert full.keys() - no_peaks.keys() == {
        "average_power_15m_w",
        "monthly_power_peak_w",
        "monthly_power_peak_timestamp",
    }
    minimal = fields_of(meter, NOON_S + 1000, Reply.MINIMAL)
    assert set(minimal) == {
        "protocol_version",
        "meter_model",
        "unique_id",
        "timestamp",
        "energy_import_t1_kwh",
        "energy_import_t2_kwh",
        "energy_export_t1_kwh",
        "energy_export_t2_kwh",
        "power_w",
        "power_l1_w",
    }
    assert minimal["power_w"] == minimal["power_l1_w"] == 1000


def test_submeters() -> None:
    """Gas, water and heat come every five minutes; defrost takes no heat back."""
    plant = steady_plant(Variant.AIR, NOON_S)
    house = House([plant], seed=1, start_s=NOON_S, live_from_s=NOON_S)
    meter = SmartMeter(house=house)
    external = fields_of(meter, NOON_S + 3599)["external"]
    assert [each["type"] for each in external] == list(meter.submeters)
    assert [each["unit"] for each in external] == ["m3", "m3", "GJ"]
    assert {each["timestamp"] for each in external} == {"2026-01-15T12:55:00"}
    assert len({each["unique_id"] for each in external}) == 3
    later = fields_of(meter, NOON_S + 7199)["external"]
    # 2600 Wh in an hour.
    assert later[2]["value"] - external[2]["value"] == pytest.approx(0.00936, abs=0.001)
    assert 0.009 < later[0]["value"] - external[0]["value"] < 0.013
    meter.submeters = ()
    assert "external" not in fields_of(meter, NOON_S + 7200)


def test_version_1() -> None:
    """The old API has other names, times as numbers, and a word misspelt."""
    meter = meter_of(NOON_S)
    data = data_v1(meter.telegram(NOON_S + 1000), Reply.FULL)
    assert data["smr_version"] == 50
    assert data["active_tariff"] == 1
    assert data["total_power_import_t1_kwh"] == 4871.528
    assert data["active_power_l1_w"] == 333
    assert data["montly_power_peak_w"] == 1000
    assert data["montly_power_peak_timestamp"] == 260115121500
    assert data["voltage_sag_l1_count"] == 1
    assert "timestamp" not in data
    assert isinstance(data["external"], list)
    assert data["external"][0]["timestamp"] == 260115121500


def test_raw_telegram() -> None:
    """It has the registers, and a checksum over all until its exclamation mark."""
    assert crc16(b"123456789") == 0xBB3D
    meter = meter_of(NOON_S)
    text = raw(meter.telegram(NOON_S + 450))
    body, mark, checksum = text.partition("!")
    assert checksum == f"{crc16((body + mark).encode()):04X}\r\n"
    for line in (
        "0-0:1.0.0(260115120730W)",
        "1-0:1.8.1(004871.375*kWh)",
        "0-0:96.14.0(0001)",
        "1-0:1.4.0(00.500*kW)",
        "1-0:1.7.0(01.000*kW)",
    ):
        assert line in body.split("\r\n")


def test_telegrams_are_the_same_whenever_asked() -> None:
    """Quarter-hours and a month that end unseen are booked as if seen."""
    start_s = at("2026-01-31T20:00")
    asked_once, asked_often = meter_of(start_s), meter_of(start_s)
    for meter in (asked_once, asked_often):
        meter.house.draw_more(2345, now_s=start_s + 3000, for_s=1000)
        meter.house.draw_more(3456, now_s=at("2026-02-01T10:11"), for_s=777)
    end_s = at("2026-02-01T13:07:08")
    for now_s in range(int(start_s), int(end_s), 61):
        asked_often.telegram(now_s)
    once, often = (fields_of(each, end_s) for each in (asked_once, asked_often))
    assert once == often
    assert once["monthly_power_peak_timestamp"] == "2026-02-01T10:30:00"


def test_day_of_a_whole_house() -> None:
    """Peak and running averages are the truth to 1 W, sun and appliances included."""
    start_s = at("2026-06-10T00:00")
    plant = steady_plant(Variant.AIR, start_s)
    house = House([plant], seed=3, start_s=start_s, live_from_s=start_s)
    meter = SmartMeter(house=house)
    for index in range(300):
        now_s = start_s + 287 * index
        begin_s = now_s // 900 * 900
        shown_w = fields_of(meter, now_s)["average_power_15m_w"]
        truth_wh = house.at(now_s).import_wh - house.at(begin_s).import_wh
        assert shown_w == pytest.approx(truth_wh * 4, abs=0.51)
    fields = fields_of(meter, start_s + DAY_S)
    moments = [start_s + 900 * index for index in range(97)]
    imported = [house.at(moment).import_wh for moment in moments]
    averages_w = [4 * (after - before) for before, after in pairwise(imported)]
    assert min(averages_w) == 0
    assert max(averages_w) > 1500
    assert fields["monthly_power_peak_w"] == round(max(averages_w))
    ended_s = moments[averages_w.index(max(averages_w)) + 1]
    assert at(fields["monthly_power_peak_timestamp"]) == ended_s
