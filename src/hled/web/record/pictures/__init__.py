"""What the record draws: the proof of an entry, who signed, how a tree grows, and how much was recorded when.

It serves the promise of transparency under every work-plan line: who has never seen a proof sees one.
"""
