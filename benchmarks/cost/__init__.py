"""What a day costs: CPU, rows, bytes and requests of a real Home Assistant."""
