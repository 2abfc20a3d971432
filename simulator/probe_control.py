"""Commands to the ThermoWorks cloud, and what it shows of itself."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from .commands import Command, names, number, set_fault
from .thermoworks import ThermoWorksCloud

PROBES: Final = "thermoworks"

_OF_PROBES: Final = ("no_value", "odd_values", "unplugged")
# What these faults hit if the command does not say.
_USUAL_PROBES: Final = ("SIG00C4410_1",)
_USUAL_DEVICES: Final = ("SIG00C4410",)


def apply_to_probes(cloud: ThermoWorksCloud, fault: str, command: Command) -> bool:
    """Switch a fault of the cloud; return whether it has such a fault."""
    on = bool(command.get("on", True))
    if fault == "revoked_tokens":
        cloud.revoke_tokens()
        return True
    values: dict[str, Callable[[], object]] = {
        "slow_s": lambda: number(command, "value", 5.0) * on,
        "units": lambda: str(command.get("units", "F")) if on else "",
        "stale": lambda: names(command, "devices", _USUAL_DEVICES),
        **dict.fromkeys(_OF_PROBES, lambda: names(command, "probes", _USUAL_PROBES)),
    }
    return set_fault(cloud.faults, fault, values[fault]() if fault in values else on)


def shown_probes(cloud: ThermoWorksCloud) -> dict[str, object]:
    """Return the faults of the cloud, and what it was asked."""
    return {"faults": asdict(cloud.faults), "requests": dict(cloud.requests)}
