"""What can go wrong with the ThermoWorks cloud, each switched by an attribute."""

from dataclasses import dataclass


@dataclass(kw_only=True, slots=True)
class ThermoWorksFaults:
    """The faults of the cloud and of what it shows."""

    wrong_password: bool = False
    """Every sign-in is refused, as after a change of the password."""
    unknown_email: bool = False
    user_disabled: bool = False
    too_many_attempts: bool = False
    """Sign-ins are refused for a while."""
    bare_refusal: bool = False
    """Refusals have no list of errors beside their message."""
    refresh_refused: bool = False
    """Refresh tokens are refused, as after a change of the password."""
    unauthorized: bool = False
    """Every token is answered with 401, fresh ones too."""
    forbidden: bool = False
    rate_limit: bool = False
    """429, with a Retry-After of ten minutes."""
    server_error: bool = False
    """503 with an HTML page."""
    slow_s: float = 0.0
    """Every answer takes so long, by the real clock."""
    timeout: bool = False
    """Requests are taken and never answered."""
    unreachable: bool = False
    """Connections are cut without an answer."""
    garbage: bool = False
    """200 with an HTML page, as of a hotel's sign-in."""
    cut_off: bool = False
    """Answers are cut off in the middle."""
    no_account: bool = False
    """The user's document has no fields that are known."""
    unplugged: tuple[str, ...] = ()
    """Probes, as `serial_channel`: the value stays, its telemetry stops."""
    no_value: tuple[str, ...] = ()
    """Probes whose value is null, as an RFX shows that none is plugged in."""
    stale: tuple[str, ...] = ()
    """Serial numbers of devices that do not speak to the cloud any more."""
    odd_values: tuple[str, ...] = ()
    """Probes that are said to have 3276.7 °C."""
    units: str = ""
    """"C" or "F" for all probes, as their owner chose in the app."""
