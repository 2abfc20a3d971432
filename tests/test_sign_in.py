"""A sign-in that Viessmann refuses: few calls, a question, and an end of its own."""

import aiohttp
import pytest

from custom_components.heatpump_monitor.const import CONF_SIGNED_IN_AT, DOMAIN
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import DOMAIN as HOMEASSISTANT_DOMAIN
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from .household import POLL_S, Household
from .simulator.conftest import sign_in

HOUR_S = 3600


def refuse(household: Household) -> None:
    """End the sign-in at Viessmann."""
    household.cloud.revoke_access()
    household.cloud.faults.invalid_grant = True


async def sign_in_again(household: Household) -> None:
    """Sign in to the first entry anew, as its flow does."""
    household.cloud.faults.invalid_grant = False
    async with aiohttp.ClientSession() as http:
        token = await sign_in(household.simulator, http)
    expires_at = household.simulator.clock.now() + token["expires_in"]
    now = dt_util.utcnow().isoformat()
    household.change_data(
        {"token": {**token, "expires_at": expires_at}, CONF_SIGNED_IN_AT: now}
    )
    await household.settle()


def issues(household: Household) -> set[tuple[str, str]]:
    """Return the domain and the translation key of every repair issue."""
    return {
        (issue.domain, issue.translation_key or "")
        for issue in ir.async_get(household.hass).issues.values()
    }


ASKED = {
    (DOMAIN, "sign_in_refused"),
    (HOMEASSISTANT_DOMAIN, "config_entry_reauth"),
}


def assert_asked(household: Household) -> None:
    """Assert that the user is asked to sign in."""
    assert household.reauth_steps() == ["reauth_confirm"]
    assert issues(household) == ASKED


def assert_works(household: Household) -> None:
    """Assert that the heat pump is read, and nobody is asked for anything."""
    assert household.value("supply_temperature") == "35.0"
    assert household.binary("heat_pump_connected") == "on"
    assert not household.reauth_steps()
    assert not issues(household)


@pytest.mark.parametrize(
    ("fault", "first", "hourly"),
    # A refused refresh token is not shown to the API again.
    [("expired_token", 2, 1), ("no_token", 2, 1), ("invalid_grant", 1, 0)],
)
async def test_refused_while_running(
    household: Household, fault: str, first: int, hourly: int
) -> None:
    """The cloud is asked once an hour, until the sign-in works, without a reload."""
    await household.set_up()
    asked = household.cloud.api_requests
    household.cloud.revoke_access()
    setattr(household.cloud.faults, fault, True)
    await household.live(POLL_S)
    assert household.cloud.api_requests == asked + first
    assert household.value("supply_temperature") == STATE_UNAVAILABLE
    assert household.reason("heat_pump_connected") == "viessmann_sign_in"
    assert household.value("power") == "1000.0"
    assert_asked(household)

    await household.live(2 * HOUR_S + POLL_S, step_s=POLL_S)
    assert household.cloud.api_requests == asked + first + 2 * hourly
    assert_asked(household)

    setattr(household.cloud.faults, fault, False)
    await household.live(HOUR_S, step_s=POLL_S)
    assert_works(household)
    asked = household.cloud.api_requests
    await household.live(2 * POLL_S)
    assert household.cloud.api_requests == asked + 2


async def test_question_that_was_closed_comes_back(household: Household) -> None:
    """The repair issue stays, and the next try opens the question again."""
    await household.set_up()
    refuse(household)
    await household.live(POLL_S)
    (flow,) = household.hass.config_entries.flow.async_progress()
    household.hass.config_entries.flow.async_abort(flow["flow_id"])
    assert issues(household) == {(DOMAIN, "sign_in_refused")}

    await household.live(HOUR_S + POLL_S, step_s=POLL_S)
    assert_asked(household)


async def test_date_of_the_issue(household: Household) -> None:
    """The issue tells since when, whatever was tried in the meantime."""
    await household.set_up()
    refuse(household)
    await household.live(POLL_S)
    await household.live(HOUR_S + POLL_S, step_s=POLL_S)
    issue = ir.async_get(household.hass).async_get_issue(
        DOMAIN, f"sign_in_refused_{household.entry.entry_id}"
    )
    assert issue is not None
    assert issue.translation_placeholders == {
        "name": "Vitocal",
        "since": "2026-01-15 12:05",
    }


async def test_refused_while_stopped(household: Household) -> None:
    """A household that was set up before goes on with its meter, and recovers."""
    await household.set_up()
    refuse(household)
    await household.reload()
    assert household.entry.state is ConfigEntryState.LOADED
    assert household.value("power") == "1000.0"
    assert_asked(household)

    asked = household.cloud.api_requests
    await household.live(HOUR_S - POLL_S, step_s=POLL_S)
    assert household.cloud.api_requests == asked
    household.cloud.faults.invalid_grant = False
    await household.live(2 * POLL_S)
    assert_works(household)


async def test_reload_asks_at_once(household: Household) -> None:
    """Whoever reloads the entry does not have to wait for the hour."""
    await household.set_up()
    refuse(household)
    await household.live(POLL_S)
    household.cloud.faults.invalid_grant = False
    await household.reload()
    assert_works(household)


async def test_refused_before_the_first_set_up(household: Household) -> None:
    """The set-up is tried again with a call an hour, and asks all the while."""
    household.cloud.faults.expired_token = True
    await household.set_up()
    assert household.entry.state is ConfigEntryState.SETUP_RETRY
    assert_asked(household)
    assert household.cloud.api_requests == 2
    await household.reload()
    assert_asked(household)

    await household.live(HOUR_S + 15 * 60, step_s=60)
    assert household.entry.error_reason_translation_key == "viessmann_sign_in"
    assert household.cloud.api_requests == 3
    assert_asked(household)

    household.cloud.faults.expired_token = False
    await household.live(HOUR_S + 15 * 60, step_s=60)
    assert household.entry.state is ConfigEntryState.LOADED
    assert_works(household)


async def test_signing_in_ends_the_rest(household: Household) -> None:
    """A new sign-in is used at once, also where the set-up rests."""
    refuse(household)
    await household.set_up()
    assert household.entry.state is ConfigEntryState.SETUP_RETRY

    await sign_in_again(household)
    assert household.entry.state is ConfigEntryState.LOADED
    assert_works(household)


async def test_question_under_way_is_left_alone(household: Household) -> None:
    """A user who is asked for the meter's password goes on to be asked."""
    await household.set_up()
    household.meter.set_password("secret")
    await household.live(60)
    refuse(household)
    await household.live(POLL_S)
    assert household.reauth_steps() == ["reauth_meter"]
    assert (DOMAIN, "sign_in_refused") in issues(household)

    household.cloud.faults.invalid_grant = False
    await household.live(HOUR_S + POLL_S, step_s=POLL_S)
    assert household.value("supply_temperature") == "35.0"
    assert household.reauth_steps() == ["reauth_meter"]
    assert (DOMAIN, "sign_in_refused") not in issues(household)


async def test_every_entry_of_the_account(household: Household) -> None:
    """Each entry of an account asks, rests, and recovers."""
    await household.set_up()
    second = await household.set_up_second()
    refuse(household)
    await household.live(POLL_S)
    flows = household.hass.config_entries.flow.async_progress()
    entries = {household.entry.entry_id, second.entry_id}
    assert {flow["context"]["entry_id"] for flow in flows} == entries
    registry = ir.async_get(household.hass)
    for entry_id in entries:
        assert registry.async_get_issue(DOMAIN, f"sign_in_refused_{entry_id}")

    household.cloud.faults.invalid_grant = False
    await household.live(HOUR_S + POLL_S, step_s=POLL_S)
    assert_works(household)
    assert not household.hass.config_entries.flow.async_progress()
    assert second.runtime_data.heat_pump.last_update_success


async def test_signing_in_to_one_tries_the_others(household: Household) -> None:
    """The other entries of the API client do not wait for their hour."""
    await household.set_up()
    second = await household.set_up_second()
    refuse(household)
    await household.live(POLL_S)
    assert not second.runtime_data.heat_pump.last_update_success

    asked = household.cloud.api_requests
    await sign_in_again(household)
    assert second.runtime_data.heat_pump.last_update_success
    # The list and the values of the first; the second's old token and its new one.
    assert household.cloud.api_requests == asked + 4
    assert_works(household)


async def test_signing_in_to_one_sets_up_the_others(household: Household) -> None:
    """Entries whose set-up rests do not wait for Home Assistant's own next try."""
    refuse(household)
    await household.set_up()
    second = await household.set_up_second()
    assert second.state is ConfigEntryState.SETUP_RETRY

    asked = household.cloud.api_requests
    await sign_in_again(household)
    assert second.state is ConfigEntryState.LOADED
    # List and values of each; the second's token was renewed before.
    assert household.cloud.api_requests == asked + 4
    assert_works(household)
