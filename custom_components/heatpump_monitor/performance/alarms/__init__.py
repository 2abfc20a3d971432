"""Alarms: what is wrong for long enough that somebody should know."""
