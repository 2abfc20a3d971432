"""Measurements of the integration against the physical model's truth."""
