"""Pillar I, building back together: supply chains, trade facilitation, the border and medical supplies.

Built so far: `border`, which serves line 5 of the work plan. The other engines are not built yet.
"""
