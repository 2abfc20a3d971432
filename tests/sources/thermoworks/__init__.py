"""The ThermoWorks cloud as a source."""
