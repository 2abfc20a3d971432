"""The databases that can be exported to, each with its own wire."""
