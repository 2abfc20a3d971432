"""Tests of the dashboard's Python side."""
