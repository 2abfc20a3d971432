"""Repair issues that the user can fix where they are shown."""

from datetime import timedelta
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.heatpump_monitor.const import (
    CONF_CO2,
    CONF_CO2_ENTITY,
    CONF_METER_KEY,
    CONF_PRICE,
    CONF_PRICE_ENTITY,
    CONF_REVERSED_PHASES,
    CONF_ROLE,
    CONF_SIGNED_IN_AT,
    DOMAIN,
    METER_SUBENTRY,
)
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_HOST
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.device_registry import format_mac
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator.shelly import Shelly

from .household import METER_POLL_S, POLL_S, Household

HOUR_S = 3600


@pytest.fixture
def hass_client(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, hass_admin_user: MockUser
) -> ClientSessionGenerator:
    """Return a client of the present: the first token expires after half an hour."""

    async def client(*_: Any) -> TestClient[Any, Any]:
        (refresh_token,) = hass_admin_user.refresh_tokens.values()
        return await hass_client(hass.auth.async_create_access_token(refresh_token))

    return client


async def fix(
    household: Household,
    hass_client: ClientSessionGenerator,
    key: str,
    *entered: dict[str, Any],
    step: str = "confirm",
) -> list[dict[str, Any]]:
    """Fill in the fix of an issue until it is accepted; return all its answers."""
    assert await async_setup_component(household.hass, "repairs", {})
    await household.settle()
    client, url = await hass_client(), "/api/repairs/issues/fix"
    issue_id = f"{key}_{household.entry.entry_id}"
    answer = await client.post(url, json={"handler": DOMAIN, "issue_id": issue_id})
    assert answer.status == HTTPStatus.OK
    flow = await answer.json()
    answers = [flow]
    for each in entered or ({},):
        assert (answers[-1]["type"], answers[-1]["step_id"]) == ("form", step)
        answer = await client.post(f"{url}/{flow['flow_id']}", json=each)
        answers.append(await answer.json())
    assert answers[-1]["type"] == "create_entry"
    await household.settle()
    return answers


def suggested(answer: dict[str, Any]) -> dict[str, Any]:
    """Return what the fields of a form are filled with."""
    return {
        field["name"]: field.get("description", {}).get("suggested_value")
        for field in answer["data_schema"]
    }


async def test_sign_in_due(
    household: Household,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
) -> None:
    """Two weeks before the sign-in may end, a repair leads to a new one."""
    signed_in_at = dt_util.utcnow() - timedelta(days=170)
    household.change_data({CONF_SIGNED_IN_AT: signed_in_at.isoformat()})
    await household.set_up()
    state = household.state("event", "alarm")
    assert state is not None
    assert state.attributes["event_type"] == "sign_in_due_raised"
    issue_id = f"sign_in_due_{household.entry.entry_id}"
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders == {"name": "Vitocal", "until": "2026-01-25"}

    await fix(household, hass_client, "sign_in_due")
    assert household.reauth_steps() == ["reauth_confirm"]
    await household.live(2 * POLL_S)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is not None

    household.change_data({CONF_SIGNED_IN_AT: dt_util.utcnow().isoformat()})
    await household.live(2 * POLL_S)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None


def further_meter(household: Household) -> Shelly:
    """Return the simulated meter that the heat pump does not have."""
    return next(
        each
        for variant, each in household.simulator.shellies.items()
        if variant is not household.variant
    )


def add_meter(
    household: Household, device: Shelly, host: str, role: str
) -> ConfigSubentry:
    """Add a Shelly to the heat pump."""
    meter = ConfigSubentry(
        data=MappingProxyType(
            {
                **household.meter_entry.data,
                CONF_HOST: host,
                CONF_ROLE: role,
                CONF_METER_KEY: role,
            }
        ),
        subentry_type=METER_SUBENTRY,
        title=role.replace("_", " ").capitalize(),
        unique_id=format_mac(device.mac),
    )
    household.hass.config_entries.async_add_subentry(household.entry, meter)
    return meter


async def test_no_sign_in_is_due_at_first(
    household: Household, issue_registry: ir.IssueRegistry
) -> None:
    """Without another date, the sign-in is as old as the entry."""
    await household.set_up()
    await household.live(2 * POLL_S)
    assert not issue_registry.issues


async def test_reversed_phase(
    household: Household,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
) -> None:
    """A phase that runs backwards is turned round in the figures."""
    household.step_s = METER_POLL_S
    await household.set_up()
    household.meter.reverse("b")
    await household.live(12 * METER_POLL_S)
    assert household.value("power") != "1000.0"
    await fix(household, hass_client, "meter_reversed")
    assert household.meter_entry.data[CONF_REVERSED_PHASES] == ["b"]
    await household.live(2 * POLL_S)
    assert household.value("power") == "1000.0"
    assert not issue_registry.issues


async def test_reversed_phase_of_a_further_meter(
    household: Household,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
) -> None:
    """The meter that runs backwards is corrected, and it alone."""
    household.step_s = METER_POLL_S
    await household.set_up()
    other = further_meter(household)
    heater = add_meter(household, other, other.host, "backup_heater")
    household.change_meter({CONF_ROLE: "compressor"})
    other.reverse("c")
    await household.live(13 * METER_POLL_S)
    (issue,) = issue_registry.issues.values()
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["meters"] == "Backup heater (C)"
    await fix(household, hass_client, "meter_reversed")
    changed = household.entry.subentries[heater.subentry_id]
    assert changed.data[CONF_REVERSED_PHASES] == ["c"]
    assert household.meter_entry.data[CONF_REVERSED_PHASES] == []
    await household.live(2 * POLL_S)
    assert not issue_registry.issues


async def test_meter_with_another_address(
    household: Household,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
) -> None:
    """The same Shelly is asked for, and read again at its new address."""
    await household.set_up()
    other = next(
        each
        for variant, each in household.simulator.shellies.items()
        if variant is not household.variant
    )
    moved_to, nowhere = household.meter.host, "127.0.0.1:9"
    household.change_meter({CONF_HOST: nowhere})
    await household.settle()
    issue_id = f"meter_silent_{household.entry.entry_id}"
    await household.live(HOUR_S - POLL_S)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None
    await household.live(4 * POLL_S)
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders == {"name": "Vitocal", "host": nowhere}

    first, unreachable, another, _ = await fix(
        household,
        hass_client,
        "meter_silent",
        {CONF_HOST: nowhere},
        {CONF_HOST: other.host},
        {CONF_HOST: f" http://{moved_to}/ "},
        step="address",
    )
    assert suggested(first) == {CONF_HOST: nowhere}
    assert unreachable["errors"] == {CONF_HOST: "meter_unreachable"}
    assert another["errors"] == {CONF_HOST: "another_meter"}
    assert household.meter_entry.data[CONF_HOST] == moved_to
    await household.live(2 * POLL_S)
    assert household.value("power") == "1000.0"
    assert household.binary("alarm_source_silent") == "off"
    assert not issue_registry.issues


async def test_further_meter_with_another_address(
    household: Household, hass_client: ClientSessionGenerator
) -> None:
    """It is the silent meter whose address is asked for, not the main one."""
    await household.set_up()
    other = further_meter(household)
    heater = add_meter(household, other, "127.0.0.1:9", "backup_heater")
    await household.live(HOUR_S + 3 * POLL_S)
    first, _ = await fix(
        household,
        hass_client,
        "meter_silent",
        {CONF_HOST: other.host},
        step="address",
    )
    assert suggested(first) == {CONF_HOST: "127.0.0.1:9"}
    changed = household.entry.subentries[heater.subentry_id]
    assert changed.data[CONF_HOST] == other.host
    assert household.meter_entry.data[CONF_HOST] == household.meter.host
    await household.live(2 * POLL_S)
    assert household.binary("alarm_source_silent") == "off"


@pytest.mark.parametrize(("before", "after"), [([], ["a", "b", "c"]), (["a", "b"], [])])
async def test_reversed_homewizard(
    household: Household,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
    before: list[str],
    after: list[str],
) -> None:
    """The whole meter is turned in the figures, whichever phases were seen."""
    household.step_s = METER_POLL_S
    household.use_homewizard().reverse(on=not before)
    household.change_meter({CONF_REVERSED_PHASES: before})
    await household.set_up()
    await household.live(12 * METER_POLL_S)
    await fix(household, hass_client, "meter_reversed")
    assert household.meter_entry.data[CONF_REVERSED_PHASES] == after
    await household.live(2 * POLL_S)
    assert household.value("power") == "1000.0"
    assert not issue_registry.issues


async def test_homewizard_with_another_address(
    household: Household, hass_client: ClientSessionGenerator
) -> None:
    """The same meter is asked for, and read again at its new address."""
    meter = household.use_homewizard()
    await household.set_up()
    (other,) = (
        each for each in household.simulator.homewizards.values() if each is not meter
    )
    household.change_meter({CONF_HOST: "127.0.0.1:9"})
    await household.live(HOUR_S + 3 * POLL_S)
    other.api_enabled = False
    first, disabled, _ = await fix(
        household,
        hass_client,
        "meter_silent",
        *({CONF_HOST: each.host} for each in (other, meter)),
        step="address",
    )
    assert suggested(first) == {CONF_HOST: "127.0.0.1:9"}
    assert disabled["errors"] == {CONF_HOST: "homewizard_api_disabled"}
    await household.live(2 * POLL_S)
    assert household.value("power") == "1000.0"


async def test_meter_that_comes_back(
    household: Household, issue_registry: ir.IssueRegistry
) -> None:
    """Nothing is asked any more when the meter answers again."""
    await household.set_up()
    household.meter.faults.unreachable = True
    await household.live(HOUR_S + 3 * POLL_S)
    (issue_id,) = (issue_id for _, issue_id in issue_registry.issues)
    assert issue_id == f"meter_silent_{household.entry.entry_id}"
    household.meter.faults.unreachable = False
    await household.live(3 * POLL_S)
    assert not issue_registry.issues


@pytest.mark.parametrize(
    ("key", "fixed", "entity", "unit"),
    [
        ("price_entity_gone", CONF_PRICE, CONF_PRICE_ENTITY, "EUR/kWh"),
        ("co2_entity_gone", CONF_CO2, CONF_CO2_ENTITY, "g/kWh"),
    ],
)
async def test_entity_of_the_tariff_is_gone(
    household: Household,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
    key: str,
    fixed: str,
    entity: str,
    unit: str,
) -> None:
    """Another entity or a fixed value takes its place in the options."""
    hass, entry = household.hass, household.entry
    hass.states.async_set("sensor.old", "0.3", {"unit_of_measurement": unit})
    hass.states.async_set("sensor.new", "0.3", {"unit_of_measurement": unit})
    hass.states.async_set("sensor.power", "300", {"unit_of_measurement": "W"})
    before = dict(entry.options)
    options = {**before, fixed: 0.25, entity: "sensor.old"}
    hass.config_entries.async_update_entry(entry, options=options)
    await household.set_up()
    hass.states.async_remove("sensor.old")
    await household.settle()
    assert not issue_registry.issues
    await household.live(2 * POLL_S)
    issue_id = f"{key}_{entry.entry_id}"
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders == {"name": "Vitocal", "entity": "sensor.old"}

    first, unknown, wrong_unit, _ = await fix(
        household,
        hass_client,
        key,
        {entity: "sensor.old"},
        {entity: "sensor.power"},
        {entity: "sensor.new"},
        step="tariff",
    )
    assert suggested(first) == {fixed: 0.25, entity: None}
    assert unknown["errors"] == {entity: "entity_not_found"}
    assert wrong_unit["errors"] == {entity: "unit_not_per_kwh"}
    assert dict(entry.options) == {**before, entity: "sensor.new"}
    await household.live(4 * POLL_S)
    assert not issue_registry.issues

    hass.states.async_remove("sensor.new")
    await household.live(2 * POLL_S)
    await fix(household, hass_client, key, {fixed: 0.4}, step="tariff")
    assert dict(entry.options) == {**before, fixed: 0.4}
    await household.live(4 * POLL_S)
    assert not issue_registry.issues


async def test_entity_of_the_tariff_comes_back(
    household: Household, issue_registry: ir.IssueRegistry
) -> None:
    """One that is not available is not gone, and nothing is said during the start."""
    hass, entry = household.hass, household.entry
    options = {**entry.options, CONF_PRICE_ENTITY: "sensor.price"}
    hass.config_entries.async_update_entry(entry, options=options)
    hass.set_state(CoreState.starting)
    await household.set_up()
    await household.live(4 * POLL_S)
    assert not issue_registry.issues
    hass.set_state(CoreState.running)
    await household.live(2 * POLL_S)
    assert [key for _, key in issue_registry.issues] == [
        f"price_entity_gone_{entry.entry_id}"
    ]
    hass.states.async_set("sensor.price", "unavailable")
    await household.settle()
    assert not issue_registry.issues
