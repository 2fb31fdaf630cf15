"""What a mirror takes of a copy beside its logs: policy, keys over time, card, cosigned checkpoints.

Nothing is copied. Each file is read as what it claims to be and written anew from what was understood, so a
copy can neither lead into this machine's own files nor put words of a stranger's on the site. It serves the
promise of transparency under every work-plan line.
"""

from pathlib import Path
from typing import Final

from hled.language import Bilingual, DialogueError
from hled.record.errors import RecordError
from hled.record.exporting import COSIGNED
from hled.record.key_history import MAX_HISTORY, KeyHistory
from hled.record.notes import MAX_NOTE, Note, parse_note
from hled.record.objects import read_plain, write_whole
from hled.record.policies import MAX_POLICY, Policy
from hled.record.witness import FileStore

POLICY: Final = "policy"
_KEYS: Final = "keys.json"
_CARD: Final = "card"


class MirrorError(DialogueError):
    """A folder is no copy of the record, or one that cannot be trusted."""

    code = "cli.mirror"


def lay_out(record: Path, target: Path, trusted: Policy | None = None) -> Policy:
    """Write below `target` what the copy `record` says beside its logs, and return the policy.

    The policy is the `trusted` one, else that of the copy. A history of keys that does not lead to it, a
    card of keys that it does not know, and checkpoints that none of its logs signed are left out.

    Raises:
        MirrorError: there is no policy, a file is no plain file or too large, or it is no file of its kind.
    """
    policy = trusted or _policy(record)
    history = _history(record, policy)
    write_whole(target / POLICY, _bytes(policy.text))
    if history is not None:
        write_whole(target / _KEYS, history.encode())
    policies = history.policies if history else (policy,)
    _lay_card(record, target, policies)
    _lay_cosigned(record / COSIGNED, target / COSIGNED, policies)
    return policy


def _policy(record: Path) -> Policy:
    data = _read(record / POLICY, MAX_POLICY)
    if data is None:
        raise MirrorError(
            Bilingual(
                en="{folder} holds no copy of the record: the file “policy” is missing. Give the folder that "
                "`hled record export` wrote, or the folder `record` of a node.",
                es="{folder} no contiene una copia del registro: falta el archivo «policy». Indique la "
                "carpeta que escribió `hled record export`, o la carpeta `record` de un nodo.",
            ).format(folder=record)
        )
    try:
        return Policy.parse(data)
    except RecordError as error:
        raise _unfit(record / POLICY, error.message) from error


def _history(record: Path, policy: Policy) -> KeyHistory | None:
    data = _read(record / _KEYS, MAX_HISTORY)
    if data is None:
        return None
    try:
        found = KeyHistory.parse(data)
    except RecordError as error:
        raise _unfit(record / _KEYS, error.message) from error
    return found if policy in found.policies else None


def _lay_card(record: Path, target: Path, policies: tuple[Policy, ...]) -> None:
    data = _read(record / _CARD, MAX_POLICY)
    if data is None:
        return
    try:
        card = Policy.parse(data + b"\nquorum none\n")
    except RecordError as error:
        raise _unfit(record / _CARD, error.message) from error
    if card.keys and any(set(card.keys) <= set(policy.keys) for policy in policies):
        lines = card.text.splitlines(keepends=True)
        write_whole(target / _CARD, _bytes("".join(lines[:-1])))  # all but the quorum


def _lay_cosigned(source: Path, target: Path, policies: tuple[Policy, ...]) -> None:
    for origin in sorted({log.key.name for policy in policies for log in policy.logs}):
        data = _read(FileStore(source).place(origin), MAX_NOTE)
        note = _known(data, origin, policies) if data is not None else None
        if note is not None:
            FileStore(target).write(origin, note.encode())


def _known(data: bytes, origin: str, policies: tuple[Policy, ...]) -> Note | None:
    """Return the checkpoint with the signatures by known keys, None where no log of this origin signed it."""
    for policy in reversed(policies):
        try:
            note = parse_note(data)
            accepted = policy.signed(note)
        except RecordError:
            continue
        if accepted.checkpoint.origin == origin:
            mine = (item for item in note.signatures if any(key.signed(item) for key in policy.keys))
            return Note(note.text, tuple(mine))
    return None


def _bytes(policy: str) -> bytes:
    return policy.encode(errors="surrogateescape")


def _read(place: Path, limit: int) -> bytes | None:
    """Return a file, None where there is none.

    Raises:
        MirrorError: it is a link, a pipe, a folder, too large or not readable.
    """
    try:
        return read_plain(place, limit)
    except FileNotFoundError:
        return None
    except OSError as error:
        why = Bilingual(
            "It is no plain file of the size that it can have, or cannot be read.",
            "No es un archivo simple del tamaño que puede tener, o no puede leerse.",
        )
        raise _unfit(place, why) from error


def _unfit(place: Path, why: Bilingual) -> MirrorError:
    return MirrorError(
        Bilingual(
            en="The copy is not served: {place} cannot be used. {why} Export the record again, or give "
            "another copy.",
            es="No se sirve la copia: {place} no puede usarse. {why} Exporte de nuevo el registro, o indique "
            "otra copia.",
        ).format(place=place, why=why)
    )
