"""This machine as a node of the dialogue: its keys, its signatures, what it exchanges with others."""
