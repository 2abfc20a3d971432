"""A simulated heat pump behind faithful Viessmann and Shelly servers."""
