"""Shelly energy meters."""
