"""Changing keys: the new key is made, the change is recorded with both signatures, then the files change.

It can be broken off at any point and repeated: a key that the record names is never lost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hled.record.exporting import COSIGNED
from hled.record.key_history import Placed, place
from hled.record.log_files import CHECKPOINT
from hled.record.notes import COSIGNATURES, Note, Signature, SigningKey, parse_note
from hled.record.objects import write_whole
from hled.record.rotations import TYPE, Role
from hled.record.rotations import rotate as signed_change
from hled.web.nodes.cards import card_of
from hled.web.nodes.home import Home, read_configuration
from hled.web.nodes.keyring import ALGORITHMS, COSIGNERS, LOG, Keyring
from hled.web.nodes.succession import adopt, settled
from hled.web.record import actions, queries

ROLES: Final[dict[Role, tuple[str, ...]]] = {"log": (LOG,), "cosigner": COSIGNERS}

Change = tuple[SigningKey, SigningKey]  # the key that goes and the one that comes


@dataclass(frozen=True, slots=True)
class Rotated:
    """Keys that were changed: the old and the new vkey of each."""

    changes: tuple[tuple[str, str], ...]


def rotate(home: Home, role: Role) -> Rotated:
    """Change the key of the log, or the two of the cosigner.

    Raises:
        NotBegunError: there are no such keys, or no policy.
        RotationError: the keys are not those of the policy.
    """
    ring = Keyring(home.keys)
    with home.held("follow"):
        names = tuple(name for name in ROLES[role] if ring.prepared(name)) or ROLES[role]
        changes = [_prepared(ring, name) for name in names]
        policy, own = settled(home), actions.own_log()
        contents = [signed_change(old, new, role=role, party=own.name.upper()) for old, new in changes]
        _record(contents, own.name)
        with home.held("pending"):
            _sign_again(home.record, changes)
            adopt(home, policy, _placed(own, contents))
            _write_card(home, ring, names)
            for name in names:
                ring.change(name)
    return Rotated(tuple((str(old.verifier), str(new.verifier)) for old, new in changes))


def _prepared(ring: Keyring, name: str) -> Change:
    old, new = ring.read(name), ring.prepared(name)
    if new is None:
        new = SigningKey.generate(old.name, old.algorithm)
        ring.prepare(name, new)
    return old, new


def _write_card(home: Home, ring: Keyring, changed: Sequence[str]) -> None:
    """Write the card anew with the keys that come, so that whoever joins later joins with today's."""
    wanted = read_configuration(home)
    if wanted is not None:
        keys = {role: (role in changed and ring.prepared(role)) or ring.read(role) for role in ALGORITHMS}
        write_whole(home.card, card_of(wanted, keys).encode())


def _record(contents: Sequence[dict[str, object]], log: str) -> None:
    """Append the changes that are not on the log yet."""
    have = [leaf.entry.content for leaf in queries.of_type(TYPE) if leaf.log == log]
    fresh = [item for item in contents if item not in have]
    actions.append([actions.Act(TYPE, f"urn:hled:key:{log}", item) for item in fresh])


def _placed(own: queries.Log, contents: Sequence[dict[str, object]]) -> list[Placed]:
    leaves = [leaf for leaf in queries.of_type(TYPE) if leaf.log == own.name]
    return [place(own.origin, leaf.index, leaf.entry) for leaf in leaves if leaf.entry.content in contents]


def _sign_again(record: Path, changes: Sequence[Change]) -> None:
    """Put the new signatures beside the old ones, so that what was signed last stays verifiable.

    The new keys sign nothing that the old ones did not sign, and at the same times.
    """
    for path in (*record.glob(f"*/{CHECKPOINT}*"), *record.glob(f"{COSIGNED}/*/{CHECKPOINT}")):
        note = parse_note(path.read_bytes())
        again = note.with_signatures(_again(note, changes))
        if again != note:
            write_whole(path, again.encode())


def _again(note: Note, changes: Sequence[Change]) -> Iterator[Signature]:
    for signature in note.signatures:
        for old, new in changes:
            if old.verifier.signed(signature):
                at = int.from_bytes(signature.body[:8], "big") if old.algorithm in COSIGNATURES else 0
                yield new.sign(note.text, at)
