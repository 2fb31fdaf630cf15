"""Clocks that are wrong: what bears a time still to come counts for nothing, and stops nobody.

One witness of society dates a cosignature ten years ahead: it is left out and said, and the two governments
go on. It serves the promise of transparency under every work-plan line.
"""

from collections.abc import Iterable
from typing import Final

from hled.record.errors import StaleError, refusal
from hled.record.notes import COSIGNATURES, Note, Signature, VerifierKey

CLOCK_SLACK: Final = 300


def time_of(key: VerifierKey, signature: Signature) -> int:
    """Return the time (POSIX seconds) that a cosignature of `key` claims; 0 for one that carries none."""
    return int.from_bytes(signature.body[:8], "big") if key.algorithm in COSIGNATURES else 0


def timely(note: Note, keys: Iterable[VerifierKey], *, now: int) -> tuple[Note, StaleError | None]:
    """Return the note without cosignatures by these keys that are dated ahead, and what to say of them.

    Five minutes of difference between clocks are allowed.
    """
    known = tuple(keys)
    kept, said = [], None
    for signature in note.signatures:
        ahead = max((time_of(key, signature) for key in known if key.signed(signature)), default=0) - now
        if ahead > CLOCK_SLACK:
            said = said or _ahead(signature.name, ahead)
        else:
            kept.append(signature)
    return Note(note.text, tuple(kept)), said


def _ahead(name: str, seconds: int) -> StaleError:
    return refusal(
        StaleError,
        "{name} cosigned {seconds} seconds in the future: that cosignature does not count. Set the clock of "
        "this machine; if it is right, tell {name} that its clock is wrong.",
        "{name} firmó {seconds} segundos en el futuro: esa firma conjunta no cuenta. Ponga en hora este "
        "equipo; si está en hora, avise a {name} que su reloj está mal.",
        name=name,
        seconds=seconds,
    )
