"""Template tags of the dialogue."""
