"""How well a probe's alarms and time to target do over simulated cooks."""
