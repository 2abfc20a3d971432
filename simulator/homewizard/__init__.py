"""HomeWizard energy meters: in front of a heat pump, and at the grid connection."""

from .device import HomeWizard, Model
from .p1 import P1
from .p1_board import P1Faults
from .p1_certificates import Certificate
from .p1_fields import Reply
from .p1_meter import ANOTHER_METER, USUAL_METER, Identity, SmartMeter, month_begin_s

__all__ = [
    "ANOTHER_METER",
    "P1",
    "USUAL_METER",
    "Certificate",
    "HomeWizard",
    "Identity",
    "Model",
    "P1Faults",
    "Reply",
    "SmartMeter",
    "month_begin_s",
]
