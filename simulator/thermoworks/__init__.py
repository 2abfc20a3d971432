"""A ThermoWorks cloud, with what its probes measure."""

from .accounts import Account, Device, Probe, usual_accounts
from .cloud import ThermoWorksCloud
from .faults import ThermoWorksFaults

__all__ = [
    "Account",
    "Device",
    "Probe",
    "ThermoWorksCloud",
    "ThermoWorksFaults",
    "usual_accounts",
]
