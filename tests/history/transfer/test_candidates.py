"""Which statistics of other integrations fit, and what they are known to count."""

from datetime import UTC, datetime

import pytest

from custom_components.heatpump_monitor.history.transfer.candidates import (
    ELECTRICITY,
    HEAT,
    OUTSIDE,
    RETURNED,
    UNKNOWN,
    Candidate,
    Choice,
    Devices,
    Meaning,
    counted_twice,
    is_counter,
    meaning_of,
    ordered,
    pairs_of,
    shelly_counters,
    suggested,
)
from custom_components.heatpump_monitor.history.transfer.importing import StatisticPair
from custom_components.heatpump_monitor.readings import Mode

MAC = "FCE8C0AA0001"
GATEWAY = "7571381000000002"
TOTAL = f"{MAC}-emdata:0-total_act"
SUMMARY = "energy_summary_consumption_heating"
DHW_SUMMARY = "energy_dhw_summary_consumption_heating"


def candidate(
    unique_id: str, platform: str | None = "vicare", year: int = 2024, name: str = ""
) -> Candidate:
    """Return a statistic by the unique id of its entity."""
    return Candidate(
        statistic_id=unique_id,
        is_energy=True,
        name=name or unique_id,
        unit="kWh",
        since=datetime(year, 1, 1, tzinfo=UTC),
        platform=platform,
        unique_id=unique_id,
        meaning=meaning_of(platform, unique_id),
    )


def of_heat_pump(key: str, year: int = 2024, gateway: str = GATEWAY) -> Candidate:
    """Return what the ViCare integration recorded under a key."""
    return candidate(f"{gateway}_0-{key}", year=year)


def of_meter(key: str, mac: str = MAC) -> Candidate:
    """Return what the Shelly integration recorded under a key."""
    return candidate(f"{mac}-{key}", "shelly")


def devices(channels: str = "", reversed_phases: str = "") -> Devices:
    """Return the devices of the entry."""
    return Devices(
        names=[MAC, GATEWAY],
        gateway_serial=GATEWAY,
        counters=shelly_counters(MAC, list(channels), reversed_phases),
    )


@pytest.mark.parametrize(
    ("key", "quantity", "part", "resets"),
    [
        # As core's ViCare integration names them, in every spelling.
        ("power consumption today", ELECTRICITY, None, 4),
        ("power consumption this week", ELECTRICITY, None, 3),
        ("power consumption this year", ELECTRICITY, None, 1),
        (f"{SUMMARY}_currentday", ELECTRICITY, "heating", 4),
        (f"{SUMMARY}_currentmonth", ELECTRICITY, "heating", 2),
        (f"{DHW_SUMMARY}_currentyear", ELECTRICITY, "dhw", 1),
        ("energy_consumption_heating_this_year", ELECTRICITY, "heating", 1),
        ("energy_consumption_dhw_this_year", ELECTRICITY, "dhw", 1),
        ("energy_consumption_cooling_today", ELECTRICITY, "cooling", 4),
        ("outside_temperature", OUTSIDE, None, 0),
        # It has no heat of heat pumps; integrations in its place have.
        ("heat_production_today", HEAT, None, 4),
        ("dhw_heat_production_this_year", HEAT, "dhw", 1),
    ],
)
def test_statistics_of_vicare(
    key: str, quantity: str, part: str | None, resets: int
) -> None:
    """The key says what is counted, for which purpose, and how often it resets."""
    assert meaning_of("vicare", f"{GATEWAY}_0-{key}") == Meaning(
        quantity=quantity, device=f"{GATEWAY}_0", part=part, resets=resets
    )


@pytest.mark.parametrize(
    ("platform", "unique_id"),
    [
        ("vicare", f"{GATEWAY}_0-gas_consumption_heating_this_year"),
        ("vicare", f"{GATEWAY}_0-hotwater_gas_consumption_today"),
        ("vicare", f"{GATEWAY}_0-power_production_today"),
        ("vicare", f"{GATEWAY}_0-solar power production today"),
        ("vicare", f"{GATEWAY}_0-pcc_energy_consumption"),
        ("vicare", f"{GATEWAY}_0-ess_charge_total"),
        ("vicare", f"{GATEWAY}_0-photovoltaic_energy_production_total"),
        ("vicare", "odd"),
        ("shelly", f"{MAC}-cover:0-energy"),
        ("shelly", f"{MAC}-switch:0-consumed_energy_switch"),
        ("shelly", f"{MAC}-emeter_0-energy"),
        ("other", TOTAL),
        (None, ""),
    ],
)
def test_statistics_that_are_not_known(platform: str | None, unique_id: str) -> None:
    """Gas, sun, battery, grid, and all that others count."""
    assert meaning_of(platform, unique_id) is UNKNOWN


@pytest.mark.parametrize(
    ("key", "quantity", "device", "part"),
    [
        ("emdata:0-total_act", ELECTRICITY, "emdata:0", None),
        ("emdata:0-total_act_ret", RETURNED, "emdata:0", None),
        ("emdata:0-b_total_act_energy", ELECTRICITY, "emdata:0", "b"),
        ("emdata:0-b_total_act_ret_energy", RETURNED, "emdata:0", "b"),
        ("em1data:2-total_act_energy", ELECTRICITY, "em1data:2", None),
        ("pm1:0-energy_pm1", ELECTRICITY, "pm1:0", None),
        ("switch:3-energy", ELECTRICITY, "switch:3", None),
        ("switch:3-ret_energy", RETURNED, "switch:3", None),
    ],
)
def test_statistics_of_shelly(
    key: str, quantity: str, device: str, part: str | None
) -> None:
    """The total, the phases, the channels, and what flows back."""
    assert meaning_of("shelly", f"{MAC}-{key}") == Meaning(
        quantity=quantity, device=f"{MAC}-{device}", part=part
    )


@pytest.mark.parametrize(
    ("channels", "reversed_phases", "keys"),
    [
        ("a", "", ["pm1:0-energy_pm1"]),
        ("a", "a", ["pm1:0-ret_energy_pm1"]),
        ("bd", "", ["switch:1-energy", "switch:3-energy"]),
        ("bd", "d", ["switch:1-energy", "switch:3-ret_energy"]),
        ("abcd", "", []),
    ],
)
def test_what_a_power_meter_counts(
    channels: str, reversed_phases: str, keys: list[str]
) -> None:
    """A relay that measures, and a meter without clamps, are known as well."""
    everything = [
        *(of_meter(f"pm1:0-{each}") for each in ("energy_pm1", "ret_energy_pm1")),
        *(
            of_meter(f"switch:{number}-{each}")
            for number in (1, 3)
            for each in ("energy", "ret_energy")
        ),
    ]
    wiring = devices(channels, reversed_phases)
    assert suggested(everything, wiring).electricity == [f"{MAC}-{key}" for key in keys]


def test_sliding_sums_are_no_counters() -> None:
    """The last seven days fall every night by the day that left them."""
    assert not is_counter("vicare", f"{GATEWAY}_0-{SUMMARY}_lastsevendays")
    assert is_counter("vicare", f"{GATEWAY}_0-{SUMMARY}_currentday")
    assert is_counter(None, "lastsevendays")


def test_order() -> None:
    """Our meter and heat pump, others of these integrations, then by name."""
    ours, theirs = of_meter("emdata:0-total_act"), of_heat_pump("heat_production_today")
    other_meter = of_meter("emdata:0-total_act", "AAAAAAAAAAAA")
    plug = candidate("plug", "shelly", name="z")
    washing, dryer = (candidate(name, "other", name=name) for name in ("b", "A"))
    given = [washing, plug, other_meter, dryer, theirs, ours]
    assert ordered(given, devices()) == [
        theirs,
        ours,
        other_meter,
        plug,
        dryer,
        washing,
    ]


@pytest.mark.parametrize(
    ("channels", "reversed_phases", "keys"),
    [
        ("", "", ["emdata:0-total_act"]),
        (
            "",
            "b",
            [
                "emdata:0-a_total_act_energy",
                "emdata:0-b_total_act_ret_energy",
                "emdata:0-c_total_act_energy",
            ],
        ),
        ("ac", "", ["em1data:0-total_act_energy", "em1data:2-total_act_energy"]),
        ("ac", "c", ["em1data:0-total_act_energy", "em1data:2-total_act_ret_energy"]),
    ],
)
def test_what_the_meter_counts(
    channels: str, reversed_phases: str, keys: list[str]
) -> None:
    """It is suggested as the meter is wired, and only if nothing of it is missing."""
    everything = [
        of_meter(f"{component}-{attribute}")
        for component, attributes in (
            ("emdata:0", ["total_act", "total_act_ret"]),
            (
                "emdata:0",
                [f"{p}_total_act{r}_energy" for p in "abc" for r in ("", "_ret")],
            ),
            *(
                (f"em1data:{n}", ["total_act_energy", "total_act_ret_energy"])
                for n in range(3)
            ),
        )
        for attribute in attributes
    ]
    wiring = devices(channels, reversed_phases)
    assert suggested(everything, wiring).electricity == [f"{MAC}-{key}" for key in keys]
    lacking = [each for each in everything if each.unique_id != f"{MAC}-{keys[-1]}"]
    assert suggested(lacking, wiring) == Choice(electricity=[], heat=[])


def test_what_is_read_now_is_suggested() -> None:
    """Entities that were chosen at set-up come first, all of a kind or none."""
    ids = ["sensor.compressor", "sensor.rod", "sensor.heat", "sensor.outside"]
    others = [
        of_heat_pump("outside_temperature"),
        of_heat_pump("heat_production_today"),
    ]
    found = [*others, *(candidate(each, "other") for each in ids)]
    read = Devices(
        names=[],
        gateway_serial=None,
        counters=[[each] for each in ids[:2]],
        heat=ids[2:3],
        outside=ids[3:],
    )
    assert suggested(found, read) == Choice(
        electricity=ids[:2], heat=ids[2:3], outside=ids[3]
    )
    assert {each.unique_id for each in ordered(found, read)[:4]} == set(ids)
    # A heat pump without a gateway has none of the gateways there are.
    assert suggested(found[:3], read) == Choice(electricity=[], heat=[])


def test_solar_grid_and_other_heat_pumps_are_not_suggested() -> None:
    """Nothing is, where nothing is known to be of this heat pump."""
    others = [
        candidate("sensor.grid", "other"),
        candidate("sensor.solar", None),
        of_meter("emdata:0-total_act", "AAAAAAAAAAAA"),
        of_meter("emdata:0-total_act_ret"),
        of_heat_pump("power consumption today", gateway="7571381000000001"),
        of_heat_pump("outside_temperature", gateway="7571381000000001"),
    ]
    assert suggested(others, devices()) == Choice(electricity=[], heat=[])


def test_what_the_heat_pump_counts() -> None:
    """One statistic of the same: the longest, then the one that resets least often."""
    day, month, year = (
        of_heat_pump(f"{SUMMARY}_current{period}")
        for period in ("day", "month", "year")
    )
    dhw = of_heat_pump(f"{DHW_SUMMARY}_currentday")
    cooling = of_heat_pump("energy_consumption_cooling_today")
    both = [day, month, year, dhw, cooling]
    assert suggested(both, devices()).electricity == [year.unique_id, dhw.unique_id]
    older = of_heat_pump(f"{SUMMARY}_currentday", year=2023)
    found = suggested([older, month, year, dhw], devices()).electricity
    assert found == [older.unique_id, dhw.unique_id]
    # Hot water alone is not all that it used.
    assert suggested([dhw, cooling], devices()).electricity == []
    total = of_heat_pump("power consumption today", year=2025)
    assert suggested([*both, total], devices()).electricity == [total.unique_id]
    meter = of_meter("emdata:0-total_act")
    assert suggested([*both, total, meter], devices()).electricity == [meter.unique_id]


def test_heat_and_weather_of_the_heat_pump() -> None:
    """Both are suggested beside the electricity."""
    heat, air = (
        of_heat_pump("heat_production_today"),
        of_heat_pump("outside_temperature"),
    )
    assert suggested([heat, air], devices()) == Choice(
        electricity=[], heat=[heat.unique_id], outside=air.unique_id
    )


def test_energy_that_is_counted_twice() -> None:
    """A day and a year, a total and its part; not two phases, nor two devices."""
    day, year = (of_heat_pump(f"{SUMMARY}_current{each}") for each in ("day", "year"))
    dhw, total = (
        of_heat_pump(f"{DHW_SUMMARY}_currentday"),
        of_meter("emdata:0-total_act"),
    )
    a, b = (of_meter(f"emdata:0-{phase}_total_act_energy") for phase in "ab")
    unknown = candidate("sensor.a", "other"), candidate("sensor.b", "other")
    assert counted_twice([dhw, day, year]) == (day, year)
    assert counted_twice([a, total]) == (a, total)
    assert counted_twice([of_heat_pump("power consumption today"), dhw]) is not None
    assert counted_twice([year, dhw, a, b, *unknown]) is None


def test_pairs_have_the_mode_that_is_known() -> None:
    """Of what was chosen, each is a pair of its own: the import adds them up."""
    known = {
        each.statistic_id: each
        for each in (
            of_meter("emdata:0-a_total_act_energy"),
            of_heat_pump("heating_heat_production_today"),
            of_heat_pump("dhw_heat_production_today"),
        )
    }
    meter, heating, dhw = known
    assert pairs_of(Choice(electricity=[meter], heat=[heating, dhw]), known) == [
        StatisticPair(electricity=meter),
        StatisticPair(heat=heating, mode=Mode.HEATING),
        StatisticPair(heat=dhw, mode=Mode.HOT_WATER),
    ]
