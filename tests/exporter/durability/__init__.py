"""Tests that nothing is lost or sent twice, whatever is killed."""
