"""What the demo's Home Assistant has beside the integration."""
