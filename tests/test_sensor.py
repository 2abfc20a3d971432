"""What the sensors show."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import snapshot_platform
from syrupy.assertion import SnapshotAssertion

from custom_components.heatpump_monitor import binary_sensor, sensor
from custom_components.heatpump_monitor.const import (
    CLOSING_DELAY_S,
    CONF_BACKUP_HEATER_KW,
    CONF_CO2,
    CONF_DEGREE_DAYS,
    CONF_HEAT_METHOD,
    CONF_METERED,
    CONF_OWN_PRICE,
    CONF_PRICE,
    HEAT_METHOD_AUTOMATIC,
)
from custom_components.heatpump_monitor.performance.effect.result import Estimate
from custom_components.heatpump_monitor.performance.expected.heat_loss import HeatLoss
from custom_components.heatpump_monitor.performance.expected.outlook import (
    Outlook,
    Recent,
)
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Meter, Part
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    ModeSums,
)
from custom_components.heatpump_monitor.performance.totals.periods import Period
from custom_components.heatpump_monitor.readings import (
    HeatPumpReading,
    MeterReading,
    Mode,
    Role,
)
from custom_components.heatpump_monitor.sensors.costs import COSTS
from custom_components.heatpump_monitor.sensors.periods import PERIODS
from custom_components.heatpump_monitor.sensors.totals import METHODS
from custom_components.heatpump_monitor.sources.viessmann.features import (
    heat_pump_reading,
)
from homeassistant.components.sensor import (
    ATTR_LAST_RESET,
    ATTR_STATE_CLASS,
    SensorStateClass,
)
from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_FRIENDLY_NAME,
    ATTR_UNIT_OF_MEASUREMENT,
    MATCH_ALL,
    STATE_UNKNOWN,
    Platform,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import EntityDescription
from homeassistant.util import dt as dt_util
from simulator import Variant
from simulator.state import Activity

from .household import METER_ID, METER_POLL_S, POLL_S, Household
from .validation.package import PACKAGE, load

SOURCE = "custom_components.heatpump_monitor.sources.viessmann.source"
_OF_EVERY_SENSOR = {
    ATTR_DEVICE_CLASS,
    ATTR_FRIENDLY_NAME,
    ATTR_LAST_RESET,
    ATTR_STATE_CLASS,
    ATTR_UNIT_OF_MEASUREMENT,
}


def _give(household: Household, options: Mapping[str, object]) -> None:
    """Give the config entry options beside those it has."""
    household.hass.config_entries.async_update_entry(
        household.entry, options={**household.entry.options, **options}
    )


def _remember(
    household: Household, day: date, *, heat_wh: float = 0.0, cost: float = 0.0
) -> None:
    """Add a day on which 10 kWh were drawn; 9.9 had a price, if any."""
    ledger = household.entry.runtime_data.performance.monitor.ledger
    ledger.days[day] = Bucket(
        electricity_wh=10_000,
        paired_electricity_wh=10_000,
        heat_wh=heat_wh,
        cost=cost,
        priced_wh=9_900 if cost else 0,
    )


async def _measure(household: Household, days: int, *, before: int = 0) -> None:
    """Add days with 10 kWh in and 42 kWh out, of which some are there already."""
    ledger = household.entry.runtime_data.performance.monitor.ledger
    for ago in range(before + 1, days + 1):
        ledger.book(
            ledger.calendar.midnight(date(2026, 1, 15) - timedelta(days=ago)),
            Bucket(
                electricity_wh=10_000,
                metered_s=86_400,
                paired_electricity_wh=10_000,
                heat_wh=42_000,
                paired_s=86_400,
                cost=3.0,
                priced_wh=10_000,
                co2_g=4_000,
                co2_wh=10_000,
                modes={Mode.HEATING: ModeSums(10_000, 42_000, 86_400)},
                methods_wh={HeatMethod.FLOW: 42_000},
            ),
        )
    await household.live(POLL_S)


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.usefixtures("all_enabled")
async def test_sensors(
    household: Household,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    """Each heat pump has the sensors it can have, and they show what the house does."""
    household.step_s = METER_POLL_S
    with patch(
        "custom_components.heatpump_monitor.heat_pump.PLATFORMS", [Platform.SENSOR]
    ):
        await household.set_up()
        await household.live(3 * POLL_S)
        await snapshot_platform(
            household.hass, entity_registry, snapshot, household.entry.entry_id
        )
        await household.shut_down()


async def test_what_is_shown_unasked(household: Household) -> None:
    """What is noisy, or of use to few, is there but disabled."""
    household.step_s = METER_POLL_S
    _give(household, {CONF_PRICE: 0.3})
    await household.set_up()
    await household.live(3 * POLL_S)
    registry = er.async_get(household.hass)
    shown = {
        registered.unique_id.removeprefix(f"{household.entry.unique_id}_").removeprefix(
            f"{METER_ID}_"
        )
        for registered in er.async_entries_for_config_entry(
            registry, household.entry.entry_id
        )
        if registered.disabled_by is None and registered.entity_category is None
    }

    assert shown == {
        "change",
        "compressor",
        "cop",
        "cop_month",
        "cop_today",
        "cost_month",
        "cost_year",
        "electricity_today",
        "electricity_total",
        "heat_today",
        "heat_total",
        "hot_water_temperature",
        "jaz_heating",
        "jaz_rolling",
        "jaz_year",
        "mode",
        "outside_temperature",
        "power",
        "return_temperature",
        "source_inlet_temperature",
        "starts_today",
        "supply_temperature",
        "thermal_power",
    }


async def test_appears_when_offered(household: Household) -> None:
    """A value that the unit offers only later gets its sensor without a reload."""
    household.cloud.faults.missing_value = ("heating.sensors.temperature.outside",)
    await household.set_up()
    assert household.state("sensor", "outside_temperature") is None

    household.cloud.faults.missing_value = ()
    await household.live(POLL_S)
    assert household.value("outside_temperature") == "3.3"


async def test_stays_when_not_offered(household: Household) -> None:
    """A sensor that was there stays, even where the unit offers it no more."""
    await household.set_up()
    household.cloud.faults.missing_value = ("heating.sensors.temperature.outside",)
    await household.reload()
    assert household.value("outside_temperature") == STATE_UNKNOWN


async def test_ratio_says_what_it_rests_on(household: Household) -> None:
    """A figure of some minutes is one of 0 days, with all that makes it."""
    household.step_s = METER_POLL_S
    household.change_data({CONF_METERED: [Part.COMPRESSOR, Part.SOURCE_PUMP]})
    await household.set_up()
    await household.live(3 * POLL_S)

    attributes = household.attributes("jaz_rolling")
    assert attributes["first_day"] == "2025-01-16"
    assert attributes["last_day"] == "2026-01-15"
    assert attributes["basis"] == "0 days"
    assert attributes["boundary"] == "H2"
    assert attributes["heat_method"] == "flow"
    assert attributes["heat_kwh"] / attributes["electricity_kwh"] == pytest.approx(
        household.ratio("jaz_rolling"), rel=0.02
    )
    assert attributes["uncertainty"] == pytest.approx(
        0.081 * household.ratio("jaz_rolling"), rel=0.2
    )
    assert attributes["band_high"] - attributes["band_low"] == pytest.approx(
        2 * attributes["uncertainty"], abs=0.002
    )
    assert attributes["band_low"] < household.ratio("jaz_rolling")
    assert attributes["method_shares"] == {"flow": 1.0}
    # The house draws 1 kW, so that hours are kilowatt-hours.
    assert attributes["paired_days"] * 24 == pytest.approx(
        attributes["electricity_kwh"], rel=0.1
    )


@pytest.mark.usefixtures("all_enabled")
async def test_figures_are_unknown_until_earned(household: Household) -> None:
    """An hour earns the day's figure, three days the month's, thirty the year's."""
    _give(household, {CONF_PRICE: 0.3})
    await household.set_up()
    await household.live(3 * POLL_S)
    assert household.value("cop_today") == STATE_UNKNOWN
    assert household.ratio("cop_today") == pytest.approx(5.6, abs=0.1)
    await household.live(3600)
    assert float(household.value("cop_today")) == pytest.approx(5.6, abs=0.1)

    await _measure(household, 2)
    assert household.value("cop_month") == STATE_UNKNOWN
    await _measure(household, 3, before=2)
    assert float(household.value("cop_month")) == pytest.approx(4.2, abs=0.1)

    of_a_year = ("jaz_heating", "jaz_rolling", "jaz_year")
    await _measure(household, 29, before=3)
    assert {household.value(key) for key in of_a_year} == {STATE_UNKNOWN}
    await _measure(household, 30, before=29)
    earned = {key for key in of_a_year if household.value(key) != STATE_UNKNOWN}
    # The calendar year has 14 days so far.
    assert earned == {"jaz_heating", "jaz_rolling"}
    assert household.attributes("jaz_year")["paired_days"] == pytest.approx(14, abs=0.1)


async def test_energy_of_today(household: Household) -> None:
    """Electricity and heat of today, whether they could be paired or not."""
    await household.set_up()
    assert household.value("heat_today") == STATE_UNKNOWN
    await household.live(3 * POLL_S)
    sums = household.entry.runtime_data.performance.data.snapshot.summaries[
        Period.TODAY
    ].sums
    assert float(household.value("electricity_today")) == pytest.approx(
        sums.electricity_wh / 1000
    )
    assert float(household.value("heat_today")) == pytest.approx(
        (sums.heat_wh + sums.unpaired_heat_wh) / 1000
    )
    attributes = household.attributes("heat_today")
    assert attributes[ATTR_LAST_RESET] == "2026-01-15T00:00:00+01:00"


@pytest.mark.usefixtures("all_enabled")
async def test_cooling_has_its_own_ratio(household: Household) -> None:
    """The EER is cold over its electricity, and in neither COP nor JAZ."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(3 * POLL_S)
    assert household.state("sensor", "eer") is None
    ledger = household.entry.runtime_data.performance.monitor.ledger
    ledger.book(
        ledger.calendar.midnight(date(2026, 1, 14)),
        Bucket(
            electricity_wh=2000,
            paired_s=86_400,
            modes={Mode.COOLING: ModeSums(2000, -7000, 86_400)},
        ),
    )
    before = household.ratio("jaz_rolling")
    await household.live(POLL_S)
    assert household.ratio("eer") == 3.5
    assert household.value("eer") == STATE_UNKNOWN
    assert household.ratio("jaz_rolling") == pytest.approx(before, abs=0.05)
    await _measure(household, 30)
    assert float(household.value("eer")) == 3.5


def test_few_entities_are_enabled() -> None:
    """Nobody gets more than 25 main entities without asking for more."""
    described = [
        description
        for module in (sensor, binary_sensor)
        for name, descriptions in vars(module).items()
        # A probe is a device of its own.
        if isinstance(descriptions, tuple) and name != "PROBE"
        for description in descriptions
        if isinstance(description, EntityDescription)
    ]
    enabled = {
        description.key
        for description in described
        if description.entity_registry_enabled_default
        and description.entity_category is None
    }
    assert len(enabled) <= 25
    assert {"cop_today", "jaz_rolling", "electricity_today", "heat_today"} <= enabled


async def test_counters_put_the_flow_right(household: Household) -> None:
    """Unasked, the unit's own counters decide the sum, and say so."""
    household.change_data({CONF_HEAT_METHOD: HEAT_METHOD_AUTOMATIC})
    await household.set_up()
    await household.live(12 * POLL_S)

    attributes = household.attributes("jaz_rolling")
    assert attributes["heat_method"] == "counter"
    # The unit counts 2.6 kW; the first kilowatt-hour may be the flow's.
    assert attributes["heat_kwh"] == pytest.approx(2.6, abs=1.2)


async def test_a_year_is_called_one(household: Household) -> None:
    """From 330 paired days on a JAZ is a year's; the year's own may be shorter."""
    await household.set_up()
    await _measure(household, 340)

    assert household.attributes("jaz_rolling")["basis"] == "year"
    assert float(household.value("jaz_rolling")) == pytest.approx(4.2, abs=0.01)
    assert float(household.value("coverage")) == pytest.approx(100 * 340 / 364.5, abs=1)
    assert household.attributes("jaz_year")["basis"] == "14 days"


async def test_attributes_are_not_recorded(household: Household) -> None:
    """What stands beside a figure stays out of the recorder."""
    await household.set_up()
    state = household.state("sensor", "jaz_rolling")
    assert state is not None
    assert state.state_info is not None
    assert MATCH_ALL in state.state_info["unrecorded_attributes"]


@pytest.mark.usefixtures("all_enabled")
async def test_the_recorder_sees_when_a_count_starts_again(
    household: Household,
) -> None:
    """Without that moment, its statistics fall by all that was counted before."""
    _give(household, {CONF_PRICE: 0.3, CONF_CO2: 400})
    await household.set_up()
    await household.live(2 * POLL_S)
    counts = [
        state
        for state in household.hass.states.async_all("sensor")
        if state.attributes.get(ATTR_LAST_RESET)
    ]
    assert {"sensor.vitocal_heat_out", "sensor.vitocal_cost_today"} <= {
        state.entity_id for state in counts
    }
    for state in counts:
        assert state.state_info is not None
        left_out = state.state_info["unrecorded_attributes"]
        assert left_out.isdisjoint({MATCH_ALL, ATTR_LAST_RESET})


@pytest.mark.usefixtures("all_enabled")
async def test_defrost_takes_heat_back(household: Household) -> None:
    """The heat total goes down while heat flows back, and its class allows that."""
    await household.set_up()
    await household.live(3 * POLL_S)
    household.plant.changes = {"activity": Activity.DEFROST, "supply_c": 24.0}
    await household.live(CLOSING_DELAY_S + POLL_S)
    before_kwh = float(household.value("heat_total"))
    await household.live(2 * POLL_S)

    assert household.value("mode") == "defrost"
    assert household.binary("defrost") == "on"
    assert float(household.value("heat_total")) < before_kwh
    assert (
        household.attributes("heat_total")[ATTR_STATE_CLASS] == SensorStateClass.TOTAL
    )


@pytest.mark.usefixtures("all_enabled")
async def test_every_attribute_has_a_name(household: Household) -> None:
    """Whatever stands beside a figure is named in both languages."""
    _give(household, {CONF_PRICE: 0.3, CONF_CO2: 400, CONF_DEGREE_DAYS: 3000})
    await _after_a_cold_fortnight(household)
    await household.live(3 * POLL_S)
    figures = {described.key for described in (*PERIODS, *METHODS, *COSTS)}
    for language in ("en", "de"):
        sensors = load(PACKAGE / "translations" / f"{language}.json")["entity"][
            "sensor"
        ]
        for key in figures - {"eer", "jaz_hot_water"}:
            own = set(household.attributes(key)) - _OF_EVERY_SENSOR
            named = sensors[key].get("state_attributes", {})
            assert own <= set(named), key
            # Any method, as what was imported may have come by any.
            if "heat_method" in own:
                assert set(named["heat_method"]["state"]) == set(HeatMethod), key


async def test_calls_tell_their_reason(household: Household) -> None:
    """The sensor of calls counts them by reason, and each reason has a name."""
    await household.set_up()
    await household.live(2 * POLL_S)
    household.cloud.revoke_access()
    await household.live(POLL_S)

    own = set(household.attributes("api_calls_day")) - _OF_EVERY_SENSOR
    calls = {key: household.attributes("api_calls_day")[key] for key in own}
    assert calls == {
        "device_list": 1,
        "extra_reading": 0,
        "regular_reading": 4,
        "sign_in": 1,
    }
    assert household.value("api_calls_day") == "6"
    for language in ("en", "de"):
        texts = load(PACKAGE / "translations" / f"{language}.json")
        sensor = texts["entity"]["sensor"]["api_calls_day"]
        assert set(sensor["state_attributes"]) == own


@pytest.mark.usefixtures("all_enabled")
async def test_days_and_years_gone_by(household: Household) -> None:
    """Each period has the days that are in it, and no others."""
    await household.set_up()
    ledger = household.entry.runtime_data.performance.monitor.ledger
    ledger.since = datetime(2025, 8, 1, tzinfo=UTC)
    _remember(household, date(2026, 1, 14), heat_wh=30_000)
    _remember(household, date(2026, 1, 2), heat_wh=35_000)
    _remember(household, date(2025, 12, 31), heat_wh=40_000)
    _remember(household, date(2025, 8, 31), heat_wh=50_000)
    await household.live(POLL_S)

    shown = {
        key: household.ratio(key)
        for key in (
            "cop_yesterday",
            "cop_last_month",
            "jaz_year",
            "jaz_season",
            "jaz_last_year",
            "jaz_all",
        )
    }
    assert shown == pytest.approx(
        {
            "cop_yesterday": 3.0,
            "cop_last_month": 4.0,
            "jaz_year": 3.25,
            "jaz_season": 3.5,
            "jaz_last_year": 4.5,
            "jaz_all": 3.875,
        },
        abs=0.05,
    )


async def test_jaz_by_mode(household: Household) -> None:
    """Heating and hot water have a JAZ each, from when there is something in it."""
    await household.set_up()
    await household.live(CLOSING_DELAY_S + 2 * POLL_S)
    assert household.attributes("jaz_heating")["basis"] == "0 days"
    assert household.state("sensor", "jaz_hot_water") is None

    household.plant.changes = {"activity": Activity.HOT_WATER, "supply_c": 32.0}
    await household.live(CLOSING_DELAY_S + 4 * POLL_S)
    assert household.ratio("jaz_heating") == pytest.approx(5.6, abs=0.1)
    # 970 l/h x 2 K, over 1 kW; the change itself counts half to each.
    assert household.ratio("jaz_hot_water") == pytest.approx(2.25, abs=0.4)
    assert household.attributes("jaz_hot_water")["boundary"] == "H4"


@pytest.mark.parametrize("variant", [Variant.BRINE])
@pytest.mark.usefixtures("all_enabled")
async def test_jaz_without_the_backup_heater(household: Household) -> None:
    """Where the power of the backup heater is told, its hours make the JAZ without it."""
    household.change_data({CONF_BACKUP_HEATER_KW: 1.0})
    await household.set_up()
    for _ in range(6):
        household.plant.backup_heater_s += POLL_S / 2
        await household.live(POLL_S)

    # The backup heater draws half of the 1 kW, and modulation sees none of its heat.
    jaz = household.ratio("jaz_rolling")
    assert household.ratio("jaz_without_backup_heater") == pytest.approx(
        2 * jaz, rel=0.1
    )
    attributes = household.attributes("jaz_without_backup_heater")
    assert household.attributes("jaz_rolling")["boundary"] == "H4"
    assert attributes["boundary"] == "H2+"
    assert attributes["boundary_extra"] == ["circulation_pumps"]
    assert attributes["boundary_missing"] == ["backup_heater"]
    assert attributes["backup_heater_electricity_kwh"] == pytest.approx(0.15, abs=0.04)


@pytest.mark.parametrize(
    ("variant", "plant"),
    [
        (Variant.BRINE, {}),
        (Variant.AIR, {CONF_METERED: [Part.COMPRESSOR, Part.SOURCE_PUMP]}),
    ],
)
async def test_no_jaz_without_a_backup_heater_in_it(
    household: Household, plant: dict[str, object]
) -> None:
    """There is nothing to leave out where the backup heater is not known, or not metered."""
    household.change_data(plant)
    await household.set_up()
    await household.live(3 * POLL_S)
    assert household.state("sensor", "jaz_rolling") is not None
    assert household.state("sensor", "jaz_without_backup_heater") is None


@pytest.mark.usefixtures("all_enabled")
async def test_starts_of_the_day(household: Household) -> None:
    """A day begins unknown, then has no start, then the one at one o'clock."""
    await household.set_up()
    assert household.value("starts_today") == STATE_UNKNOWN
    await household.live(3 * POLL_S)
    assert household.value("starts_today") == "0"
    assert household.state("sensor", "cycle_length") is None

    await household.live(3600)
    assert household.value("starts_today") == "1"
    assert float(household.value("cycle_length")) == pytest.approx(70, abs=10)
    attributes = household.attributes("starts_today")
    assert attributes[ATTR_LAST_RESET] == "2026-01-15T00:00:00+01:00"


@pytest.mark.usefixtures("all_enabled")
async def test_defrosts_of_the_day(household: Household) -> None:
    """A defrost is counted once, however long it lasts."""
    await household.set_up()
    await household.live(2 * POLL_S)
    assert household.value("defrosts_today") == "0"
    household.plant.changes = {"activity": Activity.DEFROST, "supply_c": 24.0}
    await household.live(3 * POLL_S)
    assert household.value("defrosts_today") == "1"


async def test_methods_disagree(household: Household) -> None:
    """How far each method is off the chosen one; the largest is shown."""
    await household.set_up()
    await household.live(12 * POLL_S)
    # The unit counts 2.6 kW where flow and ΔT make 5.6.
    counter = household.attributes("method_disagreement")["counter"]
    assert counter == pytest.approx(-45, abs=12)
    assert float(household.value("method_disagreement")) == -counter


@pytest.mark.parametrize("variant", [Variant.BRINE])
async def test_one_method_agrees_with_itself(household: Household) -> None:
    """Where there is one method only, nothing can disagree."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(3 * POLL_S)
    assert household.attributes("jaz_rolling")["heat_method"] == "modulation"
    assert household.state("sensor", "method_disagreement") is None


@pytest.mark.usefixtures("all_enabled")
async def test_audit_of_the_maker(household: Household) -> None:
    """Our JAZ of this year beside the maker's, with the age of the latter."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(3 * POLL_S)
    attributes = household.attributes("spf_difference")
    jaz, spf = household.ratio("jaz_year"), attributes["manufacturer_spf"]
    assert spf == float(household.value("manufacturer_spf"))
    assert household.value("spf_difference") == STATE_UNKNOWN
    assert attributes["jaz"] == jaz
    assert attributes["jaz_heating"] == pytest.approx(jaz, abs=0.001)
    assert attributes["manufacturer_spf_heating"] == 4.0
    assert attributes["age_days"] == 0.0


@pytest.mark.parametrize(
    ("measured_at", "age_days"),
    [
        (datetime(2026, 1, 5, 11, 15, tzinfo=UTC), 10.0),
        # The first second of the year where the household is.
        (datetime(2025, 12, 31, 23, tzinfo=UTC), 14.5),
        (datetime(2025, 12, 31, 22, 59, tzinfo=UTC), None),
    ],
)
@pytest.mark.usefixtures("all_enabled")
async def test_age_of_the_makers_figure(
    household: Household, measured_at: datetime, age_days: float | None
) -> None:
    """A figure that the maker has not renewed since last year is last year's."""
    household.step_s = METER_POLL_S

    def read(*args: Any, **kwargs: Any) -> HeatPumpReading:
        reading = heat_pump_reading(*args, **kwargs)
        return replace(reading, spf_measured_at=measured_at)

    with patch(f"{SOURCE}.heat_pump_reading", read):
        await household.set_up()
        await household.live(3 * POLL_S)
    state = household.state("sensor", "spf_difference")
    assert (state and state.attributes["age_days"]) == age_days


@pytest.mark.usefixtures("all_enabled")
async def test_costs(household: Household) -> None:
    """What had a price is added up by day, month and year, and per kWh of heat."""
    _give(household, {CONF_PRICE: 0.3, CONF_CO2: 400})
    await household.set_up()
    _remember(household, date(2026, 1, 14), cost=5.0)
    _remember(household, date(2025, 12, 31), cost=50.0)
    await household.live(6 * POLL_S)

    summary = household.entry.runtime_data.performance.data.snapshot.summaries[
        Period.TODAY
    ]
    today = 0.3 * summary.sums.electricity_wh / 1000
    assert today > 0.1
    for key, cost, last_reset in (
        ("cost_today", today, "2026-01-15T00:00:00+01:00"),
        ("cost_month", today + 5, "2026-01-01T00:00:00+01:00"),
        ("cost_year", today + 5, "2026-01-01T00:00:00+01:00"),
    ):
        attributes = household.attributes(key)
        assert float(household.value(key)) == pytest.approx(cost)
        assert attributes[ATTR_LAST_RESET] == last_reset
        assert attributes[ATTR_UNIT_OF_MEASUREMENT] == "EUR"
    assert household.attributes("cost_today")["priced_share"] == 1.0
    assert household.attributes("cost_month")["priced_share"] == pytest.approx(
        0.99, abs=0.002
    )

    # Of a month with a day without a price, nobody knows the cost.
    ledger = household.entry.runtime_data.performance.monitor.ledger
    ledger.book(
        ledger.calendar.midnight(date(2026, 1, 13)), Bucket(electricity_wh=10_000)
    )
    await household.live(POLL_S)
    assert household.value("cost_month") == STATE_UNKNOWN
    assert float(household.value("cost_today")) >= today


@pytest.mark.usefixtures("all_enabled")
async def test_heat_price_and_co2(household: Household) -> None:
    """What a kWh of heat costs, and how much CO2 all of it brought."""
    _give(household, {CONF_PRICE: 0.3, CONF_CO2: 400})
    await household.set_up()
    await household.live(6 * POLL_S)
    assert household.value("heat_price") == STATE_UNKNOWN

    await _measure(household, 3)
    cop = household.ratio("jaz_rolling")
    assert float(household.value("heat_price")) == pytest.approx(0.3 / cop, rel=1e-3)
    unit = household.attributes("heat_price")[ATTR_UNIT_OF_MEASUREMENT]
    assert unit == "EUR/kWh"
    cost = float(household.value("cost_year"))
    assert float(household.value("co2_year")) == pytest.approx(cost / 0.3 * 0.4)
    assert household.attributes("co2_year")["known_share"] == 1.0


async def _live_with_own_electricity(household: Household) -> None:
    """Live half an hour beside a grid meter and photovoltaics: of 10 kW, 6 kW are own."""
    monitor = household.entry.runtime_data.performance.monitor
    monitor.plant = replace(
        monitor.plant,
        meters=(
            *monitor.plant.meters,
            Meter(key="grid", role=Role.GRID),
            Meter(key="pv", role=Role.PHOTOVOLTAICS),
        ),
    )
    monitor.state.match(monitor.plant, monitor.policy)
    for minute in range(30):
        seen = MeterReading(time=dt_util.utcnow(), holds_back=False)
        grid = replace(seen, energy_wh=4000.7 * minute / 60, returned_wh=minute / 60)
        monitor.add_meter(grid, "grid")
        pv = replace(seen, energy_wh=6000.3 * minute / 60 + minute / 60)
        monitor.add_meter(pv, "pv")
        await household.live(METER_POLL_S)


@pytest.mark.usefixtures("all_enabled")
async def test_own_electricity(household: Household) -> None:
    """The share of the house, and what both parts cost, by any period."""
    household.step_s = METER_POLL_S
    _give(household, {CONF_PRICE: 300, CONF_OWN_PRICE: 100})
    await household.set_up()
    assert household.state("sensor", "own_electricity_share_today") is None
    await _live_with_own_electricity(household)

    sums = household.entry.runtime_data.performance.data.summary(Period.TODAY).sums
    assert sums.split_wh > 300
    for period in ("today", "year", "rolling"):
        key = f"own_electricity_share_{period}"
        assert float(household.value(key)) == pytest.approx(60, abs=0.01)
        attributes = household.attributes(key)
        assert attributes["known_share"] > 0.95
        assert attributes["share_low"] < 60 < attributes["share_high"]
        assert attributes["own_electricity_kwh"] == pytest.approx(
            0.6 * sums.split_wh / 1000, abs=0.001
        )
    assert float(household.value("own_electricity")) == pytest.approx(
        0.6 * sums.split_wh / 1000, rel=0.001
    )
    attributes = household.attributes("own_electricity")
    assert attributes[ATTR_STATE_CLASS] == SensorStateClass.TOTAL_INCREASING
    for period in ("today", "month", "year"):
        own, grid, both = (
            float(household.value(f"{kind}_{period}"))
            for kind in ("own_cost", "grid_cost", "cost")
        )
        # A sensor is written when its cents change.
        assert own == pytest.approx(100 * 0.6 * sums.split_wh / 1000, abs=0.01)
        assert own + grid == pytest.approx(both, abs=0.02)
        assert household.attributes(f"own_cost_{period}")[ATTR_LAST_RESET]

    # Nobody reads the photovoltaics any more: soon too much is unknown.
    await household.live(4 * CLOSING_DELAY_S)
    for name in ("own_electricity_share_today", "own_cost_today", "cost_today"):
        assert household.value(name) == STATE_UNKNOWN
    assert household.attributes(key)["known_share"] < 0.95


async def _after_a_cold_fortnight(household: Household) -> None:
    """Set up with 20 days measured that took 10 kWh and 1 kWh for each degree day."""
    await household.set_up()
    ledger = household.entry.runtime_data.performance.monitor.ledger
    for ago in range(1, 21):
        degree_days = 10 + ago % 7
        energy_wh = 10_000.0 + 1000.0 * degree_days
        midnight = ledger.calendar.midnight(date(2026, 1, 15) - timedelta(days=ago))
        ledger.book(
            midnight,
            Bucket(
                electricity_wh=energy_wh,
                metered_s=86_400.0,
                outside_c_s=(15.0 - degree_days) * 86_400,
                outside_s=86_400.0,
                cost=6.0,
                priced_wh=energy_wh,
            ),
        )
    # What changed is saved with the next reading.
    await household.live(60)
    await household.reload()


@pytest.mark.usefixtures("all_enabled")
async def test_projection(household: Household) -> None:
    """The year comes to its days and degree days, at the price of the year so far."""
    _give(household, {CONF_PRICE: 0.3, CONF_DEGREE_DAYS: 3000})
    await _after_a_cold_fortnight(household)

    projected_kwh = float(household.value("electricity_projection"))
    assert projected_kwh == pytest.approx(365 * 10 + 3000, rel=0.05)
    attributes = household.attributes("electricity_projection")
    assert attributes["basis"] == "given"
    assert attributes["days_used"] == 20
    assert 0 < attributes["spread_kwh"] < projected_kwh
    year = household.entry.runtime_data.performance.data.snapshot.summaries[
        Period.YEAR
    ].sums
    price = year.cost / year.priced_wh * 1000
    assert float(household.value("cost_projection")) == pytest.approx(
        projected_kwh * price, rel=0.01
    )
    # In money, as the figure beside it.
    assert household.attributes("cost_projection")["spread"] == pytest.approx(
        attributes["spread_kwh"] * price, abs=0.01
    )

    # A tenth of the year without a price: nobody knows the mean price.
    ledger = household.entry.runtime_data.performance.monitor.ledger
    unpriced = Bucket(electricity_wh=year.electricity_wh / 9)
    ledger.book(ledger.calendar.midnight(date(2026, 1, 1)), unpriced)
    await household.live(POLL_S)
    assert household.value("cost_projection") == STATE_UNKNOWN
    assert household.attributes("cost_projection")["spread"] is None
    assert household.value("electricity_projection") != STATE_UNKNOWN


@pytest.mark.usefixtures("all_enabled")
async def test_projection_that_lost_its_ground(household: Household) -> None:
    """A line that falls with the cold says nothing any more: unknown, with no basis."""
    _give(household, {CONF_PRICE: 0.3, CONF_DEGREE_DAYS: 3000})
    await _after_a_cold_fortnight(household)
    ledger = household.entry.runtime_data.performance.monitor.ledger
    for ago in range(1, 21):
        midnight = ledger.calendar.midnight(date(2026, 1, 15) - timedelta(days=ago))
        ledger.book(midnight, Bucket(electricity_wh=3000.0 * (10 - ago % 7)))
    await household.reload()

    for key in ("electricity_projection", "cost_projection"):
        assert household.value(key) == STATE_UNKNOWN
        assert not {"basis", "days_used", "spread"} & set(household.attributes(key))


async def test_no_costs_without_a_price(household: Household) -> None:
    """Nobody asked for what it costs: there is no sensor of it."""
    await household.set_up()
    await household.live(3 * POLL_S)
    for key in ("cost_today", "cost_month", "cost_year", "heat_price", "co2_year"):
        assert household.state("sensor", key) is None


@pytest.mark.usefixtures("all_enabled")
async def test_history_to_recover(household: Household) -> None:
    """A gap in the meter's readings is waited for, and then recovered."""
    await household.set_up()
    await household.live(3 * POLL_S)
    household.meter.faults.unreachable = True
    await household.live(3600, step_s=POLL_S)
    assert household.value("history_to_recover") == "0.0"
    household.meter.faults.unreachable = False
    # Nothing is asked for before the meter has written its last minutes down.
    await household.live(METER_POLL_S)
    assert float(household.value("history_to_recover")) == pytest.approx(1.0, abs=0.1)
    await household.live(POLL_S)
    assert household.value("history_to_recover") == "0.0"


@pytest.mark.usefixtures("all_enabled")
async def test_what_is_learned(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The expected COP, the index and the house's heat loss, with their intervals."""
    first, last = date(2025, 10, 1), date(2026, 1, 13)
    outlook = Outlook(
        recent=Recent(
            cop=3.9,
            expected_cop=4.0,
            run_hours=60.0,
            index=Estimate(0.975, 0.95, 1.0),
            share_of_carnot=0.45,
        ),
        heat_loss=HeatLoss(
            w_per_k=Estimate(160.0, 150.0, 170.0),
            balance_c=Estimate(15.2, 14.5, 15.9),
            kwh_per_degree_day=Estimate(3.8, 3.6, 4.0),
            base_c=15.0,
            scatter_w_per_k=5.0,
            days=90,
            first=first,
            last=last,
        ),
    )
    monkeypatch.setattr(
        "custom_components.heatpump_monitor.insights.look_out", lambda *_: outlook
    )
    await household.set_up()
    await household.live(2 * POLL_S)
    assert household.value("expected_cop") == "4.0"
    assert household.value("efficiency_index") == "97.5"
    assert household.value("share_of_carnot") == "45.0"
    assert household.attributes("efficiency_index")["band_low"] == 95.0
    assert household.value("heat_loss_coefficient") == "160.0"
    loss = household.attributes("heat_loss_coefficient")
    assert (loss["band_low"], loss["band_high"], loss["days"]) == (150.0, 170.0, 90)
    assert (loss["first_day"], loss["last_day"]) == ("2025-10-01", "2026-01-13")
