"""Probes: their arithmetic, and what Home Assistant shows of them."""
