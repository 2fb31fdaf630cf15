"""The verbs of a node: beginning, joining the other, changing keys, healing what was lost."""

from hled.web.nodes.actions.begin import begin, begin_local
from hled.web.nodes.actions.heal import Healed, heal
from hled.web.nodes.actions.join import join
from hled.web.nodes.actions.rotate import Rotated, rotate

__all__ = ["Healed", "Rotated", "begin", "begin_local", "heal", "join", "rotate"]
