"""Dashboards for Grafana of what an export writes: `python -m tools.dashboards`."""
