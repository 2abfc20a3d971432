"""History as files and statistics: import and export."""
