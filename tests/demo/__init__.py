"""Tests of the pure parts of the demo; the smoke test shows the rest."""
