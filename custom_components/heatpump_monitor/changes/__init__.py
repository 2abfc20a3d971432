"""What was changed on the heat pump, in its set-up or beside it, and when."""
