"""The border as a shared asset: how much crosses each port of entry and how that changes.

Serves line 5 of the work plan. `inputs` names ports and measures, `flows` calculates, `quality` flags what
is wrong with the source, `answering` composes the answer and `question` declares it to the platform.
"""
