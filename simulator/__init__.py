"""A simulated heat pump behind faithful Viessmann, Shelly and HomeWizard servers."""

from .clock import Clock, RealClock, SteppedClock
from .faults import CloudFaults, Messages, MeterFaults, Stamp
from .homewizard import HomeWizard
from .physics import Preset
from .shelly import Firmware, MeterKind, Profile, Shelly
from .state import Variant
from .viessmann import CLIENT_ID, Cloud, Limits
from .world import Ports, Simulator

__all__ = [
    "CLIENT_ID",
    "Clock",
    "Cloud",
    "CloudFaults",
    "Firmware",
    "HomeWizard",
    "Limits",
    "Messages",
    "MeterFaults",
    "MeterKind",
    "Ports",
    "Preset",
    "Profile",
    "RealClock",
    "Shelly",
    "Simulator",
    "Stamp",
    "SteppedClock",
    "Variant",
]
