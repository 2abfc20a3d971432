"""Shows that the export loses nothing and sends nothing twice, by killing things."""
