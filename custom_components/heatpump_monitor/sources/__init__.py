"""The outside world: one module per device or cloud, each returns plain readings."""
