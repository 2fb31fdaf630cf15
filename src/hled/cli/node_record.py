"""This node's own record, verified: what the database holds, and what was published, against each other.

Whoever edits a row, swaps a file or restores an old backup changes a hash somewhere; this finds it. It serves
the promise of transparency under every work-plan line.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from hled.cli.places import read_policy
from hled.language import Bilingual
from hled.record.examining import Examined, Problem, State, examine
from hled.record.log_files import read_folder
from hled.record.merkle import Frontier, leaf_hash
from hled.record.policies import Policy
from hled.web.audit import queries as audit
from hled.web.audit.errors import BrokenChainError
from hled.web.record import queries, receipts, wholeness
from hled.web.record.errors import DamagedRecordError

CHUNK: Final = 1_000
_HEAD: Final = Bilingual(
    "The entries in the database do not give the tree head that is kept beside them: a row was changed, "
    "added or taken out. Serve nothing from this database; restore it, or take the entries back from a "
    "mirror.",
    "Los asientos de la base de datos no dan la cabeza del árbol que se conserva con ellos: una fila fue "
    "alterada, agregada o retirada. No sirva nada de esta base de datos; restáurela, o recupere los asientos "
    "de una copia espejo.",
)
_PUBLISHED: Final = Bilingual(
    "The published files hold {size} entries that are not those of the database: one of both was changed, or "
    "a backup was restored. Keep the files, and take the entries back from them or from a mirror.",
    "Los archivos publicados contienen {size} asientos que no son los de la base de datos: uno de ambos fue "
    "alterado, o se restauró un respaldo. Conserve los archivos y recupere los asientos de ellos o de una "
    "copia espejo.",
)


def verified(policy_file: str | None) -> tuple[int, tuple[Examined, ...]]:
    """Return the size of the own log, and each log that this node holds as verified in rows and files.

    A node whose signer never ran has no checkpoint and, it may be, no policy yet: that is no problem.

    Raises:
        FileError, PolicyError: the policy cannot be read or used.
    """
    policy = read_policy(policy_file) if policy_file else receipts.policy()
    logs = queries.logs()
    own = next((log.size for log in logs if log.own), 0)
    found = tuple(_verified(log, policy) for log in logs)
    return own, found if any(log.problems for log in found) else _as_at_start(found)


def _verified(log: queries.Log, policy: Policy | None) -> Examined:
    published = _published(log, policy)
    roots = _roots(log, {published.size, log.size})
    problems = list(published.problems)
    if roots.get(log.size) != log.root:
        problems.append(Problem.of(log.name, DamagedRecordError(_HEAD)))
    if published.size and roots.get(published.size, b"").hex() != published.root:
        error = DamagedRecordError(_PUBLISHED.format(size=f"{published.size:,}"))
        problems.append(Problem.of(log.name, error))
    return replace(
        published,
        origin=log.origin,
        size=log.size,
        root=log.root.hex(),
        state=State.REFUSED if problems else published.state,
        problems=tuple(problems),
    )


def _as_at_start(found: tuple[Examined, ...]) -> tuple[Examined, ...]:
    """Look at what the start looks at too, and at every column and the chain of the audit log."""
    try:
        wholeness.refuse_damaged()
        for log in found:
            wholeness.refuse_untrue(log.name)
        audit.verify()
    except (DamagedRecordError, BrokenChainError) as error:
        first = found[0] if found else Examined("")
        problem = Problem.of(first.name, error)
        return (replace(first, state=State.REFUSED, problems=(problem,)), *found[1:])
    return found


def _published(log: queries.Log, policy: Policy | None) -> Examined:
    """Return what the files of a log are worth; without a policy they are worth nothing yet."""
    read = read_folder(receipts.folder() / log.name)
    return Examined(log.name) if policy is None else examine(log.name, read, policy)


def _roots(log: queries.Log, sizes: Collection[int]) -> dict[int, bytes]:
    """Recompute the roots of a log at these sizes from its entries; none where rows are lacking or over."""
    frontier = Frontier()
    found = {0: frontier.root()}
    while frontier.size <= log.size and (rows := queries.rows_after(log.name, frontier.size, CHUNK)):
        for data in rows:
            frontier.append(leaf_hash(data))
            if frontier.size in sizes:
                found[frontier.size] = frontier.root()
    return found if frontier.size == log.size else {}
