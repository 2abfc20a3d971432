"""What ends the demo with a message instead of a traceback."""


class DemoError(Exception):
    """Something the demo needs is missing or did not come up."""
