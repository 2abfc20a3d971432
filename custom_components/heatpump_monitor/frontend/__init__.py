"""The dashboard: its place in the sidebar, and what its cards are told."""
