"""Format v1: one canonical JSON object an entry."""
