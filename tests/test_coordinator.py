"""What the user sees when a source fails, and that it comes back."""

import asyncio
from dataclasses import replace
from datetime import datetime
import logging
from unittest.mock import AsyncMock, Mock

import pytest

from custom_components.heatpump_monitor.const import (
    CONF_FLOW_LPH,
    CONF_GLYCOL_PCT,
    CONF_REVERSED_PHASES,
    DOMAIN,
)
from custom_components.heatpump_monitor.performance.flags import FlagKind
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket
from custom_components.heatpump_monitor.sources.viessmann import client as viessmann
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_PASSWORD, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator import Profile
from simulator.state import Activity, Variant
from simulator.viessmann.cloud import Gateway

from .household import METER_POLL_S, POLL_S, Household

HOUR_S = 3600


def lines(caplog: pytest.LogCaptureFixture, words: str) -> list[str]:
    """Return what the integration logged with these words in it."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith("custom_components.heatpump_monitor")
        and words in record.getMessage()
    ]


async def live_until_back(household: Household) -> None:
    """Let time pass until the cloud answers, an hour at most, and two polls more."""
    for _ in range(HOUR_S // POLL_S - 1):
        if household.binary("heat_pump_connected") == "on":
            break
        await household.live(POLL_S)
    await household.live(2 * POLL_S)


@pytest.mark.parametrize(
    ("fault", "reason", "expected"),
    [
        ("bad_gateway", "server_error", "reports an error"),
        ("communication_error", "server_error", "reports an error"),
        ("device_offline", "device_offline", "cannot reach the heat pump"),
        ("gateway_offline", "gateway_offline", "cannot reach the gateway"),
        ("no_heat_pump", "heat_pump_missing", "not in the Viessmann account"),
        ("rate_limit", "call_budget_exhausted", "used up until"),
        ("rate_limit_html", "call_budget_exhausted", "used up until"),
        ("server_error", "server_error", "reports an error"),
    ],
)
async def test_cloud_fails_and_recovers(
    household: Household,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    reason: str,
    expected: str,
) -> None:
    """The heat pump's entities go and come back; the meter's stay; two lines tell."""
    caplog.set_level(logging.INFO)
    await household.set_up()
    await household.live(2 * POLL_S)
    setattr(household.cloud.faults, fault, True)
    await household.live(2 * POLL_S)

    assert household.value("supply_temperature") == STATE_UNAVAILABLE
    assert household.binary("compressor") == STATE_UNAVAILABLE
    assert household.binary("heat_pump_connected") == "off"
    assert household.reason("heat_pump_connected") == reason
    assert household.value("thermal_power") == STATE_UNKNOWN
    assert household.value("mode") == STATE_UNKNOWN
    assert household.value("power") == "1000.0"
    assert household.binary("meter_connected") == "on"
    (line,) = lines(caplog, "Error fetching")
    assert expected in line

    setattr(household.cloud.faults, fault, False)
    await live_until_back(household)

    assert household.value("supply_temperature") == "35.0"
    assert household.binary("heat_pump_connected") == "on"
    assert household.reason("heat_pump_connected") is None
    assert float(household.value("thermal_power")) > 0
    assert len(lines(caplog, "heat pump data recovered")) == 1
    assert len(lines(caplog, "Error fetching")) == 1


@pytest.mark.parametrize(
    ("fault", "reason", "expected"),
    [
        ("no_meter", "meter_without_energy", "does not measure energy"),
        ("not_a_shelly", "meter_invalid_answer", "cannot be read"),
        ("server_error", "meter_invalid_answer", "cannot be read"),
        ("unreachable", "meter_unreachable", "does not answer"),
        ("wrong_json", "meter_invalid_answer", "cannot be read"),
    ],
)
async def test_meter_fails_and_recovers(
    household: Household,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    reason: str,
    expected: str,
) -> None:
    """The meter's entities go and come back; the heat pump's stay; two lines tell."""
    caplog.set_level(logging.INFO)
    await household.set_up()
    setattr(household.meter.faults, fault, True)
    await household.live(2 * METER_POLL_S)

    assert household.value("power") == STATE_UNAVAILABLE
    assert household.value("electricity_total") == STATE_UNAVAILABLE
    assert household.binary("meter_connected") == "off"
    assert household.reason("meter_connected") == reason
    assert household.value("supply_temperature") == "35.0"
    assert household.binary("heat_pump_connected") == "on"
    (line,) = lines(caplog, "Error fetching")
    assert household.meter.host in line
    assert expected in line

    setattr(household.meter.faults, fault, False)
    await household.live(2 * METER_POLL_S)

    assert household.value("power") == "1000.0"
    assert household.binary("meter_connected") == "on"
    assert len(lines(caplog, "meter data recovered")) == 1


async def test_meter_hangs_and_recovers(household: Household) -> None:
    """A meter that takes requests and never answers is given up, time and again."""
    await household.set_up()
    household.meter.faults.timeout = True
    for _ in range(12):
        await household.tick(10)
    assert household.value("power") == STATE_UNAVAILABLE

    household.meter.faults.timeout = False
    for _ in range(12):
        await household.tick(10)
    await household.live(METER_POLL_S)
    assert household.value("power") == "1000.0"


async def test_cloud_hangs_and_recovers(household: Household) -> None:
    """A cloud that takes requests and never answers is given up until the next poll."""
    await household.set_up()
    household.cloud.faults.timeout = True
    asked = household.cloud.requests.total()
    await household.tick(POLL_S)
    while household.cloud.requests.total() == asked:
        # Threads and sockets take real time.
        await asyncio.sleep(0)
    await household.tick(60)
    await household.settle()
    assert household.reason("heat_pump_connected") == "timeout"

    household.cloud.faults.timeout = False
    await household.live(POLL_S)
    assert household.value("supply_temperature") == "35.0"


async def test_no_electricity_is_lost_with_the_meter_away(household: Household) -> None:
    """The meter's own counter tells what was drawn while it could not be reached."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(POLL_S)
    household.meter.faults.unreachable = True
    await household.live(HOUR_S, step_s=POLL_S)
    household.meter.faults.unreachable = False
    await household.live(2 * POLL_S)

    today = household.attributes("cop_today")
    counted_kwh = today["electricity_kwh"] + today["unpaired_electricity_kwh"]
    assert counted_kwh == pytest.approx((HOUR_S + 3 * POLL_S) / 3600, abs=0.04)
    assert household.ratio("cop_today") == pytest.approx(5.6, abs=0.1)


@pytest.mark.usefixtures("all_enabled")
async def test_last_reading_is_as_old_as_its_values(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer with old values is no new reading of the heat pump."""
    await household.set_up()
    await household.live(POLL_S)
    read_at = household.value("heat_pump_last_reading")
    answer = list(household.entry.runtime_data.heat_pump.source.features)
    monkeypatch.setattr(
        viessmann.ViessmannClient, "read_features", AsyncMock(return_value=answer)
    )
    await household.live(3 * POLL_S)

    assert household.binary("heat_pump_connected") == "on"
    assert household.value("heat_pump_last_reading") == read_at
    assert household.value("meter_last_reading") > read_at


async def test_unexpected_failure_has_a_reason(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception that nobody foresaw is named as such."""
    await household.set_up()
    monkeypatch.setattr(
        viessmann.ViessmannClient,
        "read_features",
        AsyncMock(side_effect=ZeroDivisionError),
    )
    await household.live(POLL_S)

    assert household.binary("heat_pump_connected") == "off"
    assert household.reason("heat_pump_connected") == "unexpected"


async def test_cop_grows_stale(household: Household) -> None:
    """Without the cloud the COP stands for three polls, then it is not known."""
    await household.set_up()
    await household.live(3 * POLL_S)
    assert float(household.value("cop")) == pytest.approx(5.6, abs=0.1)
    today = household.ratio("cop_today")
    household.cloud.faults.server_error = True
    await household.live(2 * POLL_S)
    assert float(household.value("cop")) == pytest.approx(5.6, abs=0.1)

    await household.live(2 * POLL_S)
    assert household.value("cop") == STATE_UNKNOWN
    assert household.ratio("cop_today") == today


async def test_day_ends_without_the_cloud(household: Household) -> None:
    """Midnight comes whether the sources answer or not."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(3 * POLL_S)
    household.cloud.faults.server_error = True
    household.meter.faults.unreachable = True
    await household.live(12 * HOUR_S, step_s=HOUR_S)

    assert household.value("cop_today") == STATE_UNKNOWN
    assert household.attributes("cop_today")["ratio"] is None
    assert household.ratio("cop_month") > 0


async def test_standby_is_no_cop(household: Household) -> None:
    """A resting compressor has no COP, rather than one of 0."""
    household.plant.changes = {
        "activity": Activity.STANDBY,
        "compressor_on": False,
        "modulation": 0.0,
        "speed_rps": 0.0,
    }
    await household.set_up()
    await household.live(3 * POLL_S)

    assert household.value("cop") == STATE_UNKNOWN
    assert household.value("mode") == "standby"
    assert household.binary("compressor") == "off"


async def test_refused_token_is_renewed_unseen(
    household: Household, caplog: pytest.LogCaptureFixture
) -> None:
    """A token revoked by the cloud costs one call more, and nobody notices."""
    await household.set_up()
    asked = household.cloud.api_requests
    household.cloud.revoke_access()
    await household.live(POLL_S)

    assert household.value("supply_temperature") == "35.0"
    assert household.cloud.api_requests == asked + 2
    assert not lines(caplog, "Error")


@pytest.mark.parametrize(
    "fault", ["no_refresh_token", "rotated_refresh_token", "token_server_error"]
)
async def test_token_endpoint_has_bad_days(household: Household, fault: str) -> None:
    """Whatever the token endpoint does short of refusing, the user is not asked."""
    await household.set_up()
    setattr(household.cloud.faults, fault, True)
    await household.live(HOUR_S + POLL_S, step_s=POLL_S)
    setattr(household.cloud.faults, fault, False)
    # The next renewal of the sign-in is within this hour.
    await household.live(HOUR_S + POLL_S)

    assert household.value("supply_temperature") == "35.0"
    assert not household.reauth_steps()


async def test_token_endpoint_hangs(household: Household) -> None:
    """A token endpoint that never answers is given up, and tried at the next poll."""
    await household.set_up()
    household.cloud.revoke_access()
    household.cloud.faults.token_timeout = True
    await household.tick(POLL_S)
    while household.value("supply_temperature") != STATE_UNAVAILABLE:
        await household.tick(10)
    assert not household.reauth_steps()

    household.cloud.faults.token_timeout = False
    await household.live(POLL_S)
    assert household.value("supply_temperature") == "35.0"


@pytest.mark.usefixtures("all_enabled")
async def test_refusal_ends_when_the_cloud_says(household: Household) -> None:
    """After a 429 nothing is asked until the moment that the cloud named."""
    await household.set_up()
    household.cloud.faults.rate_limit = True
    await household.live(POLL_S)
    household.cloud.faults.rate_limit = False
    asked = household.cloud.api_requests
    await household.live(HOUR_S - POLL_S, step_s=POLL_S)
    assert household.cloud.api_requests == asked
    assert household.value("api_budget_reset") == "2026-01-15T12:05:00+00:00"

    await household.live(2 * POLL_S)
    assert household.cloud.api_requests > asked
    assert household.value("supply_temperature") == "35.0"
    assert household.value("api_budget_reset") == STATE_UNKNOWN


@pytest.mark.parametrize(
    ("fault", "key", "limit"),
    [
        ("rate_limit", "calls_used_elsewhere", {"limit_name": "ViCare day limit"}),
        ("rate_limit_html", "calls_used_elsewhere_unnamed", {}),
    ],
)
async def test_calls_used_elsewhere(
    household: Household,
    issue_registry: ir.IssueRegistry,
    fault: str,
    key: str,
    limit: dict[str, str],
) -> None:
    """A refusal that our own calls do not explain raises one issue for the account."""
    await household.set_up()
    await household.set_up_second()
    setattr(household.cloud.faults, fault, True)
    await household.live(POLL_S)
    (issue,) = issue_registry.issues.values()
    assert issue.translation_key == key
    used = household.value("api_calls_day")
    placeholders = {"names": "Vitocal, Vitocal", "until": "2026-01-15 13:05"}
    assert issue.translation_placeholders == {**placeholders, **limit, "used": used}

    # A restart keeps what the cloud said.
    await household.reload()
    assert list(issue_registry.issues.values()) == [issue]

    setattr(household.cloud.faults, fault, False)
    await household.live(HOUR_S + POLL_S, step_s=POLL_S)
    assert not issue_registry.issues


async def test_gateway_gone(
    household: Household, issue_registry: ir.IssueRegistry
) -> None:
    """One look at the account, then one call an hour, and the user is told."""
    await household.set_up()
    await household.live(POLL_S)
    gateways = household.cloud.gateways.copy()
    household.cloud.gateways.clear()
    asked = household.cloud.api_requests
    await household.live(POLL_S)
    assert household.cloud.api_requests == asked + 2
    issue_id = f"heat_pump_missing_{household.entry.entry_id}"
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is not None
    assert household.value("supply_temperature") == STATE_UNAVAILABLE
    assert household.value("power") == "1000.0"

    await household.live(3 * HOUR_S, step_s=POLL_S)
    assert household.cloud.api_requests == asked + 5

    household.cloud.gateways.extend(gateways)
    await household.live(HOUR_S + POLL_S, step_s=POLL_S)
    assert household.value("supply_temperature") == "35.0"
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None
    asked = household.cloud.api_requests
    await household.live(POLL_S)
    assert household.cloud.api_requests == asked + 1


async def test_gateway_listed_and_not_known(
    household: Household, issue_registry: ir.IssueRegistry
) -> None:
    """It costs one look at the account, and is read again as soon as it is known."""
    await household.set_up()
    await household.live(POLL_S)
    asked = household.cloud.api_requests
    with household.monkeypatch.context() as patched:
        patched.setattr(Gateway, "all_texts", Mock(side_effect=KeyError))
        await household.live(3 * POLL_S, step_s=POLL_S)
    assert household.cloud.api_requests == asked + 4
    issue_id = f"heat_pump_missing_{household.entry.entry_id}"
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is not None

    await household.live(POLL_S)
    assert household.value("supply_temperature") == "35.0"
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None


async def test_gateway_gone_before_the_first_set_up(household: Household) -> None:
    """A set-up that finds no heat pump is tried again after an hour, not before."""
    gateways = household.cloud.gateways.copy()
    household.cloud.gateways.clear()
    await household.set_up()
    await household.live(HOUR_S - POLL_S, step_s=POLL_S)
    assert household.entry.state is ConfigEntryState.SETUP_RETRY
    assert household.cloud.api_requests == 1

    household.cloud.gateways.extend(gateways)
    await household.live(2 * POLL_S, step_s=60)
    assert household.entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("variant", [Variant.BRINE])
async def test_heat_that_cannot_be_known(
    household: Household, issue_registry: ir.IssueRegistry
) -> None:
    """Without a method there is an issue, and none where a sensor fails for a while."""
    sensor = "heating.compressors.0.sensors.power"
    issue_id = f"heat_unknown_{household.entry.entry_id}"
    for missing, reported in (((sensor,), True), ((), False), ((sensor,), False)):
        household.cloud.faults.missing_value = missing
        if household.entry.state is ConfigEntryState.NOT_LOADED:
            await household.set_up()
        else:
            await household.live(POLL_S)
        issue = issue_registry.async_get_issue(DOMAIN, issue_id)
        assert (issue is not None) is reported


async def test_own_calls_used_up(
    household: Household, issue_registry: ir.IssueRegistry
) -> None:
    """With our own count at its limit the cloud is not even asked."""
    await household.set_up()
    budget = household.entry.runtime_data.budget
    for _ in range(108):
        budget.take()
    await household.live(POLL_S)
    assert household.cloud.api_requests == 2
    assert household.value("supply_temperature") == STATE_UNAVAILABLE
    assert household.value("api_calls_day") == "110"
    assert not issue_registry.issues

    await household.live(2 * POLL_S)
    assert household.value("supply_temperature") == "35.0"


async def test_two_entries_share_a_budget(household: Household) -> None:
    """The calls for both heat pumps of an account count together."""
    await household.set_up()
    second = await household.set_up_second()
    await household.live(POLL_S)

    assert second.state is ConfigEntryState.LOADED
    assert household.cloud.api_requests == 6
    assert household.value("api_calls_day") == "6"


async def test_missing_value_is_unknown(household: Household) -> None:
    """A sensor without a value is not known; the rest of the reading is used."""
    await household.set_up()
    await household.live(POLL_S)
    household.cloud.faults.missing_value = ("heating.sensors.temperature.outside",)
    await household.live(POLL_S)
    assert household.value("outside_temperature") == STATE_UNKNOWN
    assert household.value("supply_temperature") == "35.0"
    assert float(household.value("cop")) > 0

    household.cloud.faults.missing_value = ()
    await household.live(POLL_S)
    assert household.value("outside_temperature") == "3.3"


@pytest.mark.usefixtures("all_enabled")
async def test_sentinel_is_unknown(household: Household) -> None:
    """A 0 from a sensor that has nothing to say is no temperature."""
    await household.set_up()
    supply = "heating.secondaryCircuit.sensors.temperature.supply"
    household.cloud.faults.sentinel_zero = (supply,)
    await household.live(2 * POLL_S)

    assert household.value("supply_temperature") == STATE_UNKNOWN
    assert household.value("delta_t") == STATE_UNKNOWN
    assert household.value("return_temperature") == "30.0"


async def test_frozen_counters(household: Household) -> None:
    """Counters that stand still neither stop the account nor make it wrong."""
    await household.set_up()
    household.cloud.faults.frozen_counters = True
    await household.live(6 * POLL_S)

    assert household.ratio("cop_today") == pytest.approx(5.6, abs=0.1)


async def test_meter_reboots(household: Household) -> None:
    """A counter that falls back a little takes nothing back and adds nothing."""
    await household.set_up()
    await household.live(2 * POLL_S)
    household.meter.reboot()
    await household.live(2 * POLL_S)

    assert household.ratio("cop_today") == pytest.approx(5.6, abs=0.1)
    assert household.binary("meter_connected") == "on"


async def test_meter_starts_again(household: Household) -> None:
    """A counter that was reset is a new beginning, not an energy."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(4 * POLL_S)
    household.meter.reset_counters()
    await household.live(2 * POLL_S)

    assert _counted_kwh(household) == pytest.approx(6 * POLL_S / 3600, abs=0.08)


async def test_monophase_profile(household: Household) -> None:
    """Three single-phase channels add up to the same."""
    household.meter.set_profile(Profile.MONOPHASE)
    await household.set_up()
    await household.live(3 * POLL_S)

    assert household.value("power") == "1000.0"
    assert household.ratio("cop_today") == pytest.approx(5.6, abs=0.1)


async def test_meter_wants_another_password(household: Household) -> None:
    """A new password on the meter is asked for, once, while the heat pump goes on."""
    await household.set_up()
    household.meter.set_password("secret")
    await household.live(3 * METER_POLL_S)

    assert household.value("power") == STATE_UNAVAILABLE
    assert household.value("supply_temperature") == "35.0"
    assert household.reauth_steps() == ["reauth_meter"]

    household.change_meter({CONF_PASSWORD: "secret"})
    await household.settle()
    assert household.value("power") == "1000.0"


async def test_reversed_transformer(
    household: Household, issue_registry: ir.IssueRegistry
) -> None:
    """A transformer the wrong way round is told of, and so is that it was turned."""
    household.step_s = METER_POLL_S
    await household.set_up()
    issue_id = f"meter_reversed_{household.entry.entry_id}"
    household.meter.reverse("b")
    await household.live(9 * METER_POLL_S)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None

    await household.live(3 * METER_POLL_S)
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders == {
        "name": "Vitocal",
        "meters": "Shelly Pro 3EM (B)",
        # The last reading before the first negative one: it was turned after that.
        "since": "2026-01-15 12:00",
    }

    # At rest a meter shows noise, which says nothing either way.
    household.plant.changes = {"phases_w": (5.0, -3.0, 1.0)}
    await household.live(2 * METER_POLL_S)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is not None

    household.plant.changes = {}
    household.meter.reverse("")
    await household.live(2 * METER_POLL_S)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None


async def test_reversed_transformer_known(
    household: Household, issue_registry: ir.IssueRegistry
) -> None:
    """What the user marked as reversed is turned round in the figures."""
    household.meter.reverse("b")
    household.change_meter({CONF_REVERSED_PHASES: ["b"]})
    await household.set_up()
    await household.live(12 * METER_POLL_S)

    assert household.value("power") == "1000.0"
    assert not issue_registry.issues


async def test_reversed_transformer_marked(household: Household) -> None:
    """Nothing is paired while a phase runs backwards; marking it books no jump."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(6 * POLL_S)
    reversed_at = dt_util.utcnow()
    household.meter.reverse("b")
    await household.live(5 * POLL_S)
    day, kinds = _today(household), _flags(household)
    assert kinds == [FlagKind.METER_BACKWARDS]
    assert day.paired_s <= (reversed_at - _opened_at(household)).total_seconds()
    assert day.heat_wh / day.paired_electricity_wh == pytest.approx(5.6, abs=0.1)
    before_wh, before_s = day.electricity_wh, day.paired_s

    household.change_meter({CONF_REVERSED_PHASES: ["b"]})
    marked_at = dt_util.utcnow()
    await household.settle()
    await household.live(12 * POLL_S)

    day = _today(household)
    # The steady plant draws 1 kW; the counter begins anew within three minutes.
    drawn_wh = 12 * POLL_S / 3.6
    assert drawn_wh - 50 <= day.electricity_wh - before_wh <= drawn_wh
    assert _flags(household) == kinds
    interval = household.entry.runtime_data.performance.monitor.interval
    right_s = (interval.end - marked_at).total_seconds()
    assert right_s - 2 * POLL_S <= day.paired_s - before_s <= right_s
    assert day.heat_wh / day.paired_electricity_wh == pytest.approx(5.6, abs=0.1)


def _today(household: Household) -> Bucket:
    (day,) = household.entry.runtime_data.performance.monitor.ledger.days.values()
    return replace(day)


def _flags(household: Household) -> list[FlagKind]:
    return [
        flag.kind for flag in household.entry.runtime_data.performance.monitor.flags
    ]


def _opened_at(household: Household) -> datetime:
    since: datetime = (
        household.entry.runtime_data.performance.monitor.state.meters.since
    )
    return since


async def test_another_meter_at_the_address(household: Household) -> None:
    """Another Shelly is not counted, and the right one goes on where it was."""
    await household.set_up()
    await household.live(2 * POLL_S)
    before_kwh = _counted_kwh(household)
    household.meter.faults.another_mac = True
    await household.live(4 * POLL_S)

    assert household.value("power") == STATE_UNAVAILABLE
    assert household.binary("meter_connected") == "off"
    failure = household.entry.runtime_data.meter.last_exception
    assert failure.translation_key == "meter_is_another"
    assert _counted_kwh(household) - before_kwh < 0.1

    household.meter.faults.another_mac = False
    await household.live(2 * POLL_S)
    assert household.value("power") == "1000.0"
    drawn_kwh = 6 * POLL_S / 3600
    assert _counted_kwh(household) - before_kwh == pytest.approx(drawn_kwh, abs=0.1)


@pytest.mark.parametrize(
    ("errors", "keys"),
    [
        (("phase_sequence",), {"meter_phase_sequence"}),
        (("power_meter_failure",), {"meter_failed"}),
        (("overpower",), {"meter_relay_off"}),
        (
            ("out_of_range:voltage", "never_heard_of"),
            {"meter_out_of_range", "meter_error"},
        ),
    ],
)
async def test_errors_of_the_meter(
    household: Household,
    issue_registry: ir.IssueRegistry,
    errors: tuple[str, ...],
    keys: set[str],
) -> None:
    """What the meter says is wrong is told, until it is right again."""
    await household.set_up()
    household.meter.faults.errors = errors
    await household.live(METER_POLL_S)
    issues = {key: f"{key}_{household.entry.entry_id}" for key in keys}
    for issue_id in issues.values():
        issue = issue_registry.async_get_issue(DOMAIN, issue_id)
        assert issue is not None
        assert issue.translation_placeholders is not None
        assert issue.translation_placeholders["errors"] in errors
    known = errors in {("phase_sequence",), ("overpower",)}
    assert household.value("power") == ("1000.0" if known else STATE_UNKNOWN)

    household.meter.faults.errors = ()
    await household.live(METER_POLL_S)
    assert not issue_registry.issues
    assert household.value("power") == "1000.0"


async def test_meter_that_did_not_measure(household: Household) -> None:
    """Time in which the meter failed is not paired with the heat of that time."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(2 * POLL_S)
    before_kwh = _counted_kwh(household)
    household.meter.faults.errors = ("power_meter_failure",)
    await household.live(4 * POLL_S)
    household.meter.faults.errors = ()
    await household.live(4 * POLL_S)

    drawn_kwh = 4 * POLL_S / 3600
    assert _counted_kwh(household) - before_kwh == pytest.approx(drawn_kwh, abs=0.15)
    today = household.attributes("cop_today")
    assert today["heat_kwh"] / today["electricity_kwh"] == pytest.approx(5.6, abs=0.1)


def _counted_kwh(household: Household) -> float:
    """Return all electricity of today, paired or not."""
    today = household.attributes("cop_today")
    return float(today["electricity_kwh"] + today["unpaired_electricity_kwh"])


@pytest.mark.parametrize("key", ["cop", "supply_temperature", "power"])
async def test_update_on_request(household: Household, key: str) -> None:
    """Whoever asks for an update gets one, and no sensor is lost to it."""
    assert await async_setup_component(household.hass, "homeassistant", {})
    await household.set_up()
    await household.live(3 * POLL_S)
    state = household.state("sensor", key)
    assert state is not None
    await household.hass.services.async_call(
        "homeassistant",
        "update_entity",
        {"entity_id": state.entity_id},
        blocking=True,
    )
    await household.settle()

    assert float(household.value(key)) > 0


async def test_polling_goes_on_without_entities(household: Household) -> None:
    """The account needs the readings even if all entities are disabled."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(3 * POLL_S)
    registry = er.async_get(household.hass)
    for entity in er.async_entries_for_config_entry(registry, household.entry.entry_id):
        registry.async_update_entity(
            entity.entity_id, disabled_by=er.RegistryEntryDisabler.USER
        )
    await household.reload()
    asked = household.cloud.api_requests
    await household.live(3 * POLL_S)

    assert not household.hass.states.async_all("sensor")
    assert household.cloud.api_requests == asked + 3
    assert household.entry.runtime_data.performance.data.snapshot.interval is not None


@pytest.mark.parametrize(
    ("glycol", "cop"),
    # 500 l/h x 5 K x 1.16 Wh/(l K), over 1 kW; 40 % of glycol take 7 % of it.
    [({}, 2.9), ({CONF_GLYCOL_PCT: 40}, 2.7)],
)
async def test_flow_and_glycol_of_the_owner(
    household: Household, glycol: dict[str, float], cop: float
) -> None:
    """What the owner told of the plant reaches the account."""
    household.change_data({CONF_FLOW_LPH: 500, "heat_method": "assumed_flow"} | glycol)
    await household.set_up()
    await household.live(3 * POLL_S)

    assert household.entry.state is ConfigEntryState.LOADED
    assert household.attributes("cop_today")["heat_method"] == "assumed_flow"
    assert household.ratio("cop_today") == pytest.approx(cop, abs=0.05)
