"""A ThermoWorks account in front of the simulator, and what can go wrong with it."""

from datetime import UTC, datetime, timedelta
import logging
import traceback
from unittest.mock import Mock

import aiohttp
import pytest

from custom_components.heatpump_monitor.sources.base import SourceAuthError
from custom_components.heatpump_monitor.sources.thermoworks import session, source
from custom_components.heatpump_monitor.sources.thermoworks.errors import (
    ThermoWorksBusy,
    ThermoWorksError,
    ThermoWorksInvalidAnswer,
    ThermoWorksUnreachable,
    ThermoWorksWrongPassword,
)
from simulator.thermoworks.accounts import PASSWORD

from .conftest import EMAIL, Griller

BRISKET = "SIG00C4410_1"
UNPLUGGED = "SIG00C4410_4"
CHICKEN = "SMK00A17F2_1"
FREEZER = "5C:2F:AF:10:2F:91_1"
NOON = datetime(2026, 1, 15, 11, tzinfo=UTC)


async def test_all_probes_of_all_devices(griller: Griller) -> None:
    """Each channel with a temperature is a probe; humidity is none."""
    probes = await griller.probes()
    true = griller.cloud.truth()
    others = {key for key in true if key.startswith(("5C:2F:AF:10:77:0B", "M1000"))}
    assert probes.keys() == true.keys() - others - {"5C:2F:AF:10:2F:91_2"}
    for key, probe in probes.items():
        assert probe.temperature_c == (
            None if true[key] is None else pytest.approx(true[key], abs=0.06)
        )
    brisket, freezer = probes[BRISKET], probes[FREEZER]
    assert (brisket.name, brisket.model, brisket.device) == (
        "Brisket",
        "Signals",
        "SIG00C4410",
    )
    assert (brisket.battery_pct, brisket.signal_dbm) == (88, -54)
    assert (brisket.transmit_s, brisket.last_seen_at) == (60, NOON)
    # Its only temperature has no name of its own.
    assert freezer.name == "Freezer"
    # Two are called "Pit".
    assert probes["SIG00C4410_2"].name == "Smoker Pit"
    assert probes["SMK00A17F2_2"].name == "Kettle Pit"
    assert probes[UNPLUGGED].name == "Smoker 4"


async def test_fahrenheit(griller: Griller) -> None:
    """What the owner chose to see in the app changes no temperature."""
    before = await griller.probes()
    for units in ("C", "F"):
        griller.cloud.faults.units = units
        for key, probe in (await griller.probes()).items():
            if (expected := before[key].temperature_c) is not None:
                assert probe.temperature_c == pytest.approx(expected, abs=0.12)


async def test_who_it_is(griller: Griller) -> None:
    """The account is known by its id, and an address is no name."""
    info = await griller.source.identify()
    assert (info.identity, info.name) == ("a-griller", "ThermoWorks (Alex)")
    family = await griller.account("family@example.com").identify()
    assert (family.identity, family.name) == ("a-family", "ThermoWorks")


async def test_two_accounts_are_apart(griller: Griller) -> None:
    """Each account has its own devices; a new one has none."""
    family = await griller.account("family@example.com").read(griller.now)
    assert [each.name for each in family] == ["Cellar freezer", "Roast beef"]
    assert await griller.account("new@example.com").read(griller.now) == ()


async def test_wireless_probe(griller: Griller) -> None:
    """Its four sensors are one probe: the coldest, unless that one is dead."""
    family = griller.account("family@example.com")
    *_, roast = await family.read(griller.now)
    core = griller.cloud.truth()
    assert roast.key == "M100081210_1"
    assert roast.temperature_c == pytest.approx(core["M100081210_2"], abs=0.06)
    assert (roast.model, roast.transmit_s) == ("RFX Meat", 1200)
    griller.cloud.faults.unplugged = ("M100081210_2",)
    await griller.simulator.step(600)
    *_, roast = await family.read(griller.now)
    core = griller.cloud.truth()
    assert roast.key == "M100081210_1"
    assert roast.temperature_c == pytest.approx(core["M100081210_3"], abs=0.06)
    # It says that it sends every minute.
    assert family.pace_s == 60


async def test_unplugged_probe(griller: Griller) -> None:
    """The value of a probe that is gone stays: only its time shows it."""
    griller.cloud.faults.unplugged = (BRISKET,)
    before = await griller.probes()
    await griller.simulator.step(1800)
    after = await griller.probes()
    assert after[BRISKET].temperature_c == before[BRISKET].temperature_c
    assert after[BRISKET].measured_at == before[BRISKET].measured_at == NOON
    assert after[BRISKET].last_seen_at == NOON + timedelta(minutes=30)
    assert after[CHICKEN].measured_at == NOON + timedelta(minutes=30)


async def test_stale_device(griller: Griller) -> None:
    """A device out of reach is not seen, and its probes are not measured."""
    griller.cloud.faults.stale = ("SIG00C4410",)
    await griller.probes()
    await griller.simulator.step(1800)
    after = await griller.probes()
    assert after[BRISKET].last_seen_at == after[BRISKET].measured_at == NOON


@pytest.mark.parametrize("fault", ["no_value", "odd_values"])
async def test_no_temperature(griller: Griller, fault: str) -> None:
    """Null, and what no probe can have, is unknown; the others are read."""
    setattr(griller.cloud.faults, fault, (BRISKET,))
    probes = await griller.probes()
    assert probes[BRISKET].temperature_c is None
    assert probes[CHICKEN].temperature_c is not None


async def test_token_that_the_library_takes_for_valid(griller: Griller) -> None:
    """After the clock on the wall was put back, one 401 leads to one new sign-in."""
    await griller.probes()
    griller.cloud.revoke_tokens()
    assert await griller.probes()
    assert griller.cloud.requests["sign_in"] == 2
    assert await griller.probes()
    assert griller.cloud.requests["sign_in"] == 2


async def test_every_token_is_refused(griller: Griller) -> None:
    """That is an outage: one sign-in for each reading, and no question of a password."""
    await griller.probes()
    griller.cloud.faults.unauthorized = True
    for number in range(2, 4):
        with pytest.raises(ThermoWorksError) as raised:
            await griller.probes()
        assert raised.value.retry_at is not None
        assert griller.cloud.requests["sign_in"] == number
    griller.cloud.faults.unauthorized = False
    assert await griller.probes()


async def test_refreshed_and_refused(griller: Griller) -> None:
    """A token that runs out is refreshed; if that is refused, we sign in again."""
    griller.cloud.token_life_s = 60
    await griller.probes()
    assert griller.cloud.requests["refresh"] > 0
    assert griller.cloud.requests["sign_in"] == 1
    griller.cloud.faults.refresh_refused = True
    griller.cloud.token_life_s = 3600
    assert await griller.probes()
    assert griller.cloud.requests["sign_in"] == 2


async def test_password_changed_in_between(griller: Griller) -> None:
    """The change ends the tokens, and the old password is refused."""
    await griller.probes()
    griller.cloud.revoke_tokens()
    griller.cloud.faults.wrong_password = True
    with pytest.raises(ThermoWorksWrongPassword):
        await griller.probes()


@pytest.mark.parametrize("is_bare", [False, True])
@pytest.mark.parametrize(
    ("fault", "key"),
    [
        ("wrong_password", "thermoworks_wrong_password"),
        ("unknown_email", "thermoworks_unknown_email"),
        ("user_disabled", "thermoworks_disabled"),
    ],
)
async def test_refused_sign_in(
    griller: Griller, fault: str, key: str, is_bare: bool
) -> None:
    """Each refusal has its own text, also without the list beside its message."""
    griller.cloud.faults.bare_refusal = is_bare
    setattr(griller.cloud.faults, fault, True)
    with pytest.raises(SourceAuthError) as raised:
        await griller.source.identify()
    assert raised.value.key == key
    assert raised.value.retry_at is None


async def test_typed_wrong(griller: Griller) -> None:
    """What was typed wrong is said."""
    with pytest.raises(SourceAuthError) as raised:
        await griller.account(password="wrong").identify()
    assert raised.value.key == "thermoworks_wrong_password"
    with pytest.raises(SourceAuthError) as raised:
        await griller.account(email="griller").identify()
    assert raised.value.key == "thermoworks_unknown_email"


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        ("too_many_attempts", timedelta(minutes=15)),
        ("rate_limit", timedelta(minutes=10)),
    ],
)
async def test_asked_to_wait(griller: Griller, fault: str, wait: timedelta) -> None:
    """Nothing is asked until the time that the cloud gave is over."""
    setattr(griller.cloud.faults, fault, True)
    for _ in range(2):
        with pytest.raises(ThermoWorksBusy) as raised:
            await griller.probes()
        assert raised.value.retry_at == NOON + wait
        assert raised.value.placeholders == {"until": NOON + wait}
    assert griller.cloud.requests.total() <= 2
    setattr(griller.cloud.faults, fault, False)
    await griller.simulator.step(wait.total_seconds())
    assert await griller.probes()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("server_error", ThermoWorksError),
        ("unreachable", ThermoWorksUnreachable),
        ("timeout", ThermoWorksUnreachable),
        ("garbage", ThermoWorksInvalidAnswer),
        ("cut_off", ThermoWorksInvalidAnswer),
        ("forbidden", ThermoWorksInvalidAnswer),
        ("no_account", ThermoWorksInvalidAnswer),
    ],
)
@pytest.mark.parametrize("is_signed_in", [False, True])
async def test_outages(
    griller: Griller,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    error: type[ThermoWorksError],
    is_signed_in: bool,
) -> None:
    """Each has its name, is over when it is over, and betrays no secret."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(session, "_TIMEOUT", aiohttp.ClientTimeout(total=0.1))
    if is_signed_in:
        await griller.source.identify()
    setattr(griller.cloud.faults, fault, True)
    with pytest.raises(error) as raised:
        await griller.source.identify()
    assert type(raised.value) is error
    shown = "".join(traceback.format_exception(raised.value)) + caplog.text
    for secret in (EMAIL, PASSWORD, "id-1", "refresh-u", "u-griller", "AIza"):
        assert secret not in shown
    setattr(griller.cloud.faults, fault, False)
    assert await griller.probes()


async def test_library_that_changed(
    griller: Griller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A field that the library has lost is an answer that cannot be read."""
    await griller.probes()
    monkeypatch.setattr(source, "probe_readings", Mock(side_effect=AttributeError))
    with pytest.raises(ThermoWorksInvalidAnswer):
        await griller.probes()


async def test_back_off(griller: Griller) -> None:
    """Each failure doubles the pause, up to a quarter of an hour, until a success."""
    griller.cloud.faults.server_error = True
    waits = []
    for _ in range(10):
        with pytest.raises(ThermoWorksError) as raised:
            await griller.probes()
        assert raised.value.retry_at is not None
        waits.append((raised.value.retry_at - griller.now()).total_seconds())
    assert waits == [60, 120, 240, 480, 900, 900, 900, 900, 900, 900]
    griller.cloud.faults.server_error = False
    assert await griller.probes()
    griller.cloud.faults.server_error = True
    with pytest.raises(ThermoWorksError) as raised:
        await griller.probes()
    assert raised.value.retry_at == griller.now() + timedelta(seconds=60)


async def test_slow_as_a_whole(
    griller: Griller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many answers, each just in time, do not add up to minutes."""
    griller.cloud.faults.slow_s = 0.05
    monkeypatch.setattr(source, "_TIMEOUT_S", 0.2)
    with pytest.raises(ThermoWorksUnreachable):
        await griller.probes()
    griller.cloud.faults.slow_s = 0.001
    monkeypatch.setattr(source, "_TIMEOUT_S", 10)
    assert await griller.probes()


async def test_pace(griller: Griller) -> None:
    """As often as the fastest device sends, but within a minute and five."""
    assert griller.source.pace_s == 60
    await griller.probes()
    assert griller.source.pace_s == 60
    griller.cloud.keep_devices(EMAIL, "Freezer")
    await griller.probes()
    assert griller.source.pace_s == 300


async def test_connections_are_given_back(griller: Griller) -> None:
    """No answer stays unread: one connection is enough for all questions."""
    connector = aiohttp.TCPConnector(limit=1)
    async with aiohttp.ClientSession(connector=connector) as http:
        griller.http = http
        limited = griller.account()
        assert await limited.read(griller.now)
