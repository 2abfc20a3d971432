"""The set-up of a house meter: the P1 meter's button, or entities."""

import asyncio
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
import logging
from typing import Any
from unittest.mock import AsyncMock, patch

import aiohttp
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_monitor import heat_pump
from custom_components.heatpump_monitor.const import DOMAIN, Kind
from custom_components.heatpump_monitor.p1_token import (
    async_delete_token,
    async_token_name,
)
from custom_components.heatpump_monitor.sources.endpoints import CA_FILE_VARIABLE
from homeassistant.config_entries import (
    SOURCE_DHCP,
    SOURCE_IGNORE,
    SOURCE_REAUTH,
    SOURCE_ZEROCONF,
    ConfigEntry,
)
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.data_entry_flow import (
    EVENT_DATA_ENTRY_FLOW_PROGRESS_UPDATE,
    FlowResultType,
)
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from simulator import Simulator
from simulator.homewizard import P1, Certificate

from .entities import KWH, WATT, Integration, add_shelly
from .user import LANGUAGES, User

SERIAL = "5c2faf0b0001"
V2, V1 = "_homewizard._tcp.local.", "_hwenergy._tcp.local."
MODULE = "custom_components.heatpump_monitor.flows.house_meter"


@pytest.fixture(autouse=True)
def house_modules(set_up: AsyncMock) -> Iterator[None]:
    """Keep set-up house meters from being read, too."""
    modules = {Kind.HOUSE_METER: heat_pump}
    with patch.dict("custom_components.heatpump_monitor._MODULES", modules):
        yield


@pytest.fixture(autouse=True)
def hurry() -> Iterator[None]:
    """Ask for the token without a pause."""
    with patch(f"{MODULE}._PAUSE_S", 0):
        yield


@pytest.fixture
async def p1(house: Simulator, api_client: None, monkeypatch: pytest.MonkeyPatch) -> P1:
    """Return the P1 meter of the house."""
    monkeypatch.setenv(CA_FILE_VARIABLE, str(house.p1.ca_file))
    loop = asyncio.get_running_loop()
    handle = loop.get_exception_handler()

    def without_servers(loop: asyncio.AbstractEventLoop, context: Any) -> None:
        """Pass over what the simulator meets when its certificate is refused."""
        if "incoming connection" not in context["message"] and handle is not None:
            handle(loop, context)

    loop.set_exception_handler(without_servers)
    return house.p1


@pytest.fixture
async def entry(hass: HomeAssistant, user: User, p1: P1) -> ConfigEntry:
    """Return the entry of the P1 meter, loaded."""
    await to_button(user, p1)
    p1.press_button()
    await submit_button(hass, user)
    await hass.async_block_till_done()
    return user.sees["result"]


async def to_house(user: User) -> None:
    """Choose a house meter."""
    await user.start()
    await user.choose("house_meter")


async def to_button(user: User, p1: P1) -> None:
    """Go up to the question for the button."""
    await to_house(user)
    await user.choose("house_p1")
    await user.enter(host=p1.host)
    assert user.step == "house_button"


async def submit_button(hass: HomeAssistant, user: User) -> None:
    """Submit the question for the button, and wait until the progress is over."""
    assert user.step == "house_button"
    await user.enter()
    assert user.sees["type"] is FlowResultType.SHOW_PROGRESS
    await hass.async_block_till_done()
    await user.load_again()


def announced(
    p1: P1, kind: str = V2, host: str | None = None, **changes: str | None
) -> ZeroconfServiceInfo:
    """Return how a P1 meter announces itself."""
    address, _, port = p1.host.partition(":")
    where = ip_address(host or address)
    return ZeroconfServiceInfo(
        ip_address=where,
        ip_addresses=[where],
        port=int(port) if kind == V2 else 80,
        hostname="p1meter-0b0001.local.",
        type=kind,
        name=f"p1meter-0b0001.{kind}",
        properties={
            "id": p1.identifier,
            "serial": SERIAL,
            "product_name": "P1 meter",
            "product_type": "HWE-P1",
            **changes,
        },
    )


def placeholders(user: User) -> Mapping[str, str]:
    """Return what is filled into the text that is shown."""
    return user.sees["description_placeholders"] or {}


def message(user: User) -> str:
    """Return the error that is shown, in English."""
    assert user.errors
    (key,) = user.errors.values()
    text: str = LANGUAGES[0]["config"]["error"][key]
    return text


async def test_p1(hass: HomeAssistant, user: User, p1: P1, set_up: AsyncMock) -> None:
    """A press of the button gives a token, with a name of this Home Assistant."""
    await to_house(user)
    await user.choose("house_p1")
    await user.enter(host=f" https://{p1.host}/api ")
    assert placeholders(user) == {"host": p1.host, "seconds": "60"}
    p1.press_button()
    await submit_button(hass, user)
    await hass.async_block_till_done()
    entry = user.sees["result"]
    assert (entry.title, entry.unique_id) == ("HomeWizard P1", SERIAL)
    signed_in_at, token = entry.data["signed_in_at"], entry.data["token"]
    assert entry.data == {
        "kind": "house_meter",
        "source": "homewizard",
        "host": p1.host,
        "identifier": f"appliance/p1dongle/{SERIAL}",
        "token": token,
        "signed_in_at": signed_in_at,
    }
    assert len(token) == 32
    set_up.assert_awaited_once()
    name = await async_token_name(hass)
    assert name.startswith("local/heatpump_monitor_")
    async with aiohttp.ClientSession() as session:
        users = await (
            await session.get(
                f"https://{p1.host}/api/user",
                headers={"Authorization": f"Bearer {token}"},
                ssl=False,
            )
        ).json()
    assert {"name": name, "current": True} in users


async def test_button_pressed_late(hass: HomeAssistant, user: User, p1: P1) -> None:
    """It is asked again and again, and the time left is shown."""
    shares: list[float] = []

    @callback
    def show(event: Event[Mapping[str, Any]]) -> None:
        shares.append(event.data["progress"])
        if len(shares) == 30:
            p1.press_button()

    hass.bus.async_listen(EVENT_DATA_ENTRY_FLOW_PROGRESS_UPDATE, show)
    await to_button(user, p1)
    await submit_button(hass, user)
    assert user.sees["type"] is FlowResultType.CREATE_ENTRY
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert 30 <= len(shares) < 60
    assert shares[29] == pytest.approx(29 / 60)


async def test_page_loaded_again(hass: HomeAssistant, user: User, p1: P1) -> None:
    """Who loads the page again still waits for the same press."""
    await to_button(user, p1)
    with patch(f"{MODULE}._PAUSE_S", 0.01):
        await user.enter()
        for _ in range(2):
            await user.load_again()
            assert user.sees["type"] is FlowResultType.SHOW_PROGRESS
        p1.press_button()
        await hass.async_block_till_done()
        await user.load_again()
    assert user.sees["type"] is FlowResultType.CREATE_ENTRY


async def test_button_not_pressed(hass: HomeAssistant, user: User, p1: P1) -> None:
    """After a minute it says so, and can be tried again."""
    await to_button(user, p1)
    await submit_button(hass, user)
    assert user.errors == {"base": "p1_button_not_pressed"}
    assert "not pressed in time" in message(user)
    assert p1.requests["/api/user"] == 60
    await user.load_again()
    assert user.errors == {"base": "p1_button_not_pressed"}
    p1.press_button()
    await submit_button(hass, user)
    assert user.sees["type"] is FlowResultType.CREATE_ENTRY


async def test_flow_closed_while_it_waits(
    hass: HomeAssistant, user: User, p1: P1
) -> None:
    """Nobody asks for a token any more."""
    await to_button(user, p1)
    with patch(f"{MODULE}._PAUSE_S", 0.01):
        await user.enter()
        hass.config_entries.flow.async_abort(user.sees["flow_id"])
        await hass.async_block_till_done()
        asked = p1.requests["/api/user"]
        await asyncio.sleep(0.05)
    assert p1.requests["/api/user"] == asked < 60


@pytest.mark.parametrize(
    ("fault", "key", "words"),
    [
        ("server_error", "p1_unavailable", "reports an error"),
        ("unreachable", "p1_unreachable", "No answer"),
        ("garbage", "p1_invalid_answer", "cannot be read"),
    ],
)
async def test_trouble_while_it_waits(
    hass: HomeAssistant, user: User, p1: P1, fault: str, key: str, words: str
) -> None:
    """What goes wrong ends the waiting with its own message."""
    await to_button(user, p1)
    setattr(p1.faults, fault, True)
    await submit_button(hass, user)
    assert user.errors == {"base": key}
    assert words in message(user)


async def test_too_many_users(hass: HomeAssistant, user: User, p1: P1) -> None:
    """A P1 meter that is full says so."""
    await to_button(user, p1)
    p1.press_button()
    with patch("simulator.homewizard.p1_users._STORAGE", 0):
        await submit_button(hass, user)
    assert "no room for another user" in message(user)


async def test_answer_without_token(hass: HomeAssistant, user: User, p1: P1) -> None:
    """An answer that has no token is none."""
    await to_button(user, p1)
    with patch("simulator.homewizard.p1_users.Users.create", return_value=""):
        await submit_button(hass, user)
    assert user.errors == {"base": "p1_invalid_answer"}


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        (Certificate.EXPIRED, "is not valid today"),
        (Certificate.ANOTHER_AUTHORITY, "no certificate by HomeWizard"),
    ],
)
async def test_certificates(
    user: User, p1: P1, certificate: Certificate, words: str
) -> None:
    """A certificate that proves nothing is said at the field of the host."""
    p1.show_certificate(certificate)
    await to_house(user)
    await user.choose("house_p1")
    await user.enter(host=p1.host)
    assert words in message(user)
    assert p1.requests.total() == 0
    p1.show_certificate(Certificate.VALID)
    await user.enter(host=p1.host)
    assert user.step == "house_button"


async def test_wrong_addresses(user: User, house: Simulator, p1: P1) -> None:
    """Each thing that can be at an address has a message of its own."""
    await to_house(user)
    await user.choose("house_p1")
    await user.enter(host="127.0.0.1:1")
    assert "Is it plugged in" in message(user)
    kwh_meter = next(iter(house.homewizards.values()))
    await user.enter(host=kwh_meter.host)
    assert "is not a P1 meter" in message(user)
    kwh_meter.api_enabled = False
    await user.enter(host=kwh_meter.host)
    assert "local API of this HomeWizard is switched off" in message(user)
    shelly = next(iter(house.shellies.values()))
    await user.enter(host=shelly.host)
    assert "is not a P1 meter" in message(user)
    await p1.use_old_firmware()
    await user.enter(host=p1.host)
    assert "has old firmware. Update it" in message(user)
    p1.faults.api_disabled = True
    await user.enter(host=p1.host)
    assert "update its firmware. Then" in message(user)
    await p1.use_old_firmware(on=False)
    await user.enter(host=p1.host)
    assert user.step == "house_button"


async def test_same_p1_again(
    hass: HomeAssistant, user: User, p1: P1, entry: ConfigEntry
) -> None:
    """A P1 meter is set up once; entered again, its new address is taken."""
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "host": "192.0.2.1"}
    )
    await to_house(user)
    await user.choose("house_p1")
    await user.enter(host=p1.host)
    assert user.aborted == "already_configured"
    assert entry.data["host"] == p1.host


@pytest.mark.parametrize("kind", [V2, V1])
async def test_discovery(hass: HomeAssistant, user: User, p1: P1, kind: str) -> None:
    """One that announced itself is set up with its button alone."""
    info = announced(p1, kind)
    if kind == V1:
        # On a real device, version 2 is at its usual port.
        with patch(f"{MODULE}.identifier_at", return_value=p1.identifier):
            await user.start(SOURCE_ZEROCONF, info)
            assert user.step == "house_found"
            await user.enter()
        assert placeholders(user)["host"] == "127.0.0.1"
        return
    await user.start(SOURCE_ZEROCONF, info)
    assert user.step == "house_found"
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["title_placeholders"] == {"name": "HomeWizard P1"}
    assert placeholders(user) == {"host": p1.host}
    await user.enter()
    p1.press_button()
    await submit_button(hass, user)
    assert user.sees["result"].unique_id == SERIAL


async def test_discovery_at_the_usual_port(user: User, p1: P1) -> None:
    """The port of HTTPS need not be named."""
    info = announced(p1)
    info.port = 443
    await user.start(SOURCE_ZEROCONF, info)
    assert placeholders(user) == {"host": "127.0.0.1"}


async def test_discovery_of_old_firmware(user: User, p1: P1) -> None:
    """Who has old firmware is told to update it, and can go on then."""
    await p1.use_old_firmware()
    await user.start(SOURCE_ZEROCONF, announced(p1))
    await user.enter()
    assert user.errors == {"base": "p1_outdated"}
    assert "Update it in the HomeWizard app" in message(user)
    await p1.use_old_firmware(on=False)
    await user.enter()
    assert user.step == "house_button"


async def test_discovery_by_both_versions(user: User, p1: P1) -> None:
    """A P1 meter that announces itself twice is offered once."""
    await user.start(SOURCE_ZEROCONF, announced(p1))
    await user.start(SOURCE_ZEROCONF, announced(p1, V1))
    assert user.aborted == "already_in_progress"


async def test_discovery_of_an_impostor(user: User, p1: P1) -> None:
    """The certificate has to name the serial number that was announced."""
    p1.show_certificate(Certificate.ANOTHER_DEVICE)
    await user.start(SOURCE_ZEROCONF, announced(p1))
    await user.enter()
    assert "Another P1 meter answers" in message(user)


async def test_discoveries_of_no_use(user: User, p1: P1) -> None:
    """What is no P1 meter, or has no address that can be used, is left alone."""
    for info, reason in (
        (announced(p1, product_type="HWE-KWH3"), "not_a_p1"),
        (announced(p1, serial=None), "not_a_p1"),
        (announced(p1, host="fd00::50"), "ipv6_not_supported"),
    ):
        await user.start(SOURCE_ZEROCONF, info)
        assert user.aborted == reason


async def test_known_p1_moves(
    hass: HomeAssistant, user: User, p1: P1, entry: ConfigEntry
) -> None:
    """A known P1 meter is followed to its new address."""
    await user.start(SOURCE_ZEROCONF, announced(p1, host="192.0.2.7"))
    assert user.aborted == "already_configured"
    assert entry.data["host"] == f"192.0.2.7:{p1.host.partition(':')[2]}"
    info = DhcpServiceInfo(ip="192.0.2.8", hostname="p1meter", macaddress=SERIAL)
    await user.start(SOURCE_DHCP, info)
    assert user.aborted == "already_configured"
    assert entry.data["host"] == "192.0.2.8"
    other = DhcpServiceInfo(ip="192.0.2.9", hostname="x", macaddress="aabbccddeeff")
    await user.start(SOURCE_DHCP, other)
    assert user.aborted == "unknown_meter"


async def test_revoked_token(
    hass: HomeAssistant, user: User, p1: P1, entry: ConfigEntry, set_up: AsyncMock
) -> None:
    """The same button gives a new token, which is used at once."""
    p1.revoke_tokens()
    before = dict(entry.data)
    entry.async_start_reauth(hass)
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    # As its notification shows it, and as it is opened.
    assert flow["step_id"] == "house_button"
    await user.open(flow["flow_id"])
    assert "does not accept the token any more" in message(user)
    p1.press_button()
    await submit_button(hass, user)
    assert user.aborted == "reauth_successful"
    await hass.async_block_till_done()
    assert entry.data["token"] != before["token"]
    assert {
        **entry.data,
        **{key: before[key] for key in ("token", "signed_in_at")},
    } == before
    assert set_up.await_count == 2


async def test_new_address(
    hass: HomeAssistant, user: User, p1: P1, entry: ConfigEntry
) -> None:
    """Reconfigure takes a new address of the same P1 meter, and of no other."""
    await user.reconfigure(entry)
    assert user.step == "house_p1"
    assert user.suggested("host") == p1.host
    p1.show_certificate(Certificate.ANOTHER_DEVICE)
    await user.enter(host=p1.host)
    assert "Another P1 meter answers" in message(user)
    p1.show_certificate(Certificate.VALID)
    token = entry.data["token"]
    new_host = p1.host.replace("127.0.0.1", "localhost")
    await user.enter(host=new_host)
    assert user.aborted == "reconfigure_successful"
    assert entry.data["host"] == new_host
    assert entry.data["token"] == token


async def test_token_ends_with_the_entry(
    hass: HomeAssistant, p1: P1, entry: ConfigEntry
) -> None:
    """The device forgets the token; one that is away does not matter."""
    await async_delete_token(hass, entry.data)
    async with aiohttp.ClientSession() as session:
        answer = await session.get(
            f"https://{p1.host}/api",
            headers={"Authorization": f"Bearer {entry.data['token']}"},
            ssl=False,
        )
    assert answer.status == 401
    await async_delete_token(hass, entry.data)
    await async_delete_token(hass, {**entry.data, "host": "127.0.0.1:1"})
    await async_delete_token(hass, {"kind": "house_meter", "source": "entities"})


async def test_token_stays_secret(
    hass: HomeAssistant,
    user: User,
    p1: P1,
    entry: ConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """No log has the token, at no level."""
    caplog.set_level(logging.DEBUG, "")
    p1.revoke_tokens()
    entry.async_start_reauth(hass)
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress()
    await user.open(flow["flow_id"])
    p1.press_button()
    await submit_button(hass, user)
    await hass.async_block_till_done()
    assert entry.data["token"] not in caplog.text


async def test_entities(hass: HomeAssistant, user: User, p1: P1) -> None:
    """Any other meter of the house is set up by its entities."""
    dsmr = Integration(hass, "dsmr", "Electricity Meter")
    energy = dsmr.add("import", "sensor.import", "1234.5", KWH)
    power = dsmr.add("power", "sensor.draw", "950", WATT)
    await to_house(user)
    await user.choose("meter_entities")
    assert user.step == "house_entities"
    await user.enter(power_w="sensor.draw")
    assert user.errors == {"energy_wh": "house_energy_required"}
    assert "Energy is needed" in message(user)
    assert user.suggested("power_w") == "sensor.draw"
    await user.enter(energy_wh="sensor.draw", power_w="sensor.draw")
    assert user.errors == dict.fromkeys(("energy_wh", "power_w"), "entity_unusable")
    assert "sensor.draw" in placeholders(user)["problem"]
    await user.enter(energy_wh="sensor.import", power_w="sensor.draw")
    entry = user.sees["result"]
    assert entry.title == "Electricity Meter"
    assert entry.unique_id == f"house_meter_entities_{energy.id}"
    assert entry.data == {
        "kind": "house_meter",
        "source": "entities",
        "entities": {"energy_wh": energy.id, "power_w": power.id},
    }
    await hass.async_block_till_done()
    await to_house(user)
    await user.choose("meter_entities")
    await user.enter(energy_wh="sensor.import")
    assert user.aborted == "already_configured"
    export = dsmr.add("export", "sensor.export", "7", KWH)
    await user.reconfigure(entry)
    assert user.suggested("energy_wh") == "sensor.import"
    await user.enter(energy_wh="sensor.import", returned_wh="sensor.export")
    assert user.aborted == "reconfigure_successful"
    kept = {"energy_wh": energy.id, "returned_wh": export.id}
    assert entry.data["entities"] == kept


async def test_offered_entities(hass: HomeAssistant, user: User, p1: P1) -> None:
    """Meters that other integrations have are offered, with both tariffs."""
    add_shelly(hass)
    dsmr = Integration(hass, "dsmr", "Electricity Meter")
    day = dsmr.add("E0031_electricity_used_tariff_1", "sensor.day", "12.5", KWH)
    night = dsmr.add("E0031_electricity_used_tariff_2", "sensor.night", "9.25", KWH)
    await to_house(user)
    await user.choose("meter_entities")
    assert user.step == "meter_entities"
    offered = {label: key for key, label in user.offered("offer").items()}
    assert set(offered) == {
        "Electricity Meter (DSMR)",
        "Heat pump meter (Shelly)",
        "own_choice",
    }
    await user.enter(offer=offered["Electricity Meter (DSMR)"])
    assert user.step == "house_entities"
    await user.submit()
    entry = user.sees["result"]
    assert entry.title == "Electricity Meter"
    assert entry.data["entities"] == {"energy_wh": day.id, "energy_2_wh": night.id}


async def test_options(hass: HomeAssistant, user: User, entry: ConfigEntry) -> None:
    """The capacity tariff can be entered; what is left empty is not billed."""
    options = hass.config_entries.options
    result = await options.async_init(entry.entry_id)
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "capacity_tariff"
    entered = {"capacity_price": 41.6, "least_peak_kw": 2.5, "limit_kw": 9.2}
    result = await options.async_configure(result["flow_id"], entered)
    assert entry.options == entered
    hass.config_entries.async_update_entry(entry, options={**entered, "else": 1})
    result = await options.async_init(entry.entry_id)
    await options.async_configure(result["flow_id"], {"least_peak_kw": 2.0})
    assert entry.options == {"least_peak_kw": 2.0, "else": 1}


async def test_two_flows_at_once(hass: HomeAssistant, user: User, p1: P1) -> None:
    """The last token is the one that is valid, whoever asked for it."""
    await to_button(user, p1)
    first = user.sees["flow_id"]
    await to_button(user, p1)
    p1.press_button()
    # Without the end of the first flow, as if both ended together.
    with patch.object(hass.config_entries.flow, "async_abort"):
        await submit_button(hass, user)
    entry = user.sees["result"]
    token = entry.data["token"]
    await user.open(first)
    p1.press_button()
    await submit_button(hass, user)
    assert user.aborted == "already_configured"
    assert entry.data["token"] != token


async def test_ignored_p1(hass: HomeAssistant, user: User, p1: P1) -> None:
    """One that was ignored is not followed, and can be set up later."""
    MockConfigEntry(domain=DOMAIN, unique_id=SERIAL, source=SOURCE_IGNORE).add_to_hass(
        hass
    )
    info = DhcpServiceInfo(ip="192.0.2.8", hostname="p1meter", macaddress=SERIAL)
    await user.start(SOURCE_DHCP, info)
    assert user.aborted == "unknown_meter"
    await to_button(user, p1)
    p1.press_button()
    await submit_button(hass, user)
    assert user.sees["result"].unique_id == SERIAL


async def test_no_meters_of_a_heat_pump(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """A house meter has no subentries, and no other set-up after it."""
    assert entry.supported_subentry_types == {}
    assert not hass.config_entries.options.async_progress()
    assert not ir.async_get(hass).issues
