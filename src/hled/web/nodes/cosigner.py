"""Cosigning: this government's two keys under a checkpoint that it has checked, and others' collected for it.

The rule is the witness's own (`hled.record.witness`): one durable memory of the last checkpoint of each log,
and no cosignature on anything that does not continue it. It serves the promise of transparency under every
work-plan line.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hled.fetch import Reach, Source
from hled.record.checkpoints import Checkpoint
from hled.record.clocks import CLOCK_SLACK, timely
from hled.record.errors import ProofError, TileError
from hled.record.log_files import read_folder
from hled.record.notes import Note, Signature, VerifierKey, parse_note
from hled.record.policies import Policy
from hled.record.policies import Witness as Listed
from hled.record.tiles import TileReader
from hled.record.witness import FileStore, Witness
from hled.record.witness_messages import MAX_BODY, cosignatures_from, request_for, size_from
from hled.web.nodes.errors import WitnessRefusesError, refusal
from hled.web.nodes.home import Home
from hled.web.nodes.keyring import COSIGNERS, Keyring
from hled.web.nodes.published import laid_out
from hled.web.record import queries

RENEW_AFTER: Final = 24 * 3600


@dataclass(frozen=True, slots=True)
class Cosigner:
    """The cosigner of a government's node; a mirror has none and cosigns nothing."""

    witness: Witness

    @classmethod
    def of(cls, home: Home, policy: Policy) -> "Cosigner | None":
        """Return the cosigner of this home, if it has one.

        Raises:
            KeyFileError: a key cannot be used.
        """
        ring = Keyring(home.keys)
        if not any(ring.has(role) for role in COSIGNERS):
            return None
        keys = tuple(ring.read(role) for role in COSIGNERS)
        return cls(Witness(keys, tuple(log.key for log in policy.logs), home.cosigned))

    def cosign(self, note: Note, reader: TileReader, policy: Policy) -> Note:
        """Return the note with this government's cosignatures, and keep it with all known signatures.

        `reader` reads a log of at least the size of the checkpoint. What was cosigned before is not signed
        again for a day; what is smaller than that stays as it is.

        Raises:
            ForkError, ProofError: it does not continue what was cosigned before.
            WitnessStateError: what was cosigned before cannot be read.
            RecordError: the note or a tile does not hold.
        """
        checkpoint = Checkpoint.parse(note.text)
        before = kept(self.witness.store, checkpoint.origin)
        size = Checkpoint.parse(before.text).size if before else 0
        if checkpoint.size < size:
            return note
        if before is None or before.text != note.text or self._is_old(before):
            ours = self.witness.cosign(request_for(size, note, reader))
        else:
            ours = tuple(item for item in before.signatures if self._is_ours(item))
        return self._keep(known(note.with_signatures(ours), policy))

    def cosign_log(self, note: Note, folder: Path, log: queries.Log, policy: Policy) -> Note:
        """Cosign as above, with the files of a log as it is held here; damaged ones are made again once.

        Raises:
            As `cosign`; DivergedError: the rows do not give the root of the log.
        """
        try:
            return self.cosign(note, TileReader(read_folder(folder), log.size), policy)
        except (ProofError, TileError):
            laid_out(folder, log)
            return self.cosign(note, TileReader(read_folder(folder), log.size), policy)

    def _keep(self, note: Note) -> Note:
        """Keep further signatures beside ours, where ours are still the newest."""
        origin = Checkpoint.parse(note.text).origin
        with self.witness.store.held(origin):
            before = kept(self.witness.store, origin)
            if before is not None and before.text == note.text:
                note = before.with_signatures(note.signatures)
                if note != before:
                    self.witness.store.write(origin, note.encode())
        return note

    def add(self, note: Note, policy: Policy) -> Note:
        """Keep what others signed under the checkpoint cosigned last; return the note with all of it."""
        return self._keep(known(note, policy))

    def _is_ours(self, signature: Signature) -> bool:
        return any(key.verifier.signed(signature) for key in self.witness.keys)

    def _is_old(self, before: Note) -> bool:
        """Say whether our newest cosignature is missing, older than a day, or from a clock that was ahead."""
        times = [int.from_bytes(item.body[:8], "big") for item in before.signatures if self._is_ours(item)]
        now = self.witness.clock()
        if len(times) < len(self.witness.keys):
            return True
        return min(times) < now - RENEW_AFTER or max(times) > now + CLOCK_SLACK


def kept(store: FileStore, origin: str) -> Note | None:
    """Return the note that was cosigned last.

    Raises:
        WitnessStateError, NoteError: it cannot be read.
    """
    data = store.read(origin)
    return None if data is None else parse_note(data)


def known(note: Note, policy: Policy) -> Note:
    """Return the note with the signatures of keys that the policy knows, and none from the future."""
    ours = Note(note.text, tuple(item for item in note.signatures if _is_known(item, policy.keys)))
    return timely(ours, policy.keys, now=int(time.time()))[0]


def _is_known(signature: Signature, keys: Iterable[VerifierKey]) -> bool:
    return any(key.signed(signature) for key in keys)


def asked_of(policy: Policy, cosigned: Iterable[str]) -> dict[str, tuple[Listed, ...]]:
    """Return the witnesses that are worth asking, by their address: together they would reach the quorum."""
    have = set(cosigned)
    ready: dict[str, tuple[Listed, ...]] = {}
    for item in policy.witnesses:
        if item.url and item.name not in have:
            ready[item.url] = (*ready.get(item.url, ()), item)
    hoped = {item.name for listed in ready.values() for item in listed}
    return ready if policy.satisfied({*have, *hoped}) and not policy.satisfied(have) else {}


def ask_witness(
    listed: Sequence[Listed], note: Note, reader: TileReader, reach: Reach
) -> tuple[Signature, ...]:
    """Ask the witness at one address, listed with its keys, to cosign; it says from which size to prove.

    Raises:
        FetchError: it cannot be reached.
        WitnessRefusesError: it refuses; the message repeats its words.
        RecordError: it answers something else than cosignatures, or dates them ahead.
    """
    with Source(listed[0].url, reach=reach) as source:
        old = 0
        for _ in range(3):  # its memory may move between two questions
            body = request_for(old, note, reader).encode()
            reply = source.post("add-checkpoint", body, MAX_BODY)
            if reply.status != 409:
                break
            old = size_from(reply.body)
    if reply.status != 200:
        raise refusal(
            WitnessRefusesError,
            "The witness “{name}” does not cosign (status {status}): {said}",
            "El testigo «{name}» no firma (estado {status}): {said}",
            name=listed[0].name,
            status=reply.status,
            said=" ".join(reply.body.decode(errors="replace").split()) or "-",
        )
    keys = [item.key for item in listed]
    found = cosignatures_from(reply.body, note, keys)
    _, ahead = timely(Note(note.text, found), keys, now=int(time.time()))
    if ahead is not None:
        raise ahead
    return found
