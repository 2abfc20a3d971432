"""A Shelly that measures a simulated heat pump."""

from .device import Firmware, Profile, Shelly
from .kinds import MeterKind

__all__ = ["Firmware", "MeterKind", "Profile", "Shelly"]
