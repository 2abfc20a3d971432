"""The same month by entities of other integrations, beside that of our own sources."""
