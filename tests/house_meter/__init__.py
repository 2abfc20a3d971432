"""Tests of the house meter."""
