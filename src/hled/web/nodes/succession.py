"""Keys that follow keys: a change that stands on a log, signed by both keys, changes every policy.

Nobody has to send a new policy around, also not after an absence: whoever trusted the old key finds the
change on the record, or is first shown it in `keys.json` and then finds it on the record. It serves the
promise of transparency under every work-plan line.
"""

from collections.abc import Iterable

from hled.fetch import FetchError, Files
from hled.record.errors import RecordError, RotationError, SignatureError, refusal
from hled.record.key_history import MAX_HISTORY, KeyHistory, Placed
from hled.record.notes import Note
from hled.record.objects import write_whole
from hled.record.policies import Accepted, Policy
from hled.record.rotations import follow
from hled.web.nodes.home import Home, log_name


def history_of(home: Home, policy: Policy) -> KeyHistory:
    """Return the published history of keys, begun anew where there is none that ends in `policy`.

    Raises:
        RotationError, PolicyError: the file is damaged.
    """
    if home.key_history.is_file():
        history = KeyHistory.parse(home.key_history.read_bytes())
        if policy in history.policies:
            return history
    return KeyHistory(policy)


def settled(home: Home) -> Policy:
    """Return the policy in force, after finishing a change of it that was broken off."""
    policy = home.policy()
    newest = history_of(home, policy).policies[-1]
    if newest != policy:
        home.keep_policy(newest)
    return newest


def adopt(home: Home, policy: Policy, changes: Iterable[Placed]) -> Policy:
    """Put the changes of keys that stand on a log into force, and return the policy after them.

    Raises:
        RotationError: a change is not the log's to make, or does not follow from today's keys.
    """
    history = history_of(home, policy)
    known = {item.rotation.statement for item in history.rotations}
    fresh = tuple(item for item in changes if item.rotation.statement not in known)
    if not fresh:
        return policy
    history = KeyHistory(history.first, (*history.rotations, *fresh))
    after = follow_allowed(policy, fresh)
    write_whole(home.key_history, history.encode())
    home.keep_policy(after)
    return after


def follow_allowed(policy: Policy, changes: Iterable[Placed]) -> Policy:
    """Return the policy after changes, each of which only the log of its own party may hold.

    Raises:
        RotationError: a change is not the log's to make, or does not follow from today's keys.
    """
    for item in changes:
        rotation, name = item.rotation, log_name(item.origin)
        owned = {witness.key for witness in policy.witnesses if witness.name in {name, f"{name}-pq"}}
        if rotation.role == "cosigner" and rotation.old not in owned:
            raise refusal(
                RotationError,
                "The log “{origin}” changes the key “{key}”, which is not its own. It is not followed; ask "
                "its operator.",
                "La bitácora «{origin}» cambia la clave «{key}», que no es suya. No se le sigue; consulte a "
                "su operador.",
                origin=item.origin,
                key=rotation.old.name,
            )
        policy = follow(policy, [rotation])
    return policy


def announced(policy: Policy, origin: str, source: Files) -> tuple[Placed, ...]:
    """Return the changes of a log's key that a node announces in `keys.json` and that follow from `policy`.

    They are only announced: they count when they are found on the log.
    """
    try:
        history = KeyHistory.parse(source.read("keys.json", MAX_HISTORY))
    except (FetchError, RecordError):
        return ()
    found: list[Placed] = []
    for item in history.rotations:
        try:
            follow_allowed(policy, [*found, item])
        except RotationError:
            continue  # an older change, known already
        if item.origin == origin:
            found.append(item)
    return tuple(found)


def signed_by_any(policy: Policy, note: Note, source: Files, origin: str) -> tuple[Accepted, Policy]:
    """Check a checkpoint, if need be under keys that its log announces; return it and the policy that held.

    Raises:
        CheckpointError, SignatureError: nobody trusted signed it.
    """
    try:
        return policy.signed(note), policy
    except SignatureError:
        changes = announced(policy, origin, source)
        if not changes:
            raise
        later = follow_allowed(policy, changes)
        return later.signed(note), later
