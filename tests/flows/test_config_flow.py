"""Setting up by the user interface, against the simulated cloud and meters."""

from datetime import timedelta
from fnmatch import fnmatch
from typing import Any
from unittest.mock import AsyncMock, patch

import probatio
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.heatpump_monitor.budget_store import async_get_budget
from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.flows.schemas import (
    PLANT_SECTIONS,
    POLLING_SCHEMA,
)
from custom_components.heatpump_monitor.meter_subentries import (
    meter_of,
    start_meter_reauth,
)
from custom_components.heatpump_monitor.sources.shelly.client import (
    ShellyClient,
    ShellyInvalidAnswer,
)
from homeassistant.config_entries import (
    SOURCE_DHCP,
    SOURCE_IGNORE,
    SOURCE_ZEROCONF,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlowResult,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from homeassistant.loader import async_get_zeroconf
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator import MeterKind, Profile, Shelly, Simulator, Variant

from .user import (
    AIR_ID,
    ALL_PARTS,
    BRINE_ID,
    DATA_SHEET,
    LANGUAGES,
    PASSWORD,
    User,
    announced,
    announced_by,
    assert_form_readable,
    assert_readable,
    schema_of,
)

pytestmark = pytest.mark.usefixtures("api_client", "current_request_with_host")


async def test_set_up(
    hass: HomeAssistant, user: User, house: Simulator, set_up: AsyncMock
) -> None:
    """A heat pump of the account is set up with its meter, for two counted calls."""
    shelly = house.shellies[Variant.BRINE]
    await user.to_heat_pump()
    assert user.offered("heat_pump") == {
        BRINE_ID: "CU401B_G (7571381000000001, 0)",
        AIR_ID: "E3_Vitocal_16 (7571381000000002, 0)",
    }
    await user.enter(heat_pump=BRINE_ID)
    await user.choose("meter_shelly")
    # As copied from the browser's address bar.
    await user.enter(host=f" http://{shelly.host}/#/device ")
    assert user.step == "plant"
    assert user.suggested("rated_heat_kw") == 12.0
    await user.enter_plant(
        rated_heat_kw=11.5,
        flow_lph=1500,
        glycol_pct=25,
        backup_heater_kw=6,
        metered=["compressor", "source_pump"],
        heat_method="modulation",
        source_kind="brine",
        capacity_points=DATA_SHEET,
        brine_flow_lph=1800,
    )
    await hass.async_block_till_done()

    entry = user.sees["result"]
    assert entry.title == "CU401B_G"
    assert entry.unique_id == BRINE_ID
    token = entry.data["token"]
    assert token["refresh_token"]
    assert entry.data == {
        "kind": "heat_pump",
        "auth_implementation": DOMAIN,
        "token": token,
        "installation_id": 2_000_001,
        "gateway_serial": "7571381000000001",
        "device_id": "0",
        "model": "CU401B_G",
        "rated_heat_kw": 11.5,
        "flow_lph": 1500,
        "glycol_pct": 25,
        "backup_heater_kw": 6,
        "metered": ["compressor", "source_pump"],
        "heat_method": "modulation",
        "source_kind": "brine",
        "capacity_points": DATA_SHEET,
        "brine_flow_lph": 1800,
        "brine_glycol_pct": 30,
    }
    meter = meter_of(entry)
    assert (meter.title, meter.unique_id) == ("Shelly Pro 3EM", "fc:e8:c0:aa:00:01")
    assert meter.data == {
        "channels": [],
        "meter_kind": "shelly",
        "host": shelly.host,
        "password": None,
        "reversed_phases": [],
        "role": "whole",
    }
    set_up.assert_awaited_once()
    budget = await async_get_budget(hass, DOMAIN)
    assert budget.used_day == house.viessmann.api_requests == 2


async def test_plant_left_as_it_is(user: User, shelly: Shelly) -> None:
    """Who enters nothing of the plant gets all parts and the automatic method."""
    await user.to_shelly()
    entry = await user.create(shelly)
    assert entry.data["rated_heat_kw"] is None
    assert entry.data["flow_lph"] is None
    assert entry.data["glycol_pct"] == 0
    assert entry.data["backup_heater_kw"] is None
    assert entry.data["metered"] == ALL_PARTS
    assert entry.data["heat_method"] == "automatic"
    assert meter_of(entry).data["reversed_phases"] == []


async def test_form_in_the_browser(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    user: User,
    shelly: Shelly,
) -> None:
    """What the forms ask for reaches the browser."""
    assert await async_setup_component(hass, "config", {})
    await user.to_shelly()
    await user.enter(host=shelly.host)
    browser = await hass_client()
    flow_id = user.sees["flow_id"]
    answer = await browser.get(f"/api/config/config_entries/flow/{flow_id}")
    sections = {each["name"]: each for each in (await answer.json())["data_schema"]}
    assert [name for name, each in sections.items() if each["expanded"]] == [
        "metering",
        "heat",
    ]
    fields = {
        each["name"]: each
        for section in sections.values()
        for each in section["schema"]
    }
    assert fields["metered"]["default"] == ALL_PARTS
    methods = fields["heat_method"]["selector"]["select"]["options"]
    assert methods[0] == "automatic"
    assert not {"heat_meter", "combined"} & set(methods)
    assert fields["rated_heat_kw"]["selector"]["number"]["unit_of_measurement"] == "kW"
    assert set(fields["capacity_points"]["selector"]["object"]["fields"]) == {
        "source_c",
        "supply_c",
        "heat_kw",
    }
    await user.create(shelly)


async def test_page_loaded_again(user: User, shelly: Shelly) -> None:
    """A page that is loaded again shows the same question."""
    shelly.password = PASSWORD
    await user.to_heat_pump()
    await user.load_again()
    assert user.step == "heat_pump"
    await user.enter(heat_pump=AIR_ID)
    await user.load_again()
    await user.choose("meter_shelly")
    await user.load_again()
    assert user.step == "meter_shelly"
    await user.enter(host=shelly.host)
    await user.load_again()
    assert user.step == "meter_password"
    await user.enter(password=PASSWORD)
    await user.load_again()
    assert user.step == "plant"
    await user.create(shelly)


async def test_second_heat_pump(
    user: User, house: Simulator, entry: ConfigEntry
) -> None:
    """A heat pump that is set up already is not offered again."""
    await user.to_heat_pump()
    assert list(user.offered("heat_pump")) == [BRINE_ID]
    second = await user.create(house.shellies[Variant.BRINE], BRINE_ID)
    assert second.unique_id == BRINE_ID

    await user.to_heat_pump()
    assert user.aborted == "already_configured"


async def test_same_heat_pump_twice(user: User, shelly: Shelly) -> None:
    """Of two flows for one heat pump only the faster one makes an entry."""
    await user.to_heat_pump()
    slower = user.sees
    await user.to_heat_pump()
    await user.create(shelly)
    user.look_at(slower)
    await user.enter(heat_pump=AIR_ID)
    assert user.aborted == "already_configured"


async def test_no_heat_pump(user: User, house: Simulator, shelly: Shelly) -> None:
    """An account without a heat pump cannot be set up, until it has one."""
    house.viessmann.faults.no_heat_pump = True
    await user.to_heat_pump()
    assert user.aborted == "no_heat_pumps"

    house.viessmann.faults.no_heat_pump = False
    await user.to_heat_pump()
    await user.create(shelly)


async def test_refused_api_client(user: User, house: Simulator, shelly: Shelly) -> None:
    """An API client that is not active yet can be used later."""
    house.viessmann.faults.expired_token = True
    await user.to_heat_pump()
    assert user.aborted == "viessmann_refused"

    house.viessmann.faults.expired_token = False
    await user.to_heat_pump()
    await user.create(shelly)


async def test_viessmann_down(user: User, house: Simulator, shelly: Shelly) -> None:
    """Where the cloud does not answer, the user tries again without a new sign-in."""
    house.viessmann.faults.server_error = True
    await user.to_heat_pump()
    assert user.step == "account"
    assert user.errors == {"base": "viessmann_unavailable"}
    await user.enter()
    assert user.errors == {"base": "viessmann_unavailable"}

    house.viessmann.faults.server_error = False
    await user.enter()
    await user.create(shelly)
    assert house.viessmann.requests["authorize"] == 1


async def test_rate_limit(
    hass: HomeAssistant, user: User, house: Simulator, shelly: Shelly
) -> None:
    """A refusal for too many calls says until when, and no call is made before."""
    house.viessmann.faults.rate_limit = True
    await user.to_heat_pump()
    assert user.errors == {"base": "call_budget_exhausted"}
    placeholders = user.sees["description_placeholders"] or {}
    until = dt_util.as_local(dt_util.utcnow() + timedelta(hours=1))
    assert placeholders["until"][:13] in {
        f"{moment:%Y-%m-%d %H}" for moment in (until, until - timedelta(minutes=1))
    }

    house.viessmann.faults.rate_limit = False
    await user.enter()
    assert user.errors == {"base": "call_budget_exhausted"}
    assert house.viessmann.api_requests == 1

    budget = await async_get_budget(hass, DOMAIN)
    budget.block_until(dt_util.utcnow())
    await user.enter()
    await user.create(shelly)


async def test_rated_power_not_read(
    user: User, house: Simulator, shelly: Shelly
) -> None:
    """A heat pump that cannot be read now is set up all the same."""
    await user.to_heat_pump()
    house.viessmann.faults.device_offline = True
    await user.enter(heat_pump=BRINE_ID)
    await user.choose("meter_shelly")
    await user.enter(host=shelly.host)
    assert user.step == "plant"
    assert user.suggested("rated_heat_kw") is None
    await user.create(shelly)


async def test_heat_that_cannot_be_known(
    user: User, house: Simulator, shelly: Shelly
) -> None:
    """A heat pump without any heat method says so at the plant, and is set up."""
    house.viessmann.faults.missing_value = ("heating.compressors.0.sensors.power",)
    await user.to_shelly(BRINE_ID)
    await user.enter(host=shelly.host)
    assert user.step == "plant"
    assert user.errors == {"base": "heat_unknown"}
    await user.enter_plant(metered=[])
    assert user.errors == {"metering": "compressor_required"}
    await user.enter_plant(metered=ALL_PARTS, flow_lph=1500)
    assert user.sees["result"].data["flow_lph"] == 1500


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("unreachable", "meter_unreachable"),
        ("not_a_shelly", "meter_not_a_shelly"),
        ("first_generation", "meter_first_generation"),
        ("no_meter", "meter_without_energy"),
    ],
)
async def test_wrong_meter(user: User, shelly: Shelly, fault: str, error: str) -> None:
    """What cannot serve as a meter is named at the field, and can be corrected."""
    await user.to_shelly()
    setattr(shelly.faults, fault, True)
    await user.enter(host=shelly.host)
    assert user.step == "meter_shelly"
    assert user.errors == {"host": error}
    assert user.suggested("host") == shelly.host

    setattr(shelly.faults, fault, False)
    await user.create(shelly)


async def test_garbled_meter(user: User, shelly: Shelly) -> None:
    """A Shelly that identifies itself and then talks nonsense is named as such."""
    await user.to_shelly()
    with patch.object(ShellyClient, "read", side_effect=ShellyInvalidAnswer):
        await user.enter(host=shelly.host)
    assert user.errors == {"host": "meter_invalid_answer"}
    await user.create(shelly)


async def test_address_that_is_none(user: User, shelly: Shelly) -> None:
    """An address that cannot be one is as unreachable as any other."""
    await user.to_shelly()
    for host in ("192.168.1.50:http", "http://", ""):
        await user.enter(host=host)
        assert user.errors == {"host": "meter_unreachable"}
    await user.create(shelly)


async def test_password(user: User, shelly: Shelly) -> None:
    """The password is asked for only where one is set, until it is right."""
    shelly.password = PASSWORD
    await user.to_shelly()
    await user.enter(host=shelly.host)
    assert user.step == "meter_password"
    assert not user.errors
    await user.enter(password="wrong")
    assert user.errors == {"password": "meter_wrong_password"}
    await user.enter(password=PASSWORD)
    entry = await user.create(shelly)
    assert meter_of(entry).data["password"] == PASSWORD


async def test_meter_lost_at_the_password(user: User, shelly: Shelly) -> None:
    """A meter that goes while its password is entered is asked for again."""
    shelly.password = PASSWORD
    await user.to_shelly()
    await user.enter(host=shelly.host)
    shelly.faults.unreachable = True
    await user.enter(password=PASSWORD)
    assert user.step == "meter_shelly"
    assert user.errors == {"host": "meter_unreachable"}

    shelly.faults.unreachable = False
    await user.enter(host=shelly.host)
    await user.enter(password=PASSWORD)
    await user.create(shelly)


async def test_meter_in_use(
    user: User, house: Simulator, entry: ConfigEntry, shelly: Shelly
) -> None:
    """The meter of one heat pump cannot be that of another."""
    await user.to_shelly(BRINE_ID)
    await user.enter(host=shelly.host)
    assert user.errors == {"host": "meter_in_use"}
    assert user.sees["description_placeholders"] == {"other": "Vitocal 252-A"}
    await user.create(house.shellies[Variant.BRINE])


async def test_reversed_clamp(user: User, shelly: Shelly) -> None:
    """A phase with negative power is asked about, and suggested as reversed."""
    shelly.reverse(["b"])
    for entered, kept in (({}, ["b"]), ({"reversed_phases": []}, [])):
        await user.to_shelly(AIR_ID)
        await user.enter(host=shelly.host)
        assert user.step == "meter_reversed"
        await user.load_again()
        assert list(user.offered("reversed_phases")) == ["b"]
        await user.enter(**entered)
        await user.enter_plant()
        entry = user.sees["result"]
        assert meter_of(entry).data["reversed_phases"] == kept
        await user.remove(entry)


async def test_single_phase_channels(user: User, shelly: Shelly) -> None:
    """Which single-phase channels count is asked, and the others are no concern."""
    shelly.set_profile(Profile.MONOPHASE)
    shelly.reverse("bc")
    await user.to_shelly()
    await user.enter(host=shelly.host)
    assert user.step == "meter_channels"
    offered = user.sees["data_schema"]
    assert offered is not None
    assert offered({}) == {"channels": ["a", "b", "c"]}
    await user.enter(channels=[])
    assert user.errors == {"channels": "channel_required"}
    await user.enter(channels=["b", "a"])
    assert user.step == "meter_reversed"
    assert list(user.offered("reversed_phases")) == ["b"]
    entry = await user.create(shelly)
    assert meter_of(entry).data["channels"] == ["a", "b"]
    assert meter_of(entry).unique_id == "fc:e8:c0:aa:00:02_ab"


@pytest.mark.parametrize(
    ("kind", "name", "channels"),
    [
        (MeterKind.PRO_EM, "Shelly Pro EM-50", ["a", "b"]),
        (MeterKind.TWO_PM, "Shelly 2PM Gen3", ["a", "b"]),
        (MeterKind.ONE_PM, "Shelly 1PM Gen4", ["a"]),
        (MeterKind.PM, "Shelly PM Mini Gen3", ["a"]),
    ],
)
async def test_kinds_of_meter(
    user: User, shelly: Shelly, kind: MeterKind, name: str, channels: list[str]
) -> None:
    """Only a meter with several channels asks for them."""
    shelly.set_kind(kind)
    await user.to_shelly()
    await user.enter(host=shelly.host)
    if len(channels) > 1:
        assert user.step == "meter_channels"
        await user.enter()
    meter = meter_of(await user.create(shelly))
    assert (meter.title, meter.data["channels"]) == (name, channels)


async def test_impossible_plant(user: User, shelly: Shelly) -> None:
    """A plant that gives no COP is refused at the section, and nothing is lost."""
    await user.to_shelly()
    await user.enter(host=shelly.host)
    await user.enter_plant(metered=["backup_heater"], heat_method="assumed_flow")
    assert user.errors == {
        "metering": "compressor_required",
        "heat": "flow_required",
    }
    assert user.suggested("heat_method") == "assumed_flow"
    await user.enter_plant(
        metered=["compressor"], heat_method="assumed_flow", flow_lph=900
    )
    assert user.sees["result"].data["flow_lph"] == 900


@pytest.mark.parametrize(
    ("data_sheet", "error"),
    [
        ({"heat_method": "source_balance"}, "brine_flow_required"),
        ({"source_kind": "air", "brine_flow_lph": 1800}, "air_has_no_brine"),
        ({"capacity_points": DATA_SHEET[:1]}, "points_two_to_four"),
        ({"capacity_points": DATA_SHEET + 3 * DATA_SHEET[:1]}, "points_two_to_four"),
        (
            {"capacity_points": DATA_SHEET + DATA_SHEET[:1]},
            "points_with_same_temperatures",
        ),
        (
            {
                "capacity_points": [
                    *DATA_SHEET,
                    {"source_c": 25, "supply_c": 25, "heat_kw": 15},
                ]
            },
            "points_supply_not_above_source",
        ),
    ],
)
async def test_impossible_data_sheet(
    user: User, shelly: Shelly, data_sheet: dict[str, Any], error: str
) -> None:
    """What a data sheet cannot say is refused, and can be corrected."""
    await user.to_shelly()
    await user.enter(host=shelly.host)
    await user.enter_plant(**data_sheet)
    assert user.errors == {"data_sheet": error}
    await user.enter_plant(heat_method="source_balance", brine_flow_lph=1800)
    assert user.sees["result"].data["brine_flow_lph"] == 1800


async def test_discovered_meter(
    hass: HomeAssistant, user: User, shelly: Shelly
) -> None:
    """A Shelly that announces itself starts a set-up that no longer asks for it."""
    await user.start(SOURCE_ZEROCONF, announced_by(shelly))
    assert user.step == "discovery_confirm"
    assert user.sees["description_placeholders"] == {
        "name": f"ShellyPro3EM-{shelly.mac}",
        "host": shelly.host,
    }
    await user.load_again()
    assert user.step == "discovery_confirm"
    await user.enter()
    await user.choose("viessmann")
    await user.sign_in()
    await user.enter(heat_pump=AIR_ID)
    assert user.step == "plant"
    entry = await user.create(shelly)
    assert entry.unique_id == AIR_ID
    assert meter_of(entry).data["host"] == shelly.host
    assert not hass.config_entries.flow.async_progress()


async def test_discovered_meter_lost(user: User, shelly: Shelly) -> None:
    """A discovered Shelly that no longer answers is asked for like any other."""
    await user.start(SOURCE_ZEROCONF, announced_by(shelly))
    await user.enter()
    await user.choose("viessmann")
    await user.sign_in()
    shelly.faults.unreachable = True
    await user.enter(heat_pump=AIR_ID)
    assert user.step == "meter_shelly"
    assert user.errors == {"host": "meter_unreachable"}
    assert user.suggested("host") == shelly.host

    shelly.faults.unreachable = False
    await user.create(shelly)


async def test_discovered_meter_offered(
    hass: HomeAssistant, user: User, house: Simulator, shelly: Shelly
) -> None:
    """Who starts by hand is offered the Shellys found, and takes one off the list."""
    other = house.shellies[Variant.BRINE]
    await user.start(SOURCE_ZEROCONF, announced_by(shelly))
    await user.start(SOURCE_ZEROCONF, announced_by(other))
    await user.to_shelly()
    assert user.offered("host") == {
        shelly.host: f"ShellyPro3EM-{shelly.mac} ({shelly.host})",
        other.host: f"ShellyPro3EM-{other.mac} ({other.host})",
    }
    assert not user.suggested("host")
    await user.create(shelly)
    open_flows = hass.config_entries.flow.async_progress()
    assert [flow["context"]["unique_id"] for flow in open_flows] == [
        "fc:e8:c0:aa:00:01"
    ]


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("ShellyPro3EM-FCE8C0AA0002", True),
        ("ShellyPro3EM400-FCE8C0AA0002", True),
        ("ShellyProEM50-FCE8C0AA0002", True),
        ("Shelly3EM63G3-FCE8C0AA0002", True),
        ("ShellyEMG3-FCE8C0AA0002", True),
        ("ShellyEM63G4-FCE8C0AA0002", True),
        ("ShellyPMMiniG3-FCE8C0AA0002", False),
        ("Shelly1PMG4-FCE8C0AA0002", False),
        ("ShellyPlusPlugS-FCE8C0AA0002", False),
    ],
)
async def test_what_is_offered(hass: HomeAssistant, name: str, offered: bool) -> None:
    """Meters with clamps are offered; plugs and relays mostly measure other things."""
    found = announced(name=name)
    ours = [
        matcher["name"]
        for matcher in (await async_get_zeroconf(hass))[found.type]
        if matcher["domain"] == DOMAIN
    ]
    assert any(fnmatch(found.name.lower(), pattern) for pattern in ours) == offered


async def test_only_discovered_meter(user: User, shelly: Shelly) -> None:
    """The only Shelly found is filled in for who starts by hand."""
    await user.start(SOURCE_ZEROCONF, announced_by(shelly))
    await user.to_shelly()
    assert user.suggested("host") == shelly.host
    await user.create(shelly)


async def test_discovered_twice(user: User, shelly: Shelly) -> None:
    """A Shelly that announces itself again is offered once."""
    await user.start(SOURCE_ZEROCONF, announced_by(shelly))
    await user.start(SOURCE_ZEROCONF, announced_by(shelly))
    assert user.aborted == "already_in_progress"


async def test_discovered_and_ignored(
    hass: HomeAssistant, user: User, shelly: Shelly
) -> None:
    """A Shelly that the user ignored is not offered again, but may be set up."""
    ignored = {"unique_id": "fc:e8:c0:aa:00:02", "title": "Shelly"}
    await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_IGNORE}, data=ignored
    )
    await user.start(SOURCE_ZEROCONF, announced_by(shelly))
    assert user.aborted == "already_configured"
    await user.to_shelly()
    await user.create(shelly)


@pytest.mark.parametrize(
    ("announcement", "reason"),
    [
        (announced("fd00::50"), "ipv6_not_supported"),
        (announced(name="ShellyPro3EM-Cellar"), "meter_not_a_shelly"),
    ],
)
async def test_useless_announcement(
    user: User, shelly: Shelly, announcement: ZeroconfServiceInfo, reason: str
) -> None:
    """What cannot be a meter of ours is not offered."""
    await user.start(SOURCE_ZEROCONF, announcement)
    assert user.aborted == reason
    await user.to_shelly()
    await user.create(shelly)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("unreachable", "meter_unreachable"),
        ("not_a_shelly", "meter_not_a_shelly"),
        ("first_generation", "meter_first_generation"),
    ],
)
async def test_discovered_but_silent(
    user: User, shelly: Shelly, fault: str, reason: str
) -> None:
    """A Shelly that does not answer is not offered before it does."""
    setattr(shelly.faults, fault, True)
    await user.start(SOURCE_ZEROCONF, announced_by(shelly))
    assert user.aborted == reason
    setattr(shelly.faults, fault, False)
    await user.start(SOURCE_ZEROCONF, announced_by(shelly))
    assert user.step == "discovery_confirm"


@pytest.mark.parametrize(
    ("source", "discovery"),
    [
        (SOURCE_ZEROCONF, announced()),
        (
            SOURCE_DHCP,
            DhcpServiceInfo(
                ip="192.168.1.50", hostname="shelly", macaddress="fce8c0aa0002"
            ),
        ),
    ],
)
async def test_known_meter_moved(
    hass: HomeAssistant,
    user: User,
    entry: ConfigEntry,
    set_up: AsyncMock,
    source: str,
    discovery: ZeroconfServiceInfo | DhcpServiceInfo,
) -> None:
    """A known Shelly with a new address is followed, with one reload and no more."""
    for _ in range(2):
        await user.start(source, discovery)
        assert user.aborted == "already_configured"
        await hass.async_block_till_done()
    assert meter_of(entry).data["host"] == "192.168.1.50"
    assert entry.state is ConfigEntryState.LOADED
    # Once when it was created, and once with the new address.
    assert set_up.await_count == 2


async def test_unknown_device_moved(user: User, entry: ConfigEntry) -> None:
    """A device that is no meter of ours does not concern us."""
    stranger = DhcpServiceInfo(
        ip="192.168.1.50", hostname="tv", macaddress="0123456789ab"
    )
    await user.start(SOURCE_DHCP, stranger)
    assert user.aborted == "unknown_meter"
    assert meter_of(entry).data["host"] != "192.168.1.50"


async def test_sign_in_again(
    hass: HomeAssistant,
    user: User,
    house: Simulator,
    entry: ConfigEntry,
    set_up: AsyncMock,
) -> None:
    """A new sign-in of the same account replaces the token and nothing else."""
    before = dict(entry.data)
    entry.async_start_reauth(hass)
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress()
    await user.open(flow["flow_id"])
    assert user.step == "reauth_confirm"
    await user.enter()
    house.viessmann.faults.server_error = True
    await user.sign_in()
    assert user.step == "account"
    house.viessmann.faults.server_error = False
    await user.enter()
    assert user.aborted == "reauth_successful"
    await hass.async_block_till_done()
    new = {name: entry.data[name] for name in ("token", "signed_in_at")}
    assert new["token"] != before["token"]
    assert entry.data == before | new
    assert set_up.await_count == 2


async def test_sign_in_to_another_account(
    hass: HomeAssistant, user: User, house: Simulator, entry: ConfigEntry
) -> None:
    """An account without the entry's heat pump is refused, the right one is not."""
    before = dict(entry.data)
    house.viessmann.faults.no_heat_pump = True
    await user.sign_in_again(entry)
    assert user.aborted == "wrong_account"
    assert entry.data == before

    house.viessmann.faults.no_heat_pump = False
    await user.sign_in_again(entry)
    assert user.aborted == "reauth_successful"


async def test_new_meter_password(
    hass: HomeAssistant,
    user: User,
    house: Simulator,
    entry: ConfigEntry,
    shelly: Shelly,
) -> None:
    """The meter's side asks for the password only, until it is right."""
    shelly.password = PASSWORD
    start_meter_reauth(hass, entry, meter_of(entry))
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress()
    await user.open(flow["flow_id"])
    assert user.step == "reauth_meter"
    await user.enter(password="wrong")
    assert user.errors == {"password": "meter_wrong_password"}
    shelly.faults.unreachable = True
    await user.enter(password=PASSWORD)
    assert user.errors == {"password": "meter_unreachable"}
    shelly.faults.unreachable = False
    shelly.mac = "FCE8C0AA0099"
    await user.enter(password=PASSWORD)
    assert user.errors == {"password": "another_meter"}
    shelly.mac = "FCE8C0AA0002"
    await user.enter(password=PASSWORD)
    assert user.aborted == "reauth_successful"
    assert meter_of(entry).data["password"] == PASSWORD


async def test_reconfigure_plant(
    hass: HomeAssistant, user: User, entry: ConfigEntry, set_up: AsyncMock
) -> None:
    """The plant can be changed, and a value be taken back."""
    for plant in (
        {
            "rated_heat_kw": 8.5,
            "glycol_pct": 25,
            "backup_heater_kw": 6,
            "metered": ALL_PARTS[:2],
            "source_kind": "air",
            "capacity_points": DATA_SHEET,
        },
        {"metered": ALL_PARTS, "heat_method": "flow"},
    ):
        await user.reconfigure(entry)
        for field in (
            "rated_heat_kw",
            "glycol_pct",
            "backup_heater_kw",
            "metered",
            "heat_method",
            "source_kind",
            "capacity_points",
            "brine_glycol_pct",
        ):
            assert user.suggested(field) == entry.data[field]
        await user.enter_plant(metered=[])
        assert user.errors == {"metering": "compressor_required"}
        await user.enter_plant(**plant)
        assert user.aborted == "reconfigure_successful"
        await hass.async_block_till_done()
    assert entry.data["rated_heat_kw"] is None
    assert entry.data["glycol_pct"] == 0
    assert entry.data["backup_heater_kw"] is None
    assert entry.data["metered"] == ALL_PARTS
    assert entry.data["heat_method"] == "flow"
    assert entry.data["source_kind"] is None
    assert entry.data["capacity_points"] is None
    assert set_up.await_count == 3


async def _open_options(
    hass: HomeAssistant, entry: ConfigEntry, form: str
) -> ConfigFlowResult:
    """Return one of the forms that the options' menu leads to."""
    options = hass.config_entries.options
    menu = await options.async_init(entry.entry_id)
    form_shown = await options.async_configure(menu["flow_id"], {"next_step_id": form})
    for language in LANGUAGES:
        assert_readable(menu, language["options"])
        assert_readable(form_shown, language["options"])
    return form_shown


async def test_polling_options(
    hass: HomeAssistant, entry: ConfigEntry, set_up: AsyncMock
) -> None:
    """Intervals and ranges can be tuned; a range needs a width."""
    result = await _open_options(hass, entry, "polling")
    usual = schema_of(result)({})
    assert usual == {
        "meter_interval_s": 10,
        "heat_pump_interval_s": 300,
        "extra_readings": False,
        "temperature_min_c": -40,
        "temperature_max_c": 100,
        "power_max_kw": 20,
        "silence_h": 1.0,
    }
    wanted = usual | {"meter_interval_s": 5, "temperature_min_c": 30}
    result = await hass.config_entries.options.async_configure(
        result["flow_id"], wanted | {"temperature_max_c": 30}
    )
    for language in LANGUAGES:
        assert_form_readable(result, language["options"])
    assert result["errors"] == {"temperature_max_c": "not_above_minimum"}
    result = await hass.config_entries.options.async_configure(
        result["flow_id"], wanted
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert entry.options == wanted
    assert set_up.await_count == 2


async def test_money_options(
    hass: HomeAssistant, entry: ConfigEntry, set_up: AsyncMock
) -> None:
    """Prices, CO2 and degree days are kept, and can be taken back."""
    hass.states.async_set("sensor.price", "0.31", {"unit_of_measurement": "EUR/kWh"})
    for money in (
        {"price_entity": "sensor.price", "co2": 380.0, "season_start_month": 10.0},
        {
            "price": 0.2879,
            "own_price": 0.08,
            "degree_days": 2200.0,
            "season_start_month": 9.0,
        },
    ):
        result = await _open_options(hass, entry, "money")
        result = await hass.config_entries.options.async_configure(
            result["flow_id"], money
        )
        assert result["type"] is FlowResultType.CREATE_ENTRY
        await hass.async_block_till_done()
        assert entry.options == money
    assert set_up.await_count == 3


async def test_money_is_in_the_currency_of_the_household(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """The field of the price says which currency is meant."""
    await hass.config.async_update(currency="SEK")
    price = schema_of(await _open_options(hass, entry, "money")).schema["price"]
    assert price.config["unit_of_measurement"] == "SEK/kWh"


async def test_dashboard_option(
    hass: HomeAssistant, entry: ConfigEntry, set_up: AsyncMock
) -> None:
    """The dashboard is in the sidebar unless it is switched off."""
    result = await _open_options(hass, entry, "dashboard")
    assert schema_of(result)({}) == {"dashboard": True}
    for wanted in (False, True):
        result = await _open_options(hass, entry, "dashboard")
        result = await hass.config_entries.options.async_configure(
            result["flow_id"], {"dashboard": wanted}
        )
        assert result["type"] is FlowResultType.CREATE_ENTRY
        await hass.async_block_till_done()
        assert entry.options == {"dashboard": wanted}
    assert set_up.await_count == 3


async def test_forms_of_options_keep_apart(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """What one form keeps, the other neither loses nor brings back."""
    usual = {
        "meter_interval_s": 7,
        "heat_pump_interval_s": 300,
        "extra_readings": False,
        "temperature_min_c": -40,
        "temperature_max_c": 100,
        "power_max_kw": 20,
        "silence_h": 1.0,
    }
    for form, entered in (
        ("money", {"price": 0.3, "season_start_month": 9}),
        ("polling", usual),
        ("dashboard", {"dashboard": False}),
        ("money", {"co2": 400, "season_start_month": 9}),
    ):
        result = await _open_options(hass, entry, form)
        await hass.config_entries.options.async_configure(result["flow_id"], entered)
        await hass.async_block_till_done()
    kept = usual | {"dashboard": False}
    assert entry.options == kept | {"co2": 400, "season_start_month": 9}


@pytest.mark.parametrize(
    ("field", "entity_id", "unit", "error"),
    [
        ("price_entity", "sensor.missing", None, "entity_not_found"),
        ("price_entity", "sensor.given", "kWh", "unit_not_per_kwh"),
        ("price_entity", "sensor.given", "EUR/kWh", None),
        ("price_entity", "sensor.given", None, None),
        ("co2_entity", "sensor.missing", None, "entity_not_found"),
        ("co2_entity", "sensor.given", "%", "unit_not_per_kwh"),
        ("co2_entity", "sensor.given", "gCO2eq/kWh", None),
    ],
)
async def test_money_entities_are_checked(
    hass: HomeAssistant,
    entry: ConfigEntry,
    field: str,
    entity_id: str,
    unit: str | None,
    error: str | None,
) -> None:
    """An entity must exist and be per kWh; that it has a number can wait."""
    hass.states.async_set(
        "sensor.given", "unavailable", {"unit_of_measurement": unit} if unit else {}
    )
    entered = {field: entity_id, "season_start_month": 9}
    result = await _open_options(hass, entry, "money")
    result = await hass.config_entries.options.async_configure(
        result["flow_id"], entered
    )
    if error is None:
        assert result["type"] is FlowResultType.CREATE_ENTRY
        assert entry.options == entered
        return
    assert result["errors"] == {field: error}
    for language in LANGUAGES:
        assert_readable(result, language["options"])


@pytest.mark.parametrize(
    ("option", "lowest", "highest"),
    [("meter_interval_s", 5, 60), ("heat_pump_interval_s", 60, 900)],
)
async def test_interval_limits(
    hass: HomeAssistant, entry: ConfigEntry, option: str, lowest: int, highest: int
) -> None:
    """An interval outside of its limits is not taken."""
    result = await _open_options(hass, entry, "polling")
    fields = schema_of(result)
    for good in (lowest, highest):
        assert fields({option: good})[option] == good
    for bad in (lowest - 1, highest + 1):
        with pytest.raises(probatio.Invalid):
            fields({option: bad})


def test_choices_have_names() -> None:
    """Every value that a form offers by key has a name in both languages."""
    for language in LANGUAGES:
        plant = [section.schema for section in PLANT_SECTIONS.values()]
        for schema in (*plant, POLLING_SCHEMA):
            for selector in schema.schema.values():
                if key := selector.config.get("translation_key"):
                    kind = "options" if "options" in selector.config else "fields"
                    names = language["selector"][key][kind]
                    assert set(names) >= set(selector.config[kind])
