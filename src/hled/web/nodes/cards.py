"""Cards: a few public lines by which a node or a witness makes itself known, and the policy made of them.

A card is written like the policy itself (C2SP tlog-policy), so that a person can read it aloud over the
telephone and compare. Both governments make the same policy of the same cards, byte for byte. It serves the
promise of transparency under every work-plan line.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hled.record.errors import RecordError
from hled.record.notes import SigningKey
from hled.record.policies import NONE, Group, Log, Policy, Witness
from hled.web.nodes.errors import CardError, refusal
from hled.web.nodes.home import Configuration, log_name
from hled.web.nodes.keyring import COSIGNER, COSIGNER_PQ, LOG
from hled.workplan import charter

MAX_CARD = 100_000


def card_of(who: Configuration, keys: Mapping[str, SigningKey]) -> str:
    """Return the card of a government's node."""
    name = who.log_name
    return "\n".join(
        (
            f"log {keys[LOG].verifier} {who.log_url}",
            f"witness {name} {keys[COSIGNER].verifier}",
            f"witness {name}-pq {keys[COSIGNER_PQ].verifier}",
            "",
        )
    )


def read_card(path: Path) -> Policy:
    """Read a card: the logs and witnesses of one node, or one witness.

    Raises:
        CardError: the file cannot be read, or holds something else.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_CARD + 1)
        if len(data) > MAX_CARD:
            raise _bad(path, f"> {MAX_CARD:,} bytes")
        found = Policy.parse(data + b"\nquorum none\n")
    except OSError as error:
        raise _bad(path, str(error.strerror)) from error
    except RecordError as error:
        raise _bad(path, error.message) from error
    if found.groups or len(found.logs) > 1 or not found.witnesses:
        raise _bad(path, "log, witness")
    return found


def composed(cards: Sequence[Policy], *, society: int) -> Policy:
    """Return the dialogue's policy: both governments must cosign, and `society` of the other witnesses.

    The second key of a cosigner (`…-pq`, ML-DSA-44) is listed and not counted.

    Raises:
        CardError: a government is missing or comes twice, or there are fewer witnesses than `society` says.
    """
    governments = sorted((card for card in cards if card.logs), key=_name)
    wanted = sorted(item.party.value.lower() for item in charter().parties)
    if [_name(card) for card in governments] != wanted:
        raise _unfit(", ".join(map(_name, governments)) or "-")
    others = sorted(
        (item for card in cards if not card.logs for item in card.witnesses), key=lambda w: w.name
    )
    counted = tuple(item.name for item in others if not item.name.endswith("-pq"))
    if not 0 <= society <= len(counted):
        raise _unfit(f"--society {society} / {len(counted)}")
    groups = [
        Group("governments", 2, tuple(_name(card) for card in governments)),
        Group("governments-pq", 2, tuple(f"{_name(card)}-pq" for card in governments)),
    ]
    if society:
        groups.append(Group("society", society, counted))
        groups.append(Group("both", 2, ("governments", "society")))
    quorum = "both" if society else "governments"
    return _checked(
        Policy(
            tuple(log for card in governments for log in card.logs),
            (*(item for card in governments for item in _government(card)), *others),
            tuple(groups),
            quorum,
        )
    )


def local_policy(key: SigningKey) -> Policy:
    """Return the policy of a local node: its own signature is all there is, and pages say so."""
    return Policy((Log(key.verifier),), quorum=NONE)


def _name(card: Policy) -> str:
    return log_name(card.logs[0].key.name)


def _government(card: Policy) -> Iterable[Witness]:
    name = _name(card)
    if [item.name for item in card.witnesses] != [name, f"{name}-pq"]:
        raise _unfit(", ".join(item.name for item in card.witnesses))
    return card.witnesses


def _checked(policy: Policy) -> Policy:
    """Read the policy as everybody else will, so that a name or key given twice is found here."""
    try:
        return Policy.parse(policy.text.encode(errors="surrogateescape"))
    except RecordError as error:
        raise CardError(error.message) from error


def _bad(path: Path, why: object) -> CardError:
    return refusal(
        CardError,
        "{path} is no card of a node or witness ({why}). Ask its operator for the file that `hled node init` "
        "or `hled witness init` wrote.",
        "{path} no es una tarjeta de un nodo ni de un testigo ({why}). Pida a su operador el archivo que "
        "escribió `hled node init` o `hled witness init`.",
        path=path,
        why=why,
    )


def _unfit(what: str) -> CardError:
    return refusal(
        CardError,
        "These cards make no policy ({what}): one card of each government is needed, with its cosigner's two "
        "keys, and as many witnesses as --society asks for.",
        "Con estas tarjetas no se forma una política ({what}): se necesita una tarjeta de cada gobierno, con "
        "las dos claves de su firmante conjunto, y tantos testigos como pida --society.",
        what=what,
    )
