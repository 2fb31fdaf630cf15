"""Checkpoints (C2SP tlog-checkpoint): the origin of a log, its size and its root, in three lines.

Who signs a checkpoint signs every entry before it; it is the sentence on which both governments put their
names.
"""

import re
from dataclasses import dataclass
from typing import Final

from hled.record.errors import CheckpointError, refusal
from hled.record.text import decimal, from_base64, to_base64

_ORIGIN: Final = re.compile(r"[^\s+\x00-\x20\x7f\ud800-\udfff]{1,255}\Z")  # also the name of its key


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: `size` entries under `root` (32 bytes).

    Extension lines are refused: an ML-DSA-44 cosignature would not cover them.
    """

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The body of the note."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the body of a note.

        Raises:
            CheckpointError: it is no checkpoint, or carries extension lines.
        """
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not _ORIGIN.match(lines[0]) or len(lines[0].encode()) > 255:
            raise refusal(
                CheckpointError,
                "This is no checkpoint: three lines (origin, size, root) are expected.",
                "Esto no es un punto de control: se esperan tres líneas (origen, tamaño, raíz).",
            )
        root = from_base64(lines[2], CheckpointError)
        if len(root) != 32:
            raise refusal(
                CheckpointError,
                "The root of a checkpoint has 32 bytes; this one has {size}.",
                "La raíz de un punto de control mide 32 bytes; esta mide {size}.",
                size=len(root),
            )
        return cls(lines[0], decimal(lines[1], CheckpointError), root)
