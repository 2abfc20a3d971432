"""A ThermoWorks account: probes by the cloud of their maker."""
