"""Receipts from the published files: an entry's place, its path to the root and the cosigned checkpoint.

Everything here is read from HLED_HOME/record, the same files that anyone may copy; the database is not asked,
so a receipt never says more than the record itself. It serves the promise of transparency under every
work-plan line: whoever has a receipt needs no server any more.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Final

from django.conf import settings

from hled.language import Bilingual, DialogueError
from hled.record.checkpoints import Checkpoint
from hled.record.explained import named
from hled.record.log_files import CHECKPOINT, PENDING, read_folder
from hled.record.notes import Note, parse_note
from hled.record.policies import NONE, Policy
from hled.record.proofs import Receipt
from hled.record.tiles import TileReader
from hled.web.record.converters import Exhibit

NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,19}\Z")

EXHIBITS: Final = "evidence"
MOST: Final = 50
_EXHIBIT: Final = re.compile(rf"{Exhibit.regex}\Z")

Stamp = tuple[int, int, int]


class NotYetError(DialogueError):
    """No checkpoint that satisfies the policy covers the entry yet; the web answers 404."""

    code = "record.not_yet"
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint of a log as its signers left it.

    `cosigned` says when each witness of the policy cosigned (POSIX seconds); `missing` names whom the quorum
    still lacks; `since` is when the quorum was reached, None where it was not or where nobody is asked.
    """

    note: Note
    checkpoint: Checkpoint
    cosigned: Mapping[str, int] = field(hash=False)
    missing: tuple[str, ...]
    since: int | None


def folder() -> Path:
    """Return the folder of the published record."""
    return Path(settings.HOME) / "record"


def policy() -> Policy | None:
    """Return the dialogue's policy, None before the node has one.

    Raises:
        PolicyError: the file breaks the format.
    """
    place = folder() / "policy"
    stamp = _stamp(place)
    return _policy(str(place), stamp) if stamp else None


def complete(log: str) -> Signed | None:
    """Return the newest checkpoint of a log that satisfied the policy, None before the first."""
    return _signed(log, CHECKPOINT)


def pending(log: str) -> Signed | None:
    """Return the newest checkpoint that the log itself signed, with the cosignatures so far."""
    return _signed(log, PENDING)


def is_local() -> bool:
    """Say whether nobody else is asked to cosign, as on a local node."""
    found = policy()
    return found is None or found.quorum == NONE


def exhibits() -> tuple[str, ...]:
    """Return the files that prove that a log contradicted itself, newest first, as `folder/file`."""
    found = (folder() / EXHIBITS).glob("*/*")
    names = (place.relative_to(folder() / EXHIBITS).as_posix() for place in found)
    return tuple(sorted((name for name in names if _EXHIBIT.match(name)), reverse=True))[:MOST]


def receipt(log: str, index: int) -> Receipt:
    """Return the receipt of an entry under the newest complete checkpoint, with all its cosignatures.

    `classic()` of it leaves out the large ones.

    Raises:
        NotYetError: no complete checkpoint covers the entry; the message says who has still to cosign.
        TileError: a file of the log is missing or damaged.
    """
    found = complete(log)
    if found is None or not 0 <= index < found.checkpoint.size:
        raise _not_yet(log, index)
    reader = _reader(str(folder() / log), found.checkpoint.size, found.checkpoint.root)
    return Receipt(index, reader.inclusion_proof(index), found.note)


def state() -> str:
    """Return a text that changes with the policy and every checkpoint: kept pages of the record end then."""
    places = [folder() / "policy"]
    if folder().is_dir():
        for log in sorted(folder().iterdir()):
            places += [log / CHECKPOINT, log / PENDING]
    return "|".join([*(str(_stamp(place)) for place in places), *exhibits()])


def _signed(log: str, name: str) -> Signed | None:
    place = folder() / log / name
    stamp = _stamp(place) if NAME.match(log) else None
    return _checkpoint(str(place), stamp, policy()) if stamp else None


def signed(note: Note, rules: Policy | None) -> Signed:
    """Check the signatures of a checkpoint by keys that the policy names, and say who cosigned and when.

    Raises:
        CheckpointError, SignatureError: no log of the policy signed it, or a signature does not hold.
    """
    if rules is None:
        return Signed(note, Checkpoint.parse(note.text), {}, (), None)
    found = rules.signed(note)
    return Signed(
        note, found.checkpoint, found.cosigned, rules.missing(found.cosigned), _since(found.cosigned, rules)
    )


def _since(cosigned: Mapping[str, int], rules: Policy) -> int | None:
    """Return the time of the cosignature with which the quorum was reached."""
    so_far: list[str] = []
    for name, at in sorted(cosigned.items(), key=lambda item: item[1]):
        so_far.append(name)
        if rules.satisfied(so_far):
            return at
    return None


@lru_cache(maxsize=64)
def _checkpoint(place: str, _stamp: Stamp, rules: Policy | None) -> Signed:
    return signed(parse_note(Path(place).read_bytes()), rules)


@lru_cache(maxsize=4)
def _policy(place: str, _stamp: Stamp) -> Policy:
    return Policy.parse(Path(place).read_bytes())


@lru_cache(maxsize=4)
def _reader(place: str, size: int, _root: bytes) -> TileReader:
    """Keep the tiles of the newest checkpoints in memory: tiles of one size and root never change."""
    return TileReader(read_folder(Path(place)), size)


def _stamp(place: Path) -> Stamp | None:
    """Name a state of a file that is only ever replaced whole."""
    try:
        found = place.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _not_yet(log: str, index: int) -> NotYetError:
    waiting = pending(log)
    if waiting is None or index >= waiting.checkpoint.size:
        return NotYetError(
            Bilingual(
                en="Entry {index} of “{log}” is written down and waits for its log's next checkpoint. Try "
                "again in a minute.",
                es="El asiento {index} de «{log}» ya está escrito y espera el siguiente punto de control de "
                "su bitácora. Intente de nuevo en un minuto.",
            ).format(log=log, index=f"{index:,}")
        )
    names = [named(name) for name in waiting.missing]
    who = Bilingual(", ".join(name.en for name in names) or "–", ", ".join(name.es for name in names) or "–")
    return NotYetError(
        Bilingual(
            en="Entry {index} of “{log}” is not on the record yet: its checkpoint waits for the cosignature "
            "of {who}.",
            es="El asiento {index} de «{log}» aún no consta en el registro: su punto de control espera la "
            "firma conjunta de {who}.",
        ).format(log=log, index=f"{index:,}", who=who)
    )
