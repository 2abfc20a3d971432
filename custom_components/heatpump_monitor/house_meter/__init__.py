"""The grid connection: quarter-hours, their peaks, and the capacity tariff."""
