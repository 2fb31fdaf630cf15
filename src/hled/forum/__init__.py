"""The dialogue itself: who takes part, and how a text is decided with two keys. Pure rules.

The web stores and shows what these rules say. Serves the promise of a forum in which both governments
decide together, under every work-plan line.
"""
