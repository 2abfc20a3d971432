"""Durable export to time-series databases: nothing lost, nothing twice."""
