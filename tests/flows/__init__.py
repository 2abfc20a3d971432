"""Tests of the flows, step by step."""
