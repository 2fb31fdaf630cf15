"""Entry formats, versioned by folder: what was written in a version verifies in that version for ever."""
