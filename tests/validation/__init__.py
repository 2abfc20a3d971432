"""What hassfest and HACS would say: cheap re-implementations of their checks."""
