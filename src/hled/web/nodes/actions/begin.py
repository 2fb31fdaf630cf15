"""Beginning a node: its keys, the name of its log, and the card by which others know it."""

import shutil

from django.conf import settings

from hled.record.examining import DEMONSTRATION
from hled.record.notes import SigningKey
from hled.record.objects import write_whole
from hled.web.nodes.cards import card_of, local_policy
from hled.web.nodes.home import LOCAL, Configuration, Home, keep_configuration
from hled.web.nodes.keyring import ALGORITHMS, COSIGNER, COSIGNER_PQ, LOG, Keyring
from hled.web.nodes.signer import LAST
from hled.web.record import actions, read_only


def begin(home: Home, wanted: Configuration) -> str:
    """Make this home the node of a government, and return its card, a text to give to the other node.

    Raises:
        KeysExistError: it has keys already, other than a demonstration's that has signed nothing.
        LogTakenError: its log has published under another name.
        ReadOnlyError: it is a mirror.
    """
    ring = Keyring(home.keys)
    keys = {
        LOG: SigningKey.generate(wanted.origin, ALGORITHMS[LOG]),
        COSIGNER: SigningKey.generate(f"{wanted.host}/cosigner/{wanted.log_name}", ALGORITHMS[COSIGNER]),
        COSIGNER_PQ: SigningKey.generate(
            f"{wanted.host}/cosigner/{wanted.log_name}-pq", ALGORITHMS[COSIGNER_PQ]
        ),
    }
    if not _is_demonstration(ring):
        ring.refuse_taken(keys)
    actions.adopt(wanted.log_name, wanted.origin)
    if _is_demonstration(ring):
        ring.place(LOG).unlink()
        shutil.rmtree(home.log(LOCAL), ignore_errors=True)
        (home.record / "policy").unlink(missing_ok=True)
        if (home.state / LAST).is_file():  # what a demonstration signed binds no government
            (home.state / LAST).replace(home.state / f"demonstration-{LAST}")
    ring.create(keys)
    keep_configuration(home, wanted)
    card = card_of(wanted, keys)
    write_whole(home.card, card.encode())
    return card


def begin_local(home: Home) -> bool:
    """Give a home that is nobody's yet a demonstration key and a policy that asks for nobody; say whether.

    A mirror and a home in production get none.

    Raises:
        KeyFileError: a key is there that cannot be used.
    """
    ring = Keyring(home.keys)
    if ring.has(LOG) or not settings.DEMONSTRATION or read_only.is_read_only():
        return False
    log = actions.own_log()
    if not log.origin.startswith(DEMONSTRATION):
        return False  # the keys of a government's node are its operator's to bring back
    key = SigningKey.generate(log.origin, ALGORITHMS[LOG])
    ring.create({LOG: key})
    home.keep_policy(local_policy(key))
    return True


def _is_demonstration(ring: Keyring) -> bool:
    return ring.has(LOG) and ring.read(LOG).name.startswith(DEMONSTRATION)
