"""Temperature probes: targets, alarms and sessions."""
