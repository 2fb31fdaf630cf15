"""The states that a decision can be in: derived from signed acts, never stored.

Silence is no state: a decision that nobody answers stays open, however long. Serves every work-plan line.
"""

from enum import StrEnum
from typing import Final

from hled.language import Bilingual


class Status(StrEnum):
    """Where a decision stands."""

    NONE = "none"  # nothing proposed yet
    OPEN = "open"
    AGREED = "agreed"  # both governments approved one text
    IN_EFFECT = "in_effect"  # agreed, and each approval is under a checkpoint that the other side cosigned
    WITHDRAWN = "withdrawn"  # taken back by who proposed it, before it was agreed
    ENDED = "ended"  # both governments withdrew what they had agreed
    SUPERSEDED = "superseded"  # another decision in effect took its place


STATUS: Final[dict[Status, Bilingual]] = {
    Status.NONE: Bilingual("Not proposed", "Sin propuesta"),
    Status.OPEN: Bilingual("Open", "Abierta"),
    Status.AGREED: Bilingual("Agreed, not yet in effect", "Acordada, aún sin efecto"),
    Status.IN_EFFECT: Bilingual("In effect", "Vigente"),
    Status.WITHDRAWN: Bilingual("Withdrawn before agreement", "Retirada antes del acuerdo"),
    Status.ENDED: Bilingual("Ended by both governments", "Terminada por ambos gobiernos"),
    Status.SUPERSEDED: Bilingual("Superseded", "Sustituida"),
}
