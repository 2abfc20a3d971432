"""The sensors, one module for each family."""
