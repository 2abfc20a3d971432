"""Tests of temperature probes."""
