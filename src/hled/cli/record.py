"""The record in the shell: verify it, watch it, and say in plain words who must cosign.

It serves the promise of transparency under every work-plan line: whoever doubts a node checks its record, or
any copy of it, with commands that trust nobody. Proofs of single entries are in `hled.cli.proofs`, what only
the operator of a node does is in `hled.cli.custody`.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hled.cli import custody, proofs
from hled.cli.commands import Commands, Verbs
from hled.cli.output import wrapped, write, write_json
from hled.language import Bilingual

if TYPE_CHECKING:
    from hled.cli.audits import LogAudit, Memory
    from hled.cli.places import Place
    from hled.fetch import Reach
    from hled.record.examining import Examined, Problem

_JSON: Final = Bilingual("write JSON, in both languages", "escribe JSON, en ambos idiomas")
_POLICY: Final = Bilingual("policy file that you trust", "archivo de política en el que usted confía")
_PRIVATE: Final = Bilingual("allow addresses in private networks", "admite direcciones de redes privadas")
_PLACE: Final = Bilingual(
    "folder or address of a log or of a whole record", "carpeta o dirección de una bitácora o de un registro"
)
_BESIDE: Final = Bilingual(
    "The policy lies beside the record itself. Compare it with one from somebody you trust, or give that "
    "with --policy.",
    "La política está junto al registro mismo. Compárela con una de alguien de su confianza, o indique esa "
    "con --policy.",
)
_MEMORY: Final = Path("audits") / "seen.json"
_THIS_NODE: Final = Bilingual("; this node's if left out", "; si falta, el de este nodo")


def declare(commands: Commands) -> None:
    """Declare the verbs of the record."""
    verbs = commands.noun(
        "record",
        Bilingual(
            "verify, prove, audit and export the record", "verifica, prueba, audita y exporta el registro"
        ),
    )
    command = verbs.add(
        "verify",
        Bilingual(
            "recompute a record and check every signature", "recalcula un registro y comprueba cada firma"
        ),
        verify,
    )
    command.optional("place", Bilingual(_PLACE.en + _THIS_NODE.en, _PLACE.es + _THIS_NODE.es))
    command.value("--policy", _POLICY, "FILE").switch("--private", _PRIVATE).switch("--json", _JSON)
    proofs.declare(verbs)
    _declare_watching(verbs)
    custody.declare(verbs)


def _declare_watching(verbs: Verbs) -> None:
    command = verbs.add(
        "audit",
        Bilingual(
            "compare a record with what it showed before", "compara un registro con lo que mostró antes"
        ),
        audit,
    )
    command.argument("place", _PLACE)
    kept = Bilingual("where what was seen is kept", "dónde se conserva lo que se vio")
    command.value("--policy", _POLICY, "FILE").value("--state", kept, "FILE")
    command.switch("--private", _PRIVATE).switch("--json", _JSON)
    command = verbs.add(
        "policy",
        Bilingual("who must cosign, in plain words", "quiénes deben firmar, con palabras sencillas"),
        policy,
    )
    command.value("--check", Bilingual("explain this file instead", "explica este archivo"), "FILE")


def verify(options: argparse.Namespace) -> int:
    """Verify this node, or a folder or address: 0 where everything holds, 1 where something does not."""
    size, logs = _node(options.policy) if options.place is None else _copy(options)
    from hled.cli import verdicts

    problems = [problem for log in logs for problem in log.problems]
    if options.json:
        shown = list(map(verdicts.summary, logs))
        write_json({"ok": not problems, "size": size, "logs": shown, "problems": problems})
    else:
        write(*verdicts.verified(size, logs, options.language))
        if options.place is not None and options.policy is None:
            write(wrapped(_BESIDE.text(options.language)))
    return 1 if problems else 0


def audit(options: argparse.Namespace) -> int:
    """Download a record again and compare: 0 where it continues what was seen before, 1 where not."""
    from hled.cli.audits import Memory
    from hled.cli.places import opened
    from hled.web.settings import environment

    memory = Memory(Path(options.state or environment.home() / _MEMORY))
    with opened(options.place, _reach(options)) as place:
        logs, problems = _audited(place, memory, options.policy)
    _save(memory)
    if options.json:
        new = sum(log.new for log in logs)
        write_json({"ok": not problems, "new": new, "logs": logs, "problems": problems})
    else:
        from hled.cli import verdicts

        write(*verdicts.audited(logs, problems, options.language))
    return 1 if problems else 0


def policy(options: argparse.Namespace) -> int:
    """Say in plain words whose signatures a policy asks for."""
    from hled.cli.places import home_policy, read_policy

    found = read_policy(options.check) if options.check else home_policy()
    from hled.record.explained import explained

    write(*(wrapped(line.text(options.language)) for line in explained(found)))
    return 0


def _node(policy_file: str | None) -> "tuple[int, tuple[Examined, ...]]":
    from hled.cli.database import open_database

    open_database()
    from hled.cli.node_record import verified

    return verified(policy_file)


def _copy(options: argparse.Namespace) -> "tuple[int, tuple[Examined, ...]]":
    """Verify a copy; its size is the sum of its logs."""
    from hled.cli.places import opened
    from hled.record.examining import examine

    with opened(options.place, _reach(options)) as place:
        trusted = place.trusted(options.policy)
        logs = tuple(examine(name, read, trusted) for name, read in place.logs)
    return sum(log.size for log in logs), logs


def _audited(
    place: "Place", memory: "Memory", policy_file: str | None
) -> "tuple[tuple[LogAudit, ...], tuple[Problem, ...]]":
    """Audit a place; a policy that changed is a problem of the whole place."""
    from hled.cli.audits import PolicyChangedError, audited
    from hled.record.examining import Problem

    try:
        logs = audited(place, memory, memory.policy(place, policy_file))
    except PolicyChangedError as error:
        return (), (Problem.of("", error),)
    return logs, tuple(problem for log in logs for problem in log.problems)


def _save(memory: "Memory") -> None:
    from hled.cli.files import unwritable

    try:
        memory.save()
    except OSError as error:
        raise unwritable(memory.path, error) from error


def _reach(options: argparse.Namespace) -> "Reach":
    from hled.fetch import Reach

    return Reach.PRIVATE if options.private else Reach.PUBLIC
