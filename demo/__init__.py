"""The demo: simulators, a real Home Assistant, and the integration set up in it."""
