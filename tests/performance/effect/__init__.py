"""Tests of what a change did."""
