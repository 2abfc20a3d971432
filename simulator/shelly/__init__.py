"""A Shelly Pro 3EM in front of a simulated heat pump."""

from .counters import Phases
from .device import Firmware, Profile, Shelly

__all__ = ["Firmware", "Phases", "Profile", "Shelly"]
