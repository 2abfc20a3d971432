"""Entities that Home Assistant already has, as sources."""
