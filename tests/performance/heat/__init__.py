"""How much heat was made, by every method."""
