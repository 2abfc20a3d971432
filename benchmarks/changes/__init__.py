"""Measures the change log, the effect of a change and the alarms on simulated lives."""
