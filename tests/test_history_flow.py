"""Importing what Home Assistant recorded before, as the owner sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import aiohttp
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from sqlalchemy.exc import OperationalError

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.flows.history import async_next_flow
from custom_components.heatpump_monitor.flows.history_forms import summary
from custom_components.heatpump_monitor.flows.schemas import async_selector_texts
from custom_components.heatpump_monitor.history.transfer.importing import Imported
from custom_components.heatpump_monitor.performance.plant import HeatMethod
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket, Ledger
from homeassistant.components.recorder.core import Recorder
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import (
    async_add_external_statistics,
    async_import_statistics,
    async_list_statistic_ids,
)
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, FlowType
from homeassistant.core import Event, HomeAssistant
from homeassistant.data_entry_flow import (
    EVENT_DATA_ENTRY_FLOW_PROGRESS_UPDATE,
    FlowResultType,
    UnknownFlow,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from simulator import Simulator, Variant

from .disk import Disk
from .flows.user import LANGUAGES, User, assert_readable
from .household import POLL_S, Household

HOUR = timedelta(hours=1)
DAYS = 4
METER = "sensor.meter_energy"
HEAT = "sensor.vicare_heat_today"
OUTSIDE = "sensor.vicare_outside_temperature"


def energy_metadata(statistic_id: str) -> StatisticMetaData:
    """Return what the recorder knows of an energy, of an entity or from elsewhere."""
    is_external = ":" in statistic_id
    return StatisticMetaData(
        has_sum=True,
        mean_type=StatisticMeanType.NONE,
        name="Other" if is_external else None,
        source=statistic_id.partition(":")[0] if is_external else "recorder",
        statistic_id=statistic_id,
        unit_class="energy",
        unit_of_measurement="kWh",
    )


@dataclass
class Owner:
    """Somebody in front of the options of a heat pump."""

    household: Household
    sees: ConfigFlowResult = field(init=False)

    @property
    def hass(self) -> HomeAssistant:
        """Return Home Assistant."""
        return self.household.hass

    @property
    def ledger(self) -> Ledger:
        """Return what was counted."""
        ledger: Ledger = self.household.entry.runtime_data.performance.monitor.ledger
        return ledger

    def record(
        self,
        statistic_id: str,
        kwh_per_hour: float | None,
        *,
        platform: str | None = None,
        unique_id: str | None = None,
        days: int = DAYS,
    ) -> str:
        """Record hours up to now: of an entity, or from elsewhere."""
        if platform is not None:
            entry = er.async_get(self.hass).async_get_or_create(
                "sensor",
                platform,
                unique_id or statistic_id,
                suggested_object_id=statistic_id.partition(".")[2],
            )
            assert entry.entity_id == statistic_id
        if kwh_per_hour is not None:
            metadata = energy_metadata(statistic_id)
        else:
            metadata = StatisticMetaData(
                has_sum=False,
                mean_type=StatisticMeanType.ARITHMETIC,
                name=None,
                source="recorder",
                statistic_id=statistic_id,
                unit_class="temperature",
                unit_of_measurement="°C",
            )
        end = self.ledger.calendar.midnight(self.today) + HOUR
        rows = [
            StatisticData(start=end - hour * HOUR, mean=5.0)
            if kwh_per_hour is None
            else StatisticData(
                start=end - hour * HOUR, sum=(days * 24 - hour) * kwh_per_hour
            )
            for hour in range(days * 24, 0, -1)
        ]
        is_external = ":" in statistic_id
        add = async_add_external_statistics if is_external else async_import_statistics
        add(self.hass, metadata, rows)
        return statistic_id

    def record_devices(self) -> None:
        """Record what core recorded of our meter and heat pump."""
        mac = self.household.meter.mac.upper()
        gateway = self.household.serial
        self.record(
            METER, 1.0, platform="shelly", unique_id=f"{mac}-emdata:0-total_act"
        )
        self.record(
            HEAT,
            3.0,
            platform="vicare",
            unique_id=f"{gateway}_0-heat_production_today",
        )
        self.record(
            OUTSIDE,
            None,
            platform="vicare",
            unique_id=f"{gateway}_0-outside_temperature",
        )

    @property
    def today(self) -> date:
        """Return the day it is in the household."""
        return self.ledger.calendar.local_day(dt_util.utcnow())

    def look_at(self, result: ConfigFlowResult) -> None:
        """Read what is shown."""
        for language in LANGUAGES:
            texts = language["options"]
            assert_readable(result, texts)
            if result["type"] is FlowResultType.SHOW_PROGRESS:
                assert texts["progress"][result["progress_action"]]
            if result["type"] is FlowResultType.MENU:
                given = result["description_placeholders"] or {}
                step = texts["step"][result["step_id"]]
                step.get("description", "").format(**given)
        self.sees = result

    async def open(self) -> None:
        """Choose to take over the history in the options."""
        await async_wait_recording_done(self.hass)
        manager = self.hass.config_entries.options
        self.look_at(await manager.async_init(self.household.entry.entry_id))
        await self.enter(next_step_id="history")

    async def enter(self, **user_input: Any) -> None:
        """Submit a form or choose from a menu, and wait while progress is shown."""
        await self.submit(**user_input)
        if self.sees["type"] is FlowResultType.SHOW_PROGRESS:
            await self.wait()

    async def submit(self, **user_input: Any) -> None:
        """Submit a form or choose from a menu."""
        manager = self.hass.config_entries.options
        flow_id = self.sees["flow_id"]
        self.look_at(await manager.async_configure(flow_id, user_input))

    async def wait(self) -> None:
        """Wait until the progress is over, as the page does."""
        manager = self.hass.config_entries.options
        flow_id = self.sees["flow_id"]
        ended: list[ConfigFlowResult] = []
        finish = manager.async_finish_flow

        async def keep(flow: Any, result: ConfigFlowResult) -> ConfigFlowResult:
            ended.append(result)
            return await finish(flow, result)

        with patch.object(manager, "async_finish_flow", keep):
            while not ended and self.sees["type"] is FlowResultType.SHOW_PROGRESS:
                await self.household.settle()
                if not ended:
                    self.look_at(await manager.async_configure(flow_id))
        if ended:
            self.look_at(ended[0])

    async def choose(self, **choice: Any) -> None:
        """Choose statistics, and go on to what they would give."""
        assert self.form == "history"
        await self.enter(**choice)

    @property
    def form(self) -> str:
        """Return the step whose form is shown."""
        assert self.sees["type"] is FlowResultType.FORM
        return self.sees["step_id"]

    @property
    def error(self) -> str:
        """Return the error that the form shows, in English."""
        key = (self.sees["errors"] or {})["base"]
        given = self.sees["description_placeholders"] or {}
        text: str = LANGUAGES[0]["options"]["error"][key]
        return text.format(**given)

    @property
    def said(self) -> list[str]:
        """Return the lines of what an import gives, or gave."""
        given = self.sees["description_placeholders"] or {}
        return [line.removeprefix("- ") for line in given["summary"].split("\n")]

    @property
    def aborted(self) -> str:
        """Return why the flow ended."""
        assert self.sees["type"] is FlowResultType.ABORT
        return self.sees["reason"]

    def offered(self, field_name: str) -> dict[str, str]:
        """Return the labels that a field offers, by value, in their order."""
        schema = self.sees["data_schema"]
        assert schema is not None
        options = schema.schema[field_name].config["options"]
        return {each["value"]: each["label"] for each in options}

    def filled_in(self) -> dict[str, Any]:
        """Return what the form is filled with, as the owner would submit it."""
        schema = self.sees["data_schema"]
        assert schema is not None
        return {
            str(marker): value
            for marker in schema.schema
            if (value := marker.description["suggested_value"])
        }

    async def published(self) -> set[str]:
        """Return our own statistics in the recorder."""
        await async_wait_recording_done(self.hass)
        ids = {
            each["statistic_id"] for each in await async_list_statistic_ids(self.hass)
        }
        return {each for each in ids if each.startswith(f"{DOMAIN}:")}

    def imported(self) -> dict[Any, Bucket]:
        """Return the days that were imported."""
        return {day: each for day, each in self.ledger.days.items() if each.imported}


@pytest.fixture
async def owner(recorder_mock: Recorder, household: Household) -> Owner:
    """Return the owner of a heat pump that was set up a moment ago."""
    await household.set_up()
    await household.live(POLL_S)
    return Owner(household)


@pytest.fixture
def progress(hass: HomeAssistant) -> Iterator[list[float]]:
    """Return the shares that were shown as done."""
    shares: list[float] = []

    def add(event: Event[Mapping[str, Any]]) -> None:
        shares.append(event.data["progress"])

    stop = hass.bus.async_listen(EVENT_DATA_ENTRY_FLOW_PROGRESS_UPDATE, add)
    yield shares
    stop()


SUMMARY = [
    f"Days: {DAYS}, from 2026-01-11 to 2026-01-14",
    "Electricity: 94 kWh. What it cost is not known, as the prices of that time are not.",
    "Heat: 282 kWh",
    "COP of 4 days: 3.00. A JAZ needs 330 days.",
    "Coverage: 100 % of the time",
]


async def test_history_is_imported(owner: Owner, progress: list[float]) -> None:
    """What fits is filled in; what it gives is shown, and only then imported."""
    owner.record_devices()
    await owner.open()
    choice = owner.filled_in()
    assert choice == {"electricity": [METER], "heat": [HEAT], "outside": OUTSIDE}
    before, entry = owner.ledger, owner.household.entry
    options, data = dict(entry.options), entry.runtime_data
    published = await owner.published()

    await owner.choose(**choice)
    assert owner.sees["type"] is FlowResultType.MENU
    assert owner.said == SUMMARY
    assert owner.imported() == {}
    assert await owner.published() == published
    assert progress == []

    await owner.enter(next_step_id="history_import")
    assert owner.aborted == "history_imported"
    assert owner.said == SUMMARY
    assert progress == sorted(progress) != []
    days = owner.imported()
    assert len(days) == DAYS
    assert sum(each.electricity_wh for each in days.values()) == pytest.approx(94_000)
    assert sum(each.heat_wh for each in days.values()) == pytest.approx(282_000)
    assert {method for each in days.values() for method in each.methods_wh} == {
        HeatMethod.COUNTER
    }
    assert all(each.outside_c == pytest.approx(5) for each in days.values())
    assert len(await owner.published()) > len(published)
    assert (dict(entry.options), entry.runtime_data) == (options, data)
    assert owner.ledger is before


async def test_history_is_imported_twice(owner: Owner) -> None:
    """The second time changes nothing, and says so before."""
    owner.record_devices()
    for expected in (
        [],
        [f"Days among them that were imported before and are replaced: {DAYS}"],
    ):
        before = owner.imported()
        await owner.open()
        await owner.choose(**owner.filled_in())
        assert owner.said == [SUMMARY[0], *expected, *SUMMARY[1:]]
        await owner.enter(next_step_id="history_import")
        assert owner.aborted == "history_imported"
        assert not before or owner.imported() == before


async def test_what_is_offered(owner: Owner) -> None:
    """Ours first, then the others of known integrations; nothing of this integration."""
    own = owner.household.entity_id("sensor", "electricity_total")
    assert own is not None
    owner.record(own, 1.0)
    owner.record(f"{DOMAIN}:x_electricity", 1.0)
    owner.record("sensor.solar", 2.0, platform="solar")
    owner.record("sensor.plug", 0.1, platform="shelly", unique_id="A-switch:0-energy")
    owner.record(
        "sensor.week",
        1.0,
        platform="vicare",
        unique_id="1_0-energy_summary_consumption_heating_lastsevendays",
    )
    owner.record("sensor.removed_from_elsewhere", 1.0)
    owner.record("other:energy", 1.0)
    owner.record_devices()
    # The statistics of an entity stay when it is removed.
    er.async_get(owner.hass).async_remove(METER)
    owner.hass.states.async_set("sensor.solar", "1", {"friendly_name": "Solar"})
    await owner.open()
    assert list(owner.offered("electricity")) == [
        METER,
        HEAT,
        "sensor.plug",
        "other:energy",
        "sensor.removed_from_elsewhere",
        "sensor.solar",
    ]
    assert owner.offered("electricity") == owner.offered("heat")
    assert (
        owner.offered("electricity")["sensor.solar"] == "Solar (kWh, since 2026-01-11)"
    )
    assert list(owner.offered("outside")) == [OUTSIDE]
    assert owner.filled_in()["electricity"] == [METER]


async def test_nothing_is_filled_in_where_nothing_is_known(owner: Owner) -> None:
    """A grid meter could be anything."""
    owner.record("sensor.grid", 1.0, platform="grid")
    await owner.open()
    assert owner.filled_in() == {}


async def test_without_heat(owner: Owner) -> None:
    """There is electricity, and it is said that there is no JAZ."""
    owner.record_devices()
    await owner.open()
    await owner.choose(electricity=[METER])
    assert owner.said[2:] == [
        "No heat is chosen: there is electricity, but no COP and no JAZ."
    ]
    await owner.enter(next_step_id="history_import")
    assert sum(each.paired_s for each in owner.imported().values()) == 0
    assert len(owner.imported()) == DAYS


async def test_heat_of_a_meter_of_others(owner: Owner) -> None:
    """How it was measured is asked, because it decides how uncertain the COP is."""
    owner.record_devices()
    owner.record("sensor.heat_meter", 4.0, platform="mqtt")
    await owner.open()
    await owner.choose(electricity=[METER], heat=["sensor.heat_meter"])
    assert owner.form == "history_method"
    await owner.enter(imported_heat="heat_meter")
    assert owner.said[3] == "COP of 4 days: 4.00. A JAZ needs 330 days."
    await owner.enter(next_step_id="history_import")
    (day, *_) = owner.imported().values()
    assert day.methods_wh.keys() == {HeatMethod.HEAT_METER}


async def test_choice_is_changed_after_a_look(owner: Owner) -> None:
    """The form comes back as it was filled in."""
    owner.record_devices()
    owner.record("sensor.second", 0.5, platform="other")
    await owner.open()
    choice = {"electricity": [METER, "sensor.second"], "heat": [HEAT]}
    await owner.choose(**choice)
    await owner.enter(next_step_id="history")
    assert owner.filled_in() == choice
    await owner.choose(electricity=["sensor.second"], heat=[HEAT])
    assert "COP of 4 days: 6.00. A JAZ needs 330 days." in owner.said


async def test_wrong_choices(owner: Owner) -> None:
    """The form says what is wrong with them, and keeps them."""
    owner.record_devices()
    year_id = f"{owner.household.serial}_0-heat_production_this_year"
    owner.record("sensor.heat_of_year", 3.0, platform="vicare", unique_id=year_id)
    await owner.open()
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"heat": [HEAT]}, "Choose at least one statistic of the electricity."),
        (
            {"electricity": [METER], "heat": [METER]},
            f"“{METER}” is chosen as electricity and as heat. Choose it only once.",
        ),
        (
            {"electricity": [METER], "heat": [HEAT, "sensor.heat_of_year"]},
            (
                f"“{HEAT}” and “sensor.heat_of_year” count the same energy. "
                "Choose only one of them."
            ),
        ),
    ]
    for choice, error in wrong:
        await owner.choose(**choice)
        assert owner.error == error
        assert owner.filled_in() == choice
    await owner.choose(electricity=[METER])
    assert owner.sees["type"] is FlowResultType.MENU


async def test_statistic_that_is_deleted_meanwhile(owner: Owner) -> None:
    """Another one can be chosen."""
    owner.record_devices()
    await owner.open()
    get_instance(owner.hass).async_clear_statistics([HEAT])
    await async_wait_recording_done(owner.hass)
    await owner.choose(electricity=[METER], heat=[HEAT])
    assert (
        owner.error
        == f"The statistic {HEAT} does not exist any more. Choose another one."
    )
    await owner.choose(electricity=[METER])
    assert owner.sees["type"] is FlowResultType.MENU


async def test_statistic_of_today_only(owner: Owner) -> None:
    """The days before are what is imported."""
    owner.record_devices()
    owner.record("sensor.new", 1.0, days=1)
    midnight = owner.ledger.calendar.midnight(owner.today)
    target = "custom_components.heatpump_monitor.history.transfer.importing"
    await owner.open()
    with patch(f"{target}.LONGEST_SPAN", dt_util.utcnow() - midnight - HOUR):
        await owner.choose(electricity=["sensor.new"])
    assert owner.error.startswith("These statistics have no usable data")


async def test_days_that_were_all_counted_here(owner: Owner) -> None:
    """They stay, and it is said why there is nothing to import."""
    owner.record_devices()
    for days_ago in range(1, DAYS + 1):
        midnight = owner.ledger.calendar.midnight(
            owner.today - timedelta(days=days_ago)
        )
        owner.ledger.book(midnight, Bucket(electricity_wh=1.0, metered_s=1.0))
    before = dict(owner.ledger.days)
    await owner.open()
    await owner.choose(electricity=[METER])
    assert owner.error == (
        "There is nothing to import: the integration itself has counted all 4 days "
        "of these statistics."
    )
    assert owner.ledger.days == before


async def test_some_days_were_counted_here(owner: Owner) -> None:
    """They are left alone, and the others are imported."""
    owner.record_devices()
    midnight = owner.ledger.calendar.midnight(owner.today - timedelta(days=2))
    owner.ledger.book(midnight, Bucket(electricity_wh=1.0, metered_s=1.0))
    await owner.open()
    await owner.choose(electricity=[METER])
    assert owner.said[:2] == [
        f"Days: {DAYS - 1}, from 2026-01-11 to 2026-01-14",
        "Days that stay as they are, because the integration counted them itself: 1",
    ]
    await owner.enter(next_step_id="history_import")
    assert len(owner.imported()) == DAYS - 1


async def test_values_that_cannot_be_true(owner: Owner) -> None:
    """It is said which are left out, and why."""
    owner.record("sensor.impossible", 99.0, platform="other")
    owner.record_devices()
    owner.record("sensor.much", 40.0, platform="other")
    await owner.open()
    await owner.choose(electricity=[METER, "sensor.impossible"])
    assert owner.said[-4:] == [
        "Values that are not used: 95. The first:",
        *(
            f"  - sensor.impossible, 2026-01-11T0{hour}:00:00+00:00: 99000 Wh: "
            "more than can flow in this time"
            for hour in (1, 2, 3)
        ),
    ]
    await owner.enter(next_step_id="history")
    await owner.choose(electricity=[METER], heat=["sensor.much"])
    await owner.enter(imported_heat="counter")
    assert owner.error.startswith("These statistics have no usable data")


async def test_no_statistics(owner: Owner) -> None:
    """There is nothing to choose from, and it is said what else there is."""
    owner.record(OUTSIDE, None)
    await owner.open()
    assert owner.aborted == "no_statistics"


async def test_without_a_recorder(household: Household) -> None:
    """It is said what is missing."""
    await household.set_up()
    owner = Owner(household)
    manager = owner.hass.config_entries.options
    owner.look_at(await manager.async_init(household.entry.entry_id))
    await owner.enter(next_step_id="history")
    assert owner.aborted == "recorder_missing"


async def test_database_that_fails(owner: Owner) -> None:
    """Nobody waits for ever; the choice is kept."""
    owner.record_devices()
    await owner.open()
    target = "custom_components.heatpump_monitor.history.transfer"
    failing = OperationalError("SELECT", {}, Exception("disk I/O error"))
    with patch(f"{target}.importing.statistics_during_period", side_effect=failing):
        await owner.choose(electricity=[METER])
    assert owner.error.startswith("The database of the recorder cannot be read")
    assert owner.filled_in() == {"electricity": [METER]}
    with patch(f"{target}.finding.get_metadata", side_effect=failing):
        await owner.open()
    assert owner.aborted == "recorder_failed"


async def test_heat_pump_that_is_not_loaded(owner: Owner) -> None:
    """Whenever it is unloaded, nothing is imported, and it is said why."""
    owner.record_devices()
    entry, manager = owner.household.entry, owner.hass.config_entries
    await owner.open()
    await owner.choose(electricity=[METER])
    await manager.async_unload(entry.entry_id)
    await owner.enter(next_step_id="history_import")
    assert owner.aborted == "not_loaded"
    await owner.open()
    assert owner.aborted == "not_loaded"

    await manager.async_setup(entry.entry_id)
    owner.record("sensor.heat_meter", 4.0, platform="mqtt")
    await owner.open()
    await owner.choose(electricity=[METER], heat=["sensor.heat_meter"])
    await manager.async_unload(entry.entry_id)
    await owner.enter(imported_heat="heat_meter")
    assert owner.aborted == "not_loaded"


async def test_disk_is_full(
    recorder_mock: Recorder, disk: Disk, household: Household
) -> None:
    """It is said what to do, and that the days are lost otherwise."""
    await household.set_up()
    await household.live(POLL_S)
    owner = Owner(household)
    owner.record_devices()
    await owner.open()
    await owner.choose(electricity=[METER])
    disk.full_for.add(f"{DOMAIN}.{household.entry.entry_id}.running")
    await owner.enter(next_step_id="history_import")
    assert owner.aborted == "import_not_saved"
    disk.full_for.clear()


async def test_window_is_closed(owner: Owner) -> None:
    """While it reads, nothing happens; while it imports, the import is completed."""
    owner.record_devices()
    manager = owner.hass.config_entries.options
    await owner.open()
    await owner.submit(electricity=[METER])
    assert owner.sees["type"] is FlowResultType.SHOW_PROGRESS
    manager.async_abort(owner.sees["flow_id"])
    await owner.household.settle()
    assert owner.imported() == {}

    await owner.open()
    await owner.choose(electricity=[METER])
    published = await owner.published()
    await owner.submit(next_step_id="history_import")
    assert owner.sees["type"] is FlowResultType.SHOW_PROGRESS
    manager.async_abort(owner.sees["flow_id"])
    await owner.household.settle()
    assert len(owner.imported()) == DAYS
    assert len(await owner.published()) > len(published)


async def test_page_is_loaded_again(owner: Owner) -> None:
    """Whoever looks again while it reads, or imports, does not start it twice."""
    owner.record_devices()
    manager = owner.hass.config_entries.options
    await owner.open()
    await owner.submit(electricity=[METER])
    owner.look_at(await manager.async_configure(owner.sees["flow_id"]))
    await owner.wait()
    assert owner.sees["type"] is FlowResultType.MENU
    await owner.submit(next_step_id="history_import")
    owner.look_at(await manager.async_configure(owner.sees["flow_id"]))
    await owner.wait()
    assert owner.aborted == "history_imported"
    assert len(owner.imported()) == DAYS


async def test_after_the_set_up(owner: Owner) -> None:
    """The form follows the set-up where there are statistics, and only there."""
    entry = owner.household.entry
    assert await async_next_flow(owner.hass, entry) is None
    owner.record_devices()
    await async_wait_recording_done(owner.hass)
    following = await async_next_flow(owner.hass, entry)
    assert following is not None
    kind, flow_id = following
    assert kind is FlowType.OPTIONS_FLOW
    manager = owner.hass.config_entries.options
    owner.look_at(await manager.async_configure(flow_id))
    await owner.choose(**owner.filled_in())
    assert owner.said == SUMMARY
    manager.async_abort(flow_id)
    with pytest.raises(UnknownFlow):
        manager.async_get(flow_id)
    await owner.hass.config_entries.async_unload(entry.entry_id)
    assert entry.state is ConfigEntryState.NOT_LOADED
    assert await async_next_flow(owner.hass, entry) is None


@pytest.mark.parametrize("is_recorded", [False, True])
async def test_set_up_goes_on_to_the_history(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    api_client: None,
    current_request_with_host: None,
    house: Simulator,
    hass_client_no_auth: ClientSessionGenerator,
    *,
    is_recorded: bool,
) -> None:
    """The page opens the form after the set-up, where there is something to choose."""
    shelly = house.shellies[Variant.AIR]
    if is_recorded:
        energy = er.async_get(hass).async_get_or_create(
            "sensor", "shelly", f"{shelly.mac.upper()}-emdata:0-total_act"
        )
        start = dt_util.utcnow().replace(minute=0, second=0, microsecond=0) - HOUR
        metadata = energy_metadata(energy.entity_id)
        async_import_statistics(hass, metadata, [StatisticData(start=start, sum=1.0)])
        await async_wait_recording_done(hass)
    async with aiohttp.ClientSession() as internet:
        user = User(hass, internet, hass_client_no_auth)
        await user.to_heat_pump()
        entry = await user.create(shelly)
    assert entry.state is ConfigEntryState.LOADED
    flows = hass.config_entries.options.async_progress()
    if is_recorded:
        (flow,) = flows
        assert user.sees["next_flow"] == (FlowType.OPTIONS_FLOW, flow["flow_id"])
        assert (flow["handler"], flow["step_id"]) == (entry.entry_id, "history")
    else:
        assert flows == []
        assert "next_flow" not in user.sees
    await hass.config_entries.async_unload(entry.entry_id)


def _imported(**changed: Any) -> Imported:
    """Return a year."""
    year: dict[str, Any] = {
        "days_imported": 365,
        "days_replaced": 0,
        "days_left_alone": 0,
        "days_emptied": 0,
        "first_day": date(2025, 1, 15),
        "last_day": date(2026, 1, 14),
        "electricity_kwh": 4210.4,
        "heat_kwh": 16_001.0,
        "cop": 3.8,
        "paired_days": 361.2,
        "coverage": 0.9896,
        "bad_rows": 0,
        "bad_rows_first": [],
    }
    return Imported(**(year | changed))


async def test_only_a_year_has_a_jaz(hass: HomeAssistant, household: Household) -> None:
    """From 330 paired days on; in the language of the household."""
    texts = await async_selector_texts(hass, "history")
    lines = summary(_imported(), texts, has_heat=True)
    assert "JAZ: 3.80, over 361 days for which both are known" in lines
    lines = summary(_imported(paired_days=329.9), texts, has_heat=True)
    assert "COP of 330 days: 3.80" in lines
    assert "JAZ: " not in lines
    lines = summary(_imported(cop=None), texts, has_heat=True)
    assert "never known for the same time" in lines
    hass.config.language = "de"
    lines = summary(
        _imported(), await async_selector_texts(hass, "history"), has_heat=True
    )
    assert "JAZ: 3,80, über 361 Tage" in lines
