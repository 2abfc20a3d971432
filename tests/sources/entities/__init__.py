"""Tests of entities as sources."""
