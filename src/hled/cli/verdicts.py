"""What verifying and auditing found, in words: the verdict first, then each log, then what does not hold.

It serves the promise of transparency under every work-plan line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from hled.cli.audits import LogAudit
from hled.cli.output import wrapped
from hled.language import Bilingual, Language
from hled.record.examining import Examined, Problem, State, is_demonstration
from hled.record.explained import named

_VERIFIED: Final = Bilingual(
    "VERIFIED: {size} entries; every hash, tile and signature holds.",
    "VERIFICADO: {size} asientos; se sostienen todos los hashes, teselas y firmas.",
)
_UNSIGNED: Final = Bilingual(
    "VERIFIED: {size} entries give the tree heads that are kept; nothing is signed yet.",
    "VERIFICADO: {size} asientos dan las cabezas de árbol que se conservan; aún no se ha firmado nada.",
)
_REFUSED: Final = Bilingual("NOT VERIFIED. Problems: {count}.", "NO VERIFICADO. Problemas: {count}.")
_LOG: Final = Bilingual(
    "{name}: {size} entries, {on_record} on the record; {state}",
    "{name}: {size} asientos, constan en el registro {on_record}; {state}",
)
_ORIGIN: Final = Bilingual("origin {origin}", "origen {origin}")
_ROOT: Final = Bilingual("root {root}", "raíz {root}")
_SIGNED: Final = Bilingual("cosigned by {who}, {at}", "con firma conjunta de {who}, {at}")
_DEMONSTRATION: Final = Bilingual(
    "Demonstration keys: they prove nothing about either government.",
    "Claves de demostración: no prueban nada sobre ninguno de los dos gobiernos.",
)
_AUDITED: Final = Bilingual(
    "CONSISTENT with what was seen before. New entries: {new}.",
    "CONSISTENTE con lo que se había visto. Asientos nuevos: {new}.",
)
_REMEMBERED: Final = Bilingual(
    "VERIFIED and remembered: {new} entries. The next audit compares with them.",
    "VERIFICADO y recordado: {new} asientos. La próxima auditoría compara con ellos.",
)
_FIRST: Final = Bilingual(
    "{name}: {size} entries, seen for the first time; {state}",
    "{name}: {size} asientos, vista por primera vez; {state}",
)
_AGAIN: Final = Bilingual(
    "{name}: {size} entries, {before} were seen before; {state}",
    "{name}: {size} asientos, ya se habían visto {before}; {state}",
)
_MORE: Final = Bilingual(
    "… the last {listed} of {count} new entries", "… los últimos {listed} de {count} asientos nuevos"
)
_SHOWN: Final = 20
_INDENT: Final = "  "


def summary(log: Examined) -> dict[str, object]:
    """Return a log as the JSON of `verify` has it; its problems stand beside the logs."""
    return {
        "name": log.name,
        "origin": log.origin,
        "size": log.size,
        "root": log.root,
        "state": log.state,
        "on_record": log.on_record,
        "cosigned": log.cosigned,
    }


def verified(size: int, logs: Sequence[Examined], language: Language) -> list[str]:
    """Return what verifying found."""
    problems = [problem for log in logs for problem in log.problems]
    good = _UNSIGNED if all(log.state is State.UNSIGNED for log in logs) else _VERIFIED
    lines = [_verdict(problems, good.format(size=f"{size:,}")).text(language)]
    for log in logs:
        size_text, on_record = f"{log.size:,}", f"{log.on_record:,}"
        said = _LOG.format(name=log.name, size=size_text, on_record=on_record, state=log.state.said)
        lines.append(wrapped(said.text(language)))
        lines += _signed(log.origin, log.root, log.cosigned, language)
    return [*lines, *_problems(problems, language)]


def audited(logs: Sequence[LogAudit], problems: Sequence[Problem], language: Language) -> list[str]:
    """Return what an audit found, with what is new in each log."""
    new = sum(log.new for log in logs)
    good = _REMEMBERED if all(log.before is None for log in logs) else _AUDITED
    lines = [_verdict(problems, good.format(new=f"{new:,}")).text(language)]
    for log in logs:
        text = _FIRST if log.before is None else _AGAIN
        facts = {"size": f"{log.size:,}", "before": f"{log.before or 0:,}"}
        lines.append(text.format(name=log.name, state=log.state.said, **facts).text(language))
        lines += _signed(log.origin, log.root, log.cosigned, language)
        lines += _gained(log, language)
    return [*lines, *_problems(problems, language)]


def _verdict(problems: Sequence[Problem], good: Bilingual) -> Bilingual:
    return _REFUSED.format(count=f"{len(problems):,}") if problems else good


def _signed(origin: str, root: str, cosigned: Mapping[str, str], language: Language) -> Iterator[str]:
    facts = [_ORIGIN.format(origin=origin)] if origin else []
    facts.append(_ROOT.format(root=root))
    facts += [_SIGNED.format(who=named(name), at=at) for name, at in cosigned.items()]
    facts += [_DEMONSTRATION] if is_demonstration(origin) else []
    for fact in facts:
        yield wrapped(fact.text(language), _INDENT)


def _gained(log: LogAudit, language: Language) -> Iterator[str]:
    for name, count in log.types.items():
        yield f"{_INDENT}{count:>9,}  {name}"
    if log.before is None:  # all of it is new: the counts say more than a list
        return
    for item in log.entries[-_SHOWN:]:
        yield f"{_INDENT}{item.index:>9,}  {item.at}  {item.type}  {item.id}"
    if log.new > _SHOWN:
        yield _INDENT + _MORE.format(listed=_SHOWN, count=f"{log.new:,}").text(language)


def _problems(problems: Iterable[Problem], language: Language) -> Iterator[str]:
    for item in problems:
        place = f"{item.log}: " if item.log else ""
        yield wrapped(f"{place}{item.code}: {item.message.text(language)}")
