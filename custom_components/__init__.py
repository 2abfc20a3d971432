"""Home for the custom integration."""
