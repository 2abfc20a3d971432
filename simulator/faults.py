"""What can go wrong or be unusual on the two wires, each switched by an attribute."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn


class Stamp(StrEnum):
    """Which moment a feature's time stamp names."""

    DEVICE = "device"
    """When the unit measured the value, by its own clock."""
    ARRIVAL = "arrival"
    """When the value reached the cloud."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Messages:
    """How a unit's values reach the cloud: as one message per changed feature."""

    max_delay_s: float = 0.0
    """Each message is under way for a time drawn evenly from 0 to this."""
    same_delay: bool = False
    """Every message is under way for max_delay_s."""
    stamp: Stamp = Stamp.DEVICE
    clock_offset_s: float = 0.0
    """How far the unit's clock is ahead; seen in device stamps only."""
    thresholds: Mapping[str, float] = field(
        default_factory=lambda: {
            "celsius": 0.3,
            "liter/hour": 10.0,
            "percent": 1.0,
            "revolutionsPerSecond": 1.0,
            "seconds": 60.0,
            "watt": 20.0,
        }
    )
    """Change that is worth a message, by unit; any change of everything else is."""
    seed: int = 1


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
    one_base_ng: bool = False
    """The air unit is a One-Base NG: system controller and outdoor unit apart."""
    counters_only: bool = False
    """The unit reports neither flow nor supply nor return temperature."""
    gateway_gone: bool = False
    """The gateways have left the account: not listed, and 404 when asked."""
    missing_keys: tuple[str, ...] = ()
    """Keys that the list of installations lacks in places.

    "roles": no device has them. "devices": a gateway without them is listed first.
    "gateways": an installation without them is listed first.
    """
    page_size: int = 0
    """Entries on one page of installations or events; 0 puts all on one."""
    messages: Messages | None = None
    """Values reach the cloud by messages; None shows the unit as it is when asked."""
    replica_lag_s: float = 0.0
    """Every answer is one that was given so long ago, as by a server that lags."""
    stuck: bool = False
    """The cloud goes on answering with the same old values and time stamps."""
    frozen_counters: bool = False
    """Energy, hours and starts stand still, and so do the days they are kept by."""
    late_counters_s: float = 0.0
    """Energy counters move on full multiples of this only."""
    frozen_features: tuple[str, ...] = ()
    """Features that keep value and time stamp."""
    missing_features: tuple[str, ...] = ()
    """Features that the answer lacks, by the beginning of their names."""
    float_numbers: bool = False
    """Whole numbers are written with a decimal point: 21.0."""
    shuffled_schedules: bool = False
    """The spans of a day come in another order, with the same positions."""
    missing_value: tuple[str, ...] = ()
    """Features whose sensor is reported without a value."""
    sentinel_zero: tuple[str, ...] = ()
    """Features that report 0 while they are connected."""


@dataclass(kw_only=True, slots=True)
class MeterFaults:
    """The faults of a Shelly or another meter on the local network."""

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
    first_generation: bool = False
    """A Shelly 3EM of the first generation, which has no RPC."""
    no_meter: bool = False
    """A Shelly without an energy meter, such as a mere relay."""
    another_mac: bool = False
    """Another Shelly of the same kind answers at the address."""
    errors: tuple[str, ...] = ()
    """What the meter says is wrong with it, as in `errors` of `em:0`."""


async def hang() -> NoReturn:
    """Never answer; ends when the client or the server goes."""
    await asyncio.Event().wait()
    raise AssertionError("nobody sets this event")
