"""A trust policy in plain words: which logs count, and whose cosignatures an entry needs.

Nobody should have to read a file of keys to know who must sign before an act is on the record; the pages, the
command line and the tests say it with the same sentences. It serves the promise of transparency under every
work-plan line.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from hled.language import Bilingual
from hled.record.notes import Algorithm
from hled.record.policies import NONE, Group, Log, Policy, Witness
from hled.workplan import charter

_LOGS: Final = Bilingual("Logs that count: {count}.", "Bitácoras que cuentan: {count}.")
_NO_LOG: Final = Bilingual(
    "The policy names no log, so no checkpoint can satisfy it.",
    "La política no nombra ninguna bitácora, así que ningún punto de control puede satisfacerla.",
)
_LOG: Final = Bilingual("Log “{origin}”, key {key_id}{url}.", "Bitácora «{origin}», clave {key_id}{url}.")
_NOBODY: Final = Bilingual(
    "Nobody has to cosign: a checkpoint counts as soon as its log has signed it (local, not cosigned). "
    "Whoever holds the log's key could show different records to different people.",
    "Nadie tiene que firmar en conjunto: un punto de control cuenta en cuanto lo firma su bitácora (local, "
    "sin firma conjunta). Quien tiene la clave de la bitácora podría mostrar registros distintos a "
    "personas distintas.",
)
_QUORUM: Final = Bilingual(
    "On the record is only what a checkpoint covers that is cosigned by: {who}.",
    "Consta en el registro solo lo que cubre un punto de control con la firma conjunta de: {who}.",
)
_SOME: Final = Bilingual("at least {needed} of: {members}", "al menos {needed} de: {members}")
_WITNESS: Final = Bilingual(
    "Cosigner “{name}”: key {key_name}, {algorithm}{url}.",
    "Firmante conjunto «{name}»: clave {key_name}, {algorithm}{url}.",
)
_EXTRA: Final = Bilingual(
    "Cosignatures kept but not asked for: {names}.",
    "Firmas conjuntas que se conservan sin exigirse: {names}.",
)
_AND: Final = (" and ", " y ")
_OR: Final = (" or ", " o ")
_COMMA: Final = (", ", ", ")
_ALGORITHMS: Final = {
    Algorithm.ED25519: "Ed25519",
    Algorithm.COSIGNATURE_ED25519: "Ed25519",
    Algorithm.COSIGNATURE_MLDSA44: "ML-DSA-44",
}


def explained(policy: Policy) -> tuple[Bilingual, ...]:
    """Return the policy as sentences, the rule first, then the logs and the cosigners."""
    lines = [_rule(policy)]
    lines.append(_LOGS.format(count=f"{len(policy.logs):,}") if policy.logs else _NO_LOG)
    lines += map(_log, policy.logs)
    lines += map(_witness, policy.witnesses)
    asked = policy.missing(())
    extra = [item.name for item in policy.witnesses if item.name not in asked]
    if extra:
        lines.append(_EXTRA.format(names=_joined([named(name) for name in extra], _COMMA)))
    return tuple(lines)


def named(name: str) -> Bilingual:
    """Return what a cosigner is called: `us` and `us-pq` are the United States; others are quoted."""
    party, dash, kind = name.partition("-")
    for item in charter().parties:
        if item.party.value.lower() == party and kind in {"", "pq"}:
            suffix = " (ML-DSA-44)" if dash else ""
            return Bilingual(f"{item.name.en}{suffix}", f"{item.name.es}{suffix}")
    return Bilingual(f"“{name}”", f"«{name}»")


def _rule(policy: Policy) -> Bilingual:
    if policy.quorum == NONE:
        return _NOBODY
    groups = {group.name: group for group in policy.groups}
    return _QUORUM.format(who=_who(policy.quorum, groups))


def _who(name: str, groups: Mapping[str, Group]) -> Bilingual:
    """Say whose cosignatures a witness or group stands for; groups within groups stand in brackets."""
    group = groups.get(name)
    if group is None:
        return named(name)
    members = [_inside(member, groups) for member in group.members]
    if group.needed == len(members):
        return _joined(members, _AND)
    if group.needed == 1:
        return _joined(members, _OR)
    return _SOME.format(needed=group.needed, members=_joined(members, _COMMA))


def _inside(name: str, groups: Mapping[str, Group]) -> Bilingual:
    said = _who(name, groups)
    return Bilingual(f"({said.en})", f"({said.es})") if name in groups else said


def _joined(items: Sequence[Bilingual], word: tuple[str, str]) -> Bilingual:
    return Bilingual(word[0].join(item.en for item in items), word[1].join(item.es for item in items))


def _log(log: Log) -> Bilingual:
    return _LOG.format(origin=log.key.name, key_id=log.key.key_id.hex(), url=_url(log.url))


def _witness(witness: Witness) -> Bilingual:
    return _WITNESS.format(
        name=witness.name,
        key_name=witness.key.name,
        algorithm=_ALGORITHMS[witness.key.algorithm],
        url=_url(witness.url),
    )


def _url(url: str) -> str:
    return f", {url}" if url else ""
