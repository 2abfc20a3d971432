"""When values were measured, and whether they are of the present."""
