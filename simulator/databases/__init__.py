"""Databases that take an export, where no package of the real one exists."""

from .emoncms import EmoncmsServer
from .faults import DatabaseFaults
from .influxdb2 import InfluxDb2Server
from .influxdb3 import InfluxDb3Server
from .server import DatabaseServer
from .store import Identity, PointStore

__all__ = [
    "DatabaseFaults",
    "DatabaseServer",
    "EmoncmsServer",
    "Identity",
    "InfluxDb2Server",
    "InfluxDb3Server",
    "PointStore",
]
