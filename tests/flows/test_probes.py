"""Temperature probes: a ThermoWorks account, or entities of Home Assistant."""

from collections.abc import Iterator
import logging
from types import SimpleNamespace
from unittest.mock import AsyncMock, patch

import aiohttp
import pytest

import custom_components.heatpump_monitor as integration
from custom_components.heatpump_monitor.const import DOMAIN, Kind
from custom_components.heatpump_monitor.sources.endpoints import (
    THERMOWORKS_URL_VARIABLE,
)
from custom_components.heatpump_monitor.sources.thermoworks import library, session
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.requirements import RequirementsNotFound
from simulator import Simulator
from simulator.thermoworks import ThermoWorksCloud
from simulator.thermoworks.accounts import PASSWORD

from .entities import CELSIUS, Integration
from .user import User, schema_of

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")

EMAIL = "griller@example.com"
FAMILY = "family@example.com"
FAHRENHEIT = CELSIUS | {"unit_of_measurement": "°F"}


@pytest.fixture(autouse=True)
def set_up() -> Iterator[AsyncMock]:
    """Keep entries of probes from being read, and return which are set up."""
    mock, unload = AsyncMock(), AsyncMock(return_value=True)
    module = SimpleNamespace(async_setup_entry=mock, async_unload_entry=unload)
    with patch.dict(integration._MODULES, {Kind.PROBES: module}):  # noqa: SLF001
        yield mock


@pytest.fixture
def cloud(house: Simulator, monkeypatch: pytest.MonkeyPatch) -> ThermoWorksCloud:
    """Return the simulated cloud, which is asked in place of ThermoWorks."""
    monkeypatch.setenv(THERMOWORKS_URL_VARIABLE, house.thermoworks_url)
    monkeypatch.setattr(session, "_TIMEOUT", aiohttp.ClientTimeout(total=0.5))
    return house.thermoworks


async def to_account(user: User) -> None:
    """Go up to the form for an account."""
    await user.start()
    assert "probes" in user.sees["menu_options"]
    await user.choose("probes")
    await user.choose("thermoworks")
    assert user.step == "thermoworks"


async def to_entities(user: User) -> None:
    """Go up to the form for entities."""
    await user.start()
    await user.choose("probes")
    await user.choose("probe_entities")
    assert user.step == "probe_entities"


async def created(hass: HomeAssistant, user: User) -> ConfigEntry:
    """Return the entry that was made, loaded."""
    assert user.sees["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    entry: ConfigEntry = user.sees["result"]
    return entry


@pytest.fixture
async def account(
    hass: HomeAssistant, user: User, cloud: ThermoWorksCloud
) -> ConfigEntry:
    """Return the entry of an account."""
    await to_account(user)
    await user.enter(email=EMAIL, password=PASSWORD)
    return await created(hass, user)


async def test_account(
    hass: HomeAssistant, user: User, account: ConfigEntry, set_up: AsyncMock
) -> None:
    """An account is set up by its id; it has neither options nor meters."""
    assert account.unique_id == "a-griller"
    assert account.title == "ThermoWorks (Alex)"
    assert account.data.keys() == {
        *("kind", "source", "email", "password", "signed_in_at")
    }
    assert (account.data["kind"], account.data["source"]) == ("probes", "thermoworks")
    assert (account.data["email"], account.data["password"]) == (EMAIL, PASSWORD)
    set_up.assert_awaited_once()
    assert not account.supports_options
    assert not account.supported_subentry_types
    assert account.supports_reconfigure


async def test_several_accounts(
    hass: HomeAssistant, user: User, account: ConfigEntry
) -> None:
    """The same account is set up once, another one beside it."""
    await to_account(user)
    await user.enter(email=f" {EMAIL} ", password=PASSWORD)
    assert user.aborted == "already_configured"
    await to_account(user)
    await user.enter(email=FAMILY, password=PASSWORD)
    other = await created(hass, user)
    # An address is no title: titles are in the log.
    assert (other.unique_id, other.title) == ("a-family", "ThermoWorks")


@pytest.mark.parametrize(
    ("fault", "errors"),
    [
        ("wrong_password", {"password": "thermoworks_wrong_password"}),
        ("unknown_email", {"email": "thermoworks_unknown_email"}),
        ("user_disabled", {"base": "thermoworks_disabled"}),
        ("too_many_attempts", {"base": "thermoworks_busy"}),
        ("rate_limit", {"base": "thermoworks_busy"}),
        ("unauthorized", {"base": "thermoworks_unavailable"}),
        ("server_error", {"base": "thermoworks_unavailable"}),
        ("timeout", {"base": "thermoworks_unreachable"}),
        ("unreachable", {"base": "thermoworks_unreachable"}),
        ("garbage", {"base": "thermoworks_invalid_answer"}),
        ("no_account", {"base": "thermoworks_invalid_answer"}),
    ],
)
async def test_faults(
    hass: HomeAssistant,
    user: User,
    cloud: ThermoWorksCloud,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    errors: dict[str, str],
) -> None:
    """Each fault is named at its field, and the set-up goes on when it is over."""
    caplog.set_level(logging.DEBUG)
    await to_account(user)
    setattr(cloud.faults, fault, True)
    await user.enter(email=EMAIL, password=PASSWORD)
    assert user.errors == errors
    assert user.suggested("email") == EMAIL
    # A password is typed again.
    assert user.suggested("password") is None
    setattr(cloud.faults, fault, False)
    await user.enter(email=EMAIL, password=PASSWORD)
    await created(hass, user)
    # The test kit and aiohttp's server, in the same process, are not ours.
    ours = [each for each in caplog.records if "heatpump_monitor" in each.name]
    shown = "".join(map(str, (each.getMessage() for each in ours)))
    assert PASSWORD not in shown
    assert EMAIL not in shown


async def test_until_when(user: User, cloud: ThermoWorksCloud) -> None:
    """Who has to wait is told until when, by the clock on the wall."""
    cloud.faults.rate_limit = True
    await to_account(user)
    await user.enter(email=EMAIL, password=PASSWORD)
    placeholders = user.sees["description_placeholders"]
    assert placeholders is not None
    assert placeholders["until"]


async def test_slow(hass: HomeAssistant, user: User, cloud: ThermoWorksCloud) -> None:
    """A slow cloud is waited for."""
    cloud.faults.slow_s = 0.02
    await to_account(user)
    await user.enter(email=EMAIL, password=PASSWORD)
    await created(hass, user)


async def test_account_without_devices(user: User, cloud: ThermoWorksCloud) -> None:
    """A new account is not set up before it has a device."""
    await to_account(user)
    await user.enter(email="new@example.com", password=PASSWORD)
    assert user.errors == {"base": "thermoworks_no_probes"}


async def test_library_cannot_be_installed(
    hass: HomeAssistant, user: User, cloud: ThermoWorksCloud
) -> None:
    """Without the internet, the user is told so, and can try again at once."""
    await to_account(user)
    hass.config.skip_pip = False
    refused = RequirementsNotFound(DOMAIN, [library.THERMOWORKS_REQUIREMENT])
    target = "custom_components.heatpump_monitor.sources.thermoworks.library"
    with patch(f"{target}.async_process_requirements", side_effect=refused) as install:
        for number in (1, 2):
            await user.enter(email=EMAIL, password=PASSWORD)
            assert user.errors == {"base": "thermoworks_not_installed"}
            assert install.await_count == number
    assert not cloud.requests
    hass.config.skip_pip = True
    await user.enter(email=EMAIL, password=PASSWORD)
    await created(hass, user)


async def test_reauth(
    hass: HomeAssistant, user: User, account: ConfigEntry, cloud: ThermoWorksCloud
) -> None:
    """After the password was changed, the new one is asked for."""
    cloud.change_password(EMAIL, "another horse")
    account.async_start_reauth(hass)
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress()
    await user.open(flow["flow_id"])
    assert user.step == "probes_reauth"
    assert user.suggested("email") == EMAIL
    await user.enter(email=EMAIL, password=PASSWORD)
    assert user.errors == {"password": "thermoworks_wrong_password"}
    await user.enter(email=EMAIL, password="another horse")
    assert user.aborted == "reauth_successful"
    assert account.data["password"] == "another horse"


async def test_reauth_by_another_account(
    hass: HomeAssistant, user: User, account: ConfigEntry
) -> None:
    """Another account is not taken for the one that was set up."""
    before = dict(account.data)
    account.async_start_reauth(hass)
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress()
    await user.open(flow["flow_id"])
    await user.enter(email=FAMILY, password=PASSWORD)
    assert user.aborted == "another_probe_account"
    assert account.data == before


async def test_reauth_with_the_same_password(
    hass: HomeAssistant, user: User, account: ConfigEntry, set_up: AsyncMock
) -> None:
    """A password that was right all the time leads to a new try, too."""
    account.async_start_reauth(hass)
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress()
    await user.open(flow["flow_id"])
    await user.enter(email=EMAIL, password=PASSWORD)
    assert user.aborted == "reauth_successful"
    await hass.async_block_till_done()
    assert set_up.await_count == 2


async def test_reconfigure_account(
    hass: HomeAssistant, user: User, account: ConfigEntry, cloud: ThermoWorksCloud
) -> None:
    """The e-mail address of an account can be changed; the account stays."""
    cloud.change_email(EMAIL, "pitmaster@example.com")
    await user.reconfigure(account)
    assert user.step == "thermoworks"
    assert user.suggested("email") == EMAIL
    await user.enter(email="pitmaster@example.com", password=PASSWORD)
    assert user.aborted == "reconfigure_successful"
    assert account.data["email"] == "pitmaster@example.com"
    assert account.unique_id == "a-griller"


def kept(entry: ConfigEntry) -> dict[str, str]:
    """Return the entities of an entry by the keys of their probes."""
    entities: dict[str, str] = entry.data["entities"]
    return entities


@pytest.fixture
def oven(hass: HomeAssistant) -> Integration:
    """Return an oven with two temperatures, and one of no device."""
    oven = Integration(hass, "other", "Oven")
    oven.add("1", "sensor.core", "55", CELSIUS)
    oven.add("2", "sensor.air", "320", FAHRENHEIT)
    hass.states.async_set("sensor.template", "4.5", CELSIUS)
    hass.states.async_set("sensor.power", "4.5", {"unit_of_measurement": "W"})
    return oven


def registry_id(hass: HomeAssistant, entity_id: str) -> str:
    """Return the id of an entity that a new name does not change."""
    entry = er.async_get(hass).async_get(entity_id)
    assert entry is not None
    return entry.id


@pytest.fixture
async def probes(hass: HomeAssistant, user: User, oven: Integration) -> ConfigEntry:
    """Return the entry of two entities."""
    await to_entities(user)
    await user.enter(entities=["sensor.core", "sensor.template"])
    return await created(hass, user)


async def test_entities(hass: HomeAssistant, probes: ConfigEntry) -> None:
    """Each entity is a probe by an id that a new name does not change."""
    core = registry_id(hass, "sensor.core")
    assert probes.data == {
        "kind": "probes",
        "source": "entities",
        "entities": {core: core, "sensor.template": "sensor.template"},
    }
    assert probes.unique_id == f"probes_entities_{core}"
    assert probes.title == "Oven + 1"


async def test_only_temperatures_are_offered(user: User) -> None:
    """The field offers what measures a temperature, and takes several."""
    await to_entities(user)
    (field,) = schema_of(user.sees).schema.values()
    assert field.config["multiple"]
    assert field.config["filter"] == [
        {"domain": ["sensor"], "device_class": ["temperature"]}
    ]


async def test_what_cannot_be_a_probe(
    hass: HomeAssistant, user: User, oven: Integration
) -> None:
    """Nothing, no temperature, and what is gone is refused with its reason."""
    await to_entities(user)
    await user.enter(entities=[])
    assert user.errors == {"entities": "entity_required"}
    await user.enter(entities=["sensor.core", "sensor.power"])
    assert user.errors == {"entities": "entity_unusable"}
    assert "W" in (user.sees["description_placeholders"] or {})["problem"]
    assert user.suggested("entities") == ["sensor.core", "sensor.power"]
    await user.enter(entities=["sensor.gone"])
    assert user.errors == {"entities": "entity_unusable"}
    hass.states.async_set("sensor.core", "unavailable", CELSIUS)
    await user.enter(entities=["sensor.core"])
    assert (await created(hass, user)).title == "Oven"


async def test_entity_of_other_probes(
    hass: HomeAssistant, user: User, probes: ConfigEntry
) -> None:
    """A temperature is a probe once; the user is told of which entry."""
    await to_entities(user)
    await user.enter(entities=["sensor.air", "sensor.template"])
    assert user.errors == {"entities": "probe_in_use"}
    assert user.sees["description_placeholders"] == {"other": "Oven + 1"}
    await user.enter(entities=["sensor.air"])
    assert kept(await created(hass, user)).keys() == {registry_id(hass, "sensor.air")}


async def test_add_and_remove_a_probe(
    hass: HomeAssistant, user: User, probes: ConfigEntry
) -> None:
    """Probes keep their keys when others come and go, or when they are renamed."""
    core, air = registry_id(hass, "sensor.core"), registry_id(hass, "sensor.air")
    er.async_get(hass).async_update_entity(
        "sensor.core", new_entity_id="sensor.brisket"
    )
    hass.states.async_set("sensor.brisket", "60", CELSIUS)
    await user.reconfigure(probes)
    assert user.suggested("entities") == ["sensor.brisket", "sensor.template"]
    await user.enter(entities=["sensor.air", "sensor.brisket"])
    assert user.aborted == "reconfigure_successful"
    assert kept(probes) == {air: air, core: core}
    # The entry stays the same, whichever probe is the first now.
    assert probes.unique_id == f"probes_entities_{core}"


async def test_entity_that_gets_into_the_registry(
    hass: HomeAssistant, user: User, probes: ConfigEntry
) -> None:
    """A template that got a unique id is still the same probe."""
    hass.states.async_remove("sensor.template")
    registered = er.async_get(hass).async_get_or_create(
        "sensor", "template", "4711", suggested_object_id="template"
    )
    assert registered.entity_id == "sensor.template"
    await user.reconfigure(probes)
    await user.submit()
    assert user.aborted == "reconfigure_successful"
    assert kept(probes)["sensor.template"] == registered.id


async def test_the_same_first_entity(
    hass: HomeAssistant, user: User, probes: ConfigEntry
) -> None:
    """An entry is known by its first entity, also if that is no probe any more."""
    await user.reconfigure(probes)
    await user.enter(entities=["sensor.template"])
    await to_entities(user)
    await user.enter(entities=["sensor.core"])
    assert user.aborted == "already_configured"
