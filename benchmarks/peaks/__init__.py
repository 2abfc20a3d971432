"""Quarter-hours, month peaks, forecast and warning against a house's true load."""
