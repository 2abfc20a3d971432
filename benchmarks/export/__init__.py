"""Measures the export: speed, cost, and that nothing is lost."""
