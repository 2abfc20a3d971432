"""A simulated household behind servers that answer as the real ones do."""

from .clock import Clock, RealClock, SteppedClock
from .faults import CloudFaults, Messages, MeterFaults, Stamp
from .homewizard import P1, Certificate, HomeWizard, P1Faults, Reply, SmartMeter
from .house import Equipment, House
from .physics import Preset
from .shelly import Firmware, MeterKind, Profile, Shelly
from .state import Variant
from .viessmann import CLIENT_ID, Cloud, Limits
from .world import Ports, Simulator

__all__ = [
    "CLIENT_ID",
    "P1",
    "Certificate",
    "Clock",
    "Cloud",
    "CloudFaults",
    "Equipment",
    "Firmware",
    "HomeWizard",
    "House",
    "Limits",
    "Messages",
    "MeterFaults",
    "MeterKind",
    "P1Faults",
    "Ports",
    "Preset",
    "Profile",
    "RealClock",
    "Reply",
    "Shelly",
    "Simulator",
    "SmartMeter",
    "Stamp",
    "SteppedClock",
    "Variant",
]
