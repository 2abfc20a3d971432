"""Meters that are added, changed and removed, against simulated meters."""

from unittest.mock import AsyncMock

import pytest

from custom_components.heatpump_monitor.meter_subentries import (
    meter_of,
    start_meter_reauth,
)
from homeassistant.config_entries import SOURCE_DHCP, SOURCE_ZEROCONF, ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from simulator import Profile, Shelly, Simulator, Variant

from .user import BRINE_ID, PASSWORD, Owner, User, announced, announced_by, meters

pytestmark = pytest.mark.usefixtures("api_client", "current_request_with_host")


@pytest.fixture
def other(house: Simulator) -> Shelly:
    """Return a meter that no heat pump has yet."""
    return house.shellies[Variant.BRINE]


@pytest.fixture
async def by_channel(user: User, shelly: Shelly) -> ConfigEntry:
    """Return an entry whose meter is channel A of a Shelly with three."""
    shelly.set_profile(Profile.MONOPHASE)
    await user.to_shelly()
    await user.enter(host=shelly.host)
    await user.enter(channels=["a"])
    return await user.create(shelly)


async def add_shelly(owner: Owner, shelly: Shelly) -> None:
    """Choose a Shelly as the meter."""
    await owner.choose("meter_shelly")
    await owner.enter(host=shelly.host)


async def test_meter_of_a_part(owner: Owner, entry: ConfigEntry, other: Shelly) -> None:
    """A meter of a part is added beside that of the whole, with its role and key."""
    await owner.add_meter(entry, "backup_heater")
    assert owner.sees["step_id"] == "meter"
    await add_shelly(owner, other)
    assert owner.sees["type"] is FlowResultType.CREATE_ENTRY
    _, added = meters(entry)
    assert added.title == "Shelly Pro 3EM (backup heater)"
    assert added.unique_id == "fc:e8:c0:aa:00:01"
    assert added.data == {
        "meter_kind": "shelly",
        "meter_key": "backup_heater",
        "role": "backup_heater",
        "host": other.host,
        "password": None,
        "channels": [],
        "reversed_phases": [],
    }
    assert meter_of(entry).data["role"] == "whole"


async def test_title_in_the_language_of_the_household(
    hass: HomeAssistant, owner: Owner, entry: ConfigEntry, other: Shelly
) -> None:
    """The role in the title of a meter is in words that the owner reads."""
    hass.config.language = "de"
    await owner.add_meter(entry, "backup_heater")
    await add_shelly(owner, other)
    assert meters(entry)[1].title == "Shelly Pro 3EM (Heizstab)"


async def test_what_is_there_is_said(owner: Owner, entry: ConfigEntry) -> None:
    """The form for the role names the other meters and their roles."""
    await owner.change_meter(entry, meter_of(entry), "meter_role")
    placeholders = owner.sees["description_placeholders"]
    assert placeholders == {"meters": "–"}
    await owner.add_meter(entry, "photovoltaics")
    assert owner.sees["step_id"] == "meter"


async def test_role_that_is_taken(
    owner: Owner, entry: ConfigEntry, other: Shelly
) -> None:
    """A second meter of the whole is warned of once, and added if that is meant."""
    await owner.add_meter(entry, "whole")
    assert owner.errors == {"role": "role_taken"}
    assert owner.sees["description_placeholders"] == {
        "meters": "- Shelly Pro 3EM: whole heat pump"
    }
    await owner.enter(role="whole")
    await add_shelly(owner, other)
    _, added = meters(entry)
    assert added.data["meter_key"] == "whole_2"
    assert added.title == "Shelly Pro 3EM"


async def test_whole_beside_parts(
    hass: HomeAssistant, owner: Owner, entry: ConfigEntry, other: Shelly
) -> None:
    """Who adds the whole to parts is told that the parts no longer count."""
    await owner.change_meter(entry, meter_of(entry), "meter_role")
    await owner.enter(role="compressor", reversed_phases=[])
    assert owner.aborted == "reconfigure_successful"
    await owner.add_meter(entry, "whole")
    assert owner.errors == {"role": "whole_replaces_parts"}
    await owner.enter(role="whole")
    await add_shelly(owner, other)
    compressor, whole = meters(entry)
    assert compressor.data["role"] == "compressor"
    # Its key stays, and so nothing is counted twice.
    assert "meter_key" not in compressor.data
    assert whole.data["meter_key"] == "whole_2"


async def test_role_that_leaves_the_compressor_out(
    owner: Owner, entry: ConfigEntry
) -> None:
    """The only meter cannot become one that measures no compressor."""
    meter = meter_of(entry)
    await owner.change_meter(entry, meter, "meter_role")
    assert owner.suggested("role") == "whole"
    for role in ("backup_heater", "grid"):
        await owner.enter(role=role)
        assert owner.errors == {"role": "compressor_without_meter"}
    await owner.enter(role="compressor")
    assert owner.aborted == "reconfigure_successful"
    assert meter_of(entry).title == "Shelly Pro 3EM (compressor)"
    # A role that stays needs no second answer.
    await owner.change_meter(entry, meter_of(entry), "meter_role")
    await owner.enter(role="compressor", reversed_phases=["c", "b"])
    assert meter_of(entry).data["reversed_phases"] == ["b", "c"]
    assert meter_of(entry).title == "Shelly Pro 3EM (compressor)"


async def test_meter_that_was_removed(
    hass: HomeAssistant, owner: Owner, entry: ConfigEntry, shelly: Shelly
) -> None:
    """Who removed the only meter adds it again, the compressor first."""
    removed = meter_of(entry)
    hass.config_entries.async_remove_subentry(entry, removed.subentry_id)
    await owner.add_meter(entry, "source_pump")
    assert owner.errors == {"role": "compressor_without_meter"}
    await owner.enter(role="whole")
    await add_shelly(owner, shelly)
    added = meter_of(entry)
    assert added.unique_id == removed.unique_id
    assert added.data == {**removed.data, "meter_key": "main"}


async def test_two_parts_alike(
    owner: Owner, entry: ConfigEntry, house: Simulator, other: Shelly
) -> None:
    """Two meters with one role have keys of their own."""
    await owner.add_meter(entry, "circulation_pumps")
    await add_shelly(owner, other)
    await owner.add_meter(entry, "circulation_pumps")
    await owner.choose("meter_homewizard")
    await owner.enter(host=house.homewizards[Variant.AIR].host)
    keys = [meter.data.get("meter_key") for meter in meters(entry)]
    assert keys == [None, "circulation_pumps", "circulation_pumps_2"]


async def test_reversed_clamp(owner: Owner, entry: ConfigEntry, other: Shelly) -> None:
    """A reversed clamp of a part is asked about."""
    other.reverse("ac")
    await owner.add_meter(entry, "compressor")
    await add_shelly(owner, other)
    assert owner.step == "meter_reversed"
    await owner.enter(reversed_phases=["c"])
    assert meters(entry)[1].data["reversed_phases"] == ["c"]


@pytest.mark.parametrize("role", ["photovoltaics", "grid"])
async def test_what_feeds_back(
    owner: Owner, entry: ConfigEntry, other: Shelly, role: str
) -> None:
    """Of what may feed electricity back, a negative power is not asked about."""
    other.reverse("abc")
    await owner.add_meter(entry, role)
    await add_shelly(owner, other)
    assert owner.sees["type"] is FlowResultType.CREATE_ENTRY
    assert meters(entry)[1].data["reversed_phases"] == []


async def test_channels_of_one_device(
    owner: Owner, by_channel: ConfigEntry, shelly: Shelly
) -> None:
    """Two meters may be one device; a channel that is used is not offered again."""
    for role, channel, left in (
        ("backup_heater", "b", ["b", "c"]),
        ("source_pump", "c", ["c"]),
    ):
        await owner.add_meter(by_channel, role)
        await add_shelly(owner, shelly)
        assert owner.step == "meter_channels"
        assert list(owner.offered("channels")) == left
        await owner.enter(channels=[channel])
    await owner.add_meter(by_channel, "circulation_pumps")
    await add_shelly(owner, shelly)
    assert owner.errors == {"host": "meter_in_use"}
    assert owner.sees["description_placeholders"] == {"other": "Vitocal 252-A"}
    assert [
        (meter.unique_id, meter.data["channels"]) for meter in meters(by_channel)
    ] == [
        ("fc:e8:c0:aa:00:02_a", ["a"]),
        ("fc:e8:c0:aa:00:02_b", ["b"]),
        ("fc:e8:c0:aa:00:02_c", ["c"]),
    ]


async def test_device_of_two_meters_moves(
    hass: HomeAssistant,
    user: User,
    owner: Owner,
    by_channel: ConfigEntry,
    shelly: Shelly,
) -> None:
    """Address and password of a device are those of all meters that it is."""
    await owner.add_meter(by_channel, "backup_heater")
    await add_shelly(owner, shelly)
    await owner.enter(channels=["b"])
    await hass.async_block_till_done()
    shelly.password = PASSWORD
    start_meter_reauth(hass, by_channel, meters(by_channel)[1])
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress()
    await user.open(flow["flow_id"])
    await user.enter(password=PASSWORD)
    assert user.aborted == "reauth_successful"
    for source, info in (
        (SOURCE_ZEROCONF, announced("192.168.1.51")),
        (SOURCE_DHCP, DhcpServiceInfo("192.168.1.52", "shelly", "fce8c0aa0002")),
    ):
        await user.start(source, info)
        assert user.aborted == "already_configured"
    for meter in meters(by_channel):
        assert meter.data["password"] == PASSWORD
        assert meter.data["host"] == "192.168.1.52"


async def test_channels_that_are_changed(
    owner: Owner, by_channel: ConfigEntry, shelly: Shelly
) -> None:
    """Other channels make another meter; the same ones leave it as it is."""
    for channels, unique_id in (
        (["a"], "fc:e8:c0:aa:00:02_a"),
        (["b", "c"], "fc:e8:c0:aa:00:02_bc"),
        (["a", "b", "c"], "fc:e8:c0:aa:00:02"),
    ):
        before = meter_of(by_channel).data["channels"]
        await owner.change_meter(by_channel, meter_of(by_channel), "meter_shelly")
        await owner.enter(host=shelly.host)
        assert owner.suggested("channels") == before
        await owner.enter(channels=channels)
        assert owner.aborted == "reconfigure_successful"
        assert meter_of(by_channel).data["channels"] == channels
        assert meter_of(by_channel).unique_id == unique_id


async def test_another_meter_has_other_channels(
    owner: Owner, entry: ConfigEntry, other: Shelly
) -> None:
    """A choice made for one meter says nothing of another."""
    other.set_profile(Profile.MONOPHASE)
    await owner.change_meter(entry, meter_of(entry), "meter_shelly")
    await owner.enter(host=other.host)
    assert owner.step == "meter_channels"
    await owner.enter()
    assert meter_of(entry).data["channels"] == ["a", "b", "c"]


async def test_meter_that_is_replaced(
    hass: HomeAssistant,
    owner: Owner,
    entry: ConfigEntry,
    shelly: Shelly,
    other: Shelly,
    set_up: AsyncMock,
) -> None:
    """A meter may be replaced by another one, which is tested first."""
    other.password = PASSWORD
    await owner.change_meter(entry, meter_of(entry), "meter_shelly")
    assert owner.suggested("host") == shelly.host
    other.faults.unreachable = True
    await owner.enter(host=other.host)
    assert owner.errors == {"host": "meter_unreachable"}
    other.faults.unreachable = False
    await owner.enter(host=other.host)
    assert owner.step == "meter_password"
    await owner.enter(password="wrong")
    assert owner.errors == {"password": "meter_wrong_password"}
    await owner.enter(password=PASSWORD)
    assert owner.aborted == "reconfigure_successful"
    await hass.async_block_till_done()
    assert meter_of(entry).data["host"] == other.host
    assert meter_of(entry).unique_id == "fc:e8:c0:aa:00:01"
    assert meter_of(entry).data["password"] == PASSWORD
    assert set_up.await_count == 2

    # The password it has is used without asking.
    await owner.change_meter(entry, meter_of(entry), "meter_shelly")
    await owner.enter(host=other.host)
    assert owner.aborted == "reconfigure_successful"


async def test_reversed_phases_stay_with_the_device(
    owner: Owner, entry: ConfigEntry, shelly: Shelly, other: Shelly
) -> None:
    """A new address changes no sign; another device has clamps of its own."""
    shelly.reverse("b")
    other.reverse("c")
    await owner.change_meter(entry, meter_of(entry), "meter_role")
    await owner.enter(role="whole", reversed_phases=["b"])
    await owner.change_meter(entry, meter_of(entry), "meter_shelly")
    await owner.enter(host=shelly.host)
    assert owner.aborted == "reconfigure_successful"
    assert meter_of(entry).data["reversed_phases"] == ["b"]
    await owner.change_meter(entry, meter_of(entry), "meter_shelly")
    await owner.enter(host=other.host)
    assert owner.step == "meter_reversed"
    await owner.enter()
    assert meter_of(entry).data["reversed_phases"] == ["c"]


async def test_meter_of_another_heat_pump(
    owner: Owner, user: User, entry: ConfigEntry, shelly: Shelly, other: Shelly
) -> None:
    """Heat pumps share no meter, but that of the house."""
    await user.to_heat_pump()
    second = await user.create(other, BRINE_ID)
    await owner.add_meter(second, "backup_heater")
    await add_shelly(owner, shelly)
    assert owner.errors == {"host": "meter_in_use"}


async def test_grid_meter_of_two_heat_pumps(
    owner: Owner, user: User, house: Simulator, entry: ConfigEntry, other: Shelly
) -> None:
    """Two heat pumps may have the same meter of the house."""
    grid = house.homewizards[Variant.AIR]
    await user.to_heat_pump()
    second = await user.create(other, BRINE_ID)
    for each in (entry, second):
        await owner.add_meter(each, "grid")
        await owner.choose("meter_homewizard")
        await owner.enter(host=grid.host)
        assert owner.sees["type"] is FlowResultType.CREATE_ENTRY
    await owner.add_meter(entry, "photovoltaics")
    await owner.choose("meter_homewizard")
    await owner.enter(host=grid.host)
    assert owner.errors == {"host": "meter_in_use"}


async def test_homewizard(
    owner: Owner, entry: ConfigEntry, house: Simulator, shelly: Shelly
) -> None:
    """A HomeWizard takes the place of a Shelly, and later moves."""
    meter = house.homewizards[Variant.AIR]
    await owner.change_meter(entry, meter_of(entry), "meter_homewizard")
    assert not owner.suggested("host")
    for host, error in (
        ("127.0.0.1:9", "meter_unreachable"),
        (shelly.host, "not_a_homewizard"),
    ):
        await owner.enter(host=host)
        assert owner.errors == {"host": error}
        assert owner.suggested("host") == host
    await owner.enter(host=f"http://{meter.host}/")
    assert owner.aborted == "reconfigure_successful"
    assert meter_of(entry).title == "HomeWizard kWh Meter 3-phase"
    assert meter_of(entry).data == {
        "meter_kind": "homewizard",
        "role": "whole",
        "host": meter.host,
        "reversed_phases": [],
    }
    await owner.change_meter(entry, meter_of(entry), "meter_homewizard")
    assert owner.suggested("host") == meter.host
    await owner.enter(host=meter.host)
    assert owner.aborted == "reconfigure_successful"


async def test_reversed_homewizard(
    owner: Owner, entry: ConfigEntry, house: Simulator
) -> None:
    """A HomeWizard that is wired the wrong way is asked about as a whole."""
    meter = house.homewizards[Variant.AIR]
    meter.reverse()
    await owner.add_meter(entry, "compressor")
    await owner.choose("meter_homewizard")
    await owner.enter(host=meter.host)
    assert owner.step == "meter_reversed"
    await owner.enter()
    _, added = meters(entry)
    assert added.data["reversed_phases"] == ["a", "b", "c"]
    # It is not asked again of the same device.
    await owner.change_meter(entry, added, "meter_homewizard")
    await owner.enter(host=meter.host)
    assert owner.aborted == "reconfigure_successful"
    assert meters(entry)[1].data["reversed_phases"] == ["a", "b", "c"]


async def test_discovered_meter_is_added(
    hass: HomeAssistant,
    user: User,
    owner: Owner,
    entry: ConfigEntry,
    other: Shelly,
) -> None:
    """A Shelly found is offered, and its card goes when it is added."""
    await user.start(SOURCE_ZEROCONF, announced_by(other))
    await owner.add_meter(entry, "compressor")
    await owner.choose("meter_shelly")
    assert owner.suggested("host") == other.host
    assert list(owner.offered("host")) == [other.host]
    await owner.enter(host=other.host)
    assert not hass.config_entries.flow.async_progress()
