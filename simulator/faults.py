"""What can go wrong with the two wires, each switched by an attribute."""

import asyncio
from dataclasses import dataclass
from typing import NoReturn


@dataclass(kw_only=True, slots=True)
class CloudFaults:
    """The faults of the Viessmann cloud."""

    consent: bool = False
    """Signing in shows a page with a button instead of going straight back."""
    expired_token: bool = False
    """Every access token is answered with EXPIRED TOKEN, fresh ones too."""
    no_token: bool = False
    """Every access token is answered with NO TOKEN AVAILABLE."""
    invalid_grant: bool = False
    """The sign-in has run out: codes and refresh tokens are refused."""
    no_refresh_token: bool = False
    """The answer to a refresh carries no new refresh token."""
    rotated_refresh_token: bool = False
    """Each refresh brings a new refresh token and ends the old one."""
    token_server_error: bool = False
    """The token endpoint answers 500."""
    token_timeout: bool = False
    """The token endpoint never answers."""
    bad_gateway: bool = False
    """502 with an HTML page."""
    server_error: bool = False
    """500 with a JSON body."""
    communication_error: bool = False
    """502 with the JSON body of a failed talk between cloud and unit."""
    device_offline: bool = False
    gateway_offline: bool = False
    rate_limit: bool = False
    """429 whatever the count, with a reset in one hour."""
    rate_limit_html: bool = False
    """429 with an HTML page, as from the edge of the cloud."""
    timeout: bool = False
    """The features API never answers."""
    no_heat_pump: bool = False
    """The account holds gateways and radiators only."""
    frozen_counters: bool = False
    """Energy, hours and starts stand still, and so do the days they are kept by."""
    missing_value: tuple[str, ...] = ()
    """Features whose sensor is reported without a value."""
    sentinel_zero: tuple[str, ...] = ()
    """Features that report 0 while they are connected."""


@dataclass(kw_only=True, slots=True)
class MeterFaults:
    """The faults of a Shelly."""

    timeout: bool = False
    """Requests are taken and never answered."""
    unreachable: bool = False
    """Connections are cut without an answer."""
    server_error: bool = False
    """Every method answers 500."""
    wrong_json: bool = False
    """Answers are cut off in the middle."""
    not_a_shelly: bool = False
    """The host answers as some other web server would."""
    no_meter: bool = False
    """A Shelly without an energy meter, such as a plug."""
    another_mac: bool = False
    """Another Shelly of the same kind answers at the address."""
    errors: tuple[str, ...] = ()
    """What the meter says is wrong with it, as in `errors` of `em:0`."""


async def hang() -> NoReturn:
    """Never answer; ends when the client or the server goes."""
    await asyncio.Event().wait()
    raise AssertionError("nobody sets this event")
