"""What a heat pump should reach, by what it reached before."""
