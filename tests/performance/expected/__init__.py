"""Tests of what a heat pump should reach."""
